"""How much time and memory a solve may use."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field


class LimitReached(Exception):
    """A limit stopped the work; the message says which, in words a user reads."""


@dataclass(slots=True)
class Budget:
    """Limits on one solve, asked for often by ``tick``.

    ``seconds`` counts from the budget's making; ``bytes`` bounds the process's resident memory;
    ``listed`` is how many solutions of one concept are listed one by one (beyond it they are
    counted). None is no limit.
    """

    seconds: float | None = None
    bytes: int | None = None
    listed: int = 10_000
    one: bool = False
    """One solution is enough (``--one``): a concept that can find one fast does so."""
    explain: bool = False
    """The reasons why candidates were rejected are wanted (``--explain``)."""
    interrupted: bool = False
    """Set when the user interrupts the work: what follows stops at once."""
    _started: float = field(default_factory=time.monotonic)
    _ticks: int = 0

    def tick(self) -> None:
        """Raise LimitReached if time or memory has run out. Cheap enough for inner loops."""
        if self.seconds is not None and time.monotonic() - self._started > self.seconds:
            raise LimitReached(f"the time limit of {self.seconds:g} seconds was reached")
        if self.bytes is not None:
            self._ticks += 1
            if self._ticks % 16 == 1 and resident_bytes() > self.bytes:
                raise LimitReached(f"the memory limit of {self.bytes / 2**20:g} MiB was reached")

    def seconds_left(self) -> float | None:
        """The time until the limit, for work that does not ask; None where there is no limit."""
        if self.seconds is None:
            return None
        return max(self.seconds - (time.monotonic() - self._started), 0.0)

    def allow_bytes(self, needed: int, what: str) -> None:
        """Raise LimitReached before ``what`` is made, where that alone passes the memory limit."""
        if self.bytes is not None and needed > self.bytes:
            raise LimitReached(
                f"{what} would need about {needed / 2**20:.0f} MiB, "
                f"over the memory limit of {self.bytes / 2**20:g} MiB"
            )


def resident_bytes() -> int:
    """The memory this process holds now (its peak where the system tells no more)."""
    try:
        with open("/proc/self/statm", "rb") as statistics:
            pages = int(statistics.read().split()[1])
    except OSError:
        return peak_bytes()
    import resource

    return pages * resource.getpagesize()


def peak_bytes() -> int:
    """The most memory this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows tells only through other libraries; time still limits there
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024
