"""From one game to another, with the way back.

A tree's normal forms (reduced, full, by agents or types) and its sequence form, its subgames, the
tree without what makes no difference, a normal form as a tree, elimination of dominated strategies:
each transformation carries the ``lift`` that returns an answer about the new game to the old one.
None of them chooses a solver.
"""
