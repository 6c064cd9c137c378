"""Do these fixation probabilities solve the equations of the process?"""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import Population, in_order, population
from alliance_games.results.named.evolution import Fixation, Moran
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "the probabilities of reaching all mutants from every number of them were computed from the "
    "moves of one step, and the shares of time are carried over into themselves"
)


def check_moran(game: NormalGame, solution: Solution) -> Certificate:
    """Hold fixation probabilities and shares of time to the process (Moran 1958)."""
    crowd = population(game)
    if crowd is None or not isinstance(solution, Moran):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    number, selection = solution.population, solution.selection
    if number < 2 or not 0 < selection <= 1 or solution.neutral != Fraction(1, number):
        return Certificate(False, "this is no population under selection")
    pairs = {(one.mutant, one.resident): one for one in solution.fixations}
    wanted = {(one, other) for one in crowd.names for other in crowd.names if one != other}
    if set(pairs) != wanted or len(solution.fixations) != len(wanted):
        return Certificate(False, "not every pair of strategies is there once")
    for one in solution.fixations:
        if not _is_fixation(crowd, one, number, selection):
            return Certificate(False, f"{one.mutant} among {one.resident} takes over otherwise")
    try:
        shares = in_order(crowd.names, dict(solution.stationary))
    except KeyError:
        return Certificate(False, "the shares of time name other strategies")
    many = len(crowd.names)
    if sum(shares) != 1 or min(shares) < 0:
        return Certificate(False, "these are no shares of time")
    for i, mutant in enumerate(crowd.names):
        others = [j for j in range(many) if j != i]
        into = sum(
            (shares[j] * pairs[mutant, crowd.names[j]].probability for j in others), Fraction(0)
        )
        out = sum(
            (shares[i] * pairs[crowd.names[j], mutant].probability for j in others), Fraction(0)
        )
        if into != out:
            return Certificate(False, "the shares of time change")
    return Certificate(True, CLAIM)


def _is_fixation(crowd: Population, told: Fixation, number: int, selection: Fraction) -> bool:
    places = [crowd.names.index(told.mutant), crowd.names.index(told.resident)]
    (a, b), (c, d) = ([crowd.payoff(i, j) for j in places] for i in places)

    def odds(i: int, by: Fraction) -> tuple[Fraction, Fraction]:
        """The probabilities that in one step there is one mutant more, one less, of ``i``."""
        fit = i * (1 - by + by * ((i - 1) * a + (number - i) * b) / (number - 1))
        unfit = (number - i) * (1 - by + by * (i * c + (number - i - 1) * d) / (number - 1))
        total = fit + unfit
        return fit / total * (number - i) / number, unfit / total * i / number

    # From the equations h_i = up h_{i+1} + down h_{i-1} + stay h_i, starting with h_0 = 0 and h_1
    # unknown, each h_i is a multiple of h_1; h_N = 1 tells which.
    before, here = Fraction(0), Fraction(1)
    for i in range(1, number):
        up, down = odds(i, selection)
        if up <= 0 or down <= 0:
            return False
        before, here = here, ((up + down) * here - down * before) / up
    if told.probability * here != 1:
        return False
    lead = a + 2 * b - c - 2 * d
    return told.slope == _slope(a, b, c, d, number) and told.large == (lead > 0) - (lead < 0)


def _slope(a: Fraction, b: Fraction, c: Fraction, d: Fraction, number: int) -> Fraction:
    """The derivative of one over the sum of products at no selection: each quotient of fitnesses
    changes at the rate of the difference of payoffs."""
    total = Fraction(0)
    running = Fraction(0)
    for i in range(1, number):
        mutants = ((i - 1) * a + (number - i) * b) / (number - 1)
        residents = (i * c + (number - i - 1) * d) / (number - 1)
        running += residents - mutants
        total += running
    return -total / number**2
