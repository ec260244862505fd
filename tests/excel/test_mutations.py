"""Broken and odd workbooks of every kind: the data stay right, or a sentence names the cell.

Every kind of mutation is tried several times at places that a fixed seed chooses.  What the import makes
of it is compared with what the mutation means, worked out here from the CSV files alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from conftest import MORE
from folders import rows, schema
from konzept.authors.excel.importing import plan_import, read_present
from konzept.authors.excel.trial import Present
from konzept.data.describing import limits
from konzept.data.problems import DataProblems
from workbook_parts import DATE, GENERAL, MAIN, PERCENT, Parts, Spot, spots, take_apart
from workbooks import HEAD

SEED = 20251218
TIMES = 2 * MORE

Tables = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Start:
    """A sound workbook with its tables and cells."""

    parts: Parts
    tables: Tables
    spots: list[Spot]
    present: Present


@pytest.fixture(scope="module")
def start(few_data: Path, exported: Path) -> Start:
    tables = {r["name"]: rows(few_data, r["name"]) for r in schema()["resources"]}
    return Start(take_apart(exported), tables, spots(few_data), read_present(few_data))


@dataclass
class Attempt:
    """One mutation under way: it edits the parts and says what must come of it."""

    start: Start
    rng: random.Random
    parts: Parts
    tables: Tables
    fails: bool = False
    place: str = ""
    """What a message must name."""
    raw: bytes | None = None
    notes: list[str] = field(default_factory=list)

    def spot(self, fits: Callable[[Spot], bool]) -> Spot:
        """Choose a cell."""
        return self.rng.choice([s for s in self.start.spots if fits(s)])

    def expect_failure(self, spot: Spot | None = None) -> None:
        """The import must refuse, naming the cell."""
        self.fails = True
        if spot is not None:
            self.place = f"Blatt „{spot.title}“, Zelle {spot.ref}"

    def expect(self, spot: Spot, text: str) -> None:
        """The import must take the new text over."""
        self.tables[spot.table][spot.index][spot.column["name"]] = text

    def sheet(self) -> str:
        """Choose a table with some rows; gives its title."""
        return self.rng.choice([t for t, name in TITLES.items() if len(self.start.tables[name]) > 2])


TITLES = {r["title"].replace("*", "_"): r["name"] for r in schema()["resources"]}
LEAVES = ("zustaendigkeiten", "mitwirkungen", "erfahrungen", "angebote", "gremium_felder", "themen")
"""Tables that no other refers to."""

Mutation = Callable[[Attempt], None]
MUTATIONS: list[Mutation] = []


def mutation(function: Mutation) -> Mutation:
    MUTATIONS.append(function)
    return function


def kind(*types: str) -> Callable[[Spot], bool]:
    return lambda s: s.column["type"] in types and bool(s.text)


def free(spot: Spot) -> bool:
    """Text that may be any text."""
    constrained = {"pattern", "enum"} & set(limits(spot.column))
    plain = spot.column["type"] == "string" and not constrained
    return (
        plain
        and not spot.reference
        and not spot.key
        and spot.column["name"] != "zeile_id"
        and bool(spot.text)
    )


# Cells: what may look different and be the same.


@mutation
def nothing(a: Attempt) -> None:
    pass


@mutation
def blanks_around_text(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["type"] == "string" and bool(s.text) and not s.reference and not s.enum)
    blank = a.rng.choice([" ", "\u00a0", "\t", "\n", "\r\n", "  "])
    a.parts.put_text(spot.title, spot.ref, a.rng.choice([spot.text + blank, blank + spot.text]))


@mutation
def zero_width_characters(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["type"] == "string" and bool(s.text) and not s.reference and not s.enum)
    at = a.rng.randrange(len(spot.text) + 1)
    strange = a.rng.choice(["\u200b", "\ufeff", "\u2060"])
    a.parts.put_text(spot.title, spot.ref, spot.text[:at] + strange + spot.text[at:])


@mutation
def umlauts_in_two_parts(a: Attempt) -> None:
    import unicodedata

    spot = a.spot(lambda s: free(s) and bool(re.search("[äöüÄÖÜ]", s.text)))
    a.parts.put_text(spot.title, spot.ref, unicodedata.normalize("NFD", spot.text))


@mutation
def escaped_line_end(a: Attempt) -> None:
    spot = a.spot(free)
    a.parts.put_text(spot.title, spot.ref, spot.text + "_x000D_\n")


@mutation
def number_as_text(a: Attempt) -> None:
    spot = a.spot(kind("number", "integer"))
    a.parts.put_text(spot.title, spot.ref, a.rng.choice([spot.text, f" {spot.text}", f"{spot.text}\u00a0"]))


@mutation
def number_with_idle_zeros(a: Attempt) -> None:
    spot = a.spot(lambda s: kind("number")(s) and "," in s.text)
    a.parts.put_text(spot.title, spot.ref, spot.text + "00")


@mutation
def number_as_a_long_float(a: Attempt) -> None:
    spot = a.spot(kind("number"))
    a.parts.put_value(spot.title, spot.ref, f"{float(spot.text.replace(',', '.')):.17g}")


@mutation
def day_as_text(a: Attempt) -> None:
    spot = a.spot(kind("date"))
    day = dt.date.fromisoformat(spot.text)
    a.parts.put_text(
        spot.title,
        spot.ref,
        a.rng.choice([spot.text, f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year} "]),
    )


@mutation
def day_as_excel_stores_it(a: Attempt) -> None:
    spot = a.spot(kind("date"))
    serial = (dt.date.fromisoformat(spot.text) - dt.date(1899, 12, 30)).days
    a.parts.put_value(spot.title, spot.ref, str(serial), form=DATE)


@mutation
def year_as_number(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["name"] == "zeit" and bool(re.fullmatch(r"(19|20)\d\d", s.text)))
    a.parts.put_value(spot.title, spot.ref, spot.text, form=GENERAL)


@mutation
def key_without_name(a: Attempt) -> None:
    spot = a.spot(lambda s: bool(s.reference and s.text))
    a.parts.put_text(spot.title, spot.ref, a.rng.choice([spot.text, f"{spot.text} – ein alter Name"]))


@mutation
def name_without_key(a: Attempt) -> None:
    spot = a.spot(lambda s: bool(s.text) and s.reference in ("handlungsfelder", "akteure", "gremien"))
    named = {row["id"]: row["name"] for row in a.tables[spot.reference or ""]}
    once = list(named.values()).count(named[spot.text]) == 1
    a.parts.put_text(spot.title, spot.ref, named[spot.text].upper())
    if not once:
        a.expect_failure(spot)


@mutation
def word_of_the_data_for_a_label(a: Attempt) -> None:
    spot = a.spot(lambda s: s.enum and bool(s.text) and not s.key)
    a.parts.put_text(spot.title, spot.ref, a.rng.choice([spot.text, spot.text.upper(), f" {spot.text} "]))


@mutation
def key_cleared(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["name"] == "id" and not s.enum)
    a.parts.clear(spot.title, spot.ref)


# Cells: real changes.


@mutation
def text_changed(a: Attempt) -> None:
    spot = a.spot(lambda s: free(s) and s.table != "statusverlauf")
    text = a.rng.choice(
        ["=1+1", "+49 5132", "-", "@alle", "a;b", 'sagt "ja"', "zwei\nZeilen", "33.000", "ein Wort"]
    )
    a.parts.put_text(spot.title, spot.ref, text)
    a.expect(spot, text)


@mutation
def number_changed(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["name"] in ("betrag_eur", "breite") and bool(s.text))
    value = a.rng.choice(["12.5", "7", "0.25"])
    a.parts.put_value(spot.title, spot.ref, value)
    a.expect(spot, value.replace(".", ","))


@mutation
def day_changed(a: Attempt) -> None:
    # Of an access it might lie before the day on which the document appeared, which is refused.
    spot = a.spot(lambda s: s.column["name"] == "datum" and s.table == "dokumente")
    a.parts.put_value(spot.title, spot.ref, "45000", form=DATE)
    a.expect(spot, "2023-03-15")


@mutation
def optional_text_emptied(a: Attempt) -> None:
    spot = a.spot(lambda s: free(s) and not s.required and s.table != "statusverlauf")
    a.parts.put_text(spot.title, spot.ref, a.rng.choice(["", "  ", "\u200b"]))
    a.expect(spot, "")


# Cells: what must be refused.


@mutation
def points_in_numbers(a: Attempt) -> None:
    spot = a.spot(kind("number", "integer"))
    a.parts.put_text(
        spot.title, spot.ref, a.rng.choice(["1.234", "33.000", "1.234,5", "6.55", "1'000", "1 000"])
    )
    a.expect_failure(spot)


@mutation
def word_for_a_number(a: Attempt) -> None:
    spot = a.spot(kind("number", "integer"))
    a.parts.put_text(
        spot.title, spot.ref, a.rng.choice(["viel", "ca. 20", "20 %", "1e3", "½", "٣", "NaN", "inf"])
    )
    a.expect_failure(spot)


@mutation
def fraction_for_a_whole_number(a: Attempt) -> None:
    spot = a.spot(kind("integer"))
    a.parts.put_value(spot.title, spot.ref, "1.5")
    a.expect_failure(spot)


@mutation
def no_day_of_the_calendar(a: Attempt) -> None:
    spot = a.spot(kind("date"))
    text = a.rng.choice(
        ["31.02.2023", "2023-02-31", "00.01.2024", "1.13.2024", "Mitte 2024", "12/31/2024", "1.1.54"]
    )
    a.parts.put_text(spot.title, spot.ref, text)
    a.expect_failure(spot)


@mutation
def day_that_lost_its_format(a: Attempt) -> None:
    spot = a.spot(kind("date"))
    a.parts.put_value(spot.title, spot.ref, "45000", form=GENERAL)
    a.expect_failure(spot)


@mutation
def day_with_an_hour(a: Attempt) -> None:
    spot = a.spot(kind("date"))
    a.parts.put_value(spot.title, spot.ref, "45000.5", form=DATE)
    a.expect_failure(spot)


@mutation
def text_that_excel_made_a_day(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["type"] != "date" and bool(s.text))
    a.parts.put_value(spot.title, spot.ref, "45000", form=DATE)
    a.expect_failure(spot)


@mutation
def number_for_a_text(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["type"] == "string" and bool(s.text))
    a.parts.put_value(spot.title, spot.ref, a.rng.choice(["3241011", "4.1", "-7", "1e21"]), form=GENERAL)
    a.expect_failure(spot)


@mutation
def percent(a: Attempt) -> None:
    spot = a.spot(kind("number", "integer"))
    a.parts.put_value(spot.title, spot.ref, "0.2", form=PERCENT)
    a.expect_failure(spot)


@mutation
def formula(a: Attempt) -> None:
    spot = a.spot(lambda s: bool(s.text))
    text = a.rng.choice(["A1", "SUM(1,2)", 'HYPERLINK("http://example.invalid")', "NOW()"])
    a.parts.put_formula(spot.title, spot.ref, text, a.rng.choice([None, spot.text]))
    a.expect_failure(spot)


@mutation
def error_value(a: Attempt) -> None:
    spot = a.spot(lambda s: bool(s.text))
    a.parts.put_value(spot.title, spot.ref, a.rng.choice(["#REF!", "#NAME?", "#DIV/0!"]), kind="e")
    a.expect_failure(spot)


@mutation
def truth_value(a: Attempt) -> None:
    spot = a.spot(lambda s: bool(s.text))
    a.parts.put_value(spot.title, spot.ref, "1", kind="b")
    a.expect_failure(spot)


@mutation
def word_that_is_not_allowed(a: Attempt) -> None:
    spot = a.spot(lambda s: s.enum and bool(s.text))
    a.parts.put_text(spot.title, spot.ref, a.rng.choice(["blau", spot.text + "x", "33.000"]))
    a.expect_failure(spot)


@mutation
def reference_to_nothing(a: Attempt) -> None:
    spot = a.spot(lambda s: bool(s.reference and s.text))
    a.parts.put_text(
        spot.title, spot.ref, a.rng.choice([f"{spot.text}-x", spot.text[::-1], "was es nicht gibt"])
    )
    a.expect_failure(spot)


@mutation
def required_cell_emptied(a: Attempt) -> None:
    spot = a.spot(lambda s: s.required and s.column["name"] != "id" and bool(s.text))
    a.parts.clear(spot.title, spot.ref)
    a.expect_failure(spot)


@mutation
def key_changed(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["name"] == "id" and not s.enum)
    a.parts.put_text(spot.title, spot.ref, f"{spot.text}-neu")
    a.expect_failure(spot)


@mutation
def key_of_another_row(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["name"] == "id" and s.index > 0)
    a.parts.put_text(spot.title, spot.ref, a.tables[spot.table][0]["id"])
    a.expect_failure(spot)


@mutation
def key_of_another_form(a: Attempt) -> None:
    spot = a.spot(lambda s: s.column["name"] == "url" and bool(s.text))
    a.parts.put_text(
        spot.title, spot.ref, a.rng.choice(["www.example.invalid", "javascript:alert(1)", "ftp://x"])
    )
    a.expect_failure(spot)


@mutation
def status_changed(a: Attempt) -> None:
    spot = a.spot(
        lambda s: s.table == "statusverlauf" and s.column["name"] in ("status", "text", "fundstelle")
    )
    """A status may be corrected as long as no edition shows it."""
    word = "idee" if spot.column["name"] == "status" else "verworfen"
    a.parts.put_text(spot.title, spot.ref, word)
    a.expect(spot, word)


@mutation
def cell_beside_the_table(a: Attempt) -> None:
    title = a.sheet()
    row = HEAD + a.rng.randint(1, 3)
    a.parts.put_text(title, f"AB{row}", a.rng.choice(["Notiz", "0", "?"]))
    a.fails, a.place = True, f"Blatt „{title}“, Zelle AB{row}"


# Rows.


@mutation
def rows_shuffled(a: Attempt) -> None:
    title = a.sheet()
    data = a.parts.data(title)
    head, body = list(data)[:HEAD], list(data)[HEAD:]
    a.rng.shuffle(body)
    for row in [*head, *body]:
        data.remove(row)
        data.append(row)
    a.parts.renumber(title)


@mutation
def blank_rows_between(a: Attempt) -> None:
    title = a.sheet()
    data = a.parts.data(title)
    for _ in range(3):
        data.insert(a.rng.randint(HEAD, len(data)), ET.Element(f"{{{MAIN}}}row"))
    a.parts.renumber(title)


@mutation
def rows_above_the_headings(a: Attempt) -> None:
    title = a.sheet()
    data = a.parts.data(title)
    for _ in range(a.rng.randint(1, 4)):
        data.insert(0, ET.Element(f"{{{MAIN}}}row"))
    a.parts.renumber(title)


@mutation
def title_and_explanations_deleted(a: Attempt) -> None:
    title = a.sheet()
    data = a.parts.data(title)
    for row in list(data)[: HEAD - 1]:
        data.remove(row)
    a.parts.renumber(title)


@mutation
def row_doubled(a: Attempt) -> None:
    title = a.sheet()
    data = a.parts.data(title)
    row = a.rng.choice(list(data)[HEAD:])
    data.append(ET.fromstring(ET.tostring(row)))
    a.parts.renumber(title)
    a.fails, a.place = True, f"Blatt „{title}“, Zelle A{len(data)}"


@mutation
def row_without_its_key_doubled(a: Attempt) -> None:
    """A copied row whose key was left out is a new row with a key of its own."""
    spot = a.spot(lambda s: s.column["name"] == "id" and s.table in ("themen", "erfahrungen"))
    data = a.parts.data(spot.title)
    data.append(ET.fromstring(ET.tostring(a.parts.row(spot.title, HEAD + 1 + spot.index))))
    a.parts.renumber(spot.title)
    a.parts.clear(spot.title, f"A{len(data)}")
    a.notes.append(spot.table)
    a.tables[spot.table].append(a.tables[spot.table][spot.index] | {"id": "*"})


@mutation
def row_deleted(a: Attempt) -> None:
    table = a.rng.choice(LEAVES)
    title = next(t for t, name in TITLES.items() if name == table)
    index = a.rng.randrange(len(a.tables[table]))
    a.parts.data(title).remove(a.parts.row(title, HEAD + 1 + index))
    a.parts.renumber(title)
    del a.tables[table][index]


@mutation
def status_deleted(a: Attempt) -> None:
    title = "Statusverlauf"
    index = a.rng.randrange(len(a.tables["statusverlauf"]))
    a.parts.data(title).remove(a.parts.row(title, HEAD + 1 + index))
    a.parts.renumber(title)
    del a.tables["statusverlauf"][index]


@mutation
def needed_row_deleted(a: Attempt) -> None:
    used = {
        row.get("quelle_id") for name, content in a.tables.items() if name != "dokumente" for row in content
    }
    spot = a.spot(lambda s: s.table == "dokumente" and s.column["name"] == "id" and s.text in used)
    a.parts.data(spot.title).remove(a.parts.row(spot.title, HEAD + 1 + spot.index))
    a.parts.renumber(spot.title)
    a.expect_failure()


@mutation
def all_rows_deleted(a: Attempt) -> None:
    title = a.sheet()
    data = a.parts.data(title)
    for row in list(data)[HEAD:]:
        data.remove(row)
    a.fails, a.place = True, f"Blatt „{title}“"


# Columns.


@mutation
def heading_in_other_letters(a: Attempt) -> None:
    spot = a.spot(lambda s: s.index == 0)
    ref = re.sub(r"\d+", str(HEAD), spot.ref)
    heading = spot.column["title"]
    form = a.rng.choice([heading.upper(), f"  {heading} ", f"{heading}*", spot.column["name"]])
    a.parts.put_text(spot.title, ref, form)


@mutation
def heading_renamed(a: Attempt) -> None:
    spot = a.spot(lambda s: s.index == 0)
    ref = re.sub(r"\d+", str(HEAD), spot.ref)
    a.parts.put_text(spot.title, ref, a.rng.choice(["Bemerkung", "Spalte1", "123", "x" * 300]))
    a.fails, a.place = True, f"Blatt „{spot.title}“, Zelle {ref}"


@mutation
def heading_doubled(a: Attempt) -> None:
    spot = a.spot(lambda s: s.index == 0 and not s.ref.startswith("A"))
    ref = re.sub(r"\d+", str(HEAD), spot.ref)
    first = next(s for s in a.start.spots if s.title == spot.title)
    a.parts.put_text(spot.title, ref, first.column["title"])
    a.fails, a.place = True, f"Blatt „{spot.title}“, Zelle {ref}"


@mutation
def column_deleted(a: Attempt) -> None:
    spot = a.spot(lambda s: s.index == 0)
    letter = re.sub(r"\d+", "", spot.ref)
    for row in a.parts.data(spot.title):
        for cell in list(row):
            if re.fullmatch(rf"{letter}\d+", cell.get("r", "")):
                row.remove(cell)
    a.fails, a.place = True, f"Blatt „{spot.title}“, Zeile {HEAD}"


@mutation
def columns_swapped(a: Attempt) -> None:
    """With their headings or without: moved columns cannot be told from moved headings."""
    title = a.sheet()
    width = len({s.column["name"] for s in a.start.spots if s.title == title})
    one, two = (chr(65 + n) for n in a.rng.sample(range(width), 2))
    for row in a.parts.data(title):
        for cell in row:
            match = re.fullmatch(r"([A-Z])(\d+)", cell.get("r", ""))
            if match and match[1] in (one, two):
                cell.set("r", {one: two, two: one}[match[1]] + match[2])
        row[:] = sorted(row, key=lambda c: (len(c.get("r", "")), c.get("r", "")))
    a.fails, a.place = True, f"Blatt „{title}“, Zelle"


@mutation
def contents_of_columns_swapped(a: Attempt) -> None:
    """Keys and numbers in each other's columns are noticed."""
    title = "Kosten"
    for index in range(len(a.tables["kosten"])):
        row = HEAD + 1 + index
        a.parts.put_text(title, f"C{row}", "33000")
        a.parts.put_text(title, f"E{row}", "jährlich")
    a.fails, a.place = True, f"Blatt „{title}“, Zelle"


