"""What cells hand over: literal text in every form, and content that survives the way to the book."""

import dataclasses
import json
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from myst_nb.core.render import MimeData, get_mime_priority, load_mime_renders
from sphinx.errors import ExtensionError

from folders import HOSTILE
from konzept.data.csv_file import separated
from konzept.elements.content import (
    MIME,
    Block,
    Cell,
    Column,
    Figure,
    Row,
    Run,
    Table,
    decoded,
    encoded,
    line,
)
from konzept.notebook.html import as_html
from konzept.notebook.output import Shown
from konzept.site import blocks
from konzept.site.blocks.renderer import BUILDERS, BlockRenderer
from konzept.site.references import escape


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


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_markdown_of_any_text(text: str) -> None:
    words = " ".join(text.split())
    assert plain_text(f"x {escape(words)} x").split() == f"x {words} x".split()


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_content_survives_its_way_to_the_book(text: str) -> None:
    original = table(text)
    assert decoded(json.loads(json.dumps(encoded(original)))) == original


def test_every_kind_of_content_survives_with_all_its_fields() -> None:
    """Each block with each field filled, those that may be empty too."""
    for kind in get_args(Block):
        original = filled(kind)
        assert decoded(json.loads(json.dumps(encoded(original)))) == original, kind


def filled(kind: Any) -> Any:
    """Make a value of a kind that has no default anywhere."""
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{f.name: filled(hints[f.name]) for f in dataclasses.fields(kind)})
    of = get_args(kind)
    if isinstance(kind, UnionType):
        return filled(of[0])
    if get_origin(kind) is tuple:
        return (filled(of[0]),) * 2 if of[-1] is Ellipsis else tuple(map(filled, of))
    if get_origin(kind) is dict or kind is Any:
        return {"a": [1, None, "b"]}
    return {str: "ä<&", bool: True, int: 7}[kind]


def test_a_chart_reaches_the_book_as_json_without_its_template() -> None:
    figure = dataclasses.replace(filled(Figure), wide=go.Figure(go.Bar(x=[1], y=[2])))
    got = decoded(encoded(figure))
    assert isinstance(got, Figure)
    assert got.wide == {"data": [{"type": "bar", "x": [1], "y": [2]}], "layout": {}}


@pytest.mark.parametrize("text", HOSTILE)
def test_html_escapes_text(text: str) -> None:
    body = as_html(table(text))
    assert "<script" not in body
    assert "<img" not in body
    assert "<b>" not in body


def test_a_cell_hands_over_its_content_and_what_other_viewers_show() -> None:
    bundle = Shown(table("x"))._repr_mimebundle_()
    assert list(bundle) == [MIME, "text/html"]
    assert bundle["text/html"].startswith("<p>Titel</p><table>")


def test_book_leaves_what_is_not_its_own_to_others() -> None:
    for kind, inline in (("text/html", False), ("application/json", False), (MIME, True)):
        data = MimeData(kind, encoded(table("x")))
        assert BlockRenderer.handle_mime(None, data, inline) is None


def test_notebooks_find_the_renderer() -> None:
    assert BlockRenderer in load_mime_renders()
    for builder in ("html", "pdf"):
        assert get_mime_priority(builder, [])[0] == MIME


def test_an_environment_that_does_not_know_the_renderer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else pages would show what is meant for other viewers."""
    monkeypatch.setattr(blocks, "load_mime_renders", list)
    with pytest.raises(ExtensionError, match="Führen Sie „make setup“ aus"):
        blocks.setup(None)


def test_every_kind_of_content_has_its_builder() -> None:
    assert set(BUILDERS) == set(get_args(Block))


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    text = separated([("=1+1", "-3,5", "@x", "+49", "a;b", "normal"), ("", "-x", "\tx", "1", "2", "3")])
    assert text.startswith("\ufeff")
    assert text[1:].split("\r\n")[:2] == ["'=1+1;-3,5;'@x;'+49;\"a;b\";normal", ";'-x;'\tx;1;2;3"]


def test_lines_are_runs() -> None:
    assert line("a", Run("b", muted=True)) == (Run("a"), Run("b", muted=True))
