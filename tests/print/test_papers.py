"""Other papers, other machines, hard data: drafts, single fields, the same bytes, bad input."""

from __future__ import annotations

import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reading import Paper, beyond, read_paper
from verapdf import judge

from conftest import run_konzept
from copies import copy_project, replace
from folders import HOSTILE, PROJECT, page_text, rows, write

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
GLYPH = "\N{EGYPTIAN HIEROGLYPH A001}"
FILLED = 300
NOTES = """
Rufwort eins.[^eins] Und Rufwort zwei.[^zwei]

[^eins]: Notenwort eins.
[^zwei]: Notenwort zwei, mit so viel Text, dass er am Fuß der Seite mehr als eine Zeile füllt
    und auch dann noch unter seinem Strich auf derselben Seite steht wie das Zeichen, das ihn ruft.
"""


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two copies in different folders, built from nothing in different time zones and tongues."""
    folders = [tmp_path_factory.mktemp("a") / "projekt", tmp_path_factory.mktemp("b") / "ein anderer Ort"]
    worlds = [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"},
    ]

    def build(folder: Path, world: dict[str, str]) -> Path:
        project = copy_project(folder, small=True)
        run_konzept(project, "build", "--only", "pdf", **world).check_returncode()
        return project

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(build, folders, worlds))


def test_the_same_bytes_in_another_folder_and_time_zone(twins: list[Path]) -> None:
    one, other = (p / "_build/pdf/integrationskonzept.pdf" for p in twins)
    assert one.read_bytes() == other.read_bytes()


def test_a_paper_is_printed_again_only_when_it_must(twins: list[Path]) -> None:
    one, other = (p / "_build/pdf/integrationskonzept.pdf" for p in twins)
    unchanged = "Das PDF ist unverändert"
    assert unchanged in run_konzept(twins[0], "build", "--only", "pdf").stderr
    (twins[0] / "_build/.konzept/_build/pdf" / one.name).write_bytes(b"%PDF-1.7 und nichts weiter")
    # The time of the last commit is no part of what a paper is made of.
    result = run_konzept(twins[0], "build", "--only", "pdf", SOURCE_DATE_EPOCH="1500000000")
    assert result.returncode == 0
    assert unchanged not in result.stderr
    assert one.read_bytes() == other.read_bytes()


@pytest.fixture(scope="module")
def draft(twins: list[Path]) -> tuple[Paper, Paper]:
    """The published paper and a field's draft from the same folder."""
    result = run_konzept(twins[0], "build", "--chapter", "bildung", "--entwurf")
    assert result.returncode == 0, result.stderr
    folder = twins[0] / "_build/pdf"
    return (
        read_paper(folder / "integrationskonzept.pdf"),
        read_paper(folder / "integrationskonzept-bildung-entwurf.pdf"),
    )


def test_a_draft_does_not_replace_what_is_published(twins: list[Path], draft: tuple[Paper, Paper]) -> None:
    one, other = (p / "_build/pdf/integrationskonzept.pdf" for p in twins)
    assert one.read_bytes() == other.read_bytes()
    assert not (twins[0] / "_build/html").exists()


def test_a_draft_says_so_on_every_page_and_numbers_its_lines(draft: tuple[Paper, Paper]) -> None:
    published, entwurf = draft
    assert all("Entwurf" in text for text in entwurf.texts)
    assert entwurf.reader.metadata.title == (
        "Integrationskonzept der Stadt Lehrte, Handlungsfeld 1: Bildung und Erziehung, Entwurf"
    )
    page = next(n for n, text in enumerate(entwurf.texts) if "Worum es geht" in text)
    overlay = entwurf.reader.pages[page]["/Resources"]["/XObject"]["/KonzeptOben"].get_object()
    assert overlay["/Subtype"] == "/Form"
    words = entwurf.reader.pages[page].extract_xform_text(overlay, (0, 90, 180, 270), 200.0).split()
    numbers = [int(word) for word in words if word.isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 20
    assert not any("/KonzeptOben" in p["/Resources"].get("/XObject", {}) for p in published.reader.pages)


def test_a_chapter_is_a_paper_of_its_own(draft: tuple[Paper, Paper]) -> None:
    _, entwurf = draft
    assert "Bildung und Erziehung" in entwurf.texts[0]
    assert "kein amtliches Dokument" in entwurf.texts[0]
    assert not any("Inhalt" in text[:60] for text in entwurf.texts)
    assert "datapackage.json" in entwurf.reader.attachments


def test_a_draft_is_lawful_too(draft: tuple[Paper, Paper]) -> None:
    path = draft[1].path
    assert [v.failed for v in judge(path)[path]] == [{}, {}]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--chapter", "bildnug"], "Ein Kapitel „bildnug“ gibt es nicht. Meinten Sie „bildung“?"),
        (
            ["--chapter", "bildung", "--teil", "A"],
            "„--chapter“ und „--teil“ schließen einander aus. Nehmen Sie eines davon weg.",
        ),
        (["--entwurf", "--only", "html"], "„--chapter“, „--teil“ und „--entwurf“ gibt es nur für das PDF."),
    ],
)
def test_wrong_calls_are_refused(project: Path, arguments: list[str], sentence: str) -> None:
    result = run_konzept(project, "build", *arguments)
    assert result.returncode == 2
    assert result.stderr.strip() == sentence


