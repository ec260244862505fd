"""What differs between two states, told in German: tables row by row as after an import, pages sentence by sentence."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from konzept.authors.excel.changes import Change, Row, key_of
from konzept.authors.excel.layout import Cells, Sheet, table_sheets
from konzept.authors.excel.summary import Titles, summary
from konzept.authors.states.saving import asked, names_in, state_named, unsaved
from konzept.data.package import Package
from konzept.data.reading import read_folder

_ALIKE = 0.5
"""Two sentences that share so much are one sentence before and after."""

Content = Callable[[str], str | None]
"""The place of a file in the project → its text in a state; None where it is not there, or is no text."""


def differences(project: Path, key: str | None = None) -> list[str]:
    """Tell what a saved state has changed, or what has changed since the last one.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    key
        The state; None: what is not saved yet.

    Raises
    ------
    NotDone
        There is no such state.
    """
    if key is None:
        files = unsaved(project).files
        before, after = _saved(project, "HEAD"), _present(project)
    else:
        state = state_named(project, key).key
        # Also of the first state, and of one that joins two.
        how = ["--first-parent", "-m", "--root", "--relative", "--name-only", "-z", "--format="]
        files = tuple(names_in(project, ["log", "-1", *how, state]))
        before, after = _saved(project, f"{state}^"), _saved(project, state)
    reading = read_folder(project / "data")
    titles = {"massnahmen": {str(row["id"]): str(row["titel"]) for row in reading.rows.get("massnahmen", ())}}
    sheets = sheets_by_file(reading.package)
    found: list[str] = []
    for file in files:
        if sheet := sheets.get(file):
            found += _of_table(sheet, before(file) or "", after(file) or "", titles)
        else:
            found += _of_file(file, before(file), after(file))
    return found


def _saved(project: Path, state: str) -> Content:
    def content(file: str) -> str | None:
        found = asked(project, "show", f"{state}:./{file}")
        return None if found is None else _text(found)

    return content


def _present(project: Path) -> Content:
    def content(file: str) -> str | None:
        path = project / file
        return _text(path.read_bytes()) if path.is_file() else None

    return content


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _of_file(file: str, before: str | None, after: str | None) -> Iterator[str]:
    if before is None or after is None:
        yield f"{file}: {'neu oder ersetzt' if before is None else 'gelöscht oder ersetzt'}"
    elif PurePosixPath(file).suffix == ".md":
        yield f"{file}:"
        yield from _of_page(before.splitlines(), after.splitlines())
    else:
        yield f"{file}: geändert"


def sheets_by_file(package: Package | None) -> dict[str, Sheet]:
    """Lay out the tables of a project by their place in it."""
    sheets = table_sheets(package) if package else ()
    return {f"data/{package.tables[s.table].file}": s for s in sheets} if package else {}


def _of_table(sheet: Sheet, before: str, after: str, titles: Titles) -> Iterator[str]:
    old, new = _rows(sheet, before), _rows(sheet, after)
    rows = [
        Row.known(0, old[key], cells) if key in old else Row(cells, None, None) for key, cells in new.items()
    ]
    removed = [cells for key, cells in old.items() if key not in new]
    change = Change(sheet, rows, removed)
    if change:
        yield from summary([change], titles, everything=True)
    else:
        yield f"{sheet.title}: Reihenfolge oder Schreibweise"


def _rows(sheet: Sheet, text: str) -> dict[tuple[str, ...], Cells]:
    """Read a table by its keys, in the columns of today."""
    found: dict[tuple[str, ...], Cells] = {}
    for record in csv.DictReader(io.StringIO(text, newline=""), delimiter=";", restval=""):
        cells = {field.name: (record.get(field.name) or "").strip() for field in sheet.fields}
        found[key_of(sheet, cells)] = cells
    return found


def _of_page(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Tell which sentences came, went or were changed; a sentence is a line."""
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        new = [line for line in after[j1:j2] if line.strip()]
        for old in (line for line in before[i1:i2] if line.strip()):
            like = difflib.get_close_matches(old, new, 1, _ALIKE)
            if like:
                new.remove(like[0])
                yield f"  geändert: „{old.strip()}“ → „{like[0].strip()}“"
            else:
                yield f"  entfallen: „{old.strip()}“"
        yield from (f"  neu: „{line.strip()}“" for line in new)
