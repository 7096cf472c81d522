"""The body as two pandas data frames, and as a folder of Parquet files that read back with the same types.

The columns are those of ``flat.NODE_COLUMNS`` and ``flat.EDGE_COLUMNS``. What has few values is categorical, with all
values that the ontology knows, so that a part of the body has the same types as the whole. ``evidence`` is ordered,
the surest highest: ``edges[edges.evidence >= "Moderate"]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports.flat import SOURCE_COLUMNS, Column, Row, Tables, whole, works
from kinchain.files import replacing_folder
from kinchain.model import Side, SidedModel, UnsidedModel

if TYPE_CHECKING:
    import pandas as pd

MARK = "nodes.parquet"


def nodes(model: SidedModel) -> pd.DataFrame:
    """The structures of a body, one a row.

    >>> from kinchain import Body
    >>> frame = nodes(Body.load().model)
    >>> frame[frame.kind == "Bone"].shape[0]
    206
    """
    tables = whole(model)
    return _frame(tables.node_columns, tables.nodes, _categories(model.unsided))


def edges(model: SidedModel) -> pd.DataFrame:
    """The connections of a body, one a row.

    >>> from kinchain import Body
    >>> frame = edges(Body.load().model)
    >>> bool((frame[frame.evidence >= "Strong"].source == "right_soleus").any())
    True
    """
    tables = whole(model)
    return _frame(tables.edge_columns, tables.edges, _categories(model.unsided))


def sources(model: SidedModel) -> pd.DataFrame:
    """The works that the connections of a body cite, one a row.

    >>> from kinchain import Body
    >>> frame = sources(Body.load().model)
    >>> frame.loc[frame.id == "standring_2020", "label"].item()
    'Standring 2020'
    """
    return _frame(SOURCE_COLUMNS, works(whole(model)), {})


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write a body as a folder with ``nodes.parquet``, ``edges.parquet`` and ``sources.parquet``, whole or not at all.

    Raises
    ------
    CannotWrite  the folder cannot be written, or holds something else
    """
    write_tables(whole(model), path)


def write_tables(tables: Tables, path: Path) -> None:
    """Write a body, a part of it or a walk."""
    categories = _categories(tables.model)
    found = {
        MARK: _frame(tables.node_columns, tables.nodes, categories),
        "edges.parquet": _frame(tables.edge_columns, tables.edges, categories),
        "sources.parquet": _frame(SOURCE_COLUMNS, works(tables), {}),
    }
    with replacing_folder(path, MARK, "export") as folder:
        for name, frame in found.items():
            frame.to_parquet(folder / name, engine="pyarrow")


def read(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The nodes and edges of such a folder.

    >>> import tempfile
    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> calf = part(Body.load().model, {"right_soleus", "right_tibial_nerve"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(calf, Path("ontology"), Path(folder, "calf"))
    ...     bool((read(Path(folder, "calf"))[1].dtypes == edges(calf).dtypes).all())
    True
    """
    import pandas as pd

    return pd.read_parquet(path / MARK, engine="pyarrow"), pd.read_parquet(path / "edges.parquet", engine="pyarrow")


def _categories(model: UnsidedModel) -> dict[str, pd.CategoricalDtype]:
    import pandas as pd

    def of(values: set[str]) -> pd.CategoricalDtype:
        return pd.CategoricalDtype(sorted(values - {""}))

    connections, grades = model.connections, sorted(model.grades.values(), key=lambda grade: -grade.order)
    return {
        "kind": of({s.kind for s in model.structures.values()}),
        "side": pd.CategoricalDtype([str(side) for side in Side if side is not Side.EITHER]),
        "entered": pd.CategoricalDtype([str(Side.RIGHT), str(Side.LEFT)]),
        "role": pd.CategoricalDtype(["through", "depart", "whole"]),
        "relation": of(set(model.relations)),
        "family": of({relation.family for relation in model.relations.values()}),
        "evidence": pd.CategoricalDtype([grade.name for grade in grades], ordered=True),
        "derived_by": of({c.derived_by for c in connections}),
        "mechanism": of({c.mechanism for c in connections}),
        "frequency": of({c.frequency for c in connections}),
        "force_setting": of({c.setting for c in connections}),
    }


def _frame(columns: Sequence[Column], rows: Sequence[Row], categories: dict[str, pd.CategoricalDtype]) -> pd.DataFrame:
    """Rows as a frame; texts are ``str``, numbers ``float64``, and what is not said is missing."""
    import pandas as pd

    types = {"string": "str", "boolean": "bool", "number": "float64"}
    return pd.DataFrame(
        {c.name: pd.Series([row[c.name] for row in rows], dtype=categories.get(c.name, types[c.type])) for c in columns}
    )
