"""The page of the data in the finished book: its files are there, and what it teaches works."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from rdflib import DCAT, DCTERMS, RDF, Graph

from folders import PROGRAM, PROJECT, REAL, page_text, rows, schema
from konzept.concept.assembly import load_concept
from konzept.site.opendata.extension import _is_current
from konzept.site.opendata.files import open_data

SOURCE = PROJECT / "book" / "daten.md"


@pytest.fixture(scope="module")
def page(built: Path) -> BeautifulSoup:
    return BeautifulSoup((built / "html/book/daten.html").read_text("utf-8"), "html.parser")


def plain(tag: Tag) -> str:
    return tag.get_text().replace("\N{SOFT HYPHEN}", "")


def links(page: BeautifulSoup) -> list[str]:
    return [unquote(str(a["href"])) for a in page.select("a.ik-datei")]


def test_every_link_leads_to_a_file_of_the_size_that_it_tells(page: BeautifulSoup, built: Path) -> None:
    for link in page.select("a.ik-datei"):
        path = built / "html/book" / unquote(str(link["href"]))
        told = re.search(r"\((\d+)\s*KB\)", link.get_text())
        assert told, link
        assert int(told[1]) == max(1, round(path.stat().st_size / 1024))


def test_all_tables_and_indicators_are_offered(page: BeautifulSoup) -> None:
    named = {link.removeprefix("../daten/") for link in links(page)}
    tables = {r["path"] for r in schema()["resources"]}
    assert tables <= named
    ids = [row["id"] for row in rows(REAL, "indikatoren")]
    assert {f"indikatoren/{key}.{form}" for key in ids for form in ("csv", "json")} <= named
    assert {
        "integrationskonzept-daten.xlsx",
        "integrationskonzept-daten.zip",
        "katalog.ttl",
        "SHA256SUMS",
    } <= named


def test_beside_the_pages_lies_what_the_data_make(built: Path) -> None:
    made = open_data(load_concept(REAL)).files
    folder = built / "html/daten"
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert there == made


def test_tables_unfold_with_columns_and_first_rows(page: BeautifulSoup) -> None:
    (fold,) = (f for f in page.select(".ik-falten details") if plain(f.summary).startswith("Maßnahmen"))
    text = plain(fold)
    assert "26\N{NO-BREAK SPACE}Zeilen" in text
    first = rows(REAL, "massnahmen")[0]
    assert first["titel"] in text
    assert "zeit_genauigkeit" in text
    assert not fold.has_attr("open")


def test_search_engines_read_what_the_catalogue_says(page: BeautifulSoup, built: Path) -> None:
    (script,) = page.select('script[type="application/ld+json"]')
    told = json.loads(html.unescape(script.string))
    catalogue = Graph().parse(built / "html/daten/katalog.ttl")
    (whole,) = (
        s
        for s in catalogue.subjects(RDF.type, DCAT.Dataset)
        if str(catalogue.value(s, DCTERMS.identifier)) == "konzept"
    )
    assert told["@id"] == str(whole)
    assert told["name"] == str(catalogue.value(whole, DCTERMS.title))
    assert len(told["distribution"]) == len(list(catalogue.objects(whole, DCAT.distribution)))
    for each in told["distribution"]:
        path = built / "html/book" / each["contentUrl"]
        assert path.stat().st_size == int(each["contentSize"])
    # Data are no script: the policy names none for them, and no other page bears them.
    others = [p for p in (built / "html").rglob("*.html") if "ld+json" in p.read_text("utf-8")]
    assert [p.name for p in others] == ["daten.html"]


def test_what_the_page_teaches_works(built: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(built / "html/daten/integrationskonzept-daten.zip").extractall(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", page_text(SOURCE), re.DOTALL)
    assert len([line for line in code.splitlines() if line]) == 3
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert "i-kita-quote-u3" in done.stdout or "mean" in done.stdout
    check = (
        f"{code}\nassert len(werte) == {len(rows(REAL, 'messwerte'))}\nassert werte['wert'].dtype == float\n"
    )
    subprocess.run([sys.executable, "-c", check], cwd=tmp_path, check=True, capture_output=True)


def test_the_same_files_wherever_they_are_made(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; import sys; from konzept.concept.assembly import load_concept; "
        "from konzept.site.opendata.files import open_data; "
        "d = open_data(load_concept(Path(sys.argv[1]))); print(d.files['SHA256SUMS'].decode(), d.search)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code, str(REAL)],
            env={**os.environ, "PYTHONPATH": str(PROGRAM / "scripts"), **surroundings},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for surroundings in (
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"},
            {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2"},
        )
    ]
    assert told[0] == told[1] != ""


def test_files_are_written_anew_when_one_is_not_whole(tmp_path: Path) -> None:
    folder, note = tmp_path / "daten", tmp_path / ".konzept-daten"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"abc")
    assert not _is_current(folder, note, "eins")
    note.write_text("eins\n{}\n3 a.csv", "utf-8")
    assert _is_current(folder, note, "eins")
    assert not _is_current(folder, note, "zwei")
    (folder / "a.csv").write_bytes(b"")
    assert not _is_current(folder, note, "eins")


def test_at_an_earlier_day_there_are_no_files() -> None:
    import datetime as dt

    from konzept.elements.publication import downloads

    past = load_concept(REAL, stand=dt.date(2023, 12, 31))
    assert [downloads.files(past), downloads.tables(past), downloads.indicators(past)] == [None, None, None]
    assert downloads.lead(past).lines[0][0].text == "Dateien gibt es nur zum Stand der Daten, dem 18.12.2025."
