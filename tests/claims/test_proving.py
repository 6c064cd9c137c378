"""Claims about all values: theorems proved, false ones refuted, both held to random points."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.claims import Outcome, check
from alliance_games.claims.check import Checker, read_beside
from alliance_games.claims.for_all import verdict as verdict_for_all
from alliance_games.model.problems import InvalidGame
from alliance_games.reading import read_text
from alliance_games.results.budget import Budget

STAG_HUNT = """
game: Stag hunt
players: [Alice, Jack]
parameters: {stag: 4, rabbit: 3, hunger: 0}
assume: [stag > rabbit, rabbit > hunger]
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: stag, stag
  Stag, Rabbit: hunger, rabbit
  Rabbit, Stag: rabbit, hunger
  Rabbit, Rabbit: rabbit, rabbit
scenarios:
  rich: {stag: 10}
expect:
  - equilibrium: {Alice: {Stag: 3/4}, Jack: {Stag: 3/4}}
    as: mixed
"""

DEFENCE = """
game: Rudimentary asymmetric deterrence (complete information)
players: [A, B]
parameters: {w: 2, c: 1, b: 1}
tree:
  A:
    Accept: 0, 0
    Initiate:
      B @ attacked:
        Concede: b, -b
        Resist: -c, w - 3
assume: [b > 0, c > 0]
expect:
"""


def outcome(game: str, line: str) -> Outcome:
    return check(read_text(game + f"  - {line}\n"))[-1].outcome


@pytest.mark.parametrize(
    "line",
    [
        # models.md a1, and Harsanyi and Selten's comparison
        "{risk-dominance: [Stag, Stag], when: stag + hunger > 2 * rabbit}",
        "{risk-dominance: [Rabbit, Rabbit], when: stag + hunger < 2 * rabbit}",
        "{payoff-dominance: [Stag, Stag], when: stag > rabbit}",
        "{count: {nash: 3}, when: stag > 0 or stag <= 0}",
        "{pure-nash: [[Stag, Stag], [Rabbit, Rabbit]], when: rabbit != 7}",
        "{equilibrium: {Alice: {Stag: (rabbit - hunger) / (stag - hunger)}, "
        "Jack: {Stag: (rabbit - hunger) / (stag - hunger)}}, when: stag > hunger}",
        "{not equilibrium: [Stag, Rabbit], when: stag > 0}",
        '{compare: "payoff(Alice) == rabbit and welfare() == 2 * rabbit", at: mixed, '
        "when: stag > 0}",
        '{increasing: {of: "probability(Alice, Stag)", in: rabbit, at: mixed}}',
        '{decreasing: {of: "probability(Alice, Stag)", in: stag, at: mixed}}',
        '{decreasing: {of: "probability(Alice, Stag)", in: hunger, at: mixed}}',
        '{constant: {of: "payoff(Jack)", in: stag, at: mixed}}',
        '{constant: {of: "count(nash)", in: stag}}',
        # held by the scenario: 10 > 2 * rabbit where rabbit < 5
        "{risk-dominance: [Stag, Stag], when: rabbit < 5 and hunger >= 0, in scenario: rich}",
    ],
)
def test_theorems_are_proved(line: str) -> None:
    assert outcome(STAG_HUNT, line) is Outcome.PROVED


@pytest.mark.parametrize(
    "line",
    [
        "{risk-dominance: [Stag, Stag], when: stag > rabbit}",
        "{risk-dominance: [Stag, Stag], when: stag + hunger >= 2 * rabbit}",  # the knife edge
        "{count: {nash: 2}, when: stag > rabbit}",
        "{equilibrium: {Alice: {Stag: 3/4}, Jack: {Stag: 3/4}}, when: rabbit > 0}",
        '{compare: "payoff(Alice) > rabbit", when: stag > rabbit}',
        '{increasing: {of: "probability(Alice, Stag)", in: stag, at: mixed}}',
        '{constant: {of: "payoff(Alice)", in: rabbit, at: mixed}}',
        "{never: Rabbit, when: stag > 100 * rabbit}",
        "{unique: nash, when: stag > 1000 and rabbit < 1}",
    ],
)
def test_false_claims_are_refuted_by_values(line: str) -> None:
    (*_, found) = check(read_text(STAG_HUNT + f"  - {line}\n"))
    assert found.outcome is Outcome.REFUTED
    assert found.found.startswith("not ")


def test_a_refutation_names_values_at_which_the_solver_finds_otherwise() -> None:
    line = "{risk-dominance: [Stag, Stag], when: stag + hunger >= 2 * rabbit}"
    (*_, found) = check(read_text(STAG_HUNT + f"  - {line}\n"))
    settings = dict(part.split(" = ") for part in found.found[7:].partition(":")[0].split(", "))
    values = {"stag": 4, "rabbit": 3, "hunger": 0} | settings
    stag, rabbit, hunger = (Fraction(values[name]) for name in ("stag", "rabbit", "hunger"))
    assert stag > rabbit > hunger and stag + hunger == 2 * rabbit


def test_trees_of_perfect_information() -> None:
    proved = [
        "{subgame-perfect: [{A: {start: Initiate}, B: {attacked: Concede}}], when: w - 3 < -b}",
        "{subgame-perfect: [{A: {start: Accept}, B: {attacked: Resist}}], when: w - 3 > -b}",
        "{never: Initiate, when: w - 3 > -b}",
        '{compare: "payoff(A) == 0", when: w - 3 > -b}',
    ]
    assert [outcome(DEFENCE, line) for line in proved] == [Outcome.PROVED] * 4
    assert outcome(DEFENCE, "{never: Initiate, when: w > 0}") is Outcome.REFUTED


JUMP = """
game: A jump
players: [A, B]
parameters: {x: 1}
strategies: {A: [low, high], B: [still]}
payoffs:
  low, still: LOW, 0
  high, still: if(x < 2, x - 1, x - 5), 0
