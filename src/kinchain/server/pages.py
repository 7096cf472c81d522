"""The live pages: those of the site for any question, the first page with its forms, and errors as pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from html import escape
from importlib import resources
from urllib.parse import parse_qsl, urlencode

from msgspec.structs import replace

from kinchain.body import Body
from kinchain.errors import KinchainError, NothingFound
from kinchain.model import Laterality
from kinchain.queries.ask import understand
from kinchain.queries.compare import compare
from kinchain.queries.membership import Memberships
from kinchain.queries.partners import partners
from kinchain.server import questions as q
from kinchain.server.answers import candidates, routes
from kinchain.server.reply import HTML, Reply, status_of
from kinchain.views.frame import Assets, fill
from kinchain.views.pages import causes, chain, route, structure
from kinchain.views.pages import compare as compared
from kinchain.views.site import nav, plan, shared
from kinchain.views.site.kinds import kind_word
from kinchain.views.site.lists import text_page
from kinchain.views.site.plan import Page
from kinchain.views.site.render import Renderer

NAMES = "names.js"
OWN_FILES = ("home.css", "home.js")
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'"
_NO_ENDS = frozenset(("Test", "Intervention", "RedFlag"))


class Ask(q.Question, frozen=True):
    """A question in plain words, which is answered by the page that fits it."""

    question: q.Name


PAGES: dict[str, type[q.Question]] = {
    "path": q.Path,
    "causes": q.Causes,
    "show": q.Show,
    "chain": q.Chain,
    "compare": q.Compare,
    "ask": Ask,
}


class Pages:
    """Makes every page of the live atlas from one body."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.plan = plan.plan(body.model.unsided)
        self._renderer = Renderer(body, self.plan)
        self._known = frozenset(self.plan.pages)

    @cached_property
    def _memberships(self) -> Memberships:
        return Memberships(self.body.incidence)

    def files(self) -> dict[str, str]:
        """The files that pages need, by their paths: style, scripts, the search index, tables."""
        files = dict(shared.files(self.body.model.unsided, self.plan))
        own = resources.files("kinchain.server") / "assets"
        named = {f"assets/{name}": (own / name).read_text("utf-8") for name in OWN_FILES}
        kept = {path: text for path, text in files.items() if path.startswith(("assets/", "data/"))}
        return kept | named | {f"assets/{NAMES}": self._names()}

    def site(self, folder: str, name: str) -> Reply:
        """A page of the site; the first one is the live one.

        Raises
        ------
        NothingFound  the site has no such page
        """
        page = Page(folder, name)
        if page == Page("", "index"):
            return _html(self.home())
        if page not in self._known:
            raise NothingFound("there is no such page; search from the first one")
        return _html(self._renderer.text(page))

    def answer(self, name: str, question: q.Question, query: str) -> Reply:
        """The page that answers a question; *query* is its query string, for the link to the same as JSON.

        Raises
        ------
        KinchainError  what the question asks for cannot be answered
        """
        if isinstance(question, Ask):
            return Reply(303, HTML, b"", self._place(question.question))
        makes: dict[type[q.Question], Callable[..., str]] = {
            q.Path: self._path,
            q.Causes: self._causes,
            q.Show: self._show,
            q.Chain: self._chain,
            q.Compare: self._compare,
        }
        return _html(makes[type(question)](question, (f"api/{name}?{escape(query)}", "This answer as JSON")))

    def error(self, problem: KinchainError, name: str = "show", query: str = "") -> Reply:
        """What went wrong as a page, with the same question for each structure that may have been meant."""
        meant = "".join(f"<li>{self._again(problem, c.label, name, query)}</li>" for c in problem.candidates)
        shown = f"<h2>You may have meant</h2><ul>{meant}</ul>" if meant else ""
        message = problem.message[:1].upper() + problem.message[1:] + "." * (problem.message[-1:] not in "?.!")
        page = text_page(
            self.plan,
            Page("", "answer"),
            "This has no answer yet",
            f'<p id="problem">{escape(message)}</p>{shown}<p><a href="index.html">Ask another question</a></p>',
        )
        return _html(page, status_of(problem))

    def home(self) -> str:
        """The first page: what may be asked, and all the lists."""
        page = Page("", "index")
        unsided = self.body.model.unsided
        counts = (
            (len(unsided.structures), "structures"),
            (len(unsided.chains), "published chains"),
            (len(unsided.claims), "claims held against the evidence"),
            (len(unsided.sources), "works"),
        )
        told = "".join(f"<li><strong>{count:,}</strong> {what}</li>" for count, what in counts)
        every = "".join(f'<li><a href="{href}">{escape(title)}</a></li>' for href, title in nav.lists(self.plan, page))
        maps = '<li><a href="map.html">The whole body as a map</a></li><li><a href="quiz.html">Quiz</a></li>'
        title = "How do the parts of the body hang together?"
        linked = nav.assets(self.plan, page, title)
        scripts = (*linked.more, "combobox.js", NAMES, "home.js", "home.css", "map.css")
        return fill(
            "site.html",
            assets=Assets(linked.folder, linked.header, scripts, linked.href),
            scripts=(),
            text={"title": title, "heading": title},
            html_parts={
                "policy": _POLICY,
                "lead": '<p class="lead">Ask for any two places, or for what might be behind pain somewhere. Questions '
                "are answered on this server and are not kept.</p>\n",
                "body": f'{_forms()}<ul class="counts">{told}</ul>'
                f'<h2>All lists</h2><ul class="every">{maps}{every}</ul>'
                '<h2>For programs</h2><p>The same answers as JSON under <code>/api</code>; <a href="openapi.json">'
                "openapi.json</a> says what may be asked.</p>",
            },
        )

    def _assets(self, name: str, here: str, more: tuple[str, str]) -> Assets:
        return nav.assets(self.plan, Page("", name), here, more=more)

    def _path(self, question: q.Path, more: tuple[str, str]) -> str:
        answer = routes(question, self.body)
        here = f"{answer.source.label} → {answer.target.label}"
        return route.page(answer, self.body.model.unsided, assets=self._assets("path", here, more))

    def _causes(self, question: q.Causes, more: tuple[str, str]) -> str:
        said = tuple(part.strip() for text in question.with_ for part in text.split(",") if part.strip())
        answer = candidates(replace(question, with_=said), self.body)
        return causes.page(answer, self.body.model.unsided, assets=self._assets("causes", "Remote causes", more))

    def _chain(self, question: q.Chain, more: tuple[str, str]) -> str:
        traced = self.body.chain(question.name)
        return chain.page(traced, self.body.model.unsided, assets=self._assets("chain", traced.label, more))

    def _compare(self, question: q.Compare, more: tuple[str, str]) -> str:
        found = compare(self.body.incidence, self.body.names, question.first, question.second or None)
        return compared.page(found, self.body.model.unsided, assets=self._assets("compare", "Comparison", more))

    def _show(self, question: q.Show, more: tuple[str, str]) -> str:
        told, *_ = self.body.show(question.structure)
        return structure.page(
            told,
            self.body.care(told.structure),
            self.body.model.unsided,
            chains=self._memberships.of(told.structure),
            partners=partners(self.body.incidence, told.structure),
            assets=self._assets("show", told.structure.label, more),
        )

    def _place(self, text: str) -> str:
        """Where a question in plain words is answered."""
        asked = understand(text, self.body.names)
        if asked.form == "path":
            return "path?" + urlencode({"source": asked.ends[0], "target": asked.ends[1]})
        if asked.form == "causes":
            return "causes?" + urlencode({"site": asked.ends[0]})
        if asked.form == "claim":
            return f"claim/{self.body.claimed(asked.ends[0])[0].id}.html"
        return "show?" + urlencode({"structure": self.body.names.resolve(asked.ends[0])[0].label})

    def _again(self, problem: KinchainError, label: str, name: str, query: str) -> str:
        """A link to the question with a name in the place of the one that was not understood."""
        said = parse_qsl(query)
        wrong = next((n for n, (_, text) in enumerate(said) if self._is_refused(text, problem)), None)
        if wrong is None:
            name, said, wrong = "show", [("structure", label)], 0
        said[wrong] = said[wrong][0], label
        return f'<a href="{escape(f"{name}?{urlencode(said)}")}">{escape(label)}</a>'

    def _is_refused(self, text: str, problem: KinchainError) -> bool:
        try:
            self.body.names.resolve(text)
        except KinchainError as other:
            return other.message == problem.message
        return False

    def _names(self) -> str:
        """The script of all names that may be an end of a question; browsers suggest from it and send nothing."""
        order = list(Laterality)  # as home.js counts them
        entries = [
            [
                s.label,
                kind_word(s.kind),
                order.index(s.laterality),
                list(dict.fromkeys((*s.synonyms, *s.abbreviations, *s.short_words))),
            ]
            for s in self.body.model.unsided.structures.values()
            if s.kind not in _NO_ENDS
        ]
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
        return f"window.kinchainNames = [\n{lines}\n];\n"


