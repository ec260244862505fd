"""The own states and the common one become one, by table cell and by sentence; who meant which is asked, not guessed.

The common state lies in git's remote repository.  What only one side has changed is taken; where both have changed the
same otherwise, nothing happens until one of the two is chosen.  The joined state comes into the folder as a whole.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from konzept.authors.check import check_project
from konzept.authors.excel.changes import key_of, value_shown
from konzept.authors.excel.layout import Sheet
from konzept.authors.states.differences import sheets_by_file
from konzept.authors.states.saving import (
    SavedState,
    asked,
    names_in,
    run_git,
    saved_states,
    told_in_german,
    unsaved,
    user_of,
)
from konzept.data.csv_file import CsvFile, Record, parsed, written
from konzept.data.problems import NotDone
from konzept.data.reading import read_folder
from konzept.data.repository import GitFailed, git

MINE, OTHER = "meine", "andere"
_MARK = 40
"""So long are the marks around what git could not merge; no text holds such."""
_ATTEMPTS = 5
"""So often others may be quicker."""
_MESSAGE = "Mit dem gemeinsamen Stand zusammengeführt"

Choices = Mapping[str, str]
"""Key of a conflict → which side holds."""


@dataclass(frozen=True)
class Conflict:
    """Something that both sides have changed, and not to the same."""

    file: str
    place: str
    mine: str
    other: str

    @property
    def key(self) -> str:
        """Name it, as long as both sides stay what they are."""
        text = "\0".join((self.file, self.place, self.mine, self.other))
        return hashlib.sha256(text.encode()).hexdigest()[:6]

    def __str__(self) -> str:
        return (
            f"{self.key}  {self.file}, {self.place}: bei Ihnen {self.mine}, im gemeinsamen Stand {self.other}"
        )


@dataclass
class _Merge:
    """The choices that were made, and the conflicts for which there is none."""

    choices: Choices
    open: list[Conflict] = field(default_factory=list)

    def takes_other(self, conflict: Conflict) -> bool:
        """Whether the other side holds; where nobody has chosen, it does not matter."""
        if conflict.key not in self.choices:
            self.open.append(conflict)
        return self.choices.get(conflict.key) == OTHER


def fetch_common(project: Path, choices: Choices | None = None) -> tuple[SavedState | None, list[Conflict]]:
    """Take into the folder what others have given to the common state.

    Parameters
    ----------
    project
        The folder of `_config.yml`; all of it has been saved.
    choices
        Which side holds where both have changed the same.

    Returns
    -------
    SavedState and list of Conflict
        The joined state, None if there was nothing to take; and what must be chosen first: then nothing was changed.

    Raises
    ------
    NotDone
        Something is not saved, or there is no common state.
    """
    if unsaved(project).files:
        raise NotDone("Sichern Sie zuerst Ihren Stand; dann geht nichts verloren.")
    common = _common(project)
    run_git(project, ["fetch", "--quiet", common.partition("/")[0]])
    if _is_ancestor(project, common, "HEAD"):
        return None, []
    joined = common
    if not _is_ancestor(project, "HEAD", common):
        merge = _Merge(choices or {})
        contents = dict(_merged(project, common, merge))
        if merge.open:
            return None, merge.open
        joined = _joined(project, common, contents)
    # The joined state is made beside the folder and then taken as a whole: whoever is interrupted has one or the other.
    run_git(project, ["merge", "--quiet", "--ff-only", joined])
    return saved_states(project, 1)[0], []


def give_to_common(project: Path, choices: Choices | None = None) -> tuple[SavedState | None, list[Conflict]]:
    """Give the saved states to the common one, joined with what others gave.

    Returns
    -------
    SavedState and list of Conflict
        The common state, None if it has all already; and what must be chosen first: then nothing was given.

    Raises
    ------
    NotDone
        Something is not saved, a check finds problems, or others are quicker each time.
    """
    for _ in range(_ATTEMPTS):
        _, conflicts = fetch_common(project, choices)
        if conflicts:
            return None, conflicts
        common = _common(project)
        if _is_ancestor(project, "HEAD", common):
            return None, []
        if problems := check_project(project / "data", project / "book"):
            raise NotDone(
                "\n".join(
                    [
                        *map(str, problems),
                        "So kommt Ihr Stand nicht in den gemeinsamen. Beheben Sie erst die Fehler.",
                    ]
                )
            )
        remote, _, branch = common.partition("/")
        try:
            git(project, ["push", "--quiet", remote, f"HEAD:refs/heads/{branch}"])
        except GitFailed as error:
            if "rejected" not in str(error) and "cannot lock ref" not in str(error):
                raise NotDone(told_in_german(str(error))) from None
        else:
            return saved_states(project, 1)[0], []
    raise NotDone("Andere geben gerade auch ab. Versuchen Sie es in einer Minute noch einmal.")


def has_common(project: Path) -> bool:
    """Whether the folder belongs to a common state."""
    try:
        return bool(_common(project))
    except NotDone:
        return False


def _common(project: Path) -> str:
    """Name the common state as git does."""
    for name in ("@{upstream}", "origin/HEAD"):
        if found := asked(project, "rev-parse", "--abbrev-ref", name):
            return found.decode().strip()
    raise NotDone("Einen gemeinsamen Stand gibt es für diesen Ordner nicht. Ihre Technik richtet ihn ein.")


def _is_ancestor(project: Path, earlier: str, later: str) -> bool:
    return asked(project, "merge-base", "--is-ancestor", earlier, later) is not None


def _merged(project: Path, common: str, merge: _Merge) -> Iterator[tuple[str, bytes | None]]:
    """Give the new content of each file that others have changed; None where it is gone."""
    base = run_git(project, ["merge-base", "HEAD", common]).decode().strip()
    names = names_in(
        project, ["diff", "--name-only", "--no-renames", "-z", "--relative", base, common, "--", "."]
    )
    sheets = sheets_by_file(read_folder(project / "data").package)
    for file in sorted(names):
        old, mine, other = (asked(project, "show", f"{state}:./{file}") for state in (base, "HEAD", common))
        if mine == other:
            continue
        if mine == old:
            yield file, other
        elif old is None or mine is None or other is None:
            whole = Conflict(file, "ganze Datei", _what(mine), _what(other))
            yield file, other if merge.takes_other(whole) else mine
        else:
            sheet = sheets.get(file)
            table = _table(file, sheet, old, mine, other, merge) if sheet else None
            yield file, _text(project, file, (old, mine, other), merge) if table is None else table


def _what(content: bytes | None) -> str:
    return "gelöscht" if content is None else "geändert oder neu"


# Tables


def _table(file: str, sheet: Sheet, old: bytes, mine: bytes, other: bytes, merge: _Merge) -> bytes | None:
    """Merge a table cell by cell; None where a side has other columns or a key twice, and lines must do."""
    try:
        tables = [parsed(content.decode("utf-8")) for content in (old, mine, other)]
    except (UnicodeDecodeError, ValueError):
        return None
    rows = [_by_key(sheet, table) for table in tables]
    if len({table.columns for table in tables}) > 1 or any(
        len(found) < len(table.records) for found, table in zip(rows, tables, strict=True)
    ):
        return None
    base, here, there = rows
    result = [
        _row(file, sheet, key, (base.get(key), here.get(key), there.get(key)), merge)
        for key in _order(list(here), list(there))
    ]
    return written(tables[1], [row for row in result if row is not None])[0].encode()


def _by_key(sheet: Sheet, table: CsvFile) -> dict[tuple[str, ...], Record]:
    if not set(sheet.key) <= set(table.columns):
        return {}
    return {key_of(sheet, record.cells): record for record in table.records}


def _order(here: list[tuple[str, ...]], there: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put rows that only the other side has behind the row that stands before them there."""
    result, known = list(here), set(here)
    last: tuple[str, ...] | None = None
    for key in there:
        if key not in known:
            result.insert(result.index(last) + 1 if last is not None else 0, key)
            known.add(key)
        last = key
    return result


