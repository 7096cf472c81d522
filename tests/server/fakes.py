"""A worker that does as it is told, in the place of one with a body."""

from __future__ import annotations

import os
import time

from kinchain.errors import InvalidOntology
from kinchain.server.channel import Line
from kinchain.server.reply import JSON, Reply, error


def obedient(line: Line) -> None:
    """Answers with its process's id; a number is how long that takes, "die" ends it, bytes come back."""
    line.send(Reply(200, JSON, b""))
    try:
        while True:
            job = line.receive()
            if job == "die":
                os._exit(1)
            if isinstance(job, (int, float)):
                time.sleep(job)
            line.send(Reply(200, JSON, job if isinstance(job, bytes) else str(os.getpid()).encode()))
    except (EOFError, ConnectionError):
        return


def bodiless(line: Line) -> None:
    """A worker whose body cannot be had."""
    line.send(error(InvalidOntology("no ontology here")))