@mutation
def headings_deleted(a: Attempt) -> None:
    title = a.sheet()
    row = a.parts.row(title, HEAD)
    row[:] = []
    a.fails, a.place = True, f"Blatt „{title}“"


@mutation
def cells_merged(a: Attempt) -> None:
    title = a.sheet()
    row = HEAD + a.rng.randint(1, 2)
    ref = a.rng.choice([f"A{row}:A{row + 1}", f"B{row}:C{row}", f"A{HEAD}:A{row}"])
    a.parts.merge(title, ref)
    a.fails, a.place = True, f"Blatt „{title}“, Zellen {ref}"


@mutation
def title_merged(a: Attempt) -> None:
    a.parts.merge(a.sheet(), "A1:D1")


# Sheets.


@mutation
def sheet_renamed(a: Attempt) -> None:
    title = a.sheet()
    a.parts.replace("xl/workbook.xml", f'name="{title}"'.encode(), b'name="Tabelle99"')
    a.fails, a.place = True, f"Das Blatt „{title}“ fehlt."


@mutation
def sheet_with_blanks_in_its_name(a: Attempt) -> None:
    title = a.sheet()
    new = a.rng.choice([f"{title} ", title.upper(), title.lower()])
    a.parts.replace("xl/workbook.xml", f'name="{title}"'.encode(), f'name="{new}"'.encode())


