"""Ist und Soll: what is known of each indicator, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from konzept.concept.choosing import across, is_long, telling
from konzept.concept.claims import worded
from konzept.concept.findings import is_comparison, leaders, recent_claim
from konzept.concept.grouping import grouped
from konzept.concept.model import Area, Concept, Indicator, Observation
from konzept.concept.series import Series, notes_in_words, series_of
from konzept.concept.values import newest, newest_by_group, number_text, target_words, value_text
from konzept.elements.content import Column, Line, Row, Run, Sheet, Sheets, Table, Text, joined, line
from konzept.elements.sources.documents import note_label
from konzept.elements.tables import NOTHING, written
from konzept.words import german
from konzept.words.labels import NOT_NAMED

ACROSS = "Übergreifende Indikatoren"
"""Heading of the indicators that belong to no field."""

_DIRECTIONS = {"hoeher": "höhere Werte", "niedriger": "niedrigere Werte"}
"""What is aimed at, where anything is."""

_NAMED = 3
"""More areas of one level than this are counted and given as a range."""

_HINTS = 3
"""So many remarks on values are shown; more would bury the values."""


def lead(concept: Concept) -> Text:
    """Say how many indicators there are, with values, with the town's own, and with targets of which kind."""
    total = len(concept.indicators)
    if not total:
        return Text((line("Indikatoren sind in den Daten nicht genannt."),), role="lead")
    opening = german.capital(german.count(total, "Indikator", "Indikatoren", gender=""))
    with_values = sum(bool(i.actual()) for i in concept.indicators)
    own = sum(bool(i.own()) for i in concept.indicators)
    verb = "beschreibt" if total == 1 else "beschreiben"
    text = f" {verb} die Lage"
    if with_values < total or own < total:
        text += f": Zu {german.some(with_values, 'em')} liegen Daten vor"
        text += f", zu {german.some(own, 'em')} davon eigene für {concept.town.whom}" if with_values else ""
    else:
        text += f", mit Daten für {concept.town.whom}"
    text += ". "
    return Text((line(Run(opening, strong=True), text, _target_sentence(concept)),), role="lead")


def _target_sentence(concept: Concept) -> str:
    decided = _with_target(concept.indicators, "beschlossen")
    derived = _with_target(concept.indicators, "abgeleitet")
    if not decided and not derived:
        return "Sollwerte sind nicht festgelegt."
    verb = "hat" if decided < 2 else "haben"
    return f"Einen beschlossenen Sollwert {verb} {german.some(decided, 'er')}, einen abgeleiteten {german.some(derived, 'er')}."


def overview_table(concept: Concept) -> Table | None:
    """Count indicators, values, targets and open notes for each field."""
    groups = _groups(concept)
    if not groups:
        return None
    rows = [_overview_row(concept, key, name, found) for key, name, found in groups]
    own = f"mit Daten für {concept.town.whom}"
    titles = ("Indikatoren", "mit Daten", own, "mit Sollwert", "offene Hinweise")
    return Table(
        label="tab-indikatoren",
        caption="Indikatoren nach Handlungsfeld",
        columns=(
            Column("Handlungsfeld", width=35),
            *(Column(title, width=width) for title, width in zip(titles, (15, 10, 15, 15, 10), strict=True)),
        ),
        rows=tuple(rows),
    )


def _overview_row(concept: Concept, key: str, name: str, found: Sequence[Indicator]) -> Row:
    ids = {i.id for i in found}
    counts = (
        len(found),
        sum(bool(i.actual()) for i in found),
        sum(bool(i.own()) for i in found),
        sum(bool(i.targets()) for i in found),
        sum(n.state == "offen" for n in concept.notes if n.table == "indikatoren" and n.row_id in ids),
    )
    place = f"#{_anchor(key)}"
    numbers = (written(str(n) if n else None, to=place, silent=NOTHING) for n in counts)
    return Row((written(name, strong=True, to=place), *numbers))


def sheets(concept: Concept) -> list[tuple[Sheets, tuple[Indicator, ...]]]:
    """Give a sheet for each indicator with values or targets, name the others, and say which charts follow, field by field."""
    # A chart stands here if its series is long enough, and no other page shows it.
    return [
        (
            _of_group(concept, key, name, found),
            tuple(i for i in found if is_long(i) and i is not telling(found)),
        )
        for key, name, found in _groups(concept)
    ]


def _groups(concept: Concept) -> list[tuple[str, str, list[Indicator]]]:
    """Sort the indicators by field; those of none come first, for they set the scene."""
    groups = [("", ACROSS, [i for i in concept.indicators if i.field_id is None])]
    groups += [(f.id, f"{f.number}. {f.name}", list(f.indicators)) for f in concept.fields]
    return [group for group in groups if group[2]]


def _anchor(key: str) -> str:
    return f"indikatoren-{key or 'uebergreifend'}"


