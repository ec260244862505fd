"""Imports go only to the left: words → data → concept → elements → notebook → authors → site → publishing → paper."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from folders import PROJECT

CODE = PROJECT / "scripts" / "konzept"
ROOMS = (
    *("words", "data", "concept", "elements", "notebook"),
    "__init__",  # the words of a chapter; imported, it loads nothing
    *("authors", "site", "publishing", "paper"),
    *("extension", "cli", "__main__"),
)
"""Folders and files of `scripts/konzept`; each imports from those before it."""
NEEDS = {
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
        "def late():\n    from konzept.authors.excel import import_workbook\n    from konzept.data.reading import place\n"
    )
    assert list(imported(code)) == [
        *("os.path", "konzept.words.german", "konzept.words.german", "plotly"),
        *("konzept.authors.excel", "konzept.data.reading"),
    ]
    assert [room(name) for name in ("konzept", "konzept.words.german", "konzept.data.reading")] == [
        *("__init__", "words", "data"),
    ]


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
    described = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    declared = {re.split(r"[^\w-]", line)[0] for line in described["project"]["dependencies"]}
    outside = {name.split(".")[0] for found in imports().values() for name in found}
    outside -= {*sys.stdlib_module_names, "konzept"}
    sources = packages_distributions()
    needed = {sources[name][0].lower().replace("_", "-") for name in outside}
    assert declared == needed | {*RUN, *described["build-system"]["requires"]}
    for package, place in RUN.items():
        assert package in (PROJECT / place).read_text("utf-8"), place


def test_a_room_that_lists_its_modules_lists_them_all() -> None:
    for path in CODE.rglob("__init__.py"):
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        listed = {line.split()[0] for line in text.splitlines() if line.strip() and ".py  " in line}
        if listed:
            assert listed == {p.name for p in path.parent.glob("*.py")} - {"__init__.py"}, path


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_guides_name_files_that_there_are(guide: str) -> None:
    places = (PROJECT, CODE, PROJECT / "book")
    named = re.findall(
        r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|js|css|html|json|csv))`", (PROJECT / guide).read_text("utf-8")
    )
    made = ("_build/", "out/", "data/intern/", "book/berichte/", "ausgaben/")
    named = [name for name in named if "ID" not in name]  # stands for any id
    assert len(named) > 5
    assert [
        name for name in named if not name.startswith(made) and not any((p / name).exists() for p in places)
    ] == []
