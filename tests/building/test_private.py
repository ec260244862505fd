"""Nothing private is published: a name planted anywhere is refused, nothing of it stays, and what is unlinked is gone."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from conftest import konzept_environment, run_konzept
from copies import copy_project, replace
from folders import rows, write
from konzept.authors.check import check_project
from konzept.data.privacy.files import NotSearchable, names_in
from konzept.data.privacy.names import Names
from konzept.publishing.checksums import sums
from sentences.pages import HEAD

NAME = "Erika Mustermann"
LISTED = Names([NAME])
CHAPTER = "book/chapters/01-bildung.md"
CONTENTS = "      - file: book/anhang\n"
APPENDIX = f"""\
{HEAD}# Anhang

```{{glossary}}
Beteiligung
  Ein Wort.
```

```{{figure}} assets/bild.svg
:alt: Ein Bild
:name: abb-bild

Ein Kreis
```

Text.[^a] {{download}}`Plan <assets/plan.csv>`

| a | b |
|---|---|
| 1 | 2 |

[^a]: Anmerkung

```{{code-cell}} ipython3
:tags: [remove-input]

print("Ausgabe")
```
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Kreis</title><circle r="3"/></svg>'
)


@pytest.fixture(scope="module")
def whole(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book with an appendix that shows and offers files, built with a list of private names."""
    project = copy_project(tmp_path_factory.mktemp("vertraulich") / "projekt", small=True)
    (project / "book/anhang.md").write_text(APPENDIX, "utf-8")
    (project / "book/assets/bild.svg").write_text(PICTURE, "utf-8")
    (project / "book/assets/plan.csv").write_text("a;b\n1;2\n", "utf-8")
    with (project / "_toc.yml").open("a", encoding="utf-8") as contents:
        contents.write(CONTENTS)
    (project / "data/intern/Alt").mkdir(parents=True)
    (project / "data/intern/Alt/PERSONEN.CSV").write_text(f"Name;Telefon\n{NAME};0511\n", "utf-8")
    result = run_konzept(project, "build")
    assert result.returncode == 0, result.stderr
    return project


@pytest.fixture
def project(whole: Path) -> Iterator[Path]:
    """The book, set back after the test."""
    kept = whole.parent / "bewahrt"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    names = ("book", "data", "_config.yml", "_toc.yml")
    for name in names:
        copy = shutil.copytree if (whole / name).is_dir() else shutil.copy
        copy(whole / name, kept / name)
    yield whole
    for name in names:
        if (whole / name).is_dir():
            shutil.rmtree(whole / name)
            shutil.copytree(kept / name, whole / name)
        else:
            shutil.copy(kept / name, whole / name)


Plant = Callable[[Path], object]


def typed(file: str, old: str, new: str) -> Plant:
    return lambda project: replace(project / file, old, new)


def cell_of(table: str, column: str, text: str) -> Plant:
    def plant(project: Path) -> None:
        content = rows(project / "data", table)
        content[0][column] = text
        write(project / "data", table, content)

    return plant


def described(project: Path) -> None:
    path = project / "data/kommune.json"
    description = json.loads(path.read_text("utf-8"))
    description["hinweis"] += " Auskunft gibt J\u00fcrgen Erika\N{NO-BREAK SPACE}Mustermann."
    path.write_text(json.dumps(description, indent=1), "utf-8")


def file(name: str, content: bytes, *, linked: bool = True) -> Plant:
    def plant(project: Path) -> None:
        path = project / "book/assets" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        if linked:
            replace(project / "book/anhang.md", "Text.[^a]", f"Text.[^a] {{download}}`Datei <assets/{name}>`")

    return plant


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["B7"] = "Mustermann, Erika"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def paper(*, attached: bool) -> bytes:
    out = pikepdf.new()
    out.add_blank_page()
    if attached:
        out.attachments["liste.csv"] = pikepdf.AttachedFileSpec(out, NAME.encode())
    else:
        out.docinfo["/Author"] = NAME
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue()


PLACES: dict[str, tuple[Plant, str]] = {
    "text": (typed("book/anhang.md", "Text.[^a]", f"Text von {NAME}.[^a]"), "book/anhang.md, Zeile 26"),
    "over two lines": (typed("book/anhang.md", "Text.[^a]", "Text von Erika\nMustermann.[^a]"), "book/anhang.md, Zeile 26"),
    "heading": (typed("book/anhang.md", "# Anhang", "# Anhang von **Erika** Mustermann"), "book/anhang.md, Zeile 12"),
    "glossary": (typed("book/anhang.md", "  Ein Wort.", "  Ein Wort von Mustermann, Erika."), "book/anhang.md, Zeile 16"),
    "alternative text": (typed("book/anhang.md", "Ein Bild", "Erika&nbsp;Mustermann"), "book/anhang.md, Zeile 20"),
    "label": (typed("book/anhang.md", "abb-bild", "abb-erika-mustermann"), "book/anhang.md, Zeile 21"),
    "caption": (typed("book/anhang.md", "Ein Kreis", "Ein Kreis von _Erika_ Mustermann"), "book/anhang.md, Zeile 23"),
    "text of a link": (typed("book/anhang.md", "`Plan <", "`Erika \u00adMustermann <"), "book/anhang.md, Zeile 26"),
    "table": (typed("book/anhang.md", "| 1 | 2 |", "| Erika | Mustermann |"), "book/anhang.md, Zeile 30"),
    "note": (typed("book/anhang.md", "]: Anmerkung", "]: ERIKA MUSTERMANN"), "book/anhang.md, Zeile 32"),
    "code": (typed("book/anhang.md", '"Ausgabe"', "f'Erika Mustermann'"), "book/anhang.md, Zeile 37"),
    "comment in code": (typed("book/anhang.md", 'print("', '# Erika Mustermann\nprint("'), "book/anhang.md, Zeile 37"),
    "comment": (typed("book/anhang.md", "| a | b |", "% Erika Mustermann\n\n| a | b |"), "book/anhang.md, Zeile 28"),
    "header": (typed("book/anhang.md", "display_name: Python 3", "display_name: Erika Mustermann"), "book/anhang.md, Zeile 7"),
    "address": (typed("book/anhang.md", "Text.[^a]", "[x](https://example.org/Erika%20Mustermann)[^a]"), "book/anhang.md, Zeile 26"),
    "data": (cell_of("massnahmen", "beschreibung", "Ansprechperson: Mustermann, Erika"), "data/massnahmen.csv, Zeile 2, Spalte „beschreibung“"),
    "address in the data": (cell_of("dokumente", "url", "https://example.org/erika-mustermann"), "data/dokumente.csv, Zeile 2, Spalte „url“"),
    "description of the data": (described, "data/kommune.json, Zeile "),
    "settings": (typed("_config.yml", "title: Integrationskonzept", 'title: "Erika\\u00a0Mustermann"'), "_config.yml, Zeile 3"),
    "contents": (typed("_toc.yml", "caption: Handlungsfelder", "caption: Erika Mustermann"), "_toc.yml, Zeile 4"),
    "drawing": (file("bild.svg", PICTURE.replace("Kreis", NAME).encode(), linked=False), "book/assets/bild.svg, Zeile 1"),
    "style sheet": (file("web/neu.css", f"/* {NAME} */".encode(), linked=False), "book/assets/web/neu.css, Zeile 1"),
    "name of a file": (file("erika-mustermann.csv", b"a\n"), "book/assets/…"),
    "file to download": (file("liste.csv", b"a;b\nErika;Mustermann\n"), "book/assets/liste.csv, Zeile 2"),
    "file in an older encoding": (file("liste.txt", "Größe\nErika Mustermann".encode("cp1252")), "book/assets/liste.txt, Zeile 2"),
    "workbook to download": (file("liste.xlsx", workbook()), "book/assets/liste.xlsx"),
    "author of a PDF": (file("plan.pdf", paper(attached=False)), "book/assets/plan.pdf"),
    "attachment of a PDF": (file("plan.pdf", paper(attached=True)), "book/assets/plan.pdf"),
}  # fmt: skip


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Say of every file, published or kept for the next build, how long it is and when it was written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns) for path in files
    }


def traces(folder: Path) -> list[str]:
    """Name what is left of the person, in any file that a build leaves, and in its name."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        try:
            seen = names_in(content, LISTED)
        except NotSearchable:
            seen = b"ustermann" in content
        if seen or LISTED.stand_in(path.name):
            found.append(path.relative_to(folder).as_posix())
    return found


@pytest.mark.parametrize("place", PLACES)
def test_a_name_in_any_place_is_refused(project: Path, place: str) -> None:
    plant, expected = PLACES[place]
    before = state(project / "_build")
    plant(project)
    result = run_konzept(project, "build")
    assert result.returncode == 1
    assert expected in result.stderr
    assert "Name aus data/intern/" in result.stderr or "einen Namen aus data/intern/" in result.stderr
    assert not LISTED.stand_in(result.stdout + result.stderr)
    assert state(project / "_build") == before  # nothing was written at all
    problems = check_project(project / "data", project / "book")
    assert not LISTED.stand_in(json.dumps([dataclasses.asdict(p) for p in problems], ensure_ascii=False))


def test_for_other_programs_too(project: Path) -> None:
    cell_of("massnahmen", "handlungsfeld_id", NAME)(project)
    result = run_konzept(project, "check", "--format", "json")
    assert result.returncode == 1
    assert not LISTED.stand_in(result.stdout)
    told = [p for p in json.loads(result.stdout) if not p["hint"]]
    assert [(p["line"], p["value"]) for p in told] == [(2, None), (2, None)]


def test_no_workbook_with_a_name(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "konzept.xlsx"
    assert run_konzept(project, "excel", "export", str(target)).returncode == 0
    target.unlink()
    cell_of("massnahmen", "beschreibung", f"Es hilft {NAME}.")(project)
    result = run_konzept(project, "excel", "export", str(target))
    assert result.returncode == 1
    assert result.stderr.startswith("data/massnahmen.csv, Zeile 2, Spalte „beschreibung“: ")
    assert list(tmp_path.iterdir()) == []


SPOKEN = {
    "print": 'print("Erika Muster" + "mann")',
    "attribute": "from IPython.display import HTML\ndisplay(HTML('<img src=\"#\" alt=\"{} {}\">'.format('Erika', 'Muster' + 'mann')))",
    "letters": "print(''.join(map(chr, [69, 114, 105, 107, 97, 160, 77, 117, 115, 116, 101, 114, 109, 97, 110, 110])))",
}
"""How a cell may say what no search of its text finds."""


def with_cells(project: Path) -> None:
    for name, code in SPOKEN.items():
        (project / f"book/{name}.md").write_text(
            f"{HEAD}# T\n\n```{{code-cell}} ipython3\n{code}\n```\n", "utf-8"
        )
        with (project / "_toc.yml").open("a", encoding="utf-8") as contents:
            contents.write(f"      - file: book/{name}\n")


def test_what_only_the_finished_pages_show(project: Path) -> None:
    before = sums(project / "_build")
    with_cells(project)
    assert check_project(project / "data", project / "book") == ()
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert [line for line in result.stderr.splitlines() if "data/intern/" in line] == [
        f"book/{name}.md: Im fertigen Buch steht hier ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
        "Meist kommt er aus einer Zelle; nehmen Sie ihn dort heraus."
        for name in sorted(SPOKEN)
    ]
    assert sums(project / "_build") == before
    assert traces(project / "_build") == []


def test_what_only_the_finished_paper_shows(project: Path) -> None:
    before = sums(project / "_build")
    with_cells(project)
    result = run_konzept(project, "build", "--only", "pdf")
    assert result.returncode == 1
    assert "integrationskonzept.pdf: Im fertigen Buch steht hier ein Name aus data/intern/" in result.stderr
    assert sums(project / "_build") == before
    assert traces(project / "_build") == []


def test_plain_jupyter_book_publishes_no_name_either(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie"
    shutil.copytree(project, copy, symlinks=True, ignore=shutil.ignore_patterns("_build"))
    with_cells(copy)
    result = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."],
        cwd=copy,
        env={**os.environ, **konzept_environment(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert (
        "book/print.md: Im fertigen Buch steht hier ein Name aus data/intern/"
        in result.stderr + result.stdout
    )
    assert traces(copy / "_build") == []
    assert not list((copy / "_build").rglob("*.html"))


def test_script_from_a_cell_is_refused(project: Path) -> None:
    before = sums(project / "_build")
    replace(
        project / "book/anhang.md",
        'print("Ausgabe")',
        "from IPython.display import HTML\ndisplay(HTML('<script>alert(1)</script>'))",
    )
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert (
        "book/anhang.md: Auf dieser Seite steht ein Skript, das nicht zum Buch gehört, "
        "meist aus der Ausgabe einer Zelle. Nehmen Sie es heraus." in result.stderr
    )
    assert sums(project / "_build") == before


def test_file_that_a_cell_fetches_is_refused(project: Path) -> None:
    """What a text cannot say a cell can: the link is made when the page is read."""
    before = sums(project / "_build")
    replace(
        project / "book/anhang.md",
        'print("Ausgabe")',
        'from IPython.display import Markdown\ndisplay(Markdown("![x](../data/in" + "tern/Alt/PERSONEN.CSV)"))',
    )
    assert check_project(project / "data", project / "book") == ()
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert (
        "book/anhang.md: Die Seite holt eine Datei, die nicht zum Buch gehört. "
        "Nennen Sie nur Dateien im Ordner book/." in result.stderr
    )
    assert sums(project / "_build") == before
    assert traces(project / "_build") == []


def copies(project: Path) -> list[str]:
    html = project / "_build/html"
    return sorted(
        p.name for part in ("_downloads", "_images") for p in (html / part).rglob("*") if p.is_file()
    )


def test_what_is_unlinked_is_gone_with_the_next_build(project: Path) -> None:
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert copies(project) == ["bild.svg", "plan.csv"]
    replace(project / "book/anhang.md", "{download}`Plan <assets/plan.csv>`", "")
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert copies(project) == ["bild.svg"]
    text = (project / "book/anhang.md").read_text("utf-8")
    (project / "book/anhang.md").write_text(text.split("```{figure}")[0], "utf-8")
    run_konzept(project, "build", "--only", "html").check_returncode()
    assert copies(project) == []
    assert not (project / "_build/html/_downloads").exists()
    assert "plan.csv" not in (project / "_build/SHA256SUMS").read_text("utf-8")


def test_last_paper_is_not_put_beside_the_pages_when_a_name_has_become_private(project: Path) -> None:
    with (project / "data/intern/Alt/PERSONEN.CSV").open("a", encoding="utf-8") as names:
        names.write("Videotutorials erstellen\n")
    replace_everywhere(project, "Videotutorials erstellen", "Lernfilme drehen")
    before = sums(project / "_build")
    result = run_konzept(project, "build", "--only", "html")
    assert result.returncode == 1
    assert (
        "Im letzten PDF steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
        "Setzen Sie es neu mit „konzept build --only pdf“; bis dahin bleiben die Seiten, wie sie sind."
        in result.stderr
    )
    assert sums(project / "_build") == before
    run_konzept(project, "build").check_returncode()
    assert not names_in(
        (project / "_build/html/integrationskonzept.pdf").read_bytes(), Names(["Videotutorials erstellen"])
    )


def replace_everywhere(project: Path, old: str, new: str) -> None:
    for folder in ("data", "book"):
        for path in (project / folder).rglob("*.*"):
            if path.is_file() and path.suffix in (".csv", ".md", ".json") and "intern" not in path.parts:
                path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