def test_a_chapter_prints_its_own_measures_whatever_ids_there_are(tmp_path: Path) -> None:
    """A bug once: what ended like the field's id was printed, as m-bildung-elterncafe-sprache for „sprache“."""
    project = copy_project(tmp_path / "projekt", small=True)
    shutil.copy(PROJECT / "book/chapters/09-sprache.md", project / "book/chapters")
    catalogue = page_text(PROJECT / "book/massnahmen.md").split("## Wie der Katalog")[0]
    (project / "book/massnahmen.md").write_text(catalogue, "utf-8")
    with (project / "_toc.yml").open("a", encoding="utf-8") as contents:
        contents.write("      - file: book/chapters/09-sprache\n      - file: book/massnahmen\n")
    measures = rows(project / "data", "massnahmen")
    model = next(row for row in measures if row["handlungsfeld_id"] == "bildung")
    ids = {
        "bildung": ("m-elterncafe-sprache", "m-massnahmen-sprache", "m-sprache"),
        "sprache": ("m-bildung-eins", "m-x-bildung", "m-9", "m-massnahmen-bildung"),
    }
    measures += [
        {**model, "id": key, "handlungsfeld_id": field, "titel": f"Probe {key.replace('-', '_')}."}
        for field, keys in ids.items()
        for key in keys
    ]
    write(project / "data", "massnahmen", measures)
    for field, keys in ids.items():
        result = run_konzept(project, "build", "--chapter", field)
        assert result.returncode == 0, result.stderr
        paper = read_paper(project / f"_build/pdf/integrationskonzept-{field}.pdf")
        expected = {row["id"] for row in measures if row["handlungsfeld_id"] == field}
        assert expected >= set(keys)
        targets = {name.removeprefix("/") for name in paper.reader.named_destinations}
        assert targets & {row["id"] for row in measures} == expected
        printed = " ".join("".join(paper.texts).split())
        assert {
            key for keys in ids.values() for key in keys if f"Probe {key.replace('-', '_')}." in printed
        } == set(keys)


@pytest.fixture(scope="module")
def hard(hostile_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Paper, str]:
    """A chapter of hostile texts, 300 measures, a long word, a glyph no font has, a timeline too tall for a page.

    Most measures have a period, an actor and costs, so that the goals table has all columns.
    """
    project = copy_project(tmp_path_factory.mktemp("hart") / "projekt", small=True)
    data = project / "data-hart"
    shutil.copytree(hostile_data, data)
    measures = rows(data, "massnahmen")
    first = next(row for row in measures if row["handlungsfeld_id"] == "bildung")
    first |= {"beginn": "2024-01-01", "zeit_genauigkeit": "jahr"}
    measures += [
        {**first, "id": f"m-fuell-{n}", "titel": f"{LONG} {n}" if n == 0 else f"Füllung {n}"}
        for n in range(FILLED)
    ]
    write(data, "massnahmen", measures)
    leads, costs = rows(data, "zustaendigkeiten"), rows(data, "kosten")
    leads += [{**leads[0], "massnahme_id": f"m-fuell-{n}"} for n in range(FILLED)]
    costs += [{**costs[0], "id": f"k-fuell-{n}", "massnahme_id": f"m-fuell-{n}"} for n in range(FILLED)]
    write(data, "zustaendigkeiten", leads)
    write(data, "kosten", costs)
    events = rows(data, "ereignisse")
    event = next(row for row in events if row["handlungsfeld_id"] == "bildung")
    events += [{**event, "id": f"e-fuell-{n}", "titel": f"Treffen {n}"} for n in range(60)]
    write(data, "ereignisse", events)
    chapter = project / "book/chapters/01-bildung.md"
    replace(chapter, "Im Mittelpunkt steht", f"{GLYPH} Im Mittelpunkt steht")
    with chapter.open("a", encoding="utf-8") as file:
        file.write(NOTES)
    if "timeline()" not in chapter.read_text("utf-8"):
        replace(
            chapter,
            "## Was fehlt",
            "```{code-cell} ipython3\nfield.timeline()\n```\n\n## Was fehlt",
        )
    result = run_konzept(project, "build", "--only", "pdf", "--data", str(data))
    assert result.returncode == 0, result.stderr
    return read_paper(project / "_build/pdf/integrationskonzept.pdf"), result.stderr


