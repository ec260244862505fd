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

from konzept import open_concept
from konzept.notebook.output import Shown

field = open_concept(data_dir, stand=stand).field("bildung")


def numbered(shown, name):
    return Shown(replace(shown.block, label=f"{{name}}-{n}"))
```
"""
_ELEMENTS = (
    ("field.status_chart()", "abb-status"),
    ('field.indicator_chart("i-kita-auslaendische-herkunft")', "abb-kita"),
    ('field.indicator_chart("i-schulabgang-ohne-hsa")', "abb-schule"),
    ("field.goals_table()", "tab-ziele"),
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