@mutation
def sheet_removed(a: Attempt) -> None:
    title = a.sheet()
    text = a.parts.files["xl/workbook.xml"].decode()
    text = re.sub(rf'<sheet [^>]*name="{re.escape(title)}"[^>]*/>', "", text)
    a.parts.files["xl/workbook.xml"] = text.encode()
    a.fails, a.place = True, f"Das Blatt „{title}“ fehlt."


@mutation
def form_removed(a: Attempt) -> None:
    text = a.parts.files["xl/workbook.xml"].decode()
    a.parts.files["xl/workbook.xml"] = re.sub(r'<sheet [^>]*name="Neue Maßnahme"[^>]*/>', "", text).encode()
    a.fails, a.place = True, "Das Blatt „Neue Maßnahme“ fehlt."


@mutation
def guide_removed(a: Attempt) -> None:
    text = a.parts.files["xl/workbook.xml"].decode()
    a.parts.files["xl/workbook.xml"] = re.sub(r'<sheet [^>]*name="Lies mich"[^>]*/>', "", text).encode()


@mutation
def guide_renamed(a: Attempt) -> None:
    """Stands for any further sheet: it is told of, and nothing else happens."""
    a.parts.replace("xl/workbook.xml", b'name="Lies mich"', b'name="Notizen"')