def test_a_goals_table_with_all_columns_has_its_head_on_each_page(hard: tuple[Paper, str]) -> None:
    paper, _ = hard
    texts = [" ".join(text.split()) for text in paper.texts]
    filled = [text for text in texts if re.search(r"Füllung \d+", text) and "Tab. 1.1" not in text]
    headed = [text for text in filled if "Maßnahme Status Zuständig Zeitraum Kosten" in text]
    assert len(headed) > 5


def test_a_long_table_is_whole(hard: tuple[Paper, str]) -> None:
    whole = " ".join(hard[0].texts)
    assert all(f"Füllung {n}" in whole for n in range(1, FILLED))


def test_a_long_word_keeps_to_its_cell(hard: tuple[Paper, str]) -> None:
    paper, _ = hard
    assert LONG in re.sub(r"[-\u00ad\u200b\u2010\s]", "", "".join(paper.texts))
    for number, (page, pieces) in enumerate(zip(paper.reader.pages, paper.pieces, strict=True), 1):
        assert beyond(page, pieces) == [], number


def test_a_glyph_that_no_font_has_is_named(hard: tuple[Paper, str]) -> None:
    paper, told = hard
    assert "[U+13000] Im Mittelpunkt steht" in " ".join(paper.texts)
    assert (
        "Hinweis zum PDF: book/chapters/01-bildung, bei „Worum es geht“: Das Zeichen U+13000 "
        "(EGYPTIAN HIEROGLYPH A001) enthält keine Schrift des Buches; im PDF steht an seiner Stelle die Nummer."
    ) in told.splitlines()


def test_footnotes_stand_on_the_page_that_calls_them(hard: tuple[Paper, str]) -> None:
    (called,) = [n for n, text in enumerate(hard[0].texts) if "Rufwort eins" in text]
    notes = [n for n, text in enumerate(hard[0].texts) if "Notenwort" in text]
    assert notes == [called]
    assert hard[0].texts[called].index("Notenwort zwei") > hard[0].texts[called].index("Rufwort zwei")


def test_a_tall_figure_stays_on_its_page(hard: tuple[Paper, str]) -> None:
    paper, _ = hard
    (page,) = [n for n, text in enumerate(paper.texts) if "Treffen 59" in text]
    assert "Treffen 0" in paper.texts[page]


def test_hard_data_are_lawful_on_paper(hard: tuple[Paper, str]) -> None:
    path = hard[0].path
    assert [v.failed for v in judge(path)[path]] == [{}, {}]


def test_hostile_data_show_as_text(hard: tuple[Paper, str]) -> None:
    assert len(HOSTILE) == 10
    whole = re.sub(r"[\u00ad\u200b\s]", "", "".join(hard[0].texts))
    for part in ("<script>alert(1)</script>", '=HYPERLINK("http', "{{x}}", "`code`", "a|b*c*", "&amp;<img"):
        assert part in whole, part


def test_without_pango_the_pages_are_built_and_one_sentence_says_what_is_missing(
    twins: list[Path], tmp_path: Path
) -> None:
    """A module in the library's place fails as the library does where Pango is missing."""
    lacking = tmp_path / "weasyprint"
    lacking.mkdir()
    (lacking / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n")
    result = run_konzept(twins[1], "build", PYTHONPATH=f"{twins[1] / 'scripts'}{os.pathsep}{tmp_path}")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        "Für das PDF fehlt die Bibliothek Pango. Installieren Sie sie mit: "
        "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    )
    page = (twins[1] / "_build/html/book/chapters/01-bildung.html").read_text("utf-8")
    assert "Bildung und Erziehung" in page
    assert not list((twins[1] / "_build/html").rglob("*.pdf"))
    assert "integrationskonzept.pdf" not in page
