"""Imports go only to the left: words → data → concept → elements → notebook → authors → site → publishing → paper."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from folders import PROGRAM

CODE = PROGRAM / "scripts" / "konzept"
ROOMS = (
    "home",  # where the program's own files lie
    *("words", "data", "concept", "elements", "notebook"),
    "__init__",  # the words of a chapter; imported, it loads nothing
    *("authors", "site", "publishing", "paper"),
    *("extension", "cli", "__main__"),
)
"""Folders and files of `scripts/konzept`; each imports from those before it."""
NEEDS = {
    "docx": {"authors", "paper"},
    "plotly": {"elements"},
    "kaleido": {"site"},
    "openpyxl": {"authors", "data", "site"},
    "IPython": {"authors", "notebook"},
    "anywidget": {"notebook"},
    "docutils": {"paper", "site"},
    "sphinx": {"authors", "extension", "paper", "publishing", "site"},
    "weasyprint": {"paper", "site"},
    "starlette": {"publishing"},
}
"""Libraries that are the matter of a few rooms, and of which."""
RUN = {"ipywidgets": "book/erkunden.md", "papermill": "scripts/konzept/paper/reporting.py"}
"""Packages that no module imports, and where they are named."""


@cache
def modules() -> dict[str, Path]:
    """Name all modules as imports do."""
    found = {}
    for path in sorted(CODE.rglob("*.py")):
        if path.is_relative_to(CODE / "assets"):
            continue  # Jupyter runs it
        parts = path.relative_to(CODE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imported(code: str) -> Iterator[str]:
    """Name what a module imports: at its top, in functions, and for types alone."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a name comes from"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else str(node.module)


FREE = {"os._exit"}
"""Names with an underscore that are public all the same, as their library's manual says."""


def is_private(name: str) -> bool:
    """Tell whether a name is a library's own; ``_repr_html_`` and its like are what IPython asks for."""
    return name.startswith("_") and not name.endswith("_")


