"""The lists of a site: which kinds of structures stand on which, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from kinchain.model import UnsidedModel

# What one of a kind is called, and what several are.
KIND_WORDS = {
    "Muscle": ("muscle", "Muscles"),
    "Group": ("group", "Groups"),
    "Bone": ("bone", "Bones"),
    "Landmark": ("landmark", "Landmarks of bones"),
    "Cartilage": ("cartilage", "Cartilages"),
    "Joint": ("joint", "Joints"),
    "Ligament": ("ligament", "Ligaments"),
    "Fascia": ("fascia", "Fasciae"),
    "Tendon": ("tendon", "Tendons"),
    "Bursa": ("bursa", "Bursae"),
    "Nerve": ("nerve", "Nerves"),
    "Plexus": ("plexus", "Plexuses"),
    "SpinalNerve": ("spinal nerve", "Spinal nerves"),
    "NeuralTissue": ("nerve tissue", "Nerve tissue"),
    "Tunnel": ("tunnel", "Tunnels, where nerves pass"),
    "Viscus": ("organ", "Organs"),
    "Vessel": ("vessel", "Vessels"),
    "Region": ("region", "Regions"),
    "Movement": ("movement", "Movements"),
    "Test": ("test", "Tests"),
    "Intervention": ("exercise or treatment", "Exercises and treatments"),
    "Finding": ("finding", "Findings"),
    "RedFlag": ("red flag", "Red flags"),
}


@dataclass(frozen=True, slots=True)
class KindList:
    """A page that lists the structures of some kinds."""

    name: str
    title: str
    kinds: tuple[str, ...]
    lead: str


LISTS = (
    KindList("muscles", "Muscles", ("Muscle",), "Attachments, nerve, movements, chains, what tests and trains it."),
    KindList("bones", "Bones", ("Bone", "Cartilage", "Landmark"), "With the landmarks at which tissues attach."),
    KindList("joints", "Joints", ("Joint",), "What moves them, what holds them, what lies near."),
    KindList(
        "ligaments",
        "Ligaments and fasciae",
        ("Ligament", "Fascia", "Tendon", "Bursa"),
        "What joins bone to bone, muscle to muscle, and lets them glide.",
    ),
    KindList(
        "nerves",
        "Nerves",
        ("Nerve", "Plexus", "SpinalNerve", "NeuralTissue", "Tunnel"),
        "From root to skin, and the narrow places on the way.",
    ),
    KindList("organs", "Organs and vessels", ("Viscus", "Vessel"), "Those that are felt elsewhere when they ail."),
    KindList("groups", "Groups", ("Group",), "Muscles and others that are called by one name."),
    KindList("movements", "Movements", ("Movement",), "Where they happen, what makes them, what opposes them."),
    KindList("tests", "Tests", ("Test",), "How each is done, what a result says, and its published figures."),
    KindList("care", "Exercises and treatments", ("Intervention",), "How, how much, what it did, what to mind."),
    KindList("findings", "Findings", ("Finding",), "What one feels or sees, and what it may point to."),
    KindList("red_flags", "Red flags", ("RedFlag",), "Signs that ask for medical referral first."),
)


def kind_word(kind: str) -> str:
    """What a structure of a kind is called.

    >>> kind_word("SpinalNerve")
    'spinal nerve'
    """
    return KIND_WORDS.get(kind, (kind.lower(), kind))[0]


def list_of(model: UnsidedModel, structure: str) -> tuple[str, str]:
    """The list on which a structure stands: the name of its page, and its title."""
    kind = model.structures[structure].kind
    return next(((each.name, each.title) for each in LISTS if kind in each.kinds), ("regions", "Regions"))
