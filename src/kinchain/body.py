"""The body: what notebooks, the command line and a server call. Joins the rooms, keeps what was worked out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from kinchain import locate
from kinchain.answers import Fact, Listed, Match, PathAnswer, Profile, Renderer, Shown
from kinchain.errors import DamagedBody
from kinchain.graph.compiled import Compiled
from kinchain.graph.profiles import DEFAULT_PROFILES
from kinchain.model import Chain, Named, Side, SidedModel, UnsidedModel
from kinchain.records import replace
from kinchain.store.container import Store, opened

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kinchain.clinical import Claim
    from kinchain.graph.engines import Engines
    from kinchain.queries.care import Care
    from kinchain.queries.causes import Causes
    from kinchain.queries.chains import TracedChain
    from kinchain.queries.claims import ClaimIndex
    from kinchain.queries.clues import Gatherer
    from kinchain.queries.incidence import Incidence
    from kinchain.queries.lookup import Names

S = TypeVar("S", bound=Shown)
T = TypeVar("T")


class Body:
    """A human body with its right and left, ready to be asked.

    >>> body = Body.load()
    >>> body.path("right hamstrings", "left humerus", profiles=["myofascial"]).routes[0].crosses
    True
    """

    # How answers show themselves in a notebook: views lie beside this room, so the package sets it (``kinchain``).
    _notebook: ClassVar[Callable[[SidedModel], Renderer] | None] = None

    def __init__(self, model: UnsidedModel | SidedModel, root: Path | None = None) -> None:
        self.model: SidedModel = _sided(model) if isinstance(model, UnsidedModel) else model
        self._root = root

    @classmethod
    def load(cls, ontology: Path | None = None) -> Body:
        """The compiled body of an ontology folder; it is built first when there is none that fits.

        Raises
        ------
        InvalidOntology  the ontology cannot be found or built

        >>> Body.load().named("right_soleus").label
        'right soleus'
        """
        root = ontology or locate.ontology_dir()
        key = locate.ontology_key(root)
        for place in locate.compiled_files(root):
            try:
                return cls(Compiled(opened(place, key, lambda: _built(root))).model, root)
            except DamagedBody:
                continue
        return cls(Compiled(_built(root)).model, root)

    @cached_property
    def names(self) -> Names:
        """The index of all names: what turns a text into structures with their sides.

        >>> [s.id for s in Body.load().names.resolve("R glute max")]
        ['right_gluteus_maximus']
        """
        from kinchain.queries.lookup import Names

        return Names(self.model)

    @cached_property
    def incidence(self) -> Incidence:
        """The index of edges by their ends.

        >>> Body.load().incidence.objects("right_soleus", "innervatedBy")
        ['right_tibial_nerve']
        """
        from kinchain.queries.incidence import Incidence

        return Incidence(self.model)

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Everything as one NetworkX MultiDiGraph; see ``kinchain.graph.build``.

        >>> graph = Body.load().graph
        >>> sum(kind == "Bone" for _, kind in graph.nodes(data="kind"))
        206
        >>> graph.edges["right_soleus", "right_tibial_nerve", "innervatedBy"]["evidence"]
        'Textbook'
        """
        from kinchain.graph.build import build as build_graph

        return build_graph(self.model)

    def walk(self, profile: str, first_side: Side = Side.RIGHT, weakest: str = "") -> nx.DiGraph:
        """The DiGraph that a profile may walk, best edge per pair; see ``kinchain.graph.simplify``.

        >>> Body.load().walk("myofascial").has_edge("right_long_head_of_biceps_femoris", "right_sacrotuberous_ligament")
        True
        """
        return self.engines.graph(profile, first_side, weakest)

    @cached_property
    def engines(self) -> Engines:
        """What searches the walks: ``backend``, ``compiled`` or ``networkx``; see ``kinchain.graph.engines``.

        >>> from kinchain import Side
        >>> walk = Body.load().engines.walks("networkx")("myofascial", Side.RIGHT, "")
        >>> "right_soleus" in walk
        True
        """
        from kinchain.graph.engines import Engines

        return Engines(self.model, self.incidence.kept)

    def _shown(self, answer: S) -> S:
        """An answer that can show itself in a notebook."""
        notebook = type(self)._notebook
        return replace(answer, renderer=notebook(self.model)) if notebook else answer

    def _listed(self, answers: Iterable[T]) -> Listed[T]:
        notebook = type(self)._notebook
        return Listed(answers, renderer=notebook(self.model) if notebook else None)

    def find(self, text: str, *, limit: int = 10) -> Listed[Match]:
        """Structures whose names resemble a text, best first.

        >>> Body.load().find("TLF")[0].structure.label
        'thoracolumbar fascia'
        """
        return self._listed(self.names.find(text, limit=limit))

    def path(
        self,
        source: str,
        target: str,
        *,
        profiles: Sequence[str] = DEFAULT_PROFILES,
        k: int = 1,
        min_evidence: str = "",
        engine: str = "backend",
    ) -> PathAnswer:
        """What links two structures: up to *k* routes in each profile, none leaning on less than *min_evidence*.

        *engine* says what searches, as of ``engines``; the answer is the same.

        >>> answer = Body.load().path("sciatic nerve", "right hamstrings", profiles=["neural"])
        >>> answer.routes[0].grade
        'Textbook'
        """
        from kinchain.queries.paths import path

        walks = self.engines.walks(engine)
        answer = path(
            self.incidence, self.names, walks, source, target, profiles=profiles, k=k, min_evidence=min_evidence
        )
        return self._shown(replace(answer, routes=tuple(map(self._shown, answer.routes))))

    def show(self, text: str) -> Listed[Profile]:
        """All that is known of a structure; both sides when it is paired and no side was said.

        >>> Body.load().show("right pectoralis minor")[0].structure.id
        'right_pectoralis_minor'
        """
        from kinchain.queries.neighbourhood import show

        return self._listed(self._shown(show(self.incidence, s)) for s in self.names.resolve(text))

    def causes(
        self,
        site: str,
        *,
        qualifiers: Sequence[str] = (),
        top: int = 20,
        mechanisms: Sequence[str] = (),
        min_evidence: str = "",
        engine: str = "backend",
    ) -> Causes:
        """What elsewhere might be behind pain at a site, red flags first. Education, never a diagnosis.

        >>> answer = Body.load().causes("left shoulder tip")
        >>> answer.red_flags[0].details.urgency
        'emergency'
        """
        from kinchain.queries import site as sites
        from kinchain.queries.causes import causes

        walks = self.engines.walks(engine)
        read = sites.read(self.incidence, self.names, site, qualifiers)
        answer = causes(
            self.incidence, self.gatherer, walks, read, top=top, mechanisms=mechanisms, min_evidence=min_evidence
        )
        return self._shown(answer)

    @cached_property
    def gatherer(self) -> Gatherer:
        """What gathers clues for remote causes.

        >>> from kinchain.queries.targets import targets
        >>> body = Body.load()
        >>> shoulder = targets(body.incidence, body.named("left_shoulder_tip"))
        >>> "diaphragm" in {clue.structure for clue in body.gatherer.published(shoulder)}
        True
        """
        from kinchain.queries.clues import Gatherer

        return Gatherer(self.incidence)

    def care(self, structure: Named) -> Care:
        """What tests, trains or treats a sided structure, its findings and red flags, and what is claimed about it.

        >>> body = Body.load()
        >>> gluteus = body.names.resolve("right gluteus maximus")[0]
        >>> "right hip thrust" in [c.structure.label for c in body.care(gluteus).interventions]
        False
        """
        from kinchain.queries.care import care

        return care(self.incidence, structure)

    def chain(self, text: str) -> TracedChain:
        """A published chain link by link, on the side that the text asks for, the right one when it asks for none.

        >>> Body.load().chain("left spiral line").end_side
        <Side.LEFT: 'left'>
        """
        from kinchain.queries.chains import resolve, trace

        chain, side = resolve(self.chains, text)
        return self._shown(trace(self.incidence, chain, Side.RIGHT if side is Side.EITHER else side))

    @property
    def chains(self) -> Mapping[str, Chain]:
        """The published chains by id.

        >>> Body.load().chains["spiral_line"].label
        'spiral line'
        """
        return self.model.unsided.chains

    @cached_property
    def claims(self) -> ClaimIndex:
        """The claims of the documents, to be asked in plain words.

        >>> Body.load().claims.search("do the glutes fire before the hamstrings?")[0].claim.verdict
        'wrong'
        """
        from kinchain.queries.claims import ClaimIndex

        return ClaimIndex(self.names)

    def claimed(self, text: str | None = None, *, verdict: str | None = None) -> tuple[Claim, ...]:
        """Claims: all, or one by its id, or those about a structure, or those that a statement speaks of.

        Raises
        ------
        BadQuestion   a verdict that does not exist
        NothingFound  no claim speaks of this

        >>> {claim.verdict for claim in Body.load().claimed(verdict="wrong")}
        {'wrong'}
        """
        from kinchain.queries.claims import claimed

        return claimed(self.claims, self.incidence, text, verdict)

    def around(self, text: str, *, depth: int = 1, families: Sequence[str] = ()) -> Listed[tuple[int, Fact]]:
        """The connections within *depth* hops of a structure; the right one when no side was said.

        >>> Body.load().around("left sacroiliac joint")[0][0]
        1
        """
        from kinchain.queries.neighbourhood import around

        found = around(self.incidence, self.names.resolve(text)[0], depth=depth, families=families)
        return self._listed(found)

    def named(self, sided_id: str) -> Named:
        """The structure with this id.

        >>> Body.load().named("sacrum").side
        <Side.MEDIAN: 'median'>
        """
        return self.model.structures[sided_id]

    @property
    def root(self) -> Path:
        """The folder of the ontology that the body was built from.

        >>> (Body.load().root / "schema.ttl").is_file()
        True
        """
        return self._root or locate.ontology_dir()

    def rdf(self, *, sided: bool = True) -> rdflib.Graph:
        """The ontology as an rdflib graph, with the derived right and left unless *sided* is false.

        With its sides the graph has over a million triples, which take rdflib half a minute; ``sparql`` asks the same
        triples in a store that is made once and opens at once.

        Raises
        ------
        InvalidOntology  a file of the ontology is no Turtle any more

        >>> from rdflib import RDFS
        >>> graph = Body.load().rdf(sided=False)
        >>> [str(subject) for subject in graph.subjects(RDFS.label, None) if subject.endswith("/soleus")]
        ['https://w3id.org/kinchain/body/soleus']
        """
        from kinchain.exports import triples
        from kinchain.rdf.load import from_oxigraph

        return from_oxigraph(triples.everything(self.model, self.root) if sided else triples.ontology(self.root))

    def sparql(
        self, query: str, *, limit: int = 10_000, seconds: float = 60.0, **values: str
    ) -> Listed[dict[str, str]]:
        """Rows that answer a SPARQL query, or one of the library by its name with its parameters as *values*.

        Terms come as people read them: ``body:sacrum``, plain text. An ASK answers with one row, ``answer``; a
        CONSTRUCT with a row for each triple. The first query loads the triples into a store, which takes some ten
        seconds. There is a warning when more rows than *limit* were found.

        Raises
        ------
        BadQuestion  no SPARQL, an update, or a parameter that the query does not have
        TooSlow      not answered within *seconds*

        >>> body = Body.load()
        >>> body.sparql("SELECT ?label WHERE { body:right_soleus rdfs:label ?label }")
        [{'label': 'right soleus'}]
        >>> body.sparql("muscles-of-root", root="C6")[0]["main"]
        'main'
        """
        from kinchain.exports import library, results, sparql

        entry = library.entries(self.root).get(query) or library.entry("this query", query)
        text = library.filled(entry, values, lambda: self.names, lambda: self.model)
        answer = sparql.answer(text, self.root, lambda: self.model, limit=limit, seconds=seconds)
        if answer.cut:
            warnings.warn(f"there are more than {limit} answers; ask for more with limit=…", stacklevel=2)
        if answer.truth is not None:
            return self._listed([{"answer": str(answer.truth).lower()}])
        if answer.triples is not None:
            parts = ("subject", "predicate", "object")
            return self._listed({name: results.words(getattr(t, name)) for name in parts} for t in answer.triples)
        return self._listed(dict(zip(answer.variables, row, strict=True)) for row in answer.cells())

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The structures and the connections as two pandas frames; see ``kinchain.exports.frames``.

        >>> structures, connections = Body.load().frames()
        >>> int((structures.kind == "Bone").sum())
        206
        >>> bool((connections[connections.evidence >= "Strong"].source == "right_soleus").any())
        True
        """
        from kinchain.exports import frames

        return frames.nodes(self.model), frames.edges(self.model)


def _sided(model: UnsidedModel) -> SidedModel:
    from kinchain.sides.expand import expand

    return expand(model)


def _built(root: Path) -> Store:
    from kinchain.building import built

    return built(root)
