"""What it means: each kind of game says its facts. The figures are derived by hand (or are those
of the models these games come from), never read off the program."""

from dataclasses import replace
from fractions import Fraction as F

import pytest

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.render.terminal import to_text
from alliance_games.report.build import build as build_report
from alliance_games.report.meaning import character, meaning
from alliance_games.results.result import Coverage, Status
from alliance_games.results.solutions import Tally
from tests.report import hand_trees as hand
from tests.report.studies import answered, two_by_two
from tests.report.tree_answers import answer_to, result_of

BALANCE = (("Balance", "Bandwagon"), ("Balance", "Bandwagon"))
SUPPORT = (("Support", "Withhold"), ("Support", "Withhold"))


def told(game, concepts=None) -> str:
    answer = answered(game, concepts=concepts)
    return " ".join(meaning(answer.cases[0]))


def symmetric(row, strategies, players=("A", "B")):
    return two_by_two(row, [list(c) for c in zip(*row, strict=True)], players, strategies)


def assert_says(text: str, *facts: str) -> None:
    missing = [fact for fact in facts if fact not in text]
    assert not missing, f"{missing} not in: {text}"


def test_the_stag_hunt():
    game = two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]])
    assert_says(
        told(game),
        "stag hunt",
        "Both prefer (Stag, Stag): 4 each rather than 3 each",
        "Rabbit is the safer choice: it pays 3 whatever the other does",
        "Stag may bring only 0",
        "Stag is worth it only if the other plays Stag with probability above 3/4",
        "(Rabbit, Rabbit) is risk-dominant",
        "each plays Stag with probability 3/4 (0.75)",
        "both worth 3",
    )


def test_the_stag_hunt_with_poor_rabbits_is_less_risky():
    text = told(two_by_two([[4, 0], [1, 1]], [[4, 1], [0, 1]]))
    assert_says(text, "probability above 1/4", "(Stag, Stag) is also risk-dominant")


def test_even_odds_make_neither_risk_dominant():
    assert_says(told(two_by_two([[4, 0], [2, 2]], [[4, 2], [0, 2]])), "Neither", "above 1/2 (0.5)")


def test_balancing_as_a_stag_hunt():
    row = [[F(33, 7), F(13, 7)], [F(5, 2), F(7, 2)]]
    assert_says(
        told(symmetric(row, BALANCE)),
        "stag hunt",
        "33/7 ≈ 4.714 each rather than 7/2 each",
        "Bandwagon guarantees more: it pays at least 5/2",
        "above 23/54",
        "(Balance, Balance) is also risk-dominant",
    )


def test_a_stag_hunt_of_unlike_players_gives_each_threshold():
    game = two_by_two(
        [[5, 0], [2, 2]], [[9, 3], [1, 3]], ("Patron", "Client"),
        (("Pledge", "Hold back"), ("Follow", "Hedge")),
    )  # fmt: skip
    # Patron: 5p > 2; Client: 9q + (1 - q) > 3.
    assert_says(
        told(game),
        "for Patron Hold back guarantees more: it pays 2 whatever Client does",
        "for Client Hedge guarantees more: it pays 3 whatever Patron does",
        "For Patron Pledge is worth it only if Client plays Follow with probability above 2/5",
        "for Client Follow is worth it only if Patron plays Pledge with probability above 1/4",
        "(Pledge, Follow) is also risk-dominant",
    )


def test_the_alliance_security_dilemma():
    row = [[-2, -5], [F(-3, 5), F(-18, 5)]]
    assert_says(
        told(symmetric(row, SUPPORT)),
        "A prisoner's dilemma",
        "Withhold is dominant for both",
        "(Withhold, Withhold) is the only equilibrium",
        "both would prefer (Support, Support): -2 each rather than -18/5 = -3.6 each",
        "against Support, Withhold pays -3/5 = -0.6 instead of -2",
    )


def test_a_prisoners_dilemma_of_unlike_players_names_both():
    game = two_by_two([[3, 0], [5, 1]], [[6, 8], [2, 4]], ("A", "B"), (("c", "d"), ("C", "D")))
    assert_says(
        told(game),
        "d is dominant for A and D for B",
        "both would prefer (c, C): A 3 and B 6 rather than A 1 and B 4",
        "A gets 5 instead of 3 by switching to d and B gets 8 instead of 6 by switching to D",
    )


