"""Runs notebooks as a build does: in forks, of a process of its own because tests have threads.

python tests/forked.py < jobs.json > results.json
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from folders import PROGRAM
from konzept.notebook.book import PAGES_VARIABLE


def run(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run notebooks; a job has `notebook`, `folder` and maybe `timeout`.

    Gives for each the `notebook`, the `error`'s kind or None, its `text`, and `left`: processes alive after it.
    """
    process = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps([{**job, "folder": str(job["folder"])} for job in jobs]),
        env={
            **os.environ,
            "PYTHONPATH": str(PROGRAM / "scripts"),
            "OPENBLAS_NUM_THREADS": "1",
            PAGES_VARIABLE: "1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    results = json.loads(process.stdout)
    return [{**r, "notebook": nbformat.from_dict(r["notebook"])} for r in results]


def _main() -> None:
    from konzept.notebook.book import open_book
    from konzept.site.execution.forking import Job, can_fork, run_forked

    assert can_fork()
    # Nothing but this process' one thread: not even one of a library.
    assert len(list(Path("/proc/self/task").iterdir())) == 1
    jobs = [
        Job(nbformat.from_dict(job["notebook"]), Path(job["folder"]), job.get("timeout", 120), False)
        for job in json.load(sys.stdin)
    ]
    results: list[Any] = [None] * len(jobs)
    for number, result in run_forked(jobs, warm_up=open_book):
        error = type(result.err).__name__ if result.err else None
        results[number] = {"notebook": result.nb, "error": error, "text": str(result.err or "")}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    _main()
