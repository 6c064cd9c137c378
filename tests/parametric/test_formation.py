"""Stable partitions, landscapes and matchings as formulas, against the solver and by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from random import Random

import jsonschema
import pytest

from alliance_games.claims.check import check
from alliance_games.claims.verdict import Outcome
from alliance_games.concepts import find
from alliance_games.model.matching import FieldMarket, MatchingMarket
from alliance_games.model.study import Study
from alliance_games.parametric.agreement import difference, essence
from alliance_games.parametric.codec import encode as encode_regimes
from alliance_games.parametric.codec import schema
from alliance_games.parametric.regimes import Unsupported, regimes
from alliance_games.parametric.statics import comparative
from alliance_games.parametric.telling import Telling
from alliance_games.report.propositions import propositions, words
from alliance_games.results.named.landscape import RestingPlace
from alliance_games.results.named.matching import Accepted, Matched
from alliance_games.results.named.partitions import Partition
from alliance_games.results.ordered import ExactSigns
from alliance_games.results.records import decode, encode
from alliance_games.results.result import Coverage
from alliance_games.solve import solve
from tests.contract.others import landscape, matching, partitions
from tests.parametric.studies import holders, library, points, study

NOTIONS = (
    "nash-stable",
    "core-stable",
    "strict-core-stable",
    "individually-stable",
    "contractually-individually-stable",
)


def agrees(asked: object, game: object, concept: str) -> None:
    """The conditions over plain numbers find what the solver finds."""
    conditions = find(concept).conditions
    assert conditions is not None
    result = solve(game, [concept]).of(concept)
    assert result is not None and result.coverage is Coverage.ALL
    assert essence(list(conditions(asked, ExactSigns()))) == essence(result.solutions)


@pytest.mark.parametrize("concept", NOTIONS)
@pytest.mark.parametrize("players", [1, 2, 3, 4])
def test_partitions(concept: str, players: int) -> None:
    """Utilities from a small range make many ties; from a large one none."""
    dice = Random(f"{concept}{players}")
    found = set()
    for most in (1, 2, 4, 50):
        for _ in range(25):
            game = partitions.hedonic(dice, players, most)
            agrees(game, game, concept)
            found.add(bool(list(find(concept).conditions(game, ExactSigns()))))  # type: ignore[misc]
    assert True in found
    if concept == "nash-stable" and players > 1:
        assert False in found, "in some games no partition is"


@pytest.mark.parametrize("game", partitions.GAMES)
@pytest.mark.parametrize("concept", NOTIONS)
def test_known_partitions(game: object, concept: str) -> None:
    agrees(game, game, concept)


@pytest.mark.parametrize("concept", ["landscape-minima", "gradient-path", "weighted-potential"])
@pytest.mark.parametrize("most", [1, 4])
def test_landscapes(concept: str, most: int) -> None:
    dice = Random(f"{concept}{most}")
    for states in (1, 2, 3, 4, 5, 6):
        for _ in range(12):
            game = landscape.landscape(dice, states, most)
            agrees(game, game, concept)
    for states in (3, 4, 5):
        agrees(landscape.enemies(states), landscape.enemies(states), concept)


def worths(market: MatchingMarket, dice: Random) -> FieldMarket:
    """The same wishes as worths, no two alike: those left out are worth less than nothing."""
    found = []
    for at, own in enumerate(market.lists):
        second = at < market.border
        sizes = sorted(dice.sample(range(100), len(own)), reverse=True)
        rest = {o: Fraction(-dice.randint(1, 9)) for o in market.side(second) if o not in own}
        sized = {o: Fraction(size, 7) for o, size in zip(own, sizes, strict=True)}
        found.append({**sized, **rest})
    return FieldMarket(market.players, market.sides, market.border, tuple(found), market.quotas)


@pytest.mark.parametrize("concept", ["stable-matching", "deferred-acceptance"])
@pytest.mark.parametrize("left_out", [0.0, 0.3])
def test_matchings(concept: str, left_out: float) -> None:
    dice = Random(f"{concept}{left_out}")
    for first, second, quota in [(1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 4, 1), (2, 5, 3), (3, 4, 2)]:
        for _ in range(20):
            market = matching.market(dice, first, second, quota, left_out)
            agrees(worths(market, dice), market, concept)
    agrees(worths(matching.LATIN, dice), matching.LATIN, concept)


BLOCS = """\
game: test
players: [A, B, C]
parameters:
  bond: 1
  load: {value: {A: 1, B: 2, C: 3}}
  tie: {value: {A - B: 2, A - C: -1, B - C: 1}}
coalitions:
  utility:
    A: others(tie + bond) - own(load) * (size - 1)
    each: others(tie) + if(has(C), bond, 0) - total(load) + outside(own(load) * load) / 4
