"""The German that a block renders: a section of a page, rows of a table, or the notice in `kommune.json`.

    index > Worum es geht                       the section's own text, up to the next heading
    massnahmen: handlungsfeld_id = bildung      what these rows say; numbers, days and keys are not part of it
    kommune: hinweis                            what the town says of the whole book

Numbers and days flow into a block by its roles: another one does not make it out of date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from konzept.authors.chapters.shared import PAGES, taken
from konzept.authors.languages.versions import Block, fingerprint_of
from konzept.data.package import Column
from konzept.data.problems import suggestion
from konzept.data.reading import Reading

_SECTION = re.compile(r"([\w/-]+) > (.+)")
_ROWS = re.compile(r"(\w+): (\w+) = (\S+)")
_ALL_ROWS = re.compile(r"(\w+)")
_NOTICE = "kommune: hinweis"
_NOT_SAID = (
    "fundstelle",
    "telefon",
    "email",
    "url",
    "zeit",
    "kurztitel",
    "satzname",
    "ortsangabe",
    "wortlaut",
)
_NOISE = re.compile(r"\{quelle\}`[^`]*`|^\{%.*%\}$|\{%[^%]*%\}|^\([\w-]+\)=$", re.MULTILINE)


class Missing(Exception):
    """There is no such source or value; the message is German."""


@dataclass(frozen=True)
class Sources:
    """The German book, asked for passages."""

    book: Path
    reading: Reading

    def text(self, block: Block) -> str:
        """Give all that a block renders.

        Raises
        ------
        Missing
            One of its sources is not there (any more).
        """
        return "\n\n".join(self._text(reference) for reference in block.sources)

    def fingerprint(self, block: Block) -> str:
        """Name the present German of a block."""
        return fingerprint_of(self.text(block))

    def _text(self, reference: str) -> str:
        if match := _SECTION.fullmatch(reference):
            return self._section(*match.groups())
        if reference == _NOTICE:
            assert self.reading.package is not None
            return self.reading.package.notice
        if match := _ROWS.fullmatch(reference):
            return self._rows(*match.groups())
        if match := _ALL_ROWS.fullmatch(reference):
            return self._rows(match[1], "", "")
        raise Missing(
            f"„{reference}“ nennt keine Quelle. Schreiben Sie „SEITE > ÜBERSCHRIFT“ oder „TABELLE: SPALTE = WERT“."
        )

    @cached_property
    def _pages(self) -> dict[str, dict[str, str]]:
        return {}

    def _section(self, page: str, heading: str) -> str:
        if page not in self._pages:
            path = self.book / f"{page}.md"
            if not path.is_file():
                known = [p.relative_to(self.book).with_suffix("").as_posix() for p in self.book.rglob("*.md")]
                raise Missing(f"Eine Seite „{page}“ gibt es nicht.{suggestion(page, known)}")
            found: dict[str, str] = {}
            # A town's own section stands below the program's of the same name.
            for title, text in _sections(_whole(path.read_text("utf-8-sig"))):
                found[title] = f"{found.get(title, '')}\n\n{text}".strip()
            self._pages[page] = found
        sections = self._pages[page]
        if heading not in sections:
            raise Missing(
                f"Auf der Seite „{page}“ gibt es keine Überschrift „{heading}“.{suggestion(heading, sections)}"
            )
        return sections[heading]

    def _rows(self, table: str, column: str, value: str) -> str:
        rows = self.reading.rows
        if table not in rows or self.reading.package is None:
            raise Missing(f"Eine Tabelle „{table}“ gibt es nicht.{suggestion(table, rows)}")
        described = self.reading.package.tables[table]
        names = [c.name for c in described.columns]
        if column and column not in names:
            raise Missing(f"Die Tabelle „{table}“ hat keine Spalte „{column}“.{suggestion(column, names)}")
        found = [row for row in rows[table] if not column or row[column] == value]
        if not found:
            raise Missing(f"In „{table}“ hat keine Zeile in der Spalte „{column}“ den Wert „{value}“.")
        said = [c for c in described.columns if _is_said(c, described.key, described.references)]
        lines = (
            [_cell(c, row[c.name]) for c in said if row[c.name]] + self._status(table, row) for row in found
        )
        return "\n".join("; ".join(cells) for cells in lines)

    def _status(self, table: str, row: Mapping[str, Any]) -> list[str]:
        """Say how far a measure is: a text that calls it planned goes out of date when it is done."""
        key = last_statuses(self.reading).get(row.get("id", "")) if table == "massnahmen" else None
        assert self.reading.package is not None
        return [self.reading.package.word("statusverlauf", "status", key).label] if key else []


def last_statuses(reading: Reading) -> dict[str, str]:
    """Give the last status of each measure that has one."""
    steps = sorted(reading.rows.get("statusverlauf", ()), key=lambda row: row["datum"])
    return {row["massnahme_id"]: row["status"] for row in steps}


def _is_said(column: Column, key: tuple[str, ...], references: Mapping[str, Any]) -> bool:
    return column.type == "string" and column.name not in (*key, *references, *_NOT_SAID)


def _cell(column: Column, value: str) -> str:
    return next((word.label for word in column.enum if word == value), value)


def _whole(text: str) -> str:
    """Give a page's text; a page that takes the program's has it in words that hold for every town."""
    found = taken(text)
    path = PAGES / f"{found[0]}.md" if found else None
    return f"{path.read_text('utf-8')}\n{found[1]}" if found and path and path.is_file() else text


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Give each heading of a page with the prose below it, up to the next one; code is no prose."""
    heading, lines, fence = "", list[str](), ""
    text = _NOISE.sub("", unicodedata.normalize("NFC", text))
    if text.startswith("---\n"):
        text = text[4:].partition("\n---\n")[2]
    for line in text.splitlines():
        mark = re.match(r"(`{3,}|~{3,})", line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif mark:
            fence = mark[1]
        elif match := re.fullmatch(r"#{1,6} (.+)", line):
            if heading:
                yield heading, "\n".join(lines).strip()
            heading, lines = match[1].strip(), []
        elif not line.startswith(":::"):
            lines.append(line.rstrip())
    if heading:
        yield heading, re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