def _html(text: str, status: int = 200) -> Reply:
    return Reply(status, HTML, text.encode())


def _field(name: str, label: str, hint: str, shown: str) -> str:
    """A field that suggests names while one types."""
    i = f"{shown}-{name}"
    return (
        f'<div class="field"><label for="{i}">{label}</label><div class="find">'
        f'<input id="{i}" name="{name}" type="text" required maxlength="300" role="combobox" '
        f'aria-autocomplete="list" aria-expanded="false" aria-controls="{i}-list" '
        f'autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="{hint}">'
        f'<ul id="{i}-list" role="listbox" aria-label="Suggestions for: {label}" hidden></ul></div></div>'
    )


def _text(name: str, label: str, hint: str, shown: str, *, needed: bool) -> str:
    return (
        f'<p class="field"><label for="{shown}-{name}">{label}</label><input id="{shown}-{name}" name="{name}" '
        f'type="text" maxlength="300" autocomplete="off" placeholder="{hint}"{" required" if needed else ""}></p>'
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]], shown: str) -> str:
    made = "".join(f'<option value="{value}">{text}</option>' for value, text in options)
    return (
        f'<p class="field"><label for="{shown}-{name}">{label}</label>'
        f'<select id="{shown}-{name}" name="{name}">{made}</select></p>'
    )


