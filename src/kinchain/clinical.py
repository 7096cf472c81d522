"""The clinical layer beyond its connections: how a test is done, how much of an exercise, what became of a claim.

Tests, interventions, findings and red flags are structures too (``model.Structure``), so that they have names, sides
and connections; here stands the rest of what is known of them, by the same id.
"""

from __future__ import annotations

from kinchain.records import dataclass


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Figures that one study published for a test: shares from 0 to 1, likelihood ratios; None was not published."""

    sensitivity: float | None = None
    specificity: float | None = None
    likelihood_positive: float | None = None
    likelihood_negative: float | None = None
    participants: int | None = None
    comment: str = ""
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The figures in one line.

        >>> Accuracy(sensitivity=0.91, specificity=0.78, participants=48).words
        'sensitivity 0.91, specificity 0.78, n = 48'
        """
        named = (
            ("sensitivity ", self.sensitivity),
            ("specificity ", self.specificity),
            ("LR+ ", self.likelihood_positive),
            ("LR− ", self.likelihood_negative),
            ("n = ", self.participants),
        )
        return ", ".join(f"{name}{value:g}" for name, value in named if value is not None)


@dataclass(frozen=True, slots=True)
class ClinicalTest:
    """A test: how it is done, what it says, how far to trust it. ``grade`` speaks of what it says that it tests."""

    id: str
    grade: str
    procedure: str = ""
    positive_sign: str = ""
    reading: str = ""
    side_meaning: str = ""
    accuracies: tuple[Accuracy, ...] = ()
    reliability: str = ""
    cautions: tuple[str, ...] = ()
    taught_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dosage:
    """How much: effort in % of the greatest, holds in seconds; ``..._up_to`` is the upper end of a range."""

    effort_percent: float | None = None
    effort_percent_up_to: float | None = None
    hold_seconds: float | None = None
    hold_seconds_up_to: float | None = None
    sets: int | None = None
    sets_up_to: int | None = None
    repetitions: int | None = None
    repetitions_up_to: int | None = None
    sessions_per_week: int | None = None
    weeks: int | None = None
    each_side: bool = False
    participants: int | None = None
    comment: str = ""
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The dosage in one line.

        >>> Dosage(effort_percent=20, hold_seconds=20, sets=1, repetitions=4, each_side=True).words
        '20 % effort, 20 s hold, 1 set of 4 repetitions, each side'
        """
        parts = []
        if self.effort_percent is not None:
            parts.append(f"{_range(self.effort_percent, self.effort_percent_up_to)} % effort")
        if self.hold_seconds is not None:
            parts.append(f"{_range(self.hold_seconds, self.hold_seconds_up_to)} s hold")
        repetitions = _counted("repetition", self.repetitions, self.repetitions_up_to)
        sets = _counted("set", self.sets, self.sets_up_to)
        parts += [" of ".join(each for each in (sets, repetitions) if each)] if sets or repetitions else []
        if self.sessions_per_week is not None:
            parts.append(f"{self.sessions_per_week} times a week")
        if self.weeks is not None:
            parts.append(f"for {_counted('week', self.weeks, None)}")
        if self.each_side:
            parts.append("each side")
        return ", ".join(parts)


def _range(low: float, high: float | None) -> str:
    return f"{low:g}" if high is None else f"{low:g}–{high:g}"


def _counted(noun: str, low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return f"{_range(low, high)} {noun}{'' if low == 1 and high is None else 's'}"


@dataclass(frozen=True, slots=True)
class Intervention:
    """An exercise, technique or treatment; ``grade`` speaks of what it is said to do."""

    id: str
    grade: str
    procedure: str = ""
    side_meaning: str = ""
    dosages: tuple[Dosage, ...] = ()
    prepared_by: tuple[str, ...] = ()
    effect: str = ""
    cautions: tuple[str, ...] = ()
    taught_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that asks for medical referral first; ``urgency_order`` 0 is now."""

    id: str
    condition: str
    action: str
    urgency: str
    urgency_order: int
    signs: tuple[str, ...] = ()
    everywhere: bool = False
    grade: str = "Moderate"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that somebody published, held against the evidence.

    ``subjects`` and ``objects`` are ids of structures, groups, movements, findings, tests, interventions or chains;
    ``edge`` is the connection of the graph that says the same as it should be said: subject, relation, object.
    """

    id: str
    statement: str
    claimed_by: tuple[str, ...]
    kind: str
    subjects: tuple[str, ...]
    relation: str
    objects: tuple[str, ...]
    object_text: str
    sides: str
    verdict: str
    correction: str = ""
    wordings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    edge: tuple[str, str, str] | None = None
