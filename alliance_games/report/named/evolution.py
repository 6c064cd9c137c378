"""What reports say of populations that learn or evolve."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_games.report.blocks import Block, Column, Prose, Table, text
from alliance_games.report.words import amount, listed, many
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.evolution import (
    InvadedMixture,
    RestPair,
    RestPoint,
    Shares,
    StableMixture,
)
from alliance_games.results.result import Coverage, Result


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """The tables and sentences of one concept's answer."""
    return _TELLERS[result.concept](result, answer)


def in_words(shares: Shares) -> str:
    """A mixture in a few words: ``Stag``, or ``Hawk 1/3, Dove 2/3``."""
    used = {name: share for name, share in shares.items() if share}
    if len(used) == 1:
        return next(iter(used))
    return ", ".join(f"{name} {amount(share)}" for name, share in used.items())


def mutants(result: Result, answer: CaseAnswer) -> list[Block]:
    """Which symmetric equilibria resist mutants, and which mutants the others do not resist."""
    evolutionary = result.concept == "evolutionarily-stable"
    word = "evolutionarily stable" if evolutionary else "neutrally stable"
    rows, sentences = [], []
    for number, one in enumerate(result.solutions, 1):
        assert isinstance(one, StableMixture | InvadedMixture)
        verdict = [word if isinstance(one, StableMixture) else f"not {word}"]
        if isinstance(one, StableMixture) and not evolutionary and one.evolutionary:
            verdict.append("evolutionarily stable, too")
        if isinstance(one, InvadedMixture):
            does = "does as well" if one.advantage == 0 else "does better"
            verdict.append(f"mutant {in_words(one.mutant)} {does}")
        rows.append(
            (
                (text(str(number)),),
                tuple(map(text, _mixture_lines(one))),
                (text(amount(one.payoff)),),
                tuple(map(text, verdict)),
            )
        )
    stable = [one for one in result.solutions if isinstance(one, StableMixture)]
    sentences = [_sentence(one, evolutionary) for one in stable]
    if not stable and result.coverage is Coverage.ALL:
        sentences = [f"No strategy is {word}: {_why_none(evolutionary)}."]
    columns = _columns("#", "Symmetric equilibrium", ">Payoff", "Against mutants")
    return [Table(columns, tuple(rows)), *(Prose(text(one)) for one in sentences)]


def _mixture_lines(one: StableMixture | InvadedMixture) -> list[str]:
    if not one.corners:
        return [in_words(one.strategy)]
    between = "all mixtures of" if one.closed else "all mixtures inside"
    return [f"{between} {many(len(one.corners))}:", *(f"({in_words(c)})" for c in one.corners)]


def _sentence(one: StableMixture, evolutionary: bool) -> str:
    if one.corners:
        return (
            "Where the population stands on the continuum does not matter: no mutant does better "
            "against itself than the others do against it, and none is driven out for certain."
        )
    name = in_words(one.strategy)
    if one.evolutionary:
        if sum(1 for share in one.strategy.values() if share) == 1:
            return f"{name} is evolutionarily stable: once common, no rare mutant does better."
        return (
            f"The mixture {name} is evolutionarily stable: in a population with these shares no "
            "rare mutant does better, and a small change of the shares is corrected."
        )
    return f"{name} is neutrally stable: no mutant does better, but some are not driven out."


def _why_none(evolutionary: bool) -> str:
    does = "at least as well as" if evolutionary else "better than"
    return (
        f"against each symmetric equilibrium some mutant does as well as its players, and among "
        f"mutants {does} they do"
    )


def rest_points(result: Result, answer: CaseAnswer) -> list[Block]:
    """Where one population stands still, what happens nearby, and a picture."""
    from alliance_games.model.normal import NormalGame
    from alliance_games.model.populations import population
    from alliance_games.report.phases import of_population

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
    found: list[Block] = [Table(_columns(*titles), tuple(rows))]
    game = answer.case.game
    assert isinstance(game, NormalGame)
    crowd = population(game)
    picture = of_population(crowd, rest) if crowd is not None else None
    if picture is not None:
        found.append(picture)
    return [*found, *(Prose(text(one)) for one in _rest_sentences(rest))]


def rest_pairs(result: Result, answer: CaseAnswer) -> list[Block]:
    """Where two populations stand still, what happens nearby, and a picture."""
    from alliance_games.model.normal import NormalGame
    from alliance_games.report.phases import of_two_populations

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
    found: list[Block] = [Table(_columns(*titles), tuple(rows))]
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


def _columns(*titles: str) -> tuple[Column, ...]:
    """Heads of columns; ``>`` puts the cells to the right."""
    return tuple(
        Column(text(title.lstrip(">")), "right" if title[0] == ">" else "left") for title in titles
    )


_TELLERS: dict[str, Callable[[Result, CaseAnswer], list[Block]]] = {
    "evolutionarily-stable": mutants,
    "neutrally-stable": mutants,
    "replicator": rest_points,
    "asymmetric-replicator": rest_pairs,
}
