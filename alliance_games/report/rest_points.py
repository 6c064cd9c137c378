"""Where populations stand still, in tables, pictures and words."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import population
from alliance_games.report.blocks import Block, Bullets, Prose, Table, text
from alliance_games.report.phases import of_population, of_two_populations
from alliance_games.report.shares import columns, in_words
from alliance_games.report.words import amount, listed, many
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.evolution import RestPair, RestPoint
from alliance_games.results.result import Result


def rest_points(result: Result, answer: CaseAnswer) -> list[Block]:
    """Where one population stands still, what happens nearby, and a picture."""
    rest = [one for one in result.solutions if isinstance(one, RestPoint)]
    rows = []
    for number, one in enumerate(rest, 1):
        rows.append(
            (
                (text(str(number)),),
                tuple(map(text, _place_lines(one))),
                (text(amount(one.payoff)),),
                (text("yes" if one.equilibrium else "no"),),
                (text(_signs(one)),),
                (text(one.form),),
                (text(one.stability),),
            )
        )
    titles = ("#", "Rest point", ">Payoff", "Equilibrium", "Eigenvalues", "Form", "Stability")
    found: list[Block] = [Table(columns(*titles), tuple(rows))]
    found += _criteria([(f"#{number}", one) for number, one in enumerate(rest, 1)])
    game = answer.case.game
    assert isinstance(game, NormalGame)
    crowd = population(game)
    picture = of_population(crowd, rest) if crowd is not None else None
    if picture is not None:
        found.append(picture)
    return [*found, *(Prose(text(one)) for one in _rest_sentences(rest))]


def rest_pairs(result: Result, answer: CaseAnswer) -> list[Block]:
    """Where two populations stand still, what happens nearby, and a picture."""
    game = answer.case.game
    assert isinstance(game, NormalGame)
    rest = [one for one in result.solutions if isinstance(one, RestPair)]
    rows = []
    for number, one in enumerate(rest, 1):
        rows.append(
            (
                (text(str(number)),),
                *(tuple(map(text, _side_lines(one, player))) for player in game.players),
                (text(", ".join(amount(one.payoffs[player]) for player in game.players)),),
                (text("yes" if one.equilibrium else "no"),),
                (text(_signs(one)),),
                (text(one.form),),
                (text(one.stability),),
            )
        )
    titles = ("#", *game.players, "Payoffs", "Equilibrium", "Eigenvalues", "Form", "Stability")
    found: list[Block] = [Table(columns(*titles), tuple(rows))]
    found += _criteria([(f"#{number}", one) for number, one in enumerate(rest, 1)])
    picture = of_two_populations(game, rest)
    if picture is not None:
        found.append(picture)
    return [*found, *(Prose(text(one)) for one in _pair_sentences(rest, game.players))]


def _side_lines(one: RestPair, player: str) -> list[str]:
    corners = one.corners.get(player, ())
    if len(corners) < 2:
        return [in_words(one.strategies[player])]
    return ["all mixtures of", *(f"({in_words(corner)})" for corner in corners)]


def _pair_sentences(rest: Sequence[RestPair], players: Sequence[str]) -> list[str]:
    def name(one: RestPair) -> str:
        parts = [in_words(one.strategies[player]) for player in players]
        return f"({'; '.join(parts) if any(',' in part for part in parts) else ', '.join(parts)})"

    lasting = [name(one) for one in rest if one.stability == "asymptotically stable"]
    sentences = []
    if lasting:
        verb = "attracts" if len(lasting) == 1 else "attract"
        sentences.append(
            f"{listed(lasting)} {verb} all shares nearby; in two populations only strict "
            "equilibria do."
        )
    for one in rest:
        if one.form == "centre":
            weights = [
                f"{amount(weight)} log({player}: {strategy})"
                for player in players
                for strategy, weight in one.conserved[player].items()
                if weight
            ]
            sentences.append(
                f"Around {name(one)} the two populations chase each other for ever: "
                f"{' + '.join(weights)} never changes."
            )
        elif one.equilibrium and one.stability == "unstable" and not one.corners:
            sentences.append(
                f"{name(one)} is an equilibrium, but a small shock leads away from it."
            )
    return sentences


_BY_EIGENVALUES = ("all eigenvalues", "an eigenvalue", "it is a strict")
"""How the reasons begin that the table shows by itself."""


def _criteria(told: Sequence[tuple[str, RestPoint | RestPair]]) -> list[Block]:
    """What decides the stability of rest points where the eigenvalues do not, by number."""
    items = [
        text(f"{name}: {one.stability}, because {one.because}")
        if one.stability != "undecided"
        else text(f"{name}: undecided: {one.because}")
        for name, one in told
        if not one.because.startswith(_BY_EIGENVALUES)
    ]
    return [Bullets(tuple(items))] if items else []


def _signs(one: RestPoint | RestPair) -> str:
    """How many eigenvalues have a negative and a positive real part, are imaginary, are zero."""
    counts = (
        (one.attracting, "−"),
        (one.repelling, "+"),
        (one.rotating, "±i"),
        (one.neutral, "0"),
    )
    return ", ".join(f"{count} {name}" for count, name in counts if count)


def _place_lines(one: RestPoint) -> list[str]:
    if not one.corners:
        return [in_words(one.strategy)]
    return [
        f"all mixtures of {many(len(one.corners))}:",
        *(f"({in_words(corner)})" for corner in one.corners),
    ]


def _rest_sentences(rest: Sequence[RestPoint]) -> list[str]:
    """What lasts, and what does not although it is an equilibrium."""
    sentences = []
    lasting = [in_words(one.strategy) for one in rest if one.stability == "asymptotically stable"]
    if lasting:
        verb = "attracts" if len(lasting) == 1 else "attract"
        names = listed(f"({name})" if "," in name else name for name in lasting)
        sentences.append(
            f"{names} {verb} all shares nearby: after a small shock the population returns."
        )
    for one in rest:
        if one.form == "centre":
            sentences.append(
                f"Around ({in_words(one.strategy)}) the shares go round for ever: they neither "
                "return to it nor leave it."
            )
        elif one.equilibrium and one.stability == "unstable" and not one.corners:
            name = in_words(one.strategy)
            name = f"({name})" if "," in name else name
            sentences.append(f"{name} is an equilibrium, but a small shock leads away from it.")
    return sentences
