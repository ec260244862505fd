"""Books to measure: the project's own, and generated ones of many chapters from its data."""

from __future__ import annotations

import shutil
from pathlib import Path

from copies import copy_project
from sentences.pages import HEAD

_START = """\
# Kapitel {n}

```{{code-cell}} ipython3
:tags: [parameters]

data_dir = None
stand = None
```

```{{code-cell}} ipython3
from dataclasses import replace

from konzept import kapitel
from konzept.elements.goals.table import goals_table
from konzept.elements.indicators.figure import indicator_figure
from konzept.elements.status.figure import status_figure
from konzept.notebook.output import show

field = kapitel("bildung")
concept, data = field.concept, field.data
indicators = {{indicator.id: indicator for indicator in data.indicators}}


def numbered(block, name):
    show(replace(block, label=f"{{name}}-{n}"))
```
"""
_ELEMENTS = (
    ("status_figure(concept, data)", "abb-status"),
    ('indicator_figure(concept, indicators["i-kita-auslaendische-herkunft"])', "abb-kita"),
    ('indicator_figure(concept, indicators["i-schulabgang-ohne-hsa"])', "abb-schule"),
    ("goals_table(data)", "tab-ziele"),
)
_WORDS = " ".join(["Ein Satz aus zwölf Wörtern steht hier als Fülltext für das Messen bereit."] * 25)


def chapter(n: int) -> str:
    """Write a chapter of three figures, a table and some 1 200 words."""
    cells = (
        f'## Abschnitt {i}\n\n{_WORDS}\n\n```{{code-cell}} ipython3\nnumbered({call}, "{name}")\n```\n'
        for i, (call, name) in enumerate(_ELEMENTS, 1)
    )
    return "\n".join([HEAD + _START.format(n=n), *cells])


def generated(folder: Path, chapters: int) -> Path:
    """Make a project of so many generated chapters."""
    project = copy_project(folder, small=True)
    shutil.rmtree(project / "book/chapters")
    (project / "book/chapters").mkdir()
    names = [f"book/chapters/{n:03}-teil" for n in range(1, chapters + 1)]
    for n, name in enumerate(names, 1):
        (project / f"{name}.md").write_text(chapter(n), "utf-8")
    (project / "book/index.md").write_text("# Anfang\n\nEin Satz.\n", "utf-8")
    parts = "".join(f"      - file: {name}\n" for name in names)
    toc = f"format: jb-book\nroot: book/index\nparts:\n  - caption: Teile\n    numbered: 1\n    chapters:\n{parts}"
    (project / "_toc.yml").write_text(toc, "utf-8")
    return project


def real(folder: Path) -> Path:
    """Copy the project's own book."""
    return copy_project(folder)
