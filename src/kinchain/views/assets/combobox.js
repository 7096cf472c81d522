"use strict";
// A field that suggests structures while one types: the combobox with a list box of WAI-ARIA's patterns.
window.kinchain = window.kinchain || {};
kinchain.nameIndex = function (finder) {
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  let entries = null;
  function build() {
    entries = [];
    for (let i = 0; i < finder.count; i++) {
      const own = finder.data.structures.label[i];
      for (const name of [own, ...finder.otherNames(2 * i)]) entries.push({ i, name, own: name === own, key: ` ${plain(name)}` });
    }
  }
  // Structures by a part of a name: whole names first, then beginnings, then words; then the foremost.
  return function (text, most) {
    if (!entries) build();
    const sides = { right: 0, r: 0, left: 1, l: 1 }, words = plain(text).split(" ").filter(Boolean);
    const said = words.find((word) => word === "right" || word === "left") || (words.length > 1 && words[0] in sides ? words[0] : undefined);
    const query = words.filter((word) => word !== said), whole = query.join(" "), found = new Map();
    if (!whole) return [];
    for (const entry of entries) {
      if (!query.every((word) => entry.key.includes(" " + word))) continue;
      const score = (entry.key === " " + whole ? 0 : entry.key.startsWith(" " + whole) ? 2 : 4) + (entry.own ? 0 : 1);
      if (!found.has(entry.i) || score < found.get(entry.i).score) found.set(entry.i, { score, ...entry });
    }
    return [...found.values()].sort((a, b) => a.score - b.score || a.i - b.i).slice(0, most).flatMap(({ i, name, own }) =>
      finder.numbersOf(i).filter((n) => said === undefined || !finder.sideOf(n) || (n & 1) === sides[said]).map((n) => ({ n, name: own ? "" : name }))).slice(0, most);
  };
};
kinchain.combobox = function (input, search, finder, chosen) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  let options = [], active = -1;
  const open = () => input.getAttribute("aria-expanded") === "true";
  function close() { input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); list.hidden = true; active = -1; }
  function mark(n) {
    active = n;
    [...list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === n)));
    if (n < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", list.children[n].id);
    list.children[n].scrollIntoView({ block: "nearest" });
  }
  function suggest() {
    options = search(input.value, 40);
    list.replaceChildren(...options.map(({ n, name }, at) => {
      const item = document.createElement("li"), kind = document.createElement("small");
      item.id = `${list.id}-${at}`; item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false");
      kind.textContent = (name ? `${name} · ` : "") + finder.kindOf(n).replace(/(?<=[a-z])[A-Z]/g, (c) => " " + c).toLowerCase();
      item.append(finder.label(n), " ", kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(at); });
      return item;
    }));
    if (!options.length && input.value.trim()) {
      const none = document.createElement("li");
      none.setAttribute("role", "option"); none.setAttribute("aria-disabled", "true"); none.setAttribute("aria-selected", "false"); none.id = `${list.id}-none`;
      none.textContent = "Nothing has such a name; try one word of it.";
      list.append(none);
    }
    list.hidden = !list.children.length; input.setAttribute("aria-expanded", String(!list.hidden)); active = -1; input.removeAttribute("aria-activedescendant");
  }
  function take(at) {
    const { n } = options[at];
    input.value = finder.label(n); close(); chosen(n);
  }
  input.addEventListener("input", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (!open()) suggest();
      if (options.length) mark(active < 0 ? (step > 0 ? 0 : options.length - 1) : (active + step + options.length) % options.length);
    } else if (event.key === "Enter") { if (open() && options.length) take(Math.max(active, 0)); }
    else if (event.key === "Escape") { if (open()) close(); else { input.value = ""; chosen(null); } }
    else return;
    event.preventDefault();
  });
};
