"""The reading of equilibria with beliefs: every figure is derived by hand (see hand_trees)."""

from fractions import Fraction as F

from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.report.meaning import meaning
from alliance_games.results.tree_solutions import Continuum, Family
from tests.report import hand_trees as hand
from tests.report.tree_answers import answer_to, report, result_of

HORSE, TREATY, QUICHE, TRUST = (
    hand.horse(), hand.treaty(), hand.beer_quiche(), hand.assurance(),
)  # fmt: skip


def told(game, *solutions, concept="sequential"):
    return meaning(answer_to(game, result_of(*solutions, concept=concept)).cases[0])


def assert_says(text: str, *facts: str) -> None:
    missing = [fact for fact in facts if fact not in text]
    assert not missing, f"{missing} not in: {text}"


def test_the_horse() -> None:
    """D would bring 3 times the probability of L, at most 3/4; d 4 times it, at most 1."""
    (text,) = told(HORSE, hand.horse_equilibria(HORSE))
    assert_says(
        text,
        "One, at the start, chooses C: it brings 1, D at most 3/4.",
        "Two, after C, chooses c: it brings 1, d at most 1.",
        "Where play does not come: Three, at third, chooses R, at any belief of D up to 1/3 "
        "(it brings 2/3 to 1, L at most 2/3); or L with any probability up to 1/4, at belief of "
        "D 1/3 (both bring 2/3 alike).",
        "One gets 1, Two 1 and Three 1.",
    )


def test_a_separating_equilibrium() -> None:
    """The Committed gets 10 - 4 with a treaty and 2 without, the Uncommitted 3 - 4 and 0."""
    after, text = told(TREATY, hand.separating(TREATY))
    assert_says(
        text,
        "The equilibrium, separating: Ally: Committed sends Treaty; Uncommitted sends No treaty.",
        "So Treaty reveals Committed and No treaty reveals Uncommitted.",
        "Adversary, after Treaty, sure of Committed, chooses Desist: it brings 0, Attack -4.",
        "Adversary, after No treaty, sure of Uncommitted, chooses Attack: it brings 4, Desist 0.",
        "No type gains by another message: Committed gets 6, by No treaty 2; "
        "Uncommitted gets 0, by Treaty -1.",
        "Ally gets 9/5 and Adversary 14/5 = 2.8 in expectation.",
    )
    assert_says(
        after,
        "What follows the response is settled by itself",
        "after Committed, Treaty, Attack Ally chooses Fight (it brings -1, Stand aside -5)",
        "after Uncommitted, No treaty, Attack Ally chooses Stand aside (it brings 0, Fight -3)",
    )


def test_a_pooling_continuum() -> None:
    """By a treaty the Committed would get 6 - 7x, at most 2; the Uncommitted -1 - 4x, at most
    -23/7, where x is at least 4/7."""
    text = told(TREATY, hand.separating(TREATY), hand.pooling(TREATY))[-1]
    assert_says(
        text,
        "Equilibrium 2, pooling on No treaty: Ally: both types send No treaty.",
        "So nothing is revealed: the odds stay Committed 3/10, Uncommitted 7/10.",
        # 7/10 of 4 less 3/10 of 4
        "Adversary, after No treaty, believing Committed with probability 3/10 (0.3), chooses "
        "Attack: it brings 8/5, Desist 0.",
        "If the unexpected came: Adversary, after Treaty, chooses Attack, at any belief of "
        "Committed up to 1/2 (it brings 0 to 4, Desist 0); or Attack with any probability from "
        "4/7 to 1, at belief of Committed 1/2 (both bring 0 alike).",
        "Committed gets 2, by Treaty at most 2; "
        "Uncommitted gets 0, by Treaty at most -23/7 ≈ -3.286.",
    )


