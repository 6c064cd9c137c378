"""The command line: one file per command, its options, streams and exit codes."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with ``arguments`` (those of the process); returns the exit code."""
    from alliance_games.cli.app import run

    return run(arguments)
