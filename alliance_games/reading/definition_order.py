"""The order of definitions in which each comes after those it uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from alliance_games.exact.expression import Expression, names
from alliance_games.exact.span import Span


def in_order(
    definitions: Mapping[str, Expression], circle_found: Callable[[list[str], Span], None]
) -> list[str]:
    """The names, each after those it uses; circles are reported and left out."""
    uses = {
        name: [other for other in sorted(names(expression)) if other in definitions]
        for name, expression in definitions.items()
    }
    order: list[str] = []
    state: dict[str, int] = {}  # 1: on the way, 2: done
    for start in definitions:
        if start in state:
            continue
        way, stack = [start], [iter(uses[start])]
        state[start] = 1
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                name = way.pop()
                state[name] = 2
                order.append(name)
            elif following not in state:
                state[following] = 1
                way.append(following)
                stack.append(iter(uses[following]))
            elif state[following] == 1:
                circle = way[way.index(following) :]
                circle_found(circle, definitions[circle[-1]].span)
    return order
