"use strict";
// A comparison begins with both bodies in sight; "Both" leads back to them, and the address remembers it. Runs before
// page.js, which writes the address anew.
(function () {
  const asked = location.hash, choices = document.querySelector(".choices"), button = document.createElement("button");
  button.type = "button"; button.textContent = "Both"; button.setAttribute("aria-pressed", "false");
  choices.prepend(button);
  const leave = () => button.setAttribute("aria-pressed", "false");
  function both() {
    const { picture, choose } = kinchain.page;
    choose(null); picture.overview();
    for (const each of choices.children) each.setAttribute("aria-pressed", String(each === button));
    choices.scrollLeft = 0;
    history.replaceState(null, "", "#show=both");
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (!/show=\d/.test(asked)) both();
    choices.addEventListener("click", (event) => { if (event.target !== button) leave(); });
    document.querySelectorAll("tr[data-hop]").forEach((row) => row.querySelector("button").addEventListener("click", () => {
      if (button.getAttribute("aria-pressed") === "true") kinchain.page.show(row.dataset.route, false);
      leave();
    }));
    button.addEventListener("click", () => { both(); document.getElementById("status").textContent = "Both, side by side"; });
    addEventListener("hashchange", () => (location.hash === "#show=both" ? both() : leave()));
  });
})();
