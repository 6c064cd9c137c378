"""'Did you mean': the known word nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 60


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None where none is much like it.

    Case and the difference between spaces, hyphens and underscores cost nothing; of two
    equally near words the alphabetically first wins, so that the answer does not depend on
    the order they are given in.
    """
    if len(word) > _LONGEST:
        return None
    plain = _plain(word)
    best: tuple[int, str] | None = None
    for candidate in known:
        if candidate == word or len(candidate) > _LONGEST:
            continue
        other = _plain(candidate)
        # A third of the word may differ, and never all of a short one.
        allowed = min(max(len(plain), len(other)) // 3 or 1, max(len(plain), len(other)) - 1)
        if abs(len(plain) - len(other)) > allowed:
            continue
        distance = _distance(plain, other, allowed)
        if distance <= allowed and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best is not None else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean 'Rabbit'?``, or an empty text where no known word is near."""
    word_meant = nearest(word, known)
    return f"did you mean '{word_meant}'?" if word_meant is not None else ""


def _plain(word: str) -> str:
    return word.casefold().replace("_", " ").replace("-", " ")


def _distance(first: str, second: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words; > limit if many.

    Optimal string alignment; two swapped letters are the commonest slip and count once.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]


def listed(known: Iterable[str], most: int = 8) -> str:
    """``Stag, Rabbit``; ``fears, calm; calm, calm`` where a word has commas. A long one is cut."""
    words = list(known)
    between = "; " if any("," in word for word in words[:most]) else ", "
    return between.join(words[:most]) + (f"{between}..." if len(words) > most else "")
