"use strict";
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const drawing = read("network");
  const place = document.getElementById("picture");
  const status = document.getElementById("status");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const soft = dark ? "#a8adb7" : "#5b6472";
  drawing.options.edges.font.color = soft;
  drawing.options.edges.font.strokeColor = dark ? "#1e2128" : "#ffffff";
  const nodes = new vis.DataSet(drawing.nodes);
  const edges = new vis.DataSet(drawing.edges.map((edge, number) => Object.assign({ id: number }, edge)));
  const network = new vis.Network(place, { nodes, edges }, drawing.options);

  // The midline of each route, its name, and which side is which.
  network.on("beforeDrawing", (canvas) => {
    canvas.textAlign = "center";
    for (const lane of drawing.lanes) {
      const top = -lane.height - 95;
      canvas.strokeStyle = dark ? "#3a404c" : "#d9d5c8";
      canvas.lineWidth = 2;
      canvas.setLineDash([4, 8]);
      canvas.beginPath(); canvas.moveTo(lane.x, top + 14); canvas.lineTo(lane.x, 70); canvas.stroke();
      canvas.setLineDash([]);
      canvas.fillStyle = soft;
      canvas.font = "600 19px system-ui, sans-serif";
      canvas.fillText(lane.title, lane.x, top);
      canvas.font = "16px system-ui, sans-serif";
      for (const y of [top + 26, 80]) {
        canvas.fillText("left", lane.x - drawing.spread, y);
        canvas.fillText("right", lane.x + drawing.spread, y);
      }
    }
  });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const choices = [...document.querySelectorAll("button[data-show]")];
  // A route as large as the picture allows; a long one at a size that can be read, its start in view.
  function look(rank, glide) {
    const lane = drawing.lanes.find((each) => String(each.rank) === String(rank)) || drawing.lanes[0];
    const tall = lane.height + 230, wide = 2 * drawing.spread + 240;
    const whole = place.clientWidth / wide;
    const scale = Math.max(Math.min(0.62, whole), Math.min(1.05, place.clientHeight / tall, whole));
    const seen = place.clientHeight / scale;
    const y = seen >= tall ? -lane.height / 2 : 100 - seen / 2;
    network.moveTo({ position: { x: lane.x, y }, scale, animation: glide && !still ? { duration: 300 } : false });
    choices.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.show === String(lane.rank))));
  }
  choices.forEach((each) => each.addEventListener("click", () => {
    look(each.dataset.show, true);
    const section = document.getElementById(`route-${each.dataset.show}`);
    section.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "nearest" });
    if (section.getBoundingClientRect().top > innerHeight / 2) section.scrollIntoView();
  }));
  if (drawing.lanes.length) look(drawing.lanes[0].rank, false);

  const rows = [...document.querySelectorAll("tr[data-hop]")];
  function choose(row, moveFocus) {
    rows.forEach((each) => each.classList.toggle("chosen", each === row));
    const { route, hop } = row.dataset;
    const ends = [`${route}:${hop}`, `${route}:${Number(hop) + 1}`];
    network.setSelection({ nodes: ends, edges: edges.getIds({ filter: (e) => e.from === ends[0] && e.to === ends[1] }) });
    const [from, to] = ends.map((end) => network.getPosition(end)), view = network.getViewPosition();
    const half = place.clientHeight / network.getScale() / 2 - 60;
    const lane = drawing.lanes.find((each) => String(each.rank) === route);
    const outside = Math.abs((from.y + to.y) / 2 - view.y) > half || Math.abs(lane.x - view.x) > drawing.spread;
    if (outside) network.moveTo({ position: { x: lane.x, y: (from.y + to.y) / 2 }, animation: still ? false : { duration: 300 } });
    choices.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.show === route)));
    history.replaceState(null, "", `#hop=${route}.${hop}`);
    status.textContent = row.cells[1].textContent;
    row.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    if (moveFocus) row.querySelector("button").focus();
  }
  rows.forEach((row) => row.querySelector("button").addEventListener("click", () => choose(row, false)));
  network.on("click", (event) => {
    if (event.nodes.length) {
      const [route, number] = event.nodes[0].split(":");
      const hop = Math.max(0, Number(number) - 1);
      const row = rows.find((each) => each.dataset.route === route && Number(each.dataset.hop) === hop);
      if (row) choose(row, false);
    } else if (event.edges.length) {
      const [route, number] = edges.get(event.edges[0]).from.split(":");
      const row = rows.find((each) => each.dataset.route === route && each.dataset.hop === number);
      if (row) choose(row, false);
    }
  });
  place.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = rows.findIndex((row) => row.classList.contains("chosen"));
    choose(rows[(now + step + rows.length) % rows.length], false);
  });
  const wanted = /^#hop=(\d+)\.(\d+)$/.exec(location.hash);
  if (wanted) {
    const row = rows.find((each) => each.dataset.route === wanted[1] && each.dataset.hop === wanted[2]);
    if (row) network.once("afterDrawing", () => setTimeout(() => choose(row, false), 50));
  }
  window.kinchainReady = true;
})();
