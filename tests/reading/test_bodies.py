"""Each kind of body against a game written by hand."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product

import pytest

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.extensive import CHANCE, ExtensiveGame, InformationSet
from alliance_games.model.normal import NormalGame
from tests.reading.games import HEAD, TABLE, faults, payoff_table, study

STAG_HUNT = {
    ("Stag", "Stag"): (4, 4),
    ("Stag", "Rabbit"): (0, 3),
    ("Rabbit", "Stag"): (3, 0),
    ("Rabbit", "Rabbit"): (3, 3),
}
HUNTERS = "game: Stag hunt\nplayers: [Alice, Jack]\nparameters: {stag: 4, rabbit: 3}\n"
STRATEGIES = "strategies: [Stag, Rabbit]\n"
HUNT = """\
payoffs:
  Stag, Stag:     stag, stag
  Stag, Rabbit:   0, rabbit
  Rabbit, Stag:   rabbit, 0
  Rabbit, Rabbit: rabbit, rabbit
"""
DRAWN = """\
matrix: |
  Alice \\ Jack | Stag       | Rabbit
  Stag         | stag, stag | 0, rabbit
  Rabbit       | rabbit, 0  | rabbit, rabbit
"""


# Tables


@pytest.mark.parametrize(
    "body",
    [
        STRATEGIES + HUNT,
        "strategies: {Jack: [Stag, Rabbit], Alice: [Stag, Rabbit]}\n" + HUNT,
        STRATEGIES + HUNT.replace("stag, stag", "[stag, stag]"),
        STRATEGIES + HUNT.replace("0, rabbit", "{Jack: rabbit, Alice: 0}"),
        STRATEGIES
        + HUNT.replace("stag, stag", "feast")
        + "outcomes: {feast: 'stag, stag'}\n",
        STRATEGIES + DRAWN,
        DRAWN,
        DRAWN.replace("  Stag  ", "  -----|-----|-----\n  Stag  "),
        "matrix: |\n  | Alice \\ Jack | Stag | Rabbit |\n  | Stag | stag, stag | 0, rabbit |\n"
        "  | Rabbit | rabbit, 0 | rabbit, rabbit |\n",
        # The drawing has Jack's strategies as rows, and his payoff first.
        "matrix: |\n  Jack \\ Alice | Stag | Rabbit\n  Stag | stag, stag | 0, rabbit\n"
        "  Rabbit | rabbit, 0 | rabbit, rabbit\n",
        STRATEGIES
        + "payoffs:\n  each: if(mine == Stag, if(count(Stag) == 2, stag, 0), rabbit)\n",
        STRATEGIES
        + "payoffs:\n  Alice: if(mine == Stag, stag * plays(Jack, Stag), rabbit)\n"
        "  Jack: if(mine == Stag, stag * others(Stag), rabbit)\n",
    ],
)  # fmt: skip
def test_the_stag_hunt_however_it_is_written(body: str) -> None:
    assert payoff_table(HUNTERS + body) == STAG_HUNT


def test_players_may_stand_in_the_drawing_alone() -> None:
    text = DRAWN.replace("stag,", "4,").replace(" stag ", " 4 ").replace("rabbit", "3")
    assert payoff_table("game: G\n" + text) == STAG_HUNT


def test_overrides_change_the_payoffs_exactly() -> None:
    table = payoff_table(HUNTERS + STRATEGIES + HUNT, stag=F(22, 7))
    assert table["Stag", "Stag"] == (F(22, 7), F(22, 7))


def test_balancing_or_bandwagoning() -> None:
    """models.md b1: with the default values 33/7, 13/7, 5/2 and 7/2."""
    text = """\
game: b1
players: [A, B]
parameters: {V: 10, c: 1, m: 1, mT: 1.5, phi: 1, beta: 0.35, om: 0}
define:
  P2: 2*m/(2*m + mT)
  P1: m/(m + mT + phi*m)
