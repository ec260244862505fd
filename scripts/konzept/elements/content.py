"""What a chapter shows, as plain content: tables, figures and a few page elements.

Figures and tables are built of these; cells hand them over as JSON (`encoded`),
and the Sphinx extensions turn them into nodes (`decoded`).  All text is literal text:
whoever writes it out escapes it for the medium.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from konzept.concept.citing import Cited

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Run:
    """A piece of text with at most a little emphasis, a status icon or a link."""

    text: str
    strong: bool = False
    muted: bool = False
    status: str | None = None
    target: str | None = None
    """What the text links to: the id of a field, measure (m-…) or indicator (i-…), the label of a figure or table (its number is shown),
    any label of the book after an @, a place on the page (``#id``), a published file (``daten/…``, ``ausgaben/…``) or an address (https, mailto)."""
    icon_only: bool = False
    """The status icon stands for the text, which is then its accessible name."""
    source: tuple[str, str] | None = None
    """The document (its id) and the place in it that the text names; on a page a numbered mark stands for the text."""
    approved: tuple[str, str] | None = None
    """A field and what sums its chapter up as it was approved; on a page stands for the text whether it still shows that."""


Line = tuple[Run, ...]

Chart = Any
"""Plotly's figure in the cell that makes it; on the page its JSON, without the template."""


def line(*parts: Run | str) -> Line:
    """Make a line of runs; plain strings are plain text."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def joined(parts: Iterable[Line], between: str = "; ") -> Line:
    """Write lines behind each other, with a text between them."""
    runs: list[Run] = []
    for n, part in enumerate(parts):
        runs += [Run(between), *part] if n else part
    return tuple(runs)


def plain(lines: tuple[Line, ...], separator: str = "; ") -> str:
    """Give lines as one text without any mark-up."""
    return separator.join("".join(run.text for run in line) for line in lines)


@dataclass(frozen=True)
class Cell:
    """One cell of a table: lines of text."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, *lines: str | Run | Line) -> Cell:
        """Make a cell of one or more lines."""
        return cls(tuple(item if isinstance(item, tuple) else line(item) for item in lines))

    @property
    def text(self) -> str:
        """The cell as one text."""
        return plain(self.lines)


@dataclass(frozen=True)
class Row:
    """A row; a single cell spans all columns, as in a group row above the rows it heads."""

    cells: tuple[Cell, ...]
    group: bool = False
    label: str = ""
    """The row's anchor in the book; may be empty."""


@dataclass(frozen=True)
class Column:
    """A column's heading, whether it holds numbers, and its share of the width in steps of 5 % (0: automatic)."""

    title: str
    numeric: bool = False
    width: int = 0
    status: str | None = None
    """The status that the column is for; its icon stands above the heading."""
    group: str = ""
    """The heading above this and the neighbouring columns of the same group."""
    screen_only: bool = False
    """Left out in print, because every cell is empty."""


@dataclass(frozen=True)
class Table:
    """A numbered table with a caption and notes below."""

    label: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    matrix: bool = False
    """Cells hold icons; columns are narrow and even."""
    heading: str = ""
    """The heading of a section of its own, behind that in which the cell stands."""


IN_CHAPTER = "-kapitel"
"""What ends the label of a chapter's copy: the annexes may show the figure too, and a label stands once in a book."""


@dataclass(frozen=True)
class Figure:
    """A numbered figure: finding, chart in two widths, caption, sources, data."""

    label: str
    finding: str
    subtitle: str
    caption: str
    reading: str
    """What its marks mean."""
    sources: tuple[Cited, ...]
    wide: Chart
    narrow: Chart
    data: Table
    csv: tuple[tuple[str, ...], ...]
    """Heading and rows of the file for download."""
    method: str = ""
    """Definition, breaks, what is left out: told with the sources, one click away or in the paper's annex."""
    points: int | None = None
    """How many distinct data points the chart shows, where these are not the rows of its file."""
    view: str = ""
    """Where the explorer shows the same data: what stands behind the # of its page."""


@dataclass(frozen=True)
class Text:
    """A paragraph with a role on the page: ``lead``, ``plain``, ``muted`` or ``number``: a value, large, and what it is."""

    lines: tuple[Line, ...]
    role: str = "plain"
    label: str = ""
    """The label of the figure for which it stands in; references then name it by `name`."""
    name: str = ""


@dataclass(frozen=True)
class Facts:
    """A strip of terms with short values."""

    items: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Notice:
    """A box that says what to know before reading on."""

    title: str
    lines: tuple[Line, ...]
    small: bool = False
    """One quiet line instead of a box."""


@dataclass(frozen=True)
class Sheet:
    """What is known of one thing: its name, a remark, and terms with a line or more each."""

    label: str
    """The sheet's anchor on the page; may be empty."""
    title: str
    intro: tuple[Line, ...]
    items: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True)