expect:
"""


def test_a_jump_between_regimes_is_seen_by_a_change() -> None:
    """The only equilibrium's payoff rises within each regime; it may fall at the border."""
    line = '{increasing: {of: "payoff(A)", in: x}}'
    assert outcome(JUMP.replace("LOW", "x"), line) is Outcome.PROVED
    assert outcome(JUMP.replace("LOW", "if(x < 2, x, x - 1)"), line) is Outcome.REFUTED


def test_what_lies_outside_the_supported_class_is_undecided_and_says_why() -> None:
    game = STAG_HUNT.replace("Stag, Stag: stag, stag", "Stag, Stag: exp(stag), exp(stag)")
    game = game.partition("expect:")[0] + "expect:\n"
    (found,) = check(read_text(game + "  - {count: {nash: 3}, when: stag > 9}\n"))
    assert found.outcome is Outcome.UNDECIDED
    assert "exponential" in found.found


def test_nothing_in_question_proves_nothing() -> None:
    (*_, found) = check(read_text(STAG_HUNT + "  - {count: {nash: 3}, when: stag < rabbit}\n"))
    assert found.outcome is Outcome.UNDECIDED
    assert found.found == "no values meet the assumptions and the condition"


def test_a_time_limit_leaves_a_claim_undecided() -> None:
    study = read_text(STAG_HUNT + "  - {count: {nash: 3}, when: stag > 0}\n")
    found = check(study, budget=lambda: Budget(seconds=1e-9))[-1]
    assert found.outcome is Outcome.UNDECIDED
    assert "time limit" in found.found


FORMULAS = ("a", "b", "c", "a - b", "b * c", "2 * a - 1", "a * c - b", "1", "0", "c - 2", "b / 2")


def random_game(random: Random) -> str:
    cells = [[random.choice(FORMULAS) for _ in range(2)] for _ in range(4)]
    names = ("U, L", "U, R", "D, L", "D, R")
    table = "\n".join(
        f"  {name}: [{', '.join(cell)}]" for name, cell in zip(names, cells, strict=True)
    )
    return f"""
game: Random
players: [A, B]
parameters: {{a: 1, b: 2, c: 3}}
strategies: {{A: [U, D], B: [L, R]}}
payoffs:
{table}
expect:
"""


