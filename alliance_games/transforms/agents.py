"""Every information set an agent: the agent normal form, and the type-agent form.

In the agent normal form each information set is played by an agent of its own, who is paid what
her player is paid (Kuhn 1953; Selten 1975, section 9). A Nash equilibrium of the tree in behaviour
strategies is one of the agent form; the converse holds where no player moves twice on a path, and
with perfect recall the perfect equilibria of the agent form are those of the tree (Selten 1975). In
a Bayesian game the agents are the types of the players, and each is paid what her player expects
who knows her type (Harsanyi 1967-68, part II).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from alliance_games.model.bayesian import Bayesian
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile
from alliance_games.transforms.plan_payoffs import Plan, Way, tables

MAX_PROFILES = 1_000_000


@dataclass(frozen=True, slots=True)
class AgentForm:
    """``game`` has an agent for each information set of ``tree`` that is not chance's.

    ``sets[agent]`` is the agent's information set, and her strategies are its actions.
    """

    tree: ExtensiveGame
    game: NormalGame
    sets: tuple[int, ...]

    def behaviour(self, profile: Profile) -> tuple[Mixed | None, ...]:
        """The agents' strategies as behaviour strategies of the players; None for chance."""
        choices: list[Mixed | None] = [None] * len(self.tree.sets)
        for index, mixed in zip(self.sets, profile, strict=True):
            choices[index] = mixed
        return tuple(choices)

    def profile(self, choices: Sequence[Mixed | None]) -> Profile:
        """Behaviour strategies as a profile of the agents: the inverse of ``behaviour``."""
        found = [choices[index] for index in self.sets]
        if any(mixed is None for mixed in found):
            raise ValueError("every information set needs a choice")
        return tuple(mixed for mixed in found if mixed is not None)


def agent_normal_form(tree: ExtensiveGame, *, max_profiles: int = MAX_PROFILES) -> AgentForm:
    """The agent normal form of a tree, whether or not its players have perfect recall.

    Raises ValueError for more than ``max_profiles`` pure profiles, for a tree in which nobody
    moves, and where a path meets an information set twice: its agent would choose once, and the
    player each time.
    """
    sets = tuple(index for index, one in enumerate(tree.sets) if one.player != CHANCE)
    owner = [tree.sets[index].player for index in sets]
    return _form(
        tree,
        sets,
        lambda agent, ending, _: tree.payoffs(ending)[owner[agent]],
        agent_names(tree, sets),
        max_profiles,
    )


def type_agent_form(view: Bayesian, *, max_profiles: int = MAX_PROFILES) -> AgentForm:
    """The type-agent form of a Bayesian game: every type of every player is an agent.

    An agent is paid the interim payoff, what her player expects who knows her type; the Nash
    equilibria are those of the game. Raises ValueError for a type of probability zero, who knows
    nothing that can be, and for more than ``max_profiles`` pure profiles.
    """
    tree = view.game
    sets = tuple(index for own in view.set_of for index in own)
    owner = [tree.sets[index].player for index in sets]
    chances = []
    for player, own in enumerate(view.set_of):
        for own_type in range(len(own)):
            chances.append(
                sum(
                    (p for types, p in view.prior.items() if types[player] == own_type),
                    Fraction(0),
                )
            )
    if not all(chances):
        raise ValueError("a type of probability zero has no interim payoffs")

    def paid(agent: int, ending: int, way: Way) -> Fraction:
        if not any(index == sets[agent] for index, _ in way):
            return Fraction(0)
        return tree.payoffs(ending)[owner[agent]] / chances[agent]

    return _form(tree, sets, paid, agent_names(tree, sets), max_profiles)


def agent_tree(tree: ExtensiveGame) -> ExtensiveGame:
    """The tree with an agent in the place of each information set's player: the same nodes, sets
    and chances, and for each agent the payoffs of her player.

    Raises ValueError for a tree in which nobody moves.
    """
    sets = tuple(index for index, one in enumerate(tree.sets) if one.player != CHANCE)
    if not sets:
        raise ValueError("nobody moves in this tree")
    agent = {index: number for number, index in enumerate(sets)}
    owner = [tree.sets[index].player for index in sets]
    return replace(
        tree,
        players=agent_names(tree, sets),
        sets=tuple(
            replace(one, player=agent.get(index, CHANCE)) for index, one in enumerate(tree.sets)
        ),
        numerators=tuple(tree.numerators[player] for player in owner),
        denominators=tuple(tree.denominators[player] for player in owner),
    )


def agent_names(tree: ExtensiveGame, sets: Sequence[int]) -> tuple[str, ...]:
    """``Player @ set``, as game files write it; with the set's number where that is ambiguous."""
    names = [f"{tree.players[tree.sets[i].player]} @ {tree.set_name(i)}" for i in sets]
    if len(set(names)) == len(names):
        return tuple(names)
    return tuple(f"{name} [{index}]" for name, index in zip(names, sets, strict=True))


def _form(
    tree: ExtensiveGame,
    sets: tuple[int, ...],
    paid: Callable[[int, int, Way], Fraction],
    names: tuple[str, ...],
    max_profiles: int,
) -> AgentForm:
    if not sets:
        raise ValueError("nobody moves in this tree")
    if prod(len(tree.sets[index].actions) for index in sets) > max_profiles:
        raise ValueError(f"the agent form has more than {max_profiles} profiles")
    if _meets_a_set_twice(tree):
        raise ValueError("a path meets an information set twice: no agent can play for it")
    plans: list[list[Plan]] = [
        [{index: action} for action in range(len(tree.sets[index].actions))] for index in sets
    ]
    scaled = [over_common_denominator(table) for table in tables(tree, plans, paid)]
    game = NormalGame(
        names,
        tuple(tree.sets[index].actions for index in sets),
        tuple(integers for integers, _ in scaled),
        tuple(denominator for _, denominator in scaled),
        numeric=tree.numeric,
    )
    return AgentForm(tree, game, sets)


def _meets_a_set_twice(tree: ExtensiveGame) -> bool:
    """Whether some node has a node of its own information set above it (Isbell 1957)."""
    for nodes in tree.nodes_of:
        if len(nodes) == 1:
            continue
        own = set(nodes)
        for node in nodes:
            above = tree.parent[node]
            while above >= 0:
                if above in own:
                    return True
                above = tree.parent[above]
    return False
