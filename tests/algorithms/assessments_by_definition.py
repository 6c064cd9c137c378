"""Sequential rationality, Bayes' rule and trembles, slowly and straight from the definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from random import Random

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.tree_solutions import Assessment, Condition, Continuum

Choices = tuple[Mixed | None, ...]


def worth(game: ExtensiveGame, node: int, player: int, choices: Choices) -> Fraction:
    """What a player expects from a node on."""
    index = game.set_of[node]
    if index == TERMINAL:
        return game.payoffs(node)[player]
    total = Fraction(0)
    for action, child in enumerate(game.children(node)):
        choice = choices[index]
        share = game.probability(child) if choice is None else choice[action]
        if share:
            total += share * worth(game, child, player, choices)
    return total


def probability(game: ExtensiveGame, node: int, choices: Choices) -> Fraction:
    """How likely play comes to a node."""
    total = Fraction(1)
    while node:
        before = game.parent[node]
        choice = choices[game.set_of[before]]
        action = node - game.first_child[before]
        total *= game.probability(node) if choice is None else choice[action]
        node = before
    return total


def plans(game: ExtensiveGame, player: int, choices: Choices) -> Iterator[Choices]:
    """Every pure plan of a player for the whole game, with the others' choices."""
    own = [h for h, each in enumerate(game.sets) if each.player == player]
    for picked in product(*(range(len(game.sets[h].actions)) for h in own)):
        changed = list(choices)
        for h, action in zip(own, picked, strict=True):
            changed[h] = tuple(Fraction(a == action) for a in range(len(game.sets[h].actions)))
        yield tuple(changed)


def is_rational(game: ExtensiveGame, choices: Choices, beliefs: Choices) -> bool:
    """Whether at every set no plan is better than the choices, given the belief."""
    for h, each in enumerate(game.sets):
        belief = beliefs[h]
        if each.player == CHANCE or belief is None:
            continue
        held = list(zip(game.nodes_of[h], belief, strict=True))
        own = sum(b * worth(game, x, each.player, choices) for x, b in held if b)
        for other in plans(game, each.player, choices):
            if sum(b * worth(game, x, each.player, other) for x, b in held if b) > own:
                return False
    return True


def limit_of_trembles(
    game: ExtensiveGame, orders: Sequence[tuple[int, ...]], weights: Sequence[tuple[int, ...]]
) -> tuple[Choices, Choices]:
    """Choices and beliefs to which the probabilities weight * e ** order tend, e falling to 0."""
    choices: list[Mixed | None] = []
    powers: dict[int, tuple[int, Fraction]] = {0: (0, Fraction(1))}
    totals = {}
    for h, each in enumerate(game.sets):
        if each.player == CHANCE:
            choices.append(None)
            continue
        pairs = list(zip(weights[h], orders[h], strict=True))
        totals[h] = sum(w for w, o in pairs if o == 0)
        choices.append(tuple(Fraction(w * (o == 0), totals[h]) for w, o in pairs))
    for node in range(game.size):
        h = game.set_of[node]
        for action, child in enumerate([] if h == TERMINAL else game.children(node)):
            order, share = powers[node]
            if game.sets[h].player == CHANCE:
                powers[child] = (order, share * game.probability(child))
            else:
                step = Fraction(weights[h][action], totals[h])
                powers[child] = (order + orders[h][action], share * step)
    beliefs: list[Mixed | None] = []
    for h, nodes in enumerate(game.nodes_of):
        if game.sets[h].player == CHANCE:
            beliefs.append(None)
            continue
        least = min(powers[x][0] for x in nodes)
        shares = [powers[x][1] * (powers[x][0] == least) for x in nodes]
        beliefs.append(tuple(share / sum(shares) for share in shares))
    return tuple(choices), tuple(beliefs)


def bayes_or_grid(game: ExtensiveGame, choices: Choices, steps: int) -> Iterator[Choices]:
    """Beliefs by Bayes' rule where play comes, on a grid elsewhere."""
    options: list[list[Mixed | None]] = []
    for h, nodes in enumerate(game.nodes_of):
        if game.sets[h].player == CHANCE:
            options.append([None])
            continue
        reached = [probability(game, x, choices) for x in nodes]
        if total := sum(reached):
            options.append([tuple(p / total for p in reached)])
        else:
            options.append(list(grid(len(nodes), steps)))
    yield from product(*options)


def grid(size: int, steps: int) -> Iterator[Mixed]:
    """Distributions with multiples of 1 / steps."""
    for parts in product(range(steps + 1), repeat=size):
        if sum(parts) == steps:
            yield tuple(Fraction(part, steps) for part in parts)


def in_one_of(
    solutions: Sequence[Assessment | Continuum], choices: Choices, beliefs: Choices
) -> bool:
    """Whether an assessment is one of the solutions, or in one of their families."""
    for solution in solutions:
        if isinstance(solution, Assessment):
            if (solution.choices, solution.beliefs) == (choices, beliefs):
                return True
            continue
        for family in solution.families:
            points = [solution.points[place] for place in family.points]
            if _fixed_as(points, choices, beliefs) and all(
                _holds(condition, choices, beliefs) for condition in family.conditions
            ):
                return True
    return False


def _fixed_as(points: Sequence, choices: Choices, beliefs: Choices) -> bool:
    """Whether what is the same at all points is the same here."""
    for part, mine in (("choices", choices), ("beliefs", beliefs)):
        for h, own in enumerate(mine):
            for place in range(len(own or ())):
                theirs = {getattr(point, part)[h][place] for point in points}
                if len(theirs) == 1 and own[place] not in theirs:
                    return False
    return True


