"""Measures of a view and what has changed between two states: counted or added in bars, and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from konzept.concept.model import Source
from konzept.elements.content import Block, Figure
from konzept.elements.drawing.rows import Bar, Part
from konzept.elements.drawing.template import MAIN, PAPER, safe
from konzept.elements.explorer.chapter.view import View, ViewColumn
from konzept.elements.explorer.choices import HINTS
from konzept.elements.palette import STATUS_LOOKS
from konzept.words import german
from konzept.words.labels import NOT_NAMED


def measure_blocks(view: View) -> list[Block]:
    """Count measures or add their costs, and list them."""
    material = view.material
    own = [material["measures"][n] for n in view.kept]
    sources = [m.source for m in (view.concept.measures[n] for n in view.kept)]
    names = {key: {k: name for k, name, *_ in material[key]} for key in ("fields", "statuses", "actors")}
    statuses = [names["statuses"].get(m["status"], NOT_NAMED) for m in own]
    since = [", ".join(filter(None, (m["status_day"], m["status_source"]))) for m in own]
    once = len(own) > 1 and len(set(since)) == 1 and since[0]
    hints = [f"Jeder Status: {since[0]}."] if once else []
    if view.choice["due"] and any("ueberfaellig" in m["due"] for m in own):
        hints.append(HINTS["late"])
    columns = [
        ViewColumn("massnahme", "Maßnahme", [m["title"] for m in own]),
        ViewColumn("feld", "Handlungsfeld", [names["fields"][m["field"]] for m in own], [list(names["fields"]).index(m["field"]) for m in own]),
        ViewColumn(
            "status", "Status",
            [s if once or not m["status_day"] else f"{s} ({day})" for s, m, day in zip(statuses, own, since, strict=True)],
            [list(names["statuses"]).index(m["status"]) if m["status"] else None for m in own],
        ),
        ViewColumn("termin", "Termin", [m["deadline"] or NOT_NAMED for m in own], [m["deadline_day"] for m in own]),
        ViewColumn("zustaendig", "Zuständig", ["; ".join(names["actors"][key] for key in m["actors"]) or NOT_NAMED for m in own]),
        ViewColumn("kosten", "Kosten", [m["costs"] or NOT_NAMED for m in own], [max((a for _, a, _ in m["amounts"]), default=None) for m in own]),
        ViewColumn("kennzahl", "Kennzahlen", ["; ".join(m["indicators"]) or NOT_NAMED for m in own]),
    ]  # fmt: skip
    chart = _costs(view, own, hints, sources) if view.choice["chart_by"] == "kosten" else _counts(view, own, hints, sources)  # fmt: skip
    return [*([chart] if chart else []), view.table("Maßnahmen der Auswahl", columns, sources)]


def _counts(view: View, own: Sequence[Mapping[str, Any]], hints: Sequence[str], sources: Sequence[Source]) -> Figure | None:  # fmt: skip
    by_field = view.choice["chart_by"] == "feld"
    kinds = (
        view.material["fields"] if by_field else [*view.material["statuses"], ["", "Status nicht genannt"]]
    )
    numbers = Counter(m["field" if by_field else "status"] for m in own)
    looks = {"": PAPER, **{key: STATUS_LOOKS[look].fill[0] for key, look in view.material["looks"].items()}}
    bars = [_bar(name, numbers[key], MAIN if by_field else looks[key]) for key, name in kinds if numbers[key]]
    title = f"Maßnahmen nach {'Handlungsfeld' if by_field else 'Status'}"
    subtitle = f"Anzahl der Maßnahmen in der Auswahl, Stand {view.material['stand']}."
    return view.bars(title, subtitle, "Maßnahmen", bars, hints, sources) if bars else None


def _bar(name: str, value: float, fill: str, label: str = "") -> Bar:
    text = label or german.number(value)
    return Bar(name, (Part(0, value, fill),), text, f"{safe(name)}: {text}")


def _costs(view: View, own: Sequence[Mapping[str, Any]], hints: Sequence[str], sources: Sequence[Source]) -> Figure | None:  # fmt: skip
    amounts = [amount for m in own for amount in m["amounts"]]
    bars, circa = [], False
    for n, (group, stage) in enumerate(view.material["sums"]):
        if part := [(value, about) for place, value, about in amounts if place == n]:
            value, about = sum(round(v * 100) for v, _ in part) / 100, any(a for _, a in part)
            circa |= about
            bars.append(
                _bar(f"{group}, {stage}", value, PAPER if about else MAIN, german.euro(value, circa=about))
            )
    silent = sum(not m["amounts"] for m in own)
    said = [*hints, *([HINTS["no_sum"]] if len(bars) > 1 else [])]
    if silent:
        who = "einer Maßnahme" if silent == 1 else f"{german.number(silent)} Maßnahmen"
        said.append(f"Zu {who} der Auswahl nennen die Quellen keinen Betrag; sie fehlen in den Summen.")
    said += [HINTS["hollow_bars"]] if circa else []
    title = (
        f"Zusammen {bars[0].label} ({bars[0].name})"
        if len(bars) == 1
        else "Kosten nach Jahr und Haushaltsstand"
    )
    subtitle = "Beträge in Euro, je Jahr und Haushaltsstand für sich zusammengezählt."
    return view.bars(title, subtitle, "Kosten", bars, said, sources) if bars else None


def change_blocks(view: View) -> list[Block]:
    """Count changes by their kind, and list them."""
    material = view.material
    every = [material["changes"][n] for _, _, lines in material["between"] for n in lines]
    own = [every[n] for n in view.kept]
    states = {key: (name, day) for key, name, day in material["states"]}
    kinds, fields = dict(material["kinds_of_change"]), dict(material["fields"])
    numbers = Counter(c["kind"] for c in own)
    bars = [_bar(name, numbers[key], MAIN) for key, name in kinds.items() if numbers[key]]
    before, after = (states[view.choice[key]] for key in ("since", "until"))
    title = f"Was hat sich seit „{before[0]}“ geändert?"
    compared = german.listing([f"„{name}“ ({day})" for name, day in (before, after)])
    subtitle = f"Anzahl der Änderungen nach ihrer Art; verglichen sind {compared}."
    columns = [
        ViewColumn("aenderung", "Änderung", [": ".join(filter(None, (c["about"], c["text"]))) for c in own]),
        ViewColumn("feld", "Handlungsfeld", [fields.get(c["field"], "übergreifend") for c in own], [list(fields).index(c["field"]) if c["field"] else len(fields) for c in own]),
        ViewColumn("art", "Art", [kinds[c["kind"]] for c in own], [list(kinds).index(c["kind"]) for c in own]),
        ViewColumn("quelle", "Quelle", [c["source"] or NOT_NAMED for c in own]),
    ]  # fmt: skip
    chart = [view.bars(title, subtitle, "Änderungen", bars, [HINTS["gone"]], [])] if bars else []
    return [*chart, view.table("Änderungen", columns, [])]
