"""What folds on a phone: long sections of long pages, rows of long tables, cards never."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from konzept.site.folding import length, mark


def _section(name: str, *children: nodes.Node | int, classes: list[str] | None = None) -> nodes.section:
    inside = [nodes.paragraph("", "x" * c) if isinstance(c, int) else c for c in children]
    return nodes.section("", nodes.title("", name), *inside, names=[name], classes=classes or [])


def _marked(*children: nodes.Node | int) -> list[str]:
    document = new_document("page")
    document += _section("Seite", *children)
    mark(document)
    return [s["names"][0] for s in document.findall(nodes.section) if "ik-lang" in s["classes"]]


def test_long_sections_of_a_long_page_fold() -> None:
    assert _marked(
        _section("A", 4000), _section("B", 3000), _section("C", 900), _section("D", 5), _section("E", 5)
    ) == ["A", "B"]


def test_short_pages_do_not_fold() -> None:
    assert _marked(_section("A", 3000), _section("B", 2000)) == []


def test_where_half_of_them_are_long_all_fold() -> None:
    assert _marked(_section("A", 4000), _section("B", 3000), _section("C", 5)) == ["A", "B", "C"]


def test_innermost_sections_fold_but_cards_do_not() -> None:
    inner = _section("A", _section("A1", 4000), _section("A2", 3000))
    cards = _section("B", *[_section(f"m{n}", 1600, classes=["ik-steckbrief"]) for n in range(3)])
    assert _marked(inner, cards) == ["A1", "A2", "B"]


def test_what_stands_below_a_block_belongs_to_its_heading() -> None:
    document = new_document("page")
    outer = _section("A", _section("A1", 10), 7000)
    document += _section("Seite", outer)
    mark(document)
    assert length(next(s for s in document.findall(nodes.section) if s["names"] == ["A1"])) > 7000


def test_rows_of_a_long_table_fold() -> None:
    def table(rows: int, *classes: str) -> nodes.table:
        body = nodes.tbody(
            "", *[nodes.row("", nodes.entry("", nodes.paragraph("", "x"))) for _ in range(rows)]
        )
        return nodes.table("", nodes.tgroup("", body, cols=1), classes=list(classes))

    document = new_document("page")
    document += _section("Seite", table(12), table(13), table(13, "ik-tab--eng"))
    mark(document)
    assert [t["classes"] for t in document.findall(nodes.table)] == [
        *([], ["ik-viele"], ["ik-tab--eng"]),
    ]
