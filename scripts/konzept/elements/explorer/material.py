"""What the explorer knows: measures and observations, small enough to stand on a page.

The front-end module (`assets/explorer/explorer.js`) and `konzept.notebook.selection` read the same material,
so that a page without a server and a notebook with one answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from konzept.concept import schedule
from konzept.concept.citing import source_line
from konzept.concept.costs import addable, totals
from konzept.concept.findings import comparison_finding, finding, is_comparison
from konzept.concept.model import Area, Concept, Indicator, Measure
from konzept.concept.values import digits_of, target_words, when
from konzept.elements.explorer.changes import changes_of
from konzept.elements.explorer.choices import CLOSED, ON_TIME, OPEN, OVERDUE, UNDATED, choices
from konzept.elements.explorer.hints import HINTS
from konzept.elements.explorer.questions import questions
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
        "sums": _sums(concept),
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


def _sums(concept: Concept) -> list[list[str]]:
    """Name what may be added to one sum each, in order; amounts of different ones are never added."""
    return [[t.group, t.stage.label] for t in totals(concept)]


def years_of(measure: Measure) -> list[int]:
    """Name the years from a measure's beginning to its end, and those of its costs."""
    first, last = (day.year if day else None for day in (measure.start, measure.end))
    known = [year for year in (first, last) if year is not None]
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
    return {
        "id": indicator.id,
        "name": indicator.name,
        "field": indicator.field_id or "",
        "unit": indicator.unit,
        "sign": german.quantity(0, indicator.unit).removeprefix("0"),
        "digits": digits_of(indicator),
        "definition": indicator.definition or "",
        "finding": comparison_finding(concept, indicator) if comparison else finding(indicator),
        "form": "punkte" if comparison or not _has_course(indicator) else "linie",
    }


def _has_course(indicator: Indicator) -> bool:
    return len({o.year for o in indicator.actual() if o.year and o.value is not None}) > 1


class _Words:
    """A list of words that each stand once."""

    def __init__(self) -> None:
        self.words: list[Any] = []
        self._places: dict[Any, int] = {}

    def place(self, word: Any) -> int:
        """Give a word's place in the list."""
        if word not in self._places:
            self._places[word] = len(self.words)
            self.words.append(word)
        return self._places[word]


def _observations(concept: Concept, indicators: Sequence[Indicator]) -> dict[str, Any]:
    areas = {a.id: n for n, a in enumerate(_areas(concept))}
    groups = {name: n for n, (_, name) in enumerate(_groups(concept))}
    times, kinds, notes, sources = _Words(), _Words(), _Words(), _Words()
    # In the order of time, those without a year first: the explorer's newest value has the last of them.
    for o in sorted((o for i in indicators for o in i.observations), key=when):
        times.place(o.time)
    columns: dict[str, list[Any]] = {name: [] for name in ("i", "k", "a", "g", "t", "y", "v", "p", "b", "n", "s")}  # fmt: skip
    for n, indicator in enumerate(indicators):
        for o in indicator.observations:
            row = {
                "i": n,
                "k": kinds.place(f"Soll, {target_words(o)}" if o.kind == "soll" else "Ist"),
                "a": areas[o.area.id],
                "g": groups[o.group],
                "t": times.place(o.time),
                "y": o.year,
                "v": o.value,
                "p": PRECISIONS.index(o.precision),
                "b": int(o.after_break),
                "n": notes.place(o.note or ""),
                "s": sources.place(
                    (source_line(o.source, place=False), o.source.passage, o.source.licence or "")
                ),
            }
            for name, value in row.items():
                columns[name].append(value)
    return {
        **columns,
        "times": times.words,
        "kinds": kinds.words,
        "notes": notes.words,
        "sources": [list(parts) for parts in sources.words],
    }
