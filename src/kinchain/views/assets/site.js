"use strict";
// The search box of every page of a site: a combobox with suggestions. The index is a script that is loaded when the
// box is first used, since a page that is opened from disk may fetch nothing.
(function () {
  const box = document.getElementById("search"), list = document.getElementById("found"), count = document.getElementById("count");
  if (!box) return;
  const root = box.closest(".search").dataset.root, MOST = 12;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let entries = null, asked = false, found = [], at = -1;

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = root + "assets/index.js";
    script.addEventListener("load", () => {
      entries = window.kinchainIndex.map(([label, kind, path, others]) => ({ label, kind, path, names: [label, ...others].map((name) => ({ name, text: folded(name) })) }));
      suggest();
    });
    document.head.append(script);
  }
  // How well a name fits: 0 the same, 1 begins so, 2 has words that begin so; null does not fit.
  function fit(text, wanted, words) {
    if (text === wanted) return 0;
    if (text.startsWith(wanted)) return 1;
    return words.every((word) => text.startsWith(word) || text.includes(" " + word) || text.includes("-" + word) || text.includes("(" + word)) ? 2 : null;
  }
  function search(question) {
    // Sides are told on the pages and are in no name.
    const words = folded(question).split(/\s+/).filter((word, n, all) => word && (all.length < 2 || !["right", "left"].includes(word)));
    const wanted = words.join(" "), hits = [];
    if (!wanted) return hits;
    for (const entry of entries) {
      let best = null;
      entry.names.forEach(({ name, text }, n) => {
        const grade = fit(text, wanted, words), score = grade === null ? null : grade * 2 + (n ? 1 : 0);
        if (score !== null && (best === null || score < best.score)) best = { score, also: n ? name : "", length: text.length };
      });
      if (best) hits.push({ entry, ...best });
    }
    return hits.sort((a, b) => a.score - b.score || a.length - b.length || (a.entry.label < b.entry.label ? -1 : 1)).slice(0, MOST);
  }
  function element(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  }
  function open(is) {
    list.hidden = !is;
    box.setAttribute("aria-expanded", String(is));
    if (!is) mark(-1);
  }
  function mark(number) {
    at = number;
    [...list.children].forEach((item, n) => { if (item.id) item.setAttribute("aria-selected", String(n === at)); });
    if (at < 0) { box.removeAttribute("aria-activedescendant"); return; }
    box.setAttribute("aria-activedescendant", `found-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  function suggest() {
    if (!entries || document.activeElement !== box) return;
    found = search(box.value);
    list.replaceChildren(...found.map(({ entry, also }, n) => {
      const item = element("li", "", "");
      item.id = `found-${n}`; item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false");
      item.append(element("span", "name", entry.label), " ", element("span", "kind", entry.kind));
      if (also) item.append(" ", element("span", "also", `also: ${also}`));
      item.addEventListener("click", () => go(n));
      return item;
    }));
    open(found.length > 0);
    mark(-1);
    count.textContent = !box.value.trim() ? "" : found.length ? `${found.length} suggestions` : "Nothing has this name";
    box.classList.toggle("nothing", Boolean(box.value.trim()) && !found.length);
  }
  function go(number) {
    const hit = found[number];
    if (hit) location.assign(`${root}${hit.entry.path}.html`);
  }
  box.addEventListener("focus", load);
  box.addEventListener("input", () => { load(); suggest(); });
  box.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      if (list.hidden) open(true);
      const last = found.length - 1;
      mark(at + step < 0 ? last : at + step > last ? 0 : at + step);
    }
    else if (event.key === "Enter" && found.length) go(Math.max(at, 0));
    else if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Escape") { box.value = ""; suggest(); }
    else return;
    event.preventDefault();
  });
  // The list of lists closes like a menu.
  const browse = document.querySelector("details.browse");
  document.addEventListener("click", (event) => { if (browse && !browse.contains(event.target)) browse.open = false; });
  if (browse) browse.addEventListener("keydown", (event) => { if (event.key === "Escape") { browse.open = false; browse.querySelector("summary").focus(); } });
})();
