"use strict";
// What the map gives to its Save menu: as a table and by the works it cites, what is chosen, the route that was asked
// for, or else the structures in the window.
window.kinchain = window.kinchain || {};
kinchain.mapExports = function ({ finder, map, told, wanted, kindWords, title, link }) {
  // A hop of a route knows whether it leaves for the other side, also through a median structure.
  const crosses = ({ crosses, from, to }) => crosses ?? (finder.sideOf(from) && finder.sideOf(to) && finder.sideOf(from) !== finder.sideOf(to));
  const names = (numbers) => numbers.map((n) => finder.works[n].label).join("; ");
  function table() {
    const { facts, structures } = told(), made = document.createElement("table");
    const row = (...cells) => { const each = made.insertRow(); for (const text of cells) each.insertCell().textContent = text; };
    if (facts) {
      row("Number", "From", "Connection", "To", "Where", "Family", "Evidence", "Worked out", "Crosses the midline", "Sources", "Against");
      facts.forEach((fact, at) => row(
        at + 1, finder.label(fact.from), fact.phrase, finder.label(fact.to), fact.tail.trim(), fact.family, fact.grade,
        fact.derived ? "yes" : "no", crosses(fact) ? "yes" : "no", names(fact.works), names(fact.against)));
    } else {
      row("Structure", "Kind", "Part of the body", "Also called", "Definition");
      for (const n of structures) row(finder.label(n), kindWords(n), finder.partOf(n) || "", finder.otherNames(n).join("; "), finder.definition(n) || "");
    }
    return made;
  }
  // The works that what is shown cites; of structures in the window, those of the connections among them.
  function works() {
    const { facts, structures } = told(), all = new Set(structures);
    const among = facts || structures.flatMap((n) => finder.facts(n).filter((fact) => all.has(fact.to) && wanted(fact)));
    return [...new Set(among.flatMap((fact) => [...fact.works, ...fact.against]))].sort((a, b) => a - b);
  }
  let unpacked = null; // the records are compressed in the page, for they are many and few are wanted
  function unpack() {
    const bytes = Uint8Array.from(atob(finder.data.connections.records), (sign) => sign.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  }
  async function cite(format) {
    const cited = works(), all = await (unpacked ??= unpack());
    return cited.map((n) => all[format][n]).join("\n");
  }
  return kinchain.exports({
    picture: map, title, table, link,
    works: () => (told().facts ? works().map((n) => finder.works[n].label) : []), // what is drawn without connections cites none
    ...("DecompressionStream" in window ? { records: cite } : {}), // of browsers since 2023
  });
};
