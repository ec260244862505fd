"""An element as HTML, for JupyterLab and other viewers."""

from __future__ import annotations

import html
from collections.abc import Iterable

from konzept.concept.citing import in_full
from konzept.elements.content import Block, Explorer, Facts, Figure, Points, Run, Table
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
        case Points():
            return f"<ul>{''.join(f'<li>{_html_line(item)}</li>' for item in block.lines)}</ul>"
        case Facts():
            items = (
                f"<dt>{html.escape(term)}</dt><dd>{_html_line(value)}</dd>" for term, value in block.items
            )
            return f"<dl>{''.join(items)}</dl>"
        case _:
            return "".join(f"<p>{_html_line(item)}</p>" for item in lines_of(block))


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(c.title)}</th>' for c in table.columns)
    body = ""
    for row in table.rows:
        span = f' colspan="{len(table.columns)}"' if len(row.cells) == 1 else ""
        first, *rest = ("<br>".join(map(_html_line, cell.lines)) for cell in row.cells)
        body += f'<tr><th scope="row"{span}>{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_line(line: Iterable[Run]) -> str:
    return "".join(map(_html_run, line))


def _html_run(run: Run) -> str:
    text = html.escape(run.text)
    if run.source:
        return f" <small>({text})</small>"
    return f"<strong>{text}</strong>" if run.strong else text


def _html_lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in lines)
