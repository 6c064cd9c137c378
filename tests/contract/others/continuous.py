"""Games in which a choice is a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from alliance_games.reading import read_text
from alliance_games.results.named.continuous import (
    ChoiceContinuum,
    ChoiceEquilibrium,
    Leadership,
    Reply,
    ReplyCurve,
    Response,
)


def game(choices: str, payoffs: str, parameters: str = "", players: str = "[A, B]"):
    """The game of a file with these parts, at its defaults."""
    text = f"game: a game\nplayers: {players}\n"
    if parameters:
        text += f"parameters: {{{parameters}}}\n"
    text += f"choices:\n{choices}\npayoffs:\n{payoffs}\n"
    return read_text(text).case(None).game


COMMITMENT = game(
    "  each: k in [0, 1]",
    "  A: -(a * (1 - mine) * (1 - k[B]) + mine^2 / 2)\n"
    "  B: -(b * (1 - mine) * (1 - k[A]) + mine^2 / 2)",
    "a: 4/5, b: 2/5",
)
CONTEST = game("  each: effort in [0, 10]", "  each: contest(effort) - effort", players="[A, B, C]")
PUBLIC_GOOD = game(
    "  each: gift in [0, wealth]",
    "  each: cobb_douglas(wealth - gift, total(gift), 2/5)",
    "wealth: {value: {A: 10, B: 8}}",
)
WEAKEST_LINK = game("  each: effort in [0, 1]", "  each: min(effort[A], effort[B]) - mine / 2")
ALL_PAY = game("  each: bid in [0, 2]", "  each: all_pay(bid) - bid")
ALONE = game("  A: k in [0, 1]", "  A: -(5 * (1 - k)^2 + 3 * k^2)", players="[A]")
LOGIT = game(
    "  each: x in [0, 3]", "  each: 4 * exp(x) / total(exp(x)) - x^2"
)  # a contest by differences, solved by search
DUOPOLY = game(
    "  each: output in [0, 10]\n  order: [A, B]", "  each: output * (10 - total(output)) - output"
)
GAMES = [COMMITMENT, CONTEST, PUBLIC_GOOD, WEAKEST_LINK, ALL_PAY, ALONE, LOGIT, DUOPOLY]


def spoilt(solution: object) -> Iterator[tuple[str, object]]:
    """Wrong answers near a right one."""
    if isinstance(solution, ChoiceEquilibrium | ChoiceContinuum):
        first = next(iter(solution.choices))
        step = Fraction(1, 50) if solution.choices[first] < 1 else -Fraction(1, 50)
        moved = {**solution.choices, first: solution.choices[first] + step}
        if isinstance(solution, ChoiceEquilibrium):
            yield "a choice", replace(solution, choices=moved)
        raised = {**solution.payoffs, first: solution.payoffs[first] + 1}
        yield "a payoff", replace(solution, payoffs=raised)
        fewer = {name: one for name, one in solution.choices.items() if name != first}
        yield "a player left out", replace(solution, choices=fewer)
        beyond = {**solution.choices, first: Fraction(1000)}
        yield "a choice out of its range", replace(solution, choices=beyond)
    if isinstance(solution, ChoiceEquilibrium):
        for name in ("strict", "interior"):
            if name in solution.properties:
                facts = {**solution.properties, name: not solution.properties[name]}
                yield name, replace(solution, properties=facts)
    if isinstance(solution, ChoiceContinuum):
        other = solution.conditions[0].replace(" = ", " = 1 + ")
        yield "a condition", replace(solution, conditions=(other, *solution.conditions[1:]))
        yield "the dimension", replace(solution, dimension=solution.dimension + 7)
        corner = {name: number + Fraction(k + 1, 9) for k, (name, number) in
                  enumerate(solution.corners[0].items())}  # fmt: skip
        yield "a corner", replace(solution, corners=(corner, *solution.corners[1:]))
    if isinstance(solution, Leadership):
        for name in solution.choices:
            step = Fraction(1, 10) if solution.choices[name] < 1 else -Fraction(1, 10)
            moved = {**solution.choices, name: solution.choices[name] + step}
            yield f"the choice of {name}", replace(solution, choices=moved)
            raised = {**solution.payoffs, name: solution.payoffs[name] + 1}
            yield f"the payoff of {name}", replace(solution, payoffs=raised)
        yield "the leader", replace(solution, leader="nobody")
    if isinstance(solution, Response):
        yield from _spoilt_response(solution)
    if isinstance(solution, ReplyCurve):
        yield from _spoilt_curve(solution)


def _spoilt_response(solution: Response) -> Iterator[tuple[str, object]]:
    player = next(iter(solution.effects))
    parameter = next(iter(solution.effects[player]))
    for name in ("effects", "gains"):
        table = getattr(solution, name)
        if table[player]:
            moved = {**table[player], parameter: table[player][parameter] + Fraction(1, 100)}
            yield name, replace(solution, **{name: {**table, player: moved}})
    for name in ("formulas", "payoffs"):
        table = getattr(solution, name)
        if table[player]:
            wrong = {**table, player: f"{table[player]} + 1/1000"}
            yield name, replace(solution, **{name: wrong})
    if solution.conditions:
        turned = solution.conditions[0].translate(str.maketrans("<>", "><"))
        yield "a condition", replace(solution, conditions=(turned,))


def _spoilt_curve(solution: ReplyCurve) -> Iterator[tuple[str, object]]:
    for place, reply in enumerate(solution.replies):
        if reply.choices and not place % 4:
            step = Fraction(1, 50) if reply.choices[0] < 1 else -Fraction(1, 50)
            wrong = Reply(reply.to, (reply.choices[0] + step,))
            replies = (*solution.replies[:place], wrong, *solution.replies[place + 1 :])
            yield f"reply {place}", replace(solution, replies=replies)
    if solution.formula:
        yield "the formula", replace(solution, formula=f"{solution.formula} + 1/1000")
