"""Words for the faults of a formula: what is wrong where a token cannot stand."""

from __future__ import annotations

from alliance_games.reading.tokens import Token


def missing_operand(before: Token | None, token: Token) -> tuple[str, str]:
    """Message and hint for a token that stands where a number or a name should."""
    if token.kind == "end":
        if before is None:
            return "a formula is missing here", ""
        return f"the formula ends too early: something is missing after '{before.text}'", ""
    if token.text == ",":
        return "a formula is missing before this comma", ""
    if token.text == "[":
        return "a name is missing before this bracket", "group with round brackets ( )"
    if before is None:
        if token.text in (")", "]"):
            return f"this '{token.text}' closes nothing", ""
        return f"something is missing before '{token.text}'", ""
    if before.text == "(" and token.text == ")":
        return "there is nothing between these brackets", ""
    return f"something is missing between '{before.text}' and '{token.text}'", ""


def misplaced(before: Token, token: Token) -> tuple[str, str]:
    """Message and hint for a token that cannot follow a complete expression."""
    if token.kind == "sign":
        if token.text == ",":
            return "a comma cannot stand here", ""
        if token.text in (")", "]"):
            return f"this '{token.text}' closes nothing", ""
    if token.kind == "keyword":
        hint = "write if(test, yes, no)" if token.text == "if" else "'not equal' is !="
        return f"'{token.text}' cannot stand here", hint
    shown = f'"{token.text}"' if token.kind == "text" else f"'{token.text}'"
    return f"an operator is missing before {shown}", _juxtaposition_hint(before, token)


def _juxtaposition_hint(before: Token, token: Token) -> str:
    if "text" in (before.kind, token.kind):
        return "compare names with =="
    if token.text == "[" or before.kind == token.kind == "number":
        return ""
    if token.text == "(" or before.text in (")", "]"):
        return "to multiply, write *"
    if before.text == "about":
        return "in a comparison give two bounds, as in 1.58 < payoff(Alice) < 1.59"
    hint = f"to multiply, write {before.text} * {token.text}"
    if before.kind == token.kind == "name":
        hint += f'; a name of several words is quoted: "{before.text} {token.text}"'
    return hint
