"""The triples of a body in an Oxigraph store on disk, kept in the user's cache so that a query opens it at once.

Loading a million triples takes some ten seconds, opening a store that holds them hundredths of one. A store is keyed
by the ontology's hash, built in a folder of its own beside its place and moved there whole: a reader finds a whole
store or none, and of two builds at once the first wins. It is opened for reading only, by any number of processes.
One whose files are not those that were written is built again; damage inside a file is found by RocksDB's checksums
while reading, and ``discard`` then makes room for a new one.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain import locate
from kinchain.errors import CannotWrite
from kinchain.exports import triples
from kinchain.store import container

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel

FORMAT = 3  # of the triples and of the folder: one more when either changes
_MADE = "made.json"
_KEPT = 2  # stores of one ontology folder: the newest, and one for another version of kinchain
_A_DAY = 86_400.0
_temporary: dict[Path, Path] = {}


def open_store(model: SidedModel, root: Path) -> ox.Store:
    """A read-only store with the ontology and the sided graph, all in its default graph.

    The first call for an ontology builds the store, which takes some ten seconds.

    Raises
    ------
    InvalidOntology  the ontology cannot be read
    CannotWrite      neither the cache nor the folder for temporary files can be written

    >>> from kinchain import locate
    >>> from kinchain.body import Body
    >>> store = open_store(Body.load().model, locate.ontology_dir())
    >>> bool(store.query("ASK { ?muscle kc:side 'right' }", prefixes=triples.PREFIXES))
    True
    """
    import pyoxigraph as ox

    return ox.Store.read_only(str(ensure(root, lambda: model)))


def ensure(root: Path, model: Callable[[], SidedModel], notice: Callable[[str], None] = lambda _: None) -> Path:
    """The folder of the store of an ontology; it is built first when there is none that fits.

    *model* is called, and *notice* told, only if the store must be built.

    Raises
    ------
    InvalidOntology  the ontology cannot be read
    CannotWrite      neither the cache nor the folder for temporary files can be written
    """
    place = folder(root)
    if _is_whole(place):
        return place / "db"
    if place in _temporary and _is_whole(_temporary[place]):
        return _temporary[place] / "db"
    notice("loading the triples into a store, once for this state of the ontology; this takes some ten seconds")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=place.parent, prefix=place.name, suffix=".part"))
    except OSError as error:
        return _without_cache(place, root, model, notice, error)
    try:
        _build(part, root, model())
        _move(part, place)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        return _without_cache(place, root, model, notice, error)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _tidy(place)
    return place / "db"


def folder(root: Path) -> Path:
    """Where the store of an ontology folder is, or would be.

    The name depends on all that the store depends on: the ontology, the shape of body and triples, the engine.
    """
    import pyoxigraph as ox

    *_, body = locate.compiled_files(root)
    made_of = f"{FORMAT} {container.FORMAT} {ox.__version__} {locate.ontology_hash(root)}"
    return body.parent / f"store-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}"


def discard(root: Path) -> None:
    """Take a store away that turned out to be damaged."""
    place = folder(root)
    shutil.rmtree(_temporary.pop(place, place), ignore_errors=True)


def _build(part: Path, root: Path, model: SidedModel) -> None:
    """Fill a folder: the triples as text first, since Oxigraph loads text faster than Python can hand it terms."""
    import pyoxigraph as ox

    text = part / "all.nt"
    ox.serialize(triples.walkable(model, root), str(text), format=ox.RdfFormat.N_TRIPLES)
    store = ox.Store(str(part / "db"))
    store.bulk_load(path=str(text), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()
    del store  # closes it
    text.unlink()
    (part / _MADE).write_text(json.dumps(_sizes(part / "db"), indent=1, sort_keys=True), encoding="utf-8")


def _sizes(database: Path) -> dict[str, int]:
    """The files that hold the data and do not change when the store is read."""
    kept = [path for pattern in ("*.sst", "MANIFEST-*", "CURRENT") for path in database.glob(pattern)]
    return {path.name: path.stat().st_size for path in kept}


def _is_whole(place: Path) -> bool:
    try:
        made = json.loads((place / _MADE).read_text("utf-8"))
        return bool(made) and made == _sizes(place / "db")
    except (OSError, ValueError):
        return False


def _move(part: Path, place: Path) -> None:
    """Give a built folder its name, unless another process was first."""
    part.chmod(0o755)
    try:
        part.rename(place)
    except OSError:
        if _is_whole(place):
            shutil.rmtree(part, ignore_errors=True)
            return
        damaged = Path(tempfile.mkdtemp(dir=place.parent, prefix=place.name, suffix=".part"))
        place.rename(damaged / "damaged")
        part.rename(place)
        shutil.rmtree(damaged, ignore_errors=True)


def _without_cache(
    place: Path, root: Path, model: Callable[[], SidedModel], notice: Callable[[str], None], error: OSError
) -> Path:
    """The cache cannot be written: a store for the life of this process."""
    notice(f"the store cannot be kept in {place.parent} ({error.strerror or error}); each command will take longer")
    try:
        part = Path(tempfile.mkdtemp(prefix="kinchain-"))
        atexit.register(shutil.rmtree, part, ignore_errors=True)
        _build(part, root, model())
    except OSError as second:
        raise CannotWrite(
            f"the triples cannot be stored in {tempfile.gettempdir()} ({second.strerror or second}); "
            "make room there, or let TMPDIR or XDG_CACHE_HOME name a folder with 300 MB to spare"
        ) from None
    _temporary[place] = part
    return part / "db"


def _tidy(place: Path) -> None:
    """Take away what other states of the same ontology left, and what builds left that were killed a day ago."""

    def made(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    parts = [path for path in place.parent.glob("store-*.part") if made(path) < time.time() - _A_DAY]
    others = [path for path in place.parent.glob("store-*") if path.suffix != ".part" and path != place]
    for old in parts + sorted(others, key=made, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
