"""The library of games that ships with the package: where it is, and finding a game by name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

SUFFIX = ".yaml"


def library_folder() -> Path:
    """The folder of the library's files.

    A wheel carries them as ``alliance_games/library``; in a checkout, and in an editable
    install of one, they are the ``games`` folder beside the package.
    """
    package = Path(__file__).resolve().parents[1]
    shipped = package / "library"
    return shipped if shipped.is_dir() else package.parent / "games"


def all_files() -> list[Path]:
    """Every game file of the library, sorted by its path within the library."""
    folder = library_folder()
    return sorted(folder.rglob(f"*{SUFFIX}"), key=lambda path: path.relative_to(folder).parts)


def name_of(path: Path) -> str:
    """The library name of one of ``all_files()``: ``stag_hunt``, ``theory/name``."""
    return path.relative_to(library_folder()).with_suffix("").as_posix()


def find(name: str) -> Path | None:
    """The library's file called ``name``, or None.

    ``stag_hunt``, ``stag_hunt.yaml``, ``games/stag_hunt.yaml`` and ``theory/name`` are names;
    a game in a theory's folder also answers to its bare name where only one game has it. The
    name is compared with the names there are, never joined to a path, so that it cannot lead
    out of the library.
    """
    wanted = PurePosixPath(name.replace("\\", "/")).as_posix().removeprefix("games/")
    wanted = wanted.removesuffix(SUFFIX)
    files = {name_of(path): path for path in all_files()}
    if wanted in files:
        return files[wanted]
    namesakes = [path for path in files.values() if path.stem == wanted]
    return namesakes[0] if len(namesakes) == 1 else None


def close_names(name: str) -> list[str]:
    """Up to three library names that ``name`` may have meant, the closest first."""
    from difflib import get_close_matches

    wanted = name.removesuffix(SUFFIX).rpartition("/")[2].lower().replace("-", "_")
    wanted = wanted.replace(" ", "_")
    by_stem: dict[str, list[str]] = {}
    for path in all_files():
        by_stem.setdefault(path.stem.lower(), []).append(name_of(path))
    close = get_close_matches(wanted, by_stem, n=3, cutoff=0.6)
    return [full for stem in close for full in by_stem[stem]][:3]
