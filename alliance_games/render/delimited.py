"""Columns of many rows as CSV, JSON Lines and Parquet, a part at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby, product
from math import prod
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from alliance_games.parametric.sweeps.columns import Column
from alliance_games.parametric.sweeps.rows import BLANK
from alliance_games.render import decimals

if TYPE_CHECKING:
    from alliance_games.render.decimals import Bytes

LINES = 1 << 14
"""Rows that are turned into characters at once."""

MOST_COMBINED = 1 << 14
"""Combinations of codes that are worth a table."""

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
        self._known: dict[tuple[Any, ...], Bytes] = {}

    def write(self, columns: Sequence[Column], size: int) -> None:
        """Write rows.

        What each point has once is put into characters once; of codes that stand side by side
        every combination is.
        """
        groups = [(key, list(own)) for key, own in groupby(columns, _way)]
        shared = {
            place: decimals.beside([_field(column) for column in own], b",")
            for place, (key, own) in enumerate(groups)
            if key == "points"
        }
        for start in range(0, size, LINES):
            some = slice(start, min(start + LINES, size))
            tables = []
            for place, (key, own) in enumerate(groups):
                end = b"\n" if place == len(groups) - 1 else b","
                if key == "points":
                    tables.append(shared[place][own[0].at[some]])
                elif key == "codes":
                    tables.append(self._coded(own, some, end))
                else:
                    tables += decimals.separated(_fields(own, some), end)
            if groups[-1][0] == "points":
                tables[-1][:, -1] = ord("\n")
            self._stream.write(decimals.text_of(np.concatenate(tables, axis=1)))

    def _coded(self, columns: Sequence[Column], some: slice, end: bytes) -> Bytes:
        """Columns of codes, looked up in one table of all their combinations."""
        tables, codes = [], []
        for column in columns:
            vocabulary = [quoted(word) for word in column.vocabulary]
            data = column.data[some]
            codes.append(np.where(data == BLANK, len(vocabulary), data).astype(np.int64))
            tables.append([*vocabulary, b""])
        if prod(map(len, tables)) > MOST_COMBINED:
            return decimals.beside(
                [decimals.words(table)[code] for table, code in zip(tables, codes, strict=True)],
                end,
            )
        key = (end, *map(tuple, tables))
        if key not in self._known:
            texts = [b",".join(parts) + end for parts in product(*tables)]
            self._known = {key: decimals.words(texts), **dict(list(self._known.items())[:3])}
        whole = codes[0]
        for table, code in zip(tables[1:], codes[1:], strict=True):
            whole = whole * len(table) + code
        return self._known[key][whole]

    def close(self) -> None:
        """Nothing is left to write."""


def _way(column: Column) -> str:
    """How a column is put into characters: columns of one way that stand together go together."""
    if column.at is not None:
        return "points"
    return "codes" if column.kind in ("coded", "numerals") else "rows"


def quoted(text: str) -> bytes:
    """A field of a CSV file."""
    if _TO_QUOTE.search(text):
        text = '"' + text.replace('"', '""') + '"'
    return text.encode("utf-8", "backslashreplace")


def _fields(columns: Sequence[Column], some: slice) -> list[Bytes]:
    """Some entries of columns; those that are alike (of players in the same place, say) are put
    into characters once."""
    fields: list[Bytes] = []
    seen: list[tuple[Any, Bytes]] = []
    for column in columns:
        data = column.data[some]
        if column.kind != "decimal":
            fields.append(_field(column._replace(data=data)))
            continue
        bits = np.ascontiguousarray(data).view(np.int64)
        same = (field for other, field in seen if np.array_equal(other, bits))
        field = next(same, None)
        if field is None:
            field = decimals.decimal(data)
            seen.append((bits, field))
        fields.append(field)
    return fields


def _field(column: Column) -> Bytes:
    match column.kind:
        case "whole":
            return decimals.whole(column.data, BLANK)
        case "decimal":
            return decimals.decimal(column.data)
        case "coded" | "numerals":
            table = decimals.words([*map(quoted, column.vocabulary), b""])
            codes = np.where(column.data == BLANK, len(column.vocabulary), column.data)
            return table[codes.astype(np.int64)]
        case _:
            return decimals.words([quoted(text) for text in column.data])


class JsonLines:
    """One JSON object a row; what a row does not have is null."""

    def __init__(self, stream: Sink, names: Sequence[str]) -> None:
        self._stream = stream

    def write(self, columns: Sequence[Column], size: int) -> None:
        """Write rows."""
        names = [column.name for column in columns]
        entries = [column.each() for column in columns]
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
    if column.kind == "numerals":
        return pyarrow.array(column.each(), type=pyarrow.int64())
    vocabulary = [word or None for word in column.vocabulary]
    words = pyarrow.array(vocabulary, type=pyarrow.string())
    return words.take(pyarrow.array(data, mask=data == BLANK))
