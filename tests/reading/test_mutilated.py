"""Files of incomplete information, mutilated at random: a game or faults, never a traceback."""

from __future__ import annotations

import random

import pytest

from alliance_games.model.problems import InvalidGame
from alliance_games.reading import read_text
from tests.reading.test_observed import BAGWELL
from tests.reading.test_ranked_trees import CRISIS
from tests.reading.test_signalling import TABLE, TREATY
from tests.reading.test_types import ASSURANCE, JOINT, ONE_SIDED, RAGGED

WHOLE = {
    "signalling": TREATY,
    "a table of signals": TABLE,
    "types": ONE_SIDED,
    "types by formula": ASSURANCE,
    "a joint prior": JOINT,
    "strategies by type": RAGGED,
    "observed": BAGWELL + "observed: {L: noisy(eps)}\n",
    "rankings": CRISIS,
}
PIECES = (
    "type", "type(", "type(Ally)", "message", "response", "mine", "count(", "plays(", "(", ")",
    "[", "]", "{", "}", ":", ",", "0", "1", "-1", "1/0", "sqrt(2)", "9^9^9", "start", "public",
    "noisy(", "\n", "  ", "types:", "prior:", "observed:", "ordinal:", "signalling:", "''", "~",
    "@", "if(", "==", "&a", "*a",
)  # fmt: skip


def mutilated(text: str, chance: random.Random) -> str:
    """The text with something cut out, put in, or in another place."""
    at = chance.randrange(len(text))
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + chance.randint(1, 12) :]
        case 1:
            return text[:at] + chance.choice(PIECES) + text[at:]
        case 2:
            lines = text.split("\n")
            line = lines.pop(chance.randrange(len(lines)))
            lines.insert(chance.randrange(len(lines) + 1), line)
            return "\n".join(lines)
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(words)
    return " ".join(words)


@pytest.mark.parametrize("name", WHOLE)
def test_a_game_or_its_faults(name: str) -> None:
    chance = random.Random(name)
    games, silent = 0, []
    for _ in range(250):
        text = WHOLE[name]
        for _ in range(chance.choice((1, 1, 2, 3))):
            text = mutilated(text, chance) or "x"
        try:
            read_text(text).case()
            games += 1
        except InvalidGame as invalid:
            silent += [] if invalid.problems else [text]
    assert silent == []
    assert 0 < games < 250  # some survive, most do not
