"""Records behave as dataclasses do."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from kinchain.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Shown:
    renderer: object = field(default=None, kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Place(Shown):
    """A place."""

    name: str
    height: float = 0.0
    parts: tuple[str, ...] = field(default_factory=tuple)

    @property
    def tall(self) -> bool:
        return self.height > 1


TWIN = dataclasses.make_dataclass(
    "Place",
    [
        ("renderer", object, dataclasses.field(default=None, kw_only=True, compare=False, repr=False)),
        ("name", str),
        ("height", float, 0.0),
        ("parts", tuple, dataclasses.field(default_factory=tuple)),
    ],
    frozen=True,
)


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [(("a",), {}), (("a", 2.0), {"parts": ("x",)}), ((), {"name": "a", "renderer": print}), (("a", 1.0, ()), {})],
)
def test_a_record_is_made_and_told_as_a_dataclass(args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    one, other = Place(*args, **kwargs), TWIN(*args, **kwargs)  # type: ignore[arg-type]
    assert dataclasses.asdict(one) == dataclasses.asdict(other)
    assert repr(one).split(".")[-1] == repr(other).split(".")[-1]
    assert hash(one) == hash(Place(*args, **kwargs))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [((), {}), (("a", 1.0, (), 4), {}), (("a",), {"name": "b"}), (("a",), {"colour": 1}), ((), {"height": 1.0})],
)
def test_what_a_dataclass_refuses_is_refused(args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    for kind in (Place, TWIN):
        with pytest.raises(TypeError):
            kind(*args, **kwargs)


def test_a_record_is_frozen_and_compares_by_its_fields() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Place("a").name = "b"  # type: ignore[misc]
    assert Place("a", renderer=print) == Place("a") != Place("b")
    assert Place("a") != TWIN("a")


def test_a_record_is_replaced_pickled_and_matched() -> None:
    one = Place("a", renderer=1)
    assert replace(one, name="b") == dataclasses.replace(one, name="b") == Place("b")
    assert replace(one, name="b").renderer == 1
    assert pickle.loads(pickle.dumps(one)) == one
    match one:
        case Place(name, height):
            assert (name, height) == ("a", 0.0)
    assert dataclasses.is_dataclass(one)
    assert not one.tall


def test_a_plain_dataclass_is_refused() -> None:
    with pytest.raises(TypeError, match="frozen"):
        dataclass(frozen=True)(Place)
