"""What a 2x2 game of each kind means, in sentences made from its names and payoffs."""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.report import two_by_two as kinds
from alliance_games.report.two_by_two import TwoByTwo
from alliance_games.report.words import amount, both, listed, profile_words

Profile = tuple[int, int]


class Words:
    """A 2x2 game with the phrases its sentences share."""

    def __init__(self, game: TwoByTwo) -> None:
        self.game = game
        self.players = game.game.players
        self.measured = not game.game.ordinal
        """Whether payoffs are amounts that may be told, or mere ranks."""

    def strategy(self, player: int, index: int) -> str:
        """A strategy's name."""
        return self.game.game.strategies[player][index]

    def profile(self, profile: Profile) -> str:
        """``(Stag, Rabbit)``."""
        return profile_words(self.game.game.names(profile))

    def pays(self, profile: Profile) -> str:
        """``4 each`` or ``Alice 4 and Jack 3``."""
        first, second = self.game.at(profile)
        if first == second:
            return f"{amount(first)} each"
        return f"{self.players[0]} {amount(first)} and {self.players[1]} {amount(second)}"

    def rather_than(self, better: Profile, worse: Profile) -> str:
        """``, 4 each rather than 3 each``; nothing where payoffs are only ranked."""
        if not self.measured:
            return ""
        return f": {self.pays(better)} rather than {self.pays(worse)}"

    def dominant_for(self, profile: Profile) -> str:
        """Which dominant strategies: ``Withhold is dominant for both``."""
        first, second = self.strategy(0, profile[0]), self.strategy(1, profile[1])
        if first == second:
            return f"{first} is dominant for both: it does better than {self._other(profile)} "
        return (
            f"{first} is dominant for {self.players[0]} and {second} for {self.players[1]}: "
            "each does better than the alternative "
        )

    def _other(self, profile: Profile) -> str:
        names = [self.strategy(player, 1 - profile[player]) for player in (0, 1)]
        return names[0] if names[0] == names[1] else listed(names, "or")


def sentences(game: TwoByTwo) -> list[str]:
    """Paragraphs on the game, by its kind; none where ties leave the kind open."""
    kind = kinds.kind(game)
    writer = _WRITERS.get(kind)
    return [] if writer is None else writer(Words(game))


def _prisoners_dilemma(words: Words) -> list[str]:
    game = words.game
    stuck = game.strict_equilibria[0]
    wish = (1 - stuck[0], 1 - stuck[1])
    return [
        f"A prisoner's dilemma. {words.dominant_for(stuck)}whatever the other does. So "
        f"{words.profile(stuck)} is the only equilibrium, although both would prefer "
        f"{words.profile(wish)}{words.rather_than(wish, stuck)}.",
        f"{words.profile(wish)} does not last, because each would leave it: "
        f"{_temptations(words, wish)}.",
    ]


def _temptations(words: Words, wish: Profile) -> str:
    game = words.game
    if not words.measured:
        return "against the other's cooperation, the dominant strategy does better still"
    if game.symmetric:
        own = wish[0]
        return (
            f"against {words.strategy(1, own)}, {words.strategy(0, 1 - own)} pays "
            f"{amount(game.payoff(0, 1 - own, own))} instead of {amount(game.payoff(0, own, own))}"
        )
    parts = [
        f"{words.players[player]} gets {amount(game.payoff(player, 1 - own, wish[1 - player]))} "
        f"instead of {amount(game.payoff(player, own, wish[1 - player]))} by switching to "
        f"{words.strategy(player, 1 - own)}"
        for player, own in enumerate(wish)
    ]
    return listed(parts)


def _deadlock(words: Words) -> list[str]:
    here = words.game.strict_equilibria[0]
    other = (1 - here[0], 1 - here[1])
    return [
        f"A deadlock. {words.dominant_for(here)}whatever the other does, and "
        f"{words.profile(here)}, the only equilibrium, is better for both than "
        f"{words.profile(other)}{words.rather_than(here, other)}. Each would like the other to act "
        "differently, but no other outcome is better for both."
    ]


def _harmony(words: Words) -> list[str]:
    here = words.game.strict_equilibria[0]
    most = f" ({words.pays(here)})" if words.measured else ""
    return [
        f"Harmony: what each does for its own sake is what both want. {words.dominant_for(here)}"
        f"whatever the other does, and {words.profile(here)}, the only equilibrium, gives both the "
        f"most they can get{most}."
    ]


def _both_dominant(words: Words) -> list[str]:
    here = words.game.strict_equilibria[0]
    return [
        f"Both have a dominant strategy. {words.dominant_for(here)}whatever the other does, so "
        f"{words.profile(here)} is the only equilibrium. {_efficiency(words, here)}"
    ]


def _efficiency(words: Words, here: Profile) -> str:
    game = words.game
    if (better := game.better_for_both(here)) is not None:
        return (
            f"Both would prefer {words.profile(better)}{words.rather_than(better, here)}; it is no "
            "equilibrium."
        )
    if game.dominated_for_all(here):
        return "One of them could have more at no cost to the other."
    return "It is efficient: no outcome is better for one and as good for the other."


