"""`konzept bericht`: runs the report's notebook on two states, and prints it by the book's own elements.

papermill runs the template; the author's words take their places in it; one Sphinx of its own makes page and PDF of the
result.  Nothing is published before both are whole.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from konzept.authors.messages import in_german
from konzept.concept.comparing import Comparison, compare
from konzept.concept.states import read_state, state_of
from konzept.data.files import whole
from konzept.data.problems import DataProblems, Problem
from konzept.data.reading import read_folder
from konzept.paper import assessments
from konzept.publishing.building import BuildFailed, Tell
from konzept.publishing.locking import alone
from konzept.site.kernels import quiet_kernels
from konzept.site.papers import Paper
from konzept.words import german

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
        day = german.last_day(wanted.until) if wanted.until else None
    except ValueError as error:
        raise DataProblems([Problem("--bis", None, None, str(error))]) from None
    after = state_of(reading, day)
    comparison = compare(read_state(wanted.since, reading), after)
    if comparison.before.day == comparison.after.day and not comparison.changes:
        message = f"Beide Stände sind derselbe ({german.date(comparison.after.day)}); zu berichten ist nichts. Nennen Sie einen früheren mit „--seit“."
        raise DataProblems([Problem(wanted.since, None, None, message)])
    return comparison


def write_report(project: Path, data: Path, wanted: Wanted, tell: Tell) -> list[Path]:
    """Write the report as page and PDF.

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
        Page, PDF, and the file for the author's words.

    Raises
    ------
    DataProblems
        The states cannot be compared, or the author's words have no place; nothing was written.
    BuildFailed
        The report could not be made; the last good one stays.
    """
    comparison = compared(data, wanted)
    day = comparison.after.day.isoformat()
    name = Paper(report=day).file.removesuffix(".pdf")
    notebook = _notebook(changed=bool(comparison.changes))
    parts = _parts(notebook)
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
        _print(project, data, work, name, day, lock)
        _publish(work, target, name)
    # The file is there for whoever writes; it holds nothing of the report.
    assessments.prepare(own, parts)
    return [target / f"{name}.html", target / f"{name}.pdf", own]


def _notebook(*, changed: bool) -> nbformat.NotebookNode:
    """Read the template, without the cells that are for the other case."""
    import jupytext  # type: ignore[import-untyped]

    notebook: nbformat.NotebookNode = jupytext.read(TEMPLATE)
    other = _UNCHANGED if changed else _CHANGED
    notebook.cells = [cell for cell in notebook.cells if other not in cell.metadata.get("tags", ())]
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"zelle-{number}"  # jupytext gives random ones
    return notebook


def _parts(notebook: nbformat.NotebookNode) -> list[str]:
    """Name the report's parts by their headings."""
    return [part for cell in notebook.cells if (part := _heading(cell))]


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
    _call(command, project, work, {}, lock, [filled])
    ran: nbformat.NotebookNode = nbformat.read(filled, as_version=4)  # type: ignore[no-untyped-call]
    return ran


def _call(
    command: Sequence[str],
    project: Path,
    work: Path,
    environment: Mapping[str, str],
    lock: Sequence[int],
    made: Sequence[Path],
) -> None:
    """Run a Python program of its own; what it does not make is told in German.

    Raises
    ------
    BuildFailed
        It failed, or left something out.
    """
    log = work / "bericht.log"
    paths = [str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    common = {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    with log.open("w", encoding="utf-8") as file:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=project,
            env={**os.environ, **common, **environment},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            pass_fds=lock,
            check=False,
        )
    if done.returncode or not all(path.is_file() for path in made):
        where = f"Das ganze Protokoll steht in {log.relative_to(project)}."
        raise BuildFailed([*in_german(log.read_text("utf-8"), work / "quelle"), where])


def _put_words(notebook: nbformat.NotebookNode, words: Mapping[str, str]) -> None:
    """Put the author's words behind the parts that they are about; a part of nothing else says that they are to come."""
    sections: list[list[nbformat.NotebookNode]] = [[]]
    for cell in notebook.cells:
        if _heading(cell):
            sections.append([])
        sections[-1].append(cell)
    cells = []
    for number, section in enumerate(sections):
        cells += section
        part = _heading(section[0]) if section else ""
        if said := words.get(part, _TO_COME if part and len(section) == 1 else ""):
            cells.append(nbformat.v4.new_markdown_cell(said, id=f"worte-{number}"))  # type: ignore[no-untyped-call]
    notebook["cells"] = cells


def _heading(cell: nbformat.NotebookNode) -> str:
    """Give the part that a cell begins, if it begins one."""
    is_one = cell.cell_type == "markdown" and cell.source.startswith("## ")
    return str(cell.source.removeprefix("## ")) if is_one else ""


def _source(project: Path, work: Path, name: str) -> Path:
    """Make a folder like the project's, with one page."""
    source = work / "quelle"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    for part in ("book", "node_modules"):
        (source / part).symlink_to(project / part, target_is_directory=True)
    (source / "inhalt.yml").write_text(f"format: jb-book\nroot: {name}\n", "utf-8")
    return source


def _print(project: Path, data: Path, work: Path, name: str, day: str, lock: Sequence[int]) -> None:
    """Make page and PDF."""
    environment = {"KONZEPT_DATA": str(data.resolve()), **Paper(report=day).environment()}
    environment["SOURCE_DATE_EPOCH"] = os.environ.get("SOURCE_DATE_EPOCH", "0")
    made = [work / "html" / f"{name}.html", work / "pdf" / f"{name}.pdf"]
    for folder in ("html", "pdf"):
        # What an earlier program left there belongs to no report of this one.
        shutil.rmtree(work / folder, ignore_errors=True)
    _call(
        ["-m", "konzept.paper.report", str(project), str(work), name], project, work, environment, lock, made
    )


def _publish(work: Path, target: Path, name: str) -> None:
    """Put what the page needs beside it, then page and PDF."""
    shutil.copytree(work / "html" / "_static", target / "_static", dirs_exist_ok=True)
    files = (f"html/{name}.html", f"pdf/{name}.pdf")
    for path in (work / file for file in files):
        with whole(target / path.name) as waiting:
            shutil.copy2(path, waiting)
