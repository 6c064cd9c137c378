"""The two views of incomplete information, on trees written by hand."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.bayesian import bayesian_view
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import signalling_view
from alliance_games.model.tree_builder import Chance, Move, Terminal, build

TYPES = ("Strong", "Weak")
PRIOR = (Fraction(9, 10), Fraction(1, 10))


def beer_quiche(
    label: bool = True, answered: tuple[str, ...] = ("Beer", "Quiche")
) -> ExtensiveGame:
    """Cho and Kreps 1987: breakfast 1 if it is the type's own, 2 more if no duel follows."""

    def expand(state: tuple[str, ...]) -> Terminal | Move | Chance:
        match state:
            case ():
                return Chance(TYPES, PRIOR, [(each,) for each in TYPES])
            case (kind,):
                said = ("Beer", "Quiche")
                return Move(0, said, [(kind, each) for each in said], kind if label else "")
            case (_, said) if said in answered:
                return Move(1, ("Duel", "Not"), [(*state, each) for each in ("Duel", "Not")], said)
            case (kind, said, *answer):
                own = int((kind, said) in (("Strong", "Beer"), ("Weak", "Quiche")))
                duel = answer == ["Duel"]
                return Terminal((own + 2 * (not duel), int(duel == (kind == "Weak"))))
        raise AssertionError(state)

    return build(("Ally", "Adversary"), (), expand)


def test_a_signalling_game_is_recognised() -> None:
    for label in (True, False):
        view = signalling_view(beer_quiche(label))
        assert view is not None
        assert (view.sender, view.receiver) == (0, 1)
        assert (view.types, view.prior, view.messages) == (TYPES, PRIOR, ("Beer", "Quiche"))
        assert view.responses == (("Duel", "Not"),) * 2
        assert view.u_sender(0, 0, 1) == 3
        assert view.u_sender(1, 0, 0) == 0
        assert view.u_receiver(1, 0, 0) == 1
        assert view.u_receiver(0, 0, 0) == 0
        assert not view.played_out
        names = view.game.sets
        assert [names[index].label for index in view.receiver_set if index is not None] == [
            "Beer",
            "Quiche",
        ]
        assert view.message_of_set(view.receiver_set[1]) == 1
        assert view.message_of_set(view.sender_set[0]) is None
        assert view.type_of_set(view.sender_set[1]) == 1
        game = view.game
        assert view.type_of_node(0) is None
        assert {view.type_of_node(n) for n in game.nodes_of[view.receiver_set[0]]} == {0, 1}
        assert all(
            game.path(view.node[t][m][r])[0] == TYPES[t]
            for t in (0, 1)
            for m in (0, 1)
            for r in (0, 1)
        )


def test_a_message_may_end_the_game() -> None:
    view = signalling_view(beer_quiche(answered=("Beer",)))
    assert view is not None
    assert view.receiver_set[1] is None
    assert view.responses == (("Duel", "Not"), ())
    assert view.u_sender(1, 1) == 3
    assert signalling_view(beer_quiche(answered=())) is None


def treaty(w_low: int = -3, tie: bool = False) -> ExtensiveGame:
    """models f2: the defender signs or not, and when attacked intervenes or stands aside."""
    high, low = (10, 2), (3, w_low)

    def expand(state: tuple[str, ...]) -> Terminal | Move | Chance:
        match state:
            case ():
                return Chance(("H", "L"), (Fraction(3, 10), Fraction(7, 10)), [("H",), ("L",)])
            case (_,):
                return Move(0, ("Sign", "No"), [(*state, "Sign"), (*state, "No")])
            case (_, said):
                then = ("Attack", "Refrain")
                return Move(1, then, [(*state, each) for each in then], said)
            case (_, _, "Attack"):
                then = ("Fight", "Aside")
                return Move(0, then, [(*state, each) for each in then])
            case (kind, said, *end):
                value, war = high if kind == "H" else low
                signed = int(said == "Sign")
                if end == ["Refrain"]:
                    return Terminal((value - 4 * signed, 0))
                if end[-1] == "Fight":
                    return Terminal((war + signed - 4 * signed, -4))
                return Terminal((-signed - 4 * signed if not tie else war + signed - 4 * signed, 4))
        raise AssertionError(state)

    return build(("D", "C"), (), expand)


def test_moves_after_the_response_are_played_out() -> None:
    view = signalling_view(treaty())
    assert view is not None
    assert view.u_sender(0, 0, 0) == 2 + 1 - 4
    assert view.u_receiver(0, 0, 0) == -4
    assert view.u_sender(1, 0, 0) == -5
    assert view.u_receiver(1, 1, 0) == 4
    actions = [view.game.sets[index].actions[action] for index, action in view.played_out]
    assert sorted(actions) == ["Aside", "Aside", "Fight", "Fight"]
    assert signalling_view(treaty(tie=True)) is None


def test_what_is_no_signalling_game() -> None:
    def two_sets(state: tuple[str, ...]) -> Terminal | Move | Chance:
        """The receiver learns the type."""
        match state:
            case ():
                return Chance(TYPES, PRIOR, [(each,) for each in TYPES])
            case (kind,):
                return Move(0, ("a", "b"), [(kind, "a"), (kind, "b")], kind)
            case (kind, _):
                return Move(1, ("x", "y"), [(*state, "x"), (*state, "y")], kind)
        return Terminal((0, 0))

    game = build(("S", "R"), (), two_sets)
    assert signalling_view(game) is None
    view = bayesian_view(game)
    assert view is not None
    assert view.types == (TYPES, TYPES)
    assert view.prior == {(0, 0): PRIOR[0], (1, 1): PRIOR[1]}


def two_sided() -> ExtensiveGame:
    """Two players with two types each, correlated; a player is paid 1 for matching the other's
    action, and 2 more if both are strong."""
    table = {("s", "s"): 3, ("s", "w"): 1, ("w", "s"): 1, ("w", "w"): 3}

    def expand(state: tuple[str, ...]) -> Terminal | Move | Chance:
        if not state:
            names = tuple(", ".join(pair) for pair in table)
            weights = tuple(Fraction(w, 8) for w in table.values())
            return Chance(names, weights, list(table))
        if len(state) in (2, 3):
            player = len(state) - 2
            then = [(*state, each) for each in ("up", "down")]
            return Move(player, ("up", "down"), then, state[player])
        same = int(state[2] == state[3])
        return Terminal((same + 2 * (state[:2] == ("s", "s")), same))

    return build(("A", "B"), (), expand)


def test_a_bayesian_game_is_recognised() -> None:
    view = bayesian_view(two_sided())
    assert view is not None
    assert view.types == (("s", "w"), ("s", "w"))
    assert view.actions == ((("up", "down"),) * 2,) * 2
    assert view.prior[0, 1] == Fraction(1, 8)
    assert view.interim(0, 0) == {(0, 0): Fraction(3, 4), (0, 1): Fraction(1, 4)}
    assert view.payoffs((0, 0), (0, 0)) == (3, 1)
    assert view.payoffs((0, 1), (0, 1)) == (0, 0)
    assert view.type_of_set(view.set_of[1][0]) == (1, 0)
    assert view.has_types(0)
    assert view.order == ((0, 1),) * 4
    assert signalling_view(view.game) is None


def test_a_player_who_sees_a_move_is_no_bayesian_player() -> None:
    assert bayesian_view(beer_quiche()) is None
