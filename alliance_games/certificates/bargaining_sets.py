"""What can be agreed on, as checkers see it: what a deal gives, and whether a line passes all."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from alliance_games.certificates import contracts
from alliance_games.model.bargaining import BargainingGame, Contracts, Lotteries
from alliance_games.results.named.bargaining import Deal

Weights = Mapping[str, Fraction]


class Feasible(Protocol):
    """The feasible agreements of a problem."""

    def gives(self, deal: Deal) -> tuple[Fraction, Fraction] | None:
        """What the agreement gives; None where it is none."""
        ...

    def is_on_line(self, weights: Weights, most: Fraction, terms: Mapping[str, Fraction]) -> bool:
        """Whether no agreement has a weighted sum above ``most``; ``terms`` are the contract that
        is said to have the largest, where agreements are contracts."""
        ...

    def is_best_for_other(self, deal: Deal, proposer: int) -> bool:
        """Whether of all agreements that are the proposer's best none is better for the other."""
        ...


def feasible(game: BargainingGame) -> Feasible:
    """The agreements of a problem."""
    if isinstance(game.over, Contracts):
        return FeasibleContracts(game, game.over)
    return FeasibleLotteries(game, game.over)


class FeasibleLotteries:
    """Outcomes and lotteries over them, seen outcome by outcome."""

    def __init__(self, game: BargainingGame, over: Lotteries) -> None:
        self.players = game.players
        self.outcomes = dict(over.outcomes())

    def gives(self, deal: Deal) -> tuple[Fraction, Fraction] | None:
        """The expected payoffs."""
        lottery = deal.outcomes
        if deal.terms or deal.choices or not lottery or not set(lottery) <= set(self.outcomes):
            return None
        if min(lottery.values()) <= 0 or sum(lottery.values()) != 1:
            return None
        first, second = (
            sum((p * self.outcomes[name][i] for name, p in lottery.items()), Fraction(0))
            for i in (0, 1)
        )
        return first, second

    def is_on_line(self, weights: Weights, most: Fraction, terms: Mapping[str, Fraction]) -> bool:
        """Every outcome is looked at."""
        own = [weights[p] for p in self.players]
        return not terms and all(own[0] * a + own[1] * b <= most for a, b in self.outcomes.values())

    def is_best_for_other(self, deal: Deal, proposer: int) -> bool:
        """Lotteries that are the proposer's best use outcomes that are."""
        mine, yours = (deal.payoffs[self.players[i]] for i in (proposer, 1 - proposer))
        return all(
            payoffs[1 - proposer] <= yours
            for payoffs in self.outcomes.values()
            if payoffs[proposer] == mine
        )


class FeasibleContracts:
    """Contracts: first-order conditions at the one named, where payoffs are concave."""

    def __init__(self, game: BargainingGame, over: Contracts) -> None:
        self.players, self.over = game.players, over

    def gives(self, deal: Deal) -> tuple[Fraction, Fraction] | None:
        """The payoffs at the terms."""
        place = self._place(deal.terms)
        if deal.outcomes or place is None or tuple(deal.choices) != self.players:
            return None
        if tuple(deal.choices.values()) != place:
            return None
        first, second = contracts.at(self.over, place)
        return first.value, second.value

    def _place(self, terms: Mapping[str, Fraction]) -> tuple[Fraction, ...] | None:
        """The terms in their order; None where one is missing or outside its range."""
        if tuple(terms) != self.over.terms:
            return None
        place = tuple(terms.values())
        within = all(low <= x <= high for x, (low, high) in zip(place, self.over.box, strict=True))
        return place if within else None

    def is_on_line(self, weights: Weights, most: Fraction, terms: Mapping[str, Fraction]) -> bool:
        """Concave payoffs, weights that are not negative, no slope to follow, and the sum."""
        place = self._place(terms)
        if place is None or min(weights.values()) < 0 or not contracts.are_concave(self.over):
            return False
        jets = contracts.at(self.over, place)
        own = [weights[p] for p in self.players]
        if own[0] * jets[0].value + own[1] * jets[1].value > most:
            return False
        for v, (x, (low, high)) in enumerate(zip(place, self.over.box, strict=True)):
            slope = own[0] * jets[0].slopes[v] + own[1] * jets[1].slopes[v]
            if (slope > 0 and x < high) or (slope < 0 and x > low):
                return False
        return True

    def is_best_for_other(self, deal: Deal, proposer: int) -> bool:
        """No other contract is the proposer's best: she would lose by moving any term."""
        place = self._place(deal.terms)
        if place is None:
            return False
        own = contracts.at(self.over, place)[proposer]
        open_ = tuple(v for v in (0, 1) if own.slopes[v] == 0)
        open_ = tuple(v for v in open_ if self.over.box[v][0] < self.over.box[v][1])
        return not open_ or contracts.is_strict(self.over, proposer, open_)
