"""`konzept ausgabe`: an edition is whole or there is none, and every page says which state it shows."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import run_konzept
from copies import copy_project, replace
from folders import PROJECT, rows
from konzept.concept.states import read_state
from konzept.data.reading import read_folder
from sentences.states import ISSUING

NAME = "Ausgabe „Fassung 1“"


@pytest.fixture(scope="module")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_project(tmp_path_factory.mktemp("ausgabe") / "projekt", small=True)
    shutil.copy(PROJECT / "book/ausgaben.md", folder / "book")
    toc = folder / "_toc.yml"
    toc.write_text(
        toc.read_text("utf-8") + "  - caption: Anlagen\n    chapters:\n      - file: book/ausgaben\n", "utf-8"
    )
    return folder


def page(project: Path, name: str) -> str:
    return (project / f"_build/html/book/{name}.html").read_text("utf-8").replace("\u00ad", "")


def test_a_failed_edition_leaves_all_as_it_was(project: Path) -> None:
    chapter = project / "book/chapters/01-bildung.md"
    sound, before = chapter.read_text("utf-8"), (project / "data/ausgaben.csv").read_bytes()
    replace(chapter, "field.facts()", 'raise RuntimeError("kaputt")')
    assert run_konzept(project, "ausgabe", "Fassung 1").returncode == 1
    assert (project / "data/ausgaben.csv").read_bytes() == before
    assert not list((project / "ausgaben").glob("*"))
    chapter.write_text(sound, "utf-8")


def test_an_edition_is_printed_summed_up_and_shown(project: Path) -> None:
    told = run_konzept(project, "ausgabe", "Fassung 1", "--tag", "01.02.2026", "--vorlage", "12/2026")
    told.check_returncode()
    assert told.stdout.splitlines()[-1] == ISSUING["Ausgabe gelungen"]
    assert rows(project / "data", "ausgaben")[-1] == {
        "id": "u-fassung-1",
        "name": "Fassung 1",
        "tag": "2026-02-01",
        "stand": "2025-12-18",
        "vorlage_nr": "12/2026",
        "hinweis": "",
    }
    paper = project / "ausgaben/u-fassung-1.pdf"
    noted = json.loads((project / "ausgaben/ausgaben.json").read_text("utf-8"))["u-fassung-1"]
    assert noted["sha256"] == hashlib.sha256(paper.read_bytes()).hexdigest()
    assert NAME in " ".join(PdfReader(paper).pages[0].extract_text().split())
    present = read_folder(project / "data")
    assert read_state(str(paper), present).rows["massnahmen"] == present.rows["massnahmen"]

    run_konzept(project, "build", "--only", "html").check_returncode()
    assert (project / "_build/html/ausgaben/u-fassung-1.pdf").read_bytes() == paper.read_bytes()
    for name in ("index", "chapters/01-bildung"):
        assert f"{NAME} · Stand der Daten" in page(project, name)
    listed = page(project, "ausgaben")
    assert 'href="../ausgaben/u-fassung-1.pdf"' in listed
    assert noted["sha256"] in listed
    assert f"Fassung 1 vom 01.02.2026, Stand 18.12.2025, Datenkennung {noted['datenkennung']}." in listed


def test_an_edition_is_issued_once(project: Path) -> None:
    for name, sentence in (
        ("…", "Ausgabe ohne Namen"),
        ("stand august 2023", "Ausgabe, die es gibt"),
        ("Fassung 2", "Ausgabe ohne Neues"),
    ):
        told = run_konzept(project, "ausgabe", name)
        assert (told.returncode, told.stderr) == (1, f"{ISSUING[sentence]}\n")


def test_what_comes_after_an_edition_is_a_draft(project: Path) -> None:
    replace(project / "data/massnahmen.csv", "Videotutorials erstellen", "Lernfilme drehen")
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert "Arbeitsstand · Stand der Daten" in page(project, "index")
    listed = page(project, "ausgaben")
    assert "Von „Fassung 1“ zu diesem Arbeitsstand" in listed
    assert "Titel (eine Zeile)" in listed
