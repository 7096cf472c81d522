"use strict";
// The body in the page, and its routes: unpacks what views/pages/map_data.py and map_walks.py packed, derives the sides,
// and finds the cheapest route as the engine does (graph/simplify.py, queries/paths.py): Dijkstra 1959 over the same
// walk, ties broken by the number of hops and then by the alphabet.
window.kinchain = window.kinchain || {};
kinchain.finder = function (data) {
  function columns(text, Type) {
    const raw = atob(text), bytes = new Uint8Array(raw.length);
    for (let n = 0; n < raw.length; n++) bytes[n] = raw.charCodeAt(n);
    return new Type(bytes.buffer);
  }
  const PAIRED = 0, MEDIAN = 1; // then those on the left only, and on the right only
  const S = data.structures, C = data.connections, count = S.label.length;
  const kind = columns(S.kind, Uint8Array), look = columns(S.look, Uint8Array), laterality = columns(S.laterality, Uint8Array);
  const part = columns(S.part, Uint8Array), views = columns(S.views, Uint8Array), order = columns(S.order, Uint16Array);
  const xs = columns(S.x, Int16Array), ys = { front: columns(S.front, Int16Array), back: columns(S.back, Int16Array) };
  const subject = columns(C.subject, Uint16Array), object = columns(C.object, Uint16Array);
  const way = columns(C.way, C.wide ? Uint16Array : Uint8Array), cited = columns(C.sources, Uint16Array);
  const ways = C.ways, viaAt = columns(C.via_at, Uint16Array), vias = columns(C.via, Uint16Array);
  const gradeOrder = new Map(C.grades.map(({ name }, n) => [name, n])), viaOf = new Map();
  viaAt.forEach((connection, n) => viaOf.set(connection, C.vias[vias[n]]));

  // Structures: number n of a sided one is twice that of the unsided one, and one more on the left.
  const half = (n) => n >> 1, kindOf = (n) => data.kinds[kind[half(n)]].name, lookOf = (n) => data.kinds[look[half(n)]].name, styleOf = (n) => data.kinds[look[half(n)]].style;
  const numbersOf = (i) => [[2 * i, 2 * i + 1], [2 * i], [2 * i + 1], [2 * i]][laterality[i]];
  const sideOf = (n) => (laterality[half(n)] === MEDIAN ? "" : n & 1 ? "left" : "right");
  const plainId = (i) => S.id[i] || S.label[i].replaceAll(" ", "_");
  const label = (n) => (sideOf(n) && sideOf(n) + " ") + S.label[half(n)];
  const idOf = (n) => (sideOf(n) && sideOf(n) + "_") + plainId(half(n));
  let byId = null;
  function numberOf(id) {
    if (!byId) {
      byId = new Map();
      for (let i = 0; i < count; i++) for (const n of numbersOf(i)) byId.set(idOf(n), n);
    }
    return byId.get(id);
  }
  function spot(n, view) {
    const i = half(n), away = laterality[i] === MEDIAN ? 0 : n & 1 ? 1 : -1;
    return { x: (away * (view === "front" ? 1 : -1) * xs[i]) / data.fine, y: ys[view][i] / data.fine };
  }
  const placed = (n) => views[half(n)] > 0, inView = (n, view) => (views[half(n)] & (view === "front" ? 1 : 2)) > 0;

  // Connections of a sided structure, by the rules of sides/expand.py.
  let incidence = null;
  function meeting(i) {
    if (!incidence) {
      incidence = Array.from({ length: count }, () => []);
      for (let c = 0; c < subject.length; c++) {
        incidence[subject[c]].push(c);
        if (object[c] !== subject[c]) incidence[object[c]].push(c);
      }
    }
    return incidence[i];
  }
  function pairs(c) {
    const found = [];
    for (const a of numbersOf(subject[c])) for (const b of numbersOf(object[c])) {
      const median = laterality[half(a)] === MEDIAN || laterality[half(b)] === MEDIAN;
      if (ways[way[c]].crosses ? !median && (a & 1) !== (b & 1) : median || (a & 1) === (b & 1)) found.push([a, b]);
    }
    return found;
  }
  function tell(c, from, to, forward) {
    const known = ways[way[c]], via = viaOf.get(c), phrase = forward ? known.phrase : known.inverse;
    let tail = "";
    if (via && known.relation === "station") tail = ` at the ${via.paired ? (sideOf(from) || sideOf(to)) + " " : ""}${via.label}`;
    else if (via) tail = ` in ${via.label}`;
    return {
      connection: c, from, to, phrase, tail, relation: known.relation, family: known.family, grade: known.grade, derived: known.derived,
      words: `${label(from)} ${phrase} ${label(to)}${tail}`,
      works: C.sets[cited[c]], against: C.against[c] === undefined ? [] : C.sets[C.against[c]],
    };
  }
  function facts(n) {
    const found = [];
    for (const c of meeting(half(n)))
      for (const [a, b] of pairs(c)) {
        if (a === n) found.push(tell(c, a, b, true));
        else if (b === n) found.push(tell(c, b, a, false));
      }
    return found;
  }

  // What an end stands for: a group its members, a region what lies in it, a muscle its heads.
  function standsFor(n, passable) {
    const relation = { Group: "memberOf", Region: "locatedIn" }[kindOf(n)];
    if (!relation && (passable.has(kindOf(n)) || kindOf(n) === "Bone" || kindOf(n) === "Landmark")) return [n];
    const found = new Set(kindOf(n) === "Group" ? [] : [n]);
    for (const c of meeting(half(n)))
      if (ways[way[c]].relation === (relation || "partOf") && object[c] === half(n))
        for (const [a, b] of pairs(c)) if (b === n) for (const member of standsFor(a, passable)) found.add(member);
    return [...found];
  }

  // A walk: node 2n + 1 is structure n as reached from its part, or as departed from where it is an end only.
  const unpacked = new Map();
  function walk(profile) {
    if (unpacked.has(profile)) return unpacked.get(profile);
    const packed = data.walks[profile], passable = new Set(packed.passable);
    const source = columns(packed.source, Uint16Array), target = columns(packed.target, Uint16Array);
    const cost = columns(packed.cost, Uint8Array), connection = columns(packed.connection, Uint16Array);
    const opens = (i) => passable.has(data.kinds[kind[i]].name);
    const twoSided = (i) => laterality[i] === PAIRED || (laterality[i] === MEDIAN && opens(i));
    const mirror = (node) => (twoSided(node >> 2) ? node ^ 2 : node);
    const next = Array.from({ length: 4 * count }, () => null), present = new Set();
    const add = (from, to, n) => { (next[from] = next[from] || []).push(to, n); present.add(from).add(to); };
    for (let n = 0; n < source.length; n++) {
      add(source[n], target[n], n);
      if (n < packed.mirrored) add(mirror(source[n]), mirror(target[n]), n);
    }
    const structureOf = (node) => (laterality[node >> 2] === MEDIAN ? (node >> 2) * 2 : node >> 1);
    const doors = (n, extra) => (laterality[half(n)] === MEDIAN ? [2 * n + extra, 2 * n + 2 + extra] : [2 * n + extra]);
    const starts = (n) => (opens(half(n)) ? doors(n, 0) : [2 * n + 1]);
    const ends = (n) => (opens(half(n)) ? [...doors(n, 0), ...doors(n, 1)] : [2 * n]);
    // Whether a hop leaves for the other side: by its connection, or through a median structure.
    function crosses(from, to, n) {
      if (ways[way[connection[n]]].crosses) return true;
      const a = from >> 2, b = to >> 2;
      return laterality[a] === MEDIAN && opens(a) && laterality[b] !== MEDIAN && ((from ^ to) & 2) > 0;
    }
    const found = { passable, next, present, structureOf, starts, ends, crosses, costs: packed.costs, cost, connection };
    unpacked.set(profile, found);
    return found;
  }

  // The cheapest route, or null. Costs and hops are one number, the place in the alphabet and crossings another.
  function route(profile, first, last) {
    const w = walk(profile), gather = (n, doors) => [...new Set(standsFor(n, w.passable).flatMap(doors))].filter((node) => w.present.has(node));
    let from = gather(first, w.starts), to = gather(last, w.ends);
    const of = (nodes) => new Set(nodes.map(w.structureOf)), here = of(from), there = of(to);
    const apart = (nodes, others) => { const kept = nodes.filter((node) => !others.has(w.structureOf(node))); return kept.length ? kept : nodes; };
    [from, to] = [apart(from, there), apart(to, here)];
    if (!from.length || !to.length) return null;
    const size = w.next.length, best = new Float64Array(size).fill(Infinity), tie = new Float64Array(size).fill(Infinity);
    const back = new Int32Array(size).fill(-1), by = new Int32Array(size), done = new Uint8Array(size), goals = new Set(to);
    const queue = kinchain.finder.queue();
    for (const node of from) { best[node] = tie[node] = 0; queue.push(0, 0, node); }
    for (let top; (top = queue.pop()); ) {
      const [sofar, ties, node] = top;
      if (done[node]) continue;
      done[node] = 1;
      if (goals.has(node)) return trace(w, node, back, by, profile);
      const ahead = w.next[node] || [];
      for (let at = 0; at < ahead.length; at += 2) {
        const target = ahead[at], n = ahead[at + 1];
        if (done[target]) continue;
        const reached = sofar + Math.round(w.costs[w.cost[n]] * 1000) * 1000 + 1;
        const tied = ties + order[target >> 2] * 1000 + (w.crosses(node, target, n) ? 1 : 0);
        if (reached < best[target] || (reached === best[target] && tied < tie[target])) {
          best[target] = reached; tie[target] = tied; back[target] = node; by[target] = n;
          queue.push(reached, tied, target);
        }
      }
    }
    return null;
  }
  function trace(w, node, back, by, profile) {
    const hops = [];
    let cost = 0;
    for (let here = node; back[here] >= 0; here = back[here]) {
      const from = w.structureOf(back[here]), to = w.structureOf(here), c = w.connection[by[here]];
      cost += w.costs[w.cost[by[here]]];
      hops.unshift({ ...tell(c, from, to, half(from) === subject[c]), crosses: w.crosses(back[here], here, by[here]) });
    }
    return { profile, cost: Math.round(cost * 1e6) / 1e6, hops };
  }

  return {
    data, count, label, idOf, numberOf, numbersOf, half, kindOf, lookOf, styleOf, sideOf, spot, placed, inView, facts, route, gradeOrder,
    partOf: (n) => data.parts[part[half(n)]], definition: (n) => S.definition[half(n)], otherNames: (n) => S.names[half(n)].split("|").filter(Boolean),
    paired: (n) => laterality[half(n)] === PAIRED, works: C.works,
  };
};

// A queue of (cost, tie, node) that gives the least first: a binary heap.
kinchain.finder.queue = function () {
  const items = [], before = (a, b) => a[0] < b[0] || (a[0] === b[0] && (a[1] < b[1] || (a[1] === b[1] && a[2] < b[2])));
  return {
    push(...item) {
      let at = items.length;
      for (let up; at && before(item, items[(up = (at - 1) >> 1)]); at = up) items[at] = items[up];
      items[at] = item;
    },
    pop() {
      const top = items[0], last = items.pop();
      if (!items.length) return top;
      let at = 0;
      for (let down; (down = 2 * at + 1) < items.length; at = down) {
        if (down + 1 < items.length && before(items[down + 1], items[down])) down++;
        if (!before(items[down], last)) break;
        items[at] = items[down];
      }
      items[at] = last;
      return top;
    },
  };
};
