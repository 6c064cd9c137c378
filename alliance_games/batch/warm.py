"""Imported by the fork server, so that every worker starts with the road already loaded."""

from __future__ import annotations

from alliance_games.batch import work
from alliance_games.concepts import catalogue
from alliance_games.reading import files

catalogue()

__all__ = ["files", "work"]
