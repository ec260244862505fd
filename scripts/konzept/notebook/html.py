"""An element as HTML, for JupyterLab and other viewers."""

from __future__ import annotations

import html
from collections.abc import Iterable

from konzept.concept.citing import in_full
from konzept.elements.content import (
    Block,
    Cards,
    Documents,
    Explorer,
    Facts,
    Figure,
    Folds,
    KeyFigures,
    Notice,
    Points,
    Profiles,
    Register,
    Run,
    Sheets,
    Table,
    Text,
    line,
)


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


def _html_line(runs: Iterable[Run]) -> str:
    return "".join(map(_html_run, runs))


def _html_run(run: Run) -> str:
    text = html.escape(run.text)
    if run.source:
        return f" <small>({text})</small>"
    return f"<strong>{text}</strong>" if run.strong else text


def _html_lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in lines)


def lines_of(block: Block) -> list[tuple[Run, ...]]:
    """Write an element as lines of runs, where no element of HTML has its form; figures and tables have none."""
    match block:
        case Text() | Points():
            return list(block.lines)
        case Documents():
            return [part for _, part in block.items]
        case Notice():
            return [*([line(Run(block.title, strong=True))] if block.title else []), *block.lines]
        case Profiles():
            return _lines_of_profiles(block)
        case Register():
            return _lines_of_register(block)
        case Sheets():
            return _lines_of_sheets(block)
        case Folds():
            return _lines_of_folds(block)
        case Facts():
            return [line(Run(f"{term}: ", strong=True), *value) for term, value in block.items]
        case KeyFigures():
            return [
                line(Run(f"{value} {unit}".strip(), strong=True), f" {what}. {note}")
                for value, unit, what, note in block.items
            ]
        case Cards():
            return [
                line(Run(f"{c.number}. {c.title}", strong=True), f" {c.state}. {c.summary}")
                for c in block.items
            ]
        case _:
            return []


def _lines_of_profiles(block: Profiles) -> list[tuple[Run, ...]]:
    found = []
    for group in block.groups:
        found += [line(Run(group.title, strong=True)), group.text]
        for item in group.items:
            found += [line(Run(item.title, strong=True)), *([line(item.text)] if item.text else [])]
            found += item.states
            found += [(Run(f"{term}: ", strong=True), *part) for term, parts in item.items for part in parts]
            found += item.notes
        if group.brief:
            found += [part for row in group.brief.rows for cell in row.cells for part in cell.lines]
            found += [line(note) for note in group.brief.notes]
    return found


def _lines_of_register(block: Register) -> list[tuple[Run, ...]]:
    found = []
    for index in block.lists:
        found.append(line(Run(index.title, strong=True)))
        for entry in index.entries:
            links = [part for link in entry.links for part in (Run("; "), *link)][1:]
            found.append((Run(f"{entry.head.text}: ", strong=True), *links))
        found += [line(index.note)] if index.note else []
    return found


def _lines_of_folds(block: Folds) -> list[tuple[Run, ...]]:
    found: list[tuple[Run, ...]] = []
    for fold in block.items:
        found += [line(Run(fold.title, strong=True)), *fold.lines, *fold.points]
        for table in fold.tables:
            found.append(line(table.caption))
            found += [line("; ".join(cell.text for cell in row.cells)) for row in table.rows]
    return found


def _lines_of_sheets(block: Sheets) -> list[tuple[Run, ...]]:
    found = [line(Run(block.heading, strong=True))] if block.heading else []
    for sheet in block.items:
        found += [line(Run(sheet.title, strong=True))] if sheet.title else []
        found += sheet.intro
        found += [(Run(f"{term}: ", strong=True), *part) for term, values in sheet.items for part in values]
    return [*found, *([line(block.rest_title)] if block.rest and block.rest_title else []), *block.rest]
