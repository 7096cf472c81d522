"""The quiz in a real browser: by keyboard, announced, kept in the address, printed as a work sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from kinchain.queries.quiz import quiz as questions
from kinchain.views.pages import quiz
from tests.conftest import Run
from tests.views.conftest import Opened

Show = Callable[..., Opened]


@pytest.fixture
def opened(page_file: Callable[[str], Path], show: Show) -> Opened:
    return show(page_file("quiz"))


def answers(tab: Any) -> list[int]:
    return tab.evaluate("kinchain.page.questions.map((q) => q.right)")


def test_the_same_seed_writes_the_same_page(body: Body) -> None:
    first, again = (
        quiz.page(questions(body.incidence, body.names, seed=5), body.model.unsided, seed=5) for _ in range(2)
    )
    assert first == again
    assert len(first.encode()) < 1_000_000


def test_a_quiz_goes_by_keyboard_alone(opened: Opened) -> None:
    tab = opened.tab
    right = answers(tab)
    tab.keyboard.press(str(right[0] + 1))
    assert tab.text_content("#status").startswith("Right.")
    assert tab.locator("#choices .right").count() == 1
    tab.keyboard.press("Enter")
    assert tab.text_content("#which").startswith("Question 2 of")
    tab.keyboard.press(str((right[1] + 1) % 4 + 1))
    assert tab.text_content("#status").startswith("Not right: it is ")
    assert tab.text_content("#score").startswith("1 of 2 right")
    tab.keyboard.press("1")  # a second answer does not count
    assert tab.text_content("#score").startswith("1 of 2 right")
    tab.keyboard.press("ArrowLeft")
    assert tab.text_content("#which").startswith("Question 1 of")
    assert opened.said == []


def test_an_answer_by_the_tab_key_keeps_the_focus_and_enter_goes_on(opened: Opened) -> None:
    tab = opened.tab
    tab.focus("#choices button")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.dataset.choice") == "0"
    tab.keyboard.press("Enter")
    assert tab.text_content("#which").startswith("Question 2 of")


def test_the_address_keeps_what_was_answered(opened: Opened, page_file: Callable[[str], Path], show: Show) -> None:
    opened.tab.keyboard.press("2")
    fragment = opened.tab.evaluate("location.hash")
    assert re.fullmatch(r"#q=1&a=2-{19}", fragment)
    again = show(page_file("quiz"), fragment).tab
    assert again.text_content("#score") == opened.tab.text_content("#score")
    assert again.locator("#choices [aria-disabled='true']").count() == 4


@pytest.mark.parametrize("fragment", ["#q=999&a=9x", "#q=-3", "#%E0%A4%A"])
def test_a_spoiled_address_begins_anew(fragment: str, page_file: Callable[[str], Path], show: Show) -> None:
    opened = show(page_file("quiz"), fragment)
    assert opened.tab.text_content("#text")
    assert opened.said == []


def test_the_answer_is_not_drawn_before_it_is_given(opened: Opened) -> None:
    tab = opened.tab
    drawn = "kinchain.page.picture.active().number"
    assert tab.evaluate(drawn) == 0
    asked = tab.evaluate("kinchain.page.questions[0].about")
    nodes = "[...kinchain.page.picture.byId.values()].filter((n) => n.lane === 0).map((n) => n.label)"
    assert tab.evaluate(nodes) == [asked]
    tab.keyboard.press("1")
    assert tab.evaluate(drawn) == 1


def test_on_paper_it_is_a_work_sheet_with_a_key(opened: Opened) -> None:
    tab = opened.tab
    assert not tab.locator(".sheet").first.is_visible()
    tab.emulate_media(media="print")
    assert tab.locator(".sheet .asked > li").count() == 20
    assert tab.locator(".key li").count() == 20
    assert tab.locator(".key").is_visible()
    assert not tab.locator(".question").is_visible()
    right = answers(tab)
    assert [text[0] for text in tab.locator(".key li b").all_text_contents()] == ["abcd"[n] for n in right]


def test_the_command_says_when_there_are_fewer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "quiz.html"
    done = run("quiz", "-o", str(file), "--region", "knee", "--chain", "lateral line")
    assert (done.returncode, done.stdout) == (0, "")
    assert "only 3 questions" in done.stderr
    assert file.is_file()
    assert run("quiz", "-o", str(file), "--count", "0").returncode == 2
