"""What the explorer knows: measures and observations, small enough to stand on a page.

The front-end module (`assets/explorer/explorer.js`) and `konzept.notebook.selection` read the same material,
so that a page without a server and a notebook with one answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from konzept.concept.citing import source_line
from konzept.concept.findings import comparison_finding, finding, is_comparison
from konzept.concept.model import Area, Concept, Indicator, Measure
from konzept.concept.values import digits_of, target_words, when
from konzept.elements.explorer.choices import choices
from konzept.words import german

Material = dict[str, Any]


def material_of(concept: Concept) -> Material:
    """Gather what can be explored, ready for JSON.

    Observations stand in columns, and what repeats in them is a position in a list of words: 1 000 values take
    about 60 KB.
    """
    observed = [i for i in concept.indicators if i.observations]
    material: Material = {
        "town": concept.town.area_id,
        "stand": german.date(concept.status_day),
        "fields": [[f.id, f"{f.number}. {f.short_name}"] for f in concept.fields],
        "statuses": [[s, s.label] for s in concept.package.statuses],
        "goals": [[g.id, g.text, f.id] for f in concept.fields for g in f.goals],
        "actors": _actors(concept),
        "measures": _measures(concept),
        "areas": [[a.id, a.name, a.level] for a in _areas(concept)],
        "groups": _groups(concept),
        "indicators": [_indicator(concept, i) for i in observed],
        "observations": _observations(concept, observed),
    }
    return {**material, "choices": choices(material)}


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
    return [
        {
            "id": measure.id,
            "title": measure.title,
            "field": field.id,
            "status": measure.status or "",
            "goals": [g for g in measure.goal_ids if g in goals],
            "actors": list(dict.fromkeys(actors[r.actor] for r in measure.responsibilities)),
            "costs": "; ".join(c.text for c in measure.costs),
            "years": [str(year) for year in years_of(measure)],
            "text": _search_text(concept, measure, field.name, goals),
        }
        for field in concept.fields
        for measure in field.measures
    ]


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
                "p": ("genau", "circa", "nur_trend", "gesperrt").index(o.precision),
                "b": int(o.after_break),
                "n": notes.place(o.note or ""),
                "s": sources.place((source_line(o.source, place=False), o.source.passage)),
            }
            for name, value in row.items():
                columns[name].append(value)
    return {
        **columns,
        "times": times.words,
        "kinds": kinds.words,
        "notes": notes.words,
        "sources": [list(pair) for pair in sources.words],
    }
