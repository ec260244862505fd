"""Registers: fields, costs, values, districts, bodies, actors, offers, contributions, documents, notes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from konzept.concept.citing import cited
from konzept.concept.findings import EVERYONE, compared
from konzept.concept.model import Body, Concept, Indicator, Measure, Observation, Offer, Source, SourceNote
from konzept.concept.standing import by_status, explained
from konzept.concept.values import newest, newest_by_group, value_text
from konzept.elements.content import Cell, Column, Line, Row, Run, Table, line
from konzept.elements.table_cells import NOTHING, written
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_REPEATED = 3
"""From so many rows on, a column that always says the same is a note."""

_FEW = 4
"""Where at most every fourth row says something, it stands below the row's heading and needs no column."""


def fields_table(concept: Concept) -> Table:
    """List the fields with goals, measures by status, costs by budget stage and indicators with data."""
    rows = []
    for field in concept.fields:
        status = [
            f"{len(found)} {status.counted(len(found))}"
            for status, found in by_status(field.measures).items()
            if status
        ]
        observed = sum(bool(i.actual()) for i in field.indicators)
        rows.append(
            [
                Cell.of(Run(f"{field.number}. {field.name}", strong=True, target=field.id)),
                written(str(len(field.goals)) if field.goals else None),
                written(*status),
                written(*_costs_by_stage(field.measures)),
                written(f"{observed} von {len(field.indicators)}" if field.indicators else "kein Indikator"),
            ]
        )
    heads = ("Handlungsfeld", "Ziele", "Maßnahmen", "Kosten", "Indikatoren mit Daten")
    sources: Sequence[Source | None] = [m.source for m in concept.measures] or [
        f.source for f in concept.fields
    ]
    caption = "Die Handlungsfelder im Überblick"
    notes = [text] if (text := explained(concept.measures)) else []
    return _table("felder", caption, heads, rows, sources, notes, widths=(30, 15, 15, 25, 15))


def _costs_by_stage(measures: Sequence[Measure]) -> list[str]:
    costs = [cost for m in measures for cost in m.costs]
    stages = dict.fromkeys(c.stage for c in costs)
    return [f"{stage.label}: {'; '.join(c.text for c in costs if c.stage == stage)}" for stage in stages]


def own_values_table(concept: Concept) -> Table | None:
    """List the newest value of the town itself for each indicator and group."""
    found: list[tuple[Indicator, Observation]] = []
    for indicator in concept.indicators:
        own = newest_by_group(indicator.own())
        found += [(indicator, o) for o in own]
    if not found:
        return None
    rows = [
        [
            written(indicator.name, strong=True),
            written(o.group),
            written(value_text(indicator, o)),
            written(o.time),
            written(concept.field_name(indicator.field_id) or "übergreifend"),
        ]
        for indicator, o in found
    ]
    heads = ("Kennzahl", "Gruppe", "Wert", "Zeit", "Handlungsfeld")
    caption = f"{concept.town.name} in Zahlen, jeweils der neueste Wert"
    return _table("eigene-werte", caption, heads, rows, [o.source for _, o in found])


def comparisons_table(concept: Concept, field_id: str, indicators: Sequence[Indicator]) -> Table | None:
    """Compare the town with the lowest and the highest value of the municipalities, for some indicators of a field.

    Such comparisons say little on the concept, and a chart each would take a page.
    """
    rows, sources = [], []
    named = [i for i in indicators if compared(i)]
    for indicator in named:
        values = compared(indicator)
        mine = next((o for o in values if o.area.id == concept.town.area_id), None)
        ends = [written(f"{value_text(indicator, o)} ({o.area.name})") for o in (values[0], values[-1])]
        rows.append(
            [
                written(f"{indicator.name} ({values[0].time})", strong=True),
                written(value_text(indicator, mine) if mine else None),
                *ends,
                written(str(len(values))),
            ]
        )
        sources += [o.source for o in values]
    if not rows:
        return None
    heads = ("Kennzahl", concept.town.name, "niedrigster Wert", "höchster Wert", "Gemeinden")
    caption = f"{concept.town.name} im Vergleich der Gemeinden"
    table = _table(f"vergleich-{field_id}", caption, heads, rows, sources, widths=(30, 15, 20, 20, 15))
    labelled = zip(table.rows, named, strict=True)
    return dataclasses.replace(
        table, rows=tuple(dataclasses.replace(row, label=f"abb-{i.id}") for row, i in labelled)
    )