strategies: [Balance, Bandwagon]
payoffs:
  Balance, Balance: P2*V - c, P2*V - c
  Balance, Bandwagon: P1*V - c, (1-P1)*beta*V + P1*om*V
  Bandwagon, Balance: (1-P1)*beta*V + P1*om*V, P1*V - c
  Bandwagon, Bandwagon: beta*V, beta*V
"""
    row = {profile: payoffs[0] for profile, payoffs in payoff_table(text).items()}
    assert list(row.values()) == [F(33, 7), F(13, 7), F(5, 2), F(7, 2)]


def test_the_alliance_security_dilemma() -> None:
    """models.md e2, three scenarios."""
    text = """\
game: e2
players: [A, B]
parameters: {q: 0.3, al: 10, ep: 6, ga: 1, rho: 0.2, R: 3, em: 0.1}
strategies: [S, W]
payoffs:
  each: -q*al*others(W) + if(mine == S, (q + em)*(ga - ep), -rho*R)
scenarios:
  bipolar: {al: 2, ep: 4, ga: 5, rho: 0}
"""
    row = {profile: payoffs[0] for profile, payoffs in payoff_table(text).items()}
    assert list(row.values()) == [F(-2), F(-5), F("-0.6"), F("-3.6")]
    game = study(text).case("bipolar").game
    assert isinstance(game, NormalGame)
    bipolar = [game.payoff(0, profile) for profile in game.profiles()]
    assert bipolar == [F("0.4"), F("-0.2"), F(0), F("-0.6")]


def test_names_that_yaml_would_take_for_something_else() -> None:
    text = """\
game: on
players: [N, S]
parameters: {beta: 1, lambda: 2, I: 3, E: 4, Yes: 5, π: 6}
strategies: {N: [Yes, No, on, 010], S: [null, ~x, 1.0]}
payoffs:
  N: if(mine == Yes, lambda, if(mine == "010", π, if(mine == on, beta, I)))
  S: if(plays(N, "010") == 1, E, if(mine == null, 1, 0))
"""
    table = payoff_table(text)
    assert {profile[0] for profile in table} == {"Yes", "No", "on", "010"}
    assert table["Yes", "null"] == (2, 1)
    assert table["010", "~x"] == (6, 4)
    assert table["No", "1.0"] == (3, 0)


@pytest.mark.parametrize(("first", "second"), [("010", "10"), ("1e3", "1000"), ("1.0", "1")])
def test_names_that_look_like_numbers_are_told_apart_by_how_they_are_written(
    first: str, second: str
) -> None:
    formula = f"if(mine == {first}, 1, 2) + 10 * count({second}) + 100 * plays({first}, {first})"
    text = (
        f"game: G\nplayers: [{first}, {second}]\nstrategies: [{first}, {second}]\n"
        f"payoffs:\n  each: {formula}\n"
    )
    assert payoff_table(text) == {
        (first, first): (101, 101),
        (first, second): (111, 112),
        (second, first): (12, 11),
        (second, second): (22, 22),
    }


def test_a_number_is_no_strategy_written_otherwise() -> None:
    (fault,) = faults("game: G\nplayers: [A]\nstrategies: [10, 20]\npayoffs: {each: mine == 010}\n")
    assert (fault.code, fault.span.column) == ("unknown-strategy", 25)


def test_quoted_names_may_hold_commas() -> None:
    text = 'game: G\nplayers: [A, B]\nstrategies:\n  - "Go, now"\n  - Stay\npayoffs:\n'
    text += (
        '  \'"Go, now", "Go, now"\': 1, 2\n  \'"Go, now", Stay\': 3, 4\n'
        "  'Stay, \"Go, now\"': 5, 6\n  Stay, Stay: 7, 8\n"
    )
    assert payoff_table(text)["Stay", "Go, now"] == (5, 6)


def test_a_declared_name_hides_a_built_in_one() -> None:
    text = "game: G\nplayers: [A]\nstrategies: [X]\nparameters: {n: 7, mine: 2, count: 3}\n"
    assert payoff_table(text + "payoffs: {each: n + mine + count}\n") == {("X",): (12,)}


def test_a_game_of_one_player() -> None:
    text = "game: G\nplayers: [Third]\nstrategies: [Join, Stay]\npayoffs: {Join: 1/3, Stay: 0.25}\n"
    assert payoff_table(text) == {("Join",): (F(1, 3),), ("Stay",): (F(1, 4),)}


def test_irrational_payoffs_mark_the_game_numeric() -> None:
    exact = study(HEAD + TABLE.replace("0, p", "0, sqrt(p)")).case().game
    rough = study(HEAD + TABLE.replace("0, p", "0, sqrt(p + 1)")).case().game
    assert (exact.numeric, rough.numeric) == (False, True)


def test_outcomes_keep_their_names() -> None:
    text = HEAD + "outcomes: {good: '1, 1'}\n" + TABLE.replace("1, 1", "good", 1)
    game = study(text).case().game
    assert isinstance(game, NormalGame)
    assert game.outcomes == ("good", "", "", "")


def test_rankings() -> None:
    text = (
        HUNTERS.replace("parameters: {stag: 4, rabbit: 3}\n", "")
        + STRATEGIES
        + """\
