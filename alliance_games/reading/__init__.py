"""From text to a Study.

The node tree with places, the formula grammar, one file per kind of body, and the library of
games that ships with the package. This room collects every fault of a file at once; it never
solves, prints or evaluates Python.
"""
