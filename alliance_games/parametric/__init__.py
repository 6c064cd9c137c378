"""Games with symbols: for which parameters which answer, settled exactly.

The idea is symbolic execution over an ordered field. A procedure computes with numbers of the field
Q(parameters) (``exact.rational_functions``) and asks the *signs* of some of them. What the
assumptions and earlier answers settle is answered; else the search forks into the feasible signs.

- ``region.region(game, values, over, budget)`` gives the ``Region``: the free parameters as
  ``Symbols``, the ``Decider`` that the whole search shares, and the pieces of the region.
- ``explore.explore(procedure, region.decider, region.pieces, budget)`` runs
  ``procedure(path) -> outcome`` for every way the signs can fall. ``path`` is a
  ``results.ordered.Signs``: ``path.sign(number)``, ``is_positive``, ``is_negative``, ``is_zero``.
  The ``Leaf`` objects that come back divide the region: ``leaf.conditions`` (factor key -> signs as
  bits), ``leaf.outcome``, ``leaf.witness`` (a point), ``leaf.undecided``, ``leaf.excluded``.
- ``cells.merge(leaves, decider, describing.flatten)`` joins leaves that say the same, and states
  each cell in few conditions.
- ``region.builder.build(path)`` is the game over the field; ``symbolic.number(expression, scope,
  path)`` and ``symbolic.truth`` evaluate any formula there (``region.builder.scope()``).
- A concept comes in through ``Concept.conditions(game, signs)``, which yields its solutions with
  formulas for numbers; ``describing.at(solutions, point)`` values them at a point.
- ``decide.Decider`` answers single questions: ``find(conditions)`` gives a point or None, and
  raises Undecided where z3's limit of work is reached. Undecided never becomes a yes or a no.
- ``regimes.regimes(study, concepts, ...)`` does all of this for a file; ``wording`` writes
  conditions and formulas for a reader.

To prove a claim about all values, explore a procedure that returns whether it holds: proved where
every leaf says yes and none is undecided, refuted by ``leaf.witness`` of one that says no.
"""
