"""The command ``alliance-games``: finds the file of a command when it is asked for, and turns
whatever happens into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from alliance_games.cli import exits
from alliance_games.cli.streams import prepare, say, silence

COMMANDS = {
    "solve": "solve",
    "batch": "batch",
    "check": "check",
    "regimes": "regimes",
    "prove": "prove",
    "sweep": "sweep",
    "show": "show",
    "convert": "convert",
    "list": "library",
    "concepts": "concepts",
    "new": "new",
    "schema": "schema",
}
"""The commands, in the order of the help, and the modules they stand in."""

EPILOG = "Example: alliance-games solve stag_hunt"


class Commands(TyperGroup):
    """A group whose commands are imported one at a time, when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command called so, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(
            import_module(f"alliance_games.cli.{COMMANDS[cmd_name]}").app
        )
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from alliance_games._version import __version__

        typer.echo(f"alliance-games {__version__}")
        raise typer.Exit


@app.callback()
def alliance_games(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """An exact, certified game solver for scholars of alliances."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code and never raises."""
    prepare()
    # Ours are many small systems of equations: a second thread of OpenBLAS would only wait, busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Exact numbers may have any number of digits; the reader bounds what a file can ask for.
    sys.set_int_max_str_digits(0)
    try:
        command = typer.main.get_command(app)
        command(args=None if arguments is None else list(arguments), prog_name="alliance-games")
    except SystemExit as end:
        return _code_of(end)
    except exits.Stop as stop:
        if str(stop):
            say(f"alliance-games: {stop}")
        return stop.code
    except exits.ClosedPipe:
        return exits.CLOSED_PIPE
    except KeyboardInterrupt:
        say("alliance-games: interrupted")
        return exits.INTERRUPTED
    except MemoryError:
        say("alliance-games: the memory ran out (--max-memory SIZE keeps what was found)")
        return exits.LIMIT
    except Exception as fault:  # noqa: BLE001 - the last stop: a bug shows no traceback unasked
        return _bug(fault)
    return exits.DONE


def _code_of(end: SystemExit) -> int:
    try:
        sys.stdout.flush()
    except OSError:
        silence()
        return exits.CLOSED_PIPE
    if end.code is None:
        return exits.DONE
    return end.code if isinstance(end.code, int) else exits.FAILED


def leave(code: int) -> None:
    """End the process at once: taking a game's objects apart one by one would cost as much as a
    small solve. Returns, for an orderly end, where other processes or a tracer depend on one."""
    if "multiprocessing" in sys.modules or sys.gettrace() is not None:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(code)


def _bug(fault: Exception) -> int:
    if os.environ.get("ALLIANCE_GAMES_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    else:
        say(
            f"alliance-games: internal error: {type(fault).__name__}: {fault}\n"
            "This is a fault of the program. Please report it with the command and the file; "
            "ALLIANCE_GAMES_DEBUG=1 shows where it happened."
        )
    return exits.INTERNAL
