"""Tables → records: which cells belong to one measure or goal, and what stands above it.

No cell gets lost: each is placed, or left with the reason why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from konzept.authors.tables.mapping import Choice
from konzept.authors.tables.source import BOLD, Cell, Heading, Source, Table
from konzept.authors.tables.words import LEVELS, NOTHING, folded, is_word, level_of

_HEAD_ROWS = 20
"""So far down headings are looked for."""


@dataclass(frozen=True)
class Left:
    """What was not taken, where it stands, and why."""

    place: str
    heading: str
    text: str
    reason: str


@dataclass
class Ledger:
    """What has become of every cell, and of every heading that names something."""

    fate: dict[Cell | Heading, list[tuple[str, str]]] = field(default_factory=dict)

    def settle(self, *cells: Cell | Heading, reason: str = "", text: str = "") -> None:
        """Note that cells are in the data, or among the headings; with a reason, that they or a line of them are not."""
        for cell in cells:
            told = self.fate.setdefault(cell, [])
            if reason:
                told.append((text or cell.text, reason))


@dataclass(frozen=True)
class Part:
    """One cell of a record and what its column is; or a heading and what it names."""

    target: str
    heading: str
    cell: Cell | Heading
    lines: tuple[str, ...]
    place: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Give what it names: several texts where it is a list."""
        return self.lines if self.cell.listed else (" ".join(self.lines),)


@dataclass
class Record:
    """All that a document says of one measure, or of goals alone."""

    place: str
    levels: dict[str, Part]
    parts: list[Part] = field(default_factory=list)

    def title(self) -> Part | None:
        """Give the cell with its title."""
        return next(iter(self.of("massnahme")), None)

    def of(self, target: str) -> list[Part]:
        """Give the cells of a kind."""
        return [part for part in self.parts if part.target == target]


@dataclass
class Arranged:
    """A table with the headings of its columns."""

    table: Table
    heads: dict[int, str]
    begin: int
    """Its first row below the headings."""
    head: int = 0
    upright: bool = False
    continues: bool = False
    texts: frozenset[str] = frozenset()
    """What stands in the headings' cells, as it compares."""
    labels: dict[Cell, str] = field(default_factory=dict)
    """Of a profile: what stands before each cell."""


def arrange(source: Source, choice: Choice) -> Iterator[Heading | Arranged]:
    """Find the headings of every table's columns; one that goes on from the page before takes those of that."""
    before: Arranged | None = None
    for part in source.parts:
        if isinstance(part, Table):
            found = _arranged(part, choice)
            if before and not part.nested and _goes_on(part, found, before, choice):
                # What stands above repeated headings goes on with the page before.
                begin = found.begin if found and found.head == 0 else 0
                found = replace(before, table=part, begin=begin, head=0, continues=True)
            alone = len(part.grid) < 2
            found = found or Arranged(part, {} if alone else _heads(part, 0, 1), 0 if alone else 1)
            before = before if part.nested else found
            yield found
        elif isinstance(part, Heading):
            level = choice.level(part.text)
            if level == NOTHING and not _continued(part.text):
                before = None
            yield part
        elif not _continued(part):
            before = None


def _goes_on(table: Table, found: Arranged | None, before: Arranged, choice: Choice) -> bool:
    """Tell whether a table goes on with the one before: under the same headings, or under none of its own."""
    if found and found.upright:
        labels = {choice.column(row[0].text) for row in table.grid if 0 in row}
        return before.upright and "massnahme" not in labels
    if found:
        return [*map(folded, found.heads.values())] == [*map(folded, before.heads.values())]
    return bool(before.heads or before.upright) and table.width == before.table.width


def _continued(text: str) -> bool:
    return folded(text).startswith(("fortsetzung", "noch ", "tabelle "))


def _arranged(table: Table, choice: Choice) -> Arranged | None:
    hits = [_known({c.text for c in table.row(n)}, choice) for n in range(min(_HEAD_ROWS, len(table.grid)))]
    best = max(hits, default=0)
    labels = _known({row[0].text for row in table.grid if 0 in row}, choice)
    if labels > max(best, 1) and table.width > 1:
        return Arranged(table, {}, 0, upright=True)
    if best < (1 if table.heads else 2):
        return None
    head = hits.index(best)
    begin = max(table.heads, *(cell.row - 1 + cell.rows for cell in table.row(head)))
    texts = frozenset(folded(cell.text) for row in table.grid[head:begin] for cell in row.values())
    return Arranged(table, _heads(table, head, begin), begin, head, texts=texts)


def _known(texts: set[str], choice: Choice) -> int:
    """Count what is told by texts, if they are headings."""
    known = {choice.column(text) for text in texts if text and choice.heads(text)}
    return len(known - {None, NOTHING})


