"""From one game to another, with the way back.

Extensive to normal form, elimination of dominated strategies: each transformation carries
the ``lift`` that returns an answer about the new game to the old one. None of them chooses a
solver.
"""
