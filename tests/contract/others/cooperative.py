"""Small cooperative games of every sort, and wrong answers about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from alliance_games.model.coalitional import CoalitionalGame, Vote
from alliance_games.results.named import cooperative as records


def random_game(random: Random, players: int, blocs=()) -> CoalitionalGame:
    worths = [0] + [Fraction(random.randint(0, 12), 2) for _ in range((1 << players) - 1)]
    return CoalitionalGame.from_worths(tuple("ABCDEF"[:players]), worths, blocs)


def vote(weights: tuple[int, ...], quota: int, blocs=()) -> CoalitionalGame:
    names = tuple(f"V{place}" for place in range(len(weights)))
    return CoalitionalGame.from_vote(
        names, Vote(tuple(map(Fraction, weights)), Fraction(quota)), blocs
    )


def powers(*weights: int) -> CoalitionalGame:
    """Everybody's power added up and squared: convex."""
    totals = [0]
    for weight in weights:
        totals += [total + weight for total in totals]
    return CoalitionalGame.from_worths(tuple("ABCDEF"[: len(weights)]), [t * t for t in totals])


_RANDOM = Random(5)
GAMES = [
    powers(5, 3, 2),
    powers(1, 2, 3, 4),
    vote((50, 49, 1), 51),
    vote((40, 35, 25), 51, ((0, 1), (2,))),
    vote((4, 3, 2, 1), 5, ((0, 3), (1, 2))),
    vote((3, 1, 1, 0), 3),
    vote((1,) * 18, 10),
    CoalitionalGame.from_worths(("A", "B"), [0, 2, 3, 4]),  # less together than apart
    CoalitionalGame.from_worths(("A",), [0, 2]),
    CoalitionalGame.from_worths(("A", "B", "C"), [0, 1, 2, 3, 3, 4, 5, 6]),  # additive
    CoalitionalGame.from_worths(("A", "B", "C"), [0, 0, 0, 3, 0, 3, 3, 4]),
    *(random_game(_RANDOM, 3) for _ in range(3)),
    *(random_game(_RANDOM, 4, ((0, 2), (1, 3))) for _ in range(2)),
]


def _moved(shares: Mapping[str, Fraction]) -> Iterator[tuple[str, dict[str, Fraction]]]:
    """The shares with a little taken from the first player; given to the last, or to nobody."""
    names = list(shares)
    yield "too little given out", {**shares, names[0]: shares[names[0]] - Fraction(1, 7)}
    if len(names) > 1:
        for first, last in ((0, -1), (-1, 0)):
            yield (
                "a transfer",
                {
                    **shares,
                    names[first]: shares[names[first]] - Fraction(1, 7),
                    names[last]: shares[names[last]] + Fraction(1, 7),
                },
            )
        yield "a player left out", {name: shares[name] for name in names[1:]}


def spoilt(solution: object) -> Iterator[tuple[str, object]]:
    """Wrong answers near the right one."""
    yield from _SPOIL[type(solution)](solution)


def _value(one: records.Value):
    for what, shares in _moved(one.shares):
        yield what, replace(one, shares=shares)


def _bloc_value(one: records.BlocValue):
    yield from _value(one)
    first, *rest = one.bloc_shares
    yield "a bloc's share", replace(one, bloc_shares=(first + 1, *rest))
    yield "the blocs", replace(one, blocs=one.blocs[1:])


def _power(one: records.Power):
    name = next(iter(one.swings))
    yield "swings", replace(one, swings={**one.swings, name: one.swings[name] + 1})
    yield "raw", replace(one, raw={**one.raw, name: one.raw[name] + 1})
    yield "normalised", replace(one, normalised={**one.normalised, name: Fraction(2)})


def _weights(one):
    first, *rest = one.balanced
    more = replace(first, weight=first.weight + Fraction(1, 9))
    yield "a weight", replace(one, balanced=(more, *rest))
    yield "a worth", replace(one, balanced=(replace(first, worth=first.worth + 1), *rest))
    yield "a coalition left out", replace(one, balanced=tuple(rest))


