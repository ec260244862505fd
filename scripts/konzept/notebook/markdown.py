"""An element as Markdown that shows all text literally."""

from __future__ import annotations

import re

from konzept.elements.content import Block, Points, Run, Table
from konzept.notebook.plain_text import lines_of


def as_markdown(block: Block) -> str:
    """Write an element as Markdown that shows all text literally."""
    if isinstance(block, Table):
        return "\n\n".join([escape(block.caption), _markdown_table(block), *map(escape, block.notes)])
    if isinstance(block, Points):
        return "\n".join(f"- {_markdown_line(item)}" for item in block.lines)
    return "\n\n".join(_markdown_line(item) for item in lines_of(block))


def _markdown_table(table: Table) -> str:
    rows = [
        [escape(c.title) for c in table.columns],
        ["--:" if c.numeric else "---" for c in table.columns],
    ]
    for row in table.rows:
        cells = [" ".join(_markdown_line(part) for part in cell.lines) for cell in row.cells]
        rows.append(cells + [""] * (len(table.columns) - len(cells)))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _markdown_line(runs: tuple[Run, ...]) -> str:
    return "".join(f"**{escape(run.text)}**" if run.strong else escape(run.text) for run in runs)


def escape(text: str) -> str:
    r"""Make text literal in Markdown, in a table cell too.

    Every punctuation mark gets a backslash, which CommonMark takes as the mark itself.

    Examples
    --------
    >>> print(escape("Akteur*innen | `x`"))
    Akteur\*innen \| \`x\`
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split("\n")))