def districts_table(concept: Concept) -> Table | None:
    """Show what the data hold on the districts."""
    districts = sorted((a for a in concept.areas if a.level == "ortsteil"), key=lambda a: a.rank)
    used = [column for i in concept.indicators for column in _of_districts(i)]
    if not districts or not used:
        return None
    times = [_constant(o.time for o in values.values()) for _, _, values in used]
    rows = []
    for area in districts:
        cells = []
        for (indicator, _, values), time in zip(used, times, strict=True):
            o = values.get(area.id)
            text = _value_or_silence(indicator, o) if o else None
            cells.append(written(text if time or not o else f"{text} ({o.time})"))
        rows.append([written(area.name, strong=True), *cells])
    heads = (
        "Ortsteil",
        *(f"{name} ({t})" if t else name for (_, name, _), t in zip(used, times, strict=True)),
    )
    sources = [o.source for _, _, values in used for o in values.values()]
    return _table("ortsteile", f"Ortsteile von {concept.town.name}", heads, rows, sources)


def _of_districts(indicator: Indicator) -> list[tuple[Indicator, str, dict[str, Observation]]]:
    """Give a column for each group: its name, and the newest value of each district, or why there is none."""
    found = [o for o in indicator.actual() if o.area.level == "ortsteil"]
    groups = list(dict.fromkeys(o.group for o in found))
    columns = []
    for group in groups:
        own: dict[str, list[Observation]] = {}
        for o in found:
            if o.group == group:
                own.setdefault(o.area.id, []).append(o)
        name = f"{indicator.name}, {group}" if len(groups) > 1 else indicator.name
        columns.append((indicator, name, {key: newest(rows) or rows[-1] for key, rows in own.items()}))
    return columns


def _value_or_silence(indicator: Indicator, o: Observation) -> str:
    if o.value is not None:
        return value_text(indicator, o)
    return "gesperrt" if o.precision == "gesperrt" else "nur Richtung"


def bodies_table(concept: Concept) -> Table | None:
    """List the bodies with what they work on and to whom they report."""
    if not concept.bodies:
        return None
    rows = [
        [
            written(b.name, strong=True),
            written(b.kind.label),
            written(b.project and b.project.label),
            written(german.listing([concept.field_name(f) for f in b.field_ids])),
            written(*_relations(b)),
        ]
        for b in concept.bodies
    ]
    heads = ("Gremium", "Art", "Projekt", "Handlungsfelder", "Zuordnung")
    return _table(
        "gremien",
        "Gremien und ihre Zuordnung",
        heads,
        rows,
        [b.source for b in concept.bodies],
        widths=(30, 15, 15, 20, 20),
    )


def _relations(body: Body) -> list[str]:
    kinds = dict.fromkeys(r.kind for r in body.above)
    return [f"{k.label}: {'; '.join(r.name for r in body.above if r.kind == k)}" for k in kinds]


def members_table(concept: Concept) -> Table | None:
    """List who takes part in each body, and in which role."""
    groups = (b for b in concept.bodies if b.members)
    bodies = sorted(groups, key=lambda b: (b.kind != "projektgruppe", b.kind.place))
    if not bodies:
        return None
    rows = [[written(b.name, strong=True), written(*_members(b))] for b in bodies]
    silent = len(concept.bodies) - len(bodies)
    rest = german.count(silent, "weiteres Gremium", "weitere Gremien", gender="")
    notes = [f"Für {rest} sind keine Mitwirkenden genannt."] if silent else []
    sources = [m.source for b in bodies for m in b.members]
    caption = "Wer in welchem Gremium mitwirkt"
    return _table("mitwirkung", caption, ("Gremium", "Mitwirkende"), rows, sources, notes, widths=(35, 65))


