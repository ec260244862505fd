"""What the explorer knows: measures and observations, small enough to stand on a page.

The front-end module (`assets/explorer/explorer.js`) and `konzept.notebook.selection` read the same material,
so that a page without a server and a notebook with one answer alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from konzept.concept import schedule
from konzept.concept.citing import source_line
from konzept.concept.comparing import compare
from konzept.concept.costs import addable, totals
from konzept.concept.editions import edition_of, state_of_edition
from konzept.concept.findings import ABSOLUTE, comparison_finding, finding, is_comparison
from konzept.concept.model import Area, Concept, Indicator, Measure
from konzept.concept.states import State, state_of
from konzept.concept.values import digits_of, kind_words, when
from konzept.data.reading import read_folder
from konzept.elements.changes.editions import sources_of
from konzept.elements.changes.telling import KINDS, Told, told
from konzept.elements.content import plain
from konzept.elements.explorer.choices import (
    CHANGES,
    CLOSED,
    HINTS,
    INDICATORS,
    MEASURES,
    NUMBERS,
    ON_TIME,
    OPEN,
    OVERDUE,
    UNDATED,
    choices,
)
from konzept.elements.palette import look_of
from konzept.elements.publication.downloads import rights
from konzept.words import german

Material = dict[str, Any]
PRECISIONS = ("genau", "circa", "nur_trend", "gesperrt")


def material_of(concept: Concept) -> Material:
    """Gather what can be explored, ready for JSON.

    Observations stand in columns, and what repeats in them is a position in a list of words: 1 000 values take
    about 60 KB.
    """
    observed = observed_indicators(concept)
    town = next((a for a in concept.areas if a.own), None)
    peers = concept.package.level(town.level).plural if town else ""
    material: Material = {
        "town": concept.town.area_id,
        "stand": german.date(concept.status_day),
        "day": german.date(concept.stand),
        "rights": rights(concept.package),
        "peer": peers,
        "peer_dative": german.dative_plural(peers),
        "fields": [[f.id, f"{f.number}. {f.short_name}"] for f in concept.fields],
        "statuses": [[s, s.label] for s in concept.package.statuses],
        "looks": {s: look_of(s) for s in concept.package.statuses},
        "goals": [[g.id, g.text, f.id] for f in concept.fields for g in f.goals],
        "actors": _actors(concept),
        "measures": _measures(concept),
        # What may be added to one sum each, in order; amounts of different ones are never added.
        "sums": [[t.group, t.stage.label] for t in totals(concept)],
        "precisions": PRECISIONS,
        "areas": [[a.id, a.name, a.level] for a in _areas(concept)],
        "peers": [a.id for a in _areas(concept) if a.peer or a.own],
        "groups": _groups(concept),
        "indicators": [_indicator(concept, i) for i in observed],
        "observations": _observations(concept, observed),
        **changes_of(concept),
    }
    material["hints"] = HINTS
    material["questions"] = questions(material)
    return {**material, "choices": choices(material)}


def observed_indicators(concept: Concept) -> list[Indicator]:
    """Give the indicators that have values; in this order their observations stand in the material."""
    return [i for i in concept.indicators if i.observations]


def _areas(concept: Concept) -> list[Area]:
    """Give the areas in their one order, which is the explorer's too."""
    return sorted(concept.areas, key=lambda a: a.rank)


def _actors(concept: Concept) -> list[list[str]]:
    named = {r.actor for m in concept.measures for r in m.responsibilities}
    found = [[a.id, a.name] for a in concept.actors if a.name in named]
    return sorted(found, key=lambda pair: pair[1].casefold())


def _groups(concept: Concept) -> list[list[str]]:
    frame = concept.tables["gruppen"].sort_values("ordnung", kind="stable")
    return [[str(key), str(name)] for key, name in zip(frame["id"], frame["name"], strict=True)]


def _measures(concept: Concept) -> list[dict[str, Any]]:
    goals = {g.id: g.text for f in concept.fields for g in f.goals}
    actors = {a.name: a.id for a in concept.actors}
    indicators = {i.id: i.name for i in concept.indicators}
    sums = {addable(t.items[0].cost): n for n, t in enumerate(totals(concept))}
    return [
        {
            "id": measure.id,
            "title": measure.title,
            "about": measure.description or "",
            "field": field.id,
            "status": measure.status or "",
            "goals": [g for g in measure.goal_ids if g in goals],
            "actors": list(dict.fromkeys(actors[r.actor] for r in measure.responsibilities)),
            "costs": "; ".join(c.text for c in measure.costs),
            "amounts": [[sums[addable(c)], c.amount, int(c.circa)] for c in measure.costs],
            "years": [str(year) for year in years_of(measure)],
            "indicators": [indicators[key] for key in measure.indicator_ids if key in indicators],
            "text": _search_text(concept, measure, field.name, goals),
            **_in_time(concept, measure),
            "source": source_line(measure.source, place=False),
            "passage": measure.source.passage,
            "licence": measure.source.licence or "",
        }
        for field in concept.fields
        for measure in field.measures
    ]


