"""`konzept new`: chapters and their lines in the contents come together, whatever the contents look like so far."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from folders import rows, write
from konzept.authors.chapters.beginning import begin_chapters
from konzept.authors.chapters.contents import check_contents, with_chapter
from konzept.data.problems import DataProblems, NotDone
from konzept.data.reading import read_folder

PAGE = "book/chapters/02-arbeit"


def _part(caption: str, *pages: str, **more: Any) -> dict[str, Any]:
    return {"caption": caption, **more, "chapters": [{"file": page} for page in pages]}


def _book(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"format": "jb-book", "root": "book/index", "parts": list(parts)}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("more", [[], [_part("Anlagen", "book/b")]], ids=["at the end", "between"])
def test_the_first_chapter_finds_its_place(more: list[dict[str, Any]], end: str) -> None:
    before = _book(_part("Konzept", "book/a"), *more)
    text = yaml.safe_dump(before, sort_keys=False, allow_unicode=True).replace("\n", end)
    changed = with_chapter(text, PAGE)
    assert yaml.safe_load(changed) == _book(
        _part("Konzept", "book/a"), _part("Handlungsfelder", PAGE, numbered=1), *more
    )
    assert changed.count("\n") == changed.count(end)


def test_all_else_keeps_its_bytes() -> None:
    text = "format: jb-book\nroot: book/index\nparts:\n  - caption: 'Konzept'\n    chapters:\n      - file: book/a # eins\n\n  # Was folgt, ist Teil B.\n  - caption: Anlagen\n    chapters:\n      - file: book/b"
    lines = text.splitlines()
    added = [
        "  - caption: Handlungsfelder",
        "    numbered: 1",
        "    chapters:",
        f"      - file: {PAGE}",
    ]
    assert with_chapter(text, PAGE).splitlines() == [*lines[:6], *added, *lines[6:]]
    assert with_chapter("\n".join(lines[:6]), PAGE).splitlines() == [*lines[:6], *added]


@pytest.mark.parametrize("seed", range(40))
def test_chapters_come_in_the_order_of_their_numbers(seed: int) -> None:
    chance = random.Random(seed)
    numbers = chance.sample(range(1, 30), chance.randint(2, 9))
    text = yaml.safe_dump(_book(_part("Konzept", "book/a"), _part("Anlagen", "book/b")), sort_keys=False)
    if chance.random() < 0.5:
        text = text.replace("\n- ", "\n\n# Teil\n- ").replace("  - file", "    - file")
    for number in numbers:
        text = with_chapter(text, f"book/chapters/{number:02d}-f{number}")
    fields = yaml.safe_load(text)["parts"][1]
    assert [entry["file"] for entry in fields["chapters"]] == [
        f"book/chapters/{number:02d}-f{number}" for number in sorted(numbers)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "format: jb-book\nroot: book/index\nparts: [{caption: Konzept, chapters: [{file: book/a}]}]\n",
        "format: jb-book\nroot: book/index\nparts:\n- caption: Handlungsfelder\n  chapters: [{file: book/a}]\n",
        "{format: jb-book, root: book/index}\n",
        "- book/index\n",
        "format: jb-book\nroot: book/index\nchapters:\n- file: book/a\n",
        "",
    ],
)
def test_contents_of_another_shape_are_left_alone(text: str) -> None:
    with pytest.raises(NotDone, match=r"^_toc\.yml"):
        with_chapter(text, PAGE)


@pytest.fixture
def town(minimal_data: Path) -> Path:
    """A project of three fields whose book has a start page only."""
    project = minimal_data.parent
    (field,) = rows(minimal_data, "handlungsfelder")
    others = ({"id": "gesundheit", "nr": "2", "name": "Gesund *leben*"}, {"id": "arbeit", "nr": "10"})
    write(minimal_data, "handlungsfelder", [field, *(field | other for other in others)])
    (project / "_toc.yml").write_text(yaml.safe_dump(_book(_part("Konzept", "book/a"))), "utf-8")
    return project


def begun(project: Path, *field: str) -> tuple[list[str], list[str]]:
    """Begin, and name what has come."""
    found = begin_chapters(project, read_folder(project / "data"), *field)
    return [page.rpartition("/")[2] for page in found.chapters], [
        page.rpartition("/")[2] for page in found.lines
    ]


def _pages(project: Path) -> list[str]:
    return sorted(p.relative_to(project).with_suffix("").as_posix() for p in project.glob("book/**/*.md"))


def test_all_that_are_missing_come_at_once(town: Path) -> None:
    assert begun(town, "gesundheit") == (["02-gesundheit"], ["02-gesundheit"])
    kept = (town / "book/chapters/02-gesundheit.md").read_bytes()
    assert begun(town) == (["01-bildung", "10-arbeit"], ["01-bildung", "10-arbeit"])
    assert (town / "book/chapters/02-gesundheit.md").read_bytes() == kept
    assert b"# Gesund \\*leben\\*\n" in kept
    told = check_contents(town, ["book/index", "book/a", *_pages(town)])
    assert told == []
    assert begun(town) == ([], [])


def test_a_line_or_a_chapter_alone_gets_the_other(town: Path) -> None:
    begun(town)
    contents = (town / "_toc.yml").read_text("utf-8")
    (town / "_toc.yml").write_text(contents.replace("    - file: book/chapters/02-gesundheit\n", ""), "utf-8")
    assert "gesundheit" not in (town / "_toc.yml").read_text("utf-8")
    assert begun(town, "gesundheit") == ([], ["02-gesundheit"])
    assert (town / "_toc.yml").read_text("utf-8") == contents
    # A chapter keeps its number when its field gets another.
    (town / "_toc.yml").write_text(contents.replace("10-arbeit", "03-arbeit"), "utf-8")
    (town / "book/chapters/10-arbeit.md").unlink()
    assert begun(town, "arbeit") == (["03-arbeit"], [])


def test_nothing_comes_alone(town: Path) -> None:
    for contents in ("root: [\n", None):
        (town / "_toc.yml").unlink() if contents is None else (town / "_toc.yml").write_text(contents)
        with pytest.raises(DataProblems, match=r"^_toc\.yml"):
            begun(town)
        assert _pages(town) == []


@pytest.mark.skipif(os.name == "nt", reason="rights of folders")
def test_chapters_are_taken_back_when_the_contents_cannot_be_written(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (town / "_toc.yml").read_bytes()
    # A folder where the waiting file would lie: also root cannot write there.
    (town / "_toc.yml.neu").mkdir()
    with pytest.raises(NotDone, match="Geschrieben ist nichts"):
        begun(town)
    assert (_pages(town), (town / "_toc.yml").read_bytes()) == ([], kept)


def test_no_fields_no_chapters(town: Path) -> None:
    write(town / "data", "handlungsfelder", [])
    with pytest.raises(NotDone, match="steht noch kein Handlungsfeld"):
        begun(town)
