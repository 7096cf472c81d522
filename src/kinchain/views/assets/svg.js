"use strict";
// A canvas that writes SVG, so that the code that draws a picture on the screen also draws the one that is saved. It
// knows what that code uses: paths, whole circles, text, transforms and dashes.
window.kinchain = window.kinchain || {};
kinchain.svgCanvas = function (width, height) {
  const NS = "http://www.w3.org/2000/svg", ruler = document.createElement("canvas").getContext("2d");
  const root = document.createElementNS(NS, "svg"), defs = root.appendChild(document.createElementNS(NS, "defs")), shared = new Map();
  const round = (number, digits = 2) => String(Number(number.toFixed(digits)));
  const plain = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  let into = root, matrix = [1, 0, 0, 1, 0, 0], saved = [], way = "", state = {
    fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter", globalAlpha: 1, dash: [],
    font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic",
  };
  function add(name, attributes, parent = into) {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return parent.appendChild(made);
  }
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) root.setAttribute(key, value);

  const by = ([a, b, c, d, e, f], [g, h, i, j, k, l]) => [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
  const common = () => ({
    ...(matrix.join() === "1,0,0,1,0,0" ? {} : { transform: `matrix(${matrix.map((part) => round(part, 5)).join(" ")})` }),
    ...(state.globalAlpha < 1 ? { opacity: state.globalAlpha } : {}),
  });
  const stroke = () => ({
    stroke: state.strokeStyle, "stroke-width": round(state.lineWidth, 3), "stroke-linecap": state.lineCap, "stroke-linejoin": state.lineJoin,
    ...(state.dash.length ? { "stroke-dasharray": state.dash.map((step) => round(step, 3)).join(" ") } : {}),
  });
  function shape(path, paint) {
    if (!path) { add("path", { d: way, ...common(), ...paint }); return; }
    if (!shared.has(path)) { shared.set(path, `saved-path${shared.size}`); add("path", { id: shared.get(path), d: path.d }, defs); }
    add("use", { href: "#" + shared.get(path), ...common(), ...paint });
  }
  function write(text, x, y, paint) {
    const [, weight, size, family] = state.font.match(/^(?:(\d+|bold) )?([\d.e-]+)px (.+)$/);
    const anchor = { center: "middle", right: "end", end: "end" }[state.textAlign] || "start";
    const base = state.textBaseline === "middle" ? y + size * 0.35 : y;
    add("text", { x: round(x), y: round(base), "font-family": family, "font-size": round(Number(size), 3), ...(weight ? { "font-weight": weight } : {}), "text-anchor": anchor, ...common(), ...paint })
      .textContent = plain(text);
  }
  const ctx = {
    canvas: { width }, // of one pixel for each on the screen
    save() { saved.push([{ ...state }, matrix]); },
    restore() { [state, matrix] = saved.pop(); },
    translate(x, y) { matrix = by(matrix, [1, 0, 0, 1, x, y]); },
    scale(x, y) { matrix = by(matrix, [x, 0, 0, y, 0, 0]); },
    setTransform(...parts) { matrix = parts; },
    setLineDash(dash) { state.dash = dash; },
    beginPath() { way = ""; },
    closePath() { way += "Z"; },
    moveTo(x, y) { way += `M${round(x)} ${round(y)}`; },
    lineTo(x, y) { way += `L${round(x)} ${round(y)}`; },
    quadraticCurveTo(...points) { way += `Q${points.map((each) => round(each)).join(" ")}`; },
    rect(x, y, w, h) { way += `M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}Z`; },
    arc(x, y, r) { way += `M${round(x + r)} ${round(y)}A${round(r)} ${round(r)} 0 1 1 ${round(x - r)} ${round(y)}A${round(r)} ${round(r)} 0 1 1 ${round(x + r)} ${round(y)}Z`; },
    fill(path) { shape(path, { fill: state.fillStyle }); },
    stroke(path) { shape(path, { fill: "none", ...stroke() }); },
    fillText(text, x, y) { write(text, x, y, { fill: state.fillStyle }); },
    strokeText(text, x, y) { write(text, x, y, { fill: "none", ...stroke() }); },
    measureText(text) { ruler.font = state.font; return ruler.measureText(text); },
  };
  for (const name of Object.keys(state))
    if (name !== "dash") Object.defineProperty(ctx, name, { get: () => state[name], set: (value) => { state[name] = value; } });
  // What *draw* draws stands in a box of its own and is cut at its edges.
  function box(y, w, h, draw) {
    add("rect", { width: w, height: h }, add("clipPath", { id: "saved-box" }, defs));
    into = add("g", { "clip-path": "url(#saved-box)", transform: `translate(0 ${y})` });
    draw();
    into = root;
  }
  return { ctx, box, root, text: () => new XMLSerializer().serializeToString(root) };
};
