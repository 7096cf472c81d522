"""What NetworkX is told of the backend ``kinchain`` when it is imported itself; imports nothing."""

from __future__ import annotations

from typing import Any

FUNCTIONS = {
    "bidirectional_dijkstra": "Searched from both ends at once.",
    "pagerank": "Personalized PageRank by local pushes (Andersen, Chung & Lang 2006).",
    "shortest_path": "Between two given nodes, by Dijkstra's method.",
    "shortest_simple_paths": "Yen 1971 with Lawler's rule and a potential from the target.",
    "single_source_dijkstra": "To all nodes or one.",
}


def get_info() -> dict[str, Any]:
    """The description of the backend, as NetworkX wants it.

    >>> sorted(get_info()["functions"])[0]
    'bidirectional_dijkstra'
    """
    return {
        "backend_name": "kinchain",
        "project": "kinchain",
        "package": "kinchain",
        "short_summary": "Shortest paths and PageRank in plain Python over rows of arrays.",
        "functions": {name: {"additional_docs": words} for name, words in FUNCTIONS.items()},
    }
