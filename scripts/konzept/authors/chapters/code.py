"""What can be wrong in the cells of a page, found without running them.

The words that a cell may use are read from the modules that define them, not imported, because `konzept check` must not
pay for Plotly.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import konzept
from konzept.authors.chapters.pages import Cell, Found
from konzept.data.package import Package
from konzept.data.problems import Problem, nearest, suggestion

_KONZEPT = Path(konzept.__file__).parent
_WORDS_OF = {"": "__init__.py", "Book": "notebook/book.py", "Chapter": "notebook/chapter.py"}
"""Where the words are defined: those that open a page, and those of a book and of a chapter."""
_OPENS = {"kapitel": "Chapter", "buch": "Book", "open_concept": "Book"}
_GIVEN = {*dir(builtins), "display", "get_ipython", "exit", "quit", "In", "Out"}
"""Names that a notebook knows from the start."""
_EARLIER = re.compile(r"_{1,3}|_i{1,3}|_i?\d+|_[dio]h")
"""Names under which a notebook keeps what earlier cells gave and held."""
_OF_NOTEBOOKS = (
    (re.compile(r"\A\s*%%(?:time|timeit|capture|prun)\b.*"), ""),
    (re.compile(r"\A\s*%%.*", re.DOTALL), ""),
    (re.compile(r"^([ \t]*)(?:[%!].*|\?{1,2}[\w.]+|[\w.%]+\?{1,2})[ \t]*$", re.MULTILINE), r"\1pass"),
    (re.compile(r"^([ \t]*[\w, \t]+=[ \t]*)[%!](?!=).*$", re.MULTILINE), r"\1None"),
)
"""What notebooks take in and Python does not: magic words, calls of the system, questions; and what stands for it."""
NUMBERS = ("massnahmen", "leitziele", "ziele", "status", "stand", "kosten")
"""The numbers that a chapter's text may take from the data, by the names that `elements/fields/overview.py` gives them."""
_ANY = "*"
"""Stands among the names for all that there may be."""
_WORDS = {"themes": ("themen", "art"), "structure_chart": ("handlungsfelder", "projekt")}
"""Words of the data that a building block takes: the table and the column that list them."""

Vocabulary = Mapping[str, Mapping[str, ast.arguments]]


@lru_cache
def vocabulary() -> Vocabulary:
    """Name the words that open a page, and the building blocks of a book and of a chapter, with what each of them takes."""
    trees = {kind: ast.parse((_KONZEPT / path).read_text("utf-8")).body for kind, path in _WORDS_OF.items()}
    return {
        kind: {
            name: takes
            for item in next((n.body for n in tree if isinstance(n, ast.ClassDef) and n.name == kind), tree)
            for name, takes in _defined(item)
            if not name.startswith("_")
        }
        for kind, tree in trees.items()
    }


def _defined(item: ast.stmt) -> Iterator[tuple[str, ast.arguments]]:
    """Give what a line defines: a function, or a row of words that take nothing."""
    match item:
        case ast.FunctionDef(name=name, args=takes):
            yield name, takes
        case ast.Assign(targets=[ast.Name(id=name)]):
            yield name, ast.arguments([], [], None, [], [], None, [])


