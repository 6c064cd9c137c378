"""Whether an expected answer, as written, is a solution that was found."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import NoMatch
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.expectations import Leaf, Listing, Table, Wanted
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, as_pure, pure
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    CountPoint,
    Dominant,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
)

TREE_KINDS = frozenset({"assessment", "component", "discarded", "correlated", "path", "plans"})
"""The kinds of solution that only trees have."""


def equal(setting: Setting, leaf: Leaf, found: Fraction) -> bool:
    """Whether a written number is the one found, to the places it gives if it says 'about'."""
    wanted = setting.number(leaf)
    if leaf.places is None:
        return wanted == found
    return abs(wanted - found) <= Fraction(1, 2 * 10**leaf.places)


def place(name: str, names: tuple[str, ...], what: str) -> int:
    """Where ``name`` stands among ``names``; NoMatch says that it does not."""
    if name not in names:
        raise NoMatch(f"there is no {what} {name}; there are {', '.join(names)}")
    return names.index(name)


def mixed(setting: Setting, wanted: Wanted, names: tuple[str, ...]) -> Mixed:
    """A strategy as written: a name, or probabilities by name.

    Names left out have probability zero, or the rest where only one is left.
    """
    if isinstance(wanted, Leaf):
        return pure(place(wanted.text, names, "strategy"), len(names))
    if not isinstance(wanted, Table):
        raise NoMatch("a strategy is a name, or probabilities such as {Stag: 3/4}")
    given = {
        place(name, names, "strategy"): setting.number(value)
        for name, value in wanted
        if isinstance(value, Leaf)
    }
    if len(given) == len(names) - 1 and (rest := 1 - sum(given.values(), Fraction(0))):
        given[next(index for index in range(len(names)) if index not in given)] = rest
    return tuple(given.get(index, Fraction(0)) for index in range(len(names)))


def profile(setting: Setting, wanted: Wanted) -> Profile:
    """A profile as written: strategies in the players' order, or by player."""
    game = setting.game
    if not isinstance(game, NormalGame):
        raise NoMatch(f"a profile of strategies does not describe an {game.kind} game's answer")
    if isinstance(wanted, Listing):
        if len(wanted.items) != len(game.players):
            raise NoMatch(f"a profile has one strategy for each of {len(game.players)} players")
        items = dict(zip(game.players, wanted.items, strict=True))
    elif isinstance(wanted, Table):
        items = dict(wanted)
        if missing := [player for player in game.players if player not in items]:
            raise NoMatch(f"nothing is said of {' and '.join(missing)}")
    else:
        raise NoMatch("a profile is a list of strategies, or a strategy for each player")
    return tuple(
        mixed(setting, items[player], options)
        for player, options in zip(game.players, game.strategies, strict=True)
    )


def _same_mixture(setting: Setting, wanted: Wanted, names: tuple[str, ...], found: Mixed) -> bool:
    """Like equality with ``mixed``, but 'about' numbers are held to the places they give."""
    if isinstance(wanted, Table):
        named = {place(name, names, "strategy"): value for name, value in wanted}
        if not all(
            equal(setting, value, found[index])
            for index, value in named.items()
            if isinstance(value, Leaf)
        ):
            return False
        left = [index for index in range(len(names)) if index not in named]
        return len(left) == 1 or all(not found[index] for index in left)
    return mixed(setting, wanted, names) == found


def matches(setting: Setting, wanted: Wanted, solution: Solution) -> bool:
    """Whether ``wanted`` describes ``solution``; NoMatch where it cannot describe its kind."""
    if isinstance(solution, Point):
        return _matches_profile(setting, wanted, solution.profile)
    if isinstance(solution, Selection):
        if solution.profile is None:
            return False
        if isinstance(setting.game, AnonymousGame):
            chosen_by = Counter(solution.profile)
            number = len(setting.game.strategies)
            return _matches_totals(setting, wanted, [chosen_by[own] for own in range(number)])
        sizes = [len(setting.strategies(player)) for player in range(len(solution.profile))]
        chosen = tuple(pure(i, size) for i, size in zip(solution.profile, sizes, strict=True))
        return _matches_profile(setting, wanted, chosen)
    if isinstance(solution, Component):
        return False
    if isinstance(solution, Behaviour) or solution.kind in TREE_KINDS:
        return _matches_in_a_tree(setting, wanted, solution)
    if isinstance(solution, Members):
        return _matches_members(setting, wanted, solution)
    if isinstance(solution, Numbers):
        return _matches_numbers(setting, wanted, solution)
    if isinstance(solution, CountPoint):
        return _matches_counts(setting, wanted, solution)
    if solution.kind == "symmetric":
        return _matches_symmetric(setting, wanted, solution)
    if isinstance(solution, Dominant):
        return isinstance(wanted, Table) and any(
            player == setting.game.players[solution.player]
            and isinstance(name, Leaf)
            and name.text == setting.strategies(solution.player)[solution.strategy]
            for player, name in wanted
        )
    if solution.kind == "symmetric":
        from alliance_games.results.tree_solutions import Symmetric

        assert isinstance(solution, Symmetric)
        return _same_mixture(setting, wanted, setting.strategies(0), solution.strategy)
    if solution.kind in ("distribution", "commitment"):
        from alliance_games.claims import mediated_wording

        return mediated_wording.matches(setting, wanted, solution)
    if isinstance(solution, Record):
        from alliance_games.claims import records

        return records.matches(setting, wanted, solution)
    raise NoMatch(f"an answer of the kind '{solution.kind}' is only counted")


