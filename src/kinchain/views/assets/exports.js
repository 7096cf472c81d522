"use strict";
// The Save menu of a page: its picture as PNG and SVG, its table as CSV, its citations, and a link to what is shown.
// *page* gives the picture, and by its functions *title*, *table* (an element) and *cited* (an element whose links count).
// A page without a list of references has *works* (names) and *records* (the text of a format) instead of *cited*, and
// one whose address lags behind gives its *link*.
window.kinchain = window.kinchain || {};
kinchain.exports = function (page) {
  const tools = document.querySelector(".tools"), status = document.getElementById("status"), records = document.getElementById("citations");
  const citations = records ? JSON.parse(records.textContent) : {};
  const words = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
  const heading = () => words(document.querySelector("h1"));
  const FONT = "system-ui, sans-serif", PAD = 16, MARKS = { muscle: "circle", fascia: "square", ligament: "triangle", bone: "diamond", joint: "hexagon", nerve: "triangleDown", organ: "drop", part: "circle", place: "ring" };
  const DASHES = { solid: [], cross: [], dash: [12, 5], dot: [1, 6] };

  function fold(ctx, text, width) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = (lines.at(-1) ? lines.at(-1) + " " : "") + word;
      if (lines.at(-1) && ctx.measureText(longer).width > width) lines.push(word); else lines[lines.length - 1] = longer;
    }
    return lines;
  }
  function sources() {
    if (page.works) return page.works().length ? "Sources: " + page.works().join("; ") + "." : "";
    const links = page.cited() ? [...page.cited().querySelectorAll('a[href^="#ref-"]')] : [];
    const names = [...new Set(links.map(words))];
    return names.length ? "Sources: " + names.join("; ") + "." : "Sources: " + document.querySelectorAll(".references li").length + " works, listed on the page.";
  }
  // *bare* without the page's heading and notice, which stand on paper already.
  function svg(bare) {
    const place = document.getElementById("picture"), width = place.clientWidth, tall = place.clientHeight;
    const ruler = kinchain.svgCanvas(width, 0).ctx;
    const block = (text, size, weight, colour) => {
      ruler.font = `${weight} ${size}px ${FONT}`;
      return { lines: fold(ruler, text, width - 2 * PAD), size, weight, colour, step: Math.round(size * 1.4) };
    };
    const high = (each) => each.lines.length * each.step + 6;
    const said = (blocks) => blocks.filter((each) => each.lines[0]);
    const above = said([block(bare ? "" : heading(), 20, 600, "#1f2937"), block(page.title(), 14, 400, "#5b6472")]);
    const below = said([block(sources(), 11, 400, "#5b6472"), block(bare ? "" : words(document.querySelector(".notice")), 12, 600, "#1f2937")]);
    const legend = lay(width, ruler), top = PAD + above.reduce((sum, each) => sum + high(each), 0);
    const height = top + tall + legend.height + below.reduce((sum, each) => sum + high(each), 0) + PAD;
    const drawing = kinchain.svgCanvas(width, height), ctx = drawing.ctx;
    drawing.root.setAttribute("role", "img");
    ctx.fillStyle = "#ffffff"; ctx.beginPath(); ctx.rect(0, 0, width, height); ctx.fill();
    const write = (each, y) => {
      ctx.font = `${each.weight} ${each.size}px ${FONT}`; ctx.fillStyle = each.colour; ctx.textAlign = "left";
      each.lines.forEach((line, n) => ctx.fillText(line, PAD, y + n * each.step + each.size));
      return y + high(each);
    };
    above.reduce((y, each) => write(each, y), PAD - 6);
    drawing.box(top, width, tall, () => page.picture.paint(ctx));
    legend.draw(ctx, top + tall + 8);
    below.reduce((y, each) => write(each, y), top + tall + legend.height + 8);
    return { text: drawing.text(), root: drawing.root, width, height };
  }
  // The legend in as many rows as it needs: the marks of the page's own, at one size.
  function lay(width, ruler) {
    ruler.font = `12px ${FONT}`;
    let x = PAD, y = 0;
    const items = [...document.querySelectorAll(".legend li")].map((li) => {
      const mark = li.querySelector("i, b"), text = words(li), wide = 34 + ruler.measureText(text).width;
      if (x > PAD && x + wide > width - PAD) { x = PAD; y += 20; }
      const item = { x, y, text, name: mark ? mark.className : "", colour: mark ? getComputedStyle(mark).backgroundColor : "" };
      x += wide + 12;
      return item;
    });
    const draw = (ctx, top) => items.forEach((item) => {
      const middle = top + item.y + 8, line = DASHES[item.name];
      ctx.beginPath();
      if (line) {
        ctx.strokeStyle = item.name === "cross" ? "#a0366f" : "#475569"; ctx.lineWidth = 3; ctx.lineCap = "round"; ctx.setLineDash(line);
        ctx.moveTo(item.x, middle); ctx.lineTo(item.x + 26, middle); ctx.stroke(); ctx.setLineDash([]);
      } else if (MARKS[item.name]) {
        page.picture.outline(ctx, MARKS[item.name], item.x + 20, middle, 6);
        if (MARKS[item.name] === "ring") { ctx.strokeStyle = "#5b6472"; ctx.lineWidth = 2; ctx.stroke(); } else { ctx.fillStyle = item.colour; ctx.fill(); }
      }
      ctx.font = `400 12px ${FONT}`; ctx.fillStyle = "#1f2937"; ctx.textAlign = "left"; ctx.fillText(item.text, item.x + 32, middle + 4);
    });
    return { draw, height: items.length ? y + 28 : 0 };
  }
  async function png() {
    const { text, width, height } = svg(), url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })), image = new Image();
    image.src = url;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
    URL.revokeObjectURL(url);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }
  // As RFC 4180 has it, with a mark for spreadsheets that it is UTF-8; no cell is taken for a formula.
  function csv() {
    const cell = (element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll("br").forEach((each) => each.replaceWith("; "));
      const text = words(copy), safe = /^[=+\-@]/.test(text) && isNaN(text) ? "'" + text : text;
      return /[",;]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
    };
    return "\ufeff" + [...page.table().rows].map((row) => [...row.cells].map(cell).join(",") + "\r\n").join("");
  }

  function name(ending) {
    const text = [heading(), page.title()].join(" ").toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return `${text.slice(0, 80) || "kinchain"}.${ending}`;
  }
  function save(blob, ending) {
    const link = document.createElement("a"), url = URL.createObjectURL(blob);
    link.href = url; link.download = name(ending);
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    tell(`Saved ${link.download}`);
  }
  const file = (text, type, ending) => save(new Blob([text], { type }), ending);
  async function cite(format, type, ending) {
    const text = page.records ? await page.records(format) : citations[format];
    if (text) file(text, type, ending); else tell("What is shown cites no work");
  }
  async function copy() {
    const address = page.link ? page.link() : location.href;
    try { await navigator.clipboard.writeText(address); } catch {
      const field = Object.assign(document.createElement("textarea"), { value: address });
      menu.append(field); field.select();
      const done = document.execCommand("copy"); // where a page from disk may not write to the clipboard
      field.remove();
      if (!done) { tell("The browser forbids copying; the link is in the address bar"); return; }
    }
    tell("Link copied");
  }

  const menu = document.createElement("details"), summary = menu.appendChild(document.createElement("summary")), list = menu.appendChild(document.createElement("ul"));
  menu.className = "save"; summary.textContent = "Save";
  const note = document.createElement("span");
  note.className = "note"; note.setAttribute("aria-hidden", "true"); // the status says it to those who do not see it
  let fading;
  function tell(text) {
    note.textContent = status.textContent = text; menu.append(note);
    clearTimeout(fading); fading = setTimeout(() => note.remove(), 2500);
  }
  const choices = [
    ["Picture (PNG)", async () => save(await png(), "png")],
    ["Picture (SVG)", () => file(svg().text, "image/svg+xml", "svg")],
    ["Table (CSV)", () => file(csv(), "text/csv", "csv"), page.table],
    ["Citations (BibTeX)", () => cite("bibtex", "application/x-bibtex", "bib"), () => page.records || citations.bibtex],
    ["Citations (RIS)", () => cite("ris", "application/x-research-info-systems", "ris"), () => page.records || citations.ris],
    ["Copy link to this view", copy],
  ];
  for (const [text, act, possible] of choices) {
    if (possible && !possible()) continue;
    const button = list.appendChild(document.createElement("li")).appendChild(document.createElement("button"));
    button.type = "button"; button.textContent = text;
    button.addEventListener("click", async () => { close(true); await act(); });
  }
  function close(back) { menu.open = false; if (back) summary.focus(); }
  menu.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")], step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && menu.open) close(true);
    else if (step) { menu.open = true; buttons[(buttons.indexOf(document.activeElement) + step + buttons.length + (step < 0 && document.activeElement === summary ? 1 : 0)) % buttons.length].focus(); }
    else return;
    event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(false); });
  document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) close(false); });
  tools.append(menu);

  // On paper the picture is drawn with lines instead of pixels, in light colours, at the width of the paper.
  let paper;
  addEventListener("beforeprint", () => { paper = svg(true).root; paper.setAttribute("class", "paper"); document.getElementById("picture").after(paper); });
  addEventListener("afterprint", () => { if (paper) paper.remove(); });
  return { svg, png, csv, citations };
};