@mutation
def base_damaged(a: Attempt) -> None:
    sheet = "Stand"
    a.parts.put_text(sheet, "A1", a.rng.choice(["", "x", "eJw=", "[]", "{}"]))
    a.fails, a.place = True, "konzept excel export"


@mutation
def base_removed(a: Attempt) -> None:
    text = a.parts.files["xl/workbook.xml"].decode()
    a.parts.files["xl/workbook.xml"] = re.sub(r'<sheet [^>]*name="Stand"[^>]*/>', "", text).encode()
    a.fails, a.place = True, "konzept excel export"


# The form.


@mutation
def form_half_filled(a: Attempt) -> None:
    row = HEAD + a.rng.randint(1, 9)
    a.parts.put_text("Neue Maßnahme", f"{a.rng.choice('ABCDEFGIJKLPRTVW')}{row}", "Idee")
    a.fails, a.place = True, "Blatt „Neue Maßnahme“, Zelle"


@mutation
def form_with_blanks(a: Attempt) -> None:
    for letter in "ABCDE":
        a.parts.put_text("Neue Maßnahme", f"{letter}{HEAD + a.rng.randint(1, 9)}", " ")


# Files.


@mutation
def cut_off(a: Attempt) -> None:
    whole = a.parts.save()
    a.raw = whole[: a.rng.randrange(len(whole) - 30)]
    a.fails = True