def _empty(one: records.EmptyCore):
    yield from _weights(one)
    yield "what all have", replace(one, available=one.available - 1)
    yield "what coalitions make", replace(one, worth=one.worth + 1)


def _set(one):
    yield "the dimension", replace(one, dimension=one.dimension + 1)
    for what, shares in _moved(one.inner):
        if not what.startswith("a transfer") or one.dimension == 0:
            yield f"{what} within", replace(one, inner=shares)
    points = one.extreme_points
    if one.dimension:
        corner = {**points[0]}
        yield "a corner for the inside", replace(one, inner=corner)
    if one.listed:
        yield "a point left out", replace(one, extreme_points=points[1:])
        yield "a point twice", replace(one, extreme_points=(*points, points[0]))
        for what, shares in _moved(points[0]):
            yield f"{what} at a corner", replace(one, extreme_points=(shares, *points[1:]))
        if one.dimension:
            mixed = {name: (points[0][name] + points[1][name]) / 2 for name in points[0]}
            yield "a mixture among the corners", replace(one, extreme_points=(*points, mixed))


def _least_core(one: records.LeastCoreSet):
    yield from _set(one)
    yield from _weights(one)
    yield "the concession", replace(one, concession=one.concession + Fraction(1, 9))
    yield "a concession too small", replace(one, concession=one.concession - Fraction(1, 9))


def _nucleolus(one: records.Nucleolus):
    yield from _value(one)
    other = {"nucleolus": "prenucleolus", "prenucleolus": "nucleolus"}[one.of]
    yield "its name", replace(one, of=other)
    if one.complaints:
        first, *rest = one.complaints
        yield "a complaint left out", replace(one, complaints=tuple(rest))
        for what in ("excess", "number"):
            more = replace(first, **{what: getattr(first, what) + 1})
            yield what, replace(one, complaints=(more, *rest))


def _roles(one: records.Roles):
    everybody = (*one.dummies, *one.essential)
    for what in ("veto", "dummies", "null", "essential"):
        told = getattr(one, what)
        changed = told[1:] if told else everybody[:1]
        yield what, replace(one, **{what: changed})
    yield "a dictator", replace(one, dictator=None if one.dictator else everybody[0])


def _convexity(one: records.Convexity):
    yield "strictly", replace(one, strictly=not one.strictly)
    yield "convex", replace(one, convex=not one.convex)
    if one.against is not None:
        yield "a side", replace(one, against=replace(one.against, left=one.against.left + 1))
        yield "no witness", replace(one, against=None, convex=True)


def _superadditivity(one: records.Superadditivity):
    yield "essential", replace(one, essential=not one.essential)
    for yes, against in (("superadditive", "against"), ("monotonic", "against_monotonic")):
        yield yes, replace(one, **{yes: not getattr(one, yes)})
        found = getattr(one, against)
        if found is not None:
            yield "a side", replace(one, **{against: replace(found, right=found.right - 1)})
            yield "no witness", replace(one, **{against: None, yes: True})


def _winning(one: records.Winning):
    yield "proper", replace(one, proper=not one.proper)
    yield "strong", replace(one, strong=not one.strong)
    yield "the number", replace(one, number=one.number + 1)
    yield "no member", replace(one, minimal=((), *one.minimal[1:]))
    yield "twice", replace(one, minimal=(*one.minimal, one.minimal[0]))
    for what in ("against_proper", "against_strong"):
        told = getattr(one, what)
        yield what, replace(one, **{what: one.minimal[0] if told is None else None})


_SPOIL = {
    records.Value: _value,
    records.BlocValue: _bloc_value,
    records.Power: _power,
    records.EmptyCore: _empty,
    records.DivisionSet: _set,
    records.LeastCoreSet: _least_core,
    records.Nucleolus: _nucleolus,
    records.Roles: _roles,
    records.Convexity: _convexity,
    records.Superadditivity: _superadditivity,
    records.Winning: _winning,
}
