"""``python -m alliance_games``: the same as the ``alliance-games`` command."""

import sys

from alliance_games.cli import main

if __name__ == "__main__":
    sys.exit(main())
