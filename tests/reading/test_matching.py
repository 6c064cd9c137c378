"""The body ``matching`` and its faults at their place."""

from __future__ import annotations

import pytest

from alliance_games.model.matching import MatchingMarket
from tests.reading.games import codes, faults, study

HEAD = "game: M\n"
LISTS = """\
matching:
  patrons: {US: [ISR, JOR], USSR: [EGY]}
  clients: {ISR: [US], JOR: [USSR, US], EGY: []}
"""
PARAMETERS = """\
parameters:
  k: 2
  power: {value: {US: 3, USSR: 2, ISR: 1, JOR: 1, EGY: 0}}
  tie: {value: {US - ISR: 2, US - JOR: -1, US - EGY: 1, USSR - ISR: 0,
                USSR - JOR: 3, USSR - EGY: 4}}
"""


def game_of(text: str) -> MatchingMarket:
    game = study(HEAD + text).case().game
    assert isinstance(game, MatchingMarket)
    return game


def wants(game: MatchingMarket) -> dict[str, tuple[str, ...]]:
    return {name: game.names(own) for name, own in zip(game.players, game.lists, strict=True)}


def test_lists() -> None:
    game = game_of(LISTS)
    assert game.players == ("US", "USSR", "ISR", "JOR", "EGY")
    assert game.sides == ("patrons", "clients") and game.border == 2
    assert game.quotas == (1,) * 5
    assert wants(game) == {
        "US": ("ISR", "JOR"),
        "USSR": ("EGY",),
        "ISR": ("US",),
        "JOR": ("USSR", "US"),
        "EGY": (),
    }
    named = game_of("players: [EGY, US, ISR, USSR, JOR]\n" + LISTS)
    assert named.players == game.players


def test_quotas_are_formulas() -> None:
    text = "parameters: {k: 2}\n" + LISTS + "  quotas: {US: k + 1, USSR: 0}\n"
    assert game_of(text).quotas == (3, 0, 1, 1, 1)


def test_worths_are_formulas() -> None:
    text = (
        PARAMETERS
        + """\
matching:
  patrons: {US: tie, USSR: tie - own(power)}
  clients: {ISR: power, JOR: tie + power, EGY: [US, USSR]}
"""
    )
    game = game_of(text)
    assert wants(game) == {
        "US": ("ISR", "EGY"),
        "USSR": ("EGY", "JOR"),
        "ISR": ("US", "USSR"),
        "JOR": ("USSR", "US"),
        "EGY": ("US", "USSR"),
    }


def test_ties_are_refused_or_broken_in_words() -> None:
    tied = LISTS.replace("[ISR, JOR]", "[JOR = ISR]")
    (found,) = faults(HEAD + tied)
    assert found.code == "tie" and "US is indifferent between ISR and JOR" in found.message
    game = game_of(tied + "  ties: in order\n")
    assert wants(game)["US"] == ("ISR", "JOR")
    assert game.broken == ("US is indifferent between ISR and JOR",)
    assert codes(HEAD + PARAMETERS + LISTS.replace("US: [ISR, JOR]", "US: power")) == ["tie"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("matching: {}\n", "empty"),
        ("matching: [US]\n", "wrong-shape"),
        ("matching: US\n", "wrong-shape"),
        ("matching:\n  patrons: {US: [ISR]}\n", "sides"),
        ("matching:\n  patrons: {US: []}\n  clients: {ISR: []}\n  others: {EGY: []}\n", "sides"),
        ("matching:\n  patrons: {US: [ISR]}\n  clients: [ISR]\n", "wrong-shape"),
        ("matching:\n  patrons: {US: [ISR]}\n  clients: {}\n", "empty"),
        ("matching:\n  patrons: {US: [US]}\n  clients: {ISR: [US]}\n", "unknown-player"),
        ("matching:\n  patrons: {US: [EGY]}\n  clients: {ISR: [US]}\n", "unknown-player"),
        ("matching:\n  patrons: {US: [ISR, ISR]}\n  clients: {ISR: [US]}\n", "doubled-name"),
        ("matching:\n  patrons: {US: [ISR]}\n  clients: {ISR: [US], US: [ISR]}\n", "doubled-name"),
        ("matching:\n  patrons: {US: {ISR: 1}}\n  clients: {ISR: [US]}\n", "wrong-shape"),
        ("matching:\n  patrons: {US: [[ISR]]}\n  clients: {ISR: [US]}\n", "wrong-shape"),
        ("matching:\n  patrons: {US: }\n  clients: {ISR: [US]}\n", "empty"),
        ("matching:\n  patrons: {US: nothing}\n  clients: {ISR: [US]}\n", "unknown-name"),
        ("matching:\n  ps: {U: I > J}\n  cs: {I: [U], J: [U]}\n", "wrong-shape"),
        ("matching:\n  patrons: {US: 1 +}\n  clients: {ISR: [US]}\n", "formula-syntax"),
        ("matching:\n  patrons: {US: has(ISR)}\n  clients: {ISR: [US]}\n", "not-here"),
        ("matching:\n  patrons: {US: 1 / 0}\n  clients: {ISR: [US]}\n", "division-by-zero"),
        (LISTS + "  quotas: {FRA: 1}\n", "unknown-player"),
        (LISTS + "  quotas: {US: -1}\n", "quota"),
        (LISTS + "  quotas: {US: 3/2}\n", "quota"),
        (LISTS + "  quotas: {US: 2, ISR: 2}\n", "quota"),
        (LISTS + "  quotas: 2\n", "wrong-shape"),
        (LISTS + "  quota: 2\n", "unknown-key"),
        (LISTS + "  ties: random\n", "unknown-value"),
        ("players: [US, USSR, ISR, JOR, EGY, FRA]\n" + LISTS, "missing-entry"),
        ("players: [US, USSR, ISR, JOR]\n" + LISTS, "unknown-player"),
    ],
)
def test_faults_are_told_with_their_place(text: str, code: str) -> None:
    found = faults(HEAD + text)
    assert code in [one.code for one in found], found
    assert all(one.span.line >= 1 and one.span.column >= 1 for one in found)


def test_a_name_that_has_a_meaning_is_refused() -> None:
    text = "matching:\n  patrons: {each: [B]}\n  clients: {B: [each]}\n"
    assert "bad-name" in codes(HEAD + text)
