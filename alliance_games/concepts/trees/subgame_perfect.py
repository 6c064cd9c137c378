"""Subgame perfect equilibria of trees, with and without hidden moves."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.algorithms.backward_induction import Induction
from alliance_games.certificates.subgame_perfect import check, check_number
from alliance_games.exact.tableau import no_limit
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs, pure
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Behaviour, Certificate, Solution, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance_games.algorithms.subgame_equilibria import Carried, Stage
    from alliance_games.algorithms.subgame_families import Cluster, Varying
    from alliance_games.results.tree_solutions import Continuum

WHAT = "pure subgame perfect equilibria"
METHOD = "backward induction"
STAGES = "all equilibria of each subgame, carried upward by their payoffs"

MIXTURES = (
    "every tie was followed, mixtures at ties included, and which choices are optimal together was "
    "settled exactly"
)

DESCRIBED_NODES = 60
DESCRIBED = 64
"""Sizes of a tree with ties, and numbers of its pure equilibria, up to which mixtures at ties are
described as well."""

NODES_LISTED = 500_000
"""An equilibrium names a choice at every node; so many choices are listed in all, at most."""

PRINTABLE_BITS = 13_000
"""A count with more bits has more than 4,000 digits: Python prints no such number, nobody reads
it, and its order of magnitude is told instead."""


def accepts(game: ExtensiveGame) -> str | None:
    """None for perfect recall (and no hidden moves, if payoffs are ranks); else what is wrong."""
    if game.ordinal and not game.has_perfect_information:
        return "where moves are hidden it needs numbers, and this game's payoffs are rankings"
    return game.forgetting()


def says_more_than_nash(game: ExtensiveGame) -> bool:
    """Whether there is a subgame besides the whole game, or perfect information."""
    if game.has_perfect_information:
        return True
    from alliance_games.transforms.subgames import subgames

    return subgames(game).proper > 0


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """All subgame perfect equilibria, or as many as are listed and their number."""
    if game.has_perfect_information:
        return (yield from _by_induction(game, budget))
    return (yield from _by_stages(game, budget))


def _by_stages(game: ExtensiveGame, budget: Budget) -> Answers:
    from alliance_games.algorithms.subgame_assembly import TooManyCorners, Untold, assemble
    from alliance_games.algorithms.subgame_equilibria import Carried
    from alliance_games.algorithms.subgame_stages import StageEquilibria
    from alliance_games.transforms.normal_form import reduced_normal_form
    from alliance_games.transforms.subgames import subgames

    stages = subgames(game).stages()
    equilibria = StageEquilibria(reduced_normal_form)
    carried = Carried(game, stages, equilibria.all, budget.tick)
    try:
        found, parts, open_question = _with_what_varies(carried, budget)
    except LimitReached:
        # The extreme ones are known by now, and equilibria.
        with suppress(TooManyCorners, Untold):
            for rank in range(min(carried.number, budget.listed)):
                yield assemble(game, stages, carried.play(rank), no_limit)
        raise
    most = 1 if budget.one else max(1, min(budget.listed, NODES_LISTED // game.size))
    unlisted = ""
    for rank in range(min(found.number, most)):
        try:
            yield assemble(game, parts, found.play(rank), budget.tick)
        except (TooManyCorners, Untold) as reason:
            unlisted = str(reason)
    number = found.number
    if number > most and not budget.one:
        pure_ones = Carried(game, stages, equilibria.pure, budget.tick).number
        if pure_ones.bit_length() <= PRINTABLE_BITS:
            yield Tally(pure_ones, WHAT)
    doubts = [f"not looked for: {what}" for what in sorted(carried.missing)]
    if open_question:
        where = " > ".join(game.path(carried.split[-1])) or "start"
        doubts.append(
            f"in the subgame at {where!r} infinitely many equilibria differ in their payoffs, and "
            f"only the extreme ones were followed further up: {open_question}"
        )
    if unlisted:
        doubts.append(f"not listed: {unlisted}")
    return _conclusion(number, doubts, len(stages), most)


def _with_what_varies(
    carried: Carried, budget: Budget
) -> tuple[Carried | Varying, Sequence[Stage | Cluster], str]:
    """The equilibria with continua of different payoffs carried upward, if there are any; else,
    and where that could not be settled (the reason comes last), as they are."""
    if not carried.split or budget.one:
        return carried, carried.stages, ""
    from alliance_games.algorithms.subgame_families import Varying
    from alliance_games.exact.systems import Undecided

    try:
        varying = Varying(carried, budget.tick)
    except Undecided as doubt:
        return carried, carried.stages, str(doubt)
    return varying, varying.parts, ""


def _conclusion(number: int, doubts: list[str], stages: int, most: int) -> Conclusion:
    """What the list is worth, and why."""
    if number > most:
        doubts.append(
            f"of {_in_words(number)} equilibria and continua "
            f"the first {'is' if most == 1 else f'{most} are'} listed"
        )
    parts = "the game has one subgame, itself" if stages == 1 else f"each of {stages} subgames"
    if doubts:
        return Conclusion(Coverage.SOME, "; ".join(doubts), STAGES)
    because = (
        "every equilibrium of "
        + ("the game, which has no subgame but itself," if stages == 1 else parts)
        + " was found, with the subgames inside replaced by each of the payoffs they can have"
    )
    return Conclusion(Coverage.ALL, because, STAGES)


def _by_induction(game: ExtensiveGame, budget: Budget) -> Answers:
    """All pure subgame perfect equilibria, or as many as are listed and their number."""
    induction = Induction(game, budget.tick)
    number = induction.number
    if 1 < number <= DESCRIBED and game.size <= DESCRIBED_NODES and not budget.one:
        described = _mixtures_too(game, budget)
        if described:
            return (yield from _first(described, number, budget.listed))
    most = 1 if budget.one else max(1, min(budget.listed, NODES_LISTED // game.size))
    for rank in range(min(number, most)):
        budget.tick()
        yield _behaviour(game, induction.choices(rank))
    if number == 1:
        because = (
            "backward induction met no tie, so the equilibrium is the only one, "
            "mixed strategies included"
        )
        return Conclusion(Coverage.ALL, because, METHOD)
    because = "every tie was followed: these are all the pure subgame perfect equilibria"
    notes = (
        "at a tie a player may also mix, so there are mixed subgame perfect equilibria besides "
        "the pure ones",
    )
    if number <= most:
        return Conclusion(Coverage.ALL, because, f"{METHOD} with ties", notes)
    if not budget.one and number.bit_length() <= PRINTABLE_BITS:
        yield Tally(number, WHAT)
    because = (
        f"every tie was followed; of {_in_words(number)} pure equilibria "
        f"the first {'is' if most == 1 else f'{most} are'} listed"
    )
    return Conclusion(Coverage.SOME, because, f"{METHOD} with ties", notes)


def _first(described: list[Behaviour | Continuum], pure_ones: int, most: int) -> Answers:
    yield from described[:most]
    if len(described) <= most:
        return Conclusion(Coverage.ALL, MIXTURES, f"{METHOD} with ties")
    yield Tally(pure_ones, WHAT)
    because = f"of {len(described)} equilibria and continua the first {most} are listed"
    return Conclusion(Coverage.SOME, because, f"{METHOD} with ties")


def _mixtures_too(game: ExtensiveGame, budget: Budget) -> list[Behaviour | Continuum]:
    """All equilibria of a small tree with ties, mixtures at ties included; nothing where that takes
    too much or could not be settled."""
    from alliance_games.algorithms.subgame_assembly import TooManyCorners, Untold, assemble
    from alliance_games.algorithms.subgame_equilibria import Carried, TooManyCombinations
    from alliance_games.algorithms.subgame_stages import StageEquilibria
    from alliance_games.transforms.normal_form import reduced_normal_form
    from alliance_games.transforms.subgames import subgames

    stages = subgames(game).stages()
    try:
        carried = Carried(game, stages, StageEquilibria(reduced_normal_form).all, budget.tick)
        found, parts, open_question = _with_what_varies(carried, budget)
        if open_question or found.number > DESCRIBED:
            return []
        return [
            assemble(game, parts, found.play(rank), budget.tick) for rank in range(found.number)
        ]
    except (TooManyCombinations, TooManyCorners, Untold):
        return []


def _in_words(number: int) -> str:
    if number.bit_length() <= 100:
        return str(number)
    # 2^(b - 1) <= number, and the logarithm of 2 is a little more than 0.30102.
    return f"more than 10^{(number.bit_length() - 1) * 30102 // 100000}"


def _behaviour(game: ExtensiveGame, chosen: array[int]) -> Behaviour:
    choices: list[Mixed | None] = [None] * len(game.sets)
    known: dict[tuple[int, int], Mixed] = {}
    for node, index in enumerate(game.set_of):
        if index == TERMINAL or game.sets[index].player == CHANCE:
            continue
        key = (chosen[node], len(game.sets[index].actions))
        if key not in known:
            known[key] = pure(*key)
        choices[index] = known[key]
    outcomes = _outcomes(game, chosen)
    return Behaviour(tuple(choices), _expected(game, outcomes), outcomes)


def _outcomes(game: ExtensiveGame, chosen: array[int]) -> tuple[tuple[int, Fraction], ...]:
    """The endings reached, in the order of the nodes, each with its probability."""
    reached = []
    waiting = [(0, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            reached.append((node, probability))
        elif game.sets[index].player != CHANCE:
            waiting.append((game.first_child[node] + chosen[node], probability))
        else:
            children = game.children(node)
            total = sum(game.weight[child] for child in children)
            waiting += [
                (child, probability * Fraction(game.weight[child], total))
                for child in children
                if game.weight[child]
            ]
    return tuple(sorted(reached))


def _expected(game: ExtensiveGame, outcomes: tuple[tuple[int, Fraction], ...]) -> Payoffs:
    endings = [(game.payoffs(node), probability) for node, probability in outcomes]
    return tuple(
        sum((probability * payoffs[player] for payoffs, probability in endings), Fraction(0))
        for player in range(len(game.players))
    )


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Try every action at every node, or with hidden moves every plan in every subgame."""
    if isinstance(solution, Tally):
        if game.has_perfect_information:
            return check_number(game, solution)
        from alliance_games.certificates.subgame_perfect_number import check_pure_number

        return check_pure_number(game, solution)
    if isinstance(solution, Behaviour):
        if game.has_perfect_information:
            return check(game, solution)
        from alliance_games.certificates.subgame_perfect_stages import check_stages

        return check_stages(game, solution)
    from alliance_games.certificates.subgame_perfect_continua import check_continuum

    return check_continuum(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The pure equilibria of a tree of perfect information, by the signs of movers' gains; where
    two players may move at once, the mixed ones of their games as well."""
    if not game.has_perfect_information:
        from alliance_games.algorithms import subgame_stage_conditions
        from alliance_games.transforms.subgames import subgames

        return subgame_stage_conditions.equilibria(game, subgames(game).stages(), signs)
    from alliance_games.algorithms.subgame_conditions import equilibria

    return equilibria(game, signs)


CONCEPT = Concept(
    name="subgame-perfect",
    title="Subgame perfect equilibria",
    cites=("Selten 1965", "Kuhn 1953"),
    summary="Profiles that are an equilibrium from every node on, also where play never comes.",
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=says_more_than_nash,
    ordinal=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=15,
)
