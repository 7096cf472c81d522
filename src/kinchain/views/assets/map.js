"use strict";
// The page of the map: what is chosen, found, filtered and asked, in the picture, in the lists and in the address.
(function () {
  const $ = (id) => document.getElementById(id), data = JSON.parse($("body-data").textContent);
  const finder = kinchain.finder(data), place = $("picture"), map = kinchain.mapView(place, finder), search = kinchain.nameIndex(finder);
  const KINDS = [
    ["muscles", "Muscle"], ["fascia and tendons", "Fascia", "Tendon"], ["ligaments and bursae", "Ligament", "Bursa"], ["bones and cartilage", "Bone", "Cartilage"], ["landmarks", "Landmark"],
    ["joints", "Joint"], ["nerves", "Nerve", "Plexus", "SpinalNerve", "NeuralTissue", "Tunnel"], ["organs and vessels", "Viscus", "Vessel"], ["regions", "Region"],
  ];
  const FIRST = ["tissue", "force", "skeletal", "neural", "referral"], DERIVED = "worked out";
  const FAMILIES = [...FIRST, ...data.connections.families.filter((family) => !FIRST.includes(family)), DERIVED];
  const state = { at: null, from: null, to: null, profile: "myofascial", hidden: new Set(), families: new Set(FIRST), part: "", side: "", least: "", cursor: -1 };
  let listed = [], found = null, trail = [];

  const make = (tag, options, ...inside) => { const each = Object.assign(document.createElement(tag), options); each.append(...inside); return each; };
  const kindWords = (n) => finder.kindOf(n).replace(/(?<=[a-z])[A-Z]/g, (c) => " " + c).toLowerCase();
  const badge = (grade) => make("span", { className: `grade ${grade.toLowerCase()}`, textContent: grade });
  const say = (text) => { $("status").textContent = text; };
  function works(fact) {
    const cite = (numbers) => numbers.flatMap((n, at) => {
      const { label, text, url } = finder.works[n];
      return [at ? ", " : "", url ? make("a", { href: url, rel: "noreferrer", title: text, textContent: label }) : make("span", { title: text, textContent: label })];
    });
    const all = make("span", { className: "works" }, ...cite(fact.works));
    if (fact.against.length) all.append(" Against: ", ...cite(fact.against));
    return all;
  }

  // What the filters let through.
  const kindGroup = new Map(KINDS.flatMap(([name, ...kinds]) => kinds.map((kind) => [kind, name])));
  const shown = (n) => !state.hidden.has(kindGroup.get(finder.lookOf(n))) && (!state.part || finder.partOf(n) === state.part) && (!state.side || !finder.sideOf(n) || finder.sideOf(n) === state.side);
  const sure = (fact) => !state.least || finder.gradeOrder.get(fact.grade) <= finder.gradeOrder.get(state.least);
  const wanted = (fact) => state.families.has(fact.family) && (!fact.derived || state.families.has(DERIVED)) && sure(fact);

  // The panel of the chosen structure.
  function tellChosen() {
    const panel = $("chosen"), n = state.at;
    panel.replaceChildren();
    listed = [];
    if (n === null) { panel.append(make("p", { className: "comment", textContent: "Choose a structure in the picture, or find one by its name." })); return; }
    const others = finder.otherNames(n), all = finder.facts(n);
    panel.append(make("h2", { textContent: finder.label(n) }), make("p", { className: "facts", textContent: kindWords(n) + (finder.partOf(n) ? ` · ${finder.partOf(n)}` : "") }));
    if (finder.definition(n)) panel.append(make("p", { textContent: finder.definition(n) }));
    if (others.length) panel.append(make("p", { className: "comment", textContent: `Also: ${others.join(", ")}` }));
    const action = (text, act) => { const button = make("button", { type: "button", textContent: text }); button.addEventListener("click", act); return button; };
    panel.append(make("div", { className: "actions" },
      action("Start here", () => setEnd("from", n)), action("Arrive here", () => setEnd("to", n)), ...(finder.paired(n) ? [action(finder.sideOf(n) === "right" ? "The left one" : "The right one", () => choose(n ^ 1))] : [])));
    const families = FAMILIES.filter((family) => all.some((fact) => fact.family === family && wanted(fact)));
    for (const family of families) {
      const list = make("ul", { className: "links" });
      const mine = all.filter((fact) => fact.family === family && wanted(fact)).sort((a, b) => a.derived - b.derived || a.relation.localeCompare(b.relation) || a.to - b.to);
      for (const fact of mine) {
        const at = listed.push(fact) - 1, button = make("button", { type: "button", textContent: finder.label(fact.to) });
        button.addEventListener("click", () => choose(fact.to));
        const item = make("li", {}, `${fact.phrase} `, button, `${fact.tail} `, badge(fact.grade), " ", works(fact));
        item.addEventListener("mouseenter", () => point(at, false));
        list.append(item);
      }
      panel.append(make("h3", { textContent: `${family} (${mine.length})` }), list);
    }
    const left = all.length - listed.length;
    panel.append(make("p", { className: "comment", textContent: left ? `${left} more of ${all.length} are left out by the filters.` : `All ${all.length} connections are shown.` }));
  }
  function drawFocus() {
    if (state.at !== null) {
      const lines = listed.filter((fact) => fact.grade !== "Refuted").map((fact, at) => ({ ...fact, now: at === state.cursor, strong: at === state.cursor, crosses: finder.sideOf(fact.from) && finder.sideOf(fact.to) && finder.sideOf(fact.from) !== finder.sideOf(fact.to) }));
      const cursor = listed[state.cursor], strong = new Set([state.at, ...(cursor ? [cursor.to] : [])]);
      map.look({ all: [...new Set([...strong, ...lines.map(({ to }) => to)])].filter(finder.placed), strong, number: new Map(), lines });
    } else if (found) {
      const stations = [...new Set([found.hops[0].from, ...found.hops.map(({ to }) => to)])], now = found.hops[state.cursor];
      map.look({ all: stations.filter(finder.placed), strong: new Set(now ? [now.from, now.to] : stations), number: new Map(stations.map((n, at) => [n, at + 1])), lines: found.hops.map((hop, at) => ({ ...hop, strong: true, now: at === state.cursor })) });
    } else map.look(null);
  }
  const others = () => [...new Set(listed.map(({ to }) => to))];
  function best(list) { // the view in which most of some structures are seen
    const seen = (view) => list.filter((n) => finder.inView(n, view)).length;
    if (seen("front") !== seen("back")) turn(seen("front") > seen("back") ? "front" : "back");
  }
  function choose(n, { glide = true, camera = true, keep = false } = {}) {
    if (n !== null && state.at !== null && !keep && n !== state.at) trail.push(state.at);
    if (n === null) trail = [];
    state.at = n; state.cursor = -1;
    tellChosen();
    if (n !== null && camera) { if (finder.placed(n) && !finder.inView(n, map.view())) turn(finder.inView(n, "front") ? "front" : "back"); map.frame([n, ...others()], glide); }
    drawFocus(); remember();
    if (n !== null) { $("find").value = finder.label(n); $("chosen").scrollIntoView({ block: "nearest" }); say(`${finder.label(n)}, ${kindWords(n)}, ${listed.length} connections shown`); }
  }
  function point(at, aloud = true) {
    state.cursor = at;
    const items = [...document.querySelectorAll(state.at !== null ? "#chosen .links li" : "#route .hops li")];
    items.forEach((item, n) => item.classList.toggle("chosen", n === at));
    drawFocus();
    const told = (state.at !== null ? listed : found.hops)[at];
    if (aloud && told) { items[at].scrollIntoView({ block: "nearest" }); say(`${at + 1} of ${items.length}: ${told.words}, ${told.grade.toLowerCase()}`); }
  }

  // From – to.
  function setEnd(which, n) {
    state[which] = n;
    $(which).value = n === null ? "" : finder.label(n);
    ask();
  }
  function ask({ camera = true } = {}) {
    const box = $("route");
    box.replaceChildren(); found = null;
    if (state.from !== null && state.to !== null) {
      if (state.from === state.to) box.append(make("p", { textContent: "Both ends are the same structure; choose two." }));
      else {
        found = finder.route(state.profile, state.from, state.to);
        if (found && !found.hops.length) found = null;
        if (!found) box.append(make("p", { textContent: `No ${state.profile} route: nothing that this profile walks joins the ${finder.label(state.from)} and the ${finder.label(state.to)}.` }));
        else tellRoute(box);
        say(box.firstChild.textContent);
        state.at = null; state.cursor = -1; trail = []; tellChosen();
      }
    }
    if (found && camera) { const list = [found.hops[0].from, ...found.hops.map(({ to }) => to)]; best(list); map.frame(list, true); }
    drawFocus(); remember();
  }
  function tellRoute(box) {
    const weakest = found.hops.reduce((worst, hop) => (finder.gradeOrder.get(hop.grade) > finder.gradeOrder.get(worst) ? hop.grade : worst), "Textbook");
    const times = found.hops.filter((hop) => hop.crosses).length, count = found.hops.length;
    box.append(make("p", { className: "facts" }, `${count} hop${count > 1 ? "s" : ""} · cost ${found.cost} · ${times ? `crosses the midline ${times > 1 ? times + " times" : "once"}` : "stays on its side"} · weakest evidence: `, badge(weakest)));
    const list = make("ol", { className: "hops" });
    found.hops.forEach((hop, at) => {
      const [first, last] = [hop.from, hop.to].map((n) => { const button = make("button", { type: "button", textContent: finder.label(n) }); button.addEventListener("click", () => choose(n)); return button; });
      const item = make("li", {}, first, ` ${hop.phrase} `, last, `${hop.tail} `, ...(hop.crosses ? [make("strong", { className: "cross", textContent: "⇄ crosses the midline" }), " "] : []), badge(hop.grade), " ", works(hop));
      item.addEventListener("mouseenter", () => { if (state.at === null) point(at, false); });
      list.append(item);
    });
    box.append(list);
  }

  // The address: what is chosen, asked, filtered and looked at.
  let later;
  function remember() { clearTimeout(later); later = setTimeout(write, 150); }
  function write() {
    const wanted = new URLSearchParams(), put = (key, value) => { if (value) wanted.set(key, value); };
    for (const key of ["at", "from", "to"]) if (state[key] !== null) put(key, finder.idOf(state[key]));
    if (state.from !== null || state.to !== null) put("through", state.profile);
    put("hide", [...state.hidden].join(",")); put("part", state.part); put("side", state.side); put("least", state.least);
    if ([...state.families].sort().join() !== [...FIRST].sort().join()) wanted.set("families", FAMILIES.filter((family) => state.families.has(family)).join(","));
    const { x, y } = map.network.getViewPosition();
    put("view", map.view()); put("look", [Math.round(x), Math.round(y), map.nearness().toFixed(2)].join(","));
    history.replaceState(null, "", "#" + wanted);
  }
  function restore() {
    const wanted = new URLSearchParams(location.hash.slice(1)), list = (key) => (wanted.get(key) || "").split(",").filter(Boolean);
    const structure = (key) => { const n = finder.numberOf(wanted.get(key)); return n === undefined ? null : n; };
    state.hidden = new Set(list("hide").filter((name) => KINDS.some(([known]) => known === name)));
    state.families = new Set(wanted.has("families") ? list("families").filter((name) => FAMILIES.includes(name)) : FIRST);
    state.part = data.parts.includes(wanted.get("part")) ? wanted.get("part") : ""; state.side = ["right", "left"].includes(wanted.get("side")) ? wanted.get("side") : "";
    state.least = finder.gradeOrder.has(wanted.get("least")) ? wanted.get("least") : ""; state.profile = wanted.get("through") in data.walks ? wanted.get("through") : "myofascial";
    $("part").value = state.part; $("side").value = state.side; $("least").value = state.least; $("profile").value = state.profile;
    document.querySelectorAll("#kinds input").forEach((box) => { box.checked = !state.hidden.has(box.value); });
    document.querySelectorAll("#families input").forEach((box) => { box.checked = state.families.has(box.value); });
    const [x, y, near] = list("look").map(Number), placed = [x, y, near].every(Number.isFinite) && near > 0;
    filter();
    turn(wanted.get("view") === "back" ? "back" : "front");
    if (placed) map.move({ x, y }, near * map.whole(), false); else map.fit(false);
    state.from = structure("from"); state.to = structure("to");
    for (const which of ["from", "to"]) $(which).value = state[which] === null ? "" : finder.label(state[which]);
    ask({ camera: !placed });
    choose(structure("at"), { glide: false, camera: !placed, keep: true });
  }

  // Filters.
  function checks(box, names, on) {
    for (const name of names) box.append(make("label", {}, make("input", { type: "checkbox", value: name, checked: on(name) }), name));
  }
  checks($("kinds"), KINDS.map(([name]) => name), () => true);
  checks($("families"), FAMILIES, (family) => FIRST.includes(family));
  for (const part of data.parts) $("part").append(make("option", { value: part, textContent: part }));
  for (const { name } of data.connections.grades.filter(({ name }) => name !== "Refuted")) $("least").append(make("option", { value: name, textContent: name.toLowerCase() }));
  const filters = () => state.hidden.size + (state.part ? 1 : 0) + (state.side ? 1 : 0) + (state.least ? 1 : 0);
  function filter() {
    const count = filters();
    $("filtered").textContent = count ? `(${count} set)` : "";
    map.filter(shown);
  }
  $("filters").addEventListener("change", () => {
    state.hidden = new Set([...document.querySelectorAll("#kinds input:not(:checked)")].map((box) => box.value));
    state.families = new Set([...document.querySelectorAll("#families input:checked")].map((box) => box.value));
    state.part = $("part").value; state.side = $("side").value; state.least = $("least").value; state.cursor = -1;
    filter(); tellChosen(); drawFocus(); remember();
  });

  // The picture and its buttons.
  function turn(view) { map.turn(view); $("turn").textContent = view === "front" ? "Turn to the back" : "Turn to the front"; }
  const zoom = (by) => { map.network.moveTo({ scale: Math.max(0.6 * map.whole(), Math.min(map.network.getScale() * by, 14 * map.whole())) }); remember(); };
  const other = () => (map.view() === "front" ? "back" : "front");
  $("turn").addEventListener("click", () => { turn(other()); remember(); });
  $("whole").addEventListener("click", () => { map.fit(true); remember(); });
  $("closer").addEventListener("click", () => zoom(1.4));
  $("farther").addEventListener("click", () => zoom(1 / 1.4));
  map.network.on("click", ({ pointer }) => { const n = map.pick(pointer.DOM); if (n !== null) choose(n, { camera: false }); else if (state.at !== null) choose(null); });
  map.network.on("dragEnd", remember); map.network.on("zoom", remember); map.network.on("animationFinished", remember);
  place.addEventListener("mousemove", (event) => {
    if (event.buttons) return;
    const box = place.getBoundingClientRect(), n = map.pick({ x: event.clientX - box.left, y: event.clientY - box.top });
    map.hover(n); place.classList.toggle("over", n !== null); place.title = n === null ? "" : finder.label(n);
  });
  place.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key], by = { "+": 1.25, "=": 1.25, "-": 0.8 }[event.key];
    const shift = event.shiftKey && { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    const length = state.at !== null ? listed.length : found ? found.hops.length : 0;
    if (by) zoom(by);
    else if (shift) { const { x, y } = map.network.getViewPosition(), far = 80 / map.network.getScale(); map.network.moveTo({ position: { x: x + shift[0] * far, y: y + shift[1] * far } }); remember(); }
    else if (step && length) point(state.cursor < 0 ? (step > 0 ? 0 : length - 1) : (state.cursor + step + length) % length);
    else if (step && !length && state.at === null && map.names().length) choose(map.names()[0].n, { camera: false });
    else if ((event.key === "Enter" || event.key === "ArrowRight") && state.cursor >= 0) choose((state.at !== null ? listed : found.hops)[state.cursor].to);
    else if (event.key === "ArrowLeft" && trail.length) choose(trail.pop(), { keep: true });
    else if (event.key === "Escape") { if (state.at !== null) choose(null); else map.fit(true); remember(); }
    else return;
    event.preventDefault();
  });
  kinchain.combobox($("find"), search, finder, (n) => choose(n));
  kinchain.combobox($("from"), search, finder, (n) => setEnd("from", n));
  kinchain.combobox($("to"), search, finder, (n) => setEnd("to", n));
  $("profile").addEventListener("change", () => { state.profile = $("profile").value; ask(); });

  map.network.once("afterDrawing", () => { requestAnimationFrame(() => { kinchain.drawn = performance.now(); window.kinchainReady = true; }); });
  restore();
  addEventListener("hashchange", restore);
  const told = () => (state.at !== null ? { facts: listed } : found ? { facts: found.hops } : { structures: map.seen() });
  const saved = kinchain.mapExports({
    finder, map, told, wanted, kindWords,
    title() {
      const what = state.at !== null ? `${finder.label(state.at)}, ` : found ? `${found.profile} route from the ${finder.label(state.from)} to the ${finder.label(state.to)}, ` : "";
      const filtered = filters() && (state.at !== null || !found) ? `, ${filters()} filter${filters() > 1 ? "s" : ""} set` : "";
      return `${what}seen from the ${map.view()}${filtered}`;
    },
    link() { clearTimeout(later); write(); return location.href; },
  });
  kinchain.map = { finder, map, state, choose, listed: () => listed, route: () => found, saved };
})();
