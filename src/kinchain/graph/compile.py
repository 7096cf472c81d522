"""The compiled body: the unsided model with its derived connections in one file that opens quickly.

Layout: ``MAGIC``, 64 bytes of ontology hash, 64 bytes of checksum (both SHA-256 in hexadecimal), then JSON. It is
written beside its place and moved there, so a reader sees the old file or the new one. A file that is missing,
truncated, foreign, or of another ontology or format raises ``DamagedBody``; the caller rebuilds it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from kinchain.errors import DamagedBody
from kinchain.model import (
    Chain,
    ChainLink,
    Connection,
    Grade,
    Laterality,
    Relation,
    SideRule,
    Source,
    Structure,
    TermMapping,
    UnsidedModel,
)

FORMAT = 3
MAGIC = b"kinchain body %03d\n" % FORMAT


def write(model: UnsidedModel, ontology_hash: str, path: Path) -> None:
    """Write a compiled body atomically.

    Raises
    ------
    OSError  the folder cannot be written
    """
    payload = json.dumps(_to_json(model), ensure_ascii=False, separators=(",", ":")).encode()
    checksum = hashlib.sha256(payload).hexdigest().encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + ontology_hash.encode() + checksum + payload)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(path: Path, ontology_hash: str) -> UnsidedModel:
    """Read a compiled body that was built from exactly this ontology.

    Raises
    ------
    DamagedBody  missing, truncated, foreign, of another format or ontology
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedBody(f"{path} cannot be read ({error.strerror}); it will be rebuilt") from None
    head = len(MAGIC)
    if not data.startswith(MAGIC):
        raise DamagedBody(f"{path} is no compiled body of this version; it will be rebuilt")
    if data[head : head + 64] != ontology_hash.encode():
        raise DamagedBody(f"{path} was built from another ontology; it will be rebuilt")
    payload = data[head + 128 :]
    if hashlib.sha256(payload).hexdigest().encode() != data[head + 64 : head + 128]:
        raise DamagedBody(f"{path} is damaged (its checksum does not fit); it will be rebuilt")
    return _from_json(json.loads(payload))


def _rows(items: Mapping[str, Any]) -> list[Any]:
    return [astuple(item) for item in items.values()]


def _to_json(model: UnsidedModel) -> dict[str, Any]:
    return {
        "structures": _rows(model.structures),
        "connections": [[getattr(c, f.name) for f in fields(Connection)] for c in model.connections],
        "relations": _rows(model.relations),
        "grades": _rows(model.grades),
        "sources": _rows(model.sources),
        "chains": _rows(model.chains),
    }


def _tuples(row: list[Any]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in row]


def _from_json(data: dict[str, Any]) -> UnsidedModel:
    def structure(row: list[Any]) -> Structure:
        *plain, mappings, passing_cost = row
        mapped = tuple(TermMapping(*mapping) for mapping in mappings)
        return Structure(*_tuples([*plain[:3], Laterality(plain[3]), *plain[4:], mapped, passing_cost]))

    def connection(row: list[Any]) -> Connection:
        return Connection(*_tuples([*row[:3], SideRule(row[3]), *row[4:]]))

    def link(row: list[Any]) -> ChainLink:
        return ChainLink(*_tuples([*row[:3], SideRule(row[3]), *row[4:]]))

    def chain(row: list[Any]) -> Chain:
        name, label, definition, synonyms, links, sources = row
        return Chain(name, label, definition, tuple(synonyms), tuple(link(each) for each in links), tuple(sources))

    return UnsidedModel(
        structures={row[0]: structure(row) for row in data["structures"]},
        connections=tuple(connection(row) for row in data["connections"]),
        relations={row[0]: Relation(*row) for row in data["relations"]},
        grades={row[0]: Grade(*row) for row in data["grades"]},
        sources={row[0]: Source(*row) for row in data["sources"]},
        chains={row[0]: chain(row) for row in data["chains"]},
    )