def _members(body: Body) -> list[str]:
    """Name the members, those who lead or coordinate first."""
    members = sorted(body.members, key=lambda m: m.role.place)
    return [m.name if m.role == "mitglied" else f"{m.name} ({m.role.label})" for m in members]


def actors_table(concept: Concept) -> Table | None:
    """List the town's actors that take part in no body."""
    found = [a for a in concept.actors if a.own and not a.bodies]
    if not found:
        return None
    rows = [
        [written(a.name, strong=True), written(a.kind.label)]
        for a in sorted(found, key=lambda a: a.name.casefold())
    ]
    caption = "Weitere Stellen, die in den Quellen vorkommen"
    return _table("akteure", caption, ("Stelle", "Art"), rows, [], widths=(65, 35))


def offers_table(concept: Concept) -> Table | None:
    """List existing offers: for whom, in which languages, where, and whom to ask."""
    if not concept.offers:
        return None
    contacts = any(o.contacts for o in concept.offers)
    rows = [
        [
            _offer(o, concept.field_name(o.field_id)),
            written(o.audience),
            written(o.languages),
            written(o.place),
            _carrier(o, contacts=contacts),
        ]
        for o in concept.offers
    ]
    heads = ("Angebot", "Zielgruppe", "Sprachen", "Ort", "Träger")
    notes = [] if contacts else ["Kontakt: in den Quellen zu keinem Angebot genannt."]
    sources = [o.source for o in concept.offers]
    return _table("angebote", "Bestehende Angebote", heads, rows, sources, notes, widths=(35, 15, 15, 15, 20))


def _offer(offer: Offer, field: str) -> Cell:
    more = [line(text) for text in (offer.description,) if text]
    return Cell(
        (line(Run(offer.name, strong=True)), *more, *_muted(f"Handlungsfeld: {field}" if field else ""))
    )


def _carrier(offer: Offer, *, contacts: bool) -> Cell:
    """Name who runs an offer; where any offer has a contact, those without say so."""
    named = "; ".join(c.function for c in offer.contacts) or NOT_NAMED
    return Cell((*written(offer.actor).lines, *_muted(f"Kontakt: {named}" if contacts else "")))


def _muted(text: str) -> tuple[Line, ...]:
    return (line(Run(text, muted=True)),) if text else ()


def contributions_table(concept: Concept) -> Table | None:
    """List what was proposed, what became of it, and in which measure it lives on."""
    if not concept.contributions:
        return None
    rows = [
        [
            written(c.text, strong=True),
            written(c.event),
            written(c.outcome.label),
            written(c.reason),
            written(c.measure),
        ]
        for c in concept.contributions
    ]
    heads = ("Beitrag", "Anlass", "Folge", "Begründung", "Maßnahme")
    caption = "Was aus Beiträgen wurde"
    return _table("beitraege", caption, heads, rows, [c.source for c in concept.contributions])


def documents_table(concept: Concept) -> Table | None:
    """List every document that a row of the data refers to."""
    if not concept.documents:
        return None
    rows = [
        [
            Cell((line(Run(d.title, strong=True, target=d.url)), *_muted(_origin(d)))),
            written(d.kind.label),
            written(d.licence),
        ]
        for d in concept.documents
    ]
    undated = sum(not d.appeared for d in concept.documents)
    notes = [f"Ohne genanntes Datum: {german.count(undated, 'Dokument', 'Dokumente')}."] if undated else []
    heads = ("Dokument", "Art", "Lizenz")
    table = _table("dokumente", "Dokumente und Datenquellen", heads, rows, [], notes, widths=(60, 15, 25))
    # The notes of each page lead to these rows.
    labelled = zip(table.rows, concept.documents, strict=True)
    return dataclasses.replace(
        table, rows=tuple(dataclasses.replace(row, label=document.id) for row, document in labelled)
    )