CLAIMS = (
    "pure-nash: [[U, L]]",
    "count: {nash: 1}",
    "count: {nash: 3}",
    "equilibrium: [U, L]",
    "not equilibrium: [D, R]",
    "dominance: {A: U}",
    "never: D",
    'compare: "payoff(A) >= payoff(B)"',
    'compare: "welfare() > 0"',
    "risk-dominance: [U, L]",
    "pure-nash: {excludes: [[D, L]]}",
)
CONDITIONS = ("a > b", "b > c and c > 0", "a > 0 and b > 0 and c > 0", "a < b and b < c", "c > 1")


@pytest.mark.parametrize("seed", range(12))
def test_verdicts_agree_with_the_solver_at_random_points(seed: int) -> None:
    """What is proved holds at every point tried; what is refuted fails at some value."""
    random = Random(seed)
    game = random_game(random)
    when = random.choice(CONDITIONS)
    lines = [f"{{{claim}, when: {when}}}" for claim in CLAIMS]
    study = read_text(game + "".join(f"  - {line}\n" for line in lines))
    verdicts = check(study)
    assert {one.outcome for one in verdicts} <= {
        Outcome.PROVED,
        Outcome.REFUTED,
        Outcome.UNDECIDED,
        Outcome.FAILED,
    }
    plain = read_text(game + "".join(f"  - {claim}\n" for claim in CLAIMS))
    tried = 0
    while tried < 6:
        a, b, c = (Fraction(random.randint(-8, 8), random.randint(1, 2)) for _ in range(3))
        if not _meets(when, a, b, c):
            continue
        tried += 1
        here = check(plain, overrides={"a": a, "b": b, "c": c})
        for proved, one in zip(verdicts, here, strict=True):
            if proved.outcome is Outcome.PROVED:
                assert one.outcome is not Outcome.FAILED, (proved.expectation.text, a, b, c)


def _meets(when: str, a: Fraction, b: Fraction, c: Fraction) -> bool:
    return {
        CONDITIONS[0]: a > b,
        CONDITIONS[1]: b > c > 0,
        CONDITIONS[2]: a > 0 and b > 0 and c > 0,
        CONDITIONS[3]: a < b < c,
        CONDITIONS[4]: c > 1,
    }[when]


def test_a_claim_from_the_command_line_is_read_as_the_file_would() -> None:
    from alliance_games.reading.claims import read_claim

    study, line = read_claim(
        "g.yaml",
        STAG_HUNT.encode(),
        "risk-dominance: [Stag, Stag]",
        {"when": "stag + hunger > 2 * rabbit"},
    )
    checker = Checker(study, read_beside, Budget, None, None)
    assert verdict_for_all(checker, line).outcome is Outcome.PROVED
    with pytest.raises(InvalidGame) as caught:
        read_claim("g.yaml", STAG_HUNT.encode(), "nevr: Stag", {"when": "stag >"})
    assert "formula-syntax" in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Harsanyi and Selten 1988: a loss at one equilibrium against the losses at both
        (
            '{compare: "threshold(Alice) == (rabbit - hunger) / (stag - hunger)", when: stag > 0}',
            Outcome.PROVED,
        ),
        ("{decreasing: {of: threshold(Alice), in: stag}}", Outcome.PROVED),
        ("{increasing: {of: threshold(Jack), in: rabbit}}", Outcome.PROVED),
        ("{increasing: {of: threshold(Jack), in: hunger}}", Outcome.REFUTED),
        ('{compare: "threshold(Alice) < 1/2", when: stag + hunger > 2 * rabbit}', Outcome.PROVED),
        ('{compare: "threshold(Alice) < 1/2", when: stag > rabbit}', Outcome.REFUTED),
    ],
)
def test_threshold_beliefs(line: str, expected: Outcome) -> None:
    assert outcome(STAG_HUNT, line) is expected


