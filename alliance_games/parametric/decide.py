"""Whether sign conditions on polynomials can hold together, decided exactly.

The cheap comes first: conditions that contradict each other word by word, bounds on single
variables, and then z3's real arithmetic under a limit that counts its work, not the time, so that
two runs agree (but for the rare work that z3 does not count, which time limits). What z3 finds is
confirmed by evaluating it. What is not settled is Undecided, and never taken for a yes or a no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.exact.algebraic import Exact, sign
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, terms
from alliance_games.exact.signs import Bounds
from alliance_games.exact.systems import Undecided
from alliance_games.exact.tableau import no_limit

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
"""Signs as bits: a set of signs is a sum of them."""

ANY = NEGATIVE | ZERO | POSITIVE

RESOURCES = 400_000
"""z3's limit on one question, for each of its two methods: a second or two of work."""

SECONDS = 5
"""The time that each may take at most, for z3 does not count all of its work."""

Point = tuple[Exact, ...]

Conditions = Mapping[str, int]
"""For each polynomial, by its key in ``Signatures``, the signs it may have."""


def bit(value: Exact) -> int:
    """The sign of a number as a bit."""
    return (NEGATIVE, ZERO, POSITIVE)[sign(value) + 1]


def flipped(signs: int) -> int:
    """The signs of minus the polynomial."""
    return (
        (signs & ZERO)
        | (NEGATIVE if signs & POSITIVE else 0)
        | (POSITIVE if signs & NEGATIVE else 0)
    )


class Factors:
    """The irreducible polynomials met, each once up to a factor: what conditions are about.

    ``of`` gives a polynomial's sign and its factors' keys with their powers; a key is the text of
    the factor with first coefficient 1. Kept for the whole search.
    """

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.polynomials: dict[str, Polynomial] = {}
        self._known: dict[str, tuple[int, tuple[tuple[str, int], ...]]] = {}

    def of(self, p: Polynomial) -> tuple[int, tuple[tuple[str, int], ...]]:
        """The sign of the constant in front, and (key, power) of each factor; (0, ()) for zero."""
        text = str(p)
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._factored(p)
        return known

    def _factored(self, p: Polynomial) -> tuple[int, tuple[tuple[str, int], ...]]:
        if p.is_zero():
            return 0, ()
        scale, factors = p.factor()
        total = 1 if scale > 0 else -1
        found = []
        for factor, power in factors:
            leading = factor.leading_coefficient()
            if leading < 0 and power % 2:
                total = -total
            monic = factor * (1 / leading)
            key = str(monic)
            self.polynomials.setdefault(key, monic)
            found.append((key, int(power)))
        # Short factors are asked first: their signs settle more, and read better.
        found.sort(key=lambda pair: (len(self.polynomials[pair[0]]), pair[0]))
        return total, tuple(found)


