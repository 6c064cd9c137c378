"""A landscape drawn: the sizes of the states and how they lean."""

from __future__ import annotations

from alliance_games.model.landscape import Landscape
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block, Column, Piece, Prose, Table, text
from alliance_games.report.coalition_words import several, sides_words
from alliance_games.report.named.landscape import least_held, named_minima
from alliance_games.report.words import amount, capital, count, listed, number, numeral
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.landscape import Minimum, Path

MOST_NAMED = 4
MOST_DRAWN = 12

_READ = (
    "Each state with its size, and how much it and each other are inclined to be on one side "
    "(negative: to be apart)."
)


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """Sizes and propensities in one table."""
    assert isinstance(game, Landscape)
    if len(game.players) > MOST_DRAWN and not generous:
        words = f"The propensities of {len(game.players)} states are not drawn; 'show' has them."
        return [Prose(text(Piece(words, "muted")))]
    columns = (
        Column(text("State")),
        Column(text("Size"), "right"),
        *(Column(text(Piece(name, "player")), "right") for name in game.players),
    )
    rows = tuple(
        (
            (text(Piece(name, "player")),),
            (text(number(game.sizes[i])),),
            *((text("" if i == j else number(value)),) for j, value in enumerate(own)),
        )
        for i, (name, own) in enumerate(zip(game.players, game.propensities, strict=True))
    )
    blocks: list[Block] = [Table(columns, rows), Prose(text(Piece(_READ, "muted")))]
    if game.start is not None:
        where = f"It begins from {sides_words(game.sides(game.start))}."
        blocks.append(Prose(text(where)))
    return blocks


def _minima(answer: CaseAnswer) -> list[Minimum] | None:
    result = answer.of("landscape-minima")
    if result is None:
        return None
    return [one for one in result.solutions if isinstance(one, Minimum)]


def _column(answer: CaseAnswer) -> list[str]:
    found = _minima(answer) or []
    shown = [f"{sides_words(one.sides)} ({number(one.energy)})" for one in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        shown.append(f"{len(found) - MOST_NAMED:,} more")
    return shown


def _end(answer: CaseAnswer) -> list[str]:
    result = answer.of("gradient-path")
    paths = [one for one in result.solutions if isinstance(one, Path)] if result else []
    return [sides_words(one.end) for one in paths]


COLUMNS = (("Local minima (energy)", _column), ("The start leads to", _end))


def meaning(answer: CaseAnswer) -> list[str]:
    """How many ways history could have gone, what tells them apart, and who is held least."""
    found = _minima(answer)
    sentences: list[str] = []
    if found:
        sentences += [_number(found), *_differences(found), least_held(found)]
    sentences += _way(answer)
    return [sentence for sentence in sentences if sentence]


def _number(found: list[Minimum]) -> str:
    if len(found) == 1:
        return (
            f"Wherever one begins, the states end as {sides_words(found[0].sides)}: there is no "
            "other division that none of them would leave."
        )
    deep = [one for one in found if one.deepest]
    share = [
        f"{sides_words(one.sides)} from {amount_of(one)} of the beginnings"
        for one in found[:MOST_NAMED]
    ]
    which = (
        f"the deepest is {sides_words(deep[0].sides)}"
        if len(deep) == 1
        else "they are equally deep"
        if len(deep) == len(found)
        else f"{numeral(len(deep))} of them are equally deep"
    )
    return (
        f"There are {count(len(found), 'division')} that no state would leave, and {which}. By "
        f"steepest descent one comes to {listed(share)}."
    )


def amount_of(one: Minimum) -> str:
    """``17 of 32`` as a share: ``53%``."""
    return f"{100 * one.basin / one.configurations:.0f}%"


def _differences(found: list[Minimum]) -> list[str]:
    """Who sits with others in the two deepest minima."""
    if len(found) < 2:
        return []
    first, second = named_minima(found[0]), named_minima(found[1])
    apart = min(first ^ second, frozenset(_all(found[0])) - (first ^ second), key=len)
    if not apart:
        return []
    names = several([name for name in _all(found[0]) if name in apart])
    verb = "changes" if len(apart) == 1 else "change"
    return [f"Between the two deepest {names} {verb} sides."]


def _all(one: Minimum) -> list[str]:
    return list(one.frustrations)


def _way(answer: CaseAnswer) -> list[str]:
    result = answer.of("gradient-path")
    paths = [one for one in result.solutions if isinstance(one, Path)] if result else []
    if not paths:
        return []
    path = paths[0]
    if not path.steps:
        return ["From the start no state would move: it is a local minimum itself."]
    movers = several(list(dict.fromkeys(step.mover for step in path.steps)))
    fall = amount(path.energy - path.steps[-1].energy)
    return [
        capital(
            f"from the start {movers} change sides, {count(len(path.steps), 'move')} in all, and "
            f"the energy falls by {fall} to {sides_words(path.end)}."
        ).replace(" change sides, one move", " changes sides, one move")
    ]
