"""Documents as flat rows: one per solution for CSV, one per case for the batch's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from alliance_games.results.naming import Json

SOLUTION_COLUMNS = (
    "file",
    "game",
    "scenario",
    "parameters",
    "concept",
    "status",
    "coverage",
    "number",
    "kind",
    "solution",
    "payoffs",
    "verified",
    "problem",
)

CASE_COLUMNS = ("file", "scenario", "status", "answers", "problem")


def solution_rows(document: Json) -> Iterator[dict[str, str]]:
    """One row for each solution; a concept without solutions has one row, without a number.

    A problem is a row of its own, so that nothing is passed over in silence.
    """
    head = _head(document)
    for case in document["cases"]:
        values = {
            **head,
            "scenario": case["scenario"] or "",
            "parameters": parameters_in_words(case["parameters"]),
        }
        for result in case["results"]:
            about = {**values, **{key: result[key] for key in ("concept", "status", "coverage")}}
            if not result["solutions"]:
                yield _row(about, {"problem": result["because"] if _stopped(result) else ""})
            for number, solution in enumerate(result["solutions"], start=1):
                yield _row(about, _solution_cells(number, solution))
    for problem in document["problems"]:
        yield _row(head, {"problem": problem_in_words(problem)})


def case_rows(document: Json) -> Iterator[dict[str, str]]:
    """One row for each case, with its equilibria in short; one for each problem."""
    head = _head(document)
    for case in document["cases"]:
        results = case["results"]
        statuses = {result["status"] for result in results}
        status = next((word for word in ("stopped", "numeric") if word in statuses), "exact")
        answers = list(filter(None, map(_in_short, results))) or list(map(_count, results))
        yield {
            **dict.fromkeys(CASE_COLUMNS, ""),
            "file": head["file"],
            "scenario": case["scenario"] or "",
            "status": status if results else "not applicable",
            "answers": ", ".join(answers),
        }
    for problem in document["problems"]:
        yield {
            **dict.fromkeys(CASE_COLUMNS, ""),
            "file": head["file"],
            "status": "warning" if problem.get("warning") else "failed",
            "problem": problem_in_words(problem),
        }


def _head(document: Json) -> dict[str, str]:
    return {"file": document["game"].get("file", ""), "game": document["game"].get("title", "")}


def _row(*parts: Mapping[str, str]) -> dict[str, str]:
    row = dict.fromkeys(SOLUTION_COLUMNS, "")
    for part in parts:
        row.update(part)
    return row


def _stopped(result: Json) -> bool:
    return bool(result["status"] == "stopped")


def _in_short(result: Json) -> str:
    """``nash 3``, ``risk-dominance Stag, Stag``; '' for answers that are no equilibria."""
    kinds = {one["kind"] for one in result["solutions"]} - {"discarded"}
    if "selection" in kinds:
        profile = result["solutions"][0]["profile"]
        return f"{result['concept']} {'none' if profile is None else '/'.join(profile.values())}"
    if kinds and not kinds <= _PLAYED:
        return ""
    return _count(result)


_PLAYED = {"point", "component", "counts", "behaviour", "assessment", "symmetric", "tally"}
"""Kinds of solution that can be counted: so many equilibria."""


def _count(result: Json) -> str:
    """``nash 3``; ``nash 3+`` where there may be more; ``nash infinitely many`` for a continuum.

    What a refinement rules out does not count.
    """
    solutions = [one for one in result["solutions"] if one["kind"] != "discarded"]
    if any(one["kind"] == "component" for one in solutions):
        number = "infinitely many"
    elif tally := [one["number"] for one in solutions if one["kind"] == "tally"]:
        number = str(tally[0])
    else:
        number = str(len(solutions)) + ("" if result["coverage"] == "all" else "+")
    return f"{result['concept']} {number}"


def _solution_cells(number: int, solution: Json) -> dict[str, str]:
    payoffs = solution.get("payoffs")
    return {
        "number": str(number),
        "kind": solution["kind"],
        "solution": in_words(solution),
        "payoffs": _mapping(payoffs) if isinstance(payoffs, dict) else "",
        "verified": str(solution.get("certificate", {}).get("verified", "")).lower(),
    }


def problem_in_words(problem: Json) -> str:
    """``3:5: message [code]``, with the hint if there is one."""
    place = f"{problem['line']}:{problem['column']}: " if problem["line"] else ""
    hint = f" ({problem['hint']})" if problem["hint"] else ""
    return f"{place}{problem['message']} [{problem['code']}]{hint}"


def parameters_in_words(parameters: Json) -> str:
    """``stag = 4; power[France] = 3``."""
    parts = []
    for name, value in parameters.items():
        if isinstance(value, dict):
            parts += [
                f"{name}[{key.replace(' - ', ', ')}] = {entry}" for key, entry in value.items()
            ]
        else:
            parts.append(f"{name} = {value}")
    return "; ".join(parts)


def in_words(solution: Json) -> str:
    """What a solution says, on one line."""
    return _WORDS.get(solution["kind"], _record)(solution)


def _record(one: Json) -> str:
    """An answer that names its parts: each part with what it says."""
    about = ("kind", "payoffs", "properties", "certificate")
    return "; ".join(f"{key}: {_nested(part)}" for key, part in one.items() if key not in about)


def _nested(part: Any) -> str:
    if isinstance(part, dict):
        return "{" + ", ".join(f"{key}: {_nested(entry)}" for key, entry in part.items()) + "}"
    if isinstance(part, list):
        return "[" + ", ".join(map(_nested, part)) + "]"
    return "none" if part is None else str(part)


def _mapping(values: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if value is None:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _mixture(mixture: Mapping[str, Any]) -> str:
    """``Stag``, or ``3/4 Stag + 1/4 Rabbit``."""
    used = {name: chance for name, chance in mixture.items() if chance not in ("0", 0)}
    if len(used) == 1:
        return next(iter(used))
    return " + ".join(f"{chance} {name}" for name, chance in used.items())


def _profile(profile: Mapping[str, Mapping[str, Any]]) -> str:
    return "; ".join(f"{player}: {_mixture(mixture)}" for player, mixture in profile.items())


def _component(one: Json) -> str:
    if "families" in one:
        return _continuum(one)
    ends = " | ".join(_profile(profile) for profile in one["extreme_points"])
    return f"a continuum of dimension {one['dimension']} between {ends}"


def _behaviour(one: Json) -> str:
    return "; ".join(
        f"{player} at {label}: {_mixture(mixture)}"
        for player, sets in one["behaviour"].items()
        for label, mixture in sets.items()
    )


def _assessment(one: Json) -> str:
    """Behaviour, then beliefs: ``; believing Adversary at Treaty: 2/3 Committed + ...``."""
    held = "; ".join(
        f"{player} at {label}: {_mixture(mixture)}"
        for player, sets in one["beliefs"].items()
        for label, mixture in sets.items()
    )
    return f"{_behaviour(one)}; believing {held}" if held else _behaviour(one)


def _continuum(one: Json) -> str:
    """A continuum of a tree or of three players or more: each family by its conditions, or by its
    points."""
    families = []
    for family in one["families"]:
        shown = [_example(one["extreme_points"][place]) for place in family["points"]]
        if family["conditions"]:
            conditions = " and ".join(each["text"] for each in family["conditions"])
            families.append(f"like {shown[0]} where {conditions}")
        else:
            families.append(f"{'between' if family['hull'] else 'such as'} {' | '.join(shown)}")
    return f"a continuum of dimension {one['dimension']}: {' or '.join(families)}"


def _example(point: Json) -> str:
    """A point of a continuum: an assessment, behaviour, or in normal form a profile."""
    if "beliefs" in point:
        return _assessment(point)
    return _behaviour(point) if "behaviour" in point else _profile(point["profile"])


def _discarded(one: Json) -> str:
    return f"ruled out: {in_words(one['equilibrium'])}; {one['reason']}"


def _path(one: Json) -> str:
    if one["limit"] is None:
        return "a branch whose limit is not settled"
    return f"a branch that tends to {in_words(one['limit'])}"


def _plan(one: Json) -> str:
    choices = [
        f"{player} at {label}: {action}"
        for player, sets in one.items()
        for label, action in sets.items()
    ]
    return "; ".join(choices)


def _correlated(one: Json) -> str:
    plans = " + ".join(f"{each['probability']} ({_plan(each['plan'])})" for each in one["plans"])
    return f"{one['of']}: {plans}"


def _distribution(one: Json) -> str:
    plays = []
    for each in one["plays"]:
        play = _counts(each) if "counts" in each else _mapping(each["profile"])
        plays.append(f"{each['probability']} ({play})")
    player = f" for {one['player']}" if "player" in one else ""
    return f"{one['of']}{player}: {' + '.join(plays)}"


def _commitment(one: Json) -> str:
    """``Alice commits (mixed, pessimistic): Up 1/2 | Down 1/2, reply Right (approached)``."""
    how = f"{one['strategies']}, {one['ties']}"
    limit = "" if one["attained"] else " (approached)"
    chosen = _mixture(one["commitment"])
    return f"{one['leader']} commits ({how}): {chosen}; reply {one['reply']}{limit}"


def _levels(one: Json) -> str:
    told = []
    for each in one["levels"]:
        mixtures = each.get("by_role")
        play = " | ".join(map(_mixture, mixtures)) if mixtures else _profile(each["profile"])
        told.append(f"{each['level']}: {play}")
    return f"{one['of']}: {'; '.join(told)}"


def _plans(one: Json) -> str:
    left = []
    for player, members in one["members"].items():
        plans = [_mapping(one["plans"][player][place]) for place in members]
        left.append(f"{player}: {' | '.join(plans)}")
    return f"{one['of']}: {'; '.join(left)}"


def _dominated(one: Json) -> str:
    after = f" (round {one['round']})" if one["round"] else ""
    how = "strictly" if one["strength"] == "strict" else "weakly"
    return f"{one['player']}: {one['strategy']} is {how} dominated by {_mixture(one['by'])}{after}"


def _dominant(one: Json) -> str:
    how = "strictly" if one["strength"] == "strict" else "weakly"
    return f"{one['player']}: {one['strategy']} is {how} dominant"


def _numbers(one: Json) -> str:
    parts = [_mapping(one[key]) for key in ("values", "per_player") if key in one]
    parts += [
        f"{player}: {' | '.join(map(_mixture, mixtures))}"
        for player, mixtures in one.get("strategies", {}).items()
    ]
    return f"{one['of']}: {'; '.join(parts)}"


def _counts(one: Json) -> str:
    return " | ".join(_mapping(role) for role in one["counts"])


_WORDS: Mapping[str, Callable[[Json], str]] = {
    "point": lambda one: _profile(one["profile"]),
    "component": _component,
    "counts": _counts,
    "behaviour": _behaviour,
    "assessment": _assessment,
    "symmetric": lambda one: f"each player: {_mixture(one['strategy'])}",
    "discarded": _discarded,
    "correlated": _correlated,
    "distribution": _distribution,
    "commitment": _commitment,
    "plans": _plans,
    "path": _path,
    "levels": _levels,
    "set": lambda one: f"{one['of']}: {_mapping(one['members'])}",
    "dominated": _dominated,
    "dominant": _dominant,
    "numbers": _numbers,
    "selection": lambda one: "none" if one["profile"] is None else _mapping(one["profile"]),
    "tally": lambda one: f"{one['number']} {one['what']}",
}
