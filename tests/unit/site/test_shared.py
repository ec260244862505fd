"""Pages that the program brings: where a town's additions stand, and examples that any town may type."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from folders import EXAMPLES, page_text, rows, write
from konzept.authors.check import check_project
from konzept.authors.starting import settings_for, start_town
from konzept.data.reading import read_folder
from konzept.site.shared import examples_of

BERGE = settings_for("Hohe Berge", "landkreis", "09999", "Integrationsplan", dt.date(2026, 3, 1))


@pytest.fixture(params=["stadt", "landkreis", "region", "leer"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "ort"
    if request.param == "leer":
        start_town(folder, BERGE)
    else:
        source = EXAMPLES / request.param
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("_build", "ausgaben"))
        write(folder / "data", "ausgaben", [])
    return folder


def added(folder: Path, text: str) -> list[str]:
    page = folder / "book/statuskriterien.md"
    page.write_text(f"{{seite}}`statuskriterien`\n{text}", "utf-8")
    return [line for line in page_text(page).splitlines() if line.startswith("## ") or "Ort" in line]


def test_additions_stand_where_their_heading_is(tmp_path: Path) -> None:
    start_town(tmp_path / "ort", BERGE)
    own = "## Wie die Kriterien angewandt sind"
    assert added(tmp_path / "ort", "\nEin Ort.\n") == [own, "Ein Ort."]
    assert added(tmp_path / "ort", f"\n{own}\n\nEin Ort.\n\n## Mehr\n\nNoch ein Ort.\n") == [
        *(own, "Ein Ort.", "## Mehr", "Noch ein Ort."),
    ]
    text = page_text(tmp_path / "ort/book/statuskriterien.md")
    assert re.search(rf"{own}\n\nEin Ort\.\n\nMaßgeblich ist", text)
    # What looks like a heading in a block is none.
    shown = added(tmp_path / "ort", f"\n```text\n{own}\n```\n\nEin Ort.\n")
    assert shown == [own, own, "Ein Ort."]


def test_whoever_types_the_examples_has_sound_data(town: Path) -> None:
    reading = read_folder(town / "data")
    pages = {
        path.relative_to(town / "book").with_suffix("").as_posix() for path in (town / "book").rglob("*.md")
    }
    example = examples_of(reading, pages)
    new = {
        "massnahme_id": example["measure"],
        "datum": example["day"],
        "status": "in_pruefung",
        "quelle_id": example["source"],
        "fundstelle": "Seite 1",
    }
    if reading.keys("massnahmen"):
        write(town / "data", "statusverlauf", [*rows(town / "data", "statusverlauf"), new])
        assert example["deleted"] in reading.keys("massnahmen")
    assert [str(problem) for problem in check_project(town / "data", town / "book")] == []
    if reading.keys("handlungsfelder"):
        assert example["field"] in reading.keys("handlungsfelder")
        assert (town / f"book/{example['chapter']}.md").is_file()
    assert example["source"] in reading.keys("dokumente")


def test_the_guide_names_no_other_town(town: Path) -> None:
    page = town / "book/mitschreiben.md"
    page.write_text("{seite}`mitschreiben`\n", "utf-8")
    text = page_text(page)
    if "lehrte" not in read_folder(town / "data").keys("gebiete"):
        assert not re.search("lehrt", text, re.IGNORECASE)
    assert re.findall(r"!?\{(?:image|figure)\} assets/mitschreiben", text) == [
        "{image} assets/mitschreiben" for _ in (town / "book/assets/mitschreiben").glob("*.png")
    ]
    assert "make setup" not in text
    links = re.findall(r"\]\((?!\.\.)([\w-]+)\.md\)", text)
    assert links
    assert [name for name in links if not (town / f"book/{name}.md").is_file()] == []


def text_with(folder: Path, name: str, added: str = "") -> str:
    page = folder / f"book/{name}.md"
    page.write_text(f"{{seite}}`{name}`\n{added}", "utf-8")
    return page_text(page)


def test_nobody_is_said_to_have_checked_a_new_book(tmp_path: Path) -> None:
    folder = tmp_path / "ort"
    start_town(folder, BERGE)
    text = text_with(folder, "barrierefreiheit")
    assert "Dieses Buch ist noch nicht geprüft" in text
    assert "weitgehend" not in text
    assert "Werkstatt" not in text
    checked = tmp_path / "geprueft"
    start_town(checked, BERGE | {"barrierefreiheit": "geprueft"})
    (checked / "book/erkunden.md").write_text("{seite}`erkunden`\n", "utf-8")
    text = text_with(checked, "barrierefreiheit")
    assert "Die Seiten sind nach eigener Prüfung weitgehend mit diesem Maßstab vereinbar." in text
    assert "nicht für dieses" not in text
    assert "In der Werkstatt führen die Pfeiltasten" in text


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("datenschutz", "Protokolle des Servers"),
        ("datenschutz", "Verantwortliche Stelle"),
        ("barrierefreiheit", "Schlichtungsstelle"),
    ],
)
def test_what_a_town_has_entered_is_not_missing(name: str, heading: str, tmp_path: Path) -> None:
    start_town(tmp_path / "ort", BERGE)  # in Bavaria, whose law the program does not know
    lacking = text_with(tmp_path / "ort", name).count("noch nicht eingetragen")
    text = text_with(tmp_path / "ort", name, f"\n## {heading}\n\nHier steht es.\n")
    assert text.count("noch nicht eingetragen") == lacking - 1
    assert "Hier steht es." in text
