"""Values of a view as tables: those of one indicator or two, or all numbers for an area."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept.model import Indicator, Observation
from konzept.concept.values import exact_text, target_words, when
from konzept.elements.content import Block, Table
from konzept.elements.explorer.chapter.view import View, ViewColumn
from konzept.elements.explorer.material import observed_indicators

Seen = tuple[Indicator, Observation]


def seen_in(view: View) -> list[Seen]:
    """Give the observations that the choice leaves, each with its indicator."""
    every = [(i, o) for i in observed_indicators(view.concept) for o in i.observations]
    return [every[n] for n in view.kept]


def number_blocks(view: View) -> list[Block]:
    """List all that is known of an area: of each indicator, group and kind the newest value, by action field."""
    latest: dict[tuple[str, str, str], Seen] = {}
    for indicator, o in seen_in(view):
        key = (indicator.id, o.group, kind_of(o))
        if key not in latest or when(o) > when(latest[key][1]):
            latest[key] = (indicator, o)
    order = ["", *(f.id for f in view.concept.fields)]
    places = {id(o): n for n, (_, o) in enumerate(seen_in(view))}
    seen = sorted(
        latest.values(), key=lambda pair: (order.index(pair[0].field_id or ""), places[id(pair[1])])
    )
    area = next(a.name for a in view.concept.areas if a.id == view.choice["area"])
    return [values_table(view, f"Alle Zahlen für {area}", seen, fields=True, named=True)]


def kind_of(o: Observation) -> str:
    """Say whether a value is actual, or which target it is."""
    return f"Soll, {target_words(o)}" if o.kind == "soll" else "Ist"


def values_table(view: View, title: str, seen: Sequence[Seen], *, fields: bool = False, named: bool = False, narrow: bool = False) -> Table:  # fmt: skip
    """List values; a column that says the same in every row is left out."""
    observed = [o for _, o in seen]
    names = {f.id: f"{f.number}. {f.short_name}" for f in view.concept.fields}
    order = ["", *names]
    said = {"nur_trend": "nur Richtung", "gesperrt": "gesperrt"}
    remarks = [
        "; ".join(filter(None, ("Reihenbruch davor" if o.after_break else "", o.note))) for o in observed
    ]
    columns = [
        *([ViewColumn("kennzahl", "Kennzahl", [i.name for i, _ in seen])] if named else []),
        *([ViewColumn("feld", "Handlungsfeld", [names.get(i.field_id or "", "übergreifend") for i, _ in seen], [order.index(i.field_id or "") for i, _ in seen])] if fields else []),
        *([] if fields else [ViewColumn("gebiet", "Gebiet", [o.area.name for o in observed], [o.area.rank for o in observed])]),
        *([ViewColumn("gruppe", "Gruppe", [o.group for o in observed])] if len({o.group for o in observed}) > 1 else []),
        ViewColumn("zeit", "Zeit", [o.time for o in observed], [when(o) for o in observed]),
        *([ViewColumn("art", "Art", [kind_of(o) for o in observed])] if any(o.kind == "soll" for o in observed) else []),
        ViewColumn("wert", "Wert", [said.get(o.precision) or exact_text(i, o) for i, o in seen], [o.value for o in observed], numeric=True),
        *([ViewColumn("hinweis", "Hinweis", remarks)] if any(remarks) else []),
    ]  # fmt: skip
    return view.table(title, columns, [o.source for o in observed], narrow=narrow)
