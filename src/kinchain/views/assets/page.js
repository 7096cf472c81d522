"use strict";
// A page of strands: the picture and the tables that say the same, kept in step; what is chosen stands in the address.
(function () {
  const drawing = JSON.parse(document.getElementById("network").textContent);
  const place = document.getElementById("picture"), status = document.getElementById("status");
  const picture = kinchain.picture(place, drawing);
  const rows = [...document.querySelectorAll("tr[data-hop]")], choices = [...document.querySelectorAll("button[data-show]")];
  const turner = document.getElementById("turn");
  const still = picture.still, words = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
  let chosen = null;

  const edgeOf = (row) => picture.edges.find((e) => e.from === `${row.dataset.route}:${row.dataset.from}` && e.to === `${row.dataset.route}:${row.dataset.to}`);
  function remember() {
    const lane = picture.active();
    const parts = [`show=${lane.number}`, `view=${lane.view}`];
    if (chosen) parts.push(`hop=${chosen.dataset.hop}`);
    if (location.protocol !== "about:") history.replaceState(null, "", "#" + parts.join("&")); // a frame in a notebook has no address
  }
  function tell(lane) {
    for (const each of choices) {
      const now = each.dataset.show === String(lane.number);
      each.setAttribute("aria-pressed", String(now));
      if (now) each.parentElement.scrollLeft = each.offsetLeft - each.parentElement.offsetLeft - 40;
    }
    if (turner) turner.textContent = lane.view === "front" ? "Turn to the back" : "Turn to the front";
  }
  const seen = (lane) => `${words(choices.find((each) => each.dataset.show === String(lane.number))) || lane.title}, seen from the ${lane.view}`;
  function show(number, glide) {
    const lane = picture.look(number, glide);
    if (chosen && chosen.dataset.route !== String(lane.number)) choose(null);
    tell(lane); remember();
    if (glide) status.textContent = seen(lane);
    return lane;
  }
  function choose(row) {
    chosen = row;
    rows.forEach((each) => each.classList.toggle("chosen", each === row));
    if (!row) { picture.choose([]); return; }
    if (String(picture.active().number) !== row.dataset.route) tell(picture.look(row.dataset.route, true));
    const edge = edgeOf(row);
    picture.choose([`${row.dataset.route}:${row.dataset.from}`, `${row.dataset.route}:${row.dataset.to}`], edge && edge.id);
    remember();
    const heads = [...row.closest("table").rows[0].cells].map(words), cells = [...row.cells].map(words);
    status.textContent = `${heads[0]} ${cells[0]}: ${cells[1]}` + (cells[2] ? `. ${heads[2]}: ${cells[2]}` : "");
    row.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  }
  choices.forEach((each) => each.addEventListener("click", () => {
    const lane = show(each.dataset.show, true);
    const section = document.getElementById(`route-${lane.number}`);
    if (section) section.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
  }));
  document.querySelectorAll("button[data-open]").forEach((each) => each.addEventListener("click", () => {
    const lane = show(each.dataset.open, true), section = document.getElementById(`route-${lane.number}`);
    section.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
  }));
  if (turner) turner.addEventListener("click", () => { picture.turn(); tell(picture.active()); remember(); status.textContent = seen(picture.active()); });
  rows.forEach((row) => row.querySelector("button").addEventListener("click", () => choose(row)));
  picture.network.on("click", ({ pointer }) => {
    const id = picture.pick(pointer.DOM);
    if (!id) { choose(null); remember(); return; }
    const [route, number] = String(id).split(":");
    if (route !== String(picture.active().number)) { show(route, true); return; }
    const row = rows.find((r) => r.dataset.route === route && (r.dataset.to === number || r.dataset.from === number));
    const opens = picture.byId.get(id).opens;
    if (row) choose(row); else if (opens) show(opens, true); else picture.choose([id]);
  });
  place.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    const mine = rows.filter((row) => row.dataset.route === String(picture.active().number));
    const zoom = { "+": 1.25, "=": 1.25, "-": 0.8 }[event.key];
    if (zoom) picture.network.moveTo({ scale: picture.network.getScale() * zoom });
    else if (event.key === "Escape") { choose(null); picture.look(picture.active().number, true); remember(); }
    else if (step && mine.length) choose(mine[chosen ? (mine.indexOf(chosen) + step + mine.length) % mine.length : step > 0 ? 0 : mine.length - 1]);
    else return;
    event.preventDefault();
  });
  function restore() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const lane = show(wanted.get("show") || drawing.lanes[0].number, false);
    if (["front", "back"].includes(wanted.get("view")) && wanted.get("view") !== lane.view) picture.turn(wanted.get("view"));
    tell(picture.active());
    const row = rows.find((r) => r.dataset.route === String(lane.number) && r.dataset.hop === wanted.get("hop"));
    if (row) choose(row);
  }
  if (drawing.lanes.length) restore();
  addEventListener("hashchange", restore);
  const section = () => document.getElementById(`route-${picture.active().number}`) || document.querySelector(".candidates");
  const saved = kinchain.exports({
    picture, cited: section, title: () => (drawing.lanes.length ? `${picture.active().title}, seen from the ${picture.active().view}` : ""),
    table: () => (section() && section().querySelector("table")) || document.querySelector("#answer table"),
  });
  kinchain.page = { picture, drawing, rows, choose, show, saved };
  window.kinchainReady = true;
})();
