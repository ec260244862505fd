"""What cells hand over: literal text in every form, and content that survives the way to the book."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from folders import HOSTILE
from konzept.data.separated import separated
from konzept.elements.content import Cell, Column, Row, Run, Table, line, table_from, to_json
from konzept.notebook.html import as_html
from konzept.notebook.markdown import as_markdown, escape
from konzept.site.blocks.transform import _payload


def plain_text(markdown: str) -> str:
    """Give the text that a Markdown reader shows."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return "".join(child.content for token in tokens for child in token.children or ())


def table(text: str) -> Table:
    return Table(
        "tab-x",
        "Titel",
        (Column("a"), Column("b")),
        (Row((Cell.of(Run(text, strong=True)),), group=True), Row((Cell.of(text), Cell.of("b")))),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_text_literally(text: str) -> None:
    assert plain_text(f"x {escape(text)}") == f"x {text}"
    (cells,) = [c for c in _table_rows(as_markdown(table(text))) if c[1] == "b" and c[0] != "a"]
    assert cells[0] == text


def _table_rows(markdown: str) -> list[list[str]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    texts = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    cells = texts[1:]
    return [cells[i : i + 2] for i in range(0, len(cells), 2)]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_markdown_of_any_text(text: str) -> None:
    words = " ".join(text.split())
    assert plain_text(f"x {escape(words)} x").split() == f"x {words} x".split()


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_content_survives_as_json_in_html(text: str) -> None:
    original = table(text)
    html = as_html(original)
    assert html.count("<script") == html.count("</script") == 1
    payload = re.search(r'<script type="application/json">(.*)</script>', html, re.DOTALL)
    assert payload is not None
    assert table_from(json.loads(payload[1])) == original


@pytest.mark.parametrize("text", HOSTILE)
def test_html_escapes_text(text: str) -> None:
    body = re.sub(r"<script.*</script>", "", as_html(table(text)), flags=re.DOTALL)
    assert "<script" not in body
    assert "<img" not in body
    assert "<b>" not in body


def test_json_cannot_close_its_script() -> None:
    assert "<" not in to_json(table("</script><script>alert(1)</script>"))


def test_book_ignores_foreign_html() -> None:
    from docutils import nodes

    bundle = nodes.container("", nodes.raw("", "<p>fremd</p>", format="html"))
    assert _payload(bundle) is None


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    text = separated([("=1+1", "-3,5", "@x", "+49", "a;b", "normal"), ("", "-x", "\tx", "1", "2", "3")])
    assert text.startswith("\ufeff")
    assert text[1:].split("\r\n")[:2] == ["'=1+1;-3,5;'@x;'+49;\"a;b\";normal", ";'-x;'\tx;1;2;3"]


def test_lines_are_runs() -> None:
    assert line("a", Run("b", muted=True)) == (Run("a"), Run("b", muted=True))