"""
POWERS = """\
game: test
players: [A, B, C]
parameters:
  power: {value: {A: 4, B: 3, C: 2}}
  creed: {value: {A: 0, B: 1, C: 3}}
  near: {value: {A - B: 1, A - C: 2, B - C: 0}}
assume: [power > 0]
landscape:
  sizes: power
  propensities: near - abs(creed - own(creed))
  start: [[A, B, C], []]
"""
PATRONS = """\
game: test
players: [East, West, P, Q]
parameters:
  power: {value: {East: 3, West: 2, P: 1, Q: 1}}
  close: {value: {East - P: 2, East - Q: 1, West - P: 1, West - Q: 3}}
  shade: 1
matching:
  patrons: {East: close - shade, West: close * own(power)}
  clients: {P: power + close, Q: [West, East]}
  quotas: {East: 2}
"""
CASES = {
    "blocs": (lambda: study(BLOCS), ("nash-stable", "core-stable", "individually-stable")),
    "powers": (lambda: study(POWERS), ("landscape-minima", "gradient-path", "weighted-potential")),
    "patrons": (lambda: study(PATRONS), ("stable-matching", "deferred-acceptance")),
    "ties in order": (
        lambda: study(PATRONS + "  ties: in order\n"),
        ("stable-matching", "deferred-acceptance"),
    ),
    "like-minded": (
        lambda: library("similarity/ideological_blocs.yaml"),
        ("nash-stable", "core-stable", "strict-core-stable"),
    ),
    "the 1930s": (
        lambda: library("similarity/landscape_1930s.yaml"),
        ("landscape-minima", "gradient-path"),
    ),
}
OVER = {
    "blocs": ("bond", "tie[B, C]"),
    "powers": ("power[A]", "creed[A]", "near[B, C]"),
    "patrons": ("close[East, P]", "close[West, P]", "shade"),
    "ties in order": ("close[East, P]", "close[West, P]", "shade"),
    "like-minded": ("bond", "distance"),
    "the 1930s": ("rivalry",),
}


@pytest.mark.parametrize("name", CASES)
def test_points_fall_into_one_cell_that_says_what_the_solver_does(name: str) -> None:
    make, concepts = CASES[name]
    for concept in concepts:
        found = regimes(make(), [concept], over=OVER[name], most_edges=None)
        assert not found.stopped and not found.undecided
        for point in points(found, 40, seed=5):
            (regime,) = holders(found, point)
            gap = difference(found.study, found.region.symbols, regime.cell.outcome, point)
            assert gap is None, f"{concept} at {point}: {gap}"


def test_a_size_that_is_not_positive_is_left_out() -> None:
    found = regimes(study(POWERS.replace("assume: [power > 0]\n", "")), over=["power[B]"])
    assert [one.cell.excluded for one in found.excluded] == ["a size is not positive"]


def test_a_propensity_that_is_not_the_same_both_ways_is_left_out() -> None:
    oneway = POWERS.replace("near - abs(creed - own(creed))", "near * creed")
    oneway = oneway.replace("{A: 0, B: 1, C: 3}", "{A: 1, B: 1, C: 1}")
    found = regimes(study(oneway), over=["creed[B]"], most_edges=None)
    (whole,) = found.whole or found.edges
    assert whole.sample == (1,)
    assert {one.cell.excluded for one in found.excluded} == {
        "a propensity is not the same both ways"
    }


def test_ties_are_left_out_unless_the_order_of_the_file_decides() -> None:
    tied = regimes(study(PATRONS), over=["close[East, P]"], most_edges=None)
    why = {one.cell.excluded for one in tied.excluded}
    assert "P is indifferent between East and West" in why
    decided = study(PATRONS + "  ties: in order\n")
    assert not regimes(decided, over=["close[East, P]"], most_edges=None).excluded


def test_a_quota_that_depends_on_a_parameter_is_refused() -> None:
    with pytest.raises(Unsupported, match="the quota of East is no known whole number"):
        regimes(study(PATRONS.replace("{East: 2}", "{East: shade + 1}")))


def test_too_many_are_refused() -> None:
    names = "ABCDEFGHI"
    many = f"game: t\nplayers: [{', '.join(names)}]\nparameters: {{a: 1}}\n"
    with pytest.raises(Unsupported, match="more than 8 states"):
        regimes(study(f"{many}landscape: {{sizes: 1, propensities: a}}\n"))
    six = many.replace(", G, H, I", "")
    with pytest.raises(Unsupported, match="more than 5 players"):
        regimes(study(f"{six}coalitions: {{utility: size * a}}\n"))


def test_a_way_down_without_a_start_is_refused() -> None:
    with pytest.raises(Unsupported, match="no configuration to begin from"):
        regimes(study(POWERS.replace("  start: [[A, B, C], []]\n", "")), ["gradient-path"])


def test_a_pair_by_hand() -> None:
    """Two stay together exactly where neither minds the other; nobody is made to stay."""
    text = """\