def _heads(table: Table, head: int, begin: int) -> dict[int, str]:
    heads: dict[int, dict[str, None]] = {}
    for row in table.grid[head:begin]:
        for column, cell in row.items():
            heads.setdefault(column, {})[" ".join(cell.text.split())] = None
    return {column: " ".join(filter(None, texts)) for column, texts in sorted(heads.items())}


@dataclass
class _Within:
    """What a table has named so far."""

    inside: dict[str, Part] = field(default_factory=dict)
    last: dict[str, Part] = field(default_factory=dict)
    title: Cell | Heading | None = None
    current: Record | None = None
    """What further cells belong to."""
    named: set[str] = field(default_factory=set)
    """What the profile that is begun has named already."""


class Reader:
    """Walks through a document and gathers records."""

    def __init__(self, choice: Choice, ledger: Ledger) -> None:
        self.choice = choice
        self.ledger = ledger
        self.above: dict[str, Part] = {}
        self.depth: dict[str, int] = {}
        self.records: list[Record] = []
        self.now = _Within()

    def read(self, parts: list[Heading | Arranged]) -> list[Record]:
        """Give the records of all tables in their order, and what is named with nothing below it."""
        for part in parts:
            if isinstance(part, Heading):
                self._take_heading(part)
                continue
            around = self.now
            if not part.continues:
                self.now = _Within()
            self._take_table(part)
            if part.table.nested:
                self.now = around
        return self._without_repeated()

    def _without_repeated(self) -> list[Record]:
        """Drop what only names something that a later record stands under."""
        kept: list[Record] = []
        later: set[Part] = set()
        for record in reversed(self.records):
            if record.parts or not {*[*record.levels.values()][-1:]} <= later:
                kept.insert(0, record)
            later |= {*record.levels.values()}
        return kept

    def _take_table(self, part: Arranged) -> None:
        for n in range(part.head):
            self._take_banner(part, n)
        for row in part.table.grid[part.head : part.begin]:
            self.ledger.settle(*row.values())
        for n in range(part.begin, len(part.table.grid)):
            (self._take_upright if part.upright else self._take_row)(part, n)

    def _take_heading(self, heading: Heading) -> None:
        level = self.choice.level(heading.text)
        if level == NOTHING and heading.level < BOLD:
            # A section ends what stands further in; „Maßnahmen“ beside „Ziel 1“ does not end that.
            ended = [k for k in self.above if self.depth[k] > heading.level - (k == LEVELS[0])]
            self.above = {k: v for k, v in self.above.items() if k not in ended}
        elif level != NOTHING:
            place = f"Überschrift „{heading.text}“"
            self.above = _set(self.above, Part(level, "", heading, (heading.text,), place))
            self.depth[level] = heading.level
            self.records.append(Record(place, self.above))

    def _take_banner(self, part: Arranged, n: int) -> bool:
        """Take a row that is one cell over all columns for a heading."""
        table, now = part.table, self.now
        cells = [cell for cell in table.row(n) if cell.lines]
        if len(cells) != 1 or cells[0].row != n + 1:
            return False
        wide = sum(cell is cells[0] for cell in table.grid[n].values()) > 1
        level = self.choice.level(cells[0].text)
        if not wide and (level == NOTHING or level_of(cells[0].text) is None):
            return False
        if level == NOTHING:
            self.ledger.settle(
                cells[0],
                reason="Diese Zeile ist eine Zwischenüberschrift; in der Zuordnung ist ihr nichts zugewiesen.",
            )
        else:
            self.ledger.settle(cells[0])
            named = Part(level, "", cells[0], (" ".join(cells[0].lines),), table.labels[n])
            now.inside = _set(now.inside, named)
            record = self._begin(table.labels[n])
            if level == "massnahme":
                now.current, now.named = record, set()
            elif not part.upright:
                now.current = None
        return True

    def _begin(self, place: str) -> Record:
        """Begin a record below what headings and the table itself name; the table's own goes before."""
        inside = self.now.inside
        outermost = min((LEVELS.index(level) for level in inside), default=len(LEVELS))
        outside = {k: v for k, v in self.above.items() if LEVELS.index(k) < outermost}
        self.records.append(Record(place, outside | inside))
        return self.records[-1]

    def _take_row(self, part: Arranged, n: int) -> None:
        table, place, now = part.table, part.table.labels[n], self.now
        cells = [cell for cell in table.row(n) if cell.lines]
        if not cells or self._take_banner(part, n):
            return
        first = next((cell for cell in cells if cell.row == n + 1), cells[0])
        repeats_heads = len(cells) > 1 and {folded(cell.text) for cell in cells} <= part.texts
        if repeats_heads or is_word("summe", first.text.split()[0]):
            reason = "" if repeats_heads else "Summe; sie ergibt sich aus den einzelnen Angaben."
            self.ledger.settle(*cells, reason=reason)
            return
        own: list[Part] = []
        for column, cell in sorted(table.grid[n].items()):
            if not any(cell is p.cell for p in own):
                own += self._part(part.heads.get(column, ""), cell, place)
        for level in LEVELS[:3]:
            for each in own:
                if each.target == level and (
                    level not in now.inside or now.inside[level].cell is not each.cell
                ):
                    now.inside = _set(now.inside, each)
                    self._begin(place)
        self._add(
            [p for p in own if p.target not in LEVELS[:3]],
            place,
            has_titles="massnahme" in map(self.choice.column, part.heads.values()),
        )

    def _add(self, own: list[Part], place: str, *, has_titles: bool) -> None:
        now = self.now
        title = next((p for p in own if p.target == "massnahme"), None)
        if title and title.cell is not now.title:
            now.title = title.cell
            now.inside.pop("massnahme", None)
            now.current = self._begin(place)
            now.current.levels.pop("massnahme", None)
        elif not has_titles and "massnahme" not in now.inside:
            now.current = self._begin(place)
        elif now.current is None:
            return  # nothing is begun that these cells could belong to
        known = {p.cell for p in now.current.parts}
        now.current.parts += [p for p in own if p.cell not in known]

    def _part(self, heading: str, cell: Cell, place: str) -> Iterator[Part]:
        """Give a cell with what it means: „s. o.“ is what stands right above."""
        target = self.choice.column(heading) or NOTHING
        above = self.now.last.pop(target, None)
        as_above = is_word("wie_oben", cell.text)
        if target == NOTHING or not cell.lines:
            return
        if is_word("leer", cell.text):
            self.ledger.settle(cell, reason="Die Zelle nennt nichts.")
        elif as_above and above is None:
            self.ledger.settle(cell, reason="Über dieser Zelle steht nichts, worauf sie verweist.")
        else:
            lines = above.lines if as_above and above else tuple(cell.lines)
            self.now.last[target] = Part(target, heading, cell, lines, place)
            yield self.now.last[target]

    def _take_upright(self, part: Arranged, n: int) -> None:
        """Take a row of labels and values, as profiles of a single measure have them."""
        table, place, now = part.table, part.table.labels[n], self.now
        if self._take_banner(part, n):
            return
        cells = [cell for cell in table.row(n) if cell.row == n + 1 or cell.column == 1]
        heading = ""
        for at, cell in enumerate(cells):
            if at == 0 or (at % 2 == 0 and at + 1 < len(cells) and self.choice.heads(cell.text)):
                heading = " ".join(cell.text.split())
                self.ledger.settle(cell)
                continue
            part.labels[cell] = heading
            for each in self._part(heading, cell, place):
                # What names field, goal or measure a second time begins the next profile.
                if now.current is None or (each.target in LEVELS and each.target in now.named):
                    now.current, now.named = self._begin(place), set()
                now.named.add(each.target)
                if each.target in LEVELS[:3]:
                    now.current.levels = _set(now.current.levels, each)
                else:
                    now.current.parts.append(each)


