"""What the places of a file allow their formulas to speak of."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.expression import Number

ZERO = Number(Fraction(0))
"""Stands for what has been reported already."""

QUOTE_IT = 'a name that is not one plain word is put in quotes, as in "No treaty"'
"""The hint where a name was wanted."""


class Context:
    """What a place allows.

    ``own``: a per-player parameter by itself is somebody's own entry; ``profile``: the formula is
    about a profile of strategies (``mine``, ``count`` and the like); ``answers``: it is about the
    game's answers (``payoff(Alice)``); ``words``: where the file has types or messages, it may
    speak of them (``type``, ``message``, ``response``); ``coalition``: it is about a member of a
    coalition (``size``, ``has``, ``others``); ``pair``: a pairwise parameter by itself is the
    number of two players. ``where`` says the place in words.
    """

    __slots__ = ("answers", "coalition", "own", "pair", "profile", "where", "words")

    def __init__(
        self,
        where: str,
        own: bool = False,
        profile: bool = False,
        answers: bool = False,
        words: bool = False,
        coalition: bool = False,
        pair: bool = False,
    ) -> None:
        self.where, self.own, self.profile = where, own, profile
        self.answers, self.words = answers, words
        self.coalition, self.pair = coalition, pair


DEFINITION = Context("in a definition", own=True, profile=True, words=True)
PAYOFF_FORMULA = Context("in a payoff formula", own=True, profile=True, words=True)
PAYOFF = Context("in a payoff of one profile", own=True, words=True)
SIGNALLED = Context("in the payoffs of a signalling game", own=True, words=True)
ASSUMPTION = Context("in an assumption", own=True)
PLAIN = Context("here")
CHANCE = Context("in a chance probability")
CLAIM = Context("in an expectation", answers=True)
WEIGHT = Context("in the weight of a total", own=True)
WORTH = Context("in the worth of a coalition", coalition=True)
UTILITY = Context("in the utility of a coalition", own=True, coalition=True)
OF_MEMBERS = Context("in a sum over players", own=True, coalition=True, pair=True)
OF_PAIR = Context("in the number of a pair", own=True, pair=True)
OWN = Context("in a number of each player", own=True)
AGAIN = Context("in what is played again and again")
EXIT_COST = Context("in a cost of exit", own=True)
CHOICE_WEIGHT = Context("in the weight of a total", own=True, profile=True)
CHOICE_RANGE = Context("in the range of a choice", own=True)
