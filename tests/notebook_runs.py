"""Runs the pages of the book: under papermill, and in a build's forks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import jupytext
import nbformat
import papermill
from papermill.parameterize import parameterize_notebook

import forked
from folders import PROJECT, page_text
from konzept.elements.content import MIME, decoded
from konzept.site.kernels import quiet_kernels

PAGES = [p for p in sorted((PROJECT / "book").rglob("*.md")) if "\njupytext:" in page_text(p)]
CHAPTERS = [p for p in PAGES if p.parent.name == "chapters"]
PLOTLY = "application/vnd.plotly.v1+json"

B = TypeVar("B")


class Run:
    """An executed page: its outputs, and what they carry."""

    def __init__(self, notebook: nbformat.NotebookNode) -> None:
        self.notebook = notebook
        self.outputs: list[Any] = [
            output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
        ]

    def blocks(self, kind: type[B]) -> list[B]:
        """Give the content of a kind that the cells hand over."""
        found = (output.get("data", {}).get(MIME) for output in self.outputs)
        return [block for data in found if data and isinstance(block := decoded(data), kind)]

    def charts(self) -> dict[str, dict[str, Any]]:
        """Plotly's JSON by the figure's label."""
        bundles = (output.get("data", {}) for output in self.outputs)
        return {data[MIME]["label"]: data[PLOTLY] for data in bundles if PLOTLY in data}


def execute(page: Path, folder: Path, **parameters: Any) -> Run:
    quiet_kernels(folder / "ipython")
    source, target = folder / "ein.ipynb", folder / "aus.ipynb"
    jupytext.write(jupytext.reads(page_text(page), "md"), source)
    notebook = papermill.execute_notebook(
        source, target, parameters=parameters, kernel_name="python3", cwd=page.parent, progress_bar=False
    )
    return Run(notebook)


def with_parameters(page: Path, **parameters: Any) -> nbformat.NotebookNode:
    notebook = jupytext.reads(page_text(page), "md")
    notebook.metadata["papermill"] = {}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    return parameterize_notebook(notebook, parameters)


def forked_runs(data: dict[Path, Path], stand: str | None = None) -> dict[Path, Run]:
    """Run pages as a build does, each on its data folder."""
    jobs = [
        {"notebook": with_parameters(page, data_dir=str(folder), stand=stand), "folder": page.parent}
        for page, folder in data.items()
    ]
    results = forked.run(jobs)
    assert [r["text"] for r in results] == [""] * len(results)
    return {page: Run(r["notebook"]) for page, r in zip(data, results, strict=True)}


def seen(output: Any) -> Any:
    """Leave out the plain text beside HTML: no page shows it, and pandas fits it to a terminal."""
    data = output.get("data", {})
    kept = {k: v for k, v in data.items() if k != "text/plain" or "text/html" not in data}
    return {**output, "data": kept}


def check_clean(run: Run) -> None:
    """No error, nothing on standard error, every output in a form that the book keeps."""
    for output in run.outputs:
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output
        data = output.get("data", {})
        glued = [k for k in data if k.startswith("application/papermill.record/")]
        assert "text/html" in data or glued