payoffs:
  Stag, Stag:     feast
  Stag, Rabbit:   Jack alone eats
  Rabbit, Stag:   Alice alone eats
  Rabbit, Rabbit: both eat rabbit
ordinal:
  Alice: [feast, Alice alone eats = both eat rabbit, Jack alone eats]
  Jack:  [feast, Jack alone eats = both eat rabbit, Alice alone eats]
"""
    )
    game = study(text).case().game
    assert isinstance(game, NormalGame)
    assert game.ordinal
    alice = [game.payoff(0, profile) for profile in game.profiles()]
    jack = [game.payoff(1, profile) for profile in game.profiles()]
    assert alice[0] > alice[2] == alice[3] > alice[1]
    assert jack[0] > jack[1] == jack[3] > jack[2]
    assert game.outcomes[1] == "Jack alone eats"


# Per player and per pair


def test_per_player_and_pairwise_parameters() -> None:
    text = """\
game: G
players: [Japan, Korea]
parameters:
  power: {value: {Japan: 3, Korea: 4}}
  affinity: {value: {Japan - Korea: 5}}
define: {mine_of_all: power / total(power)}
strategies: [X]
payoffs:
  X, X: power + affinity[Korea, Japan], power[Japan] * affinity[Japan, Korea] + mine_of_all
"""
    assert payoff_table(text) == {("X", "X"): (8, F(15) + F(4, 7))}
    changed = payoff_table(text, power={("Korea",): F(9)}, affinity={("Korea", "Japan"): F(1)})
    assert changed == {("X", "X"): (4, F(3) + F(9, 12))}


POWERS = """\
game: Balance of power
players: [France, Britain, Prussia, Austria]
parameters:
  power: {value: {France: 5, Britain: 2, Prussia: 1.5, Austria: 1}}
  cost: 1
strategies: [Balance, Bandwagon, Hide]
payoffs:
  each: >
    if(mine == Balance, total(power, Balance) - cost,
    if(mine == Hide, power^2, others(Hide) + count(Balance)*plays(France, Hide))) / n
"""


def test_formulas_by_their_definition() -> None:
    power = [F(5), F(2), F(3, 2), F(1)]
    table = payoff_table(POWERS)
    assert len(table) == 3**4
    for profile in product(["Balance", "Bandwagon", "Hide"], repeat=4):
        for player in range(4):
            if profile[player] == "Balance":
                chosen = zip(power, profile, strict=True)
                value = sum(p for p, s in chosen if s == "Balance") - 1
            elif profile[player] == "Hide":
                value = power[player] ** 2
            else:
                hiding = sum(s == "Hide" for s in profile)
                value = F(hiding + profile.count("Balance") * (profile[0] == "Hide"))
            assert table[profile][player] == value / 4


# Anonymous games


def test_a_thousand_players_stay_anonymous() -> None:
    text = """\
