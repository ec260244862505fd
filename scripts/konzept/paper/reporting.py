"""`konzept bericht`: runs the report's notebook on two states, and prints it by the book's own elements.

papermill runs the template; the author's words take their places in it; one Sphinx of its own makes page, PDF and Word document
of the result.  Nothing is published before all are whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import yaml

from konzept.concept.comparing import Comparison, compare
from konzept.concept.states import read_state, state_of
from konzept.data.files import whole
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import read_folder
from konzept.paper import assessments
from konzept.publishing.building import Tell, run_book, run_python
from konzept.publishing.locking import alone
from konzept.site.kernels import quiet_kernels
from konzept.site.papers import Paper
from konzept.words import german, official

TEMPLATE = Path(__file__).with_name("sachstandsbericht.md")
OUT = "bericht"
"""Below `_build/`: where the reports lie."""
_WORK = ".konzept"
_CHANGED, _UNCHANGED = "geaendert", "unveraendert"
"""Tags of cells: there only if something has changed, or only if not."""


_TO_COME = "Noch nicht eingetragen."


@dataclass(frozen=True)
class Wanted:
    """What a report is asked for."""

    since: str
    """The earlier state: a day, a printed PDF or a data folder."""
    until: str = ""
    """The day of the later state; empty takes the data's Stand."""
    number: str = ""
    committee: str = ""
    meeting: str = ""
    public: str = ""


def compared(data: Path, wanted: Wanted) -> Comparison:
    """Compare the two states.

    Raises
    ------
    DataProblems
        They cannot be compared, or are one and the same.
    """
    reading = read_folder(data)
    try:
        day = official.last_day(wanted.until) if wanted.until else None
    except ValueError as error:
        raise DataProblems([Problem("--bis", None, None, str(error))]) from None
    after = state_of(reading, day)
    comparison = compare(read_state(wanted.since, reading), after)
    if comparison.before.day == comparison.after.day and not comparison.changes:
        message = f"Beide Stände sind derselbe ({german.date(comparison.after.day)}); zu berichten ist nichts. Nennen Sie einen früheren mit „--seit“."
        raise DataProblems([Problem(wanted.since, None, None, message)])
    return comparison


def write_report(project: Path, data: Path, wanted: Wanted, tell: Tell) -> list[Path]:
    """Write the report as page, PDF and Word document.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    data
        The data folder; it has been checked.
    wanted
        The two states, and the head of the council paper.
    tell
        Takes lines of progress.

    Returns
    -------
    list of Path
        Page, PDF, Word document, and the file for the author's words.

    Raises
    ------
    DataProblems
        The states cannot be compared, or the author's words have no place; nothing was written.
    BuildFailed
        The report could not be made; the last good one stays.
    """
    comparison = compared(data, wanted)
    day = comparison.after.day.isoformat()
    name = Paper(report=day).file(comparison.after.package).removesuffix(".pdf")
    notebook = _notebook(changed=bool(comparison.changes))
    parts = [part for cell in notebook.cells if (part := _heading(cell))]
    own = project / "book" / assessments.FOLDER / f"{day}.md"
    words = assessments.read(own, parts)
    target = project / "_build" / OUT
    work = target / _WORK
    with alone(work, tell) as lock:
        tell("Stände vergleichen")
        notebook = _run(project, work, notebook, data, wanted, lock)
        _put_words(notebook, words)
        source = _source(project, work, name)
        nbformat.write(notebook, source / f"{name}.ipynb")  # type: ignore[no-untyped-call]
        tell("Seite und PDF setzen")
        _print(project, source, data, work, day, name, lock)
        _publish(work, target, name)
    # The file is there for whoever writes; it holds nothing of the report.
    assessments.prepare(own, parts)
    return [*(target / f"{name}.{ending}" for ending in ("html", "pdf", "docx")), own]


def _notebook(*, changed: bool) -> nbformat.NotebookNode:
    """Read the template, without the cells that are for the other case."""
    import jupytext  # type: ignore[import-untyped]

    notebook: nbformat.NotebookNode = jupytext.read(TEMPLATE)
    other = _UNCHANGED if changed else _CHANGED
    notebook.cells = [cell for cell in notebook.cells if other not in cell.metadata.get("tags", ())]
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"zelle-{number}"  # jupytext gives random ones
    return notebook


