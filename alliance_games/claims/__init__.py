"""Evaluates the ``expect:`` lines of a file, by solving at values (and, later, by proving)."""

from alliance_games.claims.check import check
from alliance_games.claims.verdict import Outcome, Verdict

__all__ = ["Outcome", "Verdict", "check"]
