"""What reports say of populations that learn or evolve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from alliance_games.report.blocks import Block, Bullets, Column, Piece, Prose, Table, text
from alliance_games.report.words import amount, both, listed, many
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.evolution import (
    Basin,
    FictitiousPlay,
    InvadedMixture,
    Moran,
    PairBasin,
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
    table = Table(_columns(*titles[:keep]), tuple(row[:keep] for row in rows))
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
    table = Table(_columns("Leads to", ">Part of all shares"), tuple(rows))
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
    from alliance_games.model.normal import NormalGame
    from alliance_games.report.phases import of_learning

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
                tuple(text(f"{name} {_decimal(share)}") for name, share in shares.items()),
                (text(one.last[player]),),
                (text(_decimal(one.gain[player])),),
            )
        )
    after = f"Chosen in {one.periods:,} periods"
    titles = ("Player", "First", after, "Last", ">Still to gain")
    found: list[Block] = [Table(_columns(*titles), tuple(rows))]
    if one.verdict != "absorbed":
        found.append(of_learning(game, one))
    return [*found, Prose(text(_learned(one, game.players)))]


def _decimal(share: Fraction) -> str:
    return f"{float(share):.4g}"


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
                (text(_decimal(each.probability)),),
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
    told = listed(f"{name} {_decimal(share)}" for name, share in shares)
    closing = (
        f"With very rare mutations the population is nearly always all alike: {told} of the time."
    )
    found: list[Block] = [
        Prose(text(opening)),
        Table(_columns(*titles), tuple(rows)),
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
    "basins": attraction,
    "asymmetric-basins": pair_attraction,
    "fictitious-play": learning,
    "moran": takeovers,
}