def _run(
    project: Path,
    work: Path,
    notebook: nbformat.NotebookNode,
    data: Path,
    wanted: Wanted,
    lock: Sequence[int],
) -> nbformat.NotebookNode:
    """Run the notebook with the two states."""
    quiet_kernels(work / ".ipython")
    given = Path(wanted.since)
    parameters = {
        "data_dir": str(data.resolve()),
        "seit": str(given.resolve()) if given.exists() else wanted.since,
        "bis": wanted.until or None,
        "vorlage": wanted.number,
        "gremium": wanted.committee,
        "sitzung": wanted.meeting,
        "oeffentlich": wanted.public,
    }
    blank, filled, given_ = work / "vorlage.ipynb", work / "gerechnet.ipynb", work / "angaben.yml"
    filled.unlink(missing_ok=True)
    nbformat.write(notebook, blank)  # type: ignore[no-untyped-call]
    given_.write_text(json.dumps(parameters), "utf-8")  # JSON is YAML
    command = [
        "-m",
        "papermill",
        str(blank),
        str(filled),
        "-f",
        str(given_),
        "-k",
        "python3",
        "--no-progress-bar",
    ]
    run_python(command, project, work / "quelle", filled, work / "bericht.log", os.environ, _quietly, lock)
    ran: nbformat.NotebookNode = nbformat.read(filled, as_version=4)  # type: ignore[no-untyped-call]
    return ran


def _put_words(notebook: nbformat.NotebookNode, words: Mapping[str, str]) -> None:
    """Put the author's words behind the parts that they are about; a part of nothing else says that they are to come."""
    cells = notebook.cells
    heads = [number for number, cell in enumerate(cells) if _heading(cell)]
    # From the end to the beginning, so that places found before stay right.
    for number, (start, end) in reversed([*enumerate(pairwise([*heads, len(cells)]), 1)]):
        said = words.get(_heading(cells[start]), _TO_COME if end - start == 1 else "")
        if said:
            cells.insert(end, nbformat.v4.new_markdown_cell(said, id=f"worte-{number}"))  # type: ignore[no-untyped-call]


def _heading(cell: nbformat.NotebookNode) -> str:
    """Give the part that a cell begins, if it begins one."""
    is_one = cell.cell_type == "markdown" and cell.source.startswith("## ")
    return str(cell.source.removeprefix("## ")) if is_one else ""


def _source(project: Path, work: Path, name: str) -> Path:
    """Make a folder like the project's, with one page."""
    source = work / "quelle"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    (source / "book").symlink_to(project / "book", target_is_directory=True)
    (source / "_toc.yml").write_text(f"format: jb-book\nroot: {name}\n", "utf-8")
    settings = _settings(yaml.safe_load((project / "_config.yml").read_text("utf-8")))
    (source / "_config.yml").write_text(json.dumps(settings), "utf-8")  # JSON is YAML
    return source


def _settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Take from the book's settings what one page does not need that has run already."""
    settings.setdefault("execute", {})["execute_notebooks"] = "off"
    own = settings["sphinx"]["config"]
    own.pop("konzept_execution", None)
    own["konzept_not_in_print"] = []
    # One page needs no list of pages, and nothing to search them by.
    own["html_sidebars"] = {"**": ["ik-marke.html"]}
    heads = [f"ik-kopf-{name}.html" for name in ("pdf", "vorfuehren", "farbe", "inhalt")]
    own.setdefault("html_theme_options", {})["article_header_end"] = heads
    return settings


def _quietly(line: str) -> None:
    """Take lines of progress and tell nobody: a report is soon made."""


def _print(
    project: Path, source: Path, data: Path, work: Path, day: str, name: str, lock: Sequence[int]
) -> None:
    """Make page, PDF and Word document."""
    paper = Paper(report=day)
    environment = {**os.environ, "KONZEPT_DATA": str(data.resolve()), **paper.environment()}
    environment.setdefault("SOURCE_DATE_EPOCH", "0")
    for folder in ("html", "pdf", "word", ".doctrees"):
        # What an earlier program left there belongs to no report of this one.
        shutil.rmtree(work / "_build" / folder, ignore_errors=True)
    for builder, product in (("html", f"{name}.html"), ("pdf", f"{name}.pdf"), ("word", f"{name}.docx")):
        run_book(builder, product, project, source, work, environment, _quietly, lock)


def _publish(work: Path, target: Path, name: str) -> None:
    """Put what the page needs beside it, then page, PDF and Word document."""
    built = work / "_build"
    shutil.copytree(built / "html" / "_static", target / "_static", dirs_exist_ok=True)
    files = (built / "html" / f"{name}.html", built / "pdf" / f"{name}.pdf", built / "word" / f"{name}.docx")
    for path in files:
        with whole(target / path.name) as waiting:
            shutil.copy2(path, waiting)