def _of_group(concept: Concept, key: str, name: str, found: Sequence[Indicator]) -> Sheets:
    shown = [i for i in found if i.observations]
    silent = [i for i in found if not i.observations]
    return Sheets(
        items=tuple(sheet(concept, i) for i in shown),
        label=_anchor(key),
        heading=name,
        rest_title="Ohne Werte in den Quellen:" if silent else "",
        rest=tuple(_without_values(i) for i in silent),
    )


def _without_values(indicator: Indicator) -> Line:
    if not indicator.definition:
        return line(Run(indicator.name, strong=True))
    said = Run(f" {german.sentence(indicator.definition)}", muted=True)
    return line(Run(f"{indicator.name}:", strong=True), said)


def sheet(concept: Concept, indicator: Indicator) -> Sheet:
    """Tell all that the data hold on an indicator."""
    values = latest(concept, indicator)
    marks = [] if is_long(indicator) else _marks(indicator)
    # The marks of all sources stand behind the last value.
    values[-1:] = [(*part, *marks) for part in values[-1:]]
    figure = _figure(concept, indicator)
    course = [*development(concept, indicator), *figure]
    items = [
        ("Neueste Werte", values),
        ("Entwicklung" if len(course) > len(figure) else "Abbildung", course),
        ("Soll", targets(indicator)),
        ("Vergleichbarkeit", comparability(concept, indicator)),
        ("Quelle", [] if values else [tuple(marks)] if marks else []),
    ]
    return Sheet(
        label=indicator.id,
        title=indicator.name,
        intro=_intro(indicator),
        items=tuple((term, tuple(lines)) for term, lines in items if lines),
    )


def _intro(indicator: Indicator) -> tuple[Line, ...]:
    """Say what is measured and what is aimed at; the unit stands with every value."""
    definition = german.sentence(indicator.definition or f"Definition {NOT_NAMED}")
    aim = _DIRECTIONS.get(indicator.direction)
    if not aim:
        return (line(definition),)
    return (line(f"{definition} ", Run(f"Angestrebt: {aim}.", muted=True)),)


def latest(concept: Concept, indicator: Indicator) -> list[Line]:
    """Give the newest values by area, the town's own first."""
    areas = sorted({o.area for o in indicator.actual() if o.value is not None}, key=lambda a: a.rank)
    lines = []
    for level in dict.fromkeys(a.rank[:2] for a in areas):
        same = [a for a in areas if a.rank[:2] == level]
        if len(same) > _NAMED:
            lines.append(_range(concept, indicator, same))
        else:
            lines += [_of_area(indicator, a) for a in same]
    return lines


def _newest_of(indicator: Indicator, area: Area) -> list[Observation]:
    return newest_by_group(o for o in indicator.actual() if o.area == area)


def _of_area(indicator: Indicator, area: Area) -> Line:
    several = _several_groups(indicator)
    texts = grouped(
        (o.time, f"{o.group} {value_text(indicator, o)}" if several else value_text(indicator, o))
        for o in _newest_of(indicator, area)
    )
    parts = [f"{', '.join(own)} ({time})" for time, own in texts.items()]
    return line(Run(f"{area.name}: ", strong=True), "; ".join(parts))


def _range(concept: Concept, indicator: Indicator, areas: Sequence[Area]) -> Line:
    """Give the lowest and highest value of many areas of one level."""
    values = [o for area in areas for o in _newest_of(indicator, area)]
    values.sort(key=lambda o: o.value or 0)
    low, high = values[0], values[-1]
    name = concept.package.level(areas[0].level).plural
    # The town itself stands above them.
    what = german.count(len(areas), name, f"weitere {name}" if areas[0].peer else name)
    times = list(dict.fromkeys(o.time for o in values))
    when = f" ({times[0]})" if len(times) == 1 else ""
    text = f"{_span(indicator, low, high)}{when}"
    return line(Run(f"{german.capital(what)}: ", strong=True), text)


def _span(indicator: Indicator, low: Observation, high: Observation) -> str:
    """Write a range; the unit once, unless "ca." stands between."""
    first = value_text if low.precision == "circa" else number_text
    return f"{first(indicator, low)} bis {value_text(indicator, high)}"


def _several_groups(indicator: Indicator) -> bool:
    return len({o.group for o in indicator.actual()}) > 1


def development(concept: Concept, indicator: Indicator) -> list[Line]:
    """Say how a value changed in the area nearest to the town; never across a break."""
    own = [
        s
        for s in series_of(indicator)
        if s.area.own or (s.area.level not in ("ortsteil", "gemeinde") and not s.area.peer)
    ]
    lasting = [s for s in own if len(s.segments()[-1]) > 1]
    lines = [_course(indicator, s) for s in leaders(lasting)]
    # Groups of one area that lack the same say so once.
    lines += dict.fromkeys(_too_short(s) for s in leaders(own) if not lasting and len(s.values) > 1)
    # The words of trends begin with an arrow, which a chart needs and a sentence does not.
    lines += [line(f"{text.removeprefix('→ ')}.") for text in notes_in_words(indicator, indicator.actual())]
    return lines


