"""Where learning and chance lead: basins, fictitious play, fixation."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.normal import NormalGame
from alliance_games.report.blocks import Block, Piece, Prose, Table, text
from alliance_games.report.phases import of_learning
from alliance_games.report.shares import columns, decimal, in_words
from alliance_games.report.words import amount, both, listed
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.evolution import Basin, FictitiousPlay, Moran, PairBasin
from alliance_games.results.result import Result


def attraction(result: Result, answer: CaseAnswer) -> list[Block]:
    """How much leads where."""
    basins = [one for one in result.solutions if isinstance(one, Basin)]
    rows, sentences = [], []
    for one in basins:
        name = in_words(one.attractor) if one.attractor else "(none of these)"
        part = both(one.share) if not one.starts else f"about {float(one.share):.2f}"
        interval = ""
        if one.low is not None and one.high is not None:
            first = next(iter(one.attractor))
            interval = f"{first} from {amount(one.low)} to {amount(one.high)}"
        rows.append(((text(name),), (text(part),), (text(interval),)))
        if interval and len(basins) > 1:
            sentences.append(_tipping(one))
    titles = ["Leads to", ">Part of all shares", "Beginnings"]
    keep = 3 if any(one.low is not None for one in basins) else 2
    table = Table(columns(*titles[:keep]), tuple(row[:keep] for row in rows))
    return [table, *(Prose(text(one)) for one in sentences)]


def pair_attraction(result: Result, answer: CaseAnswer) -> list[Block]:
    """How much of two populations' shares leads to which strict equilibrium."""
    rows, sentences = [], []
    basins = [one for one in result.solutions if isinstance(one, PairBasin)]
    for one in basins:
        name = f"({', '.join(one.attractor.values())})"
        part = both(one.share) if one.exact else f"about {float(one.share):.4f}"
        rows.append(((text(name),), (text(part),)))
    if len(basins) == 2 and basins[0].share != basins[1].share:
        larger = max(basins, key=lambda one: one.share)
        sentences.append(
            "From most beginnings the two populations come to "
            f"({', '.join(larger.attractor.values())})."
        )
    table = Table(columns("Leads to", ">Part of all shares"), tuple(rows))
    return [table, *(Prose(text(one)) for one in sentences)]


def _tipping(one: Basin) -> str:
    first = next(iter(one.attractor))
    assert one.low is not None and one.high is not None
    if one.attractor[first] == one.high:
        return (
            f"{in_words(one.attractor)} takes over if more than {both(one.low)} play {first} at "
            "first."
        )
    return (
        f"{in_words(one.attractor)} takes over if less than {both(one.high)} play {first} at first."
    )


def learning(result: Result, answer: CaseAnswer) -> list[Block]:
    """The path of fictitious play: how often what was chosen, where it leads, and a picture."""
    game = answer.case.game
    assert isinstance(game, NormalGame)
    (one,) = result.solutions
    assert isinstance(one, FictitiousPlay)
    rows = []
    for player in game.players:
        shares = one.frequencies[player]
        rows.append(
            (
                (text(Piece(player, "player")),),
                (text(one.first[player]),),
                tuple(text(f"{name} {decimal(share)}") for name, share in shares.items()),
                (text(one.last[player]),),
                (text(decimal(one.gain[player])),),
            )
        )
    after = f"Chosen in {one.periods:,} periods"
    titles = ("Player", "First", after, "Last", ">Still to gain")
    found: list[Block] = [Table(columns(*titles), tuple(rows))]
    if one.verdict != "absorbed":
        found.append(of_learning(game, one))
    return [*found, Prose(text(_learned(one, game.players)))]


def _learned(one: FictitiousPlay, players: Sequence[str]) -> str:
    last = ", ".join(one.last[player] for player in players)
    match one.verdict:
        case "absorbed":
            return (
                f"From period {one.since:,} on ({last}) is played for ever: it is an equilibrium, "
                "and experience only confirms it."
            )
        case "converges":
            return (
                "The frequencies tend to equilibria, although the choices themselves need not: "
                f"{one.because}."
            )
        case "cycles":
            profiles = " → ".join(f"({', '.join(profile)})" for profile in one.cycle)
            runs = ", ".join(f"{length:,}" for length in one.runs)
            return (
                f"Play goes round and round: {profiles}, the last time for {runs} periods. Rounds "
                "that grow longer in proportion keep the frequencies from settling (Shapley 1964); "
                "this was seen, not proven."
            )
    return f"Whether the frequencies settle is not decided: {one.because}."


def takeovers(result: Result, answer: CaseAnswer) -> list[Block]:
    """Fixation probabilities, the shares of time, and the rules of thumb about them."""
    (one,) = result.solutions
    assert isinstance(one, Moran)
    rows = []
    for each in one.fixations:
        against = "favoured" if each.probability > one.neutral else "opposed"
        weak = {True: "favoured", False: "opposed"}[each.slope > 0] if each.slope else "neutral"
        rows.append(
            (
                (text(each.mutant),),
                (text(each.resident),),
                (text(decimal(each.probability)),),
                (text(against if each.probability != one.neutral else "neutral"),),
                (text(weak),),
                (text({1: "favoured", 0: "neutral", -1: "opposed"}[each.large]),),
            )
        )
    titles = (
        "One mutant",
        "among",
        ">takes over",
        "By selection",
        "If it is weak",
        "If many, too",
    )
    opening = (
        f"{one.population} members, selection {amount(one.selection)}; without selection a mutant "
        f"takes over with probability {amount(one.neutral)}."
    )
    shares = sorted(one.stationary.items(), key=lambda pair: -pair[1])
    told = listed(f"{name} {decimal(share)}" for name, share in shares)
    closing = (
        f"With very rare mutations the population is nearly always all alike: {told} of the time."
    )
    found: list[Block] = [
        Prose(text(opening)),
        Table(columns(*titles), tuple(rows)),
        Prose(text(closing)),
    ]
    return [*found, *(Prose(text(words)) for words in _one_third(one))]


def _one_third(one: Moran) -> list[str]:
    """The rule of one third and risk dominance, for two strategies that are each best replies to
    themselves."""
    if len(one.fixations) != 2:
        return []
    first, second = one.fixations
    sentences = [
        f"In a large population weak selection favours {each.mutant} over {each.resident}: it "
        "earns more where a third of the population plays it (the rule of one third)."
        for each in (first, second)
        if each.large > 0
    ]
    if first.probability != second.probability:
        likelier, other = sorted((first, second), key=lambda each: -each.probability)
        sentences.append(
            f"{likelier.mutant} takes over more easily than {other.mutant}, and prevails for "
            "longer; in a large population under weak selection that is the strategy that earns "
            "more where half play it: of two equilibria the risk-dominant one."
        )
    return sentences
