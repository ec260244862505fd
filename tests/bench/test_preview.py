"""How long a save takes to be a served page, against a build in which nothing has changed; run by `make bench`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median

import pytest

from copies import copy_project, replace
from previews import Preview, running

pytestmark = pytest.mark.bench

CHAPTER = "book/chapters/01-bildung"
ROUNDS = 5
EDITS = {
    "text": (f"{CHAPTER}.md", "Im Mittelpunkt", "Im Mittelpunkt "),
    "code": (
        f"{CHAPTER}.md",
        "## Worum es geht",
        "```{code-cell} ipython3\n'Noch eine Zelle'\n```\n\n## Worum es geht ",
    ),
    "data": ("data/massnahmen.csv", "Videotutorials", "Videotutorials "),
}


def test_preview(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "projekt")
    stock_build(project)
    times: dict[str, list[float]] = {name: [] for name in ("nothing", *EDITS)}
    with running(project) as preview:
        memory = preview.memory()
        for number in range(ROUNDS):
            stock_build(project)
            times["nothing"].append(stock_build(project))
            for name, (file, old, new) in EDITS.items():
                times[name].append(served(preview, project / file, old, f"{new}{number}"))
            memory = max(memory, preview.memory())
    n = median(times["nothing"])
    for name, values in times.items():
        print(f"{name}: {median(values):.2f} s, {median(values) / n:.2f} × N")
    print(f"memory: {memory:.0f} MB")
    assert median(times["text"]) <= 0.25 * n
    assert median(times["code"]) <= 0.5 * n
    assert median(times["data"]) <= 0.5 * n
    assert memory <= 400


def stock_build(project: Path) -> float:
    """Time Jupyter Book's own program."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "scripts")},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start


def served(preview: Preview, path: Path, old: str, new: str) -> float:
    """Time from a save until the page in view is served anew; then wait for the rest."""
    url = f"{preview.address}/.vorschau/ereignisse?seite={CHAPTER}"
    with urllib.request.urlopen(url, timeout=120) as stream:
        states = (json.loads(line[5:]) for line in stream if line.startswith(b"data:"))
        before = next(states)["page"]
        preview.settled()
        time.sleep(3)  # as an author reads what came of the last save
        start = time.perf_counter()
        replace(path, old, new)
        next(state for state in states if state["page"] != before)
        seconds = time.perf_counter() - start
        preview.settled()
    return seconds
