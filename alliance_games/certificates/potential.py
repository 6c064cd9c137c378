"""Is it a potential, and is there no better kind? Every move is held against it.

That no weighted potential exists is shown by linear algebra: along a tree of moves the potential is
a combination of the players' shares (one over their weights), and every other move gives an
equation of them, which no positive shares solve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.results.solutions import Certificate, Selection, Solution

State = tuple[int, ...] | tuple[tuple[int, ...], ...]
Steps = Mapping[State, Sequence[tuple[State, int, Fraction]]]
"""From each state the states one player away: which group moves, and what the mover gains."""

KINDS = ("exact", "weighted", "ordinal", "generalized ordinal")


def check_potential(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Hold the kind, the numbers, the equilibria and the maximiser to their definitions."""
    if not isinstance(solution, Selection):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    states = dict(_states(game))
    steps = {state: list(_steps(game, state)) for state in states}
    groups = _groups(game)
    kind = next((k for k in KINDS if any(n.startswith(f"{k} po") for n in solution.numbers)), None)
    if kind is None:
        return _check_cycle(game, solution, states, steps)
    weighted = {"weighted": groups}.get(kind, ())
    names = [f"weight of {group}" for group in weighted]
    at = {state: f"{kind} potential at {name}" for state, name in states.items()}
    if set(solution.numbers) != {*names, *at.values()}:
        return Certificate(False, "it does not give the potential at every state")
    weights = [solution.numbers[name] for name in names] or [Fraction(1)] * len(groups)
    value = {state: solution.numbers[name] for state, name in at.items()}
    if min(value.values()) != 0 or min(weights) <= 0:
        return Certificate(False, "the least value is not 0, or a weight is not positive")
    moves = [
        (value[after] - value[state], group, gain)
        for state, row in steps.items()
        for after, group, gain in row
    ]
    if not all(_fits(kind, change, weights[group], gain) for change, group, gain in moves):
        return Certificate(False, f"it is no {kind} potential: a move does not fit")
    if kind == "weighted" and not _first_is_one(steps, weights):
        return Certificate(False, "the weights are not normalised")
    if kind in KINDS[2:] and not _is_least(kind, steps, value):
        return Certificate(False, "the numbers are not the lengths of chains of gains")
    if not _no_better(kind, steps, len(groups), game.ordinal):
        return Certificate(False, "there is a potential of a better kind")
    stable = sorted(
        _profile(game, state)
        for state, row in steps.items()
        if all(gain <= 0 for _, _, gain in row)
    )
    if sorted(solution.compared) != stable:
        return Certificate(False, "the profiles compared are not the pure equilibria")
    best = [state for state in states if value[state] == max(value.values())]
    alone = kind in KINDS[:2] and len(best) == 1
    if solution.profile != (_profile(game, best[0]) if alone else None):
        return Certificate(False, "another profile maximises the potential, or none alone")
    return Certificate(True, f"every move of one player was held against the {kind} potential")


def _fits(kind: str, change: Fraction, weight: Fraction, gain: Fraction) -> bool:
    if kind in ("exact", "weighted"):
        return weight * change == gain
    if kind == "ordinal":
        return (change > 0) == (gain > 0) and (change < 0) == (gain < 0)
    return change > 0 if gain > 0 else True


def _no_better(kind: str, steps: Steps, groups: int, ranked: bool) -> bool:
    """Whether no potential of a kind before ``kind`` exists."""
    if kind == "exact":
        return True
    if kind == "weighted":
        # All shares alike would have to solve the equations.
        return any(sum(row) for row in _equations(steps, groups))
    if not ranked and _positive_shares(steps, groups):
        return False
    return kind == "ordinal" or _weak_cycle(steps)


def _equations(steps: Steps, groups: int) -> Iterator[list[Fraction]]:
    """Rows r with sum of r_g times g's share = 0 in every weighted potential."""
    start = next(iter(steps))
    form = {start: [Fraction(0)] * groups}
    waiting = [start]
    while waiting:
        state = waiting.pop()
        for after, group, gain in steps[state]:
            there = [*form[state]]
            there[group] += gain
            if after not in form:
                form[after] = there
                waiting.append(after)
            else:
                row = [a - b for a, b in zip(there, form[after], strict=True)]
                if any(row):
                    yield row


