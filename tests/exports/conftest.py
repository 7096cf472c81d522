"""A small body with a hostile name in it, which every export must carry unharmed; servers of triples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.building import whole_model
from kinchain.exports import library, query_text, results, sparql, store
from tests.conftest import ONTOLOGY, make_mini
from tests.exports import servers
from tests.exports.rdf_reading import odd_file


@pytest.fixture(scope="session")
def odd_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small ontology with a further, odd file."""
    root = make_mini(tmp_path_factory.mktemp("odd"))
    (root / "anatomy" / "odd.ttl").write_text(odd_file(), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def odd(odd_root: Path) -> Body:
    """The small body with a hostile name, a refuted connection and a finding."""
    return Body(whole_model(odd_root))


@pytest.fixture(scope="session")
def triple_store(body: Body) -> Path:
    """The folder of the store of the real body, built when no test or person has done so before."""
    return store.ensure(ONTOLOGY, lambda: body.model)


@pytest.fixture(scope="session")
def embedded(triple_store: Path) -> Callable[[str], results.Answer]:
    """What a query of the library answers over the store of the real body; each is asked once."""
    entries = library.entries(ONTOLOGY)

    @cache
    def answer(name: str) -> results.Answer:
        return sparql.run(query_text.read(entries[name].text), triple_store)

    return answer


@pytest.fixture(scope="session")
def served(triple_store: Path) -> Iterator[str]:
    """The address of a real Oxigraph server that serves the store of the real body."""
    with servers.oxigraph("serve-read-only", "--location", str(triple_store)) as address:
        yield address


@pytest.fixture(scope="session")
def empty_server() -> Iterator[str]:
    """The address of a real Oxigraph server that can be written to; each test uses a graph of its own."""
    with servers.oxigraph("serve") as address:
        yield address