def test_a_threshold_is_spoken_of_where_there_is_one() -> None:
    """Without stag > rabbit there may be one strict equilibrium alone, and no threshold."""
    game = STAG_HUNT.replace("assume: [stag > rabbit, rabbit > hunger]", "assume: [stag > hunger]")
    line = '{compare: "threshold(Alice) < 1", when: stag > 0}'
    (*_, found) = check(read_text(game + f"  - {line}\n"))
    assert found.outcome is Outcome.PROVED
    assert "at which what it speaks of exists" in found.found


RECIPROCITY = """
game: An alliance for ever
players: [Ally, Patron]
parameters: {T: 5, R: 3, P: 1, S: 0, delta: 1/2}
assume: [T > R, R > P, P > S, delta >= 0, delta < 1]
repeated:
  discount: delta
  stage:
    strategies: [Share, Leave]
    payoffs:
      Share, Share: R, R
      Share, Leave: S, T
      Leave, Share: T, S
      Leave, Leave: P, P
expect:
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Friedman 1971 on the prisoners' dilemma
        ('{grim-trigger: {"Share, Share": (T - R) / (T - P)}, when: T > R}', Outcome.PROVED),
        ('{grim-trigger: {"Share, Share": (T - R) / (T - S)}, when: T > R}', Outcome.REFUTED),
        (
            '{increasing: {of: \'value("grim-trigger", "Share, Share")\', in: P}}',
            Outcome.PROVED,
        ),
        (
            '{decreasing: {of: \'value("grim-trigger", "Share, Share")\', in: T}}',
            Outcome.REFUTED,
        ),
    ],
)
def test_the_critical_discount_factor(line: str, expected: Outcome) -> None:
    (*_, found) = check(read_text(RECIPROCITY + f"  - {line}\n"))
    assert found.outcome is expected, found.found


NUMBERS = """
game: Arms, chosen as a number
players: [State]
parameters: {need: 4, price: 1, other: 2}
assume: [need > 0, price > 0, need > price]
choices:
  State: arms in [0, 10]
payoffs:
  State: need * arms - price * arms^2 / 2
expect:
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        # Claims about parameters alone are proved whatever the game.
        ('{increasing: {of: "need / price", in: need}}', Outcome.PROVED),
        ('{decreasing: {of: "need / price", in: need}}', Outcome.REFUTED),
        (
            '{compare: "need * other - price * other^2 / 2 <= need^2 / (2 * price)", '
            "when: other >= 0}",
            Outcome.PROVED,
        ),
        ('{compare: "need > 2 * price", when: price > 0}', Outcome.REFUTED),
        # The best number is need / price up to the end of the range, 10, and stays there.
        ('{increasing: {of: "choice(State)", in: need}}', Outcome.REFUTED),
        ('{increasing: {of: "choice(State)", in: need}, when: need < 10 * price}', Outcome.PROVED),
        ('{compare: "payoff(State) > 0", when: price > 0}', Outcome.PROVED),
        ("{pure-nash: {State: need / price}, when: need < 10 * price}", Outcome.PROVED),
        ("{pure-nash: {State: need / price}, when: price > 0}", Outcome.REFUTED),
        # Without a condition a line speaks of the file's own values only.
        ("{pure-nash: {State: need / price}}", Outcome.HELD),
    ],
)
def test_parameters_and_a_linear_quadratic_game_of_numbers(line: str, found: Outcome) -> None:
    assert outcome(NUMBERS, line) is found


STORM = """
game: An attack that a storm may stop
players: [A, B]
parameters: {fair: {value: 3/4, range: [0, 1]}, gain: 2, loss: 3, cost: 1}
assume: [gain > 0, loss > 0, cost > 0]
tree:
  A:
    Stay: 0, 0
    Sail:
      chance:
        Fair weather (fair):
          B @ attacked: {Yield: "gain - cost, -gain", Fight: "-loss - cost, gain - loss"}
        A storm (1 - fair): -cost, 0
expect:
"""

