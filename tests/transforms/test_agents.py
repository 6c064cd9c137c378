"""The agent normal form: payoffs at every profile, and equilibria there and back."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from alliance_games.model.bayesian import bayesian_view
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.transforms.agents import agent_normal_form, agent_tree, type_agent_form
from tests.transforms.behaviour import is_nash, random_choices, random_tree, value


def trees(count: int, **kind: bool) -> list[ExtensiveGame]:
    found, seed = [], 0
    while len(found) < count:
        rng, seed = Random(seed), seed + 1
        tree = random_tree(rng, **kind)  # type: ignore[arg-type]
        if 1 <= sum(one.player != CHANCE for one in tree.sets) <= 6:
            found.append(tree)
    return found


def expected(game: NormalGame, profile: Profile) -> tuple[Fraction, ...]:
    total = [Fraction(0)] * len(game.players)
    for indices in game.profiles():
        weight = Fraction(1)
        for strategy, index in zip(profile, indices, strict=True):
            weight *= strategy[index]
        if weight:
            payoffs = game.payoffs(indices)
            total = [t + weight * p for t, p in zip(total, payoffs, strict=True)]
    return tuple(total)


def equilibrium(game: NormalGame, profile: Profile) -> bool:
    now = expected(game, profile)
    for agent, size in enumerate(game.shape):
        for strategy in range(size):
            changed = (*profile[:agent], pure(strategy, size), *profile[agent + 1 :])
            if expected(game, changed)[agent] > now[agent]:
                return False
    return True


@pytest.mark.parametrize("recall", [True, False])
def test_agents_are_paid_what_their_players_are(recall: bool) -> None:
    rng = Random(3)
    for tree in trees(25, recall=recall):
        form = agent_normal_form(tree)
        choices = random_choices(rng, tree)
        profile = form.profile(choices)
        assert form.behaviour(profile) == choices
        players = value(tree, choices)
        owners = tuple(players[tree.sets[index].player] for index in form.sets)
        assert expected(form.game, profile) == owners
        assert value(agent_tree(tree), choices) == owners


def test_equilibria_of_a_tree_are_equilibria_of_its_agents() -> None:
    checked = 0
    for tree in trees(12):
        form = agent_normal_form(tree)
        for indices in form.game.profiles():
            profile = tuple(pure(i, n) for i, n in zip(indices, form.game.shape, strict=True))
            if is_nash(tree, form.behaviour(profile)):
                checked += 1
                assert equilibrium(form.game, profile)
    assert checked > 10


def once(tree: ExtensiveGame) -> bool:
    """Whether no player moves twice on a path."""
    for node in range(tree.size):
        if not tree.children(node):
            movers = []
            while (node := tree.parent[node]) >= 0:
                movers.append(tree.mover(node))
            own = [mover for mover in movers if mover != CHANCE]
            if len(set(own)) < len(own):
                return False
    return True


def test_where_nobody_moves_twice_equilibria_of_the_agents_lift() -> None:
    checked = 0
    for tree in filter(once, trees(50)):
        form = agent_normal_form(tree)
        for indices in form.game.profiles():
            profile = tuple(pure(i, n) for i, n in zip(indices, form.game.shape, strict=True))
            if equilibrium(form.game, profile):
                checked += 1
                assert is_nash(tree, form.behaviour(profile))
    assert checked > 8


def test_agents_who_do_not_coordinate() -> None:
    """A player who would have to change two moves at once: Kuhn's and Selten's distinction."""
    tree = build(
        ["A"],
        "first",
        lambda state: {
            "first": Move(0, ("stay", "go"), ["low", "second"]),
            "second": Move(0, ("stop", "on"), ["nothing", "high"]),
            "low": Terminal([1]),
            "nothing": Terminal([0]),
            "high": Terminal([2]),
        }[str(state)],
    )
    form = agent_normal_form(tree)
    assert form.game.players == ("A @ start", "A @ go")
    assert form.game.matrix(0) == form.game.matrix(1) == [[1, 1], [0, 2]]
    stuck = (pure(0, 2), pure(0, 2))
    assert equilibrium(form.game, stuck)
    assert not is_nash(tree, form.behaviour(stuck))


def bayesian(rng: Random) -> ExtensiveGame:
    """Two players of two types each, a joint prior, two actions."""
    states = list(product((0, 1), repeat=2))
    weights = [rng.randint(1, 4) for _ in states]

    def expand(state: object) -> object:
        match state:
            case ():
                names = tuple(f"{a}{b}" for a, b in states)
                return Chance(names, [Fraction(w, sum(weights)) for w in weights], states)
            case (a, b):
                return Move(0, ("x", "y"), [(a, b, "x"), (a, b, "y")], f"A{a}")
            case (a, b, first):
                return Move(1, ("l", "r"), [(a, b, first, "l"), (a, b, first, "r")], f"B{b}")
        return Terminal([rng.randint(-4, 4), rng.randint(-4, 4)])

    return build(["A", "B"], (), expand)  # type: ignore[arg-type]


def test_types_are_paid_their_interim_payoffs() -> None:
    for seed in range(20):
        tree = bayesian(Random(seed))
        view = bayesian_view(tree)
        assert view is not None
        form, agents = type_agent_form(view), agent_normal_form(tree)
        assert form.sets == tuple(index for own in view.set_of for index in own)
        rng = Random(seed)
        choices = random_choices(rng, tree)
        interim = expected(form.game, form.profile(choices))
        # What the types expect, weighed with their probabilities, is what the player expects.
        total = value(tree, choices)
        place = 0
        for player, own in enumerate(view.set_of):
            parts = []
            for own_type in range(len(own)):
                chance = sum(p for types, p in view.prior.items() if types[player] == own_type)
                parts.append(chance * interim[place])
                place += 1
            assert sum(parts) == total[player]
        for indices in form.game.profiles():
            profile = tuple(pure(i, n) for i, n in zip(indices, form.game.shape, strict=True))
            lifted = form.behaviour(profile)
            assert equilibrium(form.game, profile) == is_nash(tree, lifted)
            assert equilibrium(agents.game, agents.profile(lifted)) == is_nash(tree, lifted)


def test_types_by_hand() -> None:
    """A knows her type (strong with 1/4); she is paid 4 or 8 for x where B says l, else 0."""
    pay = {"strong": 4, "weak": 8}

    def expand(state: tuple[str, ...]) -> object:
        if not state:
            chances = [Fraction(1, 4), Fraction(3, 4)]
            return Chance(("strong", "weak"), chances, [("strong",), ("weak",)])
        if len(state) == 1:
            return Move(0, ("x", "y"), [(*state, "x"), (*state, "y")], state[0])
        if len(state) == 2:
            return Move(1, ("l", "r"), [(*state, "l"), (*state, "r")], "B")
        won = state[1:] == ("x", "l")
        return Terminal([pay[state[0]] if won else 0, 1 if won else 0])

    view = bayesian_view(build(["A", "B"], (), expand))  # type: ignore[arg-type]
    assert view is not None
    form = type_agent_form(view)
    assert form.game.players == ("A @ strong", "A @ weak", "B @ B")
    assert form.game.payoffs((0, 0, 0)) == (4, 8, 1)
    assert form.game.payoffs((0, 1, 0)) == (4, 0, Fraction(1, 4))
    assert form.game.payoffs((0, 0, 1)) == (0, 0, 0)


def test_what_has_no_agent_form() -> None:
    driver = build(
        ["D"],
        0,
        lambda state: (
            Move(0, ("exit", "on"), [-1, int(str(state)) + 1], "crossing")
            if state in (0, 1)
            else Terminal([int(str(state))])
        ),
    )
    with pytest.raises(ValueError, match="twice"):
        agent_normal_form(driver)
    with pytest.raises(ValueError, match="nobody moves"):
        agent_normal_form(build(["D"], 0, lambda _: Terminal([1])))
    with pytest.raises(ValueError, match="more than 1 "):
        agent_normal_form(trees(1)[0], max_profiles=1)
