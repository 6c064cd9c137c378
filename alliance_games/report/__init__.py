"""From a Result to blocks.

Headings, prose, matrices, tables and trees that say what was found and what it means, with
no notion of the terminal, the page or the file they will be drawn on.
"""
