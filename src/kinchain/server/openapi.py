"""The OpenAPI description: built from what is read (``questions``) and what is answered (the published JSON Schema)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

import msgspec

from kinchain import __version__
from kinchain.answers import NOTICE
from kinchain.server.guard import MOST_BODY
from kinchain.server.questions import ENDPOINTS, Endpoint

Json = dict[str, Any]
_ERRORS = {
    "400": "The question is not well formed.",
    "404": "Nothing of this name, no such route, nothing found.",
    "405": "Not this method.",
    "413": f"The body has more than {MOST_BODY} bytes.",
    "414": "The address is too long.",
    "422": "The name may mean several things; they are the candidates.",
    "503": "Too many questions at once, or one that takes too long.",
}


def description(*, sparql: bool = False) -> Json:
    """The description as a JSON value.

    >>> sorted(description()["paths"])[:2]
    ['/api/around', '/api/causes']
    """
    paths = {f"/api/{e.name}": _endpoint(e) for e in ENDPOINTS.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kinchain",
            "version": __version__,
            "summary": "How the parts of the body hang together: paths, remote causes, evidence, sources.",
            "description": NOTICE,
            "license": {"name": "CC BY 4.0 (answers), MIT (program)"},
        },
        "paths": paths | {"/healthz": _health()} | ({"/sparql": _sparql()} if sparql else {}),
        "components": {"schemas": _schemas()},
    }


def _schemas() -> Json:
    """The contracts of the answers, and the bodies that questions may be sent as."""
    text = (resources.files("kinchain.views") / "schemas" / "answers.schema.json").read_text("utf-8")
    answers: Json = json.loads(text.replace("#/$defs/", "#/components/schemas/"))["$defs"]
    return answers | {f"ask_for_{e.name}": _schema(e) for e in ENDPOINTS.values()}


def _schema(endpoint: Endpoint) -> Json:
    """The JSON Schema of a question."""
    (_, parts) = msgspec.json.schema_components([endpoint.question])
    (schema,) = parts.values()
    names = {name: name.rstrip("_") for name in schema["properties"]}  # 'with' is a word of Python
    schema["properties"] = {names[name]: part for name, part in schema["properties"].items()}
    schema["title"] = f"A question for {endpoint.name}"
    return dict(schema)


def _endpoint(endpoint: Endpoint) -> Json:
    schema = _schema(endpoint)
    parameters = [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": part}
        | ({"description": part["description"]} if "description" in part else {})
        | ({"example": endpoint.example[name]} if name in endpoint.example else {})
        for name, part in schema["properties"].items()
    ]
    shared: Json = {
        "summary": endpoint.question.__doc__,
        "responses": _responses(f"#/components/schemas/{endpoint.contract}"),
    }
    sent = {"schema": {"$ref": f"#/components/schemas/ask_for_{endpoint.name}"}, "example": dict(endpoint.example)}
    return {
        "get": {"operationId": endpoint.name, **shared, "parameters": parameters},
        "post": {
            "operationId": f"{endpoint.name}_by_post",
            "description": "The same with the question in the body, which stays out of addresses and their logs.",
            **shared,
            "requestBody": {"required": True, "content": {"application/json": sent}},
        },
    }


def _responses(schema: str, errors: Mapping[str, str] = _ERRORS) -> Json:
    def told(words: str, ref: str) -> Json:
        return {"description": words, "content": {"application/json": {"schema": {"$ref": ref}}}}

    return {"200": told("The answer.", schema)} | {
        status: told(words, "#/components/schemas/error") for status, words in errors.items()
    }


def _health() -> Json:
    schema = {
        "type": "object",
        "properties": {"status": {"const": "ok"}, "version": {"type": "string"}, "workers": {"type": "integer"}},
        "required": ["status", "version", "workers"],
        "additionalProperties": False,
    }
    answered = {"description": "It answers.", "content": {"application/json": {"schema": schema}}}
    return {"get": {"operationId": "healthz", "summary": "Whether the server answers.", "responses": {"200": answered}}}


def _sparql() -> Json:
    kinds = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
             "text/tab-separated-values", "application/n-triples", "text/turtle", "application/rdf+xml")  # fmt: skip
    responses = _responses("#/components/schemas/error")
    del responses["404"], responses["422"]
    responses["200"] = {"description": "The whole result, as was accepted.", "content": {kind: {} for kind in kinds}}
    query = {"type": "string", "minLength": 1}
    example = "SELECT ?muscle { ?muscle a kc:Muscle ; kc:side 'right' } LIMIT 3"
    said = {"type": "object", "properties": {"query": query}, "required": ["query"], "additionalProperties": False}
    return {
        "get": {
            "operationId": "sparql",
            "summary": "A SPARQL 1.1 query over the ontology and the sided graph; no updates, no SERVICE.",
            "responses": responses,
            "parameters": [{"name": "query", "in": "query", "required": True, "schema": query, "example": example}],
        },
        "post": {
            "operationId": "sparql_by_post",
            "summary": "The same with the query in the body.",
            "responses": responses,
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": {"schema": query, "example": example},
                    "application/x-www-form-urlencoded": {"schema": said, "example": {"query": example}},
                },
            },
        },
    }
