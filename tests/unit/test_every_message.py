"""Every sentence that an author can meet is said once, word for word, and none goes without a test."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest

import konzept
from folders import PROGRAM, PROJECT, published
from konzept.authors.chapters import code as cells
from konzept.authors.chapters.checking import check_chapters, hints_in_pages
from konzept.authors.chapters.contents import check_contents
from konzept.authors.chapters.pages import Cell
from konzept.authors.chapters.settings import check_settings, hints_in_settings
from konzept.authors.check import check_hints, check_project
from konzept.authors.messages import in_german, of_the_system
from konzept.authors.messages.notebooks import own_words
from konzept.cli import main
from konzept.data.reading import Reading, read_folder
from konzept.elements.fields.overview import numbers
from konzept.notebook.book import Book
from konzept.notebook.chapter import Chapter
from sentences.cells import CELLS, FAILURES
from sentences.data import DATA, PUBLISHED
from sentences.doubtful import HINTS, IMPOSSIBLE
from sentences.listing import listing
from sentences.pages import CHAPTERS, DOUBTFUL, PAGES
from sentences.programs import CALLS, CONTENTS, LOGS, OTHERS, SETTINGS
from sentences.warnings import WARNINGS
from spoken import ROOT, says, templates

SPEAKING = (
    *(
        "data/package",
        "data/describing",
        "data/plainjson",
        "data/shapes",
        "data/town",
        "data/logo",
        "elements/palette",
        "data/reading",
        "data/columns",
        "data/rules",
        "data/answers",
        "data/impossible",
        "data/doubtful",
        "data/history",
        "data/saving",
        "concept/assembly",
        "concept/states",
        "concept/comparing",
    ),
    *(
        "authors/chapters/checking",
        "authors/chapters/pages",
        "authors/chapters/code",
        "authors/chapters/contents",
        "authors/chapters/settings",
        "authors/chapters/beginning",
        "authors/chapters/shared",
        "authors/starting",
        "authors/states/saving",
        "authors/states/joining",
        "authors/upgrading",
    ),
    *(
        "data/problems",
        "words/official",
        "words/letters",
        "data/plainyaml",
        "words/german",
        "data/project",
        "authors/check",
        "cli",
    ),
    *(
        "publishing/building",
        "publishing/approving",
        "publishing/issuing",
        "publishing/versions",
        "paper/assessments",
        "paper/reporting",
        "site/blocks/__init__",
        "site/charts",
        "site/check",
        "site/references",
    ),
    *(
        "authors/chapters/linked",
        "authors/chapters/literal",
        "data/privacy/lists",
        "data/privacy/files",
        "site/guard",
        "site/theme",
    ),
    *("authors/messages/__init__", "authors/messages/notebooks", "authors/messages/warnings", "authors/lab"),
    *(
        "authors/office_files",
        "authors/excel/raw_sheets",
        "authors/excel/cells",
        "authors/excel/sheets",
        "authors/excel/keys",
        "authors/excel/measure",
    ),
    *("authors/excel/changes", "authors/excel/importing", "authors/excel/writing"),
    *(
        "authors/surveys/answers_file",
        "authors/surveys/questions",
        "authors/surveys/choice",
        "authors/surveys/counting",
        "authors/surveys/importing",
    ),
    *(
        f"authors/statistics/{name}"
        for name in ("raw_files", "flatfile", "retrieval", "proposing", "releases", "taking")
    ),
    *("authors/excel/deleting", "authors/excel/questions"),
    *(f"authors/languages/{name}" for name in ("versions", "sources", "values", "standing", "checking")),
    *(f"authors/tables/{name}" for name in ("word_file", "arranging", "proposing")),
)
"""Modules that make sentences for authors."""
ELSEWHERE = {
    "data/violation": "hands over what rules say",
    "notebook/book": "hands over what others say",
    "concept/model": "its sentence is among the cells",
    "site/rendering": "tests/building takes the browser away",
    "paper/builder": "tests/print",
    "paper/planning": "tests/print",
    "paper/printing": "tests/print",
    "publishing/fetching": "tests/building/test_installed.py",
    "authors/notebooks": "tests/unit/authors/test_lab.py",
    "authors/statistics/area_keys": "tests of the statistics",
    "authors/statistics/account": "tests of the statistics",
    "authors/statistics/publishers": "what readers must know of the numbers",
    "publishing/preview/session": "tests/unit/publishing/test_preview.py",
    "authors/languages/office": "tests/unit/authors/test_languages_office.py",
    "paper/languages": "tests/print",
    "paper/word/builder": "tests/word",
    **{f"authors/word/{name}": "tests/word" for name in ("opening", "importing", "reading")},
    "site/explorer": "tests of the explorer",
    **{f"authors/tables/{name}": "tests of tables" for name in ("taking", "aside", "mapping", "list_file")},
    "site/execution/__init__": "tests of the execution",
    **{
        f"authors/excel/{name}": "tests of the workbook"
        for name in ("changes", "importing", "opening", "sheets", "writing", "measure")
    },
}
"""Modules whose sentences other tests hear."""


@pytest.fixture(scope="module")
def reading(real: Path) -> Reading:
    return read_folder(real)


@pytest.mark.parametrize("mistake", DATA | IMPOSSIBLE)
def test_mistake_in_the_data(mistake: str, data: Path) -> None:
    edit, expected = (DATA | IMPOSSIBLE)[mistake]
    edit(data)
    book = data.parent / "book" if expected.startswith("book/") else None
    found = [str(problem).replace(str(data.parent), "ORDNER") for problem in check_project(data, book)]
    assert expected in found


@pytest.mark.parametrize("mistake", PUBLISHED)
def test_mistake_in_the_data_of_an_edition(mistake: str, data: Path) -> None:
    edit, expected = PUBLISHED[mistake]
    edit(published(data))
    found = [str(p).replace(str(data.parent), "ORDNER") for p in read_folder(data, older=True).problems]
    assert expected in found


@pytest.mark.parametrize("doubt", HINTS)
def test_hint_about_the_data(doubt: str, data: Path) -> None:
    """What is only doubtful is told, and is no problem."""
    edit, expected = HINTS[doubt]
    edit(data)
    assert expected in [str(hint) for hint in check_hints(data)]
    assert check_project(data) == ()


@pytest.mark.parametrize("mistake", PAGES)
def test_mistake_in_a_page(mistake: str, reading: Reading, tmp_path: Path) -> None:
    page, expected = PAGES[mistake]
    book = tmp_path / "book"
    book.mkdir()
    (book / "seite.md").write_bytes(page if isinstance(page, bytes) else page.encode())
    found = [str(problem).replace("book/seite.md", "SEITE") for problem in check_chapters(reading, book)]
    assert found == expected


@pytest.mark.parametrize("doubt", DOUBTFUL)
def test_hint_about_a_page(doubt: str, reading: Reading, tmp_path: Path) -> None:
    page, expected = DOUBTFUL[doubt]
    (tmp_path / "book").mkdir()
    (tmp_path / "book/seite.md").write_text(page, "utf-8")
    told = [str(hint).replace("book/seite.md", "SEITE") for hint in hints_in_pages(tmp_path / "book")]
    assert told == expected
    assert check_chapters(reading, tmp_path / "book") == []


SOUND = """\
# Titel