def _one_dominant(words: Words) -> list[str]:
    game = words.game
    leader = 0 if game.dominant(0) is not None else 1
    follower = 1 - leader
    here = game.strict_equilibria[0]
    leads, follows = here[leader], here[follower]
    reason = ""
    if words.measured:
        reason = (
            f": {amount(game.payoff(follower, follows, leads))} rather than "
            f"{amount(game.payoff(follower, 1 - follows, leads))}"
        )
    return [
        f"Solved by dominance. {words.strategy(leader, leads)} is dominant for "
        f"{words.players[leader]}; {words.players[follower]}, who can count on that, answers with "
        f"{words.strategy(follower, follows)}{reason}. {words.profile(here)} is the only "
        f"equilibrium. {_efficiency(words, here)}"
    ]


def _stag_hunt(words: Words) -> list[str]:
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
    return [f"{opening} {_worth_it(words, common)}", _risk(words, common, safe), _mixed(words)]


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


def _common_interest(words: Words) -> list[str]:
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
    return [f"{opening}. {_worth_it(words, common)}", _mixed(words)]


def _who_prefers(words: Words, common: Profile, other: Profile) -> str:
    here, there = words.game.at(common), words.game.at(other)
    player = 0 if here[0] > there[0] else 1
    return f"{words.players[1 - player]} does not mind which; {words.players[player]} prefers"


def _pure_coordination(words: Words) -> list[str]:
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
    return [opening, _mixed(words)]


def _chicken(words: Words) -> list[str]:
    game = words.game
    yields, clash = kinds.give_way(game), kinds.insist(game)
    first, second = kinds.favourite(game, 0), kinds.favourite(game, 1)
    costs = f" ({words.pays(clash)})" if words.measured else ""
    gets = f" ({words.pays(yields)})" if words.measured else ""
    opening = (
        f"A game of chicken: two pure equilibria, and in each one side gives way to the other. "
        f"{words.players[0]} wants {words.profile(first)}, {words.players[1]} "
        f"{words.profile(second)}. If both insist they meet in {words.profile(clash)}, the worst "
        f"for both{costs}. If both give way, in {words.profile(yields)}{gets}, they do better than "
        "by giving way alone, but each would then rather insist. Whoever can commit first wins."
    )
    return [opening, _mixed(words)] if words.measured else [opening]


def _battle(words: Words) -> list[str]:
    game = words.game
    first, second = kinds.favourite(game, 0), kinds.favourite(game, 1)
    best = f" ({words.pays(first)})" if words.measured else ""
    other = f" ({words.pays(second)})" if words.measured else ""
    opening = (
        f"A coordination problem with opposed preferences (a battle of the sexes): two pure "
        f"equilibria. {words.players[0]} prefers {words.profile(first)}{best}, {words.players[1]} "
        f"{words.profile(second)}{other}, and either is better for both than to miss each other."
    )
    return [opening, _mixed(words)] if words.measured else [opening]


def _mixed_motives(words: Words) -> list[str]:
    game = words.game
    first, second = kinds.favourite(game, 0), kinds.favourite(game, 1)
    opening = (
        f"A coordination problem with mixed motives: two pure equilibria, of which "
        f"{words.players[0]} prefers {words.profile(first)} and {words.players[1]} "
        f"{words.profile(second)}."
    )
    return [opening, _mixed(words)] if words.measured else [opening]


def _pure_conflict(words: Words) -> list[str]:
    game = words.game
    wishes = ""
    if game.same_names:
        matcher = 0 if game.gains[0][0] > 0 else 1
        wishes = (
            f" {words.players[matcher]} wants to do what {words.players[1 - matcher]} does, and "
            f"{words.players[1 - matcher]} wants to do something else."
        )
    constant = game.constant_sum
    sums = ""
    if constant is not None and words.measured:
        sums = (
            " What one gains the other loses."
            if constant == 0
            else f" The payoffs always sum to {amount(constant)}: what one gains the other loses."
        )
    opening = (
        "A conflict without a resting point (as in matching pennies): at every profile somebody "
        f"would rather switch, so there is no pure equilibrium.{wishes}{sums} Each has to be "
        "unpredictable."
    )
    return [opening, _mixed(words)] if words.measured else [opening]


def _mixed(words: Words) -> str:
    """What the completely mixed equilibrium balances."""
    game = words.game
    name = "the only equilibrium" if not game.strict_equilibria else "the mixed equilibrium"
    if game.symmetric:
        return (
            f"In {name} each plays {words.strategy(0, 0)} with probability {both(game.mixed(0))}: "
            f"just what leaves the other indifferent between {words.strategy(0, 0)} and "
            f"{words.strategy(0, 1)}, both worth {amount(game.mixed_payoff(0))}."
        )
    parts = [
        f"{words.players[player]} plays {words.strategy(player, 0)} with probability "
        f"{both(game.mixed(player))}, which leaves {words.players[1 - player]} indifferent "
        f"(either strategy is worth {amount(game.mixed_payoff(1 - player))})"
        for player in (0, 1)
    ]
    return f"In {name} {'; '.join(parts)}."


_WRITERS: dict[str, Callable[[Words], list[str]]] = {
    kinds.PRISONERS_DILEMMA: _prisoners_dilemma,
    kinds.DEADLOCK: _deadlock,
    kinds.HARMONY: _harmony,
    kinds.BOTH_DOMINANT: _both_dominant,
    kinds.ONE_DOMINANT: _one_dominant,
    kinds.STAG_HUNT: _stag_hunt,
    kinds.COMMON_INTEREST: _common_interest,
    kinds.PURE_COORDINATION: _pure_coordination,
    kinds.CHICKEN: _chicken,
    kinds.BATTLE: _battle,
    kinds.MIXED_MOTIVES: _mixed_motives,
    kinds.PURE_CONFLICT: _pure_conflict,
}