def private_names(code: str) -> Iterator[str]:
    """Name what a module takes from the inside of others: imports, attributes, and attributes by their names."""
    tree = ast.parse(code)
    own = {id(part) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for part in ast.walk(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (a.name for a in names if any(map(is_private, a.name.split("."))))
            case ast.ImportFrom(module, names):
                found = (f"{module}.{a.name}" for a in names)
                yield from (name for name in found if any(map(is_private, name.split("."))))
            case ast.Attribute(ast.Name("self" | "cls"), name) if id(node) in own:
                pass
            case ast.Attribute(_, name) if is_private(name) and ast.unparse(node) not in FREE:
                yield ast.unparse(node)
            case ast.Call(
                ast.Name("getattr" | "setattr" | "delattr" | "hasattr"), [_, ast.Constant(name), *_]
            ):
                if is_private(str(name)):
                    yield ast.unparse(node)


@cache
def imports() -> dict[str, set[str]]:
    """Map each module to all that it imports."""
    return {name: set(imported(path.read_text("utf-8"))) for name, path in modules().items()}


def room(module: str) -> str:
    """Name the room of a module: its folder, or itself where it stands alone."""
    return [*module.split("."), "__init__"][1]


def test_the_reader_of_imports_sees_them_all() -> None:
    code = (
        "import os.path\nfrom konzept.words import german\nfrom konzept.words.german import number\n"
        "if TYPE_CHECKING:\n    import plotly\n"
        "def late():\n    from konzept.authors.excel import plan_import\n    from konzept.data.reading import place\n"
    )
    assert list(imported(code)) == [
        *("os.path", "konzept.words.german", "konzept.words.german", "plotly"),
        *("konzept.authors.excel", "konzept.data.reading"),
    ]
    assert [room(name) for name in ("konzept", "konzept.words.german", "konzept.data.reading")] == [
        *("__init__", "words", "data"),
    ]


def test_the_reader_of_private_names_sees_them_all() -> None:
    code = (
        "import os, pkg._inside\nfrom pkg._inside import a\nfrom pkg import _b, __version__\n"
        "class Own:\n    def f(self, other):\n        self._x = other._y\n        other._repr_html_()\n"
        "def visit(self):\n    self._rows.append(getattr(self, '_catalog', None))\n    self.__dict__\n"
        "os._exit(0)\n"
    )
    assert sorted(private_names(code)) == [
        *(
            "getattr(self, '_catalog', None)",
            "other._y",
            "pkg._b",
            "pkg._inside",
            "pkg._inside.a",
            "self._rows",
        ),
    ]


def test_only_compat_reaches_into_libraries() -> None:
    """What a library keeps to itself changes without notice: `compat.py` gathers it, test_compat.py watches it."""
    found = {
        name: [*private_names(path.read_text("utf-8"))]
        for name, path in modules().items()
        if path.name != "compat.py"
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_no_class_overrides_what_a_library_keeps_to_itself() -> None:
    wrong = [
        f"{name}: {kind.__name__}.{own}"
        for name in sorted({*modules()} - {"konzept.__main__"})
        for kind in vars(importlib.import_module(name)).values()
        if isinstance(kind, type) and kind.__module__ == name
        for own, value in vars(kind).items()
        if is_private(own) and inspect.isfunction(value)
        for base in kind.__mro__[1:]
        if own in vars(base) and not base.__module__.startswith("konzept.")
    ]
    assert wrong == []


def test_every_room_has_its_place() -> None:
    assert sorted(ROOMS) == sorted({room(name) for name in modules()})


def test_imports_go_only_to_the_left() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, found in imports().items()
        for other in sorted(found & set(modules()))
        if ROOMS.index(room(other)) > ROOMS.index(room(name))
    ]
    assert wrong == []


def test_no_modules_import_each_other() -> None:
    own = {name: {other for other in found if other in modules()} for name, found in imports().items()}
    assert len(list(TopologicalSorter(own).static_order())) == len(own)  # else a CycleError names the circle


@pytest.mark.parametrize("library", NEEDS)
def test_libraries_stay_in_their_rooms(library: str) -> None:
    users = {
        room(name) for name, found in imports().items() if library in {other.split(".")[0] for other in found}
    }
    assert users == NEEDS[library]


def test_packages_are_declared_that_are_imported_and_no_others() -> None:
    """One was declared once that nothing needed, and three came with it that were imported."""
    described = tomllib.loads((PROGRAM / "pyproject.toml").read_text("utf-8"))
    declared = {re.split(r"[^\w-]", line)[0] for line in described["project"]["dependencies"]}
    outside = {name.split(".")[0] for found in imports().values() for name in found}
    outside -= {*sys.stdlib_module_names, "konzept"}
    sources = packages_distributions()
    needed = {sources[name][0].lower().replace("_", "-") for name in outside}
    assert declared == needed | {*RUN, *described["build-system"]["requires"]}
    for package, place in RUN.items():
        assert package in (PROGRAM / place).read_text("utf-8"), place


def test_a_room_that_lists_its_modules_lists_them_all() -> None:
    for path in CODE.rglob("__init__.py"):
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        listed = {line.split()[0] for line in text.splitlines() if line.strip() and ".py  " in line}
        if listed:
            assert listed == {p.name for p in path.parent.glob("*.py")} - {"__init__.py"}, path


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_guides_name_files_that_there_are(guide: str) -> None:
    places = (PROGRAM, CODE, PROGRAM / "book")
    named = re.findall(
        r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|js|css|html|json|csv))`", (PROGRAM / guide).read_text("utf-8")
    )
    made = ("_build/", "out/", "data/intern/", "book/berichte/", "ausgaben/")
    named = [name for name in named if "ID" not in name]  # stands for any id
    assert len(named) > 5
    assert [
        name for name in named if not name.startswith(made) and not any((p / name).exists() for p in places)
    ] == []


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_guides_name_classes_and_constants_that_there_are(guide: str) -> None:
    known = "".join(
        path.read_text("utf-8") for part in (CODE, PROGRAM / "tests") for path in part.rglob("*.py")
    )
    named = re.findall(
        r"`(_?[A-Z][a-z]+(?:[A-Z][a-z]+)*|_?[A-Z]{2,}(?:_[A-Z]+)*)`", (PROGRAM / guide).read_text("utf-8")
    )
    assert [name for name in named if not re.search(rf"\b{name}\b", known)] == []


def test_only_tests_of_facts_read_the_town_of_this_repository() -> None:
    """Editing its data or prose then breaks nothing else: all other tests take frozen examples."""
    own = re.compile(
        r"from folders import [^\n]*\bTOWN\b|PROGRAM / \"(?:data|book|ausgaben|_toc\.yml|_config\.yml)"
    )
    readers = {
        path.relative_to(PROGRAM / "tests").as_posix()
        for path in (PROGRAM / "tests").rglob("*.py")
        if "examples" not in path.parts and own.search(path.read_text("utf-8"))
    }
    assert readers - {"folders.py", "unit/test_architecture.py"} == {
        path.relative_to(PROGRAM / "tests").as_posix() for path in (PROGRAM / "tests/facts").glob("test_*.py")
    }