_IN_TIME = {
    schedule.OVERDUE: [OVERDUE, OPEN],
    schedule.UNDATED: [UNDATED, OPEN],
    schedule.ON_TIME: [ON_TIME],
    schedule.CLOSED: [CLOSED],
}


def _in_time(concept: Concept, measure: Measure) -> dict[str, Any]:
    """Say when a measure is due, and of which day its status is, by which source."""
    due, step = schedule.deadline(measure), measure.current
    return {
        "due": _IN_TIME[schedule.schedule(measure, concept.stand)],
        "deadline": f"{due.kind} {due.text}" if due else "",
        "deadline_day": due.day.isoformat() if due else "",
        "status_day": german.date(step.day) if step else "",
        "status_source": step.source.short_title if step else "",
    }


def years_of(measure: Measure) -> list[int]:
    """Name the years from a measure's beginning to its end, and those of its costs."""
    known = [day.year for day in (measure.start, measure.end) if day]
    running = range(min(known), max(known) + 1) if known else range(0)
    return sorted({*running, *(c.year for c in measure.costs if c.year)})


def _search_text(concept: Concept, measure: Measure, field: str, goals: dict[str, str]) -> str:
    parts = [
        measure.title,
        measure.description,
        measure.audience,
        field,
        measure.status.label if measure.status else None,
        *(goals.get(key) for key in measure.goal_ids),
        *dict.fromkeys(r.actor for r in measure.responsibilities),
    ]
    # A line each, so that no search finds the end of one and the beginning of the next.
    return "\n".join(part for part in parts if part)


def _indicator(concept: Concept, indicator: Indicator) -> dict[str, Any]:
    comparison = is_comparison(indicator)
    course = len({o.year for o in indicator.actual() if o.year and o.value is not None}) > 1
    return {
        "id": indicator.id,
        "name": indicator.name,
        "field": indicator.field_id or "",
        "unit": indicator.unit,
        "sign": german.quantity(0, indicator.unit).removeprefix("0"),
        "digits": digits_of(indicator),
        "definition": indicator.definition or "",
        "finding": comparison_finding(concept, indicator) if comparison else finding(indicator),
        "form": "linie" if course and not comparison else "punkte",
    }


def _place(words: dict[Any, int], word: Any) -> int:
    """Give a word's place in a list in which each stands once."""
    return words.setdefault(word, len(words))


def _observations(concept: Concept, indicators: Sequence[Indicator]) -> dict[str, Any]:
    areas = {a.id: n for n, a in enumerate(_areas(concept))}
    groups = {name: n for n, (_, name) in enumerate(_groups(concept))}
    times: dict[Any, int] = {}
    kinds: dict[Any, int] = {}
    notes: dict[Any, int] = {}
    sources: dict[Any, int] = {}
    # In the order of time, those without a year first: the explorer's newest value has the last of them.
    for o in sorted((o for i in indicators for o in i.observations), key=when):
        _place(times, o.time)
    rows = [
        {
            "i": n,
            "k": _place(kinds, kind_words(o)),
            "a": areas[o.area.id],
            "g": groups[o.group],
            "t": times[o.time],
            "y": o.year,
            "v": o.value,
            "p": PRECISIONS.index(o.precision),
            "b": int(o.after_break),
            "n": _place(notes, o.note or ""),
            "s": _place(
                sources, (source_line(o.source, place=False), o.source.passage, o.source.licence or "")
            ),
        }
        for n, indicator in enumerate(indicators)
        for o in indicator.observations
    ]
    return {
        **{name: [row[name] for row in rows] for name in "ikagtyvpbns"},
        "times": list(times),
        "kinds": list(kinds),
        "notes": list(notes),
        "sources": list(map(list, sources)),
    }


PRESENT = "heute"
"""The key of the present state, where it is no edition."""
_MOST = 5
"""So many states, the newest, are compared with each other; the page of editions compares all, each with the one before."""