WEATHER = """
game: A traveller
players: [A]
parameters: {fair: {value: 3/4, range: [0, 1]}}
tree:
  chance:
    Fair weather (fair):
      A: {Go: 1, Stay: 0}
    A storm (1 - fair): -1
expect:
"""


@pytest.mark.parametrize(
    ("game", "line", "found"),
    [
        # Nash equilibria of trees by the definition: those that backward induction leaves out, too.
        (DEFENCE, "{equilibrium: {A: {start: Accept}, B: {attacked: Resist}}, when: w < 9}", True),
        (
            DEFENCE,
            "{equilibrium: {A: {start: Accept}, B: {attacked: Concede}}, when: w < 9}",
            False,
        ),
        (
            DEFENCE,
            "{not equilibrium: {A: {start: Accept}, B: {attacked: Concede}}, when: w < 9}",
            True,
        ),
        (
            DEFENCE,
            "{equilibrium: {A: {start: Initiate}, B: {attacked: Concede}}, when: w - 3 <= -b}",
            True,
        ),
        (
            DEFENCE,
            "{equilibrium: {A: {start: Initiate}, B: {attacked: Concede}}, when: w - 3 > -b}",
            False,
        ),
        # A sails for fair * gain - cost; where the weather is never fair B may say what it likes.
        (
            STORM,
            "{equilibrium: {A: {start: Sail}, B: {attacked: Yield}}, "
            "when: fair * gain > cost and loss > 2 * gain}",
            True,
        ),
        (
            STORM,
            "{equilibrium: {A: {start: Sail}, B: {attacked: Yield}}, when: fair * gain > cost}",
            False,
        ),
        (
            STORM,
            "{not equilibrium: {A: {start: Sail}, B: {attacked: Yield}}, when: fair == 0}",
            True,
        ),
        (
            STORM,
            "{equilibrium: {A: {start: Stay}, B: {attacked: Fight}}, when: fair >= 0}",
            True,
        ),
        # What only an event of probability zero leads to is never played.
        (WEATHER, "{never: Go, when: fair == 0}", True),
        (WEATHER, "{never: Go, when: fair >= 0}", False),
    ],
)
def test_equilibria_of_trees_are_proved_by_the_definition(
    game: str, line: str, found: bool
) -> None:
    assert outcome(game, line) is (Outcome.PROVED if found else Outcome.REFUTED)


def test_a_condition_on_a_parameter_with_entries_means_every_player_s() -> None:
    game = """
game: Worth
players: [A, B]
parameters: {worth: {value: {A: 1, B: 2}}}
strategies: [X, Y]
payoffs:
  each: if(mine == X, worth, 0)
expect:
"""
    assert outcome(game, "{dominance: {A: X, B: X}, when: worth > 0}") is Outcome.PROVED
    assert outcome(game, "{dominance: {A: X, B: X}, when: 'worth[A] > 0'}") is Outcome.REFUTED


@pytest.mark.parametrize(("hunters", "needed"), [(2, 2), (3, 2), (4, 3), (5, 3), (5, 5)])
def test_the_laplacian_choice_of_many_hunters(hunters: int, needed: int) -> None:
    """models.md a2: Stag iff hunger + (stag - hunger) * (n - m + 1) / n > rabbit, else Rabbit."""
    game = f"""
game: Many hunters
players: {hunters}
parameters: {{stag: 4, rabbit: 3, hunger: 0}}
assume: [stag > rabbit, rabbit > hunger]
strategies: [Stag, Rabbit]
payoffs:
  each: if(mine == Rabbit, rabbit, if(count(Stag) >= {needed}, stag, hunger))
expect:
"""
    worth = f"hunger + (stag - hunger) * {hunters - needed + 1} / {hunters}"
    hunt = f"laplacian: [{', '.join(['Stag'] * hunters)}]"
    stay = f"laplacian: [{', '.join(['Rabbit'] * hunters)}]"
    assert outcome(game, f"{{{hunt}, when: {worth} > rabbit}}") is Outcome.PROVED
    assert outcome(game, f"{{{stay}, when: {worth} < rabbit}}") is Outcome.PROVED
    assert outcome(game, f"{{laplacian: none, when: {worth} == rabbit}}") is Outcome.PROVED
    assert outcome(game, f"{{{hunt}, when: {worth} >= rabbit}}") is Outcome.REFUTED
    assert outcome(game, f"{{{hunt}, when: {worth} > rabbit - 1/9}}") is Outcome.REFUTED