game: Article 5
players: 1000
parameters: {v: 1, c: 0.3}
strategies: [Act, Wait]
payoffs:
  each: if(count(Act) >= 1, v, 0) - if(mine == Act, c, 0)
"""
    found = study(text)
    game = found.case().game
    assert (found.game.kind, found.game.players[0], found.game.players[-1]) == (
        "anonymous",
        "1",
        "1000",
    )
    assert isinstance(game, AnonymousGame)
    assert set(game.roles) == {0}
    assert game.payoff(0, 0, (0, 999)) == F(7, 10)
    assert game.payoff(0, 1, (0, 999)) == 0
    assert game.payoff(0, 1, (1, 998)) == 1


def test_players_with_equal_parameters_share_a_role() -> None:
    players = ", ".join(f"S{index}" for index in range(15))
    costs = ", ".join(f"S{index}: {1 if index < 5 else 2}" for index in range(15))
    text = f"""\
game: G
players: [{players}]
parameters:
  cost: {{value: {{{costs}}}}}
strategies: [A, B]
payoffs:
  each: count(A)^2 - if(mine == A, cost, 0) - others(B) * cost
"""
    game = study(text).case().game
    assert isinstance(game, AnonymousGame)
    assert game.roles == (0,) * 5 + (1,) * 10
    for role, cost in ((0, 1), (1, 2)):
        for others in count_vectors(14, 2):
            for own in (0, 1):
                count = others[0] + (own == 0)
                expected = count**2 - (cost if own == 0 else 0) - others[1] * cost
                assert game.payoff(role, own, others) == expected


def test_few_players_with_counts_are_a_whole_normal_form() -> None:
    text = HEAD.replace("[A, B]", "12").replace(", power: {value: {A: 1, B: 2}}", "")
    text += "payoffs: {each: 'count(X) - if(mine == X, 1/2, 0)'}\n"
    assert study(text).game.kind == "normal"
    assert study(text.replace("players: 12", "players: 13")).game.kind == "anonymous"


def test_a_parameter_may_say_how_many_players_there_are() -> None:
    text = """\
game: G
players: m
parameters: {m: 3}
strategies: [X, Y]
payoffs: {each: n * count(X)}
scenarios:
  many: {m: 500}
"""
    found = study(text)
    assert found.case().game.players == ("1", "2", "3")
    many = found.case("many").game
    assert isinstance(many, AnonymousGame)
    assert len(many.players) == 500
    assert many.payoff(0, 0, (499, 0)) == 500 * 500


def test_games_that_do_not_fit_are_refused_at_once() -> None:
    head = HEAD.replace("[A, B]", "{}").replace(", power: {value: {A: 1, B: 2}}", "")
    for players, formula in ((40, "plays(1, X)"), (1000, "count(X) * plays(2, Y)")):
        text = head.replace("{}", str(players), 1) + f"payoffs: {{each: '{formula}'}}\n"
        assert [problem.code for problem in faults(text)] == ["too-large"]
    five = head.replace("{}", "1000", 1).replace("[X, Y]", "[V, W, X, Y, Z]")
    assert [problem.code for problem in faults(five + "payoffs: {each: count(X)}\n")] == [
        "too-large"
    ]


# Trees


def test_the_menu_of_a_major_power() -> None:
    """models.md f1 as a menu: none (0, 0), lite (3/2, 6), full (2, 8)."""
    text = """\
game: f1
players: [Major, Minor]
parameters: {alpha: 8, beta: 1, gamma: 1, kappa: 1}
define:
  lite_major: gamma*2 - kappa/2
outcomes:
  none: 0, 0
tree:
  Major:
    none: none
    lite:
      Minor @ lite:
        accept: lite_major, alpha - 2*beta
        reject: none
    full:
      Minor:
        accept: 4*gamma - 2*kappa, 2*alpha - 8*beta
        reject: none
