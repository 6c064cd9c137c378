"""Records of populations survive JSON, and the schema holds what is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from alliance_games.concepts import catalogue
from alliance_games.model.given import given
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.codec import encode, schema
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve
from tests.contract.others.evolution import GAMES

SCHEMA: dict[str, Any] = json.loads(schema())