VOLUNTEERS = """
game: Three volunteers who mix
players: 3
parameters: {worth: 2, idle: 1/2}
assume: [worth > 0, 0 < idle, idle < 1]
strategies: [Act, Wait]
payoffs:
  each: if(count(Act) >= 1, worth, 0) - if(mine == Act, worth * idle^2, 0)
expect:
  - equilibrium:
      1: {Act: 1 - idle}
      2: {Act: 1 - idle}
      3: {Act: 1 - idle}
    as: mixed
"""
"""The cost is written so that each waits with probability ``idle`` in the symmetric equilibrium."""

HIDDEN = """
game: Three volunteers one after another who do not see each other
players: [A, B, C]
parameters: {worth: 2, idle: 1/2}
assume: [worth > 0, 0 < idle, idle < 1]
define: {cost: worth * idle^2, gain: worth - cost}
tree:
  A:
    Act:
      B @ b:
        Act:
          C @ c: {Act: [gain, gain, gain], Wait: [gain, gain, worth]}
        Wait:
          C @ c: {Act: [gain, worth, gain], Wait: [gain, worth, worth]}
    Wait:
      B @ b:
        Act:
          C @ c: {Act: [worth, gain, gain], Wait: [worth, gain, worth]}
        Wait:
          C @ c: {Act: [worth, worth, gain], Wait: [0, 0, 0]}
expect:
  - equilibrium:
      A: {start: {Act: 1 - idle, Wait: idle}}
      B: {b: {Act: 1 - idle, Wait: idle}}
      C: {c: {Act: 1 - idle, Wait: idle}}
    as: mixed
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ('{compare: "payoff(1) == worth * (1 - idle^2)", at: mixed, when: worth > 0}', "PROVED"),
        ('{compare: "payoff(1) == worth * (1 - idle)", at: mixed, when: worth > 0}', "REFUTED"),
        ("{increasing: {of: payoff(2), in: worth, at: mixed}}", "PROVED"),
        ("{decreasing: {of: payoff(2), in: idle, at: mixed}}", "PROVED"),
        ("{increasing: {of: payoff(2), in: idle, at: mixed}}", "REFUTED"),
        ('{constant: {of: "probability(3, Act)", in: worth, at: mixed}}', "PROVED"),
    ],
)
def test_a_mixture_of_three_is_followed_as_written(line: str, verdict: str) -> None:
    """Diekmann 1985: acting brings worth - cost, and in equilibrium waiting the same."""
    assert outcome(VOLUNTEERS, line) is Outcome[verdict]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ('{compare: "payoff(B) == worth * (1 - idle^2)", at: mixed, when: worth > 0}', "PROVED"),
        ('{compare: "payoff(B) == worth * (1 - idle)", at: mixed, when: worth > 0}', "REFUTED"),
        ("{increasing: {of: payoff(C), in: worth, at: mixed}}", "PROVED"),
        ("{increasing: {of: payoff(C), in: idle, at: mixed}}", "REFUTED"),
        ('{decreasing: {of: "probability(C, c, Act)", in: idle, at: mixed}}', "PROVED"),
    ],
)
def test_behaviour_in_a_tree_with_hidden_moves(line: str, verdict: str) -> None:
    assert outcome(HIDDEN, line) is Outcome[verdict]


def test_numbers_that_are_no_formulas_hold_where_they_are_an_equilibrium() -> None:
    """With numbers in place of formulas the claim reaches only the values at which they fit."""
    fixed = VOLUNTEERS.replace("1 - idle}", "1/2}")
    line = '{compare: "payoff(1) == worth * 3/4", at: mixed, when: worth > 0}'
    assert outcome(fixed, line) is Outcome.PROVED
    line = '{compare: "payoff(1) == worth * 3/4", at: mixed, when: idle < 1/3}'
    assert outcome(fixed, line) is Outcome.UNDECIDED


CROWD = """
game: A threshold and a number of players that scenarios change
players: many
parameters: {many: 4, worth: 2, cost: 1}
assume: [worth > cost, cost > 0]
strategies: [Act, Wait]
payoffs:
  each: if(count(Act) >= 2, worth, 0) - if(mine == Act, cost, 0)