def _is_by_counts(setting: Setting, wanted: Wanted) -> bool:
    """Whether a profile in normal form is written as how many play what: ``{Stag: 3}``.

    All players then have the same strategies, none of which is called as a player is.
    """
    game = setting.game
    if not isinstance(game, NormalGame) or not isinstance(wanted, Table) or not wanted.entries:
        return False
    names = game.strategies[0]
    return all(own == names for own in game.strategies) and all(
        name in names and name not in game.players and isinstance(value, Leaf)
        for name, value in wanted
    )


def _matches_profile(setting: Setting, wanted: Wanted, found: Profile) -> bool:
    if _is_by_counts(setting, wanted):
        chosen = as_pure(found)
        if chosen is None:
            return False
        number = len(setting.strategies(0))
        return _matches_totals(setting, wanted, [chosen.count(own) for own in range(number)])
    written = profile(setting, wanted)
    if written == found:
        return True
    if not isinstance(wanted, Table):
        return False
    players = setting.game.players
    return all(
        _same_mixture(setting, item, setting.strategies(index), found[index])
        for index, item in ((players.index(player), item) for player, item in wanted)
    )


def _matches_symmetric(setting: Setting, wanted: Wanted, found: Solution) -> bool:
    """What all play: a mixture by strategy, or (in a normal form) a profile of equal ones."""
    from alliance_games.results.tree_solutions import Symmetric

    assert isinstance(found, Symmetric)
    names = setting.strategies(0)
    if isinstance(wanted, Table) and all(name in names for name, _ in wanted):
        return _same_mixture(setting, wanted, names, found.strategy)
    return _matches_profile(setting, wanted, (found.strategy,) * len(setting.game.players))


def _matches_in_a_tree(setting: Setting, wanted: Wanted, found: Solution) -> bool:
    """Behaviour, assessments and continua; of a branch of quantal response its limit."""
    from alliance_games.claims import trees
    from alliance_games.results.tree_solutions import Assessment, Continuum, QuantalPath

    if isinstance(found, QuantalPath):
        return found.limit is not None and matches(setting, wanted, found.limit)
    if isinstance(found, Behaviour | Assessment | Continuum):
        return trees.matches(setting, wanted, found, _same_mixture)
    raise NoMatch(f"an answer of the kind '{found.kind}' is only counted")


def _matches_members(setting: Setting, wanted: Wanted, found: Members) -> bool:
    if not isinstance(wanted, Table):
        raise NoMatch("strategies are listed by player: {Alice: [Stag, Rabbit]}")
    for player, names in wanted:
        index = place(player, setting.game.players, "player")
        options = setting.strategies(index)
        listed = names.items if isinstance(names, Listing) else (names,)
        chosen = {place(n.text, options, "strategy") for n in listed if isinstance(n, Leaf)}
        if chosen != set(found.members[index]):
            return False
    return True


def _matches_numbers(setting: Setting, wanted: Wanted, found: Numbers) -> bool:
    if not isinstance(wanted, Table):
        raise NoMatch("numbers are written by name: {Alice: 3, Jack: 3}")
    known = dict(found.values)
    if found.per_player:
        known.update(zip(setting.game.players, found.per_player, strict=True))
    for name, value in wanted:
        if name not in known:
            raise NoMatch(f"there is no number called {name}; there are {', '.join(known)}")
        number = known[name]
        if number is None:
            return isinstance(value, Leaf) and value.text == "none"
        if not isinstance(value, Leaf) or not equal(setting, value, number):
            return False
    return True


def _matches_counts(setting: Setting, wanted: Wanted, found: CountPoint) -> bool:
    columns = zip(*found.counts, strict=True)
    return _matches_totals(setting, wanted, [sum(column) for column in columns])


def _matches_totals(setting: Setting, wanted: Wanted, totals: list[int]) -> bool:
    """Whether so many players choose each strategy."""
    names = setting.strategies(0)
    if not isinstance(wanted, Table):
        raise NoMatch("profiles of an anonymous game are written by counts: {Stag: 5}")
    given = {
        place(name, names, "strategy"): setting.number(value)
        for name, value in wanted
        if isinstance(value, Leaf)
    }
    return all(given.get(index, 0) == total for index, total in enumerate(totals))