game: t
players: [A, B]
parameters: {a: 1, b: 1}
coalitions: {utility: {A: others(a), B: others(b)}}
"""
    for concept in NOTIONS[:4]:
        found = regimes(study(text), [concept], most_edges=None)
        for a, b in [(1, 1), (1, -1), (-1, 1), (-1, -1), (0, 0), (0, 1), (1, 0), (-1, 0)]:
            (regime,) = holders(found, (Fraction(a), Fraction(b)))
            answers = {
                one.coalitions
                for _, some in regime.cell.outcome or ()
                for one in some
                if isinstance(one, Partition)
            }
            together = (("A", "B"),) in answers
            apart = (("A",), ("B",)) in answers
            assert together is (a >= 0 and b >= 0)
            # A visit needs the host's leave but for Nash stability; a strict core tolerates none
            # who would gain while the other does not mind.
            wanted = {
                "core-stable": not (a > 0 and b > 0),
                "strict-core-stable": not (min(a, b) >= 0 and max(a, b) > 0),
                "nash-stable": a <= 0 and b <= 0,
                "individually-stable": not (min(a, b) >= 0 and max(a, b) > 0),
            }
            assert apart is wanted[concept], (concept, a, b)


def test_two_states_by_hand() -> None:
    """Two states of any sizes are together at no energy, or apart at twice the sizes' product."""
    text = """\
game: t
players: [A, B]
parameters: {a: 1, b: 1, p: 1}
assume: [a > 0, b > 0]
landscape: {sizes: {A: a, B: b}, propensities: p}
expect:
  - landscape-minima: [{sides: [[A, B]], energy: 0}]
    when: p > 0
  - landscape-minima: [{sides: [[A], [B]], energy: 2 * a * b * p}]
    when: p < 0
  - landscape-minima: [{sides: [[A], [B]], energy: a * b * p}]
    when: p < 0
  - landscape-minima: [{sides: [[A], [B]], basin: 2}]
    when: p < 0
  - count: {landscape-minima: 2}
    when: p == 0
  - weighted-potential: {A: 2 * a, B: 2 * b}
    when: p != 0
"""
    outcomes = [one.outcome for one in check(study(text))]
    proved, refuted, undecided = Outcome.PROVED, Outcome.REFUTED, Outcome.UNDECIDED
    assert outcomes == [proved, proved, refuted, undecided, proved, proved]


def opposite() -> Study:
    """Two pairs who want each other crosswise, as far as their wishes are opposite."""
    text = """\
game: t
parameters: {x: 2, y: 2}
matching:
  men: {a: [A, B], b: [B, A]}
  women: {A: worth, B: worth}
players: [a, b, A, B]
"""
    text = text.replace(
        "{x: 2, y: 2}", "{worth: {value: {a - A: 1, b - A: 2, a - B: 2, b - B: 1}}}"
    )
    return study(text)


def test_two_pairs_by_hand() -> None:
    """Both matchings are stable where each woman prefers whom the men do not wish for her."""
    found = regimes(opposite(), ["stable-matching"], most_edges=None)
    names = found.region.symbols.names
    for values in permutations((1, 2, 3, 4)):
        point = tuple(map(Fraction, values))
        worth = dict(zip(names, point, strict=True))
        (regime,) = holders(found, point)
        ((_, answers),) = regime.cell.outcome or ()
        hers = worth["worth[b, A]"] > worth["worth[a, A]"]
        his = worth["worth[a, B]"] > worth["worth[b, B]"]
        assert len(answers) == (2 if hers and his else 1)


def test_claims_are_proved_and_refuted() -> None:
    claims = """\
expect:
  - stable-matching: {includes: [{a: A, b: B}]}
    when: worth[a, A] > 0 and worth[b, B] > 0
  - deferred-acceptance: {includes: [{a: A, b: B}]}
    when: worth[a, A] > 0 and worth[b, B] > 0
  - stable-matching: [{a: A, b: B}]
    when: worth[a, A] > worth[b, A] > 0 and worth[b, B] > 0
  - stable-matching: [{a: A, b: B}]
    when: worth[a, A] > 0 and worth[b, B] > 0
  - count: {stable-matching: 2}
    when: worth[b, A] > worth[a, A] > 0 and worth[a, B] > worth[b, B] > 0
"""
    text = """\
game: t
players: [a, b, A, B]
parameters: {worth: {value: {a - A: 1, b - A: 2, a - B: 2, b - B: 1}}}
matching:
  men: {a: [A, B], b: [B, A]}
  women: {A: worth, B: worth}
"""
    outcomes = [one.outcome for one in check(study(text + claims))]
    proved = Outcome.PROVED
    assert outcomes == [proved, proved, proved, Outcome.REFUTED, proved]


