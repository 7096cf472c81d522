"""What the server and a worker say to each other: one object after another over a pair of sockets.

The server's end never waits, since everybody would wait with it; a worker has nothing else to do.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from typing import Any

_SIZE = struct.Struct("!Q")
_AT_ONCE = 2**20  # bytes that are read ahead


class Line:
    """The worker's end: a method returns when all is said, or heard.

    >>> ours, theirs = socket.socketpair()
    >>> here, there = Line(ours), Line(theirs)
    >>> here.send({"site": "left knee"})
    >>> there.receive()
    {'site': 'left knee'}
    >>> here.close(); there.close()
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._file = end.makefile("rwb")

    def send(self, said: Any) -> None:
        """Say something.

        Raises
        ------
        ConnectionError  nobody listens any more
        """
        self._file.write(_packed(said))
        self._file.flush()

    def receive(self) -> Any:
        """What is said next.

        Raises
        ------
        EOFError, ConnectionError  nobody speaks any more
        """
        return pickle.loads(self._read(*_SIZE.unpack(self._read(_SIZE.size))))

    def _read(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def close(self) -> None:
        """Say no more."""
        self._file.close()
        self._end.close()


class Far:
    """The server's end, of one event loop."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def over(cls, end: socket.socket) -> Far:
        """The end that is a socket."""
        return cls(*await asyncio.open_connection(sock=end, limit=_AT_ONCE))

    def send(self, said: Any) -> None:
        """Say something; it is on its way when this returns."""
        self._writer.write(_packed(said))

    async def receive(self) -> Any:
        """What is said next.

        Raises
        ------
        EOFError, ConnectionError  the worker has ended
        """
        (size,) = _SIZE.unpack(await self._reader.readexactly(_SIZE.size))
        return pickle.loads(await self._reader.readexactly(size))

    def close(self) -> None:
        """Say no more."""
        self._writer.close()


def _packed(said: Any) -> bytes:
    data = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    return _SIZE.pack(len(data)) + data
