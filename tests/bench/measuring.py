"""Measures a program with all that it starts: processor time and the most memory at one moment."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from konzept.publishing.building import PROGRAM

STOCK = "from jupyter_book.cli.main import main; main()"

CELLS = """
import sys
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from myst_nb.core.read import read_myst_markdown_notebook
shell = InteractiveShell.instance()
for page in sorted(Path("book").rglob("*.md")):
    text = page.read_text("utf-8")
    if "\\njupytext:" not in text:
        continue
    with capture_output():
        for cell in read_myst_markdown_notebook(text, add_source_map=True).cells:
            if cell.cell_type == "code":
                assert shell.run_cell(cell.source).success
"""


@dataclass(frozen=True)
class Cost:
    """What a run took."""

    cpu: float
    wall: float
    memory: float
    """Megabytes, each shared page counted once (PSS)."""


def run(command: list[str], project: Path, *, memory: bool = True) -> Cost:
    """Run a program of a project."""
    environment = {**os.environ, "PYTHONPATH": str(project / "scripts"), "PYTHONUTF8": "1"}
    start = time.monotonic()
    with (project.parent / "messung.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=project, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        watch = _Watch(process.pid)
        if memory:
            watch.start()
        # Counts whatever the program has waited for, and those in turn.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    watch.over = True
    if process.returncode:
        raise RuntimeError((project.parent / "messung.log").read_text()[-2000:])
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, watch.most / 2**20)


class _Watch(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0, False

    def run(self) -> None:
        while not self.over:
            try:
                root = psutil.Process(self.pid)
                family = [root, *root.children(recursive=True)]
                self.most = max(self.most, sum(_pss(process) for process in family))
            except psutil.Error:
                pass
            time.sleep(0.25)


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def book(project: Path, *, stock: bool = False, builder: str = "html") -> Cost:
    """Build with Jupyter Book: ours, or as it comes, with a kernel for each notebook."""
    config = project / "_config.yml"
    text = config.read_text("utf-8")
    ours, theirs = "    language: de\n", '    language: de\n    konzept_execution: ""\n'
    config.write_text(
        text.replace(theirs, ours).replace(ours, theirs) if stock else text.replace(theirs, ours), "utf-8"
    )
    extra = ["--builder", "custom", "--custom-builder", "pdf"] if builder == "pdf" else []
    command = [
        sys.executable,
        "-c",
        STOCK if stock else PROGRAM,
        "build",
        ".",
        "--warningiserror",
        "--keep-going",
    ]
    return run([*command, *extra], project)


def cells(project: Path) -> Cost:
    """Run all cells of all pages in one process."""
    return run([sys.executable, "-c", CELLS], project)


def konzept(project: Path, *arguments: str) -> Cost:
    """Run the program `konzept`."""
    return run([sys.executable, "-m", "konzept", *arguments], project)