def test_payoffs_of_a_named_partition_are_compared() -> None:
    text = """\
game: t
players: [A, B, C]
parameters: {bond: 2, cost: 1}
assume: [bond > cost, cost > 0]
coalitions: {utility: bond * (size - 1) - cost * (size - 1)}
expect:
  - core-stable: [[A, B, C]]
    as: all
  - compare: payoff(A) == 2 * (bond - cost)
    at: all
    when: bond > 0
  - compare: payoff(A) == bond - cost
    at: all
    when: bond > 0
  - increasing: {of: payoff(B), in: bond}
    at: all
"""
    outcomes = [one.outcome for one in check(study(text))]
    assert outcomes == [Outcome.HELD, Outcome.PROVED, Outcome.REFUTED, Outcome.PROVED]


def test_records_are_written_and_read_back() -> None:
    for one in (
        RestingPlace(sides=(("A",), ("B",)), energy=Fraction(-4, 3)),
        Matched(partners={"A": ("B",), "B": ("A",), "C": ()}),
        Accepted(proposing="men", partners={"A": ("B",), "B": ("A",)}),
    ):
        assert decode({"kind": one.kind, **encode(one, str)}, {}) == one


@pytest.mark.parametrize(
    ("name", "concepts", "over"),
    [
        ("similarity/ideological_blocs", None, ["bond", "distance"]),
        ("similarity/landscape_1930s", ["landscape-minima", "gradient-path"], ["rivalry"]),
        ("similarity/three_enemies", ["weighted-potential"], ["size[Third]"]),
        (
            "similarity/who_makes_the_offers",
            ["stable-matching", "deferred-acceptance"],
            ["pull[Britain, Turkey]"],
        ),
        ("coalitions/three_blocs", ["core", "convexity", "shapley-value"], None),
    ],
)
def test_the_document_keeps_to_its_schema(
    name: str, concepts: list[str] | None, over: list[str] | None
) -> None:
    found = regimes(library(f"{name}.yaml"), concepts, over=over)
    document = json.loads(json.dumps(encode_regimes(Telling(found))))
    jsonschema.validate(document, json.loads(schema()))
    assert document["status"] == "exact" and document["cells"]


def test_what_is_said_of_who_sides_with_whom() -> None:
    said = {
        name: [words(one) for one in propositions(Telling(regimes(library(name), over=over)))]
        for name, over in {
            "similarity/ideological_blocs.yaml": ["bond", "distance"],
            "similarity/landscape_1930s.yaml": ["rivalry"],
            "similarity/patrons_and_clients.yaml": ["closeness[US, Egypt]"],
        }.items()
    }
    assert {
        "The partition A, B, C, D is Nash-stable if and only if bond >= 2 * distance / 3.",
        "The partition A, B, C, D is core-stable if and only if bond >= distance.",
    } <= set(said["similarity/ideological_blocs.yaml"])
    assert said["similarity/landscape_1930s.yaml"][1:] == [
        "Britain, France, Germany, Italy, Poland | USSR is a local minimum if and only if "
        "rivalry >= -(41/15).",
        "Britain, France, USSR, Poland | Germany, Italy is a local minimum if and only if "
        "rivalry <= -(17/15).",
    ]
    assert (
        "The matching US: Israel, Jordan; USSR: Egypt, Iraq is stable if and only if "
        "closeness[US, Egypt] <= 4." in said["similarity/patrons_and_clients.yaml"]
    )


def test_utilities_and_energies_move_with_parameters() -> None:
    blocs = regimes(library("similarity/ideological_blocs.yaml"), over=["bond", "distance"])
    told = {
        (one.concept, one.solution.coalitions, effect.quantity.player, effect.variable): (
            effect.direction
        )
        for one in comparative(blocs).found
        if isinstance(one.solution, Partition)
        for effect in one.effects
    }
    grand, creeds = (("A", "B", "C", "D"),), (("A", "B"), ("C", "D"))
    assert told["core-stable", grand, 2, 0] == "increasing"
    assert told["core-stable", grand, 2, 1] == "decreasing"
    assert told["nash-stable", creeds, 0, 1] == "constant"
    powers = regimes(library("similarity/landscape_1930s.yaml"), over=["rivalry"])
    moves = [e.direction for one in comparative(powers).found for e in one.effects]
    assert moves and set(moves) == {"increasing"}
