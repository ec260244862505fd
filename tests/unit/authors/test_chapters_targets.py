"""What a page may show, link to and take in: pages and files of the book, published tables, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from folders import PROJECT, real_copy
from konzept.authors.chapters.checking import check_chapters
from konzept.authors.chapters.settings import check_settings
from konzept.data.reading import Reading, read_folder
from sentences.pages import HEAD

OUT = "gehört nicht zum Buch und wird nicht veröffentlicht"
TARGET = "../data/intern/namen.csv"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a private list, and links that lead to it."""
    folder = tmp_path_factory.mktemp("ziele") / "projekt"
    real_copy(folder / "data")
    (folder / "data/intern").mkdir()
    (folder / "data/intern/namen.csv").write_text("name\nErika Mustermann\n", "utf-8")
    (folder / "README.md").write_text("# R\n", "utf-8")
    (folder / "book/assets").mkdir(parents=True)
    (folder / "book/assets/plan.csv").write_text("a\n", "utf-8")
    (folder / "book/andere.md").write_text("# A\n", "utf-8")
    (folder / "book/assets/harmlos.csv").symlink_to(folder / "data/intern/namen.csv")
    (folder / "book/ordner").symlink_to(folder / "data/intern")
    return folder


@pytest.fixture(scope="module")
def reading(project: Path) -> Reading:
    return read_folder(project / "data")


@pytest.fixture
def told(project: Path, reading: Reading) -> Iterator[object]:
    def told(text: str) -> list[str]:
        page = project / "book/seite.md"
        page.write_text(text, "utf-8")
        return [str(problem) for problem in check_chapters(reading, project / "book")]

    yield told
    (project / "book/seite.md").unlink()


