"""Errors as they go out."""

from __future__ import annotations

import json

import pytest

from kinchain import errors
from kinchain.server.reply import error, status_of


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (errors.BadQuestion("x"), 400),
        (errors.UnknownName("x"), 404),
        (errors.NoRoute("x"), 404),
        (errors.NothingFound("x"), 404),
        (errors.AmbiguousName("x"), 422),
        (errors.DamagedBody("x"), 503),
    ],
)
def test_each_error_has_its_status_and_the_error_object(problem: errors.KinchainError, status: int) -> None:
    assert status_of(problem) == error(problem).status == status
    assert json.loads(error(problem).body) == {"error": {"kind": problem.kind, "message": "x", "candidates": []}}
