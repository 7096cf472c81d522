"""What the commands answer with ``--json``, from the published JSON Schema."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from . import Known
from .markdown import escaped, table

Schema = dict[str, Any]


def contract(known: Known) -> str:
    """All contracts: whole answers first, then what they are made of."""
    definitions = json.loads(
        (resources.files("kinchain.views") / "schemas" / "answers.schema.json").read_text("utf-8")
    )["$defs"]
    used = {name for schema in definitions.values() for name in _references(schema)}
    answers = [name for name in definitions if name not in used]
    pieces = [name for name in definitions if name in used]
    sections = ["## Answers", *(_section(n, definitions[n]) for n in answers)]
    sections += ["## What answers are made of", *(_section(n, definitions[n]) for n in pieces)]
    return "\n\n".join(sections)


def _references(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else []
        return own + [name for value in schema.values() for name in _references(value)]
    return [name for value in schema for name in _references(value)] if isinstance(schema, list) else []


def _section(name: str, schema: Schema) -> str:
    said = schema.get("title") or schema.get("description") or ""
    parts = [f"### `{name}` {{ #{name.lower()} }}", *([escaped(said) + "."] if said else [])]
    inner = schema
    if schema.get("type") == "array":
        inner = schema["items"]
        parts.append(f"A list; each item is {_kind(inner)}.")
    also = [_kind(part) for part in inner.get("allOf", ()) if "$ref" in part]
    rows = _rows(inner)
    if also:
        parts.append(f"All of {', '.join(also)}{', and' if rows else '.'}")
    if rows:
        parts.append(table(("key", "value", "always there"), rows))
    elif inner is schema and not also:
        parts.append("One of " + _kind(schema) + "." if "enum" in schema else _kind(schema).capitalize() + ".")
    return "\n\n".join(parts)


def _rows(schema: Schema, prefix: str = "") -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    needed = schema.get("required", ())
    for key, value in schema.get("properties", {}).items():
        rows.append((f"`{prefix}{key}`", _kind(value), "yes" if key in needed else ""))
        nested, mark = (value["items"], "[].") if value.get("type") == "array" else (value, ".")
        if "$ref" not in nested:
            rows += _rows(nested, f"{prefix}{key}{mark}")
    for part in schema.get("allOf", ()):
        rows += _rows(part, prefix)
    return rows


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return " or ".join(_kind(each) for each in schema[choice])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}".replace("list of object", "list of objects")
    if isinstance(kind, list):
        return " or ".join(kind)
    return str(kind)


PARTS = {"contract": contract}