class Sheets:
    """Sheets under a heading of their own, if there is one, and below them what needs no sheet."""

    items: tuple[Sheet, ...]
    label: str = ""
    heading: str = ""
    rest_title: str = ""
    rest: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Points:
    """A list; ``grid`` sets it in two columns under rules."""

    lines: tuple[Line, ...]
    grid: bool = False


@dataclass(frozen=True)
class Documents:
    """A list of documents by their ids; on a page they join its notes."""

    items: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Card:
    """An action field in brief, with the look of each measure's status."""

    field_id: str
    number: int
    title: str
    state: str
    text: str
    statuses: tuple[str, ...]
    summary: str
    crosscutting: bool


@dataclass(frozen=True)
class Cards:
    """All action fields, and the statuses that their cells show."""

    items: tuple[Card, ...]
    legend: tuple[tuple[str, str], ...]
    """Look and label."""


@dataclass(frozen=True)
class Profile:
    """What is known of a measure: its heading has its id, so that links to it last."""

    id: str
    title: str
    text: str
    states: tuple[Line, ...]
    """Its statuses, the newest first."""
    items: tuple[tuple[str, tuple[Line, ...]], ...]
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True)
class ProfileGroup:
    """The measures of an action field under its heading: profiles, and a table of those of which little is known."""

    id: str
    title: str
    text: Line
    items: tuple[Profile, ...]
    brief: Table | None = None
    """The labels of its rows are the measures' ids."""


@dataclass(frozen=True)
class Profiles:
    """Sections of the page, a heading each, below its title whatever section they were shown in."""

    groups: tuple[ProfileGroup, ...]


@dataclass(frozen=True)
class Entry:
    """What is looked up in a register, and the links that it leads to."""

    head: Run
    links: tuple[Line, ...]


@dataclass(frozen=True)
class Index:
    """One list of a register, and what it leaves out."""

    title: str
    entries: tuple[Entry, ...]
    note: str


@dataclass(frozen=True)
class Register:
    """Lists of links; on a page an entry's links unfold."""

    lists: tuple[Index, ...]


@dataclass(frozen=True)
class Fold:
    """What unfolds under a title: lines, a list, tables that their captions name."""

    title: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Folds:
    """A list of what unfolds on a page; on paper a few lines stand for all of it."""

    items: tuple[Fold, ...]
    brief: tuple[Line, ...]


@dataclass(frozen=True)
class Explorer:
    """The page on which readers choose what they see; without scripts they see all tables."""

    material: dict[str, Any]
    tables: tuple[Table, ...]
    """Captions name what each holds."""
    note: str = ""


Block = (
    Table
    | Figure
    | Text
    | Facts
    | Notice
    | Sheets
    | Points
    | Documents
    | Cards
    | Profiles
    | Register
    | Folds
    | Explorer
)


MIME = "application/vnd.konzept+json"
"""By this type a cell hands its content to the book."""

_KINDS = {kind.__name__: kind for kind in get_args(Block)}


def encoded(block: Block) -> dict[str, Any]:
    """Write a block as plain JSON; what has its default is left out."""
    fields = json.loads(json.dumps(block, default=_plain, sort_keys=True))
    return {"kind": type(block).__name__, **fields}


def _plain(value: Any) -> dict[str, Any]:
    if not dataclasses.is_dataclass(value):
        return dict(json.loads(chart_json(value)))
    fields = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
    return {f.name: part for f, part in fields if part != f.default}


def chart_json(figure: go.Figure) -> str:
    """Write a chart without its template, which the page carries once for all charts."""
    bare = figure.to_plotly_json()
    bare["layout"].pop("template", None)
    from plotly.io import to_json as plotly_to_json

    return str(plotly_to_json(bare, validate=False, engine="json"))


def decoded(data: Mapping[str, Any]) -> Block:
    """Rebuild a block from its JSON."""
    block: Block = _typed(_KINDS[data["kind"]], data)
    return block


def _typed(kind: Any, value: Any) -> Any:
    """Rebuild a value of a kind from its JSON."""
    if value is None:
        return None
    of = get_args(kind)
    if isinstance(kind, UnionType):
        return _typed(of[0], value)
    if get_origin(kind) is tuple:
        return tuple(map(_typed, repeat(of[0]) if of[-1] is Ellipsis else of, value))
    return _made(kind, value) if dataclasses.is_dataclass(kind) else value


def _made(kind: Any, fields: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _typed(hints[name], part) for name, part in fields.items() if name in hints})


_hints = cache(get_type_hints)
