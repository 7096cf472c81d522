"""The body as plain Python: what is stored, unsided and sided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kinchain.records import dataclass, field

if TYPE_CHECKING:
    from kinchain.clinical import Claim, ClinicalTest, Intervention, RedFlag


class Side(StrEnum):
    """The side of a structure; ``EITHER`` is a question that names none.

    >>> Side("left") is Side.LEFT
    True
    """

    RIGHT = "right"
    LEFT = "left"
    MEDIAN = "median"
    EITHER = "either"

    @property
    def mirrored(self) -> Side:
        """The other side; median and either stay what they are.

        >>> Side.RIGHT.mirrored
        <Side.LEFT: 'left'>
        """
        return _MIRROR[self]


_MIRROR = {
    Side.RIGHT: Side.LEFT,
    Side.LEFT: Side.RIGHT,
    Side.MEDIAN: Side.MEDIAN,
    Side.EITHER: Side.EITHER,
}


class Laterality(StrEnum):
    """How often a structure exists, and where."""

    PAIRED = "Paired"
    MEDIAN = "Median"
    LEFT_ONLY = "LeftOnly"
    RIGHT_ONLY = "RightOnly"

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which such a structure exists, right first.

        >>> Laterality.PAIRED.sides
        (<Side.RIGHT: 'right'>, <Side.LEFT: 'left'>)
        """
        return _SIDES[self]


_SIDES = {
    Laterality.PAIRED: (Side.RIGHT, Side.LEFT),
    Laterality.MEDIAN: (Side.MEDIAN,),
    Laterality.LEFT_ONLY: (Side.LEFT,),
    Laterality.RIGHT_ONLY: (Side.RIGHT,),
}


class SideRule(StrEnum):
    """Whether a connection stays on its side or crosses the midline."""

    SAME = "Same"
    OPPOSITE = "Opposite"


@dataclass(frozen=True, slots=True)
class Grade:
    """An evidence grade; ``order`` 0 is the surest, a grade without ``penalty`` is never walked."""

    name: str
    order: int
    penalty: float | None
    definition: str = ""
    weight: float = 0.0  # how far it counts among remote causes, 0 to 1


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A way in which trouble in one place is felt, or made, in another; ``weight`` is 0 to 1."""

    name: str
    label: str
    weight: float
    definition: str = ""

    @property
    def key(self) -> str:
        """The name as answers give it.

        >>> Mechanism("NeuralRoot", "neural root", 0.9).key
        'neural_root'
        """
        return self.label.replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of connection; one without ``base_cost`` is never walked."""

    name: str
    label: str
    family: str
    symmetric: bool
    base_cost: float | None
    phrase: str
    inverse_phrase: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A work that is cited; ``status`` is Verified, RecordOnly or Unverified."""

    id: str
    label: str
    authors: str = ""
    year: str = ""
    title: str = ""
    venue: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    isbn: str = ""
    status: str = "Unverified"
    design: str = ""  # of the study, in plain words
    study_kind: str = ""  # an ECO term

    @property
    def url(self) -> str:
        """Where the work is found, or the empty string."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        if self.pmcid:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/"
        return ""


@dataclass(frozen=True, slots=True)
class TermMapping:
    """What another ontology calls the same thing; ``predicate`` is a SKOS relation such as ``skos:exactMatch``."""

    id: str
    predicate: str
    label: str


@dataclass(frozen=True, slots=True)
class Structure:
    """A part of the body, group or movement, written once without its side."""

    id: str
    label: str
    kind: str
    laterality: Laterality
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    short_words: tuple[str, ...] = ()  # words that may stand for several structures, as "pec"
    exception: str = ""
    comment: str = ""
    file: str = ""
    mappings: tuple[TermMapping, ...] = ()
    passing_cost: float = 0.0  # extra cost of a hop into it, for what joins much that is far apart


@dataclass(frozen=True, slots=True)
class Connection:
    """A typed, graded, cited edge between unsided structures."""

    subject: str
    relation: str
    object: str
    side_rule: SideRule = SideRule.SAME
    grade: str = "Textbook"
    sources: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    comment: str = ""
    derived_by: str = ""  # the rule that made it, empty when somebody wrote it
    via: str = ""  # for a station: the landmark that both share
    mechanism: str = ""  # of a referral or contribution, as "PeripheralNerve"
    through: str = ""  # the nerve that is irritated at a site, or the finding by which a structure contributes
    frequency: str = ""  # how often a referral is met: Common, Occasional, Rare
    setting: str = ""  # where a force was measured: cadaver, in vivo, model
    size: str = ""  # how large it was
    among: tuple[str, ...] = ()  # findings of those in whom it is met: throwers, women


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step of a published chain."""

    position: int
    source: str
    target: str
    side_rule: SideRule
    grade: str
    gap: bool
    sources: tuple[str, ...] = ()
    comment: str = ""
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A published chain or sling: ordered links between unsided structures."""

    id: str
    label: str
    definition: str
    synonyms: tuple[str, ...]
    links: tuple[ChainLink, ...]
    sources: tuple[str, ...] = ()
    grade: str = "Claimed"
    against: tuple[str, ...] = ()
    comment: str = ""


class Point(NamedTuple):
    """A place in a standing adult, in units of stature.

    ``lateral`` is the distance from the median plane on the structure's own side, ``height`` that from the floor,
    ``forward`` that from the coronal plane through the hip joints, negative behind it.
    """

    lateral: float
    height: float
    forward: float


@dataclass(frozen=True, slots=True)
class UnsidedModel:
    """All that the ontology says, before sides."""

    structures: Mapping[str, Structure]
    connections: Sequence[Connection]
    relations: Mapping[str, Relation]
    grades: Mapping[str, Grade]
    sources: Mapping[str, Source]
    chains: Mapping[str, Chain]
    tests: Mapping[str, ClinicalTest] = field(default_factory=dict)
    interventions: Mapping[str, Intervention] = field(default_factory=dict)
    red_flags: Mapping[str, RedFlag] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    circumstances: Mapping[str, float] = field(default_factory=dict)  # weights by which remote causes are ranked
    speaks_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # finding -> mechanisms and structures
    excludes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # finding of people -> what they have not
    implies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # finding of people -> the wider ones
    chance: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # see ``graph.chance``
    positions: Mapping[str, Point] = field(default_factory=dict)  # see ``graph.layout``
    made_of: Mapping[str, str] = field(default_factory=dict)  # group -> kind of its members: ``graph.made_of``


@dataclass(frozen=True, slots=True)
class Named:
    """What every answer calls a structure: the contract ``N`` of the JSON output.

    >>> import kinchain
    >>> kinchain.Body.load().named("left_soleus")
    Named(id='left_soleus', label='left soleus', side=<Side.LEFT: 'left'>, kind='Muscle', unsided='soleus')
    """

    id: str
    label: str
    side: Side
    kind: str
    unsided: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection between sided structures."""

    subject: str
    relation: str
    object: str
    connection: int  # position of the unsided connection it came from
    crosses: bool  # from right to left or back


@dataclass(frozen=True, slots=True)
class SidedModel:
    """The body with its sides: every structure once for each side on which it exists."""

    unsided: UnsidedModel
    structures: Mapping[str, Named]
    edges: Sequence[Edge]
    kept: Any = field(default=None, compare=False, repr=False)  # what was compiled with it: ``graph.kept``

    def connection(self, edge: Edge) -> Connection:
        """The unsided connection that an edge came from."""
        return self.unsided.connections[edge.connection]