@mutation
def bytes_overwritten(a: Attempt) -> None:
    """Whatever is hit, a changed workbook never passes as sound."""
    whole = bytearray(a.parts.save())
    at = a.rng.randrange(len(whole) - 600)
    whole[at : at + 500] = a.rng.randbytes(500)
    a.raw = bytes(whole)
    a.notes.append("either")


@mutation
def no_workbook(a: Attempt) -> None:
    a.raw = a.rng.choice(
        [b"", b"id;name\n", b"\x00" * 100, b"<html></html>", b"PK\x03\x04", b"%PDF-1.7", zlib.compress(b"x")]
    )
    a.fails = True


@mutation
def other_office_files(a: Attempt) -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    files = dict(a.parts.files)
    changed = a.rng.choice(["old", "locked", "ods", "binary"])
    if changed == "old":
        a.raw, a.place = compound + b"\0" * 500, "altes Excel-Format"
    elif changed == "locked":
        a.raw, a.place = compound + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "Kennwort"
    elif changed == "ods":
        a.parts.files = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"} | files
        a.place = "OpenDocument"
    else:
        a.parts.files = {"xl/workbook.bin": b""} | files
        a.place = ".xlsb"
    a.place = a.place.replace("altes Excel-Format", "alte Excel-Format")
    a.fails = True


