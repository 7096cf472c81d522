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
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:

    class _Missing:
        """No default."""

    class _Field:
        __slots__ = ("compare", "default", "factory", "kw_only", "name", "told", "written")

        def __init__(self, default, factory, compare, told, kw_only):
            self.default, self.factory, self.compare, self.told = default, factory, compare, told
            self.kw_only, self.name, self.written = kw_only, "", ""

        def value(self, owner):
            if self.factory is not None:
                return self.factory()
            if self.default is _Missing:
                raise TypeError(f"{owner.__name__} needs a value for '{self.name}'")
            return self.default

    def field(*, default=_Missing, default_factory=None, compare=True, repr=True, kw_only=False):
        """As ``dataclasses.field``, with what is used here."""
        return _Field(default, default_factory, compare, repr, kw_only)

    def replace(record, /, **changes):
        """As ``dataclasses.replace``, for the records of this module."""
        values = {one.name: getattr(record, one.name) for one in record.__class__.__record__}
        return record.__class__(**{**values, **changes})

    def dataclass(*, frozen=False, slots=False):
        """As ``dataclasses.dataclass(frozen=True, slots=True)``."""
        if not (frozen and slots):
            raise TypeError("kinchain.records makes frozen, slotted dataclasses only; use dataclasses.dataclass")
        return _made

    def _made(cls):
        namespace = dict(cls.__dict__)
        own = []
        for name, written in namespace.get("__annotations__", {}).items():
            given = namespace.pop(name, _Missing)
            one = given if isinstance(given, _Field) else _Field(given, None, True, True, False)
            one.name, one.written = name, written
            own.append(one)
        fields = [*(one for base in cls.__mro__[:0:-1] for one in base.__dict__.get("__own__", ())), *own]
        namespace.pop("__dict__", None)
        namespace.pop("__weakref__", None)
        namespace["__slots__"] = tuple(one.name for one in own)
        namespace["__match_args__"] = tuple(one.name for one in fields if not one.kw_only)
        namespace["__own__"], namespace["__record__"] = tuple(own), tuple(fields)
        namespace["__dataclass_fields__"] = _Twin(fields)
        namespace["__qualname__"] = cls.__qualname__
        puts = _equip(fields, namespace)
        made = type(cls)(cls.__name__, cls.__bases__, namespace)
        puts.extend(getattr(made, one.name).__set__ for one in fields if not one.kw_only)
        return made

    def _equip(fields, namespace):
        """Add the methods to the namespace of a class; what puts positional fields is yet to be added to the result."""
        positional = [one for one in fields if not one.kw_only]
        others = [one for one in fields if one.kw_only]
        puts, count = [], len(positional)
        key = _key([one.name for one in fields if one.compare])

        names = namespace["__match_args__"]
        defaults = {one.name: one.default for one in positional if one.factory is None and one.default is not _Missing}

        def __init__(self, *args, **kwargs):  # noqa: N807
            if kwargs or len(args) != count:
                values = {**defaults, **dict(zip(names, args)), **kwargs}  # noqa: B905
                if (
                    others
                    or len(values) != count
                    or len(args) > count
                    or (args and not kwargs.keys().isdisjoint(names[: len(args)]))
                ):
                    args, kwargs = _bound(self.__class__, positional, others, args, kwargs)
                else:
                    args = [values[name] for name in names]
            for put, value in zip(puts, args):  # noqa: B905
                put(self, value)
            for one in others:
                value = kwargs[one.name] if one.name in kwargs else one.value(self.__class__)
                object.__setattr__(self, one.name, value)

        def __eq__(self, other):  # noqa: N807
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):  # noqa: N807
            return hash(key(self))

        def __repr__(self):  # noqa: N807
            told = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields if one.told)
            return f"{self.__class__.__qualname__}({told})"

        def __reduce__(self):  # noqa: N807
            return _again, (self.__class__, {one.name: getattr(self, one.name) for one in fields})

        for method in (__init__, __eq__, __hash__, __repr__, __reduce__, _setattr, _delattr):
            name = method.__name__ if method.__name__.startswith("__") else f"_{method.__name__}__"
            if namespace.get(name) is None:  # a class that defines __eq__ has None for __hash__
                namespace[name] = method
        namespace["__replace__"] = replace
        return puts

    def _again(cls, values):
        return cls(**values)

    def _key(names):
        if len(names) == 1:
            get = attrgetter(names[0])
            return lambda record: (get(record),)
        return attrgetter(*names) if names else lambda record: ()

    def _bound(made, positional, others, args, kwargs):
        """The values of all fields, in order; refuses what a function with these parameters would refuse."""
        if len(args) > len(positional):
            raise TypeError(f"{made.__name__} takes {len(positional)} values, not {len(args)}")
        values, rest = list(args), dict(kwargs)
        for one in positional[: len(args)]:
            if one.name in rest:
                raise TypeError(f"{made.__name__} got several values for '{one.name}'")
        for one in positional[len(args) :]:
            values.append(rest.pop(one.name) if one.name in rest else one.value(made))
        for name in rest:
            if all(name != one.name for one in others):
                raise TypeError(f"{made.__name__} has no field '{name}'")
        return values, rest

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
                    settings = {"compare": one.compare, "repr": one.told, "kw_only": one.kw_only}
                    if one.factory is not None:
                        settings["default_factory"] = one.factory
                    elif one.default is not _Missing:
                        settings["default"] = one.default
                    given.append((one.name, one.written, dataclasses.field(**settings)))
                twin = dataclasses.make_dataclass(owner.__name__, given, frozen=True)
                self.made = twin.__dataclass_fields__
            return self.made
