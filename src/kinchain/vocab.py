"""The IRIs of the vocabulary, and the way from an IRI to an id and back."""

from __future__ import annotations

BASE = "https://w3id.org/kinchain/"
KC = BASE + "schema/"
BODY = BASE + "body/"
CHAIN = BASE + "chain/"
CLINICAL = BASE + "clinical/"
CITE = BASE + "cite/"

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"

# Kinds that are stored like structures although they are no part of a body: names and directions.
NAMES_AND_MOVEMENTS = ("Group", "Movement")
# What the clinical layer names; stored like structures too, so that it has names, sides and connections.
CLINICAL_KINDS = ("Finding", "Test", "Intervention", "RedFlag")

STRUCTURE_KINDS = (
    "Bone",
    "Landmark",
    "Cartilage",
    "Joint",
    "Ligament",
    "Muscle",
    "Tendon",
    "Fascia",
    "Bursa",
    "Nerve",
    "Plexus",
    "SpinalNerve",
    "Tunnel",
    "NeuralTissue",
    "Viscus",
    "Vessel",
    "Region",
)

PREFIXES = {
    "kc": KC,
    "body": BODY,
    "chain": CHAIN,
    "clinical": CLINICAL,
    "cite": CITE,
    "rdfs": RDFS,
    "owl": OWL,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "ECO": "http://purl.obolibrary.org/obo/ECO_",
}


def local_name(iri: str) -> str:
    """The part of an IRI after its last slash or hash.

    >>> local_name("https://w3id.org/kinchain/body/gluteus_maximus")
    'gluteus_maximus'
    """
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def curie(iri: str) -> str:
    """An IRI as people write it in the files, or unchanged when no prefix fits.

    >>> curie("https://w3id.org/kinchain/body/gluteus_maximus")
    'body:gluteus_maximus'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
