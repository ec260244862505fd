"""The tasks of the page "Mitschreiben", done by following only what the page says, in a folder with an odd name."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from copies import copy_project
from folders import PROGRAM, PROJECT, page_text, rows, schema, write
from typing_commands import ODD, environment, set_up, typed


def _page() -> str:
    """Give the page as it is in the folder that the tests type in, where the program lies, too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("data", "book"):
            shutil.copytree(PROJECT / part, folder / part)
        (folder / "scripts").mkdir()
        (folder / "scripts/setup.py").touch()
        return page_text(folder / "book/mitschreiben.md")


PAGE = _page()
CHAPTER = "book/chapters/01-bildung.md"
CONTENTS = """\
format: jb-book
root: book/anfang
parts:
  - caption: Das Konzept
    chapters:
      - file: book/entstehung
  - caption: Handlungsfelder
    numbered: 1
    chapters:
      - file: book/chapters/01-bildung
  - caption: Anhang
    chapters:
      - file: book/glossar
      - file: book/statuskriterien
      - file: book/mitschreiben
"""


def tasks() -> dict[int, str]:
    """Give the text of each task by its number."""
    parts = re.split(r"^## (\d+)\. .*$", PAGE.split("\n## So schreiben wir")[0], flags=re.MULTILINE)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def fenced(text: str, kind: str) -> list[str]:
    return [m[2] for m in re.finditer(rf"^(`{{3,}}){kind}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)]


def commands(text: str) -> list[list[str]]:
    return [shlex.split(line) for block in fenced(text, "bash") for line in block.splitlines()]


def example(text: str) -> dict[str, str]:
    """Give what the page's table says to type into a row."""
    return dict(re.findall(r"^\| (\S[^|]*?) \| (\S[^|]*?) \|$", text.split("|---|---|\n")[1], re.MULTILINE))


def beginning() -> str:
    """Give what the page says to type first into each new terminal."""
    setup, first = commands(PAGE.split("\n## 1. ")[0])
    assert setup == ["make", "setup"]
    return shlex.join(first)


def in_terminal(project: Path, *command: str, answer: str | None = None) -> subprocess.CompletedProcess[str]:
    return typed(project, beginning(), shlex.join(command), answer=answer)


def sheet_of(text: str) -> str:
    match = re.search(r"[iI]m Blatt „([^“]+)“", text)
    assert match is not None
    return match[1]


def heads(sheet: Worksheet) -> dict[str, int]:
    """Give the columns of a sheet by what stands above them."""
    head = next(row for row in sheet.iter_rows(max_row=5) if str(row[0].value).endswith(" *"))
    return {str(cell.value).removesuffix(" *"): cell.column for cell in head}


def row_of(sheet: Worksheet, known: dict[str, str]) -> int:
    """Find the one row that holds these words or days, as a list shows them."""
    columns = heads(sheet)

    def shown(row: int, column: str) -> str:
        value = sheet.cell(row, columns[column]).value
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value).partition(" – ")[0]

    (row,) = [
        number
        for number in range(4, sheet.max_row + 1)
        if all(shown(number, column) == text for column, text in known.items())
    ]
    return row


def correct(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Find the row by the first two of these cells, and change the others."""
    book = openpyxl.load_workbook(workbook)
    target = book[sheet]
    (one, two, *others) = cells.items()
    row = row_of(target, dict((one, two)))
    for column, text in others:
        target.cell(row, heads(target)[column]).value = text
    book.save(workbook)


def overwrite(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Write over what stands in the only row of a sheet."""
    book = openpyxl.load_workbook(workbook)
    for column, text in cells.items():
        book[sheet].cell(4, heads(book[sheet])[column]).value = text
    book.save(workbook)


def delete(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Lift the protection of a sheet, which has no password, and delete a whole row."""
    book = openpyxl.load_workbook(workbook)
    target = book[sheet]
    row = row_of(target, cells)
    # Else a person could not delete it.
    assert any(cell.protection.locked for cell in target[row])
    assert target.protection.sheet
    assert not target.protection.password
    target.protection.sheet = False
    target.delete_rows(row)
    book.save(workbook)


def type_in(workbook: Path, sheet: str, cells: dict[str, str]) -> None:
    """Type into the first empty row of a sheet."""
    book = openpyxl.load_workbook(workbook)
    target = book[sheet]
    places = heads(target)
    line = 4
    while any(target.cell(line, column).value for column in places.values()):
        line += 1
    for column, text in cells.items():
        target.cell(line, places[column]).value = text
    book.save(workbook)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the first chapter, this page, and the pages that it links to."""
    folder = set_up(copy_project(tmp_path_factory.mktemp("mitschreiben") / ODD))
    (folder / "_toc.yml").write_text(CONTENTS, "utf-8")
    kept = {"entstehung", "01-bildung", "glossar", "statuskriterien", "mitschreiben"}
    for page in (folder / "book").rglob("*.md"):
        if page.stem not in kept:
            page.unlink()
    # What is left must not link to pages that are gone.
    for page in (folder / "book").rglob("*.md"):
        links = re.compile(r"\]\(([\w./-]+\.md)(?:#[\w-]*)?\)")
        text = links.sub(
            lambda m, page=page: m[0] if (page.parent / m[1]).is_file() else "](mitschreiben.md)",
            page.read_text("utf-8"),
        )
        page.write_text(text, "utf-8")
    (folder / "book/anfang.md").write_text("# Anfang\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def known(project: Path) -> list[dict[str, str]]:
    """The status of the measures after the first task."""
    page = tasks()[1]
    (export,) = [c for c in commands(page) if c[:3] == ["konzept", "excel", "export"]]
    in_terminal(project, *export).check_returncode()
    type_in(project / "konzept.xlsx", sheet_of(page), example(page))
    trial, imported = [c for c in commands(page) if c[:3] == ["konzept", "excel", "import"]]
    before = {path.name: path.read_bytes() for path in (project / "data").glob("*.csv")}
    assert trial == [*imported, "--probe"]
    assert in_terminal(project, *trial).returncode == 0
    assert {path.name: path.read_bytes() for path in (project / "data").glob("*.csv")} == before
    result = in_terminal(project, *imported)
    assert (result.returncode, result.stderr) == (0, "")
    # The next tasks begin with a new workbook.
    in_terminal(project, *export).check_returncode()
    return rows(project / "data", "statusverlauf")


@pytest.fixture(scope="module")
def written(project: Path, known: list[dict[str, str]]) -> Path:
    """The project after the tasks two to eleven."""
    page = tasks()
    for number, do in ((2, correct), (3, overwrite), (4, type_in), (5, delete), (8, type_in)):
        do(project / "konzept.xlsx", sheet_of(page[number]), example(page[number]))
    imported = commands(page[1])[-1]
    # What is deleted is asked about.
    assert re.search("antworten Sie mit „ja“", page[5])
    result = in_terminal(project, *imported, answer="ja")
    assert result.returncode == 0, result.stderr
    assert example(page[5])["Kennung"] in result.stderr
    snippets = [text for number in range(6, 12) for text in fenced(page[number], "markdown")]
    assert len(snippets) == 7
    (picture,) = re.findall(r"\{figure\} \.\./(\S+)", snippets[1])
    (project / "book" / picture).parent.mkdir()
    Image.effect_noise((2000, 1400), 40).save(project / "book" / picture)
    path = project / CHAPTER
    path.write_text("\n".join([path.read_text("utf-8"), "## Probe", "", *snippets]), "utf-8")
    return project


@pytest.fixture(scope="module")
def built(written: Path) -> BeautifulSoup:
    """The chapter as the page's last command but git builds it."""
    assert commands(tasks()[14])[0] == ["konzept", "build"]
    result = in_terminal(written, "konzept", "build", "--only", "html")
    assert result.returncode == 0, result.stderr
    html = (written / "_build/html/book/chapters/01-bildung.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser")


def text_of(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").replace("\u00ad", "").split())


def test_every_task_has_its_number() -> None:
    assert list(tasks()) == list(range(1, 17))


def of_the_library(statuses: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [
        (r["datum"], r["status"]) for r in statuses if r["massnahme_id"] == example(tasks()[1])["Maßnahme"]
    ]


def test_1_status(known: list[dict[str, str]]) -> None:
    assert of_the_library(known) == [("2023-08-30", "idee"), ("2025-12-18", "in_pruefung")]


def test_2_status_corrected(written: Path) -> None:
    assert of_the_library(rows(written / "data", "statusverlauf")) == [
        ("2023-08-30", "idee"),
        ("2025-12-18", "geplant"),
    ]


def test_3_stand(written: Path, built: BeautifulSoup) -> None:
    day = dt.datetime.strptime(example(tasks()[3])["Stand"], "%d.%m.%Y").date()
    assert json.loads((written / "data/kommune.json").read_text("utf-8"))["stand"] == str(day)
    assert f"{day:%d.%m.%Y}" in text_of(built).replace("\xa0", " ")


def test_4_measure(written: Path, built: BeautifulSoup) -> None:
    title = example(tasks()[4])["Titel"]
    (row,) = [r for r in rows(written / "data", "massnahmen") if r["titel"] == title]
    assert row["handlungsfeld_id"] == "bildung"
    assert title in text_of(built)


def test_5_measure_deleted(written: Path) -> None:
    gone = example(tasks()[5])["Kennung"]
    assert gone in (PROJECT / "data/statusverlauf.csv").read_text("utf-8")
    assert not [path for path in (written / "data").glob("*.csv") if gone in path.read_text("utf-8")]


def test_6_figure(built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    caption = section.select("figure figcaption")[0]
    assert "Betreuungsquote der unter Dreijährigen" in caption.get_text()
    (opening,) = re.findall(r"`(field = \w+\(.*?\))`", PAGE)
    assert f"\n{opening}\n" in (PROJECT / "book/chapters/01-bildung.md").read_text("utf-8")


def test_7_picture(written: Path, built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    picture = section.select("figure > img")[0]
    assert picture["alt"] == "Kinder und Erwachsene malen im Park ein großes Plakat."
    assert (written / "_build/html/book/chapters" / str(picture["src"])).is_file()
    assert "Foto: Stadt" in picture.parent.get_text().replace("\u00ad", "")
    # Neither a description nor a source is missed.
    assert "fest.jpg" not in in_terminal(written, "konzept", "check").stderr


def test_8_source(written: Path, built: BeautifulSoup) -> None:
    assert "d-beispiel" in [r["id"] for r in rows(written / "data", "dokumente")]
    (sentence,) = [p for p in built.select("p") if p.get_text().startswith("Das Ziel steht im Bericht.")]
    (mark,) = sentence.select("a.ik-beleg")
    note = built.find(id=str(mark["href"]).removeprefix("#"))
    assert note is not None
    assert "Seite 1" in note.get_text().replace("\xa0", " ")


def test_9_table(built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    plain = [t for t in section.select("table") if "Arbeitsgruppe" in t.get_text()]
    assert [[c.get_text(strip=True) for c in row.select("th,td")] for row in plain[0].select("tr")] == [
        ["Schritt", "Wer"],
        ["Entwurf", "Arbeitsgruppe"],
        ["Beschluss", "Rat"],
    ]


def test_10_reference(built: BeautifulSoup) -> None:
    section = built.find("section", id="probe")
    assert section is not None
    (sentence,) = [p for p in section.select("p") if "nennt die Ziele" in p.get_text()]
    assert re.fullmatch(r"Tab\.\s1\.\d nennt die Ziele\.", sentence.get_text())
    assert section.select_one('a[href$="glossar.html"]') is not None


def test_11_footnote(built: BeautifulSoup) -> None:
    assert "So steht es in der Quelle." in built.select_one("aside.footnote").get_text()


def test_what_the_page_shows_is_what_it_says(built: BeautifulSoup, written: Path) -> None:
    html = (written / "_build/html/book/mitschreiben.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    quotes = [q.get_text(" ", strip=True).replace("\xa0", " ") for q in page.select("blockquote")]
    assert quotes[0] == "Das Ziel steht im Bericht. 1"
    assert re.fullmatch(r"Tab. 1.\d nennt die Ziele.", quotes[1])
    pictures = page.select("article img")
    assert pictures
    for picture in pictures:
        assert (written / "_build/html/book" / picture["src"]).is_file()
        assert len(picture["alt"]) > 40


@pytest.mark.parametrize("forks", ["1", "0"], ids=["forks", "no forks"])
def test_12_preview(written: Path, built: BeautifulSoup, forks: str) -> None:
    (command,) = commands(tasks()[12])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = f"{beginning()}; exec {shlex.join(command)} --port {port}"
    process = subprocess.Popen(
        ["bash", "-c", line],
        cwd=written,
        env={**environment(), "KONZEPT_FORK": forks},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        for _ in range(240):
            time.sleep(0.5)
            assert process.poll() is None, process.stderr and process.stderr.read()
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/book/chapters/01-bildung.html"
                ) as answer:
                    if example(tasks()[4])["Titel"] in answer.read().decode().replace("\u00ad", ""):
                        break
            except OSError:
                continue
        else:
            pytest.fail("the preview does not show the chapter")
    finally:
        process.terminate()
        _, told = process.communicate(timeout=20)
    # A bug once: its own workers started it a second time.
    assert "läuft schon" not in told
    assert told.count("Vorschau: http://") == 1


def test_13_check_and_new_chapter(written: Path, built: BeautifulSoup) -> None:
    check, new = commands(tasks()[13])
    result = in_terminal(written, *check)
    assert (result.returncode, result.stdout) == (0, "Daten und Kapitel sind in Ordnung.\n")
    assert fenced(tasks()[13], "text") == [_answer_to_a_misspelt_field(written)]
    assert new == ["konzept", "new", "FELD-ID"]
    before = (written / "_toc.yml").read_text("utf-8")
    result = in_terminal(written, *new[:2], "gesundheit")
    assert result.stdout == (
        "Das Kapitel ist angelegt: book/chapters/02-gesundheit.md\n"
        "In _toc.yml steht jetzt: book/chapters/02-gesundheit\n"
        "Ergänzen Sie den Text, und sehen Sie mit „konzept check“ und „konzept build“ das Ergebnis an.\n"
    )
    line = "      - file: book/chapters/01-bildung\n"
    assert (written / "_toc.yml").read_text("utf-8") == before.replace(
        line, line + "      - file: book/chapters/02-gesundheit\n"
    )
    result = in_terminal(written, "konzept", "build", "--only", "html")
    assert result.returncode == 0, result.stderr
    page = (written / "_build/html/book/chapters/02-gesundheit.html").read_text("utf-8")
    assert "Zugang zu Gesundheitsförderung" in text_of(BeautifulSoup(page, "html.parser"))
    kept = (written / "book/chapters/02-gesundheit.md").read_bytes()
    result = in_terminal(written, *new[:2], "gesundheit")
    assert (result.returncode, result.stderr) == (
        1,
        "Das Kapitel gibt es schon: book/chapters/02-gesundheit.md. Es bleibt, wie es ist.\n",
    )
    assert (written / "book/chapters/02-gesundheit.md").read_bytes() == kept
    assert not list((written / "book/chapters").glob(".*"))


def _answer_to_a_misspelt_field(project: Path) -> str:
    kept = (project / "data/massnahmen.csv").read_bytes()
    content = rows(project / "data", "massnahmen")
    content[2]["handlungsfeld_id"] = "bildnug"
    write(project / "data", "massnahmen", content)
    try:
        # The small book leaves out pages that its settings name, which is a hint.
        return in_terminal(project, "konzept", "check").stderr.partition("Hinweise (")[0]
    finally:
        (project / "data/massnahmen.csv").write_bytes(kept)


def test_14_commit(written: Path) -> None:
    git = shutil.which("git")
    assert git is not None

    def run(*arguments: str) -> str:
        # Nobody is known to git but by what the page says.
        alone = {**environment(), "HOME": str(written.parent), "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            [git, *arguments], env=alone, cwd=written, check=True, capture_output=True, text=True
        )
        return done.stdout

    run("init", "--quiet")
    for command in commands(tasks()[14]):
        if command[0] == "git":
            run(*command[1:])
    assert run("log", "--format=%an") == "Vorname Nachname\n"
    assert run("log", "--format=%s") == "Status nach dem Bericht vom September\n"
    assert "data/statusverlauf.csv" in run("show", "--name-only", "--format=")


def test_15_official_statistics(written: Path) -> None:
    trial, taken = commands(tasks()[15])
    assert trial == [*taken, "--probe"]
    sample = (PROGRAM / "tests/samples/statistik/neu" / taken[-1]).read_text("utf-8")
    (written / taken[-1]).write_text(f'{sample}2025,"Region Hannover",K03241,5000\n', "utf-8")
    before = rows(written / "data", "messwerte")
    result = in_terminal(written, *trial)
    assert (result.returncode, rows(written / "data", "messwerte")) == (0, before), result.stderr
    assert "1 neu, 0 geändert, 0 entfallen" in result.stdout
    result = in_terminal(written, *taken)
    assert result.returncode == 0, result.stderr
    (new,) = [row for row in rows(written / "data", "messwerte") if row not in before]
    assert (new["gebiet_id"], new["zeit"], new["wert"]) == ("region-hannover", "2025", "5000")
    assert new["quelle_id"] in {row["id"] for row in rows(written / "data", "dokumente")}
    titles = {resource["title"] for resource in schema()["resources"]}
    assert {"Abrufe amtlicher Statistik", "Dokumente und Quellen"} <= titles


def test_every_command_is_one_that_there_is() -> None:
    makefile = (PROGRAM / "Makefile").read_text("utf-8")
    for command in commands(PAGE):
        if command[0] == "make":
            assert re.search(rf"^{command[1]}:", makefile, re.MULTILINE)
        elif command[0] != "source":
            assert command[0] in ("konzept", "git")
