"""How far one machine goes: walks of 5,000 to a million nodes, and a store of two million triples. By ``make bench``.

Each size has processes of its own, so that memory is what that size takes. The large graphs are those of
``synthetic.py``; NetworkX holds the same edges in a DiGraph, and a process opens ours from its file.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import Any

from synthetic import synthetic
from table import Row, compare, show, timed

KEY = "0" * 64
ACCURACY = 1e-4
MB = 2**20
QUERY = "muscles-of-root"


def main() -> None:
    """Measure, and print one table for each matter."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="*", default=[5_000, 100_000, 1_000_000])
    parser.add_argument("--pairs", type=int, default=20, help="how many pairs are searched in each graph, at most")
    parser.add_argument("--triples", type=int, default=2_000_000, help="of the large store; 0 leaves the stores out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.nodes:
            graphs(folder, asked.nodes, asked.pairs)
        if asked.triples:
            stores(folder, asked.triples)


def apart(call: Callable[..., Any], *given: Any) -> Any:
    """What a call gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(call, *given).result()


def memory() -> float:
    """The most memory that this process has had, in MB; what is mapped from a file counts once it was read."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    if found is None:
        raise SystemExit("the system does not tell the memory of a process; scale.py runs on Linux")
    return int(found[1]) / 1024


# Graphs


def graphs(folder: Path, sizes: list[int], pairs: int) -> None:
    """Routes and rankings in each size, then the ranking of the largest beside that of the smallest."""
    for size in sizes:
        edges, took = apart(make, size, folder / str(size))
        opening, first, held = apart(open_and_search, folder / str(size))
        show(
            f"A walk of {size:,} nodes and {edges:,} edges",
            apart(search, size, folder / str(size), pairs if size <= 100_000 else pairs // 2),
        )
        print(
            f"made in {took:.0f} s, a file of {(folder / str(size)).stat().st_size / MB:.0f} MB; opened in"
            f" {1000 * opening:.1f} ms, with a first route in {1000 * first:.0f} ms; the process has {held:.0f} MB\n"
        )
    if len(sizes) > 1:
        row = apart(ranking_by_size, folder, sizes[0], sizes[-1])
        show(f"Ranking among {sizes[-1]:,} nodes beside {sizes[0]:,}", [row])
        print()


def make(size: int, path: Path) -> tuple[int, float]:
    """Write a graph of some size; the number of its edges, and the seconds that it took."""
    from kinchain.graph.search.compressed import compressed
    from kinchain.store.writing import pack

    start = time.process_time()
    made = synthetic(size)
    sections: dict[str, tuple[str, bytes]] = {}
    compressed(size, made.sources, made.targets, made.costs).write(sections, "walk")
    path.write_bytes(pack(sections, KEY))
    return len(made.sources), time.process_time() - start


def opened_graph(path: Path) -> Any:
    """The graph in a file."""
    from kinchain.graph.search.compressed import Graph
    from kinchain.store.container import opened

    return Graph.read(opened(path, KEY), "walk")


def open_and_search(path: Path) -> tuple[float, float, float]:
    """Seconds to open, seconds to open and find a route, and MB, of a process that does nothing else."""
    from kinchain.graph.search.bidirectional import bidirectional

    start = time.perf_counter()
    graph = opened_graph(path)
    opening = time.perf_counter() - start
    chance = random.Random(3)
    while bidirectional(graph.out, graph.into, *chance.sample(range(graph.size), 2)) is None:
        pass
    return opening, time.perf_counter() - start, memory()


def search(size: int, path: Path, pairs: int) -> list[Row]:
    """Routes and rankings beside NetworkX, each pair measured once with each."""
    import networkx as nx

    from kinchain.graph.search.bidirectional import bidirectional
    from kinchain.graph.search.push import personalized
    from kinchain.graph.search.rows import KEPT
    from kinchain.graph.search.yen import loopless

    made, plain = synthetic(size), nx.DiGraph()
    plain.add_nodes_from(range(size))
    plain.add_weighted_edges_from(zip(made.sources, made.targets, made.costs, strict=True), weight="cost")
    del made
    graph, chance = opened_graph(path), random.Random(1)
    if size <= KEPT:  # then a process that goes on has all rows in memory, as NetworkX has
        for node in range(size):
            _ = graph.out[node], graph.into[node], graph.shares[node]
    found: list[tuple[int, int]] = []
    while len(found) < pairs:
        one, two = chance.sample(range(size), 2)
        ours = bidirectional(graph.out, graph.into, one, two)
        if ours is not None:
            theirs = nx.bidirectional_dijkstra(plain, one, two, "cost")
            if abs(ours[0] - theirs[0]) > 1e-9:
                raise SystemExit(f"from {one} to {two}: {ours[0]} is not {theirs[0]}")
            found.append((one, two))
    few = found[: max(3, pairs // 4) if size <= 100_000 else 1]
    goal = 0.4 if size <= 100_000 else 0.3
    rows = [
        in_turns("weighted route / NetworkX", goal, found,
                 lambda u, v: bidirectional(graph.out, graph.into, u, v),
                 lambda u, v: nx.bidirectional_dijkstra(plain, u, v, "cost")),
        in_turns("ranking / nx.pagerank", 0.05, few,
                 lambda u, v: personalized(graph.shares, {u: 1.0}, accuracy=ACCURACY),
                 lambda u, v: nx.pagerank(plain, personalization={u: 1.0}, weight="cost")),
    ]  # fmt: skip
    if size <= 100_000:  # NetworkX takes minutes for each pair of a million
        rows.append(
            in_turns(
                "ten routes / NetworkX",
                0.12,
                found[:15],
                lambda u, v: list(islice(loopless(graph.out, graph.into, u, v), 10)),
                lambda u, v: list(islice(nx.shortest_simple_paths(plain, u, v, "cost"), 10)),
            )
        )
    return rows


def in_turns(what: str, goal: float, pairs: list[tuple[int, int]], ours: Any, theirs: Any) -> Row:
    """One measurement of both for each pair."""
    turns = [iter(pairs), iter(pairs)]
    return compare(what, goal, timed(lambda: ours(*next(turns[0]))), timed(lambda: theirs(*next(turns[1]))), len(pairs))


def ranking_by_size(folder: Path, small: int, large: int, n: int = 200) -> Row:
    """Rankings from nodes anywhere, in turns in the large and in the small graph."""
    from kinchain.graph.search.push import personalized

    graphs, chance = [opened_graph(folder / str(size)) for size in (large, small)], random.Random(2)

    def ranking(graph: Any) -> Callable[[], float]:
        return timed(lambda: personalized(graph.shares, {chance.randrange(graph.size): 1.0}, accuracy=ACCURACY))

    return compare(f"ranking, {large:,} nodes / {small:,}", 2.0, ranking(graphs[0]), ranking(graphs[1]), n)


# Stores


def stores(folder: Path, count: int) -> None:
    """Turtle to a store beside rdflib, then a large store."""
    apart(write_triples, folder / "all.nt", folder / "some.ttl", count)
    show("60,000 triples of the body in Turtle, to what can be queried", apart(parse, folder / "some.ttl", folder))
    print()
    seconds, used, mine, size = apart(load, folder / "all.nt", folder / "db")
    theirs = apart(parse_all, folder / "all.nt")
    rows, query, opening, held = apart(ask, folder / "db")
    show(
        f"A store of {count:,} triples, the body's and a synthetic body's",
        [Row("memory at its most / rdflib's, same triples", 0.6, mine, theirs, 1, unit="MB")],
    )
    print(
        f"loaded in {seconds:.1f} s ({count / seconds:,.0f} triples a second; {used:.1f} s of a processor),"
        f" {size / MB:.0f} MB on disk; opened in {1000 * opening:.0f} ms; {QUERY}: {rows} rows in"
        f" {1000 * query:.1f} ms, the process has {held:.0f} MB\n"
    )


def write_triples(all_: Path, some: Path, count: int) -> None:
    """The triples of the body as N-Triples, then those of a synthetic body, *count* of them; the first as Turtle."""
    import pyoxigraph as ox

    from kinchain import Body
    from kinchain.exports import triples

    body = Body.load()
    ox.serialize(islice(triples.walkable(body.model, body.root), 60_000), str(some), format=ox.RdfFormat.TURTLE,
                 prefixes=triples.PREFIXES)  # fmt: skip
    whole = chain(triples.walkable(body.model, body.root), synthetic_triples(count // 60))
    ox.serialize(islice(whole, count), str(all_), format=ox.RdfFormat.N_TRIPLES)
    with all_.open("rb") as lines:
        written = sum(1 for _ in lines)
    if written != count:
        raise SystemExit(f"{written} triples were made, and {count} were wanted")


def synthetic_triples(nodes: int) -> Iterator[Any]:
    """A synthetic body in the shape in which ``kinchain.exports.triples`` writes the sided graph."""
    import pyoxigraph as ox

    from kinchain.vocab import KC, OWL, RDF_TYPE, RDFS

    term: Callable[[str], Any] = ox.NamedNode
    made = synthetic(nodes)
    names = [term(f"https://example.org/synthetic/{node}") for node in range(nodes)]
    plain = {name: term(iri) for name, iri in (
        ("a", RDF_TYPE), ("label", RDFS + "label"), ("side", KC + "side"), ("axiom", OWL + "Axiom"),
        ("one", OWL + "annotatedSource"), ("relation", OWL + "annotatedProperty"), ("two", OWL + "annotatedTarget"),
        ("evidence", KC + "evidence"), ("textbook", KC + "Textbook"), ("joined", KC + "continuousWith"),
        ("structure", KC + "Structure"),
    )}  # fmt: skip
    for node, name in enumerate(names):
        yield ox.Triple(name, plain["a"], plain["structure"])
        yield ox.Triple(name, plain["label"], ox.Literal(f"synthetic structure {node}", language="en"))
        yield ox.Triple(name, plain["side"], ox.Literal(made.side(node)))
    for number, (one, two) in enumerate(zip(made.sources, made.targets, strict=True)):
        axiom = ox.BlankNode(f"s{number:07d}")
        yield ox.Triple(names[one], plain["joined"], names[two])
        yield ox.Triple(axiom, plain["a"], plain["axiom"])
        yield ox.Triple(axiom, plain["one"], names[one])
        yield ox.Triple(axiom, plain["relation"], plain["joined"])
        yield ox.Triple(axiom, plain["two"], names[two])
        yield ox.Triple(axiom, plain["evidence"], plain["textbook"])


def parse(path: Path, folder: Path) -> list[Row]:
    """Turtle to a store in memory and to one on disk, each beside rdflib's parser."""
    import pyoxigraph as ox
    import rdflib

    places = (folder / f"db{number}" for number in range(1000))

    def count(store: ox.Store) -> None:
        if not store.query("ASK { ?s ?p ?o }"):
            raise SystemExit("the store is empty")

    def in_memory() -> None:
        store = ox.Store()
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, lenient=True)
        count(store)

    def on_disk() -> None:
        store = ox.Store(str(next(places)))
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, lenient=True)
        store.flush()
        count(store)

    def theirs() -> None:
        rdflib.Graph().parse(path, format="turtle")

    return [
        compare("a store in memory / rdflib's graph", 0.12, timed(in_memory), timed(theirs), 5),
        compare("a store on disk / rdflib's graph", 0.12, timed(on_disk), timed(theirs), 5),
    ]


def load(path: Path, place: Path) -> tuple[float, float, float, int]:
    """Seconds, seconds of a processor, MB above those of the bare process, bytes on disk of a store, as built."""
    import pyoxigraph as ox

    bare, start, used = memory(), time.perf_counter(), time.process_time()
    store = ox.Store(str(place))
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()
    done = time.perf_counter() - start, time.process_time() - used
    size = sum(file.stat().st_size for file in place.iterdir())
    return (*done, memory() - bare, size)


def parse_all(path: Path) -> float:
    """MB above those of the bare process that rdflib takes for the same triples."""
    import rdflib

    bare = memory()
    rdflib.Graph().parse(path, format="nt")
    return memory() - bare


def ask(place: Path) -> tuple[int, float, float, float]:
    """Rows and seconds (median of 9) of a named query over a store that is opened to read, seconds to open it, MB."""
    import pyoxigraph as ox

    from kinchain import locate
    from kinchain.exports import library
    from kinchain.exports.triples import PREFIXES

    text = library.entries(locate.ontology_dir())[QUERY].text
    start = time.perf_counter()
    store = ox.Store.read_only(str(place))
    opening, times, rows = time.perf_counter() - start, [], 0
    for _ in range(9):
        start = time.perf_counter()
        rows = len(list(store.query(text, prefixes=PREFIXES)))
        times.append(time.perf_counter() - start)
    return rows, statistics.median(times), opening, memory()


if __name__ == "__main__":
    sys.exit(main())
