"""Notebooks run in forks give what nbclient's kernels give, fail as they do, and end when they must."""

from __future__ import annotations

import re
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from jupyter_cache.executors.utils import single_nb_execution

import forked
from konzept.site.kernels import quiet_kernels

MIXED = [
    "from IPython.display import HTML, clear_output, display\nprint('a')\nprint('b')\ndisplay(HTML('<b>x</b>'))\nprint('c')\n1 + 1",
    "import sys\nprint('Fehler', file=sys.stderr)\nprint('Ausgabe')",
    "handle = display('eins', display_id='k')",
    "handle.update('zwei')\n'drei'",
    "print('weg')\nclear_output()\nprint('da')",
    "print('weg')\nclear_output(wait=True)\ndisplay(5)",
    "import asyncio\nawait asyncio.sleep(0.01, 7)",
    "import os, time\nos.system('echo aus der Schale')\n# Another thread hands it over.\ntime.sleep(0.3)\nIn[1][:4], _, __name__, os.getcwd()",
    "import threading\nthread = threading.Thread(target=lambda: print('aus dem Faden'))\nthread.start()\nthread.join()",
    "import logging, warnings\nlogging.warning('Achtung')\nwarnings.warn('Vorsicht')",
    "%%capture caught\nprint('still')",
    "import locale\nlocale.getlocale(), f'{1234.5:n}'",
]
FAILING = {
    "division": ["print('vorher')\n1 / 0", "print('nie')"],
    "own function": ["def f(n):\n    return f(n - 1) if n else {}['k']\nf(2)"],
    "syntax": ["x = ("],
    "exit": ["import sys\nsys.exit(3)"],
    "question": ["input('?')"],
    "module": ["import gibt_es_nicht"],
    "representation": ["class A:\n    def _repr_html_(self):\n        raise ValueError('x')\nA()"],
}
DEADLY = {
    "endless": ["1", "while True:\n    try:\n        pass\n    except BaseException:\n        pass"],
    "gone": ["import os\nos._exit(0)"],
    "killed": ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
    "thread goes on": [
        "import threading, time\nthreading.Thread(target=lambda: time.sleep(600)).start()\nprint('fertig')"
    ],
    "process goes on": ["import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)"],
    "sound": ["print('läuft')"],
}
# What differs from one run to the next under nbclient too.
RANDOM = re.compile(r"0x[0-9a-f]+|ipykernel_\d+/\d+|\(\d+\.py, line")


def notebook(cells: list[str]) -> nbformat.NotebookNode:
    new = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    new.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new


@pytest.fixture(scope="module")
def books() -> dict[str, nbformat.NotebookNode]:
    return {name: notebook(cells) for name, cells in {"mixed": MIXED, **FAILING}.items()}


@pytest.fixture(scope="module")
def runs(books: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """All notebooks at once, in one process' forks."""
    folder = tmp_path_factory.mktemp("lauf")
    jobs = [{"notebook": deepcopy(book), "folder": folder} for book in books.values()]
    jobs += [{"notebook": notebook(cells), "folder": folder, "timeout": 3} for cells in DEADLY.values()]
    start = time.monotonic()
    results = dict(zip([*books, *DEADLY], forked.run(jobs), strict=True))
    results["seconds"] = time.monotonic() - start
    results["folder"] = folder
    return results


def without_chance(value: Any) -> str:
    return RANDOM.sub("#", value if isinstance(value, str) else nbformat.writes(value))


@pytest.mark.parametrize("name", ["mixed", *FAILING])
def test_same_as_nbclient(
    name: str,
    books: dict[str, Any],
    runs: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # By this ipykernel knows that it is tested, and takes no output that goes past Python.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    quiet_kernels(tmp_path)
    expected = single_nb_execution(
        deepcopy(books[name]), cwd=str(runs["folder"]), timeout=60, allow_errors=False
    )
    actual = runs[name]
    assert (actual["error"] is not None) == (name != "mixed")
    assert actual["error"] == (type(expected.err).__name__ if expected.err else None)
    assert without_chance(actual["text"]) == without_chance(str(expected.err or ""))
    assert without_chance(actual["notebook"]) == without_chance(expected.nb)


def test_endless_cell_is_ended_and_named(runs: dict[str, Any]) -> None:
    assert runs["endless"]["error"] == "CellTimeoutError"
    assert "after 3 seconds" in runs["endless"]["text"]
    assert "while True" in runs["endless"]["text"]
    assert runs["seconds"] < 60


@pytest.mark.parametrize("name", ["gone", "killed"])
def test_cell_that_ends_the_process_is_an_error(name: str, runs: dict[str, Any]) -> None:
    assert (runs[name]["error"], runs[name]["text"]) == ("DeadKernelError", "Kernel died")


def test_nothing_goes_on_after_a_notebook(runs: dict[str, Any]) -> None:
    assert runs["thread goes on"]["error"] is None
    (output,) = runs["process goes on"]["notebook"].cells[0].outputs
    assert not psutil.pid_exists(int(output.text))


def test_others_run_whatever_one_does(runs: dict[str, Any]) -> None:
    (output,) = runs["sound"]["notebook"].cells[0].outputs
    assert output.text == "läuft\n"
