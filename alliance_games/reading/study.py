"""A whole game file, from its nodes to a Study."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING

from alliance_games.exact.span import NOWHERE, Span
from alliance_games.exact.words import listed, nearest
from alliance_games.model.expectations import Expectation
from alliance_games.model.parametric import Parameter, ParametricGame
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Scenario, Study
from alliance_games.reading import declarations, parameters
from alliance_games.reading.declarations import Players
from alliance_games.reading.desk import Desk
from alliance_games.reading.endings import Endings
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.problems import Problems
from alliance_games.reading.scenarios import ScenarioNode, read_scenarios
from alliance_games.reading.together import fits_together

if TYPE_CHECKING:
    from alliance_games.model.parametric import Body
    from alliance_games.reading.signalling import Header
    from alliance_games.reading.stage import Plain
    from alliance_games.reading.types import Types

OTHER_BODIES = ("coalitions", "landscape", "matching", "repeated")
"""The keys of games of another form. Each is read by the module of its name, whose
``read_body(desk, at, node, players)`` gives the body (None where it cannot be made)."""

BODIES = ("payoffs", "matrix", "tree", "signalling", *OTHER_BODIES)
"""The keys that hold a game; a file has exactly one of them."""

KEYS = (
    "game",
    "about",
    "sources",
    "theory",
    "extends",
    "players",
    "parameters",
    "define",
    "assume",
    "strategies",
    "types",
    "prior",
    "outcomes",
    "choices",
    *BODIES,
    "bargaining",
    "observed",
    "ordinal",
    "scenarios",
    "solve",
    "expect",
)
"""Every key of a game file, in the order of reading aloud."""


class FileReader:
    """Reads one file that stands for itself (without ``extends``)."""

    def __init__(self, problems: Problems, known_concepts: Collection[str] | None) -> None:
        self.desk = Desk(problems)
        self.problems = problems
        self.known_concepts = known_concepts
        self.keys: dict[str, tuple[Scalar, Node]] = {}
        self.players = Players()
        self.strategies: tuple[tuple[str, ...], ...] = ()
        self.scenario_nodes: list[ScenarioNode] = []
        self.signalling: Header | None = None
        self.types: Types | None = None
        self.plain: Plain | None = None

    def read(self, root: Mapping) -> Study:
        """The study; raises InvalidGame with all the problems of the file."""
        self.take_keys(root)
        game = self._game()
        study = self.finish(game, self.scenarios())
        if self.problems.errors or study is None:
            raise InvalidGame(self.problems.in_order())
        return study

    # The top of the file

    def take_keys(self, root: Mapping) -> None:
        """Note the keys there are; report those that are none."""
        for key, node in root.entries:
            self.keys[key.text] = (key, node)
        for key, node in root.entries:
            if key.text not in KEYS:
                hint = "parts of a game: " + listed(KEYS, len(KEYS))
                self.desk.unknown(key, list(KEYS), "unknown-key", "key", hint)
                # Read on as it was meant: what stands there may have faults of its own, and
                # what is not missing is not to be missed.
                if (meant := nearest(key.text, KEYS)) is not None:
                    self.keys.setdefault(meant, (key, node))

    def node(self, key: str) -> Node | None:
        """What stands under a key, or None."""
        return self.keys[key][1] if key in self.keys else None

    def title(self) -> str:
        """The game's title; a fault where there is none (one may be taken over by ``extends``)."""
        node = self.node("game")
        if node is None and "extends" in self.keys:
            return ""
        if node is None:
            self.desk.fault(
                "no-title", "the title is missing", Span(1, 1), "as in  game: Stag hunt"
            )
            return ""
        return self.desk.prose(node, "'game'")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text."""
        node = self.node(key)
        if node is None:
            return ()
        items = self.desk.items(node, f"'{key}'")
        return tuple(text for item in items if (text := self.desk.prose(item, f"'{key}'")))

    # The game

    def _game(self) -> ParametricGame | None:
        desk = self.desk
        desk.scope.coalitions = "coalitions" in self.keys
        node = self.node("parameters")
        found = parameters.read_parameters(desk, node) if node is not None else []
        self.read_players(found)
        if node is not None:
            parameters.check_entries(desk, node)
        self.strategies = self._strategies()
        if (define := self.node("define")) is not None:
            declarations.read_definitions(desk, define)
        if node is not None:
            found = parameters.with_ranges(desk, node, found)
        assume = self.node("assume")
        assumptions = declarations.read_assumptions(desk, assume) if assume is not None else ()
        definitions = desk.scope.check_definitions()
        body = self._body()
        if "bargaining" in self.keys:
            from alliance_games.reading.bargaining import read_bargaining

            body = read_bargaining(desk, *self.keys["bargaining"], body, self.players.names)
        if body is None:
            return None
        game = ParametricGame(body.players, tuple(found), assumptions, body, definitions, desk.file)
        if "ordinal" in self.keys:
            from alliance_games.model.cardinal import cardinal

            # Claims may speak of the numbers that rankings leave open.
            for one in cardinal(game).parameters[len(found) :]:
                assert not isinstance(one.default, Fraction)
                desk.scope.parameters[one.name] = frozenset(one.default)
        return game

    def read_players(self, parameters: list[Parameter]) -> None:
        """The players, from ``players:`` or a matrix's corner."""
        node = self.node("players")
        if node is not None:
            self.players = declarations.read_players(self.desk, node, parameters)
        elif (matrix := self.node("matrix")) is not None:
            from alliance_games.reading.matrix import matrix_players

            self.players = Players(matrix_players(matrix))
        elif (matching := self.node("matching")) is not None:
            from alliance_games.reading.matching import matched_players

            self.players = Players(matched_players(self.desk, matching))
        elif (signalling := self.node("signalling")) is not None:
            self.players = Players(_roles(signalling))
        elif any(key in self.keys for key in BODIES):
            hint = "as in  players: [Alice, Jack]"
            self.desk.fault("missing-key", "'players' is missing", Span(1, 1), hint)
        written = node.items if isinstance(node, Sequence) else ()
        for place, name in enumerate(self.players.names):
            if name in ("chance", "each"):
                message = f"'{name}' cannot be a player: it has a meaning of its own"
                span = written[place].span if written else self._span_of_player(name)
                self.desk.fault("bad-name", message, span)
        self.desk.scope.players = self.players.names

    def _span_of_player(self, name: str) -> Span:
        """Where a player is named who stands in no list of players."""
        node = self.node("signalling")
        for _, value in node.entries if isinstance(node, Mapping) else ():
            if isinstance(value, Scalar) and value.text == name:
                return value.span
        given = [key for key in ("players", "matrix") if key in self.keys]
        return self.keys[given[0]][0].span if given else Span(1, 1)

    def _strategies(self) -> tuple[tuple[str, ...], ...]:
        node, names = self.node("strategies"), self.players.names
        if (types := self.node("types")) is not None:
            from alliance_games.reading.types import read_strategies_by_type, read_type_names

            self.types = read_type_names(self.desk, types, names)
            if node is not None:
                node = read_strategies_by_type(self.desk, self.types, node)
        if "signalling" in self.keys:
            from alliance_games.reading.signalling import read_header

            self.signalling = read_header(self.desk, *self.keys["signalling"])
        if "choices" in self.keys:
            from alliance_games.reading.choices import read_header as read_choices

            read_choices(self.desk, self.keys["choices"][1], names)
        if node is not None:
            bodies = [key for key in BODIES if key in self.keys]
            if bodies in (["tree"], ["signalling"]):
                which = "a tree" if bodies == ["tree"] else "a signalling game"
                message = f"{which} says itself what the players can do"
                self.desk.fault(
                    "not-here", message, self.keys["strategies"][0].span, "leave it out"
                )
            found = declarations.read_strategies(self.desk, node, names)
            self.desk.scope.strategies = {name: None for one in found for name in one}
            if not found:
                # Their names may still be used: faults of the list are known already.
                self.desk.scope.strategies = declarations.names_in(node)
            return found
        if (tree := self.node("tree")) is not None:
            from alliance_games.reading.tree import action_names

            self.desk.scope.strategies = action_names(tree)
        elif "choices" in self.keys:
            return ()
        elif "payoffs" in self.keys and self.signalling is None:
            hint = "as in  strategies: [Stag, Rabbit]"
            span = self.keys["payoffs"][0].span
            self.desk.fault("missing-key", "'strategies' is missing", span, hint)
        return ()

    def _body(self) -> Body | None:
        given = sorted((self.keys[key][0].span.line, key) for key in BODIES if key in self.keys)
        if not given:
            hint = f"one of {', '.join(BODIES)}"
            self.desk.fault("no-body", "the game itself is missing", Span(1, 1), hint)
            return None
        if len(given) > 1:
            message = f"a file holds one game: '{given[0][1]}' and '{given[1][1]}' are two"
            self.desk.fault("two-bodies", message, self.keys[given[1][1]][0].span)
            return None
        if not self.players.names or not fits_together(self.desk, self.keys, given[0][1]):
            return None
        if (other := self._other_form(given[0][1])) is not None:
            return other()
        if self.node("ordinal") is not None:
            return self._ranked(given[0][1])
        endings = Endings(self.desk, self.players.names, self.node("outcomes"), ())
        if self.types is not None:
            body = self._bayesian(given[0][1], self.types, endings)
        else:
            body = self._with_endings(given[0][1], endings)
            if "observed" in self.keys:
                body = self.observed(body)
        self._unused_outcomes(endings)
        return body

    def _other_form(self, key: str) -> Callable[[], Body | None] | None:
        """What reads a body of another form; None for one of strategies or moves."""
        at, node = self.keys[key]
        if key in OTHER_BODIES and self.players.crowd:
            message = f"no parameter can say how many players there are in '{key}'"
            hint = "name them, or write their number"
            self.desk.fault("players", message, self.keys["players"][1].span, hint)
        if key in OTHER_BODIES:
            module = import_module(f"alliance_games.reading.{key}")
            return lambda: module.read_body(self.desk, at, node, self.players.names)
        if "choices" in self.keys and key == "payoffs":
            module = import_module("alliance_games.reading.choices")
            return lambda: module.read_body(self.desk, self.keys, self.players.names)
        return None

    def _with_endings(self, key: str, endings: Endings) -> Body | None:
        """The body under a key, its payoffs and outcomes read by ``endings``."""
        desk, names = self.desk, self.players.names
        at, node = self.keys[key]
        if key == "tree":
            from alliance_games.reading.tree import read_tree

            return read_tree(desk, node, names, endings)
        if key == "signalling":
            from alliance_games.reading.signalling import read_signalling

            if self.signalling is None:
                return None
            return read_signalling(desk, at, self.signalling, names, endings)
        if key == "matrix":
            from alliance_games.reading.matrix import read_matrix

            table = read_matrix(desk, at, node, names, self.strategies, endings)
            if table is not None:
                self.strategies = table.strategies
                desk.scope.strategies = {name: None for one in table.strategies for name in one}
            return table
        from alliance_games.reading.normal_form import read_payoffs

        return read_payoffs(desk, at, node, self.players, self.strategies, endings)

    def observed(self, body: Body | None) -> Body | None:
        """The tree of a normal form in which one player moves first, seen by the others or not."""
        from alliance_games.reading.observed import read_observed
        from alliance_games.reading.stage import as_plain

        self.plain = as_plain(body)
        if self.plain is None:
            return None
        return read_observed(self.desk, *self.keys["observed"], self.plain)

    def _bayesian(self, key: str, types: Types, endings: Endings) -> Body | None:
        """The tree of a normal form whose players have types."""
        from alliance_games.reading.bayesian import payoffs_by_type, read_bayesian
        from alliance_games.reading.stage import as_plain

        at, node = self.keys[key]
        bodies = None
        prior = self.keys.get("prior")
        if not types.named:
            # Payoffs speak of types that are not known: the types' own faults say it.
            return None
        if key == "payoffs":
            given = (self.players, self.strategies, endings)
            bodies = payoffs_by_type(self.desk, types, node, *given)
        found = bodies if bodies is not None else as_plain(self._with_endings(key, endings))
        return read_bayesian(self.desk, types, prior, at, self.strategies, found)

    def _ranked(self, key: str) -> Body | None:
        """A body whose outcomes the players rank under ``ordinal``."""
        from alliance_games.model.tables import NormalTable
        from alliance_games.model.trees import TreeBody
        from alliance_games.reading.ordinal import ranked_names, read_ordinal, read_ranked_tree

        at, node = self.keys["ordinal"]
        if "outcomes" in self.keys:
            message = "outcomes have payoffs or are ranked, not both"
            self.desk.fault("two-payoffs", message, at.span)
            return None
        endings = Endings(self.desk, self.players.names, None, ranked_names(node))
        body = self._with_endings(key, endings)
        if body is None or isinstance(body, NormalTable):
            return body and read_ordinal(self.desk, node, body)
        if isinstance(body, TreeBody):
            return read_ranked_tree(self.desk, at, node, body)
        message = "payoffs by formula are numbers: they cannot be ranked outcomes"
        self.desk.fault("two-payoffs", message, at.span)
        return None

    def _unused_outcomes(self, endings: Endings) -> None:
        for key in endings.keys:
            if key.text not in endings.used and not self.problems.errors:
                self.desk.warn("unused-outcome", f"nothing leads to '{key.text}'", key.span)

    # What is asked of it

    def scenarios(self) -> list[ScenarioNode]:
        """The scenarios as read."""
        node = self.node("scenarios")
        return [] if node is None else read_scenarios(self.desk, node)

    def finish(self, game: ParametricGame | None, scenarios: list[ScenarioNode]) -> Study | None:
        """Everything else, and the game tried at the defaults and in every scenario."""
        self.scenario_nodes = scenarios
        title = self.title()
        study = Study(
            title,
            game,  # type: ignore[arg-type]  # replaced or refused below where it is None
            self.desk.file,
            self.desk.prose(about, "'about'") if (about := self.node("about")) else "",
            self.texts("sources"),
            self.texts("theory"),
            tuple(Scenario(s.name.text, s.values, s.about, s.name.span) for s in scenarios),
            self._solve(),
        )
        if game is not None and not self.problems.errors:
            from alliance_games.reading.trial import try_out

            extends = self.keys["extends"][0].span if "extends" in self.keys else NOWHERE
            try_out(self.problems, game, scenarios, extends)
        expectations = self.expectations(game, [scenario.name.text for scenario in scenarios])
        if game is None:
            return None
        warnings = tuple(problem for problem in self.problems.in_order() if problem.warning)
        return replace(study, expectations=expectations, warnings=warnings)

    def expectations(
        self, game: ParametricGame | None, scenarios: list[str]
    ) -> tuple[Expectation, ...]:
        """The lines of ``expect:``; read for their faults also where the game has some."""
        node = self.node("expect")
        if node is None:
            return ()
        from alliance_games.reading.answers import AnswerReader
        from alliance_games.reading.expectations import read_expectations

        if game is not None:
            answers = AnswerReader(self.desk, game.players, game.strategies, game.body)
        else:
            answers = AnswerReader(self.desk, self.players.names, self.strategies, None)
        return read_expectations(self.desk, node, answers, scenarios, self.known_concepts)

    def _solve(self) -> tuple[str, ...]:
        node = self.node("solve")
        if node is None:
            return ()
        names = self.desk.names(node, "'solve'", "concept")
        for name in names:
            self.check_concept(name)
        return tuple(name.text for name in names)

    def check_concept(self, name: Scalar) -> None:
        """Report a name that is no concept, where it is known which there are."""
        if self.known_concepts is not None and name.text not in self.known_concepts:
            hint = "'alliance-games concepts' lists them"
            self.desk.unknown(name, sorted(self.known_concepts), "unknown-concept", "concept", hint)


def _roles(node: Node) -> tuple[str, ...]:
    """The sender and the receiver of a signalling game, where ``players`` is left out."""
    found = {
        key.text: value.text
        for key, value in (node.entries if isinstance(node, Mapping) else ())
        if key.text in ("sender", "receiver") and isinstance(value, Scalar) and value.text.strip()
    }
    return tuple(dict.fromkeys(found.values()))