def test_a_message_may_move_the_odds_without_revealing_the_type() -> None:
    """A treaty at cost 1: the Uncommitted sign with 3/7, so that half of the signatories are
    Committed; the adversary attacks with 2/7, so that 2 (5/7) = 5 (2/7)."""
    game = hand.treaty(cost=1)
    one = hand.assess(
        game,
        {"Committed": "Treaty", "Uncommitted": {"Treaty": F(3, 7), "No treaty": F(4, 7)},
         "Treaty": {"Attack": F(1, 2), "Desist": F(1, 2)}, "No treaty": "Attack", **hand.ENDS},
        {"Treaty": {"Committed": F(1, 2), "Uncommitted": F(1, 2)}, "No treaty": {"Uncommitted": 1}},
    )  # fmt: skip
    # Reneging costs 1 beside the price of 1: 2 (1 - x) = 2x for the Uncommitted, x = 1/2.
    text = told(game, one)[-1]
    assert_says(
        text,
        "semi-separating",
        "Uncommitted sends Treaty 3/7, No treaty 4/7",
        "So Treaty moves the odds from Committed 3/10, Uncommitted 7/10 to Committed 1/2, "
        "Uncommitted 1/2 and No treaty reveals Uncommitted.",
        "mixes Attack 1/2, Desist 1/2: both bring 0 alike.",
        "Uncommitted gets 0 by Treaty, 0 by No treaty",
    )


def test_types_of_a_bayesian_game_and_their_interim_payoffs() -> None:
    """The trusting cooperate: 3/4 of 4 against 3/4 of 3 and 1/4 of 2; the wary defect: 3/4 of 6
    and 1/4 of 2 against 3/4 of 4. Ex ante each gets 3/4 of 3 and 1/4 of 5."""
    one = hand.play(TRUST, {"trusting": "Cooperate", "wary": "Defect"})
    (text,) = told(TRUST, one, concept="bayesian-nash")
    assert_says(
        text,
        "A's types: trusting chooses Cooperate: it brings 3, Defect 11/4 = 2.75; "
        "wary chooses Defect: it brings 5, Cooperate 3.",
        "Before types are known, A gets 7/2 and B 7/2.",
    )


def test_hidden_moves_without_types() -> None:
    """Matching pennies in sequence, the second mover blind."""

    def second(first):
        ends = tuple(Terminal((2, 0) if first == guess else (0, 2)) for guess in ("Heads", "Tails"))
        return Move(1, ("Heads", "Tails"), ends, "blind")

    root = Move(0, ("Heads", "Tails"), (second("Heads"), second("Tails")))
    game = build(("Even", "Odd"), root, lambda state: state)
    half = {"Heads": F(1, 2), "Tails": F(1, 2)}
    (text,) = told(game, hand.play(game, {"start": half, "blind": half}), concept="nash")
    assert_says(
        text,
        "Even, at the start, mixes Heads 1/2, Tails 1/2: both bring 1 alike.",
        "Odd, at blind, believing Heads with probability 1/2 (0.5), mixes Heads 1/2, Tails 1/2",
        "Even gets 1 and Odd 1 in expectation.",
    )


def test_a_choice_at_which_anything_goes_gives_no_reason_that_is_not_there() -> None:
    plan = hand.play(HORSE, {"start": "D", "C": "c", "third": "L"}, free=("C",))
    (text,) = told(HORSE, plan, concept="nash")
    assert_says(text, "Two, after C, may choose anything")
    assert "anything:" not in text


def test_equilibria_of_many_sets_are_read_in_part() -> None:
    """One has 40 types and Two 20 sets: 12 types of each are told, or 12 sets in all."""

    def later(step):
        return Move(1, ("Out", "In"), (Terminal((0, 0)), Terminal((1, 1))), f"set {step}")

    def tree(types, later):
        moves = (Move(0, ("a", "b"), (later(k), later(k))) for k in range(types))
        odds = [F(1, types)] * types
        root = Chance(tuple(map(str, range(types))), odds, tuple(moves))
        return build(("One", "Two"), root, lambda state: state)

    def last(game):
        chosen = {game.set_name(k): each.actions[-1] for k, each in enumerate(game.sets)}
        (text,) = told(game, hand.play(game, chosen), concept="nash")
        return text

    text = last(tree(40, lambda k: later(k % 20)))
    assert_says(text, "28 more types in the table. Two's types: ", "eight more types in the table.")

    def twice(k):
        again = Move(1, ("a", "b"), (Terminal((0, 0)), Terminal((0, 1))), f"again {k % 20}")
        return Move(1, ("Out", "In"), (Terminal((0, 0)), again), f"set {k % 20}")

    # 40 sets of One and 40 of Two, less the 12 that are read
    assert_says(last(tree(40, twice)), "68 more information sets in the table.")


def test_the_report_reads_every_equilibrium_once() -> None:
    found = [hand.separating(TREATY), hand.pooling(TREATY)]
    text = report(TREATY, result_of(*found), result_of(found[0], concept="intuitive-criterion"))
    assert text.count("Equilibrium 1, separating:") == text.count("Equilibrium 2, pooling") == 1


