"""Which symmetric equilibria resist mutants, in words."""

from __future__ import annotations

from alliance_games.report.blocks import Block, Prose, Table, text
from alliance_games.report.shares import columns, in_words
from alliance_games.report.words import amount, many
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.evolution import InvadedMixture, StableMixture
from alliance_games.results.result import Coverage, Result


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
    heads = columns("#", "Symmetric equilibrium", ">Payoff", "Against mutants")
    return [Table(heads, tuple(rows)), *(Prose(text(one)) for one in sentences)]


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
