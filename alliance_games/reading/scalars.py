"""Where the characters of a scalar stand in the text it was written in."""

from __future__ import annotations

# YAML folds and drops spaces and line ends; all other characters come through in order.
_SPACES = frozenset(" \t\n\r\x85\u2028\u2029")
_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}
_ESCAPED_SPACES = frozenset(" \tntrNLP")


def written_at(text: str, source: str, start: int, end: int, block: bool) -> list[int]:
    """For each character of ``text`` its offset in ``source``, of which it is ``[start:end]``.

    A folded space stands after the character before it.
    """
    places = iter(_inked(source, start, end, block))
    offsets, place = [], start
    for character in text:
        # An exhausted iterator would mean a style of scalar unknown here; stay near then.
        place = place + 1 if character in _SPACES else next(places, place)
        offsets.append(min(place, max(end - 1, start)))
    return offsets


def _inked(source: str, start: int, end: int, block: bool) -> list[int]:
    """The offsets at which the characters that are not spaces begin."""
    if block:
        # What follows | or > on its line is no content.
        while start < end and source[start] not in "\n\r\x85\u2028\u2029":
            start += 1
    quote = source[start] if not block and start < end and source[start] in "\"'" else ""
    if quote:
        start, end = start + 1, end - 1
    found, place = [], start
    while place < end:
        character = source[place]
        if quote == '"' and character == "\\" and place + 1 < end:
            kind = source[place + 1]
            if kind not in _ESCAPED_SPACES and kind not in _SPACES:
                found.append(place)
            place += 2 + _ESCAPE_DIGITS.get(kind, 0)
            continue
        if character not in _SPACES:
            found.append(place)
        place += 2 if quote == character == "'" else 1
    return found