def _holds(condition: Condition, choices: Choices, beliefs: Choices) -> bool:
    total = Fraction(0)
    for coefficient, unknowns in condition.terms:
        for unknown in unknowns:
            coefficient *= (choices if unknown.of == "choice" else beliefs)[unknown.set][
                unknown.place
            ]
        total += coefficient
    if condition.relation == "=":
        return total == 0
    return total > 0 if condition.relation == ">" else total >= 0


# Games


def signalling(
    random: Random, types: int = 2, messages: int = 2, responses: int = 2, most: int = 3
) -> ExtensiveGame:
    """A sender of several types, a receiver who sees the message; small payoffs, so ties."""

    def after(message: int) -> Move:
        endings = [
            Terminal((random.randint(0, most), random.randint(0, most))) for _ in range(responses)
        ]
        names = [f"r{r}" for r in range(responses)]
        return Move(1, tuple(names), endings, f"after m{message}")

    senders = [
        Move(0, tuple(f"m{m}" for m in range(messages)), [after(m) for m in range(messages)])
        for _ in range(types)
    ]
    shares = [random.randint(1, 3) for _ in range(types)]
    prior = [Fraction(share, sum(shares)) for share in shares]
    root = Chance(tuple(f"t{t}" for t in range(types)), prior, senders)
    return build(("Sender", "Receiver"), root, lambda state: state)


def three_in_turn(random: Random, most: int = 3) -> ExtensiveGame:
    """Selten's horse with other payoffs; or the third sees only that the second has moved."""

    def end() -> Terminal:
        return Terminal([random.randint(0, most) for _ in range(3)])

    def third() -> Move:
        return Move(2, ("L", "R"), [end(), end()], "third")

    if random.randrange(2):
        second, last = Move(1, ("c", "d"), [third(), third()]), end()
    else:
        second, last = Move(1, ("c", "d"), [end(), third()]), third()
    root = Move(0, ("C", "D"), [second, last])
    return build(("1", "2", "3"), root, lambda state: state)


def two_watchers(random: Random, most: int = 2) -> ExtensiveGame:
    """One of three moves, the last two unseen by the second, who is unseen by the third."""

    def end() -> Terminal:
        return Terminal([random.randint(0, most) for _ in range(3)])

    def third() -> Move:
        return Move(2, ("L", "R"), [end(), end()], "third")

    def second() -> Move:
        return Move(1, ("a", "b"), [third(), end()], "second")

    root = Move(0, ("Out", "A", "B"), [end(), second(), second()])
    return build(("1", "2", "3"), root, lambda state: state)


def linked(random: Random) -> ExtensiveGame:
    """Three watchers of two players who stay out: the odds the third holds are the product of the
    odds the first two hold, because the two players tremble alike wherever they move."""
    names = ("One", "Two", "w1", "w2", "w3")

    def end() -> Terminal:
        return Terminal((-1, -1, *(random.randint(0, 2) for _ in range(3))))

    def watched(player: int) -> Move:
        return Move(player, ("L", "R"), [end(), end()], "sees")

    out = Terminal((0, 0, 0, 0, 0))
    alone = Move(0, ("out", "a", "b"), [out, watched(2), watched(2)], "One")
    other = Move(1, ("out", "a", "b"), [out, watched(3), watched(3)], "Two")
    after = [
        Move(1, ("out", "a", "b"), [out, watched(4), out], "Two"),
        Move(1, ("out", "a", "b"), [out, out, watched(4)], "Two"),
    ]
    both = Move(0, ("out", "a", "b"), [out, *after], "One")
    root = Chance(("x", "y", "z"), [Fraction(1, 3)] * 3, [alone, other, both])
    return build(names, root, lambda state: state)


def crossed(random: Random, most: int = 1) -> ExtensiveGame:
    """The third player's two sets are reached by different moves of the first and the second."""

    def end() -> Terminal:
        return Terminal([random.randint(0, most) for _ in range(3)])

    def third(label: str) -> Move:
        return Move(2, ("L", "R", "M"), [end(), end(), end()], label)

    def second() -> Move:
        return Move(1, ("c", "d"), [third("x"), third("y")], "second")

    root = Move(0, ("C", "D", "E"), [second(), second(), third("x")])
    return build(("1", "2", "3"), root, lambda state: state)


def both_unsure(random: Random, most: int = 2) -> ExtensiveGame:
    """Two players of two types each stop or go on in turn."""

    def end() -> Terminal:
        return Terminal([random.randint(0, most) for _ in range(2)])

    def node(types: tuple[int, int], past: int) -> Move | Terminal:
        if past == 3:
            return end()
        player = past % 2
        label = f"{types[player]} at {past}"
        return Move(player, ("stop", "go"), [end(), node(types, past + 1)], label)

    pairs = [(one, other) for one in (0, 1) for other in (0, 1)]
    root = Chance(
        tuple(f"{one}{other}" for one, other in pairs),
        [Fraction(1, 4)] * 4,
        [node(pair, 0) for pair in pairs],
    )
    return build(("One", "Other"), root, lambda state: state)


def moves_twice(random: Random, most: int = 2) -> ExtensiveGame:
    """The first player moves, the second answers unseen, the first moves again."""

    def end() -> Terminal:
        return Terminal([random.randint(0, most) for _ in range(2)])

    def again() -> Move:
        return Move(0, ("x", "y"), [end(), end()], "again")

    def second() -> Move:
        return Move(1, ("a", "b", "c"), [again(), again(), end()])

    root = Move(0, ("Out", "In"), [end(), second()])
    return build(("1", "2"), root, lambda state: state)
