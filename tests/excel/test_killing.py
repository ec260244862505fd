"""An import that is killed leaves old or new data, whole, to whoever reads next."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from folders import PROGRAM, rows, write
from konzept import open_concept
from konzept.cli import check
from konzept.data.problems import DataProblems
from konzept.data.reading import read_folder
from konzept.data.saving import JOURNAL, complete, save, state
from workbooks import append, contents, edit, import_workbook

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows starts programs in another way")


@pytest.fixture
def five_tables(workbook: Path) -> Path:
    """A workbook whose import changes five files."""

    def change(book) -> None:
        append(
            book,
            "Neue Maßnahme",
            Titel="Lesepaten",
            Handlungsfeld="bildung",
            Ziel="z-bildung-schuleingang",
            Beleg_für_das_Ziel="abgeleitet",
            Status="Idee",
            Status_seit="01.12.2025",
            Federführung="a-mut",
            Kosten_in_Euro=100,
            Art_der_Kosten="jährlich",
            Genauigkeit_der_Kosten="genau",
            Haushaltsstand="angemeldet",
            Quelle="d-lehrte-integrationskonzept",
            Fundstelle="Seite 1",
        )

    return edit(workbook, change)


FIVE = {"massnahmen.csv", "massnahme_bezuege.csv", "statusverlauf.csv", "zustaendigkeiten.csv", "kosten.csv"}


def seen(folder: Path) -> dict[str, bytes]:
    """Read a folder as the program does, then its files; nothing else may be left in it."""
    complete(folder)
    assert read_folder(folder).problems == ()
    found = contents(folder)
    return {name: content for name, content in found.items() if not name.startswith(".import-")}


def killed_at(step: int, folder: Path, new: dict[str, bytes]) -> bool:
    """Save in a process that kills itself before its n-th touch of the file system; False when it got through."""
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        left = step

        def count(event: str, arguments: tuple) -> None:
            nonlocal left
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.listdir"):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            save(folder, new, state(folder))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@needs_fork
def test_killed_at_every_touch_of_the_file_system(few_data: Path, tmp_path: Path, five_tables: Path) -> None:
    old = contents(few_data)
    done = Path(shutil.copytree(few_data, tmp_path / "fertig" / "data"))
    import_workbook(five_tables, done)
    new = contents(done)
    changed = {name: new[name] for name in new if new[name] != old[name]}
    assert set(changed) == FIVE
    outcomes = []
    for step in range(1, 200):
        folder = Path(shutil.copytree(few_data, tmp_path / str(step) / "data"))
        if not killed_at(step, folder, changed):
            break
        # Plain files may be half exchanged now; a reader may not notice.
        after = seen(folder)
        assert after in (old, new), step
        outcomes.append(after == new)
    # Every file is written, moved into place, and the journal is made and removed: many moments were met.
    assert len(outcomes) > 3 * len(FIVE)
    # First all old, then all new: there is one moment at which the change happens.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


@needs_fork
def test_the_program_killed_at_several_times(few_data: Path, tmp_path: Path, five_tables: Path) -> None:
    old = contents(few_data)
    done = Path(shutil.copytree(few_data, tmp_path / "fertig" / "data"))
    command = [sys.executable, "-m", "konzept", "excel", "import", str(five_tables), "--data"]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM / "scripts")}
    start = time.monotonic()
    subprocess.run([*command, str(done)], env=environment, check=True, capture_output=True)
    whole = time.monotonic() - start
    new = contents(done)
    for n, part in enumerate((0.3, 0.8, 0.9, 0.96, 1.0)):
        folder = Path(shutil.copytree(few_data, tmp_path / str(n) / "data"))
        with subprocess.Popen(
            [*command, str(folder)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(whole * part)
            process.kill()
        assert seen(folder) in (old, new)


def test_programs_complete_a_saved_change_and_readers_write_nothing(folder: Path) -> None:
    name = "ziele.csv"
    old = (folder / name).read_bytes()
    content = old.replace(b"Schuleingangsuntersuchung", b"Einschulung")
    for begin in (open_concept, lambda data: check.main(["--data", data], standalone_mode=False)):
        (folder / name).write_bytes(old)
        (folder / JOURNAL).mkdir()
        (folder / JOURNAL / name).write_bytes(content)
        # A mix of old and new is refused, and left as it is.
        assert [p.message for p in read_folder(folder).problems] == [
            "Ein Import ist nicht abgeschlossen, weil sich eine Tabelle nicht ersetzen lässt. "
            "Schließen Sie sie in anderen Programmen."
        ]
        assert (folder / JOURNAL / name).exists()
        with suppress(SystemExit):
            begin(str(folder))
        assert (folder / name).read_bytes() == content
        assert not (folder / JOURNAL).exists()


def test_a_change_meanwhile_is_not_overwritten(folder: Path) -> None:
    expected = state(folder)
    write(folder, "ziele", rows(folder, "ziele")[:3])
    before = contents(folder)
    with pytest.raises(DataProblems, match="währenddessen"):
        save(folder, {"kosten.csv": b"x"}, expected)
    assert contents(folder) == before