def _row(
    file: str,
    sheet: Sheet,
    key: tuple[str, ...],
    versions: tuple[Record | None, Record | None, Record | None],
    merge: _Merge,
) -> Record | Mapping[str, str] | None:
    _, mine, other = versions
    before, here, there = (record.cells if record else None for record in versions)
    if there in (here, before):
        return mine
    if here == before:
        return other
    name = " + ".join(key)
    if here is None or there is None:
        texts = ["gelöscht" if cells is None else "geändert" for cells in (here, there)]
        return other if merge.takes_other(Conflict(file, f"Zeile „{name}“", *texts)) else mine
    cells = dict(here)
    for column, text in there.items():
        was = before[column] if before else None
        if text in (here[column], was):
            continue
        shown = [value_shown(sheet.field(column), each) for each in (here[column], text)]
        place = f"Zeile „{name}“, Spalte „{sheet.field(column).heading}“"
        if here[column] == was or merge.takes_other(Conflict(file, place, *shown)):
            cells[column] = text
    return cells


# Pages and all else


def _text(project: Path, file: str, versions: tuple[bytes, bytes, bytes], merge: _Merge) -> bytes:
    """Merge line by line: on a page, a line is a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("alt", "hier", "dort")]
        for path, content in zip(paths, versions, strict=True):
            path.write_bytes(content)
        old, mine, other = map(str, paths)
        # Marks and counts of conflicts come together; a binary file is refused.
        command = ["merge-file", "-p", f"--marker-size={_MARK}", mine, old, other]
        try:
            merged = git(project, command, fails_at=255)
        except GitFailed:
            whole = Conflict(file, "ganze Datei", "geändert", "anders geändert")
            return versions[2] if merge.takes_other(whole) else versions[1]
    parts = re.split(rb"^<{%d} .*\n" % _MARK, merged, flags=re.MULTILINE)
    result = parts[0]
    for part in parts[1:]:
        conflict, _, rest = re.split(rb"(^>{%d} .*\n?)" % _MARK, part, maxsplit=1, flags=re.MULTILINE)
        here, there = re.split(rb"^={%d}\r?\n" % _MARK, conflict, maxsplit=1, flags=re.MULTILINE)
        place = f"Zeile {result.count(bytes([10])) + 1}"
        found = Conflict(file, place, _shown(here), _shown(there))
        result += (there if merge.takes_other(found) else here) + rest
    return result


def _shown(lines: bytes) -> str:
    text = " ".join(lines.decode("utf-8", "replace").split())
    return f"„{text}“" if text else "nichts"


# The joined state


def _joined(project: Path, common: str, contents: Mapping[str, bytes | None]) -> str:
    """Make the state that has both sides before it; nothing in the folder changes."""
    prefix = run_git(project, ["rev-parse", "--show-prefix"]).decode().strip()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        run_git(project, ["read-tree", "HEAD"], index=index)
        for file, content in contents.items():
            place = str(PurePosixPath(prefix, file))
            if content is None:
                run_git(project, ["update-index", "--force-remove", "--", file], index=index)
            else:
                blob = run_git(project, ["hash-object", "-w", "--stdin"], given=content).decode().strip()
                run_git(
                    project, ["update-index", "--add", "--cacheinfo", f"100644,{blob},{place}"], index=index
                )
        tree = run_git(project, ["write-tree"], index=index).decode().strip()
    words = ["commit-tree", tree, "-p", "HEAD", "-p", common, "-m", _MESSAGE]
    return run_git(project, words, user=user_of(project)).decode().strip()