scenarios:
  three: {many: 3}
  two: {many: 2}
expect:
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        # Nobody, or any two: one and C(n, 2) pure equilibria.
        ("{count: {pure-nash: 7}, when: worth > 0}", "PROVED"),
        ("{count: {pure-nash: 4}, in scenario: three, when: worth > 0}", "PROVED"),
        ("{count: {pure-nash: 7}, in scenario: three, when: worth > 0}", "REFUTED"),
        ("{count: {pure-nash: 2}, in scenario: two, when: worth > 0}", "PROVED"),
        ("{pure-nash: [{Wait: 4}, {Act: 2, Wait: 2}], when: worth > 0}", "PROVED"),
        (
            "{pure-nash: [{Wait: 3}, {Act: 2, Wait: 1}], in scenario: three, when: worth > 0}",
            "PROVED",
        ),
        ("{pure-nash: [{Act: 2, Wait: 1}], in scenario: three, when: worth > 0}", "REFUTED"),
        ("{pure-nash: [{Wait: 3}, {Act: 3}], in scenario: three, when: worth > 0}", "REFUTED"),
        ("{pure-nash: {excludes: [{Act: 3}]}, in scenario: three, when: worth > 0}", "PROVED"),
        ("{pure-nash: [{Act: 2}, {Wait: 2}], in scenario: two, when: worth > 0}", "PROVED"),
        ("{laplacian: {Act: 2}, in scenario: two, when: worth > 2 * cost}", "PROVED"),
        ("{laplacian: {Act: 2}, in scenario: two, when: worth > 0}", "REFUTED"),
    ],
)
def test_claims_about_other_numbers_of_players(line: str, verdict: str) -> None:
    """A scenario's number of players is the game's whose claim is proved, not the default."""
    assert outcome(CROWD, line) is Outcome[verdict]


@pytest.mark.parametrize("members", [2, 3, 6])
def test_a_scenario_with_more_or_fewer_players_is_about_so_many(members: int) -> None:
    """The volunteer's dilemma has as many pure equilibria as players, whoever counts them."""
    volunteers = f"""
game: Volunteers
players: members
parameters: {{members: 4, v: 2, c: 1}}
assume: [v > c, c > 0, members >= 2]
strategies: [Act, Wait]
payoffs:
  each: if(count(Act) >= 1, v, 0) - if(mine == Act, c, 0)
scenarios:
  others: {{members: {members}}}
expect:
"""
    of_others = "in scenario: others, when: c > 0}"
    assert outcome(volunteers, f"{{count: {{pure-nash: {members}}}, {of_others}") is Outcome.PROVED
    assert outcome(volunteers, f"{{count: {{pure-nash: 4}}, {of_others}") is Outcome.REFUTED
    assert outcome(volunteers, "{count: {pure-nash: 4}, when: c > 0}") is Outcome.PROVED


