from fractions import Fraction as F

from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.render.terminal import to_text
from alliance_games.report.blocks import Document, Tree, plain
from alliance_games.report.tree import DEEPEST, draw_tree
from alliance_games.results.result import Coverage, Status
from alliance_games.results.solutions import Behaviour
from tests.report import hand_trees as hand
from tests.report.tree_answers import report, result_of


def crisis():
    """A patron who does not know whether the challenger is strong (one information set)."""

    def patron(mine):
        return Move(1, ("Defend", "Abandon"), (Terminal((-1, mine), "war"), Terminal((2, -2))), "p")

    strong = Move(0, ("Press", "Yield"), (patron(F(-3, 2)), Terminal((0, 0))))
    weak = Move(0, ("Press", "Yield"), (patron(1), Terminal((0, 0))))
    root = Chance(("strong", "weak"), (F(1, 3), F(2, 3)), (strong, weak))
    return build(("Challenger", "Patron"), root, lambda state: state)


def drawn(game, behaviour=None, **more):
    return to_text(Document("", tuple(draw_tree(game, behaviour, **more))))


def test_the_drawing_of_a_small_tree():
    assert drawn(crisis()).splitlines()[:11] == [
        "chance",
        "├── strong (1/3)  Challenger",
        "│   ├── Press  Patron @ p {A}",
        "│   │   ├── Defend  war (-1, -3/2)",
        "│   │   └── Abandon  (2, -2)",
        "│   └── Yield  (0, 0)",
        "└── weak (2/3)  Challenger",
        "    ├── Press  Patron @ p {A}",
        "    │   ├── Defend  war (-1, 1)",
        "    │   └── Abandon  (2, -2)",
        "    └── Yield  (0, 0)",
    ]


def test_nodes_of_one_information_set_share_a_tag_that_is_explained():
    text = drawn(crisis())
    assert "{A} Patron cannot tell apart: strong > Press and weak > Press" in text
    assert text.count("{A}") == 3


def test_the_path_of_an_equilibrium_is_marked_without_colour():
    game = crisis()
    sets = {game.set_name(index): index for index in range(len(game.sets))}
    choices = [None] * len(game.sets)
    choices[sets["strong"]] = (F(1), F(0))
    choices[sets["weak"]] = (F(0), F(1))
    choices[sets["p"]] = (F(1, 4), F(3, 4))
    lines = drawn(game, Behaviour(tuple(choices), (F(0), F(0)), ())).splitlines()
    assert lines[1:11] == [
        "╞═► strong (1/3)  Challenger",
        "│   ╞═► Press  Patron @ p {A}",
        "│   │   ╞═► Defend (1/4)  war (-1, -3/2)",
        "│   │   ╘═► Abandon (3/4)  (2, -2)",
        "│   └── Yield  (0, 0)",
        "╘═► weak (2/3)  Challenger",
        "    ├── Press  Patron @ p {A}",
        "    │   ├─► Defend (1/4)  war (-1, 1)",
        "    │   └─► Abandon (3/4)  (2, -2)",
        "    ╘═► Yield  (0, 0)",
    ]


def centipede(length):
    def node(step):
        if step == length:
            return Terminal((step, step), "the end")
        return Move(
            step % 2, ("Take", "Pass"), (Terminal((step, step), f"taken at {step}"), step + 1)
        )

    return build(("A", "B"), 0, lambda state: node(state) if isinstance(state, int) else state)


def test_a_large_tree_says_how_many_nodes_it_leaves_out():
    game = centipede(400)
    blocks = draw_tree(game)
    lines = [plain(branch.guide + branch.content) for branch in blocks[0].branches]
    assert isinstance(blocks[0], Tree)
    assert len(lines) == 2 * DEEPEST + 1
    assert lines[-1].endswith("...")
    assert f"{game.size - len(lines)} nodes of {game.size} not drawn" in plain(blocks[1].content)


def test_a_tree_that_fits_is_drawn_whole():
    game = centipede(DEEPEST)
    text = drawn(game)
    assert "not drawn" not in text
    assert "the end" in text


def test_what_is_not_settled_is_not_called_none() -> None:
    """'None' is an answer; a search that was stopped has merely found none."""
    horse = hand.horse()
    stopped = report(horse, result_of(status=Status.STOPPED, coverage=Coverage.UNKNOWN))
    assert "Sequential equilibria: none found" in stopped
    assert "Sequential equilibria: none\n" in report(horse, result_of())
