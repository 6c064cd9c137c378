"""Columns of numbers and words as characters, many rows at a time.

Every entry becomes a row of a table of bytes, with a second table that says which of the bytes are
meant; a whole chunk of lines is then cut out in one operation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Kept = NDArray[np.bool_]
    Field = tuple[Bytes, Kept]
    """The characters of a column's entries, one a row, and which of them are meant."""

PLACES = 12
"""Digits after the point, and significant digits of what is very large or small."""

_WHOLE = 12
_POWERS = 10 ** np.arange(_WHOLE - 1, -1, -1, dtype=np.int64)


def decimal(values: NDArray[np.float64]) -> Field:
    """Decimals of PLACES digits after the point, zeros at the end left out; large numbers have
    fewer of them, very large and very small ones are written with an exponent. What is not a
    number is left blank."""
    size = len(values)
    with np.errstate(invalid="ignore"):
        large = np.abs(values)
        usual = (large == 0) | ((large >= 1e-3) & (large < 1e9))
        step = np.where(large < 1e3, 0, np.where(large < 1e6, 1, 2))
        scale = np.array([10**12, 10**9, 10**6], dtype=np.int64)[step]
        scaled = np.where(usual, np.rint(large * scale), 0).astype(np.int64)
    whole, rest = np.divmod(scaled, scale)
    rest *= np.array([1, 10**3, 10**6], dtype=np.int64)[step]
    text = np.empty((size, 1 + _WHOLE + 1 + PLACES), dtype=np.uint8)
    keep = np.empty(text.shape, dtype=np.bool_)
    text[:, 0] = ord("-")
    keep[:, 0] = (values < 0) & (scaled > 0)
    _digits(whole, text[:, 1 : 1 + _WHOLE])
    keep[:, 1:_WHOLE] = whole[:, None] >= _POWERS[None, :-1]
    keep[:, _WHOLE] = True
    text[:, 1 + _WHOLE] = ord(".")
    keep[:, 1 + _WHOLE] = rest > 0
    tail = text[:, 2 + _WHOLE :]
    _digits(rest, tail)
    later = np.zeros(size, dtype=np.bool_)
    for place in range(PLACES - 1, -1, -1):
        later |= tail[:, place] != ord("0")
        keep[:, 2 + _WHOLE + place] = later
    unusual = np.flatnonzero(~usual)
    if len(unusual):
        texts = [_unusual(value) for value in values[unusual].tolist()]
        text[unusual], keep[unusual] = words(texts, text.shape[1])
        return text, keep
    # Signs and digits that no entry has need not be looked through again and again.
    first = 1 + _WHOLE - len(str(int(whole.max()))) if size else _WHOLE
    if keep[:, 0].any():
        first -= 1
        text[:, first], keep[:, first] = text[:, 0], keep[:, 0].copy()
    last = text.shape[1] if rest.any() else 1 + _WHOLE
    return text[:, first:last], keep[:, first:last]


def _unusual(value: float) -> bytes:
    return b"" if value != value else f"{value:.{PLACES}g}".encode()


def whole(values: NDArray[np.int64], blank: int) -> Field:
    """Whole numbers of at most 12 digits; ``blank`` is left blank."""
    size = np.abs(values)
    width = len(str(int(size.max()))) if len(values) else 1
    text = np.empty((len(values), 1 + _WHOLE), dtype=np.uint8)
    keep = np.empty(text.shape, dtype=np.bool_)
    text[:, 0] = ord("-")
    keep[:, 0] = values < 0
    _digits(size, text[:, 1:])
    keep[:, 1:_WHOLE] = size[:, None] >= _POWERS[None, :-1]
    keep[:, _WHOLE] = True
    keep[values == blank] = False
    used = np.r_[0, 1 + _WHOLE - width : 1 + _WHOLE]
    return text[:, used], keep[:, used]


def words(texts: Sequence[bytes], width: int | None = None) -> Field:
    """Texts as they are."""
    lengths = np.array([len(one) for one in texts], dtype=np.int64)
    width = max(width or 1, int(lengths.max()) if len(texts) else 1, 1)
    joined = b"".join(one.ljust(width, b" ") for one in texts)
    text = np.frombuffer(joined, dtype=np.uint8).reshape(len(texts), width)
    return text, np.arange(width)[None, :] < lengths[:, None]


def coded(codes: NDArray[np.int64], vocabulary: Sequence[bytes], blank: int) -> Field:
    """Texts by their place in a vocabulary; ``blank`` is left blank."""
    text, keep = words([*vocabulary, b""])
    places = np.where(codes == blank, len(vocabulary), codes)
    return text[places], keep[places]


def lines(fields: Sequence[Field]) -> bytes:
    """The fields of all rows, separated by commas, each row on a line."""
    size = len(fields[0][0])
    comma = np.full((size, 1), ord(","), dtype=np.uint8)
    always = np.ones((size, 1), dtype=np.bool_)
    texts: list[Any] = []
    kept: list[Any] = []
    for text, keep in fields:
        texts += [text, comma]
        kept += [keep, always]
    texts[-1] = np.full((size, 1), ord("\n"), dtype=np.uint8)
    result: bytes = np.concatenate(texts, axis=1)[np.concatenate(kept, axis=1)].tobytes()
    return result


@lru_cache(maxsize=1)
def _four() -> NDArray[np.uint32]:
    """The four digits of every number below 10,000, as the bytes of one integer each."""
    text = b"".join(b"%04d" % number for number in range(10_000))
    return np.frombuffer(text, dtype=np.uint32)


def _digits(values: NDArray[np.int64], into: Bytes) -> None:
    """Write twelve digits of each number, zeros in front included."""
    upper, low = np.divmod(values, 10_000)
    high, middle = np.divmod(upper, 10_000)
    groups = np.stack([_four()[group] for group in (high, middle, low)], axis=1)
    into[:] = groups.view(np.uint8).reshape(len(values), 12)
