"""``ordinal``: players rank the named outcomes of a table instead of giving them numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alliance_games.exact.expression import Number
from alliance_games.exact.words import listed
from alliance_games.model.extensive import CHANCE
from alliance_games.model.rankings import OrdinalTable
from alliance_games.model.tables import NormalTable
from alliance_games.model.trees import TreeBody
from alliance_games.reading.desk import Desk, unquoted
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence


def ranked_names(node: Node) -> tuple[str, ...]:
    """Every outcome that some ranking names."""
    names: dict[str, None] = {}
    for _, value in node.entries if isinstance(node, Mapping) else ():
        for item in value.items if isinstance(value, Sequence) else ():
            if isinstance(item, Scalar):
                names.update(dict.fromkeys(part.text for part in _tied(item)))
    return tuple(names)


def read_ordinal(desk: Desk, node: Node, table: NormalTable) -> OrdinalTable | None:
    """The table's outcomes ranked by each player, best first; '=' ties two."""
    ranks = _ranks(desk, node, table.players, table.outcomes, "no profile leads")
    if ranks is None:
        return None
    return OrdinalTable(
        table.players,
        table.strategies,
        table.outcomes,
        tuple(tuple(own[outcome] for outcome in table.outcomes) for own in ranks),
    )


def read_ranked_tree(desk: Desk, at: Scalar, node: Node, tree: TreeBody) -> TreeBody | None:
    """The tree whose endings each player ranks; chance has no place in it."""
    ranks = _ranks(desk, node, tree.players, tree.outcomes, "nothing leads")
    if any(one.player == CHANCE for one in tree.sets):
        message = "rankings are not weighed by chances, and chance moves in this tree"
        hint = "give the outcomes payoffs under 'outcomes:'"
        desk.fault("two-payoffs", message, at.span, hint)
        return None
    if ranks is None:
        return None
    payoffs = tuple(
        tuple(Number(Fraction(own[outcome])) for own in ranks) for outcome in tree.outcomes
    )
    return replace(tree, payoffs=payoffs, ordinal=True)


def _ranks(
    desk: Desk, node: Node, players: tuple[str, ...], outcomes: tuple[str, ...], nothing: str
) -> tuple[dict[str, int], ...] | None:
    """Each player's rank of every outcome, higher is better; None where something is missing."""
    ranks: dict[str, dict[str, int]] = {}
    known = ranked_names(node)
    wanted = [name for name in dict.fromkeys(outcomes) if name in known]
    whole = True
    for key, value in desk.mapping(node, "'ordinal'", "as in  Alice: [best, middle = also, worst]"):
        if desk.choose(key, players, "unknown-player", "player") is None:
            whole = False
            continue
        ranks[key.text] = _ranking(desk, key, value)
        missing = [name for name in wanted if name not in ranks[key.text]]
        whole = whole and bool(ranks[key.text])
        if missing and ranks[key.text]:
            whole = False
            message = f"the ranking of {key.text} leaves out {listed(missing)}"
            desk.fault("missing-outcome", message, key.span)
        for name in ranks[key.text]:
            if name not in outcomes:
                desk.warn("unused-outcome", f"{nothing} to '{name}'", key.span)
    without = [player for player in players if player not in ranks]
    if without and whole:
        desk.fault("missing-ranking", f"there is no ranking for {listed(without)}", node.span)
    if "" in outcomes and not desk.problems.errors:
        message = "some endings have payoffs and no name, and cannot be ranked"
        desk.fault("two-payoffs", message, node.span, "name each ending, and rank the names")
    if without or not whole or set(outcomes) - set(known):
        return None
    return tuple(ranks[player] for player in players)


def _tied(item: Scalar) -> list[Scalar]:
    """``a = b``: the outcomes of one rank."""
    parts, start = [], 0
    for position, character in enumerate(item.text):
        if character == "=":
            parts.append(unquoted(item.part(start, position)))
            start = position + 1
    return [*parts, unquoted(item.part(start, len(item.text)))]


def _is_a_chain(text: Scalar, alone: bool) -> bool:
    """``a > b``, or a list without its brackets."""
    return not text.quoted and (">" in text.text or (alone and "," in text.text))


def _ranking(desk: Desk, key: Scalar, node: Node) -> dict[str, int]:
    items = desk.items(node, f"the ranking of {key.text}", "best first: [best, middle, worst]")
    ranks: dict[str, int] = {}
    for position, item in enumerate(items):
        text = desk.text(item, "an outcome")
        if text is not None and _is_a_chain(text, alone=text is node):
            message = f"the ranking of {key.text} is a list, best first"
            hint = f"write [{', '.join(part.strip() for part in text.text.split('>'))}]"
            desk.fault("wrong-shape", message, text.span, hint)
            return {}
        for name in _tied(text) if text is not None else ():
            if name.text in ranks:
                message = f"'{name.text}' is ranked twice"
                desk.fault("doubled-outcome", message, name.span)
            ranks[name.text] = len(items) - position
    return ranks