def test_a_condition_is_asked_before_the_game() -> None:
    """Where it does not hold no payoff is asked for, and none is said to have no value."""
    text = """\
game: t
players: [A, B]
parameters: {x: 1}
strategies: [S, T]
payoffs:
  S, S: 1 / x, 1
  S, T: 0, 0
  T, S: 0, 0
  T, T: -1, -1
expect:
  - pure-nash: [[S, S]]
    when: x > 0
  - pure-nash: [[S, S]]
    when: x >= 0
"""
    found = [verdict.found for verdict in check(read_text(text))]
    assert found[0] == "proved for all values"
    assert "not where" in found[1] and found[1].startswith("proved for all values")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("{pure-nash: [{Wait: 4}, {Act: 2, Wait: 2}]}", "HELD"),
        ("{pure-nash: [{Wait: 4}]}", "FAILED"),
        ("{pure-nash: [{Wait: 4}, {Act: 3, Wait: 1}]}", "FAILED"),
        ("{pure-nash: {includes: [{Act: 2, Wait: 2}], excludes: [{Act: 4}]}}", "HELD"),
        ("{pure-nash: {excludes: [{Act: 2, Wait: 2}]}}", "FAILED"),
        ("{pure-nash: [{Wait: 3}, {Act: 2, Wait: 1}], in scenario: three}", "HELD"),
        ("{pure-nash: [{Wait: 4}, {Act: 2, Wait: 2}], in scenario: three}", "FAILED"),
        ("{laplacian: {Act: 2}, in scenario: two}", "FAILED"),
        ("{laplacian: none, in scenario: two}", "HELD"),
    ],
)
def test_how_many_play_what(line: str, verdict: str) -> None:
    """At the file's values: worth 2 and cost 1, two of four are enough."""
    assert outcome(CROWD, line) is Outcome[verdict]


WIDER = """
game: A subgame-perfect equilibrium that may be no sequential one
players: [A, B]
parameters: {x: 1, y: 1}
tree:
  A:
    L:
      B @ asked:
        l: {A @ end: {up: "x, 1", down: "y, 0"}}
        r: 0, 2
    R:
      B @ asked:
        l: 1, 0
        r: 2, 1
expect:
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        # Where x = y, A may mix at the end, and what it turns on is not told.
        ("{never: {B: l}, when: x >= 0}", "UNDECIDED"),
        ("{never: {B: l}, when: x > y}", "PROVED"),
        ('{compare: "payoff(A) >= 0", when: x > y}', "PROVED"),
        ("{increasing: {of: payoff(A), in: x}}", "REFUTED"),
        ('{compare: "payoff(A) >= 3", when: x >= y}', "REFUTED"),
    ],
)
def test_what_holds_at_all_of_a_wider_concept_is_proved(line: str, verdict: str) -> None:
    """Sequential equilibria of this tree are not told in formulas where x = y, the subgame-perfect
    ones are; B's answer r is better wherever it is asked, so that A gets 2."""
    assert outcome(WIDER, line) is Outcome[verdict]


CHICKEN = """
game: Chicken
players: 2
parameters: {a: 1}
strategies: [X, Y]
payoffs:
  each: if(mine == X, if(count(X) == 2, -a, 2), if(count(X) == 1, 0, 1))
expect:
"""
"""Of X against Y and Y against X neither is safer; both are strict equilibria where a > 0 alone."""


@pytest.mark.parametrize("concept", ["laplacian", "risk-dominance"])
def test_nothing_is_said_of_a_comparison_where_there_is_nothing_to_compare(concept: str) -> None:
    for line in (f"{concept}: none", f"count: {{{concept}: 0}}"):
        assert outcome(CHICKEN, f"{{{line}, when: a > 0}}") is Outcome.PROVED
        assert outcome(CHICKEN, f"{{{line}, when: a >= 0}}") is Outcome.REFUTED
        assert outcome(CHICKEN, f"{{{line}, when: a < 0}}") is Outcome.REFUTED
    excluded = f"{{{concept}: {{excludes: [[X, X]]}}, when: a < 0}}"
    assert outcome(CHICKEN, excluded) is Outcome.REFUTED
    # A quantity is spoken of where it exists.
    counted = "{compare: 'count(\"" + concept + "\") == 0', when: a >= 0}"
    assert outcome(CHICKEN, counted) is Outcome.PROVED
