"use strict";
// A quiz: one question at a time beside the body; what was answered stands in the address, so that a reload keeps it.
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent), byId = (id) => document.getElementById(id);
  const questions = read("questions"), picture = kinchain.picture(byId("picture"), read("network"));
  const status = byId("status"), turner = byId("turn");
  let now = 0, answers = questions.map(() => null);

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  const right = () => answers.filter((answer, n) => answer === questions[n].right).length;
  const done = () => answers.filter((answer) => answer !== null).length;
  const score = () => !done() ? `${questions.length} questions` : `${right()} of ${done()} right` + (done() === questions.length ? ", all answered" : `, ${questions.length - done()} to go`);
  function remember() {
    history.replaceState(null, "", `#q=${now + 1}&a=${answers.map((answer) => (answer === null ? "-" : answer + 1)).join("")}`);
  }
  function look() {
    const lane = picture.look(2 * now + (answers[now] === null ? 0 : 1), false);
    turner.textContent = lane.view === "front" ? "Turn to the back" : "Turn to the front";
  }
  function show() {
    const question = questions[now], answer = answers[now], given = answer !== null;
    byId("which").textContent = `Question ${now + 1} of ${questions.length}: ${question.kind}`;
    byId("text").textContent = question.text;
    byId("choices").replaceChildren(...question.choices.map((choice, n) => {
      const item = element("li"), button = element("button");
      button.type = "button"; button.dataset.choice = n;
      button.append(element("b", String(n + 1)), element("span", choice));
      if (given) {
        button.setAttribute("aria-disabled", "true");
        if (n === question.right) { button.className = "right"; button.append(element("em", n === answer ? "✓ right" : "✓ the answer")); }
        else if (n === answer) { button.className = "wrong"; button.append(element("em", "✗ not this one")); }
      }
      button.addEventListener("click", () => choose(n));
      item.append(button);
      return item;
    }));
    byId("why").innerHTML = given ? question.why : ""; // made and escaped where the page was made
    byId("why").querySelectorAll('a[href^="#"]').forEach((link) => link.addEventListener("click", (event) => {
      event.preventDefault(); // the address holds the answers
      document.querySelector(".references").open = true;
      document.querySelector(link.getAttribute("href")).scrollIntoView({ block: "center" });
    }));
    byId("score").textContent = score();
    byId("back").disabled = now === 0;
    byId("next").disabled = now === questions.length - 1;
    look(); remember();
  }
  function choose(n) {
    if (answers[now] !== null) return;
    answers[now] = n;
    const question = questions[now], held = document.activeElement && document.activeElement.dataset.choice !== undefined;
    show();
    if (held) byId("choices").children[n].firstChild.focus();
    const verdict = n === question.right ? "Right." : `Not right: it is ${question.choices[question.right]}.`;
    status.textContent = `${verdict} ${byId("why").textContent} ${score()}.`;
  }
  function go(step) {
    const next = Math.min(Math.max(now + step, 0), questions.length - 1);
    if (next === now) return;
    now = next;
    show();
    byId("text").focus({ preventScroll: true });
    status.textContent = `${byId("which").textContent}. ${questions[now].text}`;
  }
  byId("back").addEventListener("click", () => go(-1));
  byId("next").addEventListener("click", () => go(1));
  byId("again").addEventListener("click", () => { answers = questions.map(() => null); now = 0; show(); byId("text").focus(); });
  byId("print").addEventListener("click", () => print());
  turner.addEventListener("click", () => { picture.turn(); turner.textContent = picture.active().view === "front" ? "Turn to the back" : "Turn to the front"; });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const on = event.target.closest("button, a, summary"), chosen = on && on.dataset.choice !== undefined;
    if (/^[1-4]$/.test(event.key)) choose(Number(event.key) - 1);
    else if (event.key === "Enter" && answers[now] !== null && (!on || chosen)) go(1);
    else if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else return;
    event.preventDefault();
  });
  function restore() {
    const wanted = new URLSearchParams(location.hash.slice(1)), given = wanted.get("a") || "";
    answers = questions.map((_, n) => (/[1-4]/.test(given[n] || "") ? Number(given[n]) - 1 : null));
    now = Math.min(Math.max(Number.parseInt(wanted.get("q"), 10) || 1, 1), questions.length) - 1;
    show();
  }
  restore();
  addEventListener("hashchange", restore);
  kinchain.page = { picture, questions, choose, go };
  window.kinchainReady = true;
})();
