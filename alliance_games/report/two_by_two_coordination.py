"""2x2 games of coordination - for a common aim, for any common choice - in sentences."""

from __future__ import annotations

from alliance_games.report import two_by_two as kinds
from alliance_games.report.two_by_two import TwoByTwo
from alliance_games.report.two_by_two_phrases import Profile, Words, mixed
from alliance_games.report.words import amount, both, listed


def stag_hunt(words: Words) -> list[str]:
    """A common aim that takes trust, against a safe alternative."""
    game = words.game
    common = _common(game)
    safe = (1 - common[0], 1 - common[1])
    opening = (
        f"A coordination problem (a stag hunt, or assurance game): two pure equilibria, "
        f"{words.profile(common)} and {words.profile(safe)}. Both prefer {words.profile(common)}"
        f"{words.rather_than(common, safe)}; but {_safer(words, common)}."
    )
    if not words.measured:
        return [opening]
    return [f"{opening} {_worth_it(words, common)}", _risk(words, common, safe), mixed(words)]


def _common(game: TwoByTwo) -> Profile:
    """The equilibrium that is at least as good for both."""
    one, two = game.strict_equilibria
    return one if sum(game.at(one)) > sum(game.at(two)) else two


def _safer(words: Words, common: Profile) -> str:
    """What makes the other strategies the cautious ones."""
    game = words.game
    if not words.measured:
        names = [words.strategy(player, 1 - common[player]) for player in (0, 1)]
        if names[0] == names[1]:
            return f"{names[0]} is the safer choice: its worst outcome is less bad"
        return f"{listed(names)} are the safer choices: their worst outcomes are less bad"
    if game.symmetric:
        return _safer_for(words, 0, common, "the other")
    return "; ".join(
        f"for {words.players[player]} "
        f"{_safer_for(words, player, common, words.players[1 - player])}"
        for player in kinds.cautious_players(game, common)
    )


def _safer_for(words: Words, player: int, common: Profile, other: str) -> str:
    game = words.game
    bold = common[player]
    safe = 1 - bold
    # Where the better equilibrium is also the less risky one, 'safer' would seem to deny it.
    opposite = (1 - common[0], 1 - common[1])
    risky = game.loss_product(common) < game.loss_product(opposite)
    least = game.guarantee(player, safe)
    same = game.payoff(player, safe, 0) == game.payoff(player, safe, 1)
    return (
        f"{words.strategy(player, safe)} "
        f"{'is the safer choice' if risky else 'guarantees more'}: it pays "
        f"{'' if same else 'at least '}{amount(least)} whatever {other} does, while "
        f"{words.strategy(player, bold)} may bring only {amount(game.guarantee(player, bold))}"
    )


def _worth_it(words: Words, common: Profile) -> str:
    """How sure of the other one must be."""
    game = words.game
    if game.symmetric:
        name = words.strategy(0, common[0])
        odds = both(game.threshold(0, common[0]))
        return (
            f"{name} is worth it only if the other plays {words.strategy(1, common[1])} with "
            f"probability above {odds}."
        )
    parts = [
        f"for {words.players[player]} {words.strategy(player, common[player])} is worth it only if "
        f"{words.players[1 - player]} plays {words.strategy(1 - player, common[1 - player])} with "
        f"probability above {both(game.threshold(player, common[player]))}"
        for player in (0, 1)
    ]
    joined = "; ".join(parts)
    return f"{joined[0].upper()}{joined[1:]}."


def _risk(words: Words, common: Profile, safe: Profile) -> str:
    """Which of two equilibria is risk dominant, and what that says here."""
    game = words.game
    bold, cautious = game.loss_product(common), game.loss_product(safe)
    if bold == cautious:
        return (
            "Neither equilibrium is risk-dominant: the losses from leaving them alone have equal "
            "products."
        )
    # The product at `common` is the greater one just where the two thresholds sum to less than 1.
    odds = "even odds" if game.symmetric else "even odds on average over both"
    if bold > cautious:
        return (
            f"{words.profile(common)} is also risk-dominant: trust at less than {odds} is enough, "
            "and the better outcome is the less risky one."
        )
    return (
        f"{words.profile(safe)} is risk-dominant: {words.profile(common)} asks for trust beyond "
        f"{odds}, and doubt about the other is enough to lose it."
    )


def common_interest(words: Words) -> list[str]:
    """Two equilibria, of which both players prefer the same one."""
    game = words.game
    common = _common(game)
    other = (1 - common[0], 1 - common[1])
    cautious = kinds.cautious_players(game, common)
    strictly = all(a > b for a, b in zip(game.at(common), game.at(other), strict=True))
    prefers = "Both prefer" if strictly else _who_prefers(words, common, other)
    opening = (
        f"A coordination problem with a common interest: two pure equilibria, "
        f"{words.profile(common)} and {words.profile(other)}. {prefers} {words.profile(common)}"
        f"{words.rather_than(common, other)}. They need only expect it of each other"
    )
    if not words.measured:
        return [f"{opening}."]
    if cautious:
        opening += f"; but {_safer(words, common)}"
    return [f"{opening}. {_worth_it(words, common)}", mixed(words)]


def _who_prefers(words: Words, common: Profile, other: Profile) -> str:
    here, there = words.game.at(common), words.game.at(other)
    player = 0 if here[0] > there[0] else 1
    return f"{words.players[1 - player]} does not mind which; {words.players[player]} prefers"


def pure_coordination(words: Words) -> list[str]:
    """Any common choice will do."""
    game = words.game
    one, two = game.strict_equilibria
    match = "do the same" if game.same_names and one[0] == one[1] else "fit together"
    if game.same_names and one[0] != one[1]:
        match = "do different things"
    opening = (
        f"A pure coordination problem: two pure equilibria, {words.profile(one)} and "
        f"{words.profile(two)}, equally good for both. What matters is to {match}; a "
        "convention, a treaty or a word in advance would settle it."
    )
    if not words.measured:
        return [opening]
    ones, twos = game.loss_product(one), game.loss_product(two)
    if ones != twos:
        opening += (
            f" Without one, {words.profile(one if ones > twos else two)}, which is risk-dominant, "
            "is the safer guess."
        )
    return [opening, mixed(words)]
