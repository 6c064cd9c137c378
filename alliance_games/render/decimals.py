"""Columns of numbers and words as characters, many rows at a time.

Every entry becomes a row of a table of bytes, filled up with a byte that no text holds; many tables
are put side by side, and the filling is left out of all of them in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    """The characters of a column's entries, one entry a row, filled up with FILLING."""

PLACES = 12
"""Digits after the point, and significant digits of what is very large or small."""

FILLING = 255
"""A byte that UTF-8 never uses."""

_NOUGHT = ord("0")
_USUAL = (1e-3, 1e9)
_SCALES = np.array([10**12, 10**9, 10**6], dtype=np.int64)
_COUNT = np.arange(PLACES)[None, :]
_SHIFTS = np.array([1, 10**3, 10**6], dtype=np.int64)


def decimal(values: NDArray[np.float64]) -> Bytes:
    """Decimals of PLACES digits after the point, zeros at the end left out; large numbers have
    fewer of them, very large and very small ones are written with an exponent. What is not a
    number is left blank."""
    simple = (values == 0) | (values == 1)
    others = np.flatnonzero(~simple)
    if len(others) == len(values):
        return _decimal(values)
    if not len(others):
        return (values.astype(np.uint8) + _NOUGHT)[:, None]
    found = _decimal(values[others])
    text = np.full((len(values), found.shape[1]), FILLING, dtype=np.uint8)
    text[others] = found
    text[simple, 0] = values[simple].astype(np.uint8) + _NOUGHT
    return text


def _decimal(values: NDArray[np.float64]) -> Bytes:
    with np.errstate(invalid="ignore", over="ignore"):
        large = np.abs(values)
        usual = (large == 0) | ((large >= _USUAL[0]) & (large < _USUAL[1]))
        step = (large >= 1e3).astype(np.int8) + (large >= 1e6)
        # A division by one number is much faster than one by many.
        one = not step.any()
        scale = 10**PLACES if one else _SCALES[step]
        scaled = np.rint(large * scale)
        if not usual.all():
            scaled[~usual] = 0
        scaled = scaled.astype(np.int64)
    ahead, rest = np.divmod(scaled, scale)
    if not one:
        rest *= _SHIFTS[step]
    parts: list[Bytes] = []
    if (values < 0).any():
        sign = np.where((values < 0) & (scaled > 0), ord("-"), FILLING)
        parts.append(sign.astype(np.uint8)[:, None])
    parts.append(_whole(ahead))
    if rest.any():
        point = np.where(rest > 0, ord("."), FILLING).astype(np.uint8)[:, None]
        parts += [point, _fraction(rest)]
    text = np.concatenate(parts, axis=1)
    unusual = np.flatnonzero(~usual)
    if len(unusual):
        written = words([_unusual(value) for value in values[unusual].tolist()])
        if written.shape[1] > text.shape[1]:
            text = _widened(text, written.shape[1])
        text[unusual] = _widened(written, text.shape[1])
    return text


def _unusual(value: float) -> bytes:
    return b"" if value != value else f"{value:.{PLACES}g}".encode()


def _widened(text: Bytes, width: int) -> Bytes:
    more = np.full((len(text), width - text.shape[1]), FILLING, dtype=np.uint8)
    return np.concatenate([text, more], axis=1)


def _whole(values: NDArray[np.int64]) -> Bytes:
    """Numbers from 0 to 10^12, without zeros in front."""
    most = int(values.max()) if len(values) else 0
    digits = len(str(most))
    groups = _groups(values, -(-digits // 4))
    text = groups[:, groups.shape[1] - digits :]
    if digits == 1:
        return text
    powers = 10 ** np.arange(digits - 1, 0, -1, dtype=np.int64)
    leading = np.where(values[:, None] >= powers[None, :], text[:, :-1], FILLING)
    return np.concatenate([leading.astype(np.uint8), text[:, -1:]], axis=1)


def _fraction(values: NDArray[np.int64]) -> Bytes:
    """Numbers of twelve digits, without zeros at the end."""
    four, zeros = _four(), _zeros()
    upper, low = np.divmod(values, 10_000)
    high, middle = np.divmod(upper, 10_000)
    groups = np.empty((len(values), 3), dtype=np.uint32)
    groups[:, 0], groups[:, 1], groups[:, 2] = four[high], four[middle], four[low]
    text = groups.view(np.uint8)
    short = np.flatnonzero(zeros[low])
    if len(short):
        middle, high, low = middle[short], high[short], low[short]
        ends = np.where(middle > 0, zeros[middle], 4 + zeros[high])
        used = PLACES - np.where(low > 0, zeros[low], 4 + ends)
        text[short] = np.where(used[:, None] > _COUNT, text[short], FILLING)
    return text


def _groups(values: NDArray[np.int64], number: int) -> Bytes:
    """The digits in groups of four, zeros in front included."""
    four = _four()
    groups = np.empty((len(values), number), dtype=np.uint32)
    for place in range(number - 1, -1, -1):
        values, rest = np.divmod(values, 10_000) if place else (values, values)
        groups[:, place] = four[rest]
    return groups.view(np.uint8)


@lru_cache(maxsize=1)
def _four() -> NDArray[np.uint32]:
    """The four digits of every number below 10,000, as the bytes of one integer each."""
    text = b"".join(b"%04d" % number for number in range(10_000))
    return np.frombuffer(text, dtype=np.uint32)


@lru_cache(maxsize=1)
def _zeros() -> NDArray[np.int8]:
    """How many zeros the four digits of every number below 10,000 end in."""
    ends = [4 - len(f"{number:04d}".rstrip("0")) for number in range(10_000)]
    return np.array(ends, dtype=np.int8)


def whole(values: NDArray[Any], blank: int) -> Bytes:
    """Whole numbers of at most 12 digits; ``blank`` is left blank."""
    values = values.astype(np.int64)
    missing = values == blank
    size = np.where(missing, 0, np.abs(values))
    text = _whole(size)
    if missing.any():
        text = np.where(missing[:, None], FILLING, text).astype(np.uint8)
    negative = (values < 0) & ~missing
    if negative.any():
        sign = np.where(negative, ord("-"), FILLING).astype(np.uint8)[:, None]
        text = np.concatenate([sign, text], axis=1)
    return text


def words(texts: Sequence[bytes]) -> Bytes:
    """Texts as they are."""
    width = max(1, *map(len, texts)) if texts else 1
    joined = b"".join(one.ljust(width, b"\xff") for one in texts)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(texts), width)


def separated(tables: Sequence[Bytes], end: bytes) -> list[Bytes]:
    """Tables with a comma after each and ``end`` after the last, to be put side by side."""
    size = len(tables[0])
    comma = np.full((size, 1), ord(","), dtype=np.uint8)
    parts = [part for table in tables for part in (table, comma)]
    parts[-1] = np.full((size, 1), end[0], dtype=np.uint8)
    return parts


def beside(tables: Sequence[Bytes], end: bytes) -> Bytes:
    """Tables side by side, a comma after each and ``end`` after the last."""
    return np.concatenate(separated(tables, end), axis=1)


def text_of(table: Bytes) -> bytes:
    """The characters of a table, row after row, the filling left out."""
    return table.tobytes().translate(None, bytes([FILLING]))
