"""Puts a server under load: many requests over a few connections, every answer held against what it should be.

``python bench/load.py`` starts ``kinchain serve``, asks 10,000 questions at 16 connections, one in five of them bad,
and prints how many a second were answered, how long they took, what was wrong, and what memory did.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import psutil

_PARTS = 4


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, the status that it should be answered with, and the bytes, unless any will do."""

    path: str
    status: int = 200
    body: bytes | None = None
    sent: bytes = b""


@dataclass
class Told:
    """How a run went: seconds of each answer, and in words what was wrong."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    whole: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.whole


def load(url: str, asks: Sequence[Ask], connections: int = 16) -> Told:
    """Ask all questions in turn, over some connections that stay open; in a thread, whose loop is its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_load(url, asks, connections))).result()


async def _load(url: str, asks: Sequence[Ask], connections: int) -> Told:
    host, port = url.removeprefix("http://").split(":")
    told, left = Told(), iter(asks)
    begun = time.perf_counter()
    await asyncio.gather(*(_connection(host, int(port), left, told) for _ in range(connections)))
    told.whole = time.perf_counter() - begun
    return told


async def _connection(host: str, port: int, left: Iterator[Ask], told: Told) -> None:
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    for ask in left:
        if writer is None or reader is None or writer.is_closing():
            reader, writer = await asyncio.open_connection(host, port)
        begun = time.perf_counter()
        writer.write(_request(ask))
        status, body, stays = await _response(reader)
        told.seconds.append(time.perf_counter() - begun)
        told.statuses[status] = told.statuses.get(status, 0) + 1
        if status != ask.status or (ask.body is not None and body != ask.body):
            told.wrong.append(f"{ask.path[:120]}: {status} instead of {ask.status}, {len(body)} bytes")
        if not stays:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()


def _request(ask: Ask) -> bytes:
    kind = f"POST {ask.path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {len(ask.sent)}\r\n"
    return (kind if ask.sent else f"GET {ask.path} HTTP/1.1\r\n").encode() + b"Host: x\r\n\r\n" + ask.sent


async def _response(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    found = re.search(rb"content-length: (\d+)", head)
    assert found, head
    body = await reader.readexactly(int(found[1]))
    return int(head[9:12]), body, b"connection: close" not in head


def path(source: str, target: str, **more: str | int) -> str:
    """The address of a question for a path."""
    return "/api/path?" + urlencode({"source": source, "target": target, **more})


def bad(number: int, chance: random.Random) -> Ask:
    """A request that is wrong in one of many ways."""
    name = "".join(chance.choice("qxzjkv ") for _ in range(12)).strip() or "q"
    ways = (
        Ask(path("soleus", f"{name}{number}"), 404),
        Ask(path("soleus", "lumbricals"), 422),
        Ask(path("soleus", "soleus"), 400),
        Ask("/api/path?source=soleus", 400),
        Ask(path("soleus", "sacrum", k=9_999), 400),
        Ask(path("soleus", "sacrum", profile=name), 400),
        Ask("/api/find?text=%00", 400),
        Ask("/api/find?text=" + quote("ä" * 301), 400),
        Ask("/api/find?text=" + "a" * 5_000, 414),
        Ask(f"/api/{quote(name)}", 404),
        Ask("/api/find", 400, sent=b"{" * 100),
        Ask("/api/find", 413, sent=b'{"text": "' + b"a" * 20_000 + b'"}'),
    )
    return chance.choice(ways)


def memory(process: int) -> int:
    """Bytes that a process and its children hold."""
    root = psutil.Process(process)
    return sum(each.memory_info().rss for each in (root, *root.children(recursive=True)))


@contextmanager
def serving(*command: str) -> Iterator[tuple[str, int]]:
    """A server that runs: where it is, and its process id."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        said = process.stderr
        assert said is not None
        found = next((found for line in said if (found := re.search(r"on (http://[\d.]+:\d+)", line))), None)
        assert found, "the server did not come up"
        threading.Thread(target=sys.stderr.writelines, args=(said,), daemon=True).start()
        yield found[1], process.pid
    finally:
        process.terminate()
        process.wait()


def kinchain(workers: int) -> tuple[str, ...]:
    """The command that serves."""
    return (sys.executable, "-m", "kinchain", "serve", "--port", "0", "--workers", str(workers))


def questions(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Pairs of muscles; no pair comes twice."""
    from kinchain.body import Body

    model = Body.load().model
    muscles = sorted(s.label for s in model.structures.values() if s.kind == "Muscle" and s.side != "median")
    chance, found = random.Random(seed), dict[tuple[str, str], None]()
    while len(found) < count:
        source, target = chance.sample(muscles, 2)
        found[source, target] = None
    return list(found)


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    chance = random.Random(7)
    good = list(expected(questions(400)))
    with serving(*kinchain(given.workers)) as (url, process):
        asks = [bad(n, chance) if n % 5 == 0 else chance.choice(good) for n in range(given.requests)]
        load(url, asks[: given.requests // 10], given.connections)
        held = [memory(process)]
        parts = [asks[n::_PARTS] for n in range(_PARTS)]
        runs = []
        for part in parts:
            runs.append(load(url, part, given.connections))
            held.append(memory(process))
    told = Told(
        [each for run in runs for each in run.seconds],
        dict(sum((Counter(run.statuses) for run in runs), Counter())),
        [wrong for run in runs for wrong in run.wrong],
        sum(run.whole for run in runs),
    )
    took = sorted(1000 * each for each in told.seconds)
    print(f"{len(took):,} requests, {given.connections} connections, {given.workers} workers")
    print(f"{told.per_second:,.0f} a second; median {statistics.median(took):.0f} ms, 99 % within "
          f"{took[int(0.99 * len(took))]:.0f} ms, longest {took[-1]:.0f} ms")  # fmt: skip
    print(f"statuses {dict(sorted(told.statuses.items()))}; wrong answers {len(told.wrong)}")
    print("".join(f"  {wrong}\n" for wrong in told.wrong[:5]), end="")
    print(f"memory in MB, before and after each quarter: {', '.join(f'{each / 2**20:,.0f}' for each in held)}")


def expected(pairs: Sequence[tuple[str, str]]) -> Iterator[Ask]:
    """Each question with the answer that the command prints."""
    from kinchain.body import Body
    from kinchain.errors import KinchainError, NoRoute
    from kinchain.views import jsonout

    body = Body.load()
    for pair in pairs:
        status, told = 200, None
        try:
            answer = body.path(*pair)
            told = jsonout.path(answer, body.model.unsided.sources)
            if not answer.routes:
                raise NoRoute(" ".join(answer.notes))
        except KinchainError as problem:
            status = {"no_route": 404, "unknown_name": 404, "ambiguous_name": 422}.get(problem.kind, 400)
            told = jsonout.error(problem)
        yield Ask(path(*pair), status, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


if __name__ == "__main__":
    main()
