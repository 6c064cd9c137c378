"""From a game to text: Gambit's formats and our own YAML, exactly.

What a format cannot carry is named in its module; where it could not carry a game at all, ``Unfit``
says why.
"""

from __future__ import annotations


class Unfit(ValueError):
    """A game that a format cannot hold; the message says why, for a reader."""
