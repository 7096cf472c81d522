"""A worker that does as it is told, in the place of one with a body."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from kinchain.errors import InvalidOntology
from kinchain.server.reply import JSON, Reply, error


def obedient(connection: Connection) -> None:
    """Answers with its process's id; a number is how long that takes; "die" ends it."""
    connection.send(Reply(200, JSON, b""))
    try:
        while True:
            job = connection.recv()
            if job == "die":
                os._exit(1)
            if isinstance(job, (int, float)):
                time.sleep(job)
            connection.send(Reply(200, JSON, str(os.getpid()).encode()))
    except EOFError:
        return


def bodiless(connection: Connection) -> None:
    """A worker whose body cannot be had."""
    connection.send(error(InvalidOntology("no ontology here")))
