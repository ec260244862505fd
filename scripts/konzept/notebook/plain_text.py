"""An element as lines of text, for viewers that know neither its nodes nor its look."""

from __future__ import annotations

from konzept.elements.content import (
    Block,
    Cards,
    Documents,
    Facts,
    Folds,
    Notice,
    Points,
    Profiles,
    Register,
    Run,
    Sheets,
    Text,
    line,
)


def lines_of(block: Block) -> list[tuple[Run, ...]]:
    """Write an element as lines of runs; figures and tables have none."""
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