@mutation
def part_missing(a: Attempt) -> None:
    name = a.rng.choice(["xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
    del a.parts.files[name]
    a.fails = True


@mutation
def part_garbled(a: Attempt) -> None:
    name = a.parts.sheets[a.sheet()]
    a.parts.files[name] = a.rng.choice(
        [b"", b"<", b"<worksheet>", a.parts.files[name][: -a.rng.randint(1, 400)]]
    )
    a.fails = True


def outcome(attempt: Attempt, path: Path) -> tuple[Tables | None, list[str]]:
    """Run the import up to writing: the tables that it would leave, or its problems."""
    path.write_bytes(attempt.raw if attempt.raw is not None else attempt.parts.save())
    try:
        plan = plan_import(path, attempt.start.present)
    except DataProblems as error:
        return None, [str(problem) for problem in error.problems]
    tables = dict(attempt.start.tables)
    for name, content in plan.contents.items():
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
        tables[name.removesuffix(".csv")] = list(reader)
    return tables, []


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda function: function.__name__)
def test_mutated_workbooks(mutate: Mutation, start: Start, tmp_path: Path) -> None:
    for n in range(TIMES):
        rng = random.Random(f"{SEED}-{mutate.__name__}-{n}")
        tables = {name: [dict(row) for row in content] for name, content in start.tables.items()}
        attempt = Attempt(start, rng, start.parts.copy(), tables)
        mutate(attempt)
        actual, problems = outcome(attempt, tmp_path / "konzept.xlsx")
        where = f"{mutate.__name__}, attempt {n}: {problems[:3]}"
        for problem in problems:
            assert problem.startswith("konzept.xlsx"), where
            assert problem.endswith((".", "?")), where
            assert not re.search(r"Error|Exception|Traceback|None|\bnan\b", problem), where
        if actual is None:
            assert attempt.fails or "either" in attempt.notes, where
            assert any(attempt.place in problem for problem in problems), where
            continue
        assert not attempt.fails, where
        for table in attempt.notes:
            if table in actual:
                # The key is the import's own choice.
                assert actual[table][-1]["id"] not in {row["id"] for row in start.tables[table]}
                actual[table][-1]["id"] = "*"
        assert actual == attempt.tables, where
