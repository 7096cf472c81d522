"""What ``import kinchain`` gives: small, typed, quick to import, each name with an example that runs."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from types import FunctionType

import networkx as nx
import pytest

import kinchain
from kinchain import Body


def public(value: object, name: str) -> Iterator[tuple[str, object]]:
    """A public thing and, of a class, all that it has of its own and of kinchain's bases."""
    yield name, value
    if inspect.isclass(value):
        for base in value.__mro__:
            if base.__module__.startswith("kinchain"):
                for key, member in vars(base).items():
                    plain = getattr(member, "__func__", getattr(member, "func", getattr(member, "fget", member)))
                    if not key.startswith("_") and isinstance(plain, FunctionType):
                        yield f"{name}.{key}", plain


def without_example(value: object, name: str) -> list[str]:
    """Which of these has no docstring with an example: ``tests/test_docs.py`` runs those that there are."""
    return [each for each, thing in public(value, name) if ">>>" not in (inspect.getdoc(thing) or "")]


@pytest.mark.parametrize("name", kinchain.__all__)
def test_every_public_name_has_examples(name: str) -> None:
    assert without_example(getattr(kinchain, name), name) == []


def test_a_name_without_an_example_is_found() -> None:
    class Bare:
        """Says nothing.

        >>> 1
        1
        """

        def told(self) -> int:
            """One.

            >>> 1
            1
            """
            return 1

        @property
        def untold(self) -> int:
            """Two."""
            return 2

    Bare.__module__ = "kinchain.bare"
    assert without_example(Bare, "Bare") == ["Bare.untold"]


def test_all_names_are_there_and_nothing_else() -> None:
    assert kinchain.__all__ == sorted(kinchain.__all__)
    assert {*kinchain.__all__} <= {*dir(kinchain)}
    with pytest.raises(AttributeError, match="no attribute 'Brain'"):
        kinchain.Brain  # noqa: B018


def test_the_package_says_that_it_is_typed() -> None:
    assert (resources.files("kinchain") / "py.typed").is_file()


def test_the_first_import_brings_none_of_the_rooms() -> None:
    program = "import sys, kinchain; print([m for m in sys.modules if m.startswith('kinchain.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_body_and_its_answers_bring_no_views(body: Body) -> None:
    program = (
        "import sys; from kinchain import Body; Body.load().find('soleus');"
        "print([m for m in sys.modules if m.startswith('kinchain.views')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_graph_is_a_multidigraph_of_everything(body: Body) -> None:
    assert isinstance(body.graph, nx.MultiDiGraph)
    assert body.graph.number_of_nodes() == len(body.model.structures)
    assert body.graph.number_of_edges() == len(body.model.edges)


def test_the_rdf_of_a_small_body_has_both_layers(small: Body) -> None:
    import rdflib
    from rdflib import RDFS

    unsided, sided = small.rdf(sided=False), small.rdf()
    assert isinstance(sided, rdflib.Graph)
    assert len(sided) > len(unsided)
    labels = {str(label) for label in sided.objects(None, RDFS.label)}
    assert {s.label for s in small.model.structures.values()} <= labels
    assert not {"right soleus"} & {str(label) for label in unsided.objects(None, RDFS.label)}


def test_the_rdf_is_that_of_the_folder_which_the_body_was_loaded_from(small: Body) -> None:
    assert small.root != kinchain.Body.load().root


def test_sparql_answers_with_rows_in_peoples_words(body: Body) -> None:
    rows = body.sparql("SELECT ?s ?label WHERE { VALUES ?s { body:sacrum } ?s rdfs:label ?label }")
    assert rows == [{"s": "body:sacrum", "label": "sacrum"}]
    assert body.sparql("ASK { body:sacrum kc:side 'median' }") == [{"answer": "true"}]
    made = body.sparql("CONSTRUCT { ?s kc:side ?o } WHERE { VALUES ?s { body:sacrum } ?s kc:side ?o }")
    assert made == [{"subject": "body:sacrum", "predicate": "kc:side", "object": "median"}]


def test_a_query_of_the_library_takes_its_parameters(body: Body) -> None:
    rows = body.sparql("muscles-of-root", root="C6")
    assert {"brachialis"} <= {row["muscle"] for row in rows}
    with pytest.raises(kinchain.BadQuestion, match="colour"):
        body.sparql("muscles-of-root", colour="red")


def test_more_rows_than_the_limit_are_told(body: Body) -> None:
    with pytest.warns(UserWarning, match="more than 3 answers"):
        rows = body.sparql("SELECT ?s WHERE { ?s a kc:Bone }", limit=3)
    assert len(rows) == 3


def test_sparql_refuses_an_update(body: Body) -> None:
    with pytest.raises(kinchain.BadQuestion, match="only reads"):
        body.sparql("DELETE WHERE { ?a ?b ?c }")


def test_the_frames_have_every_structure_and_connection(small: Body) -> None:
    structures, connections = small.frames()
    assert len(structures) == len(small.model.structures)
    assert set(connections.evidence) <= set(small.model.unsided.grades)
