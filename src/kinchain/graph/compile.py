"""The compiled body: the unsided model with its derived connections in one file that opens quickly.

Layout: ``MAGIC``, 64 bytes of ontology hash, 64 bytes of checksum (both SHA-256 in hexadecimal), then MessagePack. It
is written beside its place and moved there, so a reader sees the old file or the new one. A file that is missing,
truncated, foreign, or of another ontology or format raises ``DamagedBody``; the caller rebuilds it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kinchain.errors import DamagedBody
from kinchain.files import replacing
from kinchain.model import UnsidedModel

FORMAT = 6
MAGIC = b"kinchain body %03d\n" % FORMAT


def write(model: UnsidedModel, ontology_hash: str, path: Path) -> None:
    """Write a compiled body atomically.

    Raises
    ------
    OSError  the folder cannot be written
    """
    payload = msgspec.msgpack.encode(model)
    checksum = hashlib.sha256(payload).hexdigest().encode()
    with replacing(path) as part:
        part.write_bytes(MAGIC + ontology_hash.encode() + checksum + payload)


def read(path: Path, ontology_hash: str) -> UnsidedModel:
    """Read a compiled body that was built from exactly this ontology.

    Raises
    ------
    DamagedBody  missing, truncated, foreign, of another format or ontology
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedBody(f"{path} cannot be read ({error.strerror}); it will be rebuilt") from None
    head = len(MAGIC)
    if not data.startswith(MAGIC):
        raise DamagedBody(f"{path} is no compiled body of this version; it will be rebuilt")
    if data[head : head + 64] != ontology_hash.encode():
        raise DamagedBody(f"{path} was built from another ontology; it will be rebuilt")
    payload = data[head + 128 :]
    if hashlib.sha256(payload).hexdigest().encode() != data[head + 64 : head + 128]:
        raise DamagedBody(f"{path} is damaged (its checksum does not fit); it will be rebuilt")
    try:
        return msgspec.msgpack.decode(payload, type=UnsidedModel)
    except msgspec.MsgspecError:
        raise DamagedBody(f"{path} does not hold a body of this version; it will be rebuilt") from None
