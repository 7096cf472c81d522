"use strict";
// The whole body as a picture: what is drawn depends on how near one is. vis-network pans and zooms; the outline, the
// structures and their names are drawn here, so that only what can be read is drawn. Names are given to the foremost
// structures first and never cover one another: in columns beside the body while it is seen whole, else beside the dot.
window.kinchain = window.kinchain || {};
kinchain.mapView = function (place, finder) {
  const NAME = 12, LINE = 15, WRAP = 26, CELL = 64, NEAREST = 14, FIRST = 150, TOGETHER = 1.7;
  const data = finder.data, unit = data.unit, still = matchMedia("(prefers-reduced-motion: reduce)"), colours = {}, paths = {};
  for (const [view, parts] of Object.entries(data.body)) paths[view] = Object.fromEntries(Object.entries(parts).map(([name, d]) => [name, Object.assign(new Path2D(d), { d })]));
  const network = new vis.Network(place, { nodes: new vis.DataSet([]), edges: new vis.DataSet([]) }, {
    physics: false, interaction: { hover: false, keyboard: false, zoomSpeed: 0.7 },
  });
  place.querySelector(".vis-network").removeAttribute("tabindex"); // the picture is one tab stop, not two
  let view = "front", shows = () => true, focus = null, hovered = null, base = null, near = null, scene = null, version = 0;
  const everything = [];
  for (let i = 0; i < finder.count; i++) for (const n of finder.numbersOf(i)) if (finder.placed(n)) everything.push(n);

  let due = 0;
  const redraw = () => { due = due || requestAnimationFrame(() => { due = 0; network.redraw(); }); }; // many changes, one drawing
  function readColours(light) {
    const root = document.documentElement, style = getComputedStyle(root), already = root.classList.contains("light");
    root.classList.toggle("light", light || already);
    for (const name of ["ink", "soft", "card", "body", "edge", "muscle", "accent", "cross", "strand"]) colours[name] = style.getPropertyValue(`--${name}`).trim();
    root.classList.toggle("light", already);
    version++;
  }
  readColours(false);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(false); redraw(); });
  for (const [event, light] of [["beforeprint", true], ["afterprint", false]]) // paper is white, and so is the text beside
    addEventListener(event, () => { document.documentElement.classList.toggle("light", light); });

  // How near one is: 1 when the whole body fits.
  const whole = () => Math.min((place.clientHeight - 36) / (1.05 * unit), place.clientWidth / (0.6 * unit));
  const nearness = () => network.getScale() / whole();
  const since = { Landmark: 3, Group: 2.2, Region: 2.2, Tunnel: 1.6, Bursa: 1.6 };

  const widths = new Map();
  function widthOf(ctx, text) {
    if (!widths.has(text)) { ctx.font = `${NAME}px system-ui, sans-serif`; widths.set(text, ctx.measureText(text).width); }
    return widths.get(text);
  }
  // Rectangles that are taken, found again by the cells that they touch.
  function room() {
    const cells = new Map();
    const keys = (b) => {
      const found = [];
      for (let i = Math.floor(b.x / CELL); i <= Math.floor((b.x + b.w) / CELL); i++)
        for (let j = Math.floor(b.y / CELL); j <= Math.floor((b.y + b.h) / CELL); j++) found.push(i * 100003 + j);
      return found;
    };
    return {
      free: (b) => !keys(b).some((key) => (cells.get(key) || []).some((o) => b.x < o.x + o.w && o.x < b.x + b.w && b.y < o.y + o.h && o.y < b.y + b.h)),
      take(b) { for (const key of keys(b)) if (cells.has(key)) cells.get(key).push(b); else cells.set(key, [b]); },
    };
  }

  // Names for some structures, in their order, as many as there is room for. Places are in pixels from the vertex.
  const WAYS = [["left", 9, 0], ["right", 9, 0], ["center", 0, -14], ["center", 0, 14], ["left", 7, -11], ["left", 7, 11], ["right", 7, -11], ["right", 7, 11]];
  const dot = (n) => { const scale = network.getScale(), { x, y } = finder.spot(n, view); return { n, x: x * scale, y: y * scale }; };
  function boxOf({ align, tx, ty, w, lines }) {
    return { x: (align === "left" ? tx : align === "right" ? tx - w : tx - w / 2) - 3, y: ty - (lines.length * LINE) / 2, w: w + 6, h: lines.length * LINE };
  }
  function named(ctx, n, lines) { return { ...dot(n), lines, w: Math.max(...lines.map((line) => widthOf(ctx, line))) }; }
  // Beside their dots; where *all* dots are drawn, a name keeps clear of each of them, else only of those that have one.
  function beside(names, placed, taken, { most = Infinity, inside = () => true, all = false }) {
    const mark = ({ x, y }) => ({ x: x - 5, y: y - 5, w: 10, h: 10 });
    if (all) for (const name of names) taken.take(mark(name));
    for (const name of names) {
      if (placed.length >= most) break;
      if (!all && !taken.free(mark(name))) continue;
      for (const [way, dx, dy] of WAYS) {
        const align = name.x < 0 && way !== "center" ? (way === "left" ? "right" : "left") : way; // away from the midline first
        const tall = ((name.lines.length - 1) * LINE) / 2;
        const tried = { ...name, align, tx: name.x + (align === "left" ? dx : -dx), ty: name.y + dy + Math.sign(dy) * tall };
        tried.box = boxOf(tried);
        if (!inside(tried.box) || !taken.free(tried.box)) continue;
        taken.take(tried.box); placed.push(tried);
        if (!all) taken.take(mark(name));
        break;
      }
    }
  }
  function inColumn(name, side, columns, ty) {
    Object.assign(name, { ty, tx: columns.x + (side === "left" ? -columns.half : columns.half), align: side === "left" ? "right" : "left", leader: true });
    name.box = boxOf(name);
  }
  // The whole body: a pair is named once, on the side where there is more room, and those at the end beside the dot.
  function layAround(ctx, wanted, columns) {
    const slots = { left: new Map(), right: new Map() }, placed = [], later = [], told = new Set(), taken = room();
    for (const n of wanted) {
      if (placed.length + later.length > 3 * FIRST) break;
      if (finder.paired(n) && told.has(finder.half(n))) continue;
      told.add(finder.half(n));
      let best = null;
      for (const each of finder.paired(n) && shows(n ^ 1) ? [n, n ^ 1] : [n]) {
        const { x, y } = dot(each), middle = Math.round(y / LINE);
        const side = Math.abs(x) < 2 ? (slots.left.size <= slots.right.size ? "left" : "right") : x < 0 ? "left" : "right";
        const near = [...Array(2 * columns.reach + 1).keys()].map((k) => middle + (k % 2 ? (k + 1) / 2 : -k / 2));
        const slot = near.find((at) => !slots[side].has(at) && at * LINE >= columns.top && at * LINE <= columns.bottom);
        if (slot === undefined) continue;
        const cost = Math.abs(slot - middle) * 100 + slots[side].size;
        if (!best || cost < best.cost) best = { cost, side, slot, each };
      }
      if (best) { const name = named(ctx, best.each, [plain(n)]); slots[best.side].set(best.slot, name); placed.push(name); } else later.push(n);
    }
    for (const [side, column] of Object.entries(slots)) {
      const free = [...column.keys()].sort((a, b) => a - b);
      [...column.values()].sort((a, b) => a.y - b.y || a.n - b.n).forEach((name, k) => inColumn(name, side, columns, free[k] * LINE));
    }
    for (const { n, box } of placed) {
      taken.take(box);
      for (const each of finder.paired(n) ? [n, n ^ 1] : [n]) { const { x, y } = dot(each); taken.take({ x: x - 5, y: y - 5, w: 10, h: 10 }); }
    }
    beside(later.map((n, k) => named(ctx, finder.paired(n) && k % 2 ? n ^ 1 : n, [plain(n)])), placed, taken, { most: FIRST });
    return placed;
  }
  // What is looked at: columns on both sides as far as they reach, the foremost first.
  function layColumns(ctx, wanted, columns, words) {
    const sides = { left: [], right: [] }, high = { left: 0, right: 0 }, placed = [];
    for (const n of wanted) {
      const name = named(ctx, n, wrapped(words(n))), tall = name.lines.length * LINE + 2;
      const side = Math.abs(name.x - columns.x) < 2 ? (high.left <= high.right ? "left" : "right") : name.x < columns.x ? "left" : "right";
      if (high[side] + tall > columns.bottom - columns.top) continue;
      sides[side].push(name); high[side] += tall; placed.push(name);
    }
    for (const [side, column] of Object.entries(sides)) {
      column.sort((a, b) => a.y - b.y || a.n - b.n);
      let edge = columns.top;
      for (const name of column) { name.tall = name.lines.length * LINE; name.up = Math.max(edge, name.y - name.tall / 2); edge = name.up + name.tall + 2; }
      edge = columns.bottom;
      for (const name of [...column].reverse()) { name.up = Math.min(name.up, edge - name.tall); edge = name.up - 2; inColumn(name, side, columns, name.up + name.tall / 2); }
    }
    return placed;
  }
  function wrapped(text) {
    const lines = [""];
    for (const word of text.split(" "))
      if (lines.at(-1) && (lines.at(-1) + " " + word).length > (place.clientWidth < 600 ? WRAP - 8 : WRAP)) lines.push(word);
      else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
    return lines;
  }

  const within = (middle) => (box) => box.x >= middle - place.clientWidth / 2 + 2 && box.x + box.w * 1.06 <= middle + place.clientWidth / 2 - 2;
  const plain = (n) => finder.data.structures.label[finder.half(n)];
  function layBase(ctx) {
    const close = nearness(), scale = network.getScale(), key = [scale, view, place.clientWidth, place.clientHeight].join();
    if (base && base.key === key) return base;
    const wanted = everything.filter((n) => finder.inView(n, view) && shows(n) && close >= (since[finder.kindOf(n)] || 0));
    const half = 0.3 * unit * scale, together = close < TOGETHER, around = together && place.clientWidth / 2 - half > 120;
    const middle = 0.5 * unit * scale, tall = place.clientHeight / 2;
    let names = [];
    if (around) names = layAround(ctx, wanted, { x: 0, half, reach: 9, top: Math.min(middle - tall + 16, -0.02 * unit * scale), bottom: Math.max(middle + tall - 12, 1.03 * unit * scale) });
    else beside(wanted.map((n) => named(ctx, n, [plain(n)])), names, room(), { most: together ? FIRST : Infinity, inside: close < 1.05 ? within(0) : undefined });
    const drawn = new Set(names.map(({ n }) => n));
    const dots = around ? [...new Set(names.flatMap(({ n }) => (finder.paired(n) ? [n, n ^ 1] : [n])))].filter(shows) : close > 5 ? wanted : [...drawn];
    base = { key, names, dots };
    return base;
  }
  // The names of what is looked at: the chosen structure and its neighbours, or the stations of a route.
  function layNear(ctx) {
    const scale = network.getScale(), key = [scale, view, place.clientWidth, place.clientHeight].join();
    if (near && near.key === key) return near;
    const spots = focus.all.map((n) => finder.spot(n, view)), xs = spots.map(({ x }) => x), ys = spots.map(({ y }) => y);
    const half = ((Math.max(...xs) - Math.min(...xs)) / 2) * scale + 46, x = ((Math.max(...xs) + Math.min(...xs)) / 2) * scale;
    const fits = 2 * half + 330 < place.clientWidth, middle = ((Math.max(...ys) + Math.min(...ys)) / 2) * scale, tall = place.clientHeight / 2 - 24;
    const words = (n) => (focus.number.has(n) ? focus.number.get(n) + " " : "") + finder.label(n);
    let names = [];
    if (fits) names = layColumns(ctx, focus.all, { x, half, top: Math.min(middle - tall, Math.min(...ys) * scale), bottom: Math.max(middle + tall, Math.max(...ys) * scale) }, words);
    else beside(focus.all.map((n) => named(ctx, n, wrapped(words(n)))), names, room(), { inside: within(x), all: true });
    near = { key, names, dots: focus.all };
    return near;
  }

  function outline(ctx, form, x, y, r) {
    ctx.beginPath();
    const corners = { square: [4, Math.PI / 4, 1.2], triangle: [3, -Math.PI / 2, 1.2], triangleDown: [3, Math.PI / 2, 1.2], diamond: [4, -Math.PI / 2, 1.12], hexagon: [6, 0, 1] }[form];
    if (corners) {
      for (let i = 0; i < corners[0]; i++) { const a = corners[1] + (2 * Math.PI * i) / corners[0]; ctx[i ? "lineTo" : "moveTo"](x + r * corners[2] * Math.cos(a), y + r * corners[2] * Math.sin(a)); }
      ctx.closePath();
    } else if (form === "drop") { ctx.moveTo(x, y - r * 1.3); ctx.quadraticCurveTo(x + r * 1.5, y + r, x, y + r); ctx.quadraticCurveTo(x - r * 1.5, y + r, x, y - r * 1.3); }
    else ctx.arc(x, y, r, 0, 2 * Math.PI);
  }
  function drawDot(ctx, n, x, y, r, strong) {
    const [colour, form] = finder.styleOf(n);
    outline(ctx, form, x, y, r);
    if (form === "ring") { ctx.lineWidth = 2; ctx.strokeStyle = strong ? colours.accent : colours.soft; ctx.stroke(); return; }
    ctx.fillStyle = colour; ctx.fill();
    ctx.lineWidth = strong ? 3 : 1; ctx.strokeStyle = strong ? colours.accent : colours.card; ctx.stroke();
  }
  function drawBody(ctx, scale) {
    const parts = paths[view], both = (paint) => { paint(); ctx.save(); ctx.scale(-1, 1); paint(); ctx.restore(); };
    ctx.lineJoin = ctx.lineCap = "round";
    ctx.strokeStyle = colours.edge; ctx.lineWidth = 3; both(() => ctx.stroke(parts.half));
    ctx.fillStyle = ctx.strokeStyle = colours.body; ctx.lineWidth = 1.6; both(() => { ctx.fill(parts.half); ctx.stroke(parts.half); });
    ctx.strokeStyle = colours.muscle; ctx.lineWidth = Math.min(0.7, 0.9 / scale); both(() => ctx.stroke(parts.muscles));
    ctx.strokeStyle = colours.edge; ctx.lineWidth = 1.2; both(() => ctx.stroke(parts.lines));
  }
  function drawNames(ctx, names, origin, alpha) {
    for (const name of names) {
      if (!name.leader) continue;
      const x = name.x + origin.x, y = name.y + origin.y, end = name.tx + origin.x + (name.align === "left" ? -4 : 4);
      ctx.globalAlpha = alpha * 0.5; ctx.strokeStyle = colours.soft; ctx.lineWidth = 0.8;
      ctx.beginPath(); ctx.moveTo(x, y); ctx.lineTo(end + (name.align === "left" ? -10 : 10), name.ty + origin.y); ctx.lineTo(end, name.ty + origin.y); ctx.stroke();
    }
    ctx.globalAlpha = alpha; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
    for (const name of names) {
      const x = name.tx + origin.x, y = name.ty + origin.y, strong = name.n === hovered || (focus && focus.strong.has(name.n));
      if (outside({ x, y }, 300)) continue;
      ctx.font = `${strong ? 650 : 400} ${NAME}px system-ui, sans-serif`; ctx.textAlign = name.align;
      ctx.lineWidth = 3; ctx.strokeStyle = colours.card; ctx.fillStyle = strong ? colours.accent : colours.ink;
      name.lines.forEach((line, k) => { const base = y + (k - (name.lines.length - 1) / 2) * LINE; ctx.strokeText(line, x, base); ctx.fillText(line, x, base); });
    }
    ctx.globalAlpha = 1;
  }
  function drawLines(ctx, origin, scale) {
    const at = (n) => { const { x, y } = finder.spot(n, view); return [x * scale + origin.x, y * scale + origin.y]; };
    for (const line of focus.lines) {
      if (!finder.placed(line.from) || !finder.placed(line.to)) continue;
      const draw = (width, colour) => { ctx.lineWidth = width; ctx.strokeStyle = colour; ctx.beginPath(); ctx.moveTo(...at(line.from)); ctx.lineTo(...at(line.to)); ctx.stroke(); };
      const width = line.strong ? 3.5 : 1.6;
      ctx.globalAlpha = line.strong ? 1 : 0.8; ctx.lineCap = "round"; ctx.setLineDash([]);
      if (line.strong) draw(width + 3, colours.card);
      ctx.setLineDash(finder.data.connections.grades[finder.gradeOrder.get(line.grade)].dash);
      draw(width, line.now ? colours.accent : line.crosses ? colours.cross : colours.strand);
    }
    ctx.setLineDash([]); ctx.globalAlpha = 1;
  }
  // All of it is drawn once, somewhat larger than the window, and only moved while one pans.
  let here = [], around = 0.3;
  const margin = () => ({ x: place.clientWidth * around, y: place.clientHeight * around });
  function outside({ x, y }, more) {
    const m = margin();
    return x < -m.x - more || y < -m.y - more || x > place.clientWidth + m.x + more || y > place.clientHeight + m.y + more;
  }
  function paint(ctx, scale, origin) {
    const at = (n) => { const { x, y } = dot(n); return { n, x: x + origin.x, y: y + origin.y }; }, seen = (list) => list.map(at).filter((each) => !outside(each, 10));
    const k = (scale * unit) / 1000, radius = Math.min(7, 3.4 + nearness() * 0.8), { names, dots } = layBase(ctx), under = seen(dots);
    ctx.save(); ctx.translate(origin.x, origin.y); ctx.scale(k, k); drawBody(ctx, k); ctx.restore();
    if (!focus) drawNames(ctx, names, origin, 1);
    ctx.globalAlpha = focus ? 0.3 : 1;
    for (const { n, x, y } of under) drawDot(ctx, n, x, y, n === hovered ? radius + 2 : radius, n === hovered);
    ctx.globalAlpha = 1;
    let over = [];
    if (focus) {
      drawLines(ctx, origin, scale);
      const laid = layNear(ctx);
      over = seen(laid.dots);
      drawNames(ctx, laid.names, origin, 1);
      for (const { n, x, y } of over) { const strong = focus.strong.has(n) || n === hovered; drawDot(ctx, n, x, y, strong ? 9 : 6, strong); }
    }
    here = [...over.reverse(), ...under.reverse()].map(({ n, x, y }) => ({ n, x: x - origin.x, y: y - origin.y }));
  }
  network.on("afterDrawing", (ctx) => {
    const wide = place.clientWidth, high = place.clientHeight, ratio = ctx.canvas.width / wide, scale = network.getScale(), origin = network.canvasToDOM({ x: 0, y: 0 });
    const m = margin(), key = [version, scale, view, wide, high, ratio].join();
    if (!scene || scene.key !== key || Math.abs(origin.x - scene.x) > m.x || Math.abs(origin.y - scene.y) > m.y) {
      const canvas = scene ? scene.canvas : document.createElement("canvas");
      canvas.width = (wide + 2 * m.x) * ratio; canvas.height = (high + 2 * m.y) * ratio;
      const paper = canvas.getContext("2d");
      paper.setTransform(ratio, 0, 0, ratio, ratio * m.x, ratio * m.y);
      paint(paper, scale, origin);
      scene = { canvas, key, ...origin };
    }
    ctx.save(); ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.drawImage(scene.canvas, origin.x - scene.x - m.x, origin.y - scene.y - m.y, scene.canvas.width / ratio, scene.canvas.height / ratio);
    tellSides(ctx, origin, scale);
    ctx.restore();
  });
  function tellSides(ctx, origin, scale) {
    ctx.font = `600 ${NAME + 1}px system-ui, sans-serif`; ctx.fillStyle = colours.soft; ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
    for (const way of [-1, 1]) {
      const x = Math.max(60, Math.min(place.clientWidth - 60, origin.x + way * 0.2 * unit * scale));
      ctx.fillText((view === "front") === way < 0 ? "right side" : "left side", x, 18);
    }
  }

  // The view as it is now, and no more of it, on another canvas in light colours, to be saved or printed.
  function paintLight(ctx) {
    const kept = { here, hovered, around }, origin = network.canvasToDOM({ x: 0, y: 0 }), scale = network.getScale();
    hovered = null; around = 0; readColours(true);
    paint(ctx, scale, origin); tellSides(ctx, origin, scale);
    ({ here, hovered, around } = kept); readColours(false);
  }
  // The structures that are drawn in the window, the foremost first.
  function seen() {
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const inside = ({ x, y }) => x + origin.x >= 0 && y + origin.y >= 0 && x + origin.x <= place.clientWidth && y + origin.y <= place.clientHeight;
    return [...new Set(here.filter(inside).map(({ n }) => n))].sort((a, b) => a - b);
  }

  function pick({ x, y }) {
    const origin = network.canvasToDOM({ x: 0, y: 0 }), names = focus ? [...((near && near.names) || [])] : (base && base.names) || [];
    const name = names.find(({ box }) => x - origin.x >= box.x && x - origin.x <= box.x + box.w && y - origin.y >= box.y && y - origin.y <= box.y + box.h);
    if (name) return name.n;
    let best = null, least = 14;
    for (const each of here) { const away = Math.hypot(each.x + origin.x - x, each.y + origin.y - y); if (away < least) { least = away; best = each.n; } }
    return best;
  }
  function move(position, scale, glide) {
    network.moveTo({ position, scale: Math.min(scale, NEAREST * whole()), animation: glide && !still.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
  }
  const fit = (glide) => move({ x: 0, y: 0.5 * unit }, whole(), glide);
  function frame(list, glide) {
    const spots = list.filter(finder.placed).map((n) => finder.spot(n, view)), xs = spots.map(({ x }) => x), ys = spots.map(({ y }) => y);
    if (!spots.length) return;
    const tall = Math.max(...ys) - Math.min(...ys) + 1, wide = Math.max(...xs) - Math.min(...xs) + 1, side = Math.max(100, place.clientWidth - 440);
    const scale = Math.max(whole(), Math.min((place.clientHeight - 120) / tall, side / wide, 5 * whole()));
    move(scale === whole() ? { x: 0, y: 0.5 * unit } : { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 }, scale, glide);
  }
  const refresh = () => { base = near = null; version++; redraw(); };
  let size = [place.clientWidth, place.clientHeight].join();
  new ResizeObserver(() => {
    const now = [place.clientWidth, place.clientHeight].join();
    if (now !== size) { size = now; base = near = null; redraw(); }
  }).observe(place);
  network.on("zoom", () => { const scale = network.getScale(); if (scale > NEAREST * whole() || scale < 0.6 * whole()) network.moveTo({ scale: Math.max(0.6 * whole(), Math.min(scale, NEAREST * whole())) }); });
  return {
    network, pick, fit, frame, still, nearness, refresh, whole, move, paint: paintLight, outline, seen,
    view: () => view, turn(wanted) { view = wanted; refresh(); }, names: () => ((focus ? near : base) || { names: [] }).names,
    filter(test) { shows = test; refresh(); }, look(wanted) { focus = wanted; near = null; version++; redraw(); },
    hover(n) { if (n !== hovered) { hovered = n; version++; redraw(); } },
  };
};
