"""Areas at their places, most often municipalities: a bubble each, its area the value, without a background map."""

from __future__ import annotations

import dataclasses

from konzept.concept.citing import cited, source_line
from konzept.concept.findings import level_of
from konzept.concept.model import Area, Concept, Indicator, Observation, Source
from konzept.concept.values import at, exact_text, value_text, when
from konzept.elements.content import Figure
from konzept.elements.explorer.choices import indicator_view
from konzept.elements.indicators.bubbles import BubbleMap
from konzept.elements.tables import csv_number, data_of
from konzept.words import german
from konzept.words.labels import NOT_NAMED, Level

_NAMED = 6
"""So many municipalities are named in the reading aid; more are counted."""

_ORDINALS = (
    "", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
)  # fmt: skip


def bubble_map_figure(concept: Concept, indicator: Indicator) -> Figure | None:
    """Show a value of the municipalities at their places.

    Parameters
    ----------
    concept
        The concept; its town is highlighted.
    indicator
        Best a count: the area of a bubble stands for how much there is, not for a share.

    Returns
    -------
    Figure or None
        None when fewer than two municipalities have a positive value and coordinates.
    """
    values = compared(indicator)
    shown = [o for o in values if _has_place(o.area) and (o.value or 0) > 0]
    if len(shown) < 2:
        return None
    maps = [BubbleMap(concept, indicator, shown, narrow=narrow) for narrow in (False, True)]
    level = concept.package.level(values[0].area.level)
    return Figure(
        label=f"abb-karte-{indicator.id}",
        finding=finding(concept, indicator, values),
        subtitle=f"{indicator.name} ({indicator.unit}); {len(shown)} {level.plural}, {values[0].time}.",
        caption=f"{indicator.name}: die {level.plural} an ihrem Ort",
        reading=german.sentences(
            "Die Fläche eines Kreises entspricht dem Wert; jeder liegt am Ort seines Gebiets, Norden ist oben",
            "Hohle Kreise stehen für ungefähre Angaben"
            if any(o.precision == "circa" for o in values)
            else "",
        ),
        method=_method(concept, indicator, values, maps),
        sources=cited([*(o.source for o in values), *_sources_of_places(shown)]),
        wide=maps[0].chart(),
        narrow=maps[1].chart(),
        data=data_of(
            (level.label, indicator.name, "Lage"),
            [(o.area.name, exact_text(indicator, o), _position(o.area)) for o in values],
            numeric=(indicator.name,),
        ),
        csv=_csv(level, indicator, values),
        view=indicator_view(indicator.id, form="punkte"),
    )


def compared(indicator: Indicator) -> list[Observation]:
    """Pick one value of each area of those alike, the largest first: all of one time and one group.

    Of several times and groups the one with the most areas speaks, then the newest.
    """
    grouped: dict[tuple[str, str], dict[str, Observation]] = {}
    shown = [o for o in indicator.actual() if o.value is not None and o.area.level != "ortsteil"]
    level = level_of(shown)
    for o in shown:
        if o.area.level == level:
            grouped.setdefault((o.time, o.group), {}).setdefault(o.area.id, o)
    best = max(grouped.values(), key=lambda g: (len(g), max(map(when, g.values()))), default={})
    return sorted(best.values(), key=lambda o: (-(o.value or 0), o.area.name))


def finding(concept: Concept, indicator: Indicator, values: list[Observation]) -> str:
    """State the town's rank among the areas like it that have a value, with those equal to it."""
    name = concept.package.level(values[0].area.level).plural
    phrase = indicator.phrase or f"der Wert „{indicator.name}“"
    mine = next((o for o in values if o.area.id == concept.town.area_id), None)
    if mine is None:
        top = [o for o in values if o.value == values[0].value]
        few = len(top) <= _NAMED
        places = (
            german.listing([o.area.phrase for o in top])
            if few
            else f"in {len(top)} {german.dative_plural(name)}"
        )
        return (
            f"Unter {len(values)} verglichenen {german.dative_plural(name)} war {phrase} {places} am größten."
        )
    year = f" {at(mine)}" if mine.year is not None else ""
    rank = sum((o.value or 0) > (mine.value or 0) for o in values)
    # The predicate takes the article of the phrase: "die Bevölkerung … die fünftgrößte".
    place = (
        f"{phrase.split(' ')[0]} {_ORDINALS[rank]}größte"
        if rank < len(_ORDINALS)
        else f"auf Platz {rank + 1}"
    )
    return (
        f"{german.capital(mine.area.phrase)} war {phrase}{year} mit {value_text(indicator, mine)} "
        f"{place} der {len(values)} verglichenen {name}{_equals(name, mine, values)}."
    )


def _equals(name: str, mine: Observation, values: list[Observation]) -> str:
    others = [o.area.name for o in values if o.value == mine.value and o is not mine]
    if not others:
        return ""
    return f"; denselben Wert {'hat' if len(others) == 1 else 'haben'} {_names(name, others)}"


def _names(level: str, names: list[str]) -> str:
    return german.listing(names) if len(names) <= _NAMED else f"{len(names)} {level}"


def _has_place(area: Area) -> bool:
    return area.latitude is not None and area.longitude is not None


def _sources_of_places(shown: list[Observation]) -> list[Source]:
    """Name the documents of the coordinates by chapter: a passage for each municipality would be long."""
    found = [o.area.source for o in shown if o.area.source]
    return [dataclasses.replace(s, passage=f"{s.passage.split(', ')[0]}, Koordinaten") for s in found]


def _method(concept: Concept, indicator: Indicator, values: list[Observation], maps: list[BubbleMap]) -> str:
    level = values[0].area.level
    name = concept.package.level(level).plural
    unnamed = (
        "Nicht jedes Gebiet ist benannt"
        if maps[0].unlabelled
        else "Auf schmalen Bildschirmen ist nicht jedes Gebiet benannt"
    )
    known = {o.area.id for o in values}
    areas = {
        "Ohne Koordinaten in den Daten und deshalb nicht auf der Karte": [
            o.area.name for o in values if not _has_place(o.area)
        ],
        "Ohne Kreis, weil der Wert nicht über null liegt": [
            o.area.name for o in values if _has_place(o.area) and (o.value or 0) <= 0
        ],
        "Ohne Wert": [a.name for a in concept.areas if a.level == level and a.id not in known],
    }
    return german.sentences(
        *indicator.remarks,
        "Die kleinsten Kreise sind vergrößert, damit sie zu sehen sind"
        if any(m.enlarged for m in maps)
        else "",
        f"{unnamed}; alle Werte stehen in der Datentabelle" if any(m.unlabelled for m in maps) else "",
        *(f"{why}: {_names(name, found)}" for why, found in areas.items() if found),
    )


def _position(area: Area) -> str:
    if area.latitude is None or area.longitude is None:
        return NOT_NAMED
    return (
        f"{german.number(abs(area.latitude), 3)}° {'N' if area.latitude >= 0 else 'S'}, "
        f"{german.number(abs(area.longitude), 3)}° {'O' if area.longitude >= 0 else 'W'}"
    )


def _csv(level: Level, indicator: Indicator, values: list[Observation]) -> tuple[tuple[str, ...], ...]:
    head = ("Indikator", level.label, "Zeit", "Wert", "Einheit", "Genauigkeit", "Breite", "Länge", "Quelle")
    rows = (
        (
            indicator.name,
            o.area.name,
            o.time,
            csv_number(o.value),
            indicator.unit,
            o.precision,
            csv_number(o.area.latitude),
            csv_number(o.area.longitude),
            source_line(o.source),
        )
        for o in values
    )
    return (head, *rows)