"""
    game = study(text).case().game
    assert isinstance(game, ExtensiveGame)
    assert game.sets == (
        InformationSet(0, ("none", "lite", "full")),
        InformationSet(1, ("accept", "reject"), "lite"),
        InformationSet(1, ("accept", "reject")),
    )
    assert list(game.set_of) == [0, -1, 1, 2, -1, -1, -1, -1]
    assert [list(game.children(node)) for node in range(4)] == [[1, 2, 3], [], [4, 5], [6, 7]]
    assert game.payoffs(4) == (F(3, 2), 6)
    assert game.payoffs(6) == (2, 8)
    assert [game.payoffs(node) for node in (1, 5, 7)] == [(0, 0)] * 3
    assert game.outcomes == ("none", "", "none", "", "none")
    assert [game.set_name(index) for index in range(3)] == ["start", "lite", "full"]


def test_chance_and_information_sets() -> None:
    text = """\
game: Patron
players: [Challenger, Patron]
parameters: {q: 1/3}
tree:
  chance:
    resolute (q):
      Challenger @ unsure:
        Wait: 0, 0
        Go: {Patron: {Stand: "-1, 1", Yield: "1, -1"}}
    weak (of heart) (1 - q):
      Challenger @ unsure:
        Go: {Patron: {Stand: "-1, -2", Yield: "1, 0"}}
        Wait: 0, 0
"""
    game = study(text).case().game
    assert isinstance(game, ExtensiveGame)
    assert game.sets[0] == InformationSet(CHANCE, ("resolute", "weak (of heart)"))
    assert [game.probability(node) for node in (1, 2)] == [F(1, 3), F(2, 3)]
    assert game.set_of[1] == game.set_of[2] == 1
    assert game.sets[1] == InformationSet(0, ("Wait", "Go"), "unsure")
    # The second node lists its actions the other way round; the set's order holds.
    assert [game.action_into(node) for node in (3, 4, 5, 6)] == ["Wait", "Go", "Wait", "Go"]
    assert game.path(6) == ("weak (of heart)", "Go")
    assert game.payoffs(9) == (-1, -2)
    assert game.recall_violation() is None


def test_a_shared_subtree_is_written_out_with_sets_of_its_own() -> None:
    text = """\
game: G
players: [A, B]
tree:
  A:
    L: &reply
      B: {a: "1, 1", b: "0, 0"}
    R: *reply
    C:
      B @ hidden: {a: "1, 1", b: "0, 0"}
    D: *reply
"""
    game = study(text).case().game
    assert isinstance(game, ExtensiveGame)
    assert list(game.set_of[:5]) == [0, 1, 2, 3, 4]
    assert game.size == 13
    assert [game.set_name(index) for index in range(1, 5)] == ["L", "R", "hidden", "D"]


def test_the_tree_body_knows_the_names_the_game_gives_its_sets() -> None:
    text = """\
game: G
players: [A, B]
tree:
  A:
    L: {B: {a: {A: {x: "1, 1", y: "0, 0"}}, b: "0, 0"}}
    R: {B @ r: {a: {A: {x: "1, 1", y: "0, 0"}}, b: "0, 0"}}
"""
    found = study(text)
    game = found.case().game
    assert isinstance(game, ExtensiveGame)
    for player in (0, 1):
        names = {game.set_name(i) for i, one in enumerate(game.sets) if one.player == player}
        assert set(found.game.body.set_names(player)) == names  # type: ignore[union-attr]


def test_trees_many_levels_deep_load() -> None:
    lines, indent = ["game: G", "players: [A, B]", "tree:"], "  "
    for level in range(45):
        lines += [f"{indent}{'AB'[level % 2]}:", f"{indent}  stop: {level}, 0", f"{indent}  go:"]
        indent += "    "
    lines.append(f'{indent}A: {{stop: "1, 1", go: "2, 2"}}')
    game = study("\n".join(lines)).case().game
    assert isinstance(game, ExtensiveGame)
    assert game.size == 2 * 45 + 3
