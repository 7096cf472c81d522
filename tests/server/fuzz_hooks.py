"""What Schemathesis does not know: how a SPARQL query is sent as a body."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.serializer("application/sparql-query")
def sparql_query(_: Any, value: Any) -> bytes:
    """The text as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
