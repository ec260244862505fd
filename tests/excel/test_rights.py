"""Files that may not be read or written: a sentence, and everything stays as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from konzept.authors.excel import export_workbook
from konzept.data.problems import DataProblems
from workbooks import cell, contents, edit, import_workbook

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights work in another way there")

NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[None]:
    """Be nobody for a while: the administrator may do everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def shared(few_data: Path, exported: Path) -> Iterator[Path]:
    """Data and a changed workbook where everybody may look, and nobody may write."""
    parent = Path(tempfile.mkdtemp())
    shutil.copytree(few_data, parent / "data")
    path = Path(shutil.copy(exported, parent / "konzept.xlsx"))
    edit(
        path,
        lambda book: setattr(
            cell(book, "Maßnahmen", "m-bildung-bibliothek", "Zielgruppe"), "value", "Kinder"
        ),
    )
    parent.chmod(0o555)
    (parent / "data").chmod(0o555)
    yield parent
    parent.chmod(0o755)
    (parent / "data").chmod(0o755)
    shutil.rmtree(parent)


def refused(parent: Path, action: str) -> list[str]:
    path, folder = parent / "konzept.xlsx", parent / "data"
    before = contents(folder), sorted(parent.iterdir())
    with pytest.raises(DataProblems) as caught, without_rights():
        (import_workbook if action == "import" else export_workbook)(path, folder)
    assert (contents(folder), sorted(parent.iterdir())) == before
    return [str(problem) for problem in caught.value.problems]


def test_data_that_may_not_be_written(shared: Path) -> None:
    assert refused(shared, "import") == [
        "data: In den Ordner „data“ lässt sich nicht schreiben; geändert ist nichts. Prüfen Sie Ihre Rechte und den freien Platz."
    ]


def test_a_workbook_that_may_not_be_read(shared: Path) -> None:
    (shared / "konzept.xlsx").chmod(0o000)
    try:
        assert refused(shared, "import") == [
            "konzept.xlsx: Die Datei lässt sich nicht lesen. "
            "Schließen Sie sie in Excel, oder prüfen Sie, ob Sie sie öffnen dürfen."
        ]
    finally:
        (shared / "konzept.xlsx").chmod(0o644)


def test_a_workbook_that_may_not_be_written(shared: Path) -> None:
    parent = shared
    parent.chmod(0o755)
    (parent / "konzept.xlsx").unlink()
    parent.chmod(0o555)
    assert refused(parent, "export") == [
        "konzept.xlsx: Die Datei lässt sich nicht schreiben. "
        "Schließen Sie sie, wenn sie geöffnet ist, oder wählen Sie einen anderen Ort."
    ]