def _set(levels: dict[str, Part], named: Part) -> dict[str, Part]:
    """Name a level; what is further in ends with it."""
    outer = LEVELS[: LEVELS.index(named.target)]
    return {k: v for k, v in levels.items() if k in outer} | {named.target: named}


def leftovers(arranged: list[Heading | Arranged], ledger: Ledger, choice: Choice) -> list[Left]:
    """Give everything that is not in the data, in the order of the document."""
    found = []
    for part in arranged:
        if isinstance(part, Heading):
            told = ledger.fate.get(part, [])
            found += [Left("Überschrift", "", text, reason) for text, reason in dict.fromkeys(told)]
            continue
        table = part.table
        for cell in table.cells():
            place = table.labels[cell.row - 1]
            heading = part.labels.get(cell) or part.heads.get(cell.column - 1, "")
            lost = ledger.fate.get(cell, [(cell.text, _reason(part, heading, choice))] if cell.lines else [])
            found += [Left(place, heading, text, reason) for text, reason in dict.fromkeys(lost)]
        found += [Left(table.labels[n - 1], "", text, reason) for n, text, reason in table.extra]
    return found


def _reason(part: Arranged, heading: str, choice: Choice) -> str:
    if not part.upright and not {*map(choice.column, part.heads.values())} & {*LEVELS}:
        return "Keine Spalte dieser Tabelle nennt eine Maßnahme oder ein Ziel."
    if heading and choice.column(heading) in (None, NOTHING):
        return f"Der Spalte „{heading}“ ist in der Zuordnung nichts zugewiesen."
    return "Die Zelle gehört zu keiner Maßnahme, die erkannt ist."
