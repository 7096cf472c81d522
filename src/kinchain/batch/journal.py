"""The unfinished output: whole lines in the order of the rows, from which a run that was ended can go on.

Beside the file that was asked for stand two: ``NAME.part`` with a line for each row that is answered, and
``NAME.part.json``, which says of which run they are. The file itself appears when all rows are answered, whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from kinchain.errors import BadQuestion, CannotWrite
from kinchain.files import replacing

State = dict[str, Any]


class Journal:
    """The lines that a run has written so far; *state* says what run it is.

    Raises
    ------
    BadQuestion  there is one already and it was not said to go on, or it is of another run
    CannotWrite  the place cannot be written, or another process is writing there
    """

    def __init__(self, out: Path, state: State, *, resume: bool) -> None:
        self.path = out.with_name(out.name + ".part")
        self._about = out.with_name(out.name + ".part.json")
        if not out.parent.is_dir():
            raise CannotWrite(f"{out} cannot be written (there is no folder {out.parent}); choose another place")
        try:
            if self.path.exists():
                self._same_run(state, resume)
            else:
                with replacing(self._about) as part:
                    part.write_bytes(msgspec.json.format(msgspec.json.encode(state), indent=1))
            self._file = self.path.open("ab+")
            self._lock()
            self.done = self._whole_lines()
        except OSError as problem:
            raise CannotWrite(f"{out} cannot be written ({problem.strerror}); choose another place") from None

    def _same_run(self, state: State, resume: bool) -> None:
        if not resume:
            raise BadQuestion(
                f"{self.path} is left of a run that was not finished; go on with --resume, or delete it to begin again"
            )
        try:
            before: State = msgspec.json.decode(self._about.read_bytes())
        except (OSError, msgspec.DecodeError):
            raise BadQuestion(f"{self._about} cannot be read; delete {self.path} to begin again") from None
        other = [name for name in state if before.get(name) != state[name]]
        if other:
            raise BadQuestion(
                f"{self.path} is of another run (not the same: {', '.join(other)}); ask as before, or delete it"
            )

    def _lock(self) -> None:
        try:
            import fcntl
        except ModuleNotFoundError:  # Windows keeps others from a file that is open for writing
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise CannotWrite(f"another run is writing {self.path}; wait for it, or choose another place") from None

    def _whole_lines(self) -> int:
        """How many lines are whole; what follows them was torn and is cut off."""
        self._file.seek(0)
        count = end = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            count, end = count + 1, end + len(line)
        self._file.truncate(end)
        self._file.seek(end)
        return count

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, lines: Iterable[bytes]) -> None:
        """Write lines, which are on disk when this returns to the system.

        Raises
        ------
        CannotWrite  the disk is full
        """
        try:
            self._file.write(b"".join(lines))
            self._file.flush()
        except OSError as problem:
            raise CannotWrite(
                f"{self.path} cannot be written any further ({problem.strerror}); make room and go on with --resume"
            ) from None

    def lines(self) -> Iterator[bytes]:
        """All lines so far."""
        with self.path.open("rb") as file:
            yield from file

    def finish_as_it_is(self, out: Path) -> None:
        """Give the lines the name that was asked for."""
        os.fsync(self._file.fileno())
        self.path.replace(out)
        self._about.unlink(missing_ok=True)

    def forget(self) -> None:
        """Take the lines away, when the output was made from them."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)