def test_an_alliance_not_worth_having_is_a_deadlock():
    # Abandonment 4, crisis 3/10: q*al = 6/5 < net cost 7/5 of supporting.
    q_al, net = F(6, 5), F(7, 5)
    row = [[-net, -net - q_al], [0, -q_al]]
    assert_says(
        told(symmetric(row, SUPPORT)),
        "A deadlock",
        "(Withhold, Withhold), the only equilibrium, is better for both than (Support, Support)",
    )


def test_harmony():
    row = [[F(2, 5), F(-1, 5)], [0, F(-3, 5)]]
    assert_says(told(symmetric(row, SUPPORT)), "Harmony", "Support is dominant for both")


def test_free_riding_is_chicken():
    # Each would rather the other balanced: T = 8 > R = 5 > S = 3 > P = 1.
    text = told(symmetric([[5, 3], [8, 1]], BALANCE))
    # Balance with probability p leaves the other indifferent: 5p + 3(1-p) = 8p + (1-p), p = 2/5.
    assert_says(
        text,
        "A game of chicken",
        "A wants (Bandwagon, Balance), B (Balance, Bandwagon)",
        "If both insist they meet in (Bandwagon, Bandwagon), the worst for both (1 each)",
        "If both give way, in (Balance, Balance) (5 each)",
        "each plays Balance with probability 2/5",
        "both worth 19/5",
    )


def test_the_battle_of_the_sexes():
    game = two_by_two(
        [[2, 0], [0, 1]], [[1, 0], [0, 2]], ("France", "Britain"), (("Rhine", "Sea"),) * 2
    )
    assert_says(
        told(game),
        "battle of the sexes",
        "France prefers (Rhine, Rhine) (France 2 and Britain 1)",
        "Britain (Sea, Sea) (France 1 and Britain 2)",
        "France plays Rhine with probability 2/3",
        "Britain plays Rhine with probability 1/3",
        "worth 2/3",
    )


def test_matching_pennies_says_who_wants_to_match():
    game = two_by_two([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], ("Spy", "Guard"), (("N", "S"),) * 2)
    assert_says(
        told(game),
        "matching pennies",
        "Spy wants to do what Guard does",
        "What one gains the other loses",
        "Spy plays N with probability 1/2",
    )


