"""OWL in functional syntax, by py-horned-owl; imports are not followed."""

from __future__ import annotations

import re
from pathlib import Path

from kinchain.errors import CannotRead, MissingLibrary
from kinchain.rdf.foreign.terms import Draft, Notes, curie
from kinchain.vocab import OWL, RDFS

_OBO_IN_OWL = "http://www.geneontology.org/formats/oboInOwl#"
_MAX_MEGABYTES = 100  # the whole file is held several times over


def read(path: Path, drafts: dict[str, Draft], notes: Notes) -> None:
    """Add the classes of a file in functional syntax.

    Raises
    ------
    CannotRead      no UTF-8, larger than 100 MB, or no functional syntax; names the line where that is known
    MissingLibrary  py-horned-owl is not installed
    """
    try:
        import pyhornedowl
    except ImportError:
        needed = "reading OWL functional syntax needs py-horned-owl; run: pip install 'kinchain[import]'"
        raise MissingLibrary(needed) from None
    data = path.read_bytes()
    if len(data) > _MAX_MEGABYTES * 1024 * 1024:
        raise CannotRead(f"{path} is larger than {_MAX_MEGABYTES} MB; convert it with ROBOT to OWL as RDF/XML")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CannotRead(f"{path}:{line}: this is not UTF-8; save the file as UTF-8") from None
    try:
        ontology = pyhornedowl.open_ontology_from_string(text, "ofn")
    except BaseException as error:  # a panic of the Rust library is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        place = re.search(r"(?:line: |Pos\(\(|--> )(\d+)", str(error))
        where = f"{path}:{place[1]}" if place else str(path)
        raise CannotRead(f"{where}: this is no OWL functional syntax; mend it or take another file") from None
    for iri in sorted(ontology.get_classes()):
        name = curie(iri)
        draft = drafts.setdefault(name, Draft(name))
        draft.declared = True
        draft.label = next(iter(ontology.get_annotations(iri, RDFS + "label")), "")
        draft.obsolete = "true" in ontology.get_annotations(iri, OWL + "deprecated")
        draft.synonyms.update(dict.fromkeys(ontology.get_annotations(iri, _OBO_IN_OWL + "hasExactSynonym")))
        draft.xrefs.update(dict.fromkeys(map(curie, ontology.get_annotations(iri, _OBO_IN_OWL + "hasDbXref"))))
        draft.parents.update(dict.fromkeys(curie(parent) for parent in ontology.get_superclasses(iri)))
