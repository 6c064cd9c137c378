"""Columns of many rows as CSV, JSON Lines and Parquet, a part at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from alliance_games.parametric.columns import Column
from alliance_games.parametric.rows import BLANK
from alliance_games.render import decimals

if TYPE_CHECKING:
    from alliance_games.render.decimals import Field

LINES = 1 << 14
"""Rows that are turned into characters at once."""

_TO_QUOTE = re.compile(r'[",\r\n]')


class Sink(Protocol):
    """Where bytes go."""

    def write(self, content: bytes, /) -> int:
        """Write them."""
        ...


class Writer(Protocol):
    """What writes rows, part by part."""

    def __init__(self, stream: Sink, names: Sequence[str]) -> None: ...

    def write(self, columns: Sequence[Column], size: int) -> None:
        """Write rows."""
        ...

    def close(self) -> None:
        """Write what stands at the end."""
        ...


class NoParquet(Exception):
    """pyarrow is not installed; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            'Parquet needs pyarrow, which is an extra: pip install "alliance-games[parquet]"'
        )


class Csv:
    """RFC 4180 with plain line feeds, under a header."""

    def __init__(self, stream: Sink, names: Sequence[str]) -> None:
        self._stream = stream
        self._stream.write(b",".join(map(quoted, names)) + b"\n")

    def write(self, columns: Sequence[Column], size: int) -> None:
        """Write rows."""
        entries = [None if column.at is None else _field(column) for column in columns]
        for start in range(0, size, LINES):
            some = slice(start, min(start + LINES, size))
            fields = []
            for column, known in zip(columns, entries, strict=True):
                if known is None:
                    fields.append(_field(column._replace(data=column.data[some])))
                else:
                    at = column.at[some]
                    fields.append((known[0][at], known[1][at]))
            self._stream.write(decimals.lines(fields))

    def close(self) -> None:
        """Nothing is left to write."""


def quoted(text: str) -> bytes:
    """A field of a CSV file."""
    if _TO_QUOTE.search(text):
        text = '"' + text.replace('"', '""') + '"'
    return text.encode("utf-8", "backslashreplace")


def _field(column: Column) -> Field:
    match column.kind:
        case "whole":
            return decimals.whole(column.data, BLANK)
        case "decimal":
            return decimals.decimal(column.data)
        case "coded":
            return decimals.coded(column.data, [quoted(w) for w in column.vocabulary], BLANK)
        case _:
            return decimals.words([quoted(text) for text in column.data])


class JsonLines:
    """One JSON object a row; what a row does not have is null."""

    def __init__(self, stream: Sink, names: Sequence[str]) -> None:
        self._stream = stream

    def write(self, columns: Sequence[Column], size: int) -> None:
        """Write rows."""
        names = [column.name for column in columns]
        numbers = {"equilibrium", "corner"}
        entries = [
            [None if e is None else int(e) for e in column.each()]
            if column.name in numbers
            else column.each()
            for column in columns
        ]
        encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
        text = "".join(
            encode(dict(zip(names, row, strict=True))) + "\n" for row in zip(*entries, strict=True)
        )
        self._stream.write(text.encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        """Nothing is left to write."""


class Parquet:
    """A Parquet file with one group of rows for each part. Raises NoParquet."""

    def __init__(self, stream: Sink, names: Sequence[str]) -> None:
        require_parquet()
        self._stream = stream
        self._writer: Any = None

    def write(self, columns: Sequence[Column], size: int) -> None:
        """Write rows."""
        import pyarrow
        from pyarrow import parquet

        arrays = {column.name: _array(column) for column in columns}
        table = pyarrow.table(arrays)
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._stream, table.schema)
        self._writer.write_table(table)

    def close(self) -> None:
        """Write what stands at the end of the file."""
        if self._writer is not None:
            self._writer.close()


def require_parquet() -> None:
    """Raise NoParquet unless pyarrow can be imported."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise NoParquet from None


def _array(column: Column) -> Any:
    import pyarrow

    if column.kind == "words":
        return pyarrow.array(column.each(), type=pyarrow.string())
    data = column.data if column.at is None else column.data[column.at]
    if column.kind == "decimal":
        return pyarrow.array(data, mask=np.isnan(data))
    if column.kind == "whole":
        return pyarrow.array(data, mask=data == BLANK)
    if column.name in ("equilibrium", "corner"):
        return pyarrow.array(data, mask=data == 0)
    vocabulary = [word or None for word in column.vocabulary]
    words = pyarrow.array(vocabulary, type=pyarrow.string())
    return words.take(pyarrow.array(data, mask=data == BLANK))
