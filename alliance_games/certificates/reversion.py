"""Is a profile sustained by reversion just where it is said to be? Recounted from the definition.

The punishments are held to be equilibria of the stage, deviation by deviation; then, at every end
of the discount factors told, inside them and between them, the present values of keeping to the
profile and of being punished are solved from their own equations, and every deviation of every
player in every state is weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product

from alliance_games.exact.fields import unique_solution
from alliance_games.model.normal import NormalGame
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import Discounts, Sustained, Thresholds
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "the punishments are equilibria of the stage, and no pure one is worse for whom they punish; "
    "at the ends of the discount factors, inside them and between them every deviation was weighed"
)


def check(game: RepeatedGame, solution: Solution) -> Certificate:
    """Hold the thresholds of all profiles to the definition."""
    if not isinstance(solution, Thresholds):
        return Certificate(False, "no thresholds of discount factors")
    punished = _punishment_payoffs(game, solution)
    if punished is None:
        return Certificate(False, "a punishment is no equilibrium of the stage, or not the worst")
    named = [one.profile for one in solution.profiles]
    if sorted(named) != sorted(game.stage.names(profile) for profile in game.stage.profiles()):
        return Certificate(False, "the profiles are not those of the stage")
    for one in solution.profiles:
        if not _holds_where_told(game, one, punished):
            return Certificate(False, f"{', '.join(one.profile)}: other discount factors do")
    return Certificate(True, CLAIM)


def _punishment_payoffs(game: RepeatedGame, told: Thresholds) -> list[list[Fraction]] | None:
    """By player and state what she gets once punished; None where a punishment is none."""
    rows = {(one.player, one.state): one for one in told.punishments}
    if len(rows) != len(told.punishments) or len(rows) != len(game.players) * len(game.states):
        return None
    payoffs = []
    for place, player in enumerate(game.players):
        own = []
        for state, stage in zip(game.states, game.stages, strict=True):
            one = rows.get((player, state))
            if one is None or not _is_equilibrium(stage, game, one.play):
                return None
            if _payoff(stage, game, one.play, place) != one.payoff:
                return None
            if game.punish is None and one.payoff > _lowest_pure(stage, place):
                return None
            own.append(one.payoff)
        payoffs.append(own)
    return payoffs


Play = Mapping[str, Mapping[str, Fraction]]


def _payoff(stage: NormalGame, game: RepeatedGame, play: Play, player: int) -> Fraction:
    total = Fraction(0)
    for names in product(*(play[name].items() for name in game.players)):
        chance = Fraction(1)
        for _, weight in names:
            chance *= weight
        indices = tuple(
            own.index(name) for own, (name, _) in zip(stage.strategies, names, strict=True)
        )
        total += chance * stage.payoff(player, indices)
    return total


def _is_equilibrium(stage: NormalGame, game: RepeatedGame, play: Play) -> bool:
    if set(play) != set(game.players):
        return False
    for player, own in zip(game.players, stage.strategies, strict=True):
        chances = play[player].values()
        if sum(chances) != 1 or min(chances) <= 0 or not set(play[player]) <= set(own):
            return False
    for place, (player, own) in enumerate(zip(game.players, stage.strategies, strict=True)):
        here = _payoff(stage, game, play, place)
        for name in own:
            if _payoff(stage, game, {**play, player: {name: Fraction(1)}}, place) > here:
                return False
    return True


def _lowest_pure(stage: NormalGame, player: int) -> Fraction | float:
    """The least the player gets in a pure equilibrium of the stage; infinity if there is none."""
    found: Fraction | float = float("inf")
    for profile in stage.profiles():
        if all(
            stage.payoff(i, (*profile[:i], own, *profile[i + 1 :])) <= stage.payoff(i, profile)
            for i, count in enumerate(stage.shape)
            for own in range(count)
        ):
            found = min(found, stage.payoff(player, profile))
    return found


def _holds_where_told(
    game: RepeatedGame, one: Sustained, punished: Sequence[Sequence[Fraction]]
) -> bool:
    """The discount factors of one profile against the deviations themselves."""
    end = Fraction(1)
    ranges = one.discounts
    for part in ranges:
        if not 0 <= part.low <= part.high <= end or (part.low == part.high and not part.closed):
            return False
    if any(before.high >= after.low for before, after in pairwise(ranges)):
        return False
    if one.least != (ranges[0].low if ranges else None):
        return False
    if one.holds != _at_own_discount(game, ranges):
        return False
    for inside, wanted in _samples(game, ranges):
        if (_slack(game, one, punished, inside) >= 0) != wanted:
            return False
    # Where the set ends, somebody is just indifferent.
    inner = [part.low for part in ranges if part.low != 0]
    inner += [part.high for part in ranges if part.high != end]
    if any(_slack(game, one, punished, place) != 0 for place in inner):
        return False
    if not _tempted_are_right(game, one, punished):
        return False
    return all(part.closed == (part.high != end or game.survival < 1) for part in ranges)


def _tempted_are_right(
    game: RepeatedGame, one: Sustained, punished: Sequence[Sequence[Fraction]]
) -> bool:
    """Whether those told as tempted are those just held at the least factor, and their ratio."""
    if one.least is not None:
        slacks = _slacks(game, one, punished, one.least)
        # Whoever is indifferent at every factor is in nobody's way: by these many factors it is
        # told, for a slack times the chain's determinant is a polynomial of at most that degree.
        others = [
            _slacks(game, one, punished, Fraction(k, len(game.states) + 3))
            for k in range(1, len(game.states) + 3)
        ]
        held = [
            game.players[player]
            for player in range(len(game.players))
            if one.least
            and any(
                not x and any(at[who, state] for at in others)
                for (who, state), x in slacks.items()
                if who == player
            )
        ]
        if held != list(one.binding):
            return False
    elif any(player not in game.players for player in one.binding):
        return False
    if one.ratio is None or not one.binding or len(game.states) > 1:
        return one.ratio is None
    # At the ratio told, gain and loss of the first one are equal: a line in the factor.
    player = game.players.index(one.binding[0])
    line = [
        _slacks(game, one, punished, Fraction(k, 4))[player, 0]
        * (1 - Fraction(k, 4) * game.survival)
        for k in (1, 2)
    ]
    slope = (line[1] - line[0]) * 4
    return line[0] + slope * (one.ratio - Fraction(1, 4)) == 0


def _at_own_discount(game: RepeatedGame, ranges: Sequence[Discounts]) -> bool | None:
    own = game.discount
    if own is None:
        return None
    return any(
        part.low <= own and (own < part.high or (part.closed and own == part.high))
        for part in ranges
    )


def _samples(game: RepeatedGame, ranges: Sequence[Discounts]) -> list[tuple[Fraction, bool]]:
    """Discount factors with whether the profile is said to be sustained at them."""
    samples: list[tuple[Fraction, bool]] = []
    reached = Fraction(0)
    for part in ranges:
        if part.low > reached:
            samples += [(reached + (part.low - reached) * k / 8, False) for k in range(1, 8)]
        samples += [(part.low + (part.high - part.low) * k / 8, True) for k in range(8)]
        if part.closed and (game.survival < 1 or part.high < 1):
            samples.append((part.high, True))
        reached = part.high
    if reached < 1:
        samples += [(reached + (1 - reached) * k / 8, False) for k in range(1, 8)]
    return samples


def _slack(
    game: RepeatedGame, one: Sustained, punished: Sequence[Sequence[Fraction]], discount: Fraction
) -> Fraction:
    """The least that any player loses by any deviation in any state (below 0: she gains)."""
    return min(_slacks(game, one, punished, discount).values(), default=Fraction(0))


def _slacks(
    game: RepeatedGame, one: Sustained, punished: Sequence[Sequence[Fraction]], discount: Fraction
) -> dict[tuple[int, int], Fraction]:
    """By player and state the least that she loses by any deviation (below 0: she gains)."""
    factor = discount * game.survival
    indices = tuple(own.index(name) for own, name in zip(game.strategies, one.profile, strict=True))
    found: dict[tuple[int, int], Fraction] = {}
    for player in range(len(game.players)):
        keeping = _values(game, [s.payoff(player, indices) for s in game.stages], factor)
        after = _values(game, punished[player], factor)
        for state, stage in enumerate(game.stages):
            tomorrow = sum(
                chance * (kept - lost)
                for chance, kept, lost in zip(game.transitions[state], keeping, after, strict=True)
            )
            for own in range(stage.shape[player]):
                if own == indices[player]:
                    continue
                deviation = (*indices[:player], own, *indices[player + 1 :])
                gain = stage.payoff(player, deviation) - stage.payoff(player, indices)
                gain -= game.exit_cost(player)
                broken = 1 if game.breach == "one" else game.relationships
                slack = factor * game.relationships * tomorrow - broken * gain
                found[player, state] = min(found.get((player, state), slack), slack)
    return found


def _values(game: RepeatedGame, payoffs: Sequence[Fraction], factor: Fraction) -> list[Fraction]:
    """Present values by state: each is the payoff and the factor times the value to come."""
    size = len(payoffs)
    if size == 1:
        return [payoffs[0] / (1 - factor)]
    matrix = [
        [int(i == j) - factor * game.transitions[i][j] for j in range(size)] for i in range(size)
    ]
    found = unique_solution(matrix, list(payoffs))
    assert found is not None, "a chain discounted by less than one has values"
    return list(found)