def _positive_shares(steps: Steps, groups: int) -> bool:
    """Whether positive shares solve all equations.

    Their space is spanned by equations of two shares each, so once they are reduced every bound
    share is a multiple of one free share, or of none.
    """
    for column, known in _reduced(steps, groups).items():
        others = [value for place, value in enumerate(known) if value and place != column]
        if len(others) != 1 or others[0] > 0:
            return False
    return True


def _reduced(steps: Steps, groups: int) -> dict[int, list[Fraction]]:
    """The equations in reduced echelon form, each under the share that it binds."""
    pivots: dict[int, list[Fraction]] = {}
    for row in _equations(steps, groups):
        left = row
        for column, known in pivots.items():
            if left[column]:
                factor = left[column]
                left = [a - factor * b for a, b in zip(left, known, strict=True)]
        column_of = next((column for column, value in enumerate(left) if value), None)
        if column_of is None:
            continue
        left = [value / left[column_of] for value in left]
        for column, known in pivots.items():
            factor = known[column_of]
            pivots[column] = [a - factor * b for a, b in zip(known, left, strict=True)]
        pivots[column_of] = left
        if len(pivots) == groups:
            break
    return pivots


def _first_is_one(steps: Steps, weights: Sequence[Fraction]) -> bool:
    """Whether in each set of groups that the equations tie the first has weight 1."""
    tied = {group: {group} for group in range(len(weights))}
    for column, known in _reduced(steps, len(weights)).items():
        for free in (place for place, value in enumerate(known) if value and place != column):
            tied[free].add(column)
            del tied[column]
    return all(weights[min(members)] == 1 for members in tied.values())


def _is_least(kind: str, steps: Steps, value: Mapping[State, Fraction]) -> bool:
    """Whether every number above 0 is one more than that of a state from which a gain leads there,
    or to a state between which and this one the movers are indifferent (ordinal potentials)."""
    reached: dict[State, set[Fraction]] = {state: set() for state in steps}
    for state, row in steps.items():
        for after, _, gain in row:
            if gain > 0:
                reached[after].add(value[state] + 1)
    seen: set[State] = set()
    for start in steps:
        if start in seen:
            continue
        seen.add(start)
        alike, waiting = [start], [start]
        while waiting and kind == "ordinal":
            for after, _, gain in steps[waiting.pop()]:
                if not gain and after not in seen:
                    seen.add(after)
                    alike.append(after)
                    waiting.append(after)
        before = set().union(*(reached[state] for state in alike))
        if value[start] != max(before, default=Fraction(0)):
            return False
    return True


def _weak_cycle(steps: Steps) -> bool:
    """Whether moves without a loss, one of them a gain, lead back to where they began."""
    for start, row in steps.items():
        goals = {after for after, _, gain in row if gain > 0}
        seen, waiting = set(goals), list(goals)
        while waiting:
            state = waiting.pop()
            if state == start:
                return True
            for after, _, gain in steps[state]:
                if gain >= 0 and after not in seen:
                    seen.add(after)
                    waiting.append(after)
    return False


def equilibria(game: NormalGame | AnonymousGame) -> dict[State, PureProfile]:
    """The states in which nobody gains by a move, each with the profile that stands for it."""
    return {
        state: _profile(game, state)
        for state, _ in _states(game)
        if all(gain <= 0 for _, _, gain in _steps(game, state))
    }


def name_of(game: NormalGame | AnonymousGame, profile: PureProfile) -> str:
    """The name of the state for which a profile stands."""
    return next(name for state, name in _states(game) if _profile(game, state) == profile)


