"""Cells that fail in JupyterLab: the German sentence in the cell, Python's own words below, and failed all the same."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from folders import PROGRAM, PROJECT
from konzept.authors.notebooks import open_lab
from konzept.data.problems import NotDone
from sentences.cells import IN_LAB, IN_LAB_UNFAILED, OPENED

DETAILS = "<details><summary>Einzelheiten für die Technik</summary><pre>"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """IPython as a kernel of `konzept lab` begins, with a chapter's opening cell run."""
    monkeypatch.setenv("KONZEPT_DATA", str(PROJECT / "data"))
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor")
    shell.extension_manager.load_extension("konzept.authors.lab")
    with capture_output() as shown:
        assert shell.run_cell(OPENED).success
    assert (shown.stdout, shown.outputs) == ("", [])
    yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("mistake", IN_LAB)
def test_a_cell_that_fails(mistake: str, shell: InteractiveShell, data: Path) -> None:
    code, expected = IN_LAB[mistake]
    path = data / "ziele.csv"
    path.write_text(path.read_text("utf-8-sig").replace("entwurf", "entwrf", 1), "utf-8")
    with capture_output() as shown:
        result = shell.run_cell(code.replace("DATEN", repr(str(data))))
    assert not result.success
    assert shown.stdout.replace(f"{data.name}/", "DATEN/").splitlines() == expected
    (details,) = shown.outputs
    assert details.data["text/html"].startswith(DETAILS)
    error = result.error_before_exec or result.error_in_exec
    assert f"{type(error).__name__}: " in details.data["text/plain"]
    assert "IPython" not in details.data["text/plain"]
    assert "<b>" not in details.data["text/html"]


@pytest.mark.parametrize("mistake", IN_LAB_UNFAILED)
def test_a_cell_that_shows_the_wrong(mistake: str, shell: InteractiveShell) -> None:
    code, expected = IN_LAB_UNFAILED[mistake]
    with capture_output() as shown:
        assert shell.run_cell(code).success
    assert shown.outputs[-1].data["text/plain"] == expected


@pytest.mark.parametrize("code", ["field.lead()", "x = 1", "field.themes('schwerpunkt')", "%time 1", "len?"])
def test_nothing_is_said_of_a_sound_cell(code: str, shell: InteractiveShell) -> None:
    with capture_output() as shown:
        assert shell.run_cell(code).success
    assert not [o for o in shown.outputs if re.search("<details|<strong", o.data.get("text/html", ""))]


def test_a_failed_cell_is_one_for_every_program(tmp_path: Path) -> None:
    """A kernel of `make lab` still tells nbclient and papermill that the cell failed."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    client = NotebookClient(
        notebook, km=AsyncKernelManager(), resources={"metadata": {"path": str(tmp_path)}}
    )
    client.extra_arguments = ["--ext=konzept.authors.lab"]
    with pytest.raises(CellExecutionError):
        client.execute()
    failed, details = notebook.cells[0].outputs
    assert (failed.output_type, failed.ename) == ("error", "ZeroDivisionError")
    assert failed.traceback == ["Diese Zelle bricht ab. Sie teilt durch null. Prüfen Sie, ob ein Wert fehlt."]
    assert details.data["text/html"].startswith(DETAILS)
    with pytest.raises(PapermillExecutionError):
        raise_for_execution_errors(notebook, str(tmp_path / "out.ipynb"))


def test_only_the_lab_loads_it() -> None:
    """Sphinx, papermill and whoever else starts a kernel get Python's own words, as programs read them."""
    users = [
        path.relative_to(PROGRAM).as_posix()
        for folder in ("scripts", "book")
        for path in (PROGRAM / folder).rglob("*.*")
        if path.suffix in (".py", ".md", ".json") and "konzept.authors.lab" in path.read_text("utf-8")
    ]
    assert users == ["scripts/konzept/assets/lab/jupyter_lab_config.py"]


def test_without_jupyterlab_a_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    with pytest.raises(NotDone) as told:
        open_lab(tmp_path, [])
    assert str(told.value) == f"JupyterLab fehlt. Richten Sie es mit „make -C {PROGRAM} setup-lab“ ein."