def test_pure_coordination_and_common_interest():
    same = two_by_two([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    assert_says(told(same), "pure coordination", "equally good for both", "do the same")
    better = two_by_two([[2, 0], [0, 1]], [[2, 0], [0, 1]])
    assert_says(
        told(better),
        "common interest",
        "Both prefer (Stag, Stag): 2 each rather than 1 each",
        "above 1/3",
    )
    apart = two_by_two([[0, 1], [1, 0]], [[0, 1], [1, 0]])
    assert_says(told(apart), "do different things")


def test_one_dominant_strategy_is_followed_by_the_best_answer_to_it():
    # Row's second strategy pays 1 more everywhere; Column then gets 4 rather than 2 from the first.
    game = two_by_two(
        [[1, 3], [2, 4]], [[0, 5], [4, 2]], ("Patron", "Client"),
        (("Restrain", "Arm"), ("Follow", "Leave")),
    )  # fmt: skip
    assert_says(
        told(game),
        "Arm is dominant for Patron",
        "Client, who can count on that, answers with Follow: 4 rather than 2",
        "(Arm, Follow) is the only equilibrium",
        "Both would prefer (Restrain, Leave): Patron 3 and Client 5 rather than Patron 2 and "
        "Client 4",
    )


def test_ordinal_games_are_told_without_amounts():
    game = NormalGame(
        ("Alice", "Jack"), (("Stag", "Rabbit"),) * 2, ((3, 1, 2, 2), (3, 2, 1, 2)), (1, 1),
        ordinal=True,
    )  # fmt: skip
    text = told(game)
    assert_says(text, "stag hunt", "Both prefer (Stag, Stag)")
    assert not any(digit in text for digit in "0123456789")


def test_a_unique_equilibrium_found_by_dominance():
    # Hand-made 3x3: m beats b strictly for Row; then c goes for Column; then m; (t, l) is left.
    row = [[4, 2, 0], [1, 1, 5], [0, 0, 4]]
    column = [[3, 1, 2], [2, 1, 1], [1, 0, 9]]
    game = NormalGame.from_matrices(row, column, ("R", "C"), (("t", "m", "b"), ("l", "c", "r")))
    text = told(game)
    assert_says(
        text, "solved by dominance", "one equilibrium, (t, l)", "leaves nothing else", "R 4 and C 3"
    )


def test_a_continuum_says_who_is_indifferent():
    game = NormalGame.from_matrices([[1], [1]], [[2], [3]], ("Patron", "Client"),
                                    (("Arm", "Aid"), ("Wait",)))  # fmt: skip
    assert_says(
        told(game),
        "one continuum",
        "while Client plays Wait, Patron is indifferent between Arm and Aid",
    )


def test_all_or_nothing_among_many():
    def pay(profile):
        # Balancing pays 3 a head for each who does, less 5; the others get nothing.
        return [3 * profile.count(0) - 5 if own == 0 else 0 for own in profile]

    game = NormalGame.from_payoffs(("A", "B", "C", "D"), (("Balance", "Hide"),) * 4, pay)
    assert_says(
        told(game),
        "three equilibria: two pure and one mixed",
        "all play Balance or all play Hide",
        "From everybody playing Hide all would gain by moving together to everybody playing "
        "Balance",
        "7 to each",
    )


def by_number(players, first, second, strategies):
    """A player gets first(k) or second(k) where k of the others choose the first strategy."""
    numbers = [k for k, _ in count_vectors(players - 1, 2)]
    table = (tuple(map(first, numbers)), tuple(map(second, numbers)))
    names = tuple(f"p{index}" for index in range(players))
    return AnonymousGame(names, strategies, (0,) * players, (table,), (1,))


def test_a_tipping_point():
    # Five hunters, three needed: Stag pays 4 with two others or more, else 0; Rabbit 3.
    game = by_number(5, lambda k: 4 if k >= 2 else 0, lambda k: 3, ("Stag", "Rabbit"))
    assert_says(
        told(game),
        "Stag pays once at least two of the others choose it",
        "all Stag",
        "all Rabbit",
    )


def test_free_riding_among_many():
    # One volunteer is enough: acting pays 2, not acting 3 if somebody else does.
    game = by_number(6, lambda k: 2, lambda k: 3 if k else 0, ("Act", "Wait"))
    assert_says(
        told(game),
        "Act pays only if none of the others chooses it, and Wait otherwise: once somebody does "
        "it, the rest would rather leave it to that one",
        "There is one kind of pure equilibrium: (1 Act, 5 Wait)",
    )
    # Two volunteers are needed: with one other, acting pays 2 rather than 0; beyond, 3 for free.
    game = by_number(6, lambda k: 2 if k else -1, lambda k: 3 if k > 1 else 0, ("Act", "Wait"))
    assert_says(told(game), "By the number of others who choose Act: Wait is better with 0, Act")
    # One act more always helps, and less than it costs after the second.
    game = by_number(6, lambda k: 2, lambda k: 3 if k > 1 else 0, ("Act", "Wait"))
    assert_says(
        told(game),
        "Act pays while at most one of the others chooses it, and Wait beyond: once enough do it, "
        "the rest would rather leave it to them",
    )


def test_who_does_what_is_told_role_by_role():
    # Two are needed. It is worth 9 to the first two players, and 1 to the six others; giving is 2.
    numbers = [k for k, _ in count_vectors(7, 2)]
    tables = tuple(
        (
            tuple(worth * (k >= 1) - 2 for k in numbers),
            tuple(worth * (k >= 2) for k in numbers),
        )
        for worth in (9, 1)
    )
    names = tuple(f"p{index}" for index in range(8))
    roles = (0, 0, 1, 1, 1, 1, 1, 1)
    game = AnonymousGame(names, ("Give", "Ride"), roles, tables, (1, 1))
    text = to_text(build_report(answered(game)))
    assert_says(
        text,
        "The pure equilibria are (p0 and p1: all Give; p2 and 5 others: all Ride) and all Ride.",
        "What each of p0, p1 gets (* the better reply)",
    )
    # Welfare is greatest whoever the two are.
    assert_says(text, "attained at (p0 and p1: all Give; p2 and 5 others: all Ride), (p0 and p1: ")


def morrow():
    nothing = Terminal((0, 0), "no alliance")
    light = Move(1, ("accept", "reject"), (Terminal((F(3, 2), 6), "light pact"), nothing), "light")
    full = Move(1, ("accept", "reject"), (Terminal((2, 8), "full pact"), nothing), "full")
    root = Move(0, ("offer none", "offer light", "offer full"), (nothing, light, full))
    return build(("Major", "Minor"), root, lambda state: state)


def test_a_tree_is_told_from_the_end():
    assert_says(
        told(morrow()),
        "Major chooses offer full, then Minor chooses accept, which ends in full pact",
        "Major gets 2 and Minor 8",
        "Minor prefers accept because 8 beats 0 from reject",
        "Major, foreseeing this, prefers offer full because 2 beats 3/2 from offer light, "
        "which Minor would answer with accept",
    )


def test_a_certain_chance_move_settles_nothing():
    """What players choose after it is told; a tree without moves is not laid to chance."""

    def chance(first, second):
        return Chance(("x", "y"), (F(0), F(1)), (first, second))

    def text(root):
        return told(build(("A", "B"), root, lambda state: state))

    end = Terminal((3, 4))
    unreached = Move(0, ("l", "r"), (Terminal((5, 5)), Terminal((4, 6))))
    reached = Move(0, ("m", "n"), (Terminal((1, 0)), Terminal((2, 2))))
    assert_says(text(chance(unreached, reached)), "A chooses n. A gets 2 and B 2.")
    assert_says(text(end), "Nobody has a move. A gets 3 and B 4.")
    assert_says(text(chance(Terminal((1, 2)), end)), "It is settled by chance. A gets 3 and B 4.")


def told_of_plans(game, *plans) -> str:
    """What is said of pure subgame perfect equilibria, each a choice by information set."""
    found = result_of(*(hand.play(game, plan) for plan in plans), concept="subgame-perfect")
    return " ".join(meaning(answer_to(game, found).cases[0]))


def test_a_tie_in_a_tree_is_called_one():
    leaf = Move(1, ("accept", "reject"), (Terminal((5, 0)), Terminal((1, 0))))
    game = build(
        ("A", "B"), Move(0, ("ask", "leave"), (leaf, Terminal((3, 3), "rest"))), lambda s: s
    )
    text = told_of_plans(
        game, {"start": "ask", "ask": "accept"}, {"start": "leave", "ask": "reject"}
    )
    assert_says(text, "In the first equilibrium A chooses ask, then B chooses accept. A gets 5")
    assert_says(text, "B is indifferent", "Two pure equilibria exist", "they do not end alike")


def test_everything_tied_is_named():
    def ends(payoffs, *best):
        leaves = tuple(Terminal((payoff, 0), "peace") for payoff in payoffs)
        game = build(("A", "B"), Move(0, ("a", "b", "c"), leaves), lambda state: state)
        return told_of_plans(game, *({"start": action} for action in best))

    assert_says(
        ends((1, 1, 1), "a", "b", "c"),
        "In the first equilibrium A chooses a, which ends in peace",
        "A is indifferent between a, b and c (1 each)",
        "Three pure equilibria exist because somebody is indifferent somewhere; all end in peace",
    )
    tied = ends((1, 0, 1), "a", "c")
    assert_says(tied, "between a and c (1 either way)", "both end in peace")
    alone = ends((2, 0, 1), "a")
    assert_says(alone, "A chooses a, which ends in peace. A gets 2", "A prefers a")


def in_doubt(game, concept, **changes):
    """What is said of a game when one result is not the whole truth."""
    answer = answered(game)
    (case,) = answer.cases
    results = tuple(
        replace(result, **changes) if result.concept == concept else result
        for result in case.results
    )
    return " ".join(meaning(replace(case, results=results)))


def test_a_list_cut_short_supports_no_claim_about_all():
    def pay(profile):
        return [3 * profile.count(0) - 5 if own == 0 else 0 for own in profile]

    game = NormalGame.from_payoffs(("A", "B", "C", "D"), (("Balance", "Hide"),) * 4, pay)
    text = in_doubt(game, "nash", coverage=Coverage.SOME)
    assert_says(text, "there may be more")
    for claim in ("In the pure equilibria", "everybody", "every pure"):
        assert claim not in text
    nothing = in_doubt(game, "nash", status=Status.STOPPED, solutions=())
    assert "There is no" not in nothing
    many = by_number(5, lambda k: 4 if k >= 2 else 0, lambda k: 3, ("Stag", "Rabbit"))
    assert "equilibri" not in in_doubt(many, "pure-nash", coverage=Coverage.SOME, solutions=())


def test_the_plans_that_are_not_listed_are_not_spoken_for():
    leaf = Move(1, ("accept", "reject"), (Terminal((5, 0)), Terminal((1, 0))))
    game = build(("A", "B"), Move(0, ("ask", "leave"), (leaf, Terminal((3, 3)))), lambda s: s)
    plan = hand.play(game, {"start": "ask", "ask": "accept"})
    cut = result_of(
        plan, Tally(500, "equilibria"), concept="subgame-perfect", coverage=Coverage.SOME
    )
    text = " ".join(meaning(answer_to(game, cut).cases[0]))
    assert_says(text, "500 pure equilibria exist")
    assert "differ only" not in text
    assert "all end" not in text


@pytest.mark.parametrize(
    ("row", "name"), [([[3, 0], [5, 1]], "prisoner's dilemma"), ([[4, 0], [3, 3]], "stag hunt")]
)
def test_the_character_of_a_case(row, name):
    assert character(answered(symmetric(row, SUPPORT)).cases[0]) == name


def test_the_safer_choice_is_said_of_the_less_risky_side_alone():
    rich = told(two_by_two([[4, 0], [1, 1]], [[4, 1], [0, 1]]))
    assert "Rabbit guarantees more: it pays 1" in rich and "safer" not in rich


def test_a_deadlock_denies_no_bargain_that_taking_turns_would_be():
    # Half the time (2, 30), half the time (30, 2) is better for both than 5 each.
    text = told(symmetric([[4, 2], [30, 5]], SUPPORT))
    assert_says(text, "A deadlock", "no other outcome is better for both")
    assert "bargain" not in text


def test_coordination_on_equals_may_still_be_risky():
    text = told(two_by_two([[2, -9], [1, 2]], [[2, 1], [-9, 2]]))
    assert_says(text, "equally good for both", "(Rabbit, Rabbit), which is risk-dominant")
    assert "risk" not in told(two_by_two([[2, 0], [0, 2]], [[2, 0], [0, 2]]))


def test_continua_are_infinitely_many_equilibria():
    # A is indifferent where B plays Withhold; (Support, Support) is an equilibrium of its own.
    text = told(two_by_two([[2, 0], [1, 0]], [[2, 1], [0, 1]]))
    assert_says(text, "infinitely many equilibria: one continuum of them and one pure that stands")


def test_a_continuum_between_mixtures_is_told_by_its_ends():
    # B keeps to Right while A plays Up with probability at most 1/2.
    game = two_by_two([[0, 2], [2, 2]], [[2, 1], [1, 2]], ("A", "B"), (("U", "D"), ("L", "R")))
    assert_says(told(game), "while B plays R, A may play anything from U 1/2, D 1/2 to D")


def test_equilibria_of_one_sort_are_not_counted_twice():
    text = told(two_by_two([[0, 2], [0, 1]], [[0, 1], [1, 1]]))
    assert_says(text, "There are two equilibria, both pure.", "no other gives anybody more")


def test_a_value_is_secured_by_one_and_held_to_by_the_other():
    game = two_by_two([[3, 1], [0, 0]], [[-3, -1], [0, 0]], ("A", "B"), (("U", "D"), ("L", "R")))
    text = told(game)
    assert "each can secure" not in text
    row = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    cyclic = NormalGame.from_matrices(row, [[-value for value in line] for line in row])
    (first, second) = cyclic.players
    assert_says(
        told(cyclic),
        f"{first} can secure 0, the value of the game, whatever {second} does, and {second} can "
        f"keep {first} from more",
        "nobody can afford to be predictable",
    )


def test_only_who_mixes_is_called_unpredictable():
    # B must mix evenly to keep A at the top; A never moves.
    game = NormalGame.from_matrices([[0, 0], [1, -1], [-1, 1]], [[0, 0], [0, 1], [0, 1]])
    text = told(game)
    assert "predictable" not in text


def test_one_of_three_plays():
    def pay(profile):
        return [(1 if 0 in profile else 0) - (F(3, 10) if own == 0 else 0) for own in profile]

    game = NormalGame.from_payoffs(("A", "B", "C"), (("Act", "Wait"),) * 3, pay)
    assert_says(told(game), "In every pure equilibrium one of three plays Act and two Wait")
