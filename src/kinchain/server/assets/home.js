"use strict";
// The forms of the first page suggest names from names.js, in the browser: nothing is sent before a form is. The search
// and the field are those of the map (combobox.js); this gives them the names of the atlas and their sides.
(function () {
  const PAIRED = 0, LEFT = 2, names = window.kinchainNames, SIDES = ["right", "left"];
  const half = (n) => n >> 1, laterality = (i) => names[i][2];
  const finder = {
    count: names.length,
    data: { structures: { label: names.map(([label]) => label) } },
    numbersOf: (i) => (laterality(i) === PAIRED ? [2 * i, 2 * i + 1] : laterality(i) === LEFT ? [2 * i + 1] : [2 * i]),
    sideOf: (n) => (laterality(half(n)) === PAIRED ? SIDES[n & 1] : ""),
    label: (n) => (finder.sideOf(n) && finder.sideOf(n) + " ") + names[half(n)][0],
    kindOf: (n) => names[half(n)][1],
    otherNames: (n) => names[half(n)][3],
  };
  const search = kinchain.nameIndex(finder), said = document.getElementById("said");
  document.querySelectorAll('.field input[role="combobox"]').forEach((input) => {
    // Enter sends what was typed unless a suggestion is open: of a place to start or end the foremost is taken, of a
    // complaint, which is said in words of one's own, only one that was walked to.
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const open = input.getAttribute("aria-expanded") === "true";
      const some = document.getElementById(input.getAttribute("aria-controls")).querySelector('[role="option"]:not([aria-disabled])');
      if (open && some && (input.name !== "site" || input.hasAttribute("aria-activedescendant"))) return;
      event.preventDefault(); event.stopImmediatePropagation();
      input.form.requestSubmit();
    });
    kinchain.combobox(input, search, finder, (n) => { said.textContent = n === null ? "" : `${finder.label(n)} chosen`; });
  });
})();