def weighted_values(game: NormalGame | AnonymousGame) -> dict[PureProfile, Fraction] | None:
    """A weighted potential at every state, the least value 0; None where there is none.

    In each set of groups tied by the equations the first has weight 1.
    """
    steps = {state: list(_steps(game, state)) for state, _ in _states(game)}
    number = len(_groups(game))
    if not _positive_shares(steps, number):
        return None
    share = [Fraction(1)] * number
    for column, known in _reduced(steps, number).items():
        ((free, value),) = ((p, v) for p, v in enumerate(known) if v and p != column)
        share[column] = -value * share[free]
    tied = {group: {group} for group in range(number)}
    for column, known in _reduced(steps, number).items():
        (free,) = (place for place, value in enumerate(known) if value and place != column)
        tied[free].add(column)
        del tied[column]
    for members in tied.values():
        first = share[min(members)]
        for group in members:
            share[group] /= first
    start = next(iter(steps))
    values = {start: Fraction(0)}
    waiting = [start]
    while waiting:
        state = waiting.pop()
        for after, group, gain in steps[state]:
            if after not in values:
                values[after] = values[state] + share[group] * gain
                waiting.append(after)
    least = min(values.values())
    return {_profile(game, state): value - least for state, value in values.items()}


def _check_cycle(
    game: NormalGame | AnonymousGame,
    solution: Selection,
    states: Mapping[State, str],
    steps: Steps,
) -> Certificate:
    """Every step is a move with a gain, each begins where the last ended, the last at the first."""
    groups = _groups(game)
    named = {
        f"gain of {groups[group]} from {states[state]} to {states[after]}": (state, after, gain)
        for state, row in steps.items()
        for after, group, gain in row
    }
    if solution.profile is not None or solution.compared or not solution.numbers:
        return Certificate(False, "a cycle singles out no profile")
    if not set(solution.numbers) <= set(named):
        return Certificate(False, "a step is no move of one player")
    path = [named[name] for name in solution.numbers]
    following = [*path[1:], path[0]]
    if any(a[1] != b[0] for a, b in zip(path, following, strict=True)):
        return Certificate(False, "the moves do not lead back to where they began")
    gains = [gain for _, _, gain in path]
    if gains != list(solution.numbers.values()) or min(gains) <= 0:
        return Certificate(False, "a move does not bring the gain that is stated")
    return Certificate(True, "the cycle was followed, and every mover gains")


def _groups(game: NormalGame | AnonymousGame) -> list[str]:
    if isinstance(game, NormalGame):
        return list(game.players)
    return [game.players[members[0]] for members in game.members]


def _states(game: NormalGame | AnonymousGame) -> Iterator[tuple[State, str]]:
    if isinstance(game, NormalGame):
        for profile in game.profiles():
            yield profile, f"({', '.join(game.names(profile))})"
        return
    for counts in product(
        *(count_vectors(len(members), len(game.strategies)) for members in game.members)
    ):
        roles = [
            ", ".join(f"{c} {name}" for c, name in zip(row, game.strategies, strict=True) if c)
            for row in counts
        ]
        yield counts, f"({'; '.join(roles)})"


def _profile(game: NormalGame | AnonymousGame, state: State) -> PureProfile:
    """The profile that stands for a state: earlier players of a role choose earlier strategies."""
    if isinstance(game, NormalGame):
        return tuple(own for own in state if isinstance(own, int))
    left = [[own for own, c in enumerate(row) for _ in range(c)] for row in _rows(state)]
    return tuple(left[role].pop(0) for role in game.roles)


def _rows(state: State) -> list[tuple[int, ...]]:
    return [row for row in state if isinstance(row, tuple)]


def _steps(game: NormalGame | AnonymousGame, state: State) -> Iterator[tuple[State, int, Fraction]]:
    if isinstance(game, NormalGame):
        profile = _profile(game, state)
        for player, size in enumerate(game.shape):
            for own in range(size):
                if own != profile[player]:
                    after = (*profile[:player], own, *profile[player + 1 :])
                    gain = game.payoff(player, after) - game.payoff(player, profile)
                    yield after, player, gain
        return
    rows = _rows(state)
    total = [sum(column) for column in zip(*rows, strict=True)]
    strategies = range(len(game.strategies))
    for role, own, to in product(range(len(rows)), strategies, strategies):
        if rows[role][own] and own != to:
            others = tuple(c - (s == own) for s, c in enumerate(total))
            row = list(rows[role])
            row[own] -= 1
            row[to] += 1
            gain = game.payoff(role, to, others) - game.payoff(role, own, others)
            yield (*rows[:role], tuple(row), *rows[role + 1 :]), role, gain