def changes_of(concept: Concept) -> dict[str, Any]:
    """Compare all states with each other, as the report does, ready for JSON.

    Of most pairs much is told alike: each line stands once, and ``between`` says which lines tell of which two states.
    """
    states = _states(concept)
    lines: dict[tuple[str, ...], int] = {}
    between = [
        [
            since,
            until,
            [lines.setdefault(_line(concept, t), len(lines)) for t in told(compare(before, after))],
        ]
        for (since, _, before), (until, _, after) in combinations(states, 2)
    ]
    return {
        "states": [[key, name, german.date(state.day)] for key, name, state in states],
        "earlier": next((key for key, _, state in reversed(states) if state.day < concept.stand), ""),
        "kinds_of_change": [[key, german.capital(label)] for key, label in KINDS.items()] if between else [],
        "changes": [dict(zip(_PARTS, each, strict=True)) for each in lines],
        "between": between,
    }


def _states(concept: Concept) -> list[tuple[str, str, State]]:
    """Give the states that lie before the concept's own, and it: key, name and data."""
    reading = read_folder(concept.package.folder)
    here = None if concept.past else edition_of(concept.package)
    found = [
        (e.id, e.name, state)
        for e in concept.editions
        if e.stand <= concept.stand and (state := state_of_edition(e, reading))
    ]
    if here is None:
        found.append((PRESENT, "heutiger Stand der Daten", state_of(reading, concept.stand)))
    return found[-_MOST:]


_PARTS = ("kind", "field", "about", "text", "target", "source", "passage", "licence")


def _line(concept: Concept, each: Told) -> tuple[str, ...]:
    sources = sources_of(concept, [each])
    return (
        each.kind,
        each.field_id or "",
        plain((each.subject,)),
        each.text,
        next((run.target for run in each.subject if run.target), ""),
        sources[0].short_title if sources else "",
        (each.row.get("fundstelle") or "") if sources else "",
        (sources[0].licence or "") if sources else "",
    )


Question = tuple[str, dict[str, Any]]
"""Its words, and what is chosen where it is asked; all else stands for all."""

_FEW = 3
"""Fewer areas than this show nothing side by side."""


def questions(material: Mapping[str, Any]) -> list[Question]:
    """Ask what the material can answer."""
    return [*_of_changes(material), *_of_measures(material), *_of_numbers(material)]


def _of_changes(material: Mapping[str, Any]) -> Iterator[Question]:
    if since := material["earlier"]:
        name = next(name for key, name, _ in material["states"] if key == since)
        yield f"Was hat sich seit „{name}“ geändert?", {"topic": CHANGES, "since": since}


def _of_measures(material: Mapping[str, Any]) -> Iterator[Question]:
    if material["measures"]:
        yield (
            "Was ist überfällig oder ohne Termin?",
            {"topic": MEASURES, "due": OPEN, "sort": "termin"},
        )
        yield "Was kostet was?", {"topic": MEASURES, "costs": "mit", "chart_by": "kosten"}


def _of_numbers(material: Mapping[str, Any]) -> Iterator[Question]:
    town = next((name for key, name, _ in material["areas"] if key == material["town"]), None)
    if not material["indicators"] or town is None:
        return
    yield f"Alle Zahlen für {town}", {"topic": NUMBERS, "area": material["town"]}
    if pair := _pair(material):
        first, second, form = pair
        chosen = {"topic": INDICATORS, "indicator": first, "second": second, "form": form}
        yield "Wie hängen zwei Kennzahlen zusammen?", chosen
    if compared := _compared(material):
        chosen = {"topic": INDICATORS, "indicator": compared[0], "form": "punkte"}
        yield f"Wo steht {town} unter den Nachbarn?", chosen


def _pair(material: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Choose two indicators: of many municipalities, else any two."""
    areas = _peers_with_values(material)
    for n, first in enumerate(keys := _compared(material)):
        for second in keys[n + 1 :]:
            if len(areas[first] & areas[second]) >= _FEW:
                return first, second, "streuung"
    rest = [i["id"] for i in material["indicators"] if i["form"] == "linie"]
    return (rest[0], rest[1], "linie") if len(rest) > 1 else None


def _compared(material: Mapping[str, Any]) -> list[str]:
    """Name the indicators of which the town and others of its kind have values, shares before counts."""
    areas = _peers_with_values(material)
    own = [
        i for i in material["indicators"] if material["town"] in areas[i["id"]] and len(areas[i["id"]]) > 1
    ]
    return [i["id"] for i in sorted(own, key=lambda i: i["unit"] in ABSOLUTE)]


def _peers_with_values(material: Mapping[str, Any]) -> dict[str, set[str]]:
    """Say of which of the town's peers an indicator has values."""
    o, peers = material["observations"], set(material["peers"])
    found: dict[str, set[str]] = {i["id"]: set() for i in material["indicators"]}
    for i, a, k, v in zip(o["i"], o["a"], o["k"], o["v"], strict=True):
        area = material["areas"][a][0]
        if area in peers and v is not None and o["kinds"][k] == "Ist":
            found[material["indicators"][i]["id"]].add(area)
    return found
