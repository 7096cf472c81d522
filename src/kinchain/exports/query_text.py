"""What a SPARQL query is, read from its text: its form, the prefixes that it declares, and whether it may be run.

kinchain reads and never writes, and asks nobody else: updates and ``SERVICE`` are refused. The grammar proper is left
to the engine; here are only the tokens (SPARQL 1.1, section 19.8), told apart far enough that a word in a comment, a
string or an IRI is no keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kinchain.errors import BadQuestion
from kinchain.exports.triples import PREFIXES

LONGEST = 100_000  # characters; a longer query is a mistake or an attack
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_TOKENS = re.compile(
    r"""
      (?P<space>\s+|\#[^\n\r]*)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w.:%-]|\\.)*)
    | (?P<tag>@[A-Za-z-]+)
    | (?P<word>[^\W\d_]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# "FILTER(?a<?b)SERVICE:x#>" reads as an IRI from "<" to ">", or as a comparison with a SERVICE behind it.
_HIDDEN = re.compile(r"\).*service", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may be run; ``form`` is SELECT, ASK, CONSTRUCT or DESCRIBE."""

    text: str
    form: str
    declared: frozenset[str] = frozenset()

    @property
    def is_graph(self) -> bool:
        """Whether the answer is triples."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    @property
    def with_prefixes(self) -> str:
        """The text with the common prefixes declared that it does not declare itself, on its first line."""
        common = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if name not in self.declared]
        return " ".join([*common, self.text])


def read(text: str) -> Query:
    """Read a query.

    Raises
    ------
    BadQuestion  it is empty, too long, no query but an update, or asks another server

    >>> read("# all of them\\nSELECT * { ?s kc:side 'right' }").form
    'SELECT'
    """
    if not text.strip():
        raise BadQuestion("the query is empty; write one such as 'SELECT ?m { ?m a kc:Muscle }', or see --list")
    if len(text) > LONGEST:
        raise BadQuestion(f"the query has {len(text)} characters; {LONGEST} are enough for any question")
    if "\0" in text:
        raise BadQuestion("the query holds a NUL character; take it out")
    form, declared, prologue, before = "", set(), "", ""
    for kind, token in _tokens(text):
        word = token.upper() if kind == "word" else ""
        if word == "SERVICE" or (kind == "iri" and _HIDDEN.search(token)):
            raise BadQuestion("the query asks another server (SERVICE), which kinchain does not; take that part out")
        if not form:
            if kind == "name" and prologue == "PREFIX" and before == "PREFIX":
                declared.add(token.removesuffix(":"))
            elif word in ("PREFIX", "BASE", "VERSION"):
                prologue = word
            elif word in _UPDATES:
                raise BadQuestion(
                    f"{word} changes data and kinchain only reads: what is built is never edited; "
                    "change the Turtle files of the ontology, or ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
                )
            elif word in FORMS:
                form = word
            elif kind not in ("iri", "text"):
                raise BadQuestion(
                    f"the query begins with '{token[:40]}'; it should begin with SELECT, ASK, CONSTRUCT or DESCRIBE, "
                    "or be the name of a library query (see --list)"
                )
        before = word or token
    if not form:
        raise BadQuestion("the query has no SELECT, ASK, CONSTRUCT or DESCRIBE; write one of them")
    return Query(text, form, frozenset(declared))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKENS.finditer(text):
        if found.lastgroup and found.lastgroup != "space":
            yield found.lastgroup, found[0]


def syntax_problem(message: str) -> BadQuestion:
    """The engine's complaint as one sentence.

    >>> syntax_problem("error at 2:9: expected one of LATERAL, SERVICE, [_]").message
    'the query is no valid SPARQL at line 2, column 9 (expected one of LATERAL, SERVICE, [_]); mend it there'
    """
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return BadQuestion(f"the query is no valid SPARQL ({_short(message)}); mend it")
    line, column, reason = found.groups()
    if "Prefix not found" in reason:
        reason = "a prefix there is not declared"
    return BadQuestion(
        f"the query is no valid SPARQL at line {line}, column {column} ({_short(reason)}); mend it there"
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 160 else text[:157] + "…"