def cell_problems(
    file: str,
    cells: Sequence[Cell],
    package: Package | None,
    kinds: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Find mistakes in a page's cells.

    Parameters
    ----------
    file
        The page as messages name it.
    cells
        Its cells of code, in order.
    package
        What describes the data, for the words that a cell may ask for.
    kinds
        Where cells run one by one: which names are the book or a chapter by now.  No other name is called unknown.
    """
    reader = _Reader(package)
    if kinds is not None:
        reader.kinds |= kinds
        reader.names |= {*kinds, _ANY}
    trees: list[tuple[Cell, ast.Module]] = []
    problems = []
    for cell in cells:
        try:
            trees.append((cell, _parsed(cell.code)))
        except SyntaxError as error:
            problems.append(Problem(file, cell.line + (error.lineno or 1) - 1, None, _spelling(error)))
    for _, tree in trees:
        reader.learn(tree)
    for cell, tree in trees:
        for line, message in reader.findings(tree):
            problems.append(Problem(file, cell.line + line - 1, None, message))
    return problems


def _parsed(code: str) -> ast.Module:
    """Read a cell, without what is a word to the notebook and not to Python."""
    try:
        return ast.parse(code)
    except SyntaxError:
        for pattern, instead in _OF_NOTEBOOKS:
            code = pattern.sub(instead, code)
        return ast.parse(code)


def unknown_name(name: str, names: Iterable[str]) -> str:
    """Say that no cell gives a name, and ask whether one like it was meant."""
    hit = nearest(name, sorted(names))
    hint = f"Meinten Sie „{hit}“?" if hit else "Prüfen Sie die Schreibweise."
    return f"Den Namen „{name}“ gibt es auf dieser Seite nicht. {hint}"


def _spelling(error: SyntaxError) -> str:
    if isinstance(error, IndentationError):
        return "Die Zeile der Zelle ist falsch eingerückt. Beginnen Sie sie ohne Leerzeichen."
    return "Die Schreibweise der Zelle ist verletzt, oft durch eine fehlende Klammer oder ein fehlendes Anführungszeichen."


class _Reader:
    """Knows the names of a page and which of them are the book or a chapter."""

    def __init__(self, package: Package | None) -> None:
        self.package = package
        self.names: set[str] = set()
        self.kinds: dict[str, str] = {}

    def learn(self, tree: ast.Module) -> None:
        """Note every name that a cell gives."""
        for node in ast.walk(tree):
            match node:
                case (
                    ast.Name(id=name, ctx=ast.Store())
                    | ast.arg(arg=name)
                    | ast.FunctionDef(name=name)
                    | ast.AsyncFunctionDef(name=name)
                    | ast.ClassDef(name=name)
                    | ast.ExceptHandler(name=str(name))
                    | ast.MatchAs(name=str(name))
                    | ast.MatchStar(name=str(name))
                    | ast.MatchMapping(rest=str(name))
                ):
                    self.names.add(name)
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    self.names |= {(a.asname or a.name).partition(".")[0] for a in names}
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if kind := self.kind(value):
                    self.kinds[name] = kind

    def _is_unknown(self, name: str) -> bool:
        known = name in self.names or name in _GIVEN or _ANY in self.names
        return not (known or _EARLIER.fullmatch(name))

    def kind(self, node: ast.expr) -> str | None:
        """Say whether an expression is the book or a chapter."""
        match node:
            case ast.Name(id=name):
                return self.kinds.get(name)
            case ast.Call(func=ast.Name(id=name)):
                return _OPENS.get(name)
            case ast.Call(func=ast.Attribute(value=value, attr="field")) if self.kind(value) == "Book":
                return "Chapter"
        return None

    def findings(self, tree: ast.Module) -> Found:
        """Give line and sentence for each mistake in a cell."""
        for node in ast.walk(tree):
            match node:
                case ast.Name(id=name, ctx=ast.Load()) if self._is_unknown(name):
                    yield node.lineno, unknown_name(name, self.names)
                case ast.Import() | ast.ImportFrom():
                    yield from _imports(node)
                case ast.Expr(value=ast.Attribute(value=value, attr=name)) if self._has(value, name):
                    yield node.lineno, f"Hinter „{name}“ fehlen die Klammern. Schreiben Sie „{name}()“."
                case ast.Call(func=ast.Name(id=name)) if name in _OPENS:
                    yield from self._call(node, "", name)
                case ast.Call(func=ast.Attribute(value=value, attr=name)) if kind := self.kind(value):
                    yield from self._call(node, kind, name)

    def _has(self, value: ast.expr, name: str) -> bool:
        kind = self.kind(value)
        return kind is not None and name in vocabulary()[kind]

    def _call(self, node: ast.Call, kind: str, name: str) -> Found:
        known = vocabulary()[kind]
        if name not in known:
            yield node.lineno, f"Den Baustein „{name}“ gibt es nicht.{suggestion(name, sorted(known))}"
            return
        yield from _arguments(node, name, known[name])
        if name in _WORDS and self.package:
            table, column = _WORDS[name]
            columns = self.package.tables[table].columns
            allowed = next(c.enum for c in columns if c.name == column)
            yield from _unknown(node, _strings(node.args), allowed)
        if name == "notice_of" and self.package:
            yield from _unknown(node, _strings(node.args), list(self.package.tables))


def _imports(node: ast.Import | ast.ImportFrom) -> Found:
    if isinstance(node, ast.ImportFrom) and node.module == "konzept":
        for alias in node.names:
            if alias.name not in konzept.__all__:
                hint = suggestion(alias.name, konzept.__all__)
                yield node.lineno, f"„{alias.name}“ gibt es in konzept nicht.{hint}"
        return
    modules = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    for module in modules:
        top = module.partition(".")[0]
        if top and not _is_there(top):
            yield (
                node.lineno,
                f"Das Python-Paket „{top}“ ist nicht eingerichtet. Kapitel brauchen nur „konzept“.",
            )


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:
        return name in sys.modules  # loaded without a description of its own, as the program itself is


def _arguments(node: ast.Call, name: str, takes: ast.arguments) -> Found:
    """Compare what a call gives with what the building block takes."""
    positional = [a.arg for a in takes.args if a.arg != "self"]
    keywords = [a.arg for a in takes.kwonlyargs]
    given = {k.arg for k in node.keywords if k.arg}
    for word in sorted(given - {*positional, *keywords}):
        hint = suggestion(word, [*positional, *keywords])
        yield node.lineno, f"Der Baustein „{name}“ kennt die Angabe „{word}“ nicht.{hint}"
    yield from _kinds_of_arguments(node, name, takes)
    if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
        return
    if takes.vararg is None and len(node.args) > len(positional):
        yield (
            node.lineno,
            f"Der Baustein „{name}“ erhält zu viele Angaben: {len(node.args)} statt höchstens {len(positional)}.",
        )
    required = positional[: len(positional) - len(takes.defaults)]
    for word in required[len(node.args) :]:
        if word not in given:
            yield (
                node.lineno,
                f"In den Klammern von „{name}“ fehlt eine Angabe, zum Beispiel eine Id in Anführungszeichen.",
            )


_EXPECTED = {
    "str": (str, "ein Wort in Anführungszeichen"),
    "str | None": (str | None, "ein Wort in Anführungszeichen"),
    "bool": (bool, "True oder False"),
}
"""How a building block says what it takes; of which kind a constant in its place is; and in German."""


def _kinds_of_arguments(node: ast.Call, name: str, takes: ast.arguments) -> Found:
    """Find numbers in place of words: building blocks would show nothing or the wrong."""
    places = [a for a in takes.args if a.arg != "self"] + [takes.vararg] * len(node.args)
    given = [*zip(places, node.args, strict=False)]
    words = {a.arg: a for a in (*takes.args, *takes.kwonlyargs)}
    given += [(words[k.arg], k.value) for k in node.keywords if k.arg in words]
    for place, value in given:
        expected = place and place.annotation and _EXPECTED.get(ast.unparse(place.annotation))
        if expected and isinstance(value, ast.Constant) and not isinstance(value.value, expected[0]):
            yield (
                value.lineno,
                f"In die Klammern von „{name}“ gehört hier {expected[1]}, nicht „{ast.unparse(value)}“.",
            )


def _strings(nodes: Sequence[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _unknown(node: ast.Call, given: Sequence[str], allowed: Sequence[str]) -> Found:
    for word in given:
        if word not in allowed:
            yield node.lineno, f"„{word}“ gibt es hier nicht.{suggestion(word, allowed)}"
