"""What the places of a file allow their formulas to speak of."""

from __future__ import annotations


class Context:
    """What a place allows.

    ``own``: a per-player parameter by itself is somebody's own entry; ``profile``: the formula is
    about a profile of strategies (``mine``, ``count`` and the like); ``answers``: it is about the
    game's answers (``payoff(Alice)``); ``words``: where the file has types or messages, it may
    speak of them (``type``, ``message``, ``response``). ``where`` says the place in words.
    """

    __slots__ = ("answers", "own", "profile", "where", "words")

    def __init__(
        self,
        where: str,
        own: bool = False,
        profile: bool = False,
        answers: bool = False,
        words: bool = False,
    ) -> None:
        self.where, self.own, self.profile = where, own, profile
        self.answers, self.words = answers, words


DEFINITION = Context("in a definition", own=True, profile=True, words=True)
PAYOFF_FORMULA = Context("in a payoff formula", own=True, profile=True, words=True)
PAYOFF = Context("in a payoff of one profile", own=True, words=True)
SIGNALLED = Context("in the payoffs of a signalling game", own=True, words=True)
ASSUMPTION = Context("in an assumption", own=True)
PLAIN = Context("here")
CHANCE = Context("in a chance probability")
CLAIM = Context("in an expectation", answers=True)
WEIGHT = Context("in the weight of a total", own=True)
CHOICE_WEIGHT = Context("in the weight of a total", own=True, profile=True)
CHOICE_RANGE = Context("in the range of a choice", own=True)