Wie eine Fußnote entsteht:[^a]

[^a]: Text

```markdown
# Titel

Satz.[^a] Akteur*innen*, <b>fett</b>, {numref}`offen

[^a]: Text
```

| `a \\| b` | c |
|---|---|
| 1 | 2 \\| 3 |

% Ein Vermerk <b>

- | Schritt | Wer |
  |---|---|
  | Entwurf | Amt |
1. > * | Schritt | Wer |
   >   |---|---|
   >   | Entwurf | Amt |

Schritt | Wer
--- | ---
Entwurf | Amt

Die Akteur\\*innen und *betonte* Lots\\*innen, `<div>`, <!-- Vermerk --> <https://www.lehrte.de>.

**Fett:** *kursiv*, ***beides***, __fett__, \\**ohne\\**, 2 * 3 = 6, __ Euro, snake_case, Bürger*in.
\\#Vielfalt, Platz #1 und C# sind gemeint, ebenso -5 Grad, 1.8.2024 und `#Wort`, `-Punkt`, `**`, `[a] (b)`.
Er sagte [...] (Seite 3), [sic] (2023), siehe [Glossar](https://example.org/a_(b)) und
\\- ein Gedanke – und noch einer –, Bildungs-
und Sprachangebote; die Tabelle zeigt 3 Zeilen.

- Punkt

  - Punkt darunter
    mit zweiter Zeile
- **Fett** am Anfang

![Kinder malen ein Plakat.](assets/bild.png)

Foto: Stadt

```{figure} assets/bild.png
:alt: Kinder malen ein Plakat.

Das Fest im Park.{quelle}`d-sachstandsbericht-2; Kapitel 1`
```

```text
#Wort
-Punkt ** Abb. 3
```
"""


def test_what_is_right_is_not_blamed(reading: Reading, tmp_path: Path) -> None:
    """A bug once: a footnote that a block of source shows counted as the page's own."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/seite.md").write_text(SOUND, "utf-8")
    assert check_chapters(reading, tmp_path / "book") == []
    assert hints_in_pages(tmp_path / "book") == []


NOTEBOOK = (
    "x = 1\nx?",
    "?print",
    "len??",
    "!ls",
    "files = !ls",
    "%matplotlib inline",
    "if True:\n    %time x = 1",
    "y = %pwd\nprint(y)",
    "%%bash\nls | grep x",
    "%%time\nx = 1",
    "_",
    "_1, __, Out[1], _i2",
    "from math import *\nsqrt(2)",
    "import __main__",
    "async def f(): ...\nawait f()",
    "print(\n    '%s'\n    % 1\n)",
    "match [1, {}]:\n    case [int() as a, *rest]:\n        print(a, rest)\n    case {'k': v, **more}:\n        print(v, more)",
)


@pytest.mark.parametrize("code", NOTEBOOK)
def test_what_a_notebook_takes_is_not_blamed(code: str) -> None:
    assert cells.cell_problems("SEITE", [Cell(1, code)], None) == []


def test_a_mistake_beside_a_magic_word_is_told() -> None:
    found = cells.cell_problems("SEITE", [Cell(5, "!ls\nx = (1\n"), Cell(9, "%%time\nprint(y)")], None)
    assert [problem.line for problem in found] == [6, 10]


@pytest.mark.parametrize("mistake", CHAPTERS)
def test_mistake_in_a_chapter(mistake: str, reading: Reading, tmp_path: Path) -> None:
    old, new, expected = CHAPTERS[mistake]
    text = (PROJECT / "book/chapters/01-bildung.md").read_text("utf-8")
    assert old in text
    folder = tmp_path / "book/chapters"
    folder.mkdir(parents=True)
    (folder / "01-bildung.md").write_text(text.replace(old, new, 1), "utf-8")
    found = check_chapters(reading, tmp_path / "book")
    assert [str(p).replace("book/chapters/01-bildung.md", "KAPITEL") for p in found] == [expected]


def test_folder_in_place_of_a_page(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "book/seite.md").mkdir(parents=True)
    assert [str(p) for p in check_chapters(reading, tmp_path / "book")] == [
        "book/seite.md: Die Datei lässt sich nicht lesen. "
        "Prüfen Sie, ob sie ein Ordner ist oder ob Ihnen die Rechte fehlen."
    ]


@pytest.mark.parametrize("mistake", CONTENTS)
def test_mistake_in_the_contents(mistake: str, tmp_path: Path) -> None:
    text, expected = CONTENTS[mistake]
    (tmp_path / "_toc.yml").write_text(text, "utf-8")
    assert expected in [str(p) for p in check_contents(tmp_path, ["book/a", "book/b"])]


@pytest.mark.parametrize(
    ("pages", "renamed"),
    [
        # The number stays, the name stays, both change a little, all changes but it is the only one.
        (["book/index", "book/chapters/04-sport"], "book/chapters/04-sport"),
        (["book/index", "book/chapters/05-freizeit", "book/chapters/01-x"], "book/chapters/05-freizeit"),
        (["book/index", "book/chapters/05-Freizeiten"], "book/chapters/05-Freizeiten"),
        (["book/index", "book/chapters/sport"], "book/chapters/sport"),
        # Moved to another folder.
        (["book/index", "book/04-freizeit"], "book/04-freizeit"),
    ],
)
def test_a_renamed_page_is_one_problem(tmp_path: Path, pages: list[str], renamed: str) -> None:
    text = "format: jb-book\nroot: book/index\nchapters:\n- file: book/chapters/04-freizeit\n"
    (tmp_path / "_toc.yml").write_text(text, "utf-8")
    told = [str(p) for p in check_contents(tmp_path, pages)]
    assert told[0] == (
        f"_toc.yml, Zeile 4: Die Seite „book/chapters/04-freizeit.md“ heißt jetzt offenbar „{renamed}.md“. "
        f"Schreiben Sie hier „{renamed}“, oder geben Sie der Datei ihren Namen zurück."
    )
    assert not any(renamed in other for other in told[1:])


def test_a_copy_is_no_renamed_page(tmp_path: Path) -> None:
    text = "format: jb-book\nroot: book/index\nchapters:\n- file: book/chapters/04-freizeit\n"
    (tmp_path / "_toc.yml").write_text(text, "utf-8")
    told = check_contents(tmp_path, ["book/index", "book/chapters/04-freizeit - Kopie"])
    assert [p.file for p in told] == ["_toc.yml", "book/chapters/04-freizeit - Kopie.md"]


@pytest.mark.parametrize("mistake", SETTINGS)
def test_mistake_in_the_settings(mistake: str, tmp_path: Path) -> None:
    old, new, expected = SETTINGS[mistake]
    text = (PROJECT / "_config.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "_config.yml").write_text(text.replace(old, new, 1), "utf-8")
    shutil.copy(PROJECT / "_toc.yml", tmp_path)
    assert expected in [str(p) for p in (*check_settings(tmp_path), *hints_in_settings(tmp_path))]


def test_settings_that_are_sound_or_cannot_be_read(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "_toc.yml", tmp_path)
    assert [str(p) for p in check_settings(tmp_path)] == [OTHERS["Einstellungen fehlen"]]
    path = Path(shutil.copy(PROJECT / "_config.yml", tmp_path))
    assert check_settings(tmp_path) == hints_in_settings(tmp_path) == []
    path.write_text("# nichts\n", "utf-8")
    assert [str(p) for p in check_settings(tmp_path)] == [OTHERS["Einstellungen leer"]]
    path.write_bytes("title: Überblick\n".encode("cp1252"))
    (only,) = check_settings(tmp_path)
    assert "Die Datei ist nicht in UTF-8 gespeichert" in str(only)


ODD = {
    "a folder": lambda path: path.mkdir(),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a pipe": os.mkfifo,
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("name", ["_config.yml", "_toc.yml", "data/kommune.json", "data/gruppen.csv"])
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_not_waited_for(name: str, kind: str, data: Path) -> None:
    (data.parent / "book").mkdir()
    (data.parent / name).unlink(missing_ok=True)
    ODD[kind](data.parent / name)
    told = [str(p) for p in check_project(data, data.parent / "book") if p.file.endswith(name)]
    assert len(told) == 1
    assert "Die Datei lässt sich nicht lesen. Prüfen Sie, ob sie" in told[0]


def test_contents_that_cannot_be_read(tmp_path: Path) -> None:
    assert [str(p) for p in check_contents(tmp_path, [])] == [
        "_toc.yml: Diese Datei fehlt. Sie nennt die Seiten des Buches in ihrer Reihenfolge."
    ]
    (tmp_path / "_toc.yml").write_bytes("root: Überblick\n".encode("cp1252"))
    assert [str(p) for p in check_contents(tmp_path, [])] == [
        "_toc.yml: Die Datei ist nicht in UTF-8 gespeichert. Wählen Sie beim Speichern diese Kodierung."
    ]


@pytest.mark.parametrize("mistake", CELLS)
def test_what_a_cell_raises(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, expected = CELLS[mistake]
    monkeypatch.setenv("KONZEPT_DATA", str(PROJECT / "data"))
    with pytest.raises(Exception) as raised:  # whatever it is, it gets a sentence
        exec(code, {})
    assert own_words(raised.type.__name__, str(raised.value)) == expected


@pytest.mark.parametrize("mistake", CALLS)
def test_wrong_call(
    mistake: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed, status, expected = CALLS[mistake]
    monkeypatch.setattr(sys, "argv", ["konzept", *typed])
    monkeypatch.chdir(PROJECT)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (status, f"{expected}\n")


@pytest.mark.parametrize("mistake", LOGS)
def test_what_is_lacking(mistake: str) -> None:
    log, expected = LOGS[mistake]
    assert in_german(log, Path("/buch")) == [expected]


def test_what_the_system_refuses() -> None:
    refused = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EIO, errno.ENOENT)
    told = [of_the_system(OSError(number, "x", "y.csv")) for number in refused]
    assert told == [
        LOGS["Datenträger voll"][1],
        LOGS["Datenträger voll"][1],
        OTHERS["Ordner nicht beschreibbar"],
        OTHERS["Datei nicht lesbar"],
        None,
    ]


def test_no_sentence_without_a_test() -> None:
    said = [sentence for _, sentences in listing() for _, sentence in sentences]
    untested = {
        f"{module}: {template}"
        for module in SPEAKING
        for template in templates(ROOT / f"{module}.py")
        if not any(says(template, sentence) for sentence in said)
    }
    assert untested == set()


def test_no_module_speaks_unheard() -> None:
    speaking = {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for path in ROOT.rglob("*.py")
        if any(
            word in path.read_text("utf-8")
            for word in (
                "Problem(",
                "refused(",
                "ExtensionError(",
                "PackageError(",
                "BuildFailed(",
                "logger.warning(",
            )
        )
    }
    assert speaking - {*SPEAKING, *ELSEWHERE} == set()


def test_the_list_for_people_is_up_to_date() -> None:
    from sentences.listing import as_markdown

    assert (PROGRAM / "docs/meldungen.md").read_text("utf-8") == as_markdown(), (
        "Renew it: PYTHONPATH=tests python -m sentences.listing"
    )


def test_the_words_of_a_cell_are_those_that_there_are() -> None:
    found = {name: set(methods) for name, methods in cells.vocabulary().items()}
    actual = {
        kind.__name__: {name for name, item in vars(kind).items() if callable(item) and name[0] != "_"}
        for kind in (Book, Chapter)
    } | {"": set(konzept.__all__)}
    assert found == actual


def test_the_numbers_of_a_text_are_those_that_there_are(real: Path) -> None:
    from konzept.concept.assembly import load_concept

    concept = load_concept(real)
    assert tuple(numbers(concept, concept.fields[0])) == cells.NUMBERS


def test_every_table_of_mistakes_is_run_somewhere() -> None:
    text = (PROGRAM / "tests/building/test_every_warning.py").read_text("utf-8")
    assert 'parametrize("mistake", WARNINGS)' in text
    assert 'parametrize("mistake", FAILURES)' in text
    assert WARNINGS
    assert FAILURES
