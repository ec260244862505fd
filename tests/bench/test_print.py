"""How the printing grows: seconds a page, memory, one to four times the pages; run by `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from pypdf import PdfReader

from copies import copy_project

pytestmark = pytest.mark.bench

TIMES = (1, 4)

SEVERAL = """
import dataclasses, sys
from konzept.paper import builder
from jupyter_book.cli.main import main

times, join = int(sys.argv.pop(1)), builder.join

def several(pages, *more):
    again = [dataclasses.replace(p, docname=f"{p.docname}-{n}") for n in range(2, times + 1) for p in pages]
    return join([*pages, *again], *more)

builder.join = several
main()
"""
"""Builds the book with each of its pages several times, figures, tables and all."""


def measured(project: Path, times: int) -> tuple[float, float]:
    """Print each page several times; give seconds and the most memory in MB of all processes at one time."""
    environment = {**os.environ, "PYTHONPATH": str(project / "scripts")}
    out = project / "_build/.konzept"
    # Else what is unchanged would not be printed again.
    (out / "_build/pdf/integrationskonzept.json").unlink(missing_ok=True)
    options = ["--path-output", str(out), "--builder", "custom", "--custom-builder", "pdf"]
    start = time.perf_counter()
    most = 0.0
    with (
        (project / "protokoll").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-c", SEVERAL, str(times), "build", str(project), *options],
            cwd=project,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(0.2)
    assert process.returncode == 0, (project / "protokoll").read_text()[-2000:]
    return time.perf_counter() - start, most


def _memory(pid: int) -> float:
    found = 0
    try:
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            found += process.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return found / 1e6


def test_printing(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "projekt")
    measured(project, 1)
    found = []
    for times in TIMES:
        seconds, memory = measured(project, times)
        path = project / "_build/.konzept/_build/pdf/integrationskonzept.pdf"
        pages = len(PdfReader(path).pages)
        found.append((pages, seconds, memory))
        print(
            f"{pages} pages, warm: {seconds:.1f} s, {1000 * seconds / pages:.0f} ms a page, {memory:.0f} MB"
        )
    (few, quick, small), (many, slow, large) = found
    assert many > 3.5 * few
    # In proportion to the pages, not faster.
    assert slow / quick < 1.5 * many / few
    assert large / small < 1.1 * many / few
