"""What is checked in the book's pages: that they can be read and run, ask for what the data know, cite what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from konzept.authors.chapters.code import NUMBERS, cell_problems
from konzept.authors.chapters.linked import target_problems
from konzept.authors.chapters.literal import literal_problems
from konzept.authors.chapters.pages import Cell, Page, read_file
from konzept.authors.chapters.shared import shared_problems
from konzept.concept.known import APPROVALS
from konzept.data.package import own_files
from konzept.data.problems import Problem, suggestion
from konzept.data.reading import Reading, place

_ASKED = {
    "handlungsfelder": (
        re.compile(r"""(?:\.field|\bkapitel)\(\s*["']([^"']*)["']\s*\)"""),
        "Das Handlungsfeld",
    ),
    "indikatoren": (
        re.compile(r"""\.(?:indicator|target)_chart\(\s*["']([^"']*)["']\s*\)"""),
        "Den Indikator",
    ),
    "ereignisse": (re.compile(r"""\.survey_chart\(\s*["']([^"']*)["']"""), "Die Umfrage"),
}
_REMEDY = "ohne sie läuft keine Zelle. Übernehmen Sie den Kopf von einem anderen Kapitel."
_HEADER = {
    ("jupytext", "text_representation", "format_name"): "myst",
    ("kernelspec", "name"): "python3",
}
"""What Jupyter looks for in a page's header."""
_CITED = {"dokumente": (re.compile(r"\{quelle\}`([^`;]*)"), "Die Quelle")}


def check_chapters(reading: Reading, book: Path) -> list[Problem]:
    """Check that pages can be read and run, ask for what the data know, and cite sources that exist."""
    tables = [reading.package.folder / name for name in own_files(reading.package)] if reading.package else []
    problems: list[Problem] = []
    for path in pages_of(book):
        file = f"{book.name}/{path.relative_to(book).as_posix()}"
        page = read_file(file, path)
        problems += page.problems
        if not page.text:
            continue
        problems += shared_problems(file, page.text)
        problems += [problem for problem in literal_problems(page) if not problem.hint]
        problems += target_problems(page, path, book.parent, tables)
        if path.parent.name == "chapters" or page.cells:
            problems += _check_header(page)
        if path.parent.name == "chapters":
            problems += _check_parameters(page)
            problems += _unknown_keys(reading, page.text, file, _ASKED)
            problems += _unknown_numbers(page)
        problems += cell_problems(file, page.cells, reading.package)
        problems += _unknown_keys(reading, page.text, file, _CITED)
    return [*problems, *_approved_without_chapter(reading, book)]


def check_cell(reading: Reading, code: str, kinds: Mapping[str, str]) -> list[Problem]:
    """Check a single cell of a notebook in which others have run.

    Parameters
    ----------
    reading
        The data.
    code
        The cell.
    kinds
        Which names are the book or a chapter by now.
    """
    problems = cell_problems("", [Cell(1, code)], reading.package, kinds)
    return sorted([*problems, *_unknown_keys(reading, code, "", _ASKED)], key=lambda p: p.line or 0)


def hints_in_pages(book: Path) -> list[Problem]:
    """Find what may be meant as it stands in the pages, and perhaps not."""
    files = [(path, f"{book.name}/{path.relative_to(book).as_posix()}") for path in pages_of(book)]
    pages = [read_file(file, path) for path, file in files]
    return [hint for page in pages for hint in (*literal_problems(page), *_charts(page)) if hint.hint]


def _charts(page: Page) -> Iterator[Problem]:
    """Find a second chart: a page shows the one indicator that tells most."""
    lines = [
        cell.line + cell.code.count("\n", 0, match.start())
        for cell in page.cells
        for match in re.finditer(r"\.(?:telling|indicator)_chart\(", cell.code)
    ]
    for line in lines[1:]:
        message = f"Schon Zeile {lines[0]} zeigt das Diagramm eines Indikators. Nehmen Sie eines heraus."
        yield Problem(page.file, line, None, message, hint=True)


def pages_of(book: Path) -> list[Path]:
    """List the book's pages, without the copies that editors keep in hidden folders, words for reports, and other languages."""
    names = {path: path.relative_to(book).as_posix() for path in book.rglob("*.md")}
    return sorted(
        p
        for p, name in names.items()
        if "/." not in f"/{name}" and not name.startswith(("berichte/", "sprachen/"))
    )


def names_of_pages(book: Path) -> list[str]:
    """Name the book's pages as the contents do."""
    return [path.relative_to(book.parent).with_suffix("").as_posix() for path in pages_of(book)]


def _approved_without_chapter(reading: Reading, book: Path) -> Iterator[Problem]:
    """Find approvals of chapters that are not there."""
    if reading.package is None or reading.problems:
        return
    chapters = {path.stem.partition("-")[2] for path in (book / "chapters").glob("*.md")}
    for line, row in zip(reading.lines[APPROVALS], reading.rows[APPROVALS], strict=True):
        if (field := row["handlungsfeld_id"]) not in chapters:
            message = (
                f"Freigegeben ist das Kapitel „{field}“, aber im Buch steht es nicht. "
                f"Holen Sie book/chapters/NN-{field}.md zurück, oder löschen Sie die Zeile."
            )
            yield Problem(place(reading.package, APPROVALS), line, "handlungsfeld_id", message, field)


def _check_header(page: Page) -> list[Problem]:
    """Check that Jupyter takes the page for a notebook and knows how to run it."""
    if page.header is None and page.text.startswith("---\n"):
        return []  # said already
    header = page.header or {}
    messages = []
    for names, expected in _HEADER.items():
        value: object = header
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        if value != expected:
            messages.append(
                f"Im Kopf der Seite fehlt unter „{names[0]}:“ die Angabe „{names[-1]}: {expected}“; {_REMEDY}"
            )
    return [Problem(page.file, 1, None, message) for message in messages]


def _check_parameters(page: Page) -> list[Problem]:
    if re.search(r"^:?tags: \[.*\bparameters\b.*\]$", page.text, re.MULTILINE):
        return []
    message = "Die Zelle mit der Marke „parameters“ fehlt; sie setzt data_dir und stand. Übernehmen Sie sie von einem anderen Kapitel."
    return [Problem(page.file, None, None, message)]


def _unknown_numbers(page: Page) -> list[Problem]:
    """Find numbers in the text that the chapter's data do not give."""
    if any("glue(" in cell.code for cell in page.cells):
        return []  # the page has numbers of its own
    return [
        Problem(
            page.file,
            page.text.count("\n", 0, match.start()) + 1,
            None,
            f"Die Zahl „{match[1]}“ ist in diesem Kapitel nicht bekannt.{suggestion(match[1], NUMBERS)}",
        )
        for match in re.finditer(r"\{(?:zahl|glue:text)\}`([^`]*)`", page.text)
        if match[1] not in NUMBERS
    ]


def _unknown_keys(
    reading: Reading, text: str, file: str, known: Mapping[str, tuple[re.Pattern[str], str]]
) -> list[Problem]:
    """Find keys in a text that the data do not have."""
    problems = []
    for table, (pattern, what) in known.items():
        if table not in reading.rows:
            continue
        ids = reading.keys(table)
        for match in pattern.finditer(text):
            if match[1].strip() not in ids:
                line = text.count("\n", 0, match.start()) + 1
                message = f"{what} „{match[1]}“ gibt es in den Daten nicht.{suggestion(match[1], ids)}"
                problems.append(Problem(file, line, None, message, match[1]))
    return problems
