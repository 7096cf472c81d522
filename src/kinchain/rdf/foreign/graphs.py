"""OBO Graph JSON, the JSON of the OBO tools (nodes with ``lbl`` and ``meta``, edges with ``is_a``)."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from kinchain.errors import CannotRead
from kinchain.rdf.foreign.terms import Draft, Notes, curie


class _Value(msgspec.Struct):
    val: str = ""
    pred: str = ""


class _Meta(msgspec.Struct):
    synonyms: list[_Value] = []
    xrefs: list[_Value] = []
    deprecated: bool = False


class _Node(msgspec.Struct):
    id: str
    lbl: str | None = None
    type: str | None = None
    meta: _Meta | None = None


class _Edge(msgspec.Struct):
    sub: str
    pred: str
    obj: str


class _Graph(msgspec.Struct):
    nodes: list[_Node] = []
    edges: list[_Edge] = []


class _Document(msgspec.Struct):
    graphs: list[_Graph]


def read(path: Path, drafts: dict[str, Draft], notes: Notes) -> None:
    """Add the classes of an OBO Graph.

    Raises
    ------
    CannotRead  no JSON, or JSON of another kind; names the line or the place in the document
    """
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        document = msgspec.json.decode(data, type=_Document)
    except msgspec.ValidationError as error:
        raise CannotRead(f"{path} is JSON but no OBO Graph ({error}); choose another file") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        place = re.search(r"byte (\d+)|position (\d+)", str(error))
        at = int(place[1] or place[2]) if place else len(data)
        line = data.count(b"\n", 0, at) + 1
        reason = re.sub(r"\s*\(byte \d+\)", "", str(error)).rstrip(".")
        raise CannotRead(f"{path}:{line}: this is no JSON ({reason}); mend the line or take another file") from None
    for graph in document.graphs:
        for node in graph.nodes:
            if node.type not in (None, "CLASS"):
                continue
            draft = drafts.setdefault(curie(node.id), Draft(curie(node.id)))
            draft.declared = True
            draft.label = draft.label or (node.lbl or "")
            meta = node.meta or _Meta()
            draft.obsolete = draft.obsolete or meta.deprecated
            draft.synonyms.update({s.val: None for s in meta.synonyms if s.pred == "hasExactSynonym"})
            draft.xrefs.update({curie(x.val): None for x in meta.xrefs})
        for edge in graph.edges:
            if edge.pred == "is_a" and (child := drafts.get(curie(edge.sub))):
                child.parents[curie(edge.obj)] = None
