"""The extreme strategies of both sides of a signalling game, over any ordered field.

The equilibria of a signalling game (Spence 1973; Cho and Kreps 1987) have the structure of those of
a bimatrix game. On one side stand the sender's strategies with the receiver's beliefs: by which
responses are best, they fall into convex cells, because the receiver's payoff after a message is
linear in the probabilities with which the types send it. On the other side stand the receiver's
responses, which fall into convex cells by which messages are best for each type. An equilibrium is
a pair in which each side uses only what is best against the other, so the extreme points of the
cells, paired, are the extreme equilibria (as in Winkels 1979 and Jansen 1981 for two matrices).

Written for ``Concept.conditions``: a sign is asked only where it decides something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product

from alliance_games.algorithms.nash_conditions import Vertex, determinant, vertices
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling
from alliance_games.results.ordered import Signs, Undescribed

NOTHING = Fraction(0)
ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Sending:
    """An extreme strategy of the sender, with what it makes the receiver do.

    ``uses[type]`` are the messages of a type (of positive probability), ``strategy[type]`` their
    probabilities; ``beliefs[message]`` what the receiver then believes (None where nobody sends
    it), ``best[message]`` the responses that are best then.
    """

    uses: tuple[tuple[int, ...], ...]
    strategy: tuple[Mixed, ...]
    beliefs: tuple[Mixed | None, ...]
    best: tuple[frozenset[int] | None, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """An extreme strategy of the receiver: ``uses[message]`` the responses, with ``strategy``."""

    uses: tuple[tuple[int, ...], ...]
    strategy: tuple[Mixed, ...]


class Sides:
    """Both sides of one signalling game at one place of its parameters.

    ``live`` are the types that chance can draw.
    """

    def __init__(self, view: Signalling, signs: Signs) -> None:
        self.view, self.signs = view, signs
        self.live = tuple(t for t, p in enumerate(view.prior) if not signs.is_zero(p))
        self.messages = range(len(view.messages))
        self.responses = [max(1, len(each)) for each in view.responses]
        self._beliefs: dict[int, list[Vertex]] = {}

    # The sender's side

    def sendings(self) -> Iterator[Sending]:
        """Every extreme strategy of the sender, those in which fewer types mix first."""
        found: list[Sending] = []
        options = list(_subsets(self.messages))
        every = product(options, repeat=len(self.live))
        for uses in sorted(every, key=lambda u: (sum(map(len, u)), u)):
            free = sum(len(one) - 1 for one in uses)
            for ties in self._ties(uses, free):
                if any(_is_told(one, uses, ties) for one in found):
                    continue
                strategy = self._mixed(uses, ties)
                if strategy is None:
                    continue
                one = self._answered(uses, strategy, ties)
                if one is not None:
                    found.append(one)
                    yield one

    def _ties(
        self, uses: tuple[tuple[int, ...], ...], free: int
    ) -> Iterator[dict[int, tuple[int, ...]]]:
        """Which responses are to be equally good after which message, to settle ``free`` numbers.

        After a message that n types send at most n of them are, or else nobody would send it.
        """
        if not free:
            yield {}
            return
        sent = [m for m in self.messages if self.responses[m] > 1 and any(m in u for u in uses)]
        sizes = [range(min(sum(m in u for u in uses), self.responses[m])) for m in sent]
        for numbers in product(*sizes):
            if sum(numbers) != free:
                continue
            tied = [
                list(combinations(range(self.responses[m]), number + 1)) if number else [()]
                for m, number in zip(sent, numbers, strict=True)
            ]
            for chosen in product(*tied):
                yield {m: one for m, one in zip(sent, chosen, strict=True) if one}

    def _gap(self, type_: int, message: int, one: int, other: int) -> Fraction:
        """What the receiver gains by one response over another from a type, times its chance."""
        view = self.view
        lead = view.u_receiver(type_, message, one) - view.u_receiver(type_, message, other)
        return view.prior[type_] * lead

    def _mixed(
        self, uses: tuple[tuple[int, ...], ...], ties: dict[int, tuple[int, ...]]
    ) -> tuple[Mixed, ...] | None:
        """The strategy with these messages that makes these responses equally good."""
        unknowns = [(t, m) for t, used in enumerate(uses) for m in used[:-1]]
        rows, constants = [], []
        for message, tied in ties.items():
            for response in tied[1:]:
                row = [NOTHING] * len(unknowns)
                constant = NOTHING
                for t, used in enumerate(uses):
                    if message not in used:
                        continue
                    gap = self._gap(self.live[t], message, response, tied[0])
                    if message == used[-1]:
                        constant = constant + gap
                        for place, (other, _) in enumerate(unknowns):
                            if other == t:
                                row[place] = row[place] - gap
                    else:
                        row[unknowns.index((t, message))] = gap
                rows.append(row)
                constants.append(constant)
        numbers = inside(rows, constants, self.signs)
        if numbers is None:
            return None
        strategy = []
        for t, used in enumerate(uses):
            mixed = [NOTHING] * len(self.messages)
            rest = ALL
            for number, (other, m) in zip(numbers, unknowns, strict=True):
                if other == t:
                    mixed[m] = number
                    rest = rest - number
            mixed[used[-1]] = rest
            if len(used) > 2 and not self.signs.is_positive(rest):
                return None
            strategy.append(tuple(mixed))
        return tuple(strategy)

    def _answered(
        self,
        uses: tuple[tuple[int, ...], ...],
        strategy: tuple[Mixed, ...],
        ties: dict[int, tuple[int, ...]],
    ) -> Sending | None:
        """The strategy with beliefs and best responses; None where the ties are not best ones."""
        beliefs: list[Mixed | None] = []
        best: list[frozenset[int] | None] = []
        for m in self.messages:
            weights = [
                self.view.prior[t] * mixed[m] for t, mixed in zip(self.live, strategy, strict=True)
            ]
            if not any(m in used for used in uses):
                beliefs.append(None)
                best.append(None)
                continue
            total = sum(weights, NOTHING)
            beliefs.append(tuple(weight / total for weight in weights))
            tied = ties.get(m, ())
            found = self._best(m, weights, tied)
            if not set(tied) <= found:
                return None
            best.append(found)
        return Sending(uses, strategy, tuple(beliefs), tuple(best))

    def _best(
        self, message: int, weights: Sequence[Fraction], tied: tuple[int, ...]
    ) -> frozenset[int]:
        """The best responses where types send a message with these weights."""

        def worth(response: int) -> Fraction:
            return sum(
                (
                    w * self.view.u_receiver(t, message, response)
                    for t, w in zip(self.live, weights, strict=True)
                ),
                NOTHING,
            )

        best = list(tied) or [0]
        for response in range(self.responses[message]):
            if response in best:
                continue
            sign = self.signs.sign(worth(response) - worth(best[0]))
            if sign > 0:
                if tied:
                    return frozenset()
                best = [response]
            elif not sign:
                best.append(response)
        return frozenset(best)

    def beliefs_after(self, message: int) -> list[Vertex]:
        """The extreme points of the beliefs about ``live``, by which responses are best."""
        if message not in self._beliefs:
            table = [
                [self.view.u_receiver(t, message, response) for t in self.live]
                for response in range(self.responses[message])
            ]
            everybody = [frozenset(range(len(self.live)))]
            self._beliefs[message] = vertices(table, everybody, self.signs)
        return self._beliefs[message]

    # The receiver's side

    def answerings(self, sending: Sending) -> list[Answering]:
        """The extreme strategies of the receiver against which a strategy of the sender is best,
        made of responses that are best against it (with some belief, where nothing is sent)."""
        found: list[Answering] = []
        options = []
        for m in self.messages:
            best = sending.best[m]
            kept = [best] if best is not None else [v.replies for v in self.beliefs_after(m)]
            subsets = _subsets(range(self.responses[m]))
            options.append([one for one in subsets if any(set(one) <= each for each in kept)])
        every = product(*options)
        for uses in sorted(every, key=lambda u: (sum(map(len, u)), u)):
            for one in self._answers(sending, uses):
                if not any(self.same(one, other) for other in found):
                    found.append(one)
        return found

    def same(self, one: Answering, other: Answering) -> bool:
        """Whether two strategies of the receiver are one."""
        if one.uses != other.uses:
            return False
        pairs = [
            (p, q)
            for a, b in zip(one.strategy, other.strategy, strict=True)
            for p, q in zip(a, b, strict=True)
            if p != q
        ]
        return all(self.signs.is_zero(p - q) for p, q in pairs)

    def _answers(self, sending: Sending, uses: tuple[tuple[int, ...], ...]) -> Iterator[Answering]:
        """Those that use exactly these responses: all indifference among used messages holds, and
        as many other messages are just not better as settle the probabilities."""
        unknowns = [(m, a) for m, used in enumerate(uses) for a in used[1:]]
        must: list[list[Fraction]] = []
        may: list[list[Fraction]] = []
        for place, t in enumerate(self.live):
            own = sending.uses[place]
            first = self._worth(t, own[0], uses, unknowns)
            for m in self.messages:
                if m != own[0]:
                    other = self._worth(t, m, uses, unknowns)
                    gap = [a - b for a, b in zip(first, other, strict=True)]
                    (must if m in own else may).append(gap)
        for numbers in self._corners(must, may, len(unknowns)):
            strategy = []
            for m, used in enumerate(uses):
                mixed = [NOTHING] * self.responses[m]
                rest = ALL
                for number, (n, a) in zip(numbers, unknowns, strict=True):
                    if n == m:
                        mixed[a] = number
                        rest = rest - number
                mixed[used[0]] = rest
                strategy.append(tuple(mixed))
            if all(
                self.signs.is_positive(strategy[m][used[0]])
                for m, used in enumerate(uses)
                if len(used) > 2
            ):
                yield Answering(uses, tuple(strategy))

    def _worth(
        self,
        type_: int,
        message: int,
        uses: tuple[tuple[int, ...], ...],
        unknowns: Sequence[tuple[int, int]],
    ) -> list[Fraction]:
        """What a message is worth to a type: a coefficient for each unknown, and a constant."""
        base = self.view.u_sender(type_, message, uses[message][0])
        row = [
            self.view.u_sender(type_, message, a) - base if m == message else NOTHING
            for m, a in unknowns
        ]
        return [*row, base]

    def _corners(
        self, must: list[list[Fraction]], may: list[list[Fraction]], size: int
    ) -> Iterator[list[Fraction]]:
        """The extreme points inside the unit cube's open sides at which ``must`` vanish and ``may``
        are at least zero. Each form is a list of coefficients and a constant."""
        signs = self.signs
        if size == 1:
            yield from self._on_a_line(must, may)
            return
        kept = []
        for form in must:
            if all(isinstance(c, Fraction) and not c for c in form[:-1]):
                if not signs.is_zero(form[-1]):
                    return
            else:
                kept.append(form)
        forced = min(len(kept), size)
        for chosen in combinations(kept, forced):
            for others in combinations(range(len(may)), size - forced):
                rows = [*chosen, *(may[k] for k in others)]
                numbers = inside([row[:-1] for row in rows], [row[-1] for row in rows], signs)
                if numbers is None:
                    continue
                if not all(
                    signs.is_zero(_at(form, numbers))
                    for form in kept
                    if not any(form is one for one in chosen)
                ):
                    continue
                if not any(
                    signs.is_negative(_at(form, numbers))
                    for k, form in enumerate(may)
                    if k not in others
                ):
                    yield numbers

    def _on_a_line(
        self, must: list[list[Fraction]], may: list[list[Fraction]]
    ) -> Iterator[list[Fraction]]:
        """The same for one unknown, where the values at both ends tell everything."""
        settled: Fraction | None = None
        for slope, constant in must:
            if settled is not None:
                if not self.signs.is_zero(slope * settled + constant):
                    return
                continue
            low = self.signs.sign(constant)
            high = self.signs.sign(slope + constant)
            if not low and not high:
                continue
            if low * high >= 0:
                return
            settled = -constant / slope
        roots = []
        if settled is not None:
            roots = [(settled, -1)]
        else:
            for place, (slope, constant) in enumerate(may):
                if between(constant, slope + constant, self.signs):
                    roots.append((-constant / slope, place))
        for root, own in roots:
            if not any(
                self.signs.is_negative(_at(form, [root]))
                for place, form in enumerate(may)
                if place != own
            ):
                yield [root]


def between(low: Fraction, high: Fraction, signs: Signs) -> bool:
    """Whether a linear function with these values at both ends vanishes strictly between them."""
    if signs.is_positive(low):
        return signs.is_negative(high)
    return signs.is_negative(low) and signs.is_positive(high)


def inside(
    rows: list[list[Fraction]], constants: list[Fraction], signs: Signs
) -> list[Fraction] | None:
    """The one solution of ``rows x + constants = 0``, where all its numbers lie strictly between
    0 and 1; None where there is none, or it is not alone."""
    size = len(rows)
    if size == 0:
        return []
    if size == 1:
        (slope,) = rows[0]
        if not between(constants[0], slope + constants[0], signs):
            return None
        return [-constants[0] / slope]
    whole = determinant(rows)
    if signs.is_zero(whole):
        return None
    found = []
    for column in range(size):
        replaced = [
            [*row[:column], -constant, *row[column + 1 :]]
            for row, constant in zip(rows, constants, strict=True)
        ]
        number = determinant(replaced) / whole
        if not (signs.is_positive(number) and signs.is_positive(1 - number)):
            return None
        found.append(number)
    return found


def _at(form: Sequence[Fraction], numbers: Sequence[Fraction]) -> Fraction:
    return sum((c * x for c, x in zip(form, numbers, strict=False)), form[-1])


def _is_told(
    one: Sending, uses: tuple[tuple[int, ...], ...], ties: dict[int, tuple[int, ...]]
) -> bool:
    """Whether a strategy found before has the same messages and makes these ties, among others."""
    if not ties or one.uses != uses:
        return False
    return all(set(tied) <= (one.best[m] or frozenset()) for m, tied in ties.items())


def _subsets(items: range) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(1, len(items) + 1))


def stated(view: Signalling) -> str | None:
    """Why a signalling game is too large for its conditions; None where it is not."""
    sizes = (len(view.types), len(view.messages), *map(len, view.responses))
    if max(sizes) > MOST:
        return (
            f"the conditions of signalling games are told for up to {MOST} types, messages and "
            "responses to each"
        )
    return None


MOST = 3


__all__ = ["Answering", "Sending", "Sides", "Undescribed", "stated"]
