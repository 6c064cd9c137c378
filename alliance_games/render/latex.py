"""Propositions in LaTeX: words escaped, formulas and inequalities set as mathematics."""

from __future__ import annotations

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Text,
)
from alliance_games.parametric.telling import Telling
from alliance_games.report.propositions import Sentence
from alliance_games.report.propositions import propositions as sentences

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}

_GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
    ]
)

_RELATIONS = {
    ">": ">",
    ">=": r"\geq",
    "<": "<",
    "<=": r"\leq",
    "==": "=",
    "!=": r"\neq",
}

_SUM, _PRODUCT, _POWER, _ATOM = range(4)


def propositions(telling: Telling) -> str:
    """The propositions of the regimes as a LaTeX environment ``proposition``, one item for each."""
    said = sentences(telling)
    title = escape(telling.found.study.title)
    if not said:
        return f"% {title}: nothing to state.\n"
    head, *items = said
    lines = [
        "% needs \\usepackage{amsthm} and \\newtheorem{proposition}{Proposition}",
        f"\\begin{{proposition}}[{title}]",
        sentence(head),
        "\\begin{enumerate}",
        *(f"  \\item {sentence(item)}" for item in items),
        "\\end{enumerate}",
        "\\end{proposition}",
    ]
    return "\n".join(lines) + "\n"


def sentence(parts: Sentence) -> str:
    """Words escaped, expressions between dollar signs."""
    return "".join(escape(part) if isinstance(part, str) else _inline(part) for part in parts)


def escape(words: str) -> str:
    """Words so that LaTeX shows them as they are."""
    return "".join(_SPECIAL.get(sign, sign) for sign in words)


def _inline(expression: Expression) -> str:
    if isinstance(expression, Logic):
        word = ", or " if expression.operator == "or" else " and "
        return word.join(_inline(part) for part in expression.operands)
    return f"${math(expression)}$"


def math(expression: Expression) -> str:
    """An expression as mathematics, without dollar signs."""
    return _math(expression)[0]


def _math(node: Expression) -> tuple[str, int]:
    """The text and how tightly it holds together."""
    match node:
        case Number(value):
            if value.denominator == 1:
                return str(value), _ATOM if value >= 0 else _SUM
            sign = "-" if value < 0 else ""
            return f"{sign}\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}", _PRODUCT
        case Name(name):
            return _name(name), _ATOM
        case Entry(name, keys):
            return f"{_name(name)}_{{\\text{{{escape(', '.join(keys))}}}}}", _ATOM
        case Text(value):
            return f"\\text{{{escape(value)}}}", _ATOM
        case Negate(operand):
            return f"-{_within(operand, _PRODUCT)}", _SUM
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, left, right)
        case Call(function, arguments):
            return _call(function, arguments), _ATOM
    return _condition(node), _SUM


def _arithmetic(operator: str, left: Expression, right: Expression) -> tuple[str, int]:
    if operator == "/":
        return f"\\frac{{{math(left)}}}{{{math(right)}}}", _PRODUCT
    if operator == "*":
        return f"{_within(left, _PRODUCT)} \\, {_within(right, _PRODUCT)}", _PRODUCT
    if operator == "^":
        return f"{_within(left, _ATOM)}^{{{math(right)}}}", _POWER
    after = _PRODUCT if operator == "-" else _SUM
    return f"{_within(left, _SUM)} {operator} {_within(right, after)}", _SUM


def _call(function: str, arguments: tuple[Expression, ...]) -> str:
    inside = ", ".join(map(math, arguments))
    if function == "abs":
        return f"\\lvert {inside} \\rvert"
    if function == "sqrt":
        return f"\\sqrt{{{inside}}}"
    if function in ("min", "max", "exp", "log"):
        return f"\\{function}({inside})"
    return f"\\mathrm{{{escape(function)}}}({inside})"


def _condition(node: Expression) -> str:
    match node:
        case Compare(operands, operators):
            parts = [math(operands[0])]
            for operator, operand in zip(operators, operands[1:], strict=True):
                parts += [_RELATIONS[operator], math(operand)]
            return " ".join(parts)
        case Logic(operator, operands):
            word = "\\lor" if operator == "or" else "\\land"
            return f" {word} ".join(f"({math(part)})" for part in operands)
        case Not(operand):
            return f"\\lnot ({math(operand)})"
        case Condition(test, yes, no):
            return f"\\mathrm{{if}}({math(test)}, {math(yes)}, {math(no)})"
    raise ValueError(f"{node} is no formula")


def _within(node: Expression, level: int) -> str:
    text, own = _math(node)
    return text if own >= level else f"({text})"


def _name(name: str) -> str:
    """A Greek letter by its name, one letter as a variable, a word upright."""
    if "[" in name and name.endswith("]"):
        base, entry = name[:-1].split("[", 1)
        return f"{_name(base)}_{{\\text{{{escape(entry)}}}}}"
    if name in _GREEK:
        return f"\\{name}"
    return name if len(name) == 1 else f"\\mathit{{{escape(name)}}}"
