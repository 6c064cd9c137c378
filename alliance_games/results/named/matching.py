"""Who is matched with whom, and how proposals lead there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from alliance_games.results.records import Record, Said

Partners = Mapping[str, tuple[str, ...]]
"""Every player's partners, best first; nobody for a player who stays alone."""


def _said(partners: Partners) -> Said:
    return {name: frozenset(own) if own else None for name, own in partners.items()}


def _sorted(partners: Partners) -> Said:
    """The same in one order."""
    return tuple(sorted((name, tuple(sorted(own))) for name, own in partners.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class StableMatching(Record):
    """A matching that no pair and no single player would leave. ``best_for`` are the sides all of
    whose players like it at least as well as every other stable matching (and those on the other
    side at most as well)."""

    kind: ClassVar[str] = "stable-matching"
    family: ClassVar[str] = "matching"

    partners: Partners
    best_for: tuple[str, ...]

    def said(self) -> Said:
        """Everybody's partners, in no order."""
        return _said(self.partners)

    def essence(self) -> Said:
        """The same in one order."""
        return _sorted(self.partners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched(Record):
    """A stable matching for all values of parameters at once: ``partners`` in the order of the
    file, since who is liked better may differ from value to value."""

    kind: ClassVar[str] = "matched"
    family: ClassVar[str] = "matching"
    compared: ClassVar[str] = "stable-matching"

    partners: Partners

    def said(self) -> Said:
        """Everybody's partners, in no order."""
        return _said(self.partners)

    def essence(self) -> Said:
        """The same in one order."""
        return _sorted(self.partners)


@dataclass(frozen=True, slots=True)
class Turn:
    """A proposal or a refusal: ``proposer`` and ``receiver`` are players."""

    proposer: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """One round: the proposals made, and those refused (of this round or held from before)."""

    made: tuple[Turn, ...]
    refused: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredAcceptance(Record):
    """The matching that proposals by the side ``proposing`` lead to, round by round."""

    kind: ClassVar[str] = "deferred-acceptance"
    family: ClassVar[str] = "matching"

    proposing: str
    rounds: tuple[Proposals, ...]
    partners: Partners

    def said(self) -> Said:
        """Everybody's partners, in no order."""
        return _said(self.partners)

    def essence(self) -> Said:
        """Who proposes, and the partners in one order."""
        return self.proposing, _sorted(self.partners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Record):
    """Where proposals by the side ``proposing`` lead, for all values of parameters at once:
    ``partners`` in the order of the file, and no rounds, which may differ from value to value."""

    kind: ClassVar[str] = "accepted"
    family: ClassVar[str] = "matching"
    compared: ClassVar[str] = "deferred-acceptance"

    proposing: str
    partners: Partners

    def said(self) -> Said:
        """Everybody's partners, in no order."""
        return _said(self.partners)

    def essence(self) -> Said:
        """Who proposes, and the partners in one order."""
        return self.proposing, _sorted(self.partners)