WAYS = {
    "link": "[Liste]({})",
    "link in angle brackets": "[Liste](<{}>)",
    "link with a title": '[Liste]({} "Titel")',
    "link in a list": "- a\n  - [Liste]({})",
    "link in a table": "| a |\n|---|\n| [Liste]({}) |",
    "link in a note": "Text.[^a]\n\n[^a]: [Liste]({})",
    "link by reference": "[Liste][l]\n\n[l]: {}",
    "link on a picture": "[![x](assets/x.png)]({})",
    "picture": "![Bild]({})",
    "image": "```{{image}} {}\n```",
    "figure": ":::{{figure}} {}\nText\n:::",
    "address of a picture": "```{{image}} assets/x.png\n:target: {}\n```",
    "literalinclude": "```{{literalinclude}} {}\n```",
    "include": "```{{include}} {}\n```",
    "csv-table": "```{{csv-table}} Titel\n:file: {}\n```",
    "csv-table with YAML": "```{{csv-table}} Titel\n---\nfile: {}\n---\n```",
    "download": "{{download}}`{}`",
    "download with a text": "{{download}}`Liste <{}>`",
    "card": "```{{card}} Titel\n:link: {}\nText\n```",
    "picture of a card": "```{{card}} Titel\n:img-top: {}\nText\n```",
    "block in a block": "::::{{note}}\n:::{{literalinclude}} {}\n:::\n::::",
    "block in a list": "- a\n\n  ```{{literalinclude}} {}\n  ```",
    "link in a block": "```{{note}}\n[Liste]({})\n```",
    "link in a table of commas": '```{{csv-table}}\n"[Liste]({})", b\n```',
    "code from a file": "```{{code-block}} python\n:file: {}\n```",
    "unknown block": "```{{gibtesnicht}} {}\n```",
    "graphviz": "```{{graphviz}} {}\n```",
}
SPELLINGS = {
    "plain": "../data/intern/namen.csv",
    "from the project": "/data/intern/namen.csv",
    "by a detour": "assets/../../data/./intern/namen.csv",
    "percent": "..%2Fdata%2Fintern%2Fnamen.csv",
    "percent twice": "..%252Fdata/intern/namen.csv",
    "dots as percent": "%2e%2e/data/intern/namen.csv",
    "entity": "..&#47;data/intern/namen.csv",
    "other case": "../data/INTERN/Namen.CSV",
    "with a part": "../data/intern/namen.csv#teil",
    "with a question": "../data/intern/namen.csv?x=1",
    "through a link of the system": "assets/harmlos.csv",
    "through a folder of links": "ordner/namen.csv",
    "folder": "../data/intern/",
    "what is not there": "../data/intern/gibtesnicht.csv",
    "other file of the project": "../README.md",
    "table that is none": "../data/andere.csv",
    "file of the machine": "/etc/hostname",
    "MyST's own way": "path:../data/intern/namen.csv",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_a_private_file(way: str, told) -> None:  # type: ignore[no-untyped-def]
    text = f"# T\n\n{WAYS[way].format(TARGET)}\n"
    found = [line for line in told(text) if OUT in line]
    assert found
    number = next(n for n, line in enumerate(text.split("\n"), 1) if TARGET in line)
    if way == "link by reference":
        number = 3  # where the link stands
    blocks = (
        "csv-table",
        "csv-table with YAML",
        "address of a picture",
        "card",
        "picture of a card",
        "code from a file",
    )
    assert found[0].startswith(f"book/seite.md, Zeile {3 if way in blocks else number}: ")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_leads_to_a_private_file(spelling: str, told) -> None:  # type: ignore[no-untyped-def]
    target = SPELLINGS[spelling]
    assert any(OUT in line for line in told(f"# T\n\n[Liste](<{target}>)\n"))
    if "&" not in target:
        assert any(OUT in line for line in told(f"# T\n\n```{{literalinclude}} {target}\n```\n"))


@pytest.mark.parametrize("spelling", ["plain", "through a link of the system", "from the project"])
@pytest.mark.parametrize("way", WAYS)
def test_ways_and_spellings(way: str, spelling: str, told) -> None:  # type: ignore[no-untyped-def]
    assert any(OUT in line for line in told(f"# T\n\n{WAYS[way].format(SPELLINGS[spelling])}\n"))


def test_absolute_path(told, project: Path) -> None:  # type: ignore[no-untyped-def]
    assert any(OUT in line for line in told(f"# T\n\n{{download}}`{project}/data/intern/namen.csv`\n"))


RIGHT = """\
# T

[Andere](andere.md), [Stelle](andere.md#a), [hier](#t), <andere.md>, [Datei](assets/plan.csv), [vom Projekt](/book/andere.md),
[fehlt](fehlt.md), [Tabelle](../data/massnahmen.csv), [Beschreibung](/data/kommune.json),
[Netz](https://example.org/data/intern/namen.csv), [Post](mailto:a@example.org), <https://example.org/../../x>,
![Bild](assets/x.png), {download}`assets/plan.csv`, {download}`Plan <assets/plan.csv>`, `../data/intern/namen.csv`,
{doc}`andere`. Private Namen liegen in data/intern/.

```{csv-table} Titel: a/b
:header: a, b
:file: assets/plan.csv
```

```{literalinclude} assets/plan.csv
```

:::{admonition} Und/oder – was gilt? ../
:class: tip
Text
:::

```python
open("../data/intern/namen.csv")
```

```{code-block} python
open("../data/intern/namen.csv")
```
"""


def test_what_belongs_to_the_book_is_not_blamed(told) -> None:  # type: ignore[no-untyped-def]
    assert told(RIGHT) == []


@pytest.mark.parametrize(
    ("block", "word"),
    [
        ("```{eval-rst}\n.. raw:: html\n\n   <script>alert(1)</script>\n```", "eval-rst"),
        (":::{eval-rst}\nText\n:::", "eval-rst"),
        ("```{raw} html\n<script>alert(1)</script>\n```", "raw"),
        ("```{raw} html\n:file: assets/plan.csv\n```", "raw"),
        ("````{note}\n```{raw} html\nx\n```\n````", "raw"),
        ("- a\n\n  ```{eval-rst}\n  x\n  ```", "eval-rst"),
        ("> ```{raw} latex\n> x\n> ```", "raw"),
        ("```{role} roh(raw)\n:format: html\n```", "role"),
        ("```{default-role} roh\n```", "default-role"),
        ("```{include} assets/plan.csv\n:parser: rst\n```", "parser"),
        ("```{csv-table}\n:url: https://example.org/x.csv\n```", "url"),
        ("```{csv-table}\n---\nurl: https://example.org/x.csv\n---\n```", "url"),
    ],
)
def test_source_that_is_no_markdown_is_refused(block: str, word: str, told) -> None:  # type: ignore[no-untyped-def]
    found = [line for line in told(f"# T\n\n{block}\n") if "nicht vorgesehen" in line]
    assert found
    assert any(f"„{word}“" in line for line in found)


@pytest.mark.parametrize(
    "code",
    [
        'open("../data/intern/namen.csv")',
        "pd.read_csv(data_dir / 'intern' / 'namen.csv')",
        'open("..\\\\data\\\\Intern\\\\namen.csv")',
        "!cat ../data/intern/namen.csv",
    ],
)
def test_cell_that_reads_private_files(code: str, told) -> None:  # type: ignore[no-untyped-def]
    found = told(f"{HEAD}# T\n\n```{{code-cell}} ipython3\n1\n{code}\n```\n")
    assert any(
        line.startswith("book/seite.md, Zeile 16: Diese Zelle nennt den Ordner „intern“") for line in found
    )


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("html_static_path: [book/assets/web]", True),
        ("html_static_path: [book/assets/web, data/intern]", False),
        ("html_extra_path: [data]", False),
        ("html_extra_path: data/intern", False),
        ("html_extra_path: [.]", False),
        ("html_extra_path: [book/../data/intern]", False),
        ("html_extra_path: [book/ordner]", False),
        ("templates_path: [/etc]", False),
        ("html_logo: data/intern/namen.csv", False),
        ("favicon: book/assets/web/favicon.svg", True),
        ("exclude_patterns: [data, data/intern]", True),
        ("html_extra_path: []", True),
        ("html_logo:", True),
    ],
)
def test_settings_publish_nothing_but_the_book(line: str, good: bool, project: Path) -> None:
    text = (PROJECT / "_config.yml").read_text("utf-8")
    old = "home_page_in_navbar: false"
    (project / "_config.yml").write_text(text.replace(old, line), "utf-8")
    try:
        found = [str(problem) for problem in check_settings(project)]
    finally:
        (project / "_config.yml").unlink()
    sentence = f"_config.yml, Zeile {text[: text.index(old)].count(chr(10)) + 1}: Diese Einstellung nennt etwas außerhalb des Ordners book/; nur was darin liegt, wird veröffentlicht. Legen Sie es dorthin."
    assert found == ([] if good else [sentence])


def test_copied_project_means_itself(project: Path, tmp_path: Path, reading: Reading) -> None:
    """A link to the file of another copy of the project leads out of this one."""
    copy = Path(shutil.copytree(project, tmp_path / "kopie", symlinks=True))
    (copy / "book/seite.md").write_text(f"# T\n\n{{download}}`{project}/book/assets/plan.csv`\n", "utf-8")
    assert [p.line for p in check_chapters(reading, copy / "book")] == [3]
