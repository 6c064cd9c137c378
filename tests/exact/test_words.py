"""'Did you mean'."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.exact.words import did_you_mean, nearest

KNOWN = ["players", "payoffs", "parameters", "risk-dominance", "Rabbit", "n"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("playres", "players"),
        ("payoff", "payoffs"),
        ("Parameters", "parameters"),
        ("risk dominance", "risk-dominance"),
        ("risk_dominence", "risk-dominance"),
        ("rabbit", "Rabbit"),
        ("rabit", "Rabbit"),
        ("N", "n"),
        ("x", None),
        ("treaty", None),
        ("", None),
        ("p" * 100, None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, KNOWN) == meant
    assert nearest(word, reversed(KNOWN)) == meant
    assert did_you_mean(word, KNOWN) == (f"did you mean '{meant}'?" if meant else "")


def test_a_word_is_not_its_own_correction() -> None:
    assert nearest("n", ["n"]) is None


@given(st.text("abcdefg", min_size=4, max_size=12), st.data())
def test_one_slip_is_always_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    slip = data.draw(st.sampled_from(["drop", "double", "replace", "swap"]))
    wrong = {
        "drop": word[:place] + word[place + 1 :],
        "double": word[:place] + word[place] + word[place:],
        "replace": word[:place] + "x" + word[place + 1 :],
        "swap": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    }[slip]
    assert nearest(wrong, [word, "zzzzzzzz"]) == (word if wrong != word else None)


def test_long_words_and_many_names_cost_little() -> None:
    begin = time.process_time()
    assert nearest("a" * 50_000, ["b" * 50_000]) is None
    assert nearest("nothing", [f"strategy {number}" for number in range(10_000)]) is None
    assert time.process_time() - begin < 1
