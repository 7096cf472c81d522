"""The parts of the body as a course of anatomy has them: a sub-deck each, and which one a muscle belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import dist

from kinchain.model import UnsidedModel

OTHER = "elsewhere"  # what has no place
# fmt: off
DECKS: Mapping[str, tuple[str, ...]] = {
    "Head and neck": (
        "back_of_head", "back_of_neck", "cheek_region", "chin_region", "ear_region", "eye_region", "forehead_region",
        "jaw_region", "mastoid_region", "mouth_region", "nose_region", "side_of_neck", "skin_of_auricle",
        "skin_of_cheek", "skin_of_chin", "skin_of_eyebrow", "skin_of_forehead", "skin_of_lower_lip", "skin_of_nose",
        "skin_of_scalp", "skin_of_upper_eyelid", "skin_of_upper_lip", "submandibular_region", "suboccipital_region",
        "temple", "throat", "top_of_head",
    ),
    "Shoulder and arm": (
        "axillary_region", "back_of_arm", "back_of_elbow", "back_of_shoulder", "front_of_arm", "front_of_elbow",
        "front_of_shoulder", "inner_arm", "inner_elbow", "outer_arm", "outer_elbow", "outer_shoulder",
        "scapular_region", "shoulder_tip", "top_of_shoulder",
    ),
    "Forearm and hand": (
        "back_of_forearm", "back_of_hand", "back_of_wrist", "front_of_forearm", "front_of_wrist",
        "hypothenar_region", "index_finger_region", "inner_border_of_forearm", "little_finger_region",
        "little_finger_side_of_wrist", "middle_finger_region", "outer_border_of_forearm", "palm",
        "ring_finger_region", "thenar_region", "thumb_region", "thumb_side_of_wrist", "web_of_thumb",
    ),
    "Chest and abdomen": (
        "breast_region", "clavicular_region", "epigastrium", "hypochondrium", "hypogastrium",
        "lower_abdomen", "pectoral_region", "side_of_chest", "sternal_region", "umbilical_region",
    ),
    "Back": ("flank", "interscapular_region", "low_back", "mid_back", "sacral_region", "sacroiliac_region"),
    "Pelvis and perineum": ("anal_region", "genital_region", "perineum", "pubic_region", "tailbone_region"),
    "Hip and thigh": (
        "back_of_knee", "back_of_thigh", "buttock", "front_of_knee", "front_of_thigh", "gluteal_fold", "groin",
        "inner_knee", "inner_thigh", "lateral_hip", "outer_knee", "outer_thigh",
    ),
    "Leg and foot": (
        "back_of_ankle", "back_of_leg", "ball_of_foot", "front_of_ankle", "front_of_leg", "great_toe_region", "heel",
        "inner_ankle", "inner_leg", "lateral_border_of_foot", "lesser_toes_region", "medial_arch_region",
        "medial_border_of_foot", "outer_ankle", "outer_leg", "top_of_foot", "web_space_between_first_and_second_toe",
        "web_space_between_third_and_fourth_toe",
    ),
}
# fmt: on
DECK_OF = {region: deck for deck, regions in DECKS.items() for region in regions}


def region_of(model: UnsidedModel, structure: str, regions: Iterable[str]) -> str:
    """The part of the body that a structure belongs to which lies in some regions: that of most, else the nearest.

    >>> from kinchain import Body
    >>> region_of(Body.load().model.unsided, "soleus", ["back_of_leg", "inner_leg"])
    'Leg and foot'
    """
    votes = Counter(DECK_OF[region] for region in regions if region in DECK_OF)
    most = max(votes.values(), default=0)
    open_decks = {deck for deck, count in votes.items() if count == most} or set(DECKS)
    return next(iter(open_decks)) if len(open_decks) == 1 else _nearest(model, structure, open_decks)


def _nearest(model: UnsidedModel, structure: str, decks: set[str]) -> str:
    here = model.positions.get(structure)
    placed = [region for region in sorted(DECK_OF) if region in model.positions and DECK_OF[region] in decks]
    if here is None or not placed:
        return OTHER
    return DECK_OF[min(placed, key=lambda region: dist(here, model.positions[region]))]