def _course(indicator: Indicator, series: Series) -> Line:
    later = newest(o for o in indicator.actual() if o.area == series.area and o.group == series.group)
    aside = "; ein neuerer Wert stammt aus einer anderen Quelle" if later and later is not series.last else ""
    place = f"{series.area.name}, {series.group}" if _several_groups(indicator) else series.area.name
    return line(
        Run(f"{place}: ", strong=True), f"{' '.join(worded(recent_claim(indicator, series)))}{aside}."
    )


def _too_short(series: Series) -> Line:
    """Say why several values show no development."""
    (last,) = series.segments()[-1]
    if last.after_break:
        why = f"seit dem Reihenbruch {last.time} liegt nur ein Wert vor"
    else:
        why = f"vor dem letzten Wert ({last.time}) fehlen Jahre"
    return line(Run(f"{series.area.name}: ", strong=True), Run(f"nicht ablesbar, {why}.", muted=True))


def targets(indicator: Indicator) -> list[Line]:
    """Give the targets with how they came about."""
    found = [o for o in indicator.targets() if o.value is not None]
    several = len({o.group for o in indicator.observations}) > 1
    return [
        line(
            Run(f"{o.area.name}, {o.group}: " if several else f"{o.area.name}: ", strong=True),
            german.sentences(f"{value_text(indicator, o)} ({target_words(o)})", german.capital(o.note or "")),
        )
        for o in found
    ]


def comparability(concept: Concept, indicator: Indicator) -> list[Line]:
    """Name breaks in the series and remarks on values, and lead to the notes on the indicator."""
    remarks = [german.sentence(text) for text in indicator.remarks]
    lines = [line(text) for text in (*_breaks(indicator), *_hints(indicator), *remarks)]
    numbered = [
        (n, note)
        for n, note in enumerate(concept.notes, 1)
        if note.table == "indikatoren" and note.row_id == indicator.id
    ]
    if numbered:
        links = (line(Run(f"Nr. {n} ({note.state})", target=f"@{note_label(n)}")) for n, note in numbered)
        title = "Prüfhinweis " if len(numbered) == 1 else "Prüfhinweise "
        lines.append(line(title, *joined(links, ", "), "."))
    return lines


def _breaks(indicator: Indicator) -> list[str]:
    broken = [o for o in indicator.actual() if o.after_break]
    texts = []
    for time in dict.fromkeys(o.time for o in broken):
        areas = german.listing(list(dict.fromkeys(o.area.name for o in broken if o.time == time)))
        texts.append(f"Reihenbruch {time}, {areas}: Werte davor und danach sind nicht vergleichbar.")
    return texts


def _hints(indicator: Indicator) -> list[str]:
    """Give the remarks on numbers; those on trends stand with the development."""
    values = [o for o in indicator.actual() if o.value is not None]
    found = list(dict.fromkeys(o.note for o in values if o.note))
    texts = [_hint(note, values) for note in found[:_HINTS]]
    if len(found) > _HINTS:
        texts.append("Weitere Hinweise stehen bei den einzelnen Werten.")
    return texts


def _hint(note: str, values: Sequence[Observation]) -> str:
    """Give a remark, with its areas and years when it does not hold for all values."""
    meant = [o for o in values if o.note == note]
    areas = list(dict.fromkeys(o.area.name for o in meant))
    there = [o for o in values if o.area.name in areas]
    parts = []
    if len(there) < len(values) and len(areas) <= _NAMED:
        parts.append(german.listing(areas))
    years = [o.year for o in meant if o.year is not None]
    if len(meant) < len(there) and len(years) == len(meant):
        parts.append(german.ranges(years))
    if not parts or note[:1].isdigit():
        return german.sentence(german.capital(note))
    return f"{', '.join(parts)}: {german.sentence(note)}"


def _marks(indicator: Indicator) -> list[Run]:
    titles = {o.source.id: german.bound(o.source.short_title) for o in indicator.observations}
    # Marks stand beside each other on a page; the blanks are for viewers that show the words.
    return [Run(f" ({title})", source=(key, "")) for key, title in titles.items()]


def _figure(concept: Concept, indicator: Indicator) -> list[Line]:
    """Lead to the chart, whose number is shown."""
    # By the first such one the municipalities are compared on a page of their own.
    compared = next((i for i in across(concept) if is_comparison(i)), None)
    if not is_long(indicator) and compared is not indicator:
        return []
    label = "abb-nachbarn" if compared is indicator else f"abb-{indicator.id}"
    return [line(Run("Abbildung", target=label))]


def _with_target(indicators: Iterable[Indicator], kind: str) -> int:
    return sum(any(o.target_kind == kind for o in i.targets()) for i in indicators)