def _origin(document: Source) -> str:
    number = document.paper_number and f"Vorlage {document.paper_number}"
    return ", ".join(part for part in (document.publisher, number, document.appeared) if part)


def note_label(n: int) -> str:
    """Name the row of the n-th note, to which others lead."""
    return f"pruefhinweis-{n}"


def notes_table(concept: Concept) -> Table | None:
    """List contradictions and doubts with both statements and what was decided."""
    if not concept.notes:
        return None
    rows: list[Row] = []
    for state in concept.package.words("pruefhinweise", "stand"):
        found = [(n, note) for n, note in enumerate(concept.notes, 1) if note.state == state]
        if found:
            heading = Run(f"{german.capital(state.label)} ({len(found)})", strong=True)
            rows += [Row((Cell.of(heading),), group=True), *(_note_row(n, note) for n, note in found)]
    columns = (Column("Nr.", width=5), Column("Aussagen", width=55), Column("Umgang damit", width=40))
    return Table("tab-pruefhinweise", "Prüfhinweise zu den Quellen", columns, tuple(rows))


def _note_row(n: int, note: SourceNote) -> Row:
    # One source of both stands behind the second.
    both = bool(note.statement_b) and note.source_a == note.source_b
    first = ", ".join(filter(None, (note.source_a, note.passage_a)))
    second = first if both else note.source_b
    statements = (
        *_statement(note.statement_a, None if both else first),
        *_statement(note.statement_b, second),
    )
    return Row(
        (Cell.of(Run(str(n), strong=True)), Cell(statements), written(note.decision)), label=note_label(n)
    )


def _statement(text: str | None, source: str | None) -> tuple[Line, ...]:
    if not text:
        return ()
    return (line(text, Run(f" ({source})", muted=True)) if source else line(text),)


def _table(
    key: str,
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    sources: Sequence[Source | None],
    notes: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> Table:
    """Build a table; a column that says the same in every row goes, and a note tells what it said, if it says something."""
    content = [list(row) for row in rows]
    few = _move_few(heads, content)
    same = {i: _constant(row[i].text for row in content) for i in range(1, len(heads))}
    shown = [i for i in range(len(heads)) if not same.get(i)]
    named = [heads[i] for i, text in same.items() if text == NOT_NAMED and i not in few]
    silent = any(row[i].text == NOT_NAMED for row in content for i in shown)
    all_notes = [
        *notes,
        *(
            f"{heads[i]}: durchweg „{text}“."
            for i, text in same.items()
            if text not in ("", NOT_NAMED, EVERYONE)
        ),
        *([f"{german.listing(named)}: in den Quellen nicht genannt."] if named else []),
        *([f"{german.listing([heads[i] for i in few])}: sonst nicht genannt."] if few else []),
        *([f"„{NOTHING}“: in den Quellen nicht genannt."] if silent else []),
    ]
    dash = written(silent=NOTHING)
    return Table(
        label=f"tab-{key}",
        caption=caption,
        columns=tuple(Column(heads[i], width=widths[i] if widths else 0) for i in shown),
        rows=tuple(
            Row(tuple(dash if row[i].text == NOT_NAMED else row[i] for i in shown)) for row in content
        ),
        notes=tuple(all_notes),
        sources=cited(sources),
    )


def _move_few(heads: Sequence[str], content: list[list[Cell]]) -> list[int]:
    """Move what few rows say below the rows' headings, and name the columns that it leaves empty."""
    few = []
    for i in range(1, len(heads)):
        told = [row for row in content if row[i].text != NOT_NAMED]
        if told and _FEW * len(told) <= len(content):
            few.append(i)
            for row in told:
                more = line(Run(f"{heads[i]}: ", muted=True), Run(row[i].text))
                row[0], row[i] = Cell((*row[0].lines, more)), written(None)
    return few


def _constant(texts: Iterable[str]) -> str:
    """Give the text that a column repeats; a single row or two repeat nothing but silence."""
    found = list(texts)
    if not found or len(set(found)) > 1 or (len(found) < _REPEATED and found[0] != NOT_NAMED):
        return ""
    return found[0]