class Decider:
    """Decides conditions over one set of factors, and remembers what it decided."""

    def __init__(
        self,
        factors: Factors,
        tick: Callable[[], None],
        resources: int = RESOURCES,
        seconds_left: Callable[[], float | None] = lambda: None,
    ) -> None:
        self.factors, self.tick, self.resources = factors, tick, resources
        self._seconds_left = seconds_left
        self._answers: dict[frozenset[tuple[str, int]], Point | Undecided | None] = {}
        self._terms: dict[tuple[str, int], Any] = {}
        self._unknowns: list[Any] = []
        self._bits: dict[int, tuple[Point, dict[str, int]]] = {}
        self.questions = 0

    def limit(self, tick: Callable[[], None], seconds_left: Callable[[], float | None]) -> None:
        """Bound the time of what is asked from here on."""
        self.tick, self._seconds_left = tick, seconds_left

    def unlimit(self) -> None:
        """Leave time out of it from here on: what is still asked, for words and maps, is little."""
        self.tick, self._seconds_left = no_limit, lambda: None

    def find(self, conditions: Conditions) -> Point | None:
        """A point at which all hold, or None where there is provably none. Raises Undecided."""
        asked = frozenset((key, signs) for key, signs in conditions.items() if signs != ANY)
        known = self._answers.get(asked)
        if known is None and asked not in self._answers:
            try:
                known = self._decide(dict(sorted(asked)))
            except Undecided as undecided:
                known = undecided
            self._answers[asked] = known
        if isinstance(known, Undecided):
            raise known
        return known

    def holds(self, conditions: Iterable[tuple[str, int]], point: Point) -> bool:
        """Whether all conditions hold at a point, exactly."""
        # Points are long to hash; they are few and kept, so that their identity tells them apart.
        kept = self._bits.get(id(point))
        if kept is None:
            kept = self._bits[id(point)] = (point, {})
        known = kept[1]
        for key, signs in conditions:
            found = known.get(key)
            if found is None:
                found = known[key] = bit(evaluate(self.factors.polynomials[key], point))
            if not found & signs:
                return False
        return True

    def disjoint(self, first: Conditions, second: Conditions) -> bool:
        """Whether no point satisfies both. Raises Undecided."""
        joined = dict(first)
        for key, signs in second.items():
            joined[key] = joined.get(key, ANY) & signs
        return self.find(joined) is None

    def bounded_sign(self, p: Polynomial, conditions: Conditions) -> int:
        """1 or -1 where bounds on single variables alone settle the sign of ``p``, else 0."""
        return self._bounds(conditions).sign(p)

    def _bounds(self, conditions: Conditions) -> Bounds:
        weak: list[Polynomial] = []
        strict: list[Polynomial] = []
        for key, signs in conditions.items():
            p = self.factors.polynomials[key]
            if p.total_degree() != 1 or len(p) > 2:
                continue
            if not signs & NEGATIVE:
                (weak if signs & ZERO else strict).append(p)
            if not signs & POSITIVE:
                (weak if signs & ZERO else strict).append(-p)
        return Bounds(len(self.factors.ring.names), weak, strict)

    def _decide(self, conditions: dict[str, int]) -> Point | None:
        if any(not signs for signs in conditions.values()):
            return None
        bounds = self._bounds(conditions)
        if bounds.empty:
            return None
        for key, signs in conditions.items():
            found = bounds.sign(self.factors.polynomials[key])
            if found and not signs & (POSITIVE if found > 0 else NEGATIVE):
                return None
        return self._by_z3(conditions)

    def _by_z3(self, conditions: dict[str, int]) -> Point | None:
        answer, model = self.check([self.term(key, signs) for key, signs in conditions.items()])
        if answer == "unsat":
            return None
        point = self._point(model)
        if not self.holds(conditions.items(), point):
            raise Undecided("a point that z3 proposes was not confirmed exactly")
        return point

    # z3

    def check(self, terms_: Sequence[Any]) -> tuple[str, Any]:
        """'sat' with a model, or 'unsat'. Raises Undecided. Imports z3."""
        import z3

        self.tick()
        self.questions += 1
        reason = ""
        # The cylindrical search alone is several times as quick as z3's mixture of methods, which
        # is better at the few questions that are hard for it.
        for make in (_cylindrical, _mixed):
            solver = make()
            solver.set("rlimit", self.resources)
            # Where the limit of the whole work ends the question, the next tick ends the rest.
            left = self._seconds_left()
            seconds = SECONDS if left is None else min(left, SECONDS)
            solver.set("timeout", max(int(seconds * 1000), 1))
            solver.add(*terms_)
            answer = solver.check()
            self.tick()
            if answer == z3.unsat:
                return "unsat", None
            if answer == z3.sat:
                return "sat", solver.model()
            reason = solver.reason_unknown()
            if "interrupt" in reason:  # z3 takes Ctrl-C for itself while it works
                raise KeyboardInterrupt
        raise Undecided(
            f"z3 settled nothing about {len(terms_)} conditions within its limit of "
            f"{self.resources:,} steps or {SECONDS} seconds ({reason})"
        )

    def term(self, key: str, signs: int) -> Any:
        """The condition as z3 writes it."""
        known = self._terms.get((key, signs))
        if known is None:
            import z3

            value = self._polynomial(self.factors.polynomials[key])
            known = {
                0: z3.BoolVal(False),
                POSITIVE: value > 0,
                NEGATIVE: value < 0,
                ZERO: value == 0,
                POSITIVE | ZERO: value >= 0,
                NEGATIVE | ZERO: value <= 0,
                POSITIVE | NEGATIVE: value != 0,
                ANY: z3.BoolVal(True),
            }[signs]
            self._terms[key, signs] = known
        return known

    def _polynomial(self, p: Polynomial) -> Any:
        import z3

        if not self._unknowns:
            self._unknowns = [z3.Real(f"x{i}") for i in range(len(self.factors.ring.names))]
        total = z3.RealVal(0)
        for coefficient, powers in terms(p):
            product = z3.RealVal(str(coefficient))
            for variable, power in enumerate(powers):
                for _ in range(power):
                    product = product * self._unknowns[variable]
            total = total + product
        return total

    def _point(self, model: Any) -> Point:
        import z3

        from alliance_games.exact.z3_solver import number_of

        if not self._unknowns:
            self._unknowns = [z3.Real(f"x{i}") for i in range(len(self.factors.ring.names))]
        return tuple(
            number_of(model.eval(unknown, model_completion=True)) for unknown in self._unknowns
        )


def _cylindrical() -> Any:
    import z3

    return z3.Tactic("qfnra-nlsat").solver()


def _mixed() -> Any:
    import z3

    return z3.SolverFor("QF_NRA")


def rational(point: Point) -> bool:
    """Whether all coordinates are rational."""
    return all(isinstance(value, Fraction) for value in point)


__all__ = [
    "ANY",
    "NEGATIVE",
    "POSITIVE",
    "RESOURCES",
    "ZERO",
    "Conditions",
    "Decider",
    "Factors",
    "Point",
    "Undecided",
    "bit",
    "flipped",
    "rational",
]
