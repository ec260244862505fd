"""Another town from one command: its empty book builds and reads well, and nothing in it is of the town in this repository."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import run_konzept
from copies import take_drawings
from folders import PROGRAM, PROJECT, rows, write
from konzept.authors.chapters.shared import shared_pages
from konzept.authors.starting import settings_for, start_town
from konzept.data.reading import read_folder
from konzept.data.town import town_of
from konzept.site.references import FIXED
from sentences.programs import OTHERS as SENTENCES

OTHERS = re.compile(r"Lehrt|lehrte|Region Hannover|Stadtgesellschaft|Stadtverwaltung|\bder Rat\b|\bDer Rat\b")
"""Words of the town in this repository, and of towns with a council."""


def konzept(*arguments: str, project: Path | None = None) -> None:
    """Run the program that is tested, on a folder elsewhere."""
    named = ["--projekt", str(project)] if project else []
    result = run_konzept(PROGRAM, *named, *arguments)
    assert result.returncode == 0, result.stderr


def text_of(page: Path) -> str:
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    return soup.get_text(" ").replace("\N{SOFT HYPHEN}", "")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kreis") / "Landkreis Größtal"
    konzept("anfangen", str(folder), "--name", "Größtal", "--art", "landkreis", "--ags", "03999")
    konzept("build", project=folder)
    return folder


def test_the_folder_holds_what_is_the_town_s(county: Path) -> None:
    assert {p.name for p in county.iterdir()} == {
        *("data", "book", "_toc.yml", "_config.yml", "_build"),
        *(".gitignore", ".gitlab-ci.yml", "requirements.txt"),
    }
    assert all(page.read_text("utf-8") == f"{{seite}}`{page.stem}`\n" for page in (county / "book").iterdir())
    told = json.loads((county / "data/kommune.json").read_text("utf-8"))
    assert (told["name"], told["art"], told["bundesland"]) == ("Größtal", "landkreis", "Niedersachsen")
    (area,) = rows(county / "data", "gebiete")
    assert (area["name"], area["ortsangabe"]) == ("Landkreis Größtal", "im Landkreis Größtal")
    assert [row["id"] for row in rows(county / "data", "gruppen")] == ["insgesamt"]


def test_nothing_is_of_another_town(county: Path) -> None:
    for path in sorted((county / "_build/html").rglob("*")):
        if path.suffix == ".html":
            assert not OTHERS.search(text_of(path)), path
        elif path.suffix in (".json", ".csv", ".ttl", ".txt"):
            assert not re.search("lehrt|Hannover", path.read_text("utf-8"), re.IGNORECASE), path
    paper = PdfReader(county / "_build/pdf/integrationskonzept.pdf")
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert "Landkreises Größtal" in text.replace("\n", " ")
    assert not OTHERS.search(text)


def test_the_empty_book_reads_well(county: Path) -> None:
    said: Counter[str] = Counter()
    for page in sorted((county / "_build/html/book").glob("*.html")):
        article = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("article")
        assert article is not None
        for table in article.select("table"):
            assert table.select("tbody tr"), page
        headings = article.select("h1, h2, h3")
        assert len(headings[0].get_text()) > 1
        for section in article.select("section"):
            own = section.find_all(["p", "ul", "ol", "table", "dl", "section"], recursive=False)
            assert own or section.select("p, li, td, dt"), (page, section.get("id"))
        sentences = {p.get_text(" ", strip=True) for p in article.select("p")}
        said.update(s for s in sentences if len(s.split()) > 5)
    assert [sentence for sentence, n in said.items() if n > 1] == []


def test_its_first_chapter(county: Path, tmp_path: Path) -> None:
    """From the empty folder to the first chapter: a row of the data, and one command."""
    folder = Path(shutil.copytree(county, tmp_path / "kreis", ignore=shutil.ignore_patterns("_build")))
    told = {"quelle_id": "d-anlage", "fundstelle": "Seite 1"}
    field = {"id": "bildung", "nr": "1", "name": "Bildung", "kurzname": "Bildung", "typ": "feld", "bearbeitung": "laufend"}  # fmt: skip
    write(folder / "data", "handlungsfelder", [field | told])
    indicator = {"id": "i-kurse", "handlungsfeld_id": "bildung", "name": "Sprachkurse", "satzname": "die Zahl der Sprachkurse", "definition": "Zahl der Kurse im Jahr.", "einheit": "Anzahl", "richtung": "hoeher"}  # fmt: skip
    write(folder / "data", "indikatoren", [indicator | told])
    value = {"indikator_id": "i-kurse", "art": "ist", "gebiet_id": "groesstal", "gruppe_id": "insgesamt", "genauigkeit": "genau", "konfidenz": "hoch"}  # fmt: skip
    years = [{"zeit": str(year), "jahr": str(year), "wert": str(year - 1999)} for year in range(2018, 2026)]
    write(folder / "data", "messwerte", [value | year | told for year in years])
    konzept("new", "--alle", project=folder)
    # The chart that the page „Mitschreiben“ teaches, in place of the one that is proposed; and a reference to it.
    chapter = folder / "book/chapters/01-bildung.md"
    text = chapter.read_text("utf-8")
    assert "field.telling_chart()" in text
    chapter.write_text(
        text.replace("field.telling_chart()", 'field.indicator_chart("i-kurse")'), "utf-8", newline="\n"
    )
    (folder / "book/glossar.md").write_text("# Glossar\n\nSiehe {numref}`abb-i-kurse`.\n", "utf-8")
    assert "book/chapters/01-bildung" in (folder / "_toc.yml").read_text("utf-8")
    (folder / "book/monitoring.md").write_text("{seite}`monitoring`\n", "utf-8")
    contents = folder / "_toc.yml"
    contents.write_text(f"{contents.read_text('utf-8')}      - file: book/monitoring\n", "utf-8")
    konzept("build", "--only", "html", project=folder)
    assert "Bildung" in text_of(folder / "_build/html/book/index.html")
    page = BeautifulSoup(
        (folder / "_build/html/book/chapters/01-bildung.html").read_text("utf-8"), "html.parser"
    )
    for name in ("glossar", "monitoring"):
        there = BeautifulSoup((folder / f"_build/html/book/{name}.html").read_text("utf-8"), "html.parser")
        links = there.select('article a[href="chapters/01-bildung.html#abb-i-kurse-kapitel"]')
        assert {link.get_text().replace("\N{NO-BREAK SPACE}", " ") for link in links} == {"Abb. 1.1"}, name
    # What is still to be written has no heading over nothing.
    assert "## Worum es geht" in (folder / "book/chapters/01-bildung.md").read_text("utf-8")
    assert [h.get_text() for h in page.select("article h2")] == [
        *("Ziele und Maßnahmen#", "Was fehlt#", "Quellen#"),
    ]
    assert not page.select('a[href="#worum-es-geht"]')


PROSE = """\
# Glossar

