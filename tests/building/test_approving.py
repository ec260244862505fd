"""`konzept freigeben`: a chapter that shows something else since it was approved says so, and no other does."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import run_konzept
from copies import SMALL, copy_project, replace
from folders import PROJECT, rows, tell, write
from konzept.data.problems import DataProblems
from konzept.publishing.approving import approve
from sentences.states import APPROVING

PICTURE = "![Ein Fest im Park.](../fest.svg)"
STEERING = "# Steuerung\n\n```{code-cell} ipython3\nfrom konzept import buch\n\nbuch().approvals()\n```\n"
COUNCIL, COMMITTEE = "g-rat", "g-ausschuss-soziales"


@pytest.fixture(scope="module")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a book of the start page, all chapters and a page that tells of approvals, with a picture in two chapters."""
    folder = copy_project(tmp_path_factory.mktemp("freigabe") / "projekt", small=True)
    for page in sorted((PROJECT / "book/chapters").glob("*.md")):
        shutil.copy(page, folder / "book/chapters")
    for name in ("04-freizeit", "06-wohnen"):
        replace(folder / f"book/chapters/{name}.md", "## Was fehlt", f"{PICTURE}\n\n## Was fehlt")
    (folder / "book/fest.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    head = (folder / "book/chapters/01-bildung.md").read_text("utf-8").partition("\n# ")[0]
    (folder / "book/steuerung.md").write_text(f"{head}\n{STEERING}", "utf-8")
    pages = [f"chapters/{page.stem}" for page in sorted((folder / "book/chapters").glob("*.md"))]
    lines = "".join(f"      - file: book/{page}\n" for page in [*pages[1:], "steuerung"])
    (folder / "_toc.yml").write_text(SMALL + lines, "utf-8")
    return folder


def text(project: Path, name: str) -> BeautifulSoup:
    page = (project / f"_build/html/book/{name}.html").read_text("utf-8").replace("\u00ad", "")
    return BeautifulSoup(page, "lxml").article


def head(project: Path, name: str) -> str:
    """Give what stands between a chapter's title and its first words."""
    found = text(project, f"chapters/{name}").h1.find_next_sibling()
    return found.get_text() if "ik-leise" in found.get("class", []) else ""


def steering(project: Path) -> list[list[str]]:
    table = text(project, "steuerung").table
    return [[" ".join(cell.stripped_strings) for cell in row("th") + row("td")] for row in table.tbody("tr")]


def approvals(project: Path) -> list[dict[str, str]]:
    return rows(project / "data", "freigaben")


def test_a_chapter_is_approved_as_it_is(project: Path) -> None:
    told = run_konzept(
        project,
        "freigeben",
        "gesundheit",
        "--gremium",
        COMMITTEE,
        "--tag",
        "1.10.2026",
        "--vorlage",
        "12/2026",
    )
    told.check_returncode()
    assert told.stdout.splitlines() == [APPROVING["Freigabe gelungen"], APPROVING["Wo sie zu sehen ist"]]
    (row,) = approvals(project)
    assert row.pop("fingerabdruck").count("-") == 2
    assert row == {
        "handlungsfeld_id": "gesundheit",
        "gremium_id": COMMITTEE,
        "tag": "2026-10-01",
        "vorlage_nr": "12/2026",
    }
    assert not (project / "_build/html").exists()


def test_what_cannot_be_is_refused_and_not_written(project: Path) -> None:
    before = approvals(project)
    with pytest.raises(DataProblems) as refused:
        approve(
            project,
            project / "data",
            "gesundheit",
            body_id=COMMITTEE,
            day=dt.date(2026, 10, 1),
            paper_number="",
            tell=print,
        )
    assert [str(p) for p in refused.value.problems] == [APPROVING["Dieselbe Freigabe noch einmal"]]
    chapter = project / "book/chapters/02-gesundheit.md"
    sound = chapter.read_text("utf-8")
    replace(chapter, 'kapitel("gesundheit")', 'kapitel("gesundhit")')
    told = run_konzept(project, "freigeben", "gesundheit", "--gremium", COMMITTEE, "--tag", "2026-10-02")
    assert (told.returncode, "Meinten Sie „gesundheit“?" in told.stderr) == (1, True)
    chapter.write_text(sound, "utf-8")
    assert approvals(project) == before


def test_only_chapters_that_show_something_else_say_so(project: Path) -> None:
    data, chapters = project / "data", project / "book/chapters"
    shows = json.loads((project / "_build/.konzept/_build/html/.konzept-kapitel.json").read_text("utf-8"))
    assert len(shows) == 9
    [first] = approvals(project)
    assert first["fingerabdruck"] == shows["gesundheit"]
    new = [
        {"handlungsfeld_id": field, "gremium_id": COUNCIL, "tag": "2026-11-01", "fingerabdruck": digits}
        for field, digits in shows.items()
    ]
    # Another body had approved something else before: the newest approval counts.
    earlier = {
        **new[4],
        "gremium_id": COMMITTEE,
        "tag": "2026-09-01",
        "fingerabdruck": "00000000-00000000-00000000",
    }
    write(data, "freigaben", [first, *new, earlier])

    # One thing of each kind …
    values = rows(data, "messwerte")
    last = next(
        row
        for row in reversed(values)
        if (row["indikator_id"], row["gebiet_id"]) == ("i-kita-auslaendische-herkunft", "umland-hannover")
    )
    last["wert"] = "33,1"
    write(data, "messwerte", values)
    replace(chapters / "02-gesundheit.md", "## Was fehlt", "Ein Satz mehr.\n\n## Was fehlt")
    replace(chapters / "03-arbeit.md", "## Was fehlt", "## Was noch fehlt")
    replace(chapters / "04-freizeit.md", "Ein Fest im Park.", "Ein Fest am See.")
    steps = rows(data, "statusverlauf")
    next(row for row in steps if row["massnahme_id"] == "m-verwaltung-zugaenge")["status"] = "idee"
    write(data, "statusverlauf", steps)
    # … and what nobody reads, or reads elsewhere.
    replace(chapters / "06-wohnen.md", PICTURE, f"% Vermerk\n\n{PICTURE}")
    replace(chapters / "05-demokratie.md", "## Was fehlt", "##  Was **fehlt**")
    tell(data, redaktion="Andere Redaktion")

    run_konzept(project, "build", "--only", "html").check_returncode()
    changed = {
        "01-bildung": "Abbildungen",
        "02-gesundheit": "Text",
        "03-arbeit": "Text",
        "04-freizeit": "Abbildungen",
        "07-verwaltung": "Tabellen",
    }
    heads = {page.stem: head(project, page.stem) for page in sorted(chapters.glob("*.md"))}
    assert heads == {
        name: f"Freigegeben am 1.\xa0November 2026 (Rat der Stadt Lehrte). Seither geändert: {changed[name]}."
        if name in changed
        else ""
        for name in heads
    }
    table = steering(project)
    assert table[1:3] == [
        ["2. Gesundheit", "Rat der Stadt Lehrte", "01.11.2026", "geändert: Text"],
        [
            "2. Gesundheit",
            "Ausschuss für Soziales, Gleichstellung und Integration Vorlage 12/2026",
            "01.10.2026",
            "geändert: Text",
        ],
    ]
    assert [row[3] for row in table if row[0].startswith("5.")] == [
        "unverändert",
        "geändert: Text, Abbildungen und Tabellen",
    ]
    assert len(table) == 11


def test_a_text_alone_changes_the_page_that_tells_of_it(project: Path) -> None:
    """Nothing in the data has changed, so the page itself would not be written again."""
    replace(project / "book/chapters/09-sprache.md", "## Was fehlt", "Noch ein Satz.\n\n## Was fehlt")
    replace(project / "book/chapters/02-gesundheit.md", "Ein Satz mehr.\n\n", "")
    run_konzept(project, "build", "--only", "html").check_returncode()
    states = {row[0]: row[3] for row in steering(project)}
    assert (states["9. Sprache"], states["2. Gesundheit"]) == ("geändert: Text", "unverändert")
    assert head(project, "02-gesundheit") == ""


def test_the_paper_says_it_too(project: Path) -> None:
    run_konzept(project, "build", "--chapter", "sprache").check_returncode()
    (paper,) = (project / "_build/pdf").glob("*sprache*.pdf")
    # A line may end in any word.
    words = re.sub(r"[\u2010\s]", "", "".join(page.extract_text() for page in PdfReader(paper).pages))
    assert "Freigegebenam1.November2026(RatderStadtLehrte).Seithergeändert:Text." in words


def test_nothing_is_told_while_nothing_is_approved(built: Path) -> None:
    page = text(PROJECT, "steuerung")
    assert (page.find(id="tab-freigaben"), "Freigegebene" in page.get_text()) == (None, False)