def _forms() -> str:
    through = (
        ("", "each kind of tissue"), ("myofascial", "muscle and fascia"), ("skeletal", "bones and joints"),
        ("neural", "nerves"), ("referral", "nerves and referred pain"), ("any", "whatever is shortest"),
    )  # fmt: skip
    many = [(str(n), str(n)) for n in (1, 2, 3, 5)]
    forms = (
        ("path", "What links two places?", "Find the link",
         _field("source", "From", "right hamstring", "path") + _field("target", "To", "left humerus", "path")
         + _select("profile", "Through", through, "path") + _select("k", "Routes of each kind", many, "path")),
        ("causes", "Pain is felt here: what might be behind it?", "Look elsewhere",
         _field("site", "Where", "outside of my left knee", "causes")
         + _text("with", "How, or since when", "at night, after a fall", "causes", needed=False)),
        ("ask", "In plain words", "Ask",
         _text("question", "Question", "which nerve supplies the deltoid?", "ask", needed=True)),
    )  # fmt: skip
    made = "".join(
        f'<section><h2 id="{name}">{title}</h2><form action="{name}" method="get" aria-labelledby="{name}">{fields}'
        f'<p class="go"><button type="submit">{button}</button></p></form></section>'
        for name, title, button, fields in forms
    )
    return f'<div class="asks">{made}</div><p id="said" class="unseen" role="status"></p>'
