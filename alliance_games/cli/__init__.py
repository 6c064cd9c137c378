"""The command line: one file per command, its options, streams and exit codes."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with ``arguments`` and return the exit code.

    Without any it is the process's own command line that runs, and the process may end here.
    """
    import gc

    # Start-up makes many objects that live as long as the process: looking through them again
    # and again is a tenth of the time a small game takes.
    gc.set_threshold(50_000, 20, 20)
    from alliance_games.cli.app import leave, run

    code = run(arguments)
    if arguments is None:
        leave(code)
    return code
