"""How the documentation is built: `make docs`."""

from alliance_games import __version__

project = "alliance-games"
author = "The alliance-games authors"
copyright = "2026, The alliance-games authors"
version = release = __version__

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
# Formulas and drawings in an example are not YAML's or the shell's business.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = f"alliance-games {__version__}"
html_copy_source = False
html_show_sphinx = False
