"""What a page shows is summed up by what is read, and by nothing else."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from docutils.core import publish_doctree

from konzept.site import nodes as ik
from konzept.site.approvals import shown, since

PAGE = """\
Bildung
=======

Viel **entscheidet** sich in den ersten Jahren.

.. A remark that nobody sees.

.. image:: fest.svg
   :alt: Kinder malen.

===== =====
Jahr  Wert
===== =====
2024  12,5
===== =====
"""
SAME = {
    "bold": ("**entscheidet**", "entscheidet"),
    "another line": ("sich in", "sich\nin"),
    "soft hyphen": ("ersten", "ers\u00adten"),
    "no-break space": ("ersten Jahren", "ersten\u00a0Jahren"),
    "letter in two parts": ("für", "fu\u0308r"),
    "a remark": ("nobody", "somebody"),
}
OTHER = {
    "a word": ("Viel", "Vieles", "geändert: Text"),
    "a blank": ("sich in", "sichin", "geändert: Text"),
    "a heading": ("Bildung", "Bildend", "geändert: Text"),
    "said of a picture": ("malen", "tanzen", "geändert: Abbildungen"),
    "a number in a table": ("12,5", "12,6", "geändert: Tabellen"),
    "a title of a column and a word": ("e", "a", "geändert: Text, Abbildungen und Tabellen"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fest.svg").write_text("<svg/>", "utf-8")
    return tmp_path


def summed_up(text: str, folder: Path) -> str:
    return shown(publish_doctree(text), folder)


@pytest.mark.parametrize("change", SAME)
def test_what_no_reader_sees_changes_nothing(change: str, folder: Path) -> None:
    old, new = SAME[change]
    page = PAGE.replace("ersten", "ersten Jahren für") if old not in PAGE else PAGE
    assert old in page
    assert summed_up(page.replace(old, new), folder) == summed_up(page, folder)


@pytest.mark.parametrize("change", OTHER)
def test_what_a_reader_sees_is_told_by_its_kind(change: str, folder: Path) -> None:
    old, new, told = OTHER[change]
    assert old in PAGE
    # The remark stays: what is in it is not read.
    assert since(summed_up(PAGE, folder), summed_up(PAGE.replace(old, new), folder)) == told


def test_another_picture_under_the_same_name_is_told(folder: Path) -> None:
    before = summed_up(PAGE, folder)
    (folder / "fest.svg").write_text("<svg><path/></svg>", "utf-8")
    assert since(before, summed_up(PAGE, folder)) == "geändert: Abbildungen"


def test_of_a_chart_its_data_count_and_not_its_look(folder: Path) -> None:
    def page(csv: str, colour: str) -> str:
        document = publish_doctree("")
        chart = ik.chart("", wide={"colour": colour}, narrow={}, alt="Anteil", label="abb-x")
        document += ik.concept_figure(
            "", chart, ik.figure_foot("", csv=csv, file="x.csv", label="x", view="")
        )
        return shown(document, folder)

    assert page("2024;1", "#111111") == page("2024;1", "#222222")
    assert since(page("2024;1", "#111111"), page("2024;2", "#111111")) == "geändert: Abbildungen"


def test_a_sum_is_the_same_on_every_machine_and_with_every_version(folder: Path) -> None:
    """These digits stand in towns' data: if this fails, every approved chapter would be told as changed."""
    picture = sha256((folder / "fest.svg").read_bytes()).hexdigest()
    read = (
        "Bildung\nViel entscheidet sich in den ersten Jahren.",
        f"Kinder malen.\n{picture}",
        "Jahr\nWert\n2024\n12,5",
    )
    assert summed_up(PAGE, folder) == "-".join(sha256(part.encode()).hexdigest()[:8] for part in read)
