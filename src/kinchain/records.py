"""Frozen records that cost next to nothing to define: what ``@dataclass(frozen=True, slots=True)`` gives, sooner.

A dataclass compiles six methods when its module is imported, half a millisecond each time; a command that answers in
a few milliseconds has forty of them. Here the methods are shared closures over the fields, and what only few need
(``fields``, ``replace``, ``asdict``) is made by ``dataclasses`` when it is first asked for. For a type checker this
*is* ``dataclasses.dataclass``. Only frozen and slotted classes with plain fields are made; anything else is refused.

>>> @dataclass(frozen=True, slots=True)
... class Point:
...     x: int
...     y: int = 0
>>> Point(1), Point(x=1, y=0) == Point(1), hash(Point(1)) == hash(Point(1))
(Point(x=1, y=0), True, True)
>>> import dataclasses
>>> dataclasses.replace(Point(1), y=5), dataclasses.asdict(Point(2))
(Point(x=1, y=5), {'x': 2, 'y': 0})
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:

    class _Missing:
        """No default."""

    class _Field:
        __slots__ = ("compare", "default", "factory", "name", "told")

        def __init__(self, default, factory, compare, told):
            self.default, self.factory, self.compare, self.told, self.name = default, factory, compare, told, ""

    def field(*, default=_Missing, default_factory=None, compare=True, repr=True):  # noqa: A002
        """As ``dataclasses.field``, with what is used here."""
        return _Field(default, default_factory, compare, repr)

    def replace(record, /, **changes):
        """As ``dataclasses.replace``, for the records of this module."""
        names = record.__match_args__
        kept = {name: getattr(record, name) for name in names if name not in changes}
        return record.__class__(**kept, **changes)

    def dataclass(*, frozen=False, slots=False):
        """As ``dataclasses.dataclass(frozen=True, slots=True)``."""
        if not (frozen and slots):
            raise TypeError("kinchain.records makes frozen, slotted dataclasses only; use dataclasses.dataclass")
        return _made

    def _made(cls):
        namespace = dict(cls.__dict__)
        fields = []
        for name in namespace.get("__annotations__", ()):
            given = namespace.pop(name, _Missing)
            one = given if isinstance(given, _Field) else _Field(given, None, True, True)
            one.name = name
            fields.append(one)
        names = tuple(one.name for one in fields)
        namespace.pop("__dict__", None)
        namespace.pop("__weakref__", None)
        namespace["__slots__"] = namespace["__match_args__"] = names
        namespace["__dataclass_fields__"] = _Twin(fields)
        namespace["__dataclass_params__"] = None
        made = type(cls)(cls.__name__, cls.__bases__, namespace)
        made.__qualname__ = cls.__qualname__
        _equip(made, fields, names, namespace)
        return made

    def _equip(made, fields, names, namespace):
        puts = tuple(getattr(made, name).__set__ for name in names)
        count = len(names)
        key = _key([one.name for one in fields if one.compare])

        def __init__(self, *args, **kwargs):  # noqa: N807
            if kwargs or len(args) != count:
                args = _bound(made, fields, args, kwargs)
            for put, value in zip(puts, args):  # noqa: B905
                put(self, value)

        def __eq__(self, other):  # noqa: N807
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):  # noqa: N807
            return hash(key(self))

        def __repr__(self):  # noqa: N807
            told = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields if one.told)
            return f"{self.__class__.__qualname__}({told})"

        def __reduce__(self):  # noqa: N807
            return self.__class__, tuple(getattr(self, name) for name in names)

        for method in (__init__, __eq__, __hash__, __repr__, __reduce__, _setattr, _delattr):
            name = method.__name__ if method.__name__.startswith("__") else f"_{method.__name__}__"
            if name not in namespace or name == "__hash__":
                setattr(made, name, method)
        made.__replace__ = replace

    def _key(names):
        if len(names) == 1:
            get = attrgetter(names[0])
            return lambda record: (get(record),)
        return attrgetter(*names) if names else lambda record: ()

    def _bound(made, fields, args, kwargs):
        """The values of all fields, in order; refuses what a function with these parameters would refuse."""
        if len(args) > len(fields):
            raise TypeError(f"{made.__name__} takes {len(fields)} values, not {len(args)}")
        values = list(args)
        for one in fields[: len(args)]:
            if one.name in kwargs:
                raise TypeError(f"{made.__name__} got several values for '{one.name}'")
        for one in fields[len(args) :]:
            if one.name in kwargs:
                values.append(kwargs.pop(one.name))
            elif one.factory is not None:
                values.append(one.factory())
            elif one.default is not _Missing:
                values.append(one.default)
            else:
                raise TypeError(f"{made.__name__} needs a value for '{one.name}'")
        for name in kwargs:
            if name not in made.__match_args__:
                raise TypeError(f"{made.__name__} has no field '{name}'")
        return values

    def _setattr(self, name, value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delattr(self, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    class _Twin:
        """The fields as ``dataclasses`` knows them, made when somebody asks."""

        def __init__(self, fields):
            self.fields, self.made = fields, None

        def __get__(self, record, owner):
            if self.made is None:
                import dataclasses

                given = []
                for one in self.fields:
                    settings = {"compare": one.compare, "repr": one.told}
                    if one.factory is not None:
                        settings["default_factory"] = one.factory
                    elif one.default is not _Missing:
                        settings["default"] = one.default
                    given.append((one.name, owner.__annotations__[one.name], dataclasses.field(**settings)))
                twin = dataclasses.make_dataclass(owner.__name__, given, frozen=True)
                self.made = twin.__dataclass_fields__
            return self.made
