"""An element as HTML, for JupyterLab and other viewers."""

from __future__ import annotations

import html
from collections.abc import Iterable

from konzept.concept.citing import in_full
from konzept.elements.content import Block, Explorer, Figure, Table, plain
from konzept.notebook.plain_text import lines_of


def as_html(block: Block) -> str:
    """Write an element as HTML."""
    match block:
        case Figure():
            source = "; ".join(in_full(block.sources))
            return (
                f"<p><strong>{html.escape(block.finding)}</strong></p><p>{html.escape(block.subtitle)}</p>"
                f"{_html_table(block.data)}<p>{html.escape(block.caption)}. Quelle: {html.escape(source)}</p>"
            )
        case Explorer():
            return "".join(map(as_html, block.tables)) + _html_lines([block.note])
        case Table():
            return f"<p>{html.escape(block.caption)}</p>{_html_table(block)}{_html_lines(block.notes)}"
        case _:
            return "".join(f"<p>{html.escape(plain((item,)))}</p>" for item in lines_of(block))


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(c.title)}</th>' for c in table.columns)
    body = ""
    for row in table.rows:
        span = f' colspan="{len(table.columns)}"' if len(row.cells) == 1 else ""
        first, *rest = (html.escape(cell.text) for cell in row.cells)
        body += f'<tr><th scope="row"{span}>{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in lines)
