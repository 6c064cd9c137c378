"""Exact numbers and geometry.

The expression tree with its source spans, its exact evaluation and its polynomials; rational
linear algebra; linear programs whose float answers are proved in rationals. The lowest floor:
it knows nothing of games.
"""