{numref}`abb-felder` zeigt die Handlungsfelder, {numref}`tab-ziele-bildung` nennt die Ziele.
Mehr steht bei {ref}`den Zahlen <abb-i-bevoelkerung>` und unter [Sollwert](#abb-soll-i-quote), auch in {ref}`tab-kosten`.
"""


def test_prose_that_asks_for_what_the_data_lack_is_published(county: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(county, tmp_path / "kreis", ignore=shutil.ignore_patterns("_build")))
    (folder / "book/glossar.md").write_text(PROSE, "utf-8")
    result = run_konzept(PROGRAM, "--projekt", str(folder), "build", "--only", "html")
    assert result.returncode == 0, result.stderr
    hints = [line for line in result.stderr.splitlines() if line.startswith("Hinweis: ")]
    assert hints[0] == f"Hinweis: {SENTENCES['Verweis auf eine Abbildung, zu der noch Daten fehlen']}"
    assert len(hints) == len(set(hints)) == 5
    said = " ".join(text_of(folder / "_build/html/book/glossar.html").split())
    assert (
        "Abbildung (noch ohne Daten) zeigt die Handlungsfelder, Tabelle (noch ohne Daten) nennt die Ziele."
        in said
    )
    assert re.search(
        r"Mehr steht bei den Zahlen und unter Sollwert ?, auch in Tabelle \(noch ohne Daten\)", said
    )


def test_every_mark_that_needs_no_key_is_known() -> None:
    """Else its figure, once the data lack it, would break the pages that refer to it."""
    code = "".join(
        path.read_text("utf-8")
        for room in ("elements", "notebook")
        for path in (PROGRAM / "scripts/konzept" / room).rglob("*.py")
    )
    fixed = {*re.findall(r'"((?:abb|tab)-[a-z-]*[a-z])"', code)}
    fixed |= {f"tab-{key}" for key in re.findall(r'register\(\s*"([a-z-]+)"', code)}
    # Only on the page that shows them, or below a figure.
    unreferred = {"tab-berichtigungen", "tab-felder-seitdem"}
    assert {mark for mark in fixed if not mark.endswith("-daten")} - unreferred == {*FIXED}


def test_every_page_of_the_program_bears_a_full_town(built: Path, tmp_path: Path) -> None:
    town = Path(
        shutil.copytree(PROJECT, tmp_path / "stadt", ignore=shutil.ignore_patterns("_build", "ausgaben"))
    )
    take_drawings(town)
    taken = [name for name in shared_pages() if (town / f"book/{name}.md").is_file()]
    for name in taken:
        (town / f"book/{name}.md").write_text(f"{{seite}}`{name}`\n", "utf-8")
    assert {*shared_pages()} - {*taken} == {"so-geht-es-weiter"}
    konzept("build", "--only", "html", project=town)


@pytest.mark.parametrize(
    ("told", "kind", "key", "name", "whole", "whose"),
    [
        ("Landkreis Adorf", "landkreis", "03999", "Adorf", "Landkreis Adorf", "des Landkreises Adorf"),
        ("Kreis Adorf", "landkreis", "05999", "Adorf", "Kreis Adorf", "des Kreises Adorf"),
        ("Ader-Kreis", "landkreis", "16999", "Ader-Kreis", "Ader-Kreis", "des Ader-Kreises"),
        ("Oberadkreis", "landkreis", "15999", "Oberadkreis", "Oberadkreis", "des Oberadkreises"),
        ("Stadt Adorf", "stadt", "03999999", "Adorf", "Stadt Adorf", "der Stadt Adorf"),
        ("Stadthagen", "stadt", "03999999", "Stadthagen", "Stadt Stadthagen", "der Stadt Stadthagen"),
        ("Region Adorf", "region", "03999", "Adorf", "Region Adorf", "der Region Adorf"),
    ],
)
def test_a_name_may_be_told_with_its_kind(
    told: str, kind: str, key: str, name: str, whole: str, whose: str
) -> None:
    town = town_of(settings_for(told, kind, key, "Konzept", dt.date(2026, 1, 1)))
    assert (town.name, town.title, town.genitive) == (name, whole, whose)
    assert town.area_id == "-".join(name.casefold().split("-"))


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        (
            "St. „Ähren“ am *Süd*-Rand mit einem sehr langen Namen von sechzig Zei",
            "samtgemeinde",
            "031535401",
        ),
        ('Bad "Zitat" & <Spitz> {Klammer}', "gemeinde", "09999999"),
        ("Adorf", "region", "14999"),
    ],
)
def test_odd_names(name: str, kind: str, key: str, tmp_path: Path) -> None:
    start_town(tmp_path / "neu", settings_for(name, kind, key, "Konzept & Mehr", dt.date(2026, 1, 1)))
    reading = read_folder(tmp_path / "neu/data")
    assert reading.problems == ()
    assert reading.package is not None
    assert reading.package.town.name == name
    assert reading.package.stem == "konzept-mehr"
    assert [p.name for p in tmp_path.iterdir()] == ["neu"]
