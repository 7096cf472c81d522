"use strict";
// The picture: a body, the structures on it, what links them, and their names in the margins with leader lines.
// vis-network pans, zooms and finds what is pointed at; lines, shapes and names are drawn here, at one size on the
// screen whatever the scale.
window.kinchain = window.kinchain || {};
kinchain.picture = function (place, drawing) {
  const TITLE = 15, NODE = 10, MARGIN = 10;
  let NAME, WRAP, BESIDE; // of names: their size, the letters of a line, the room that a column takes with its leader lines
  function measure() { [NAME, WRAP, BESIDE] = place.clientWidth < 520 ? [12.5, 17, 130] : [14, 24, 190]; }
  measure();
  const unit = drawing.unit, paths = {}, still = matchMedia("(prefers-reduced-motion: reduce)");
  for (const [view, parts] of Object.entries(drawing.body || kinchain.body))
    paths[view] = Object.fromEntries(Object.entries(parts).map(([name, d]) => [name, Object.assign(new Path2D(d), { d })]));
  const lanes = new Map(drawing.lanes.map((lane) => [lane.number, lane]));
  const of = (lane) => drawing.nodes.filter((node) => node.lane === lane.number);
  let active = drawing.lanes[0], all = false, chosen = new Set(), chosenEdge = null, boxes = [], colours = {};

  function readColours(light) {
    const root = document.documentElement, style = getComputedStyle(root);
    root.classList.toggle("light", !!light);
    for (const name of ["ink", "soft", "card", "body", "edge", "muscle", "accent", "line", "cross", "strand"])
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    root.classList.remove("light");
  }
  readColours();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); network.redraw(); });

  const shown = (lane) => !drawing.stacked || lane === active;
  const at = (node) => { const [x, y] = node[lanes.get(node.lane).view]; return { x: x + lanes.get(node.lane).x, y }; };
  const nodes = new vis.DataSet(drawing.nodes.map((node) => Object.assign({}, node, at(node), {
    label: undefined, title: undefined, fixed: true, hidden: !shown(lanes.get(node.lane)), ctxRenderer: renderer,
  })));
  const byId = new Map(drawing.nodes.map((node) => [node.id, node]));
  const edges = drawing.edges.map((edge, id) => Object.assign({ id }, edge));
  const network = new vis.Network(place, { nodes, edges: new vis.DataSet([]) }, drawing.options);
  place.querySelector(".vis-network").removeAttribute("tabindex"); // the picture is one tab stop, not two

  // Shapes, one for each family of kinds.
  function outline(ctx, form, x, y, r) {
    ctx.beginPath();
    const corner = (n, turn) => {
      for (let i = 0; i < n; i++) {
        const a = turn + (2 * Math.PI * i) / n;
        ctx[i ? "lineTo" : "moveTo"](x + r * Math.cos(a), y + r * Math.sin(a));
      }
      ctx.closePath();
    };
    if (form === "square") ctx.rect(x - r * 0.86, y - r * 0.86, r * 1.72, r * 1.72);
    else if (form === "triangle") { r *= 1.2; corner(3, -Math.PI / 2); }
    else if (form === "triangleDown") { r *= 1.2; corner(3, Math.PI / 2); }
    else if (form === "diamond") { r *= 1.12; corner(4, -Math.PI / 2); }
    else if (form === "hexagon") corner(6, 0);
    else if (form === "drop") { ctx.moveTo(x, y - r * 1.3); ctx.quadraticCurveTo(x + r * 1.5, y + r, x, y + r); ctx.quadraticCurveTo(x - r * 1.5, y + r, x, y - r * 1.3); }
    else ctx.arc(x, y, r, 0, 2 * Math.PI);
  }
  function renderer({ ctx, id, x, y, state }) {
    const node = byId.get(id), scale = network.getScale(), lane = lanes.get(node.lane);
    const near = all || lane === active, big = chosen.has(id) || state.hover;
    const r = (near ? NODE : NODE * 0.62) * (big ? 1.25 : 1) / scale;
    return {
      drawNode() {
        outline(ctx, node.form, x, y, r);
        if (node.form === "ring") {
          ctx.lineWidth = 3 / scale; ctx.strokeStyle = colours.accent; ctx.stroke();
          ctx.globalAlpha = 0.18; ctx.fillStyle = colours.accent; ctx.fill(); ctx.globalAlpha = 1;
          return;
        }
        ctx.fillStyle = node.color; ctx.fill();
        ctx.lineWidth = (big ? 3.5 : 1.5) / scale; ctx.strokeStyle = big ? colours.accent : colours.card; ctx.stroke();
        if (node.number && near) {
          ctx.fillStyle = "#fff"; ctx.textAlign = "center"; ctx.textBaseline = "middle";
          ctx.font = `600 ${(node.number > 99 ? 8 : 10.5) / scale}px system-ui, sans-serif`;
          const lift = node.form === "triangle" ? 1.5 : node.form === "triangleDown" ? -1.5 : 0.5;
          ctx.fillText(node.number, x, y + lift / scale);
        }
      },
      nodeDimensions: { width: 2.2 * r, height: 2.2 * r },
    };
  }

  function drawBody(ctx, lane) {
    const parts = paths[lane.view], k = unit / 1000, scale = network.getScale() * k;
    ctx.save();
    ctx.translate(lane.x, 0); ctx.scale(k, k);
    ctx.globalAlpha = all || lane === active || drawing.stacked ? 1 : 0.55;
    const both = (paint) => { paint(); ctx.save(); ctx.scale(-1, 1); paint(); ctx.restore(); };
    ctx.lineJoin = ctx.lineCap = "round";
    ctx.strokeStyle = colours.edge; ctx.lineWidth = 3;
    both(() => ctx.stroke(parts.half));
    ctx.fillStyle = ctx.strokeStyle = colours.body; ctx.lineWidth = 1.6;
    both(() => { ctx.fill(parts.half); ctx.stroke(parts.half); });
    ctx.strokeStyle = colours.muscle; ctx.lineWidth = Math.min(0.7, 0.9 / scale);
    both(() => ctx.stroke(parts.muscles));
    ctx.strokeStyle = colours.edge; ctx.lineWidth = 1.2;
    both(() => ctx.stroke(parts.lines));
    ctx.restore();
  }
  function drawEdges(ctx) {
    const scale = network.getScale();
    for (const edge of edges) {
      const from = byId.get(edge.from), lane = lanes.get(from.lane);
      if (!shown(lane)) continue;
      const a = at(from), b = at(byId.get(edge.to)), now = chosenEdge === edge.id;
      const line = () => { ctx.beginPath(); ctx.moveTo(a.x, a.y); ctx.lineTo(b.x, b.y); ctx.stroke(); };
      ctx.save();
      ctx.lineCap = "round"; ctx.globalAlpha = all || lane === active ? 1 : 0.55;
      ctx.strokeStyle = colours.card; ctx.lineWidth = (edge.width + 3.5) / scale; if (!edge.gap) line();
      if (now) { ctx.strokeStyle = colours.accent; ctx.lineWidth = (edge.width + 6) / scale; line(); }
      ctx.setLineDash(edge.dash.map((step) => step / scale));
      ctx.strokeStyle = edge.crosses ? colours.cross : colours.strand; ctx.lineWidth = edge.width / scale;
      line();
      ctx.restore();
    }
  }
  function background(ctx) {
    for (const lane of drawing.stacked ? [active] : drawing.lanes) drawBody(ctx, lane);
    drawEdges(ctx);
  }
  network.on("beforeDrawing", background);

  // Names in the margins: each beside its node's side, spread so that none covers another.
  function wrapped(text) {
    const lines = [""];
    for (const word of text.split(" "))
      if (lines.at(-1) && (lines.at(-1) + " " + word).length > WRAP) lines.push(word);
      else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
    return lines;
  }
  function spread(column, top, bottom) {
    column.sort((a, b) => a.y - b.y || a.order - b.order);
    let edge = top;
    for (const each of column) { each.top = Math.max(edge, each.y - each.height / 2); edge = each.top + each.height + 4; }
    edge = bottom;
    for (const each of [...column].reverse()) { each.top = Math.min(each.top, edge - each.height); edge = each.top - 4; }
  }
  function names(ctx) {
    const ratio = ctx.canvas.width / place.clientWidth, width = place.clientWidth, height = place.clientHeight;
    ctx.save(); ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    boxes = [];
    for (const lane of drawing.stacked ? [active] : drawing.lanes) {
      const head = network.canvasToDOM({ x: lane.x, y: -0.035 * unit });
      ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
      ctx.font = `600 ${TITLE}px system-ui, sans-serif`; ctx.fillStyle = all || lane === active ? colours.ink : colours.soft;
      if (!drawing.stacked && head.x > -200 && head.x < width + 200) ctx.fillText(lane.title, head.x, Math.max(18, head.y));
      ctx.font = `${NAME - 1}px system-ui, sans-serif`; ctx.fillStyle = colours.soft;
    }
    const middle = network.canvasToDOM({ x: active.x, y: 0 }).x, columns = { left: [], right: [] };
    ctx.font = `${NAME}px system-ui, sans-serif`;
    const inSight = (all ? [] : of(active)).map((node, order) => ({ node, order, dot: network.canvasToDOM(at(node)) }))
      .filter(({ dot }) => dot.x > -20 && dot.y > -10 && dot.x < width + 20 && dot.y < height + 10);
    const median = [];
    for (const each of inSight) {
      each.lines = wrapped((each.node.number ? each.node.number + " " : "") + each.node.label);
      each.height = each.lines.length * (NAME + 3);
      each.width = Math.max(...each.lines.map((line) => ctx.measureText(line).width));
      each.y = each.dot.y;
      if (Math.abs(each.dot.x - middle) < 4) median.push(each);
      else columns[each.dot.x < middle ? "left" : "right"].push(each);
    }
    for (const each of median) columns[columns.left.length < columns.right.length ? "left" : "right"].push(each);
    for (const [side, column] of Object.entries(columns)) {
      spread(column, 26, height - 8);
      const widest = Math.max(0, ...column.map((each) => each.width)), xs = column.map((each) => each.dot.x);
      const near = side === "left"
        ? Math.max(MARGIN + widest, Math.min(...xs, middle) - 34)
        : Math.min(width - MARGIN - widest, Math.max(...xs, middle) + 34);
      for (const each of column) {
        const y = each.top + each.height / 2, end = near + (side === "left" ? 5 : -5);
        const now = chosen.has(each.node.id);
        ctx.strokeStyle = now ? colours.accent : colours.soft; ctx.lineWidth = now ? 1.6 : 0.8; ctx.globalAlpha = now ? 1 : 0.75;
        ctx.beginPath(); ctx.moveTo(each.dot.x, each.dot.y); ctx.lineTo(end + (side === "left" ? 12 : -12), y); ctx.lineTo(end, y); ctx.stroke();
        ctx.globalAlpha = 1;
        ctx.textAlign = side === "left" ? "right" : "left"; ctx.textBaseline = "middle";
        ctx.font = `${now ? 650 : 400} ${NAME}px system-ui, sans-serif`;
        each.lines.forEach((line, n) => {
          const base = each.top + (n + 0.5) * (NAME + 3);
          ctx.lineWidth = 4; ctx.strokeStyle = colours.card; ctx.lineJoin = "round"; ctx.strokeText(line, near, base);
          ctx.fillStyle = now ? colours.accent : colours.ink; ctx.fillText(line, near, base);
        });
        boxes.push({ id: each.node.id, x: side === "left" ? near - each.width : near, y: each.top, width: each.width, height: each.height });
      }
    }
    sides(ctx, height);
    ctx.restore();
  }
  // Which side of the body is which, under the hands, where no name stands.
  function sides(ctx, height) {
    ctx.font = `${NAME - 1}px system-ui, sans-serif`; ctx.fillStyle = colours.soft; ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
    for (const lane of drawing.stacked ? [active] : drawing.lanes)
      for (const way of [-1, 1]) {
        const hand = network.canvasToDOM({ x: lane.x + way * 0.25 * unit, y: 0.63 * unit }), y = Math.min(hand.y, height - 8);
        const free = boxes.every((b) => Math.abs(hand.x - b.x - b.width / 2) > b.width / 2 + 20 || y < b.y - 4 || y - 16 > b.y + b.height);
        if (free) ctx.fillText((lane.view === "front") === way < 0 ? "right" : "left", hand.x, y);
      }
  }
  // Names first, so that a dot is never covered by a leader line.
  network.on("afterDrawing", (ctx) => { names(ctx); });

  function frame(lane) {
    const spots = of(lane).map((node) => node[lane.view]);
    const xs = spots.map(([x]) => x), ys = spots.map(([, y]) => y);
    const tall = Math.max(...ys, 0) - Math.min(...ys, unit), wide = Math.max(...xs.map(Math.abs), 0.05 * unit);
    const room = Math.max(120, place.clientHeight - 110), side = Math.max(60, place.clientWidth / 2 - BESIDE);
    const whole = Math.min((place.clientHeight - 40) / (1.1 * unit), (place.clientWidth * 0.46) / (0.27 * unit) / 1);
    if (!spots.length) return { x: lane.x, y: 0.5 * unit, scale: whole };
    const scale = Math.max(whole, Math.min(room / Math.max(tall, 0.02 * unit), side / wide, 9));
    return { x: lane.x, y: (Math.max(...ys) + Math.min(...ys)) / 2, scale };
  }
  function look(number, glide) {
    active = lanes.get(Number(number)) || drawing.lanes[0]; all = false;
    if (drawing.stacked) nodes.update(drawing.nodes.map((node) => Object.assign({ id: node.id, hidden: !shown(lanes.get(node.lane)) }, at(node))));
    const { x, y, scale } = frame(active);
    network.moveTo({ position: { x, y }, scale, animation: glide && !still.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
    network.redraw();
    return active;
  }
  function overview() {
    const first = drawing.lanes[0].x, last = drawing.lanes.at(-1).x, count = drawing.lanes.length;
    const scale = Math.min((place.clientHeight - 60) / (1.12 * unit), place.clientWidth / (last - first + 0.7 * unit));
    all = true;
    network.moveTo({ position: { x: (first + last) / 2, y: 0.5 * unit }, scale, animation: false });
    return count;
  }
  function turn(view) {
    active.view = view || (active.view === "front" ? "back" : "front");
    nodes.update(of(active).map((node) => Object.assign({ id: node.id }, at(node))));
    if (!all) look(active.number, false);
    network.redraw();
    return active.view;
  }
  function choose(ids, edge) {
    chosen = new Set(ids); chosenEdge = edge === undefined ? null : edge;
    const spots = ids.map((id) => byId.get(id)).filter(Boolean).map(at), view = network.getViewPosition(), scale = network.getScale();
    const out = spots.some((s) => Math.abs(s.x - view.x) > place.clientWidth / scale / 2 - 20 || Math.abs(s.y - view.y) > place.clientHeight / scale / 2 - 20);
    if (spots.length && out) network.moveTo({ position: spots[0], animation: still.matches ? false : { duration: 300 } });
    network.redraw();
  }
  // The view as it is now on another canvas, in light colours, to be saved or printed.
  function paint(ctx) {
    const scale = network.getScale(), middle = network.getViewPosition();
    readColours(true);
    ctx.save();
    ctx.translate(place.clientWidth / 2 - middle.x * scale, place.clientHeight / 2 - middle.y * scale); ctx.scale(scale, scale);
    background(ctx);
    for (const node of drawing.nodes) if (shown(lanes.get(node.lane))) renderer(Object.assign({ ctx, id: node.id, state: {} }, at(node))).drawNode();
    ctx.restore();
    names(ctx);
    readColours(false);
  }
  function pick(pointer) {
    const box = boxes.find((b) => pointer.x >= b.x && pointer.x <= b.x + b.width && pointer.y >= b.y && pointer.y <= b.y + b.height);
    return box ? box.id : network.getNodeAt(pointer);
  }
  let resized;
  new ResizeObserver(() => { clearTimeout(resized); resized = setTimeout(() => { measure(); if (!all) look(active.number, false); }, 120); }).observe(place);
  return { network, look, overview, turn, choose, pick, paint, outline, edges, byId, at, lanes, active: () => active, colours, paths, still };
};