def test_many_equilibria_are_left_to_the_tables() -> None:
    paragraphs = told(QUICHE, *[_quiche()] * 20)
    assert paragraphs[-1] == "Eight more in the tables above."


def _quiche():
    return hand.assess(
        QUICHE,
        {"Strong": "Beer", "Weak": "Beer", "Beer": "Let be", "Quiche": "Duel"},
        {"Beer": {"Strong": F(9, 10), "Weak": F(1, 10)}, "Quiche": {"Weak": 1}},
    )


def test_moves_after_the_response_are_told_for_each_nash_equilibrium() -> None:
    """A Nash equilibrium may leave threats: here the Committed would not fight for a treaty."""
    chosen = {
        "Committed": "No treaty", "Uncommitted": "No treaty", "Treaty": "Attack",
        "No treaty": "Attack", **hand.ENDS, "Committed > Treaty > Attack": "Stand aside",
    }  # fmt: skip
    paragraphs = told(TREATY, hand.play(TREATY, chosen), concept="nash")
    assert len(paragraphs) == 1
    assert_says(
        paragraphs[0],
        "What follows the response: Ally, after Committed, Treaty, Attack, chooses Stand aside: "
        "it brings -5, Fight -1",
    )


def test_what_goes_with_what_where_several_sets_vary() -> None:
    """A asks where B accepts (indifferent) with 1/2 or more, for 1 + 4 x against 3."""
    leaf = Move(1, ("accept", "reject"), (Terminal((5, 0)), Terminal((1, 0))))
    root = Move(0, ("ask", "leave"), (leaf, Terminal((3, 3), "rest")))
    game = build(("A", "B"), root, lambda state: state)

    def point(ask, accept):
        mixed = {"accept": F(accept), "reject": 1 - F(accept)}
        return hand.play(game, {"start": {"ask": F(ask), "leave": 1 - F(ask)}, "ask": mixed})

    points = (point(1, 1), point(1, F(1, 2)), point(0, F(1, 2)), point(0, 0))
    families = (Family(1, (0, 1)), Family(1, (1, 2)), Family(1, (2, 3)))
    (text,) = told(game, Continuum(1, points, families), concept="subgame-perfect")
    assert_says(
        text,
        "A, at the start, chooses in (a) ask (it brings 3 to 5, leave 3); in (b) ask with any "
        "probability (both bring 3 alike); in (c) leave (it brings 3, ask at most 3).",
        "B, after ask, chooses in (a) accept with any probability from 1/2 to 1 (both bring 0 "
        "alike); in (b) accept with probability 1/2",
        "A gets 3 to 5 and B 0 to 3 in expectation.",
    )


def test_ranges_over_examples_say_that_they_are_examples() -> None:
    """Where several sets vary together, payoffs are not linear and may peak between the points.

    One and Two each say yes with a probability p that they share: One gets p (1 - p), which is 0 at
    both ends and 1/4 in between.
    """

    def second(first):
        ends = tuple(
            Terminal((int(first == "yes" and other == "no"), 0)) for other in ("yes", "no")
        )
        return Move(1, ("yes", "no"), ends, "blind")

    root = Move(0, ("yes", "no"), (second("yes"), second("no")))
    game = build(("One", "Two"), root, lambda state: state)
    points = tuple(
        hand.play(
            game, {"start": {"yes": F(p), "no": 1 - F(p)}, "blind": {"yes": F(p), "no": 1 - F(p)}}
        )
        for p in (F(0), F(1, 3))
    )
    (text,) = told(game, Continuum(1, points, (Family(1, (0, 1)),)), concept="nash")
    assert_says(text, "One gets 0 to 2/9 at the points tried")
    (text,) = told(HORSE, hand.horse_equilibria(HORSE))
    assert "points tried" not in text


def test_only_what_is_best_is_called_so() -> None:
    """With the adversary desisting always, the Uncommitted would rather pay nothing: 3 beats -1."""
    both = {"Committed": F(3, 10), "Uncommitted": F(7, 10)}
    chosen = {"Committed": "Treaty", "Uncommitted": "Treaty", "Treaty": "Desist"}
    one = hand.assess(
        TREATY, {**chosen, "No treaty": "Desist", **hand.ENDS}, {"Treaty": both, "No treaty": both}
    )
    text = told(TREATY, one)[-1]
    assert "No type gains" not in text
    assert_says(text, "Uncommitted gets -1, by No treaty 3")
