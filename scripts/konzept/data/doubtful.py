"""What is possible, but seldom meant: hints that the check lists and that keep nobody from building.

What the author has explained in a value's „Hinweis“ is not asked about again.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, partial
from operator import itemgetter
from statistics import median

from konzept.data.answers import asked_are_named
from konzept.data.impossible import in_germany, measures_change
from konzept.data.violation import (
    Row,
    RowRule,
    Rule,
    Tables,
    Violation,
    appeared,
    grouped,
    is_free_text,
    last_known_day,
    of_cells,
    standing_once,
)
from konzept.words import german, official

_EXPLAIN = "Prüfen Sie die Angabe an der Quelle; ist sie richtig, erläutern Sie sie in der Spalte „hinweis“."
_LOOK = "Prüfen Sie die Angabe an der Quelle."
_LEAP = 0.85
"""A tenfold or a tenth, as logarithm, with room for what changes besides."""
_LIKE = 2
"""Neighbours are alike that differ by no more than this factor."""
_NEXT = 3
"""Who is within this factor of a neighbour does not leap: below a tenfold by more than alike neighbours differ."""
_MORE_DIGITS = 2
_MANY_DIGITS = 4
_COSTLY = 10**9
_NEAR = 0.5
"""Degrees within which the parts of a municipality lie."""
_TITLES = {
    "dokumente": "titel",
    "gebiete": "name",
    "gruppen": "name",
    "massnahmen": "titel",
    "akteure": "name",
    "indikatoren": "name",
    "gremien": "name",
    "angebote": "name",
    "ziele": "text",
}
_PASSAGES = ("fundstelle", "vorlage_nr", "referenz", "teilhaushalt", "produkt")
"""Columns of numbers of chapters, papers and budgets, which Excel likes to take for dates."""
_TELEPHONE = re.compile(r"[+(\d](?:(?:[ ()/.,–-]|oder|und|bis)*\d){2,}[ ()/.,–-]*", re.ASCII)
"""One or several numbers, as offices write them."""
_BARE_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})|\d{4}-\d{2}-\d{2}", re.ASCII)


def _series(data: Tables) -> Iterator[list[int]]:
    """Give the positions of numbers that belong together, in the order of their years."""
    rows = data["messwerte"]
    of_one_line = itemgetter("indikator_id", "gebiet_id", "gruppe_id")
    for members in grouped(rows, of_one_line, lambda row: row["wert"] is not None and row["art"] == "ist"):
        yield sorted((i for i in members if rows[i]["jahr"]), key=lambda i: rows[i]["jahr"])


@lru_cache(maxsize=4096)  # a table says the same again and again
def _digits(value: float) -> int:
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


def whole_people(data: Tables) -> Iterator[Violation]:
    """People and things are counted whole, unless an indicator gives their mean."""
    counts = {row["id"] for row in data["indikatoren"] if row["einheit"] in ("Personen", "Anzahl")}
    rows = data["messwerte"]
    for members in grouped(
        rows,
        itemgetter("indikator_id"),
        lambda row: row["indikator_id"] in counts and row["wert"] is not None,
    ):
        parts = [i for i in members if rows[i]["wert"] % 1]
        if len(members) > 2 and len(parts) > len(members) / 2:
            continue  # a mean, as of the size of households
        for i in parts:
            if not rows[i]["hinweis"]:
                yield Violation(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(rows[i]['wert'])} ist keine ganze Zahl, gezählt wird aber Ganzes. {_EXPLAIN}",
                )


def digits_of_the_series(data: Tables) -> Iterator[Violation]:
    """A value is not far more exact than all others of its indicator."""
    rows = data["messwerte"]
    for members in grouped(rows, itemgetter("indikator_id"), lambda row: row["wert"] is not None):
        digits = sorted(_digits(rows[i]["wert"]) for i in members)
        usual = digits[len(digits) * 9 // 10 - 1] if len(digits) > 1 else 0
        most = max(usual + _MORE_DIGITS, _MANY_DIGITS)
        for i in members:
            if _digits(rows[i]["wert"]) >= most and not rows[i]["hinweis"]:
                yield Violation(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(rows[i]['wert'])} ist viel genauer als die übrigen Werte des Indikators. "
                    "Schreiben Sie so viele Stellen, wie die Quelle zeigt.",
                )


def no_leap_of_a_power_of_ten(data: Tables) -> Iterator[Violation]:
    """A value that is ten times its neighbours, which are alike, has a comma in the wrong place."""
    rows = data["messwerte"]
    for members in _series(data):
        known = [i for i in members if rows[i]["wert"] > 0]
        values = [rows[i]["wert"] for i in known]
        for at, (i, value) in enumerate(zip(known, values, strict=True)):
            near = [*values[max(0, at - 2) : at], *values[at + 1 : at + 3]]
            # As nearly always: what is near a neighbour lies not far from all that are like it.
            if len(near) < 2 or near[0] / _NEXT < value < near[0] * _NEXT:
                continue
            if max(near) > min(near) * _LIKE or rows[i]["hinweis"] or rows[i]["reihenbruch"]:
                continue
            if abs(math.log10(value / median(near))) > _LEAP:
                yield Violation(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(value)} weicht von den Nachbarwerten (etwa {german.number(median(near), 1)}) um eine Größenordnung ab; "
                    f"vielleicht steht das Komma falsch. {_EXPLAIN}",
                )


def _bare_day(text: str) -> str | None:
    says = f"„{text}“ ist ein Tag; vielleicht hat Excel ihn aus einer Nummer wie „4.1“ gemacht. {_LOOK}"
    return says if _BARE_DAY.fullmatch(text) else None


def _is_placed(area: Row) -> bool:
    return None not in (area["breite"], area["laenge"])


def _is_far(area: Row, data: Tables) -> bool:
    """Tell whether a part of the town lies too far from it."""
    own = next((row for row in data["gebiete"] if row["id"] == data.town.area_id), area)
    if area["ebene"] != "ortsteil" or own["breite"] is None:
        return False
    away = (area["breite"] - own["breite"], area["laenge"] - (own["laenge"] or area["laenge"]))
    return bool(max(map(abs, away)) > _NEAR)


def _called(table: str, column: str, row: Row) -> tuple[str, str]:
    """Give the words of a title; papers of one title may be issues of different years."""
    return (
        " ".join(re.findall(r"\w+", row[column].casefold())),
        str(row["datum"] or row["id"]) if table == "dokumente" else "",
    )


def _called_twice(column: str, row: Row, first: Row) -> str:
    return f"„{row[column]}“ heißt schon die Zeile „{first['id']}“. Prüfen Sie, ob beide dasselbe meinen."


def status_goes_forward(data: Tables) -> Iterator[Violation]:
    """What was finished does not begin again."""
    rows = data["statusverlauf"]
    done: dict[str, dt.date] = {}
    for i, row in sorted(enumerate(rows), key=lambda pair: pair[1]["datum"]):
        before = done.get(row["massnahme_id"])
        if row["status"].claims("beendet"):
            done[row["massnahme_id"]] = row["datum"]
        elif row["status"].preparing and before:
            yield Violation(
                "statusverlauf",
                i,
                "status",
                f"Die Maßnahme war am {german.date(before)} schon zu Ende und ist hier wieder „{row['status']}“. Prüfen Sie beide Zeilen.",
            )


def _is_settled(event: Row, data: Tables) -> bool:
    """Tell whether a report or a note says what has become of an announced event."""
    return any(row["ankuendigung_id"] == event["id"] for row in data["ereignisse"]) or any(
        row["zeile_id"] == event["id"] for row in data["pruefhinweise"] if row["tabelle"] == "ereignisse"
    )


def _first_told(body: str, data: Tables) -> dt.date | None:
    """Give the first day on which the data know something of a body."""
    days = [last_known_day(data.row("dokumente", data.row("gremien", body)["quelle_id"]))]
    days += [event["von"] for event in data["ereignisse"] if event["gremium_id"] == body]
    return min((day for day in days if day), default=None)


_FORMULA = re.compile(r"[=@]|[+-][^\W\d_(]|[+-]\(")


def _like_a_formula(text: str) -> str | None:
    says = (
        "Der Text beginnt wie eine Formel; Excel rechnet ihn aus, sobald jemand die Tabelle öffnet. "
        "Beginnen Sie ihn mit einem Wort oder einem Anführungszeichen."
    )
    return says if _FORMULA.match(text) else None


DOUBTFUL: tuple[Rule, ...] = (
    # A share is seldom more than all.
    RowRule(
        "messwerte",
        "wert",
        lambda row, data: (
            row["wert"] is not None
            and row["wert"] > 100
            and not row["hinweis"]
            and (indicator := data.row("indikatoren", row["indikator_id"]))["einheit"] == "Prozent"
            and not measures_change(indicator)
        ),
        lambda row, data: f"{german.number(row['wert'])} Prozent sind mehr als das Ganze. {_EXPLAIN}",
    ),
    whole_people,
    digits_of_the_series,
    no_leap_of_a_power_of_ten,
    # A source gives one value a year, or says the months; several days or months of a year may all have their value.
    standing_once(
        "messwerte",
        "zeit",
        itemgetter("indikator_id", "art", "gebiet_id", "gruppe_id", "quelle_id", "jahr"),
        lambda row, first: (
            f"Für {row['jahr']} steht schon ein Wert derselben Quelle, dort als „{first['zeit']}“. Prüfen Sie, ob eine der Zeilen zu viel ist."
        ),
        may_repeat=lambda row, first: (
            row["hinweis"]
            or row["zeit"] == first["zeit"]
            or str(row["jahr"]) not in (row["zeit"], first["zeit"])
        ),
    ),
    # Where the time is told in words, the year is one of those it names.
    RowRule(
        "messwerte",
        "jahr",
        lambda row, data: (
            row["jahr"] not in (None, *(official.named_years(row["zeit"]) or ()))
            and not official.span(row["zeit"])
            and not official.spoilt_by_excel(row["zeit"])
        ),
        lambda row, data: (
            f"Die Zeit „{row['zeit']}“ nennt das Jahr {row['jahr']} nicht. Prüfen Sie beide Angaben."
        ),
    ),
    # A source tells no value of a time after its own; Excel makes of „4.1“ a day of the current year.
    RowRule(
        "messwerte",
        "zeit",
        lambda row, data: (
            row["art"] == "ist"
            and (span := official.span(row["zeit"]))
            and (day := appeared(row, data))
            and day < span.first <= data.stand
        ),
        lambda row, data: (
            f"Die Quelle „{row['quelle_id']}“ war am {german.date(appeared(row, data) or data.stand)} schon erschienen und kann von „{row['zeit']}“ nicht berichten. {_LOOK}"
        ),
    ),
    RowRule(
        "messwerte",
        "zeit",
        lambda row, data: (
            row["art"] == "soll"
            and (span := official.span(row["zeit"]))
            and (day := appeared(row, data))
            and span.last.year < day.year
        ),
        lambda row, data: (
            f"Die Frist „{row['zeit']}“ war schon vorbei, als die Quelle „{row['quelle_id']}“ erschien. {_LOOK}"
        ),
    ),
    # A chapter or the number of a paper is no day, but Excel makes one of it.
    of_cells(lambda column: column.name in _PASSAGES, _bare_day),
    # Places lie in Germany, and parts of a municipality near it.
    RowRule(
        "gebiete",
        "breite",
        lambda row, data: (
            _is_placed(row) and (_is_far(row, data) or not in_germany(row["breite"], row["laenge"]))
        ),
        lambda row, data: (
            f"Der Ort {german.number(row['breite'])} Nord, {german.number(row['laenge'])} Ost liegt "
            f"{'weit von der eigenen Kommune' if _is_far(row, data) else 'nicht in Deutschland'}. {_LOOK}"
        ),
    ),
    # Whether it is a member only its key tells.
    RowRule(
        "gebiete",
        "ags",
        lambda row, data: data.town.sort.level == "kreis" and row["ebene"] == "gemeinde" and not row["ags"],
        lambda row, data: (
            f"Ob „{row['name']}“ {data.town.sort.noun.within} liegt, sagt erst der Schlüssel; bis dahin fehlt das Gebiet "
            "in der Tabelle der Mitglieder. Ergänzen Sie ihn."
        ),
    ),
    # Two rows of one name are seldom two things.
    *(
        standing_once(
            table,
            column,
            partial(_called, table, column),
            partial(_called_twice, column),
        )
        for table, column in _TITLES.items()
    ),
    status_goes_forward,
    # What was finished needs no resubmission.
    RowRule(
        "statusverlauf",
        "wiedervorlage",
        lambda row, data: row["status"].claims("beendet") and row["wiedervorlage"],
        lambda row, data: f"„{row['status']}“ braucht keine Wiedervorlage. Prüfen Sie beide Angaben.",
    ),
    # Nothing costs nothing, and nothing costs a billion.
    RowRule(
        "kosten",
        "betrag_eur",
        lambda row, data: row["betrag_eur"] == 0 or row["betrag_eur"] >= _COSTLY,
        lambda row, data: f"{german.euro(row['betrag_eur'])} ist ein ungewöhnlicher Betrag. {_LOOK}",
    ),
    # What was planned for a day gone by took place, was cancelled, or is told nowhere.
    RowRule(
        "ereignisse",
        "stand",
        lambda row, data: (
            row["stand"] == "geplant"
            and (day := row["bis"] or row["von"])
            and german.latest_day(day, row["genauigkeit"]) < data.stand
            and not _is_settled(row, data)
        ),
        lambda row, data: (
            f"Geplant war das Ereignis für die Zeit bis {german.date(row['bis'] or row['von'])}; sie ist vorbei. "
            "Ändern Sie den Stand, oder halten Sie in den Prüfhinweisen fest, dass die Durchführung nicht belegt ist."
        ),
    ),
    # A measure has one lead.
    standing_once(
        "zustaendigkeiten",
        "rolle",
        itemgetter("massnahme_id", "rolle"),
        lambda row, first: (
            f"Federführend ist schon „{first['akteur_id']}“. Prüfen Sie, ob beide die Maßnahme führen."
        ),
        may_repeat=lambda row, first: (
            row["rolle"] != "federfuehrend" or row["akteur_id"] == first["akteur_id"]
        ),
    ),
    # What was taken over stands in a measure.
    RowRule(
        "beitraege",
        "massnahme_id",
        lambda row, data: (
            row["folge"] in ("uebernommen", "teilweise") and not (row["massnahme_id"] or row["begruendung"])
        ),
        "Der Beitrag ist übernommen, aber in welche Maßnahme, steht hier nicht. Ergänzen Sie sie oder die Begründung.",
    ),
    # A telephone number has digits enough to be called, and no words.
    RowRule(
        "kontakte",
        "telefon",
        lambda row, data: row["telefon"] and not _TELEPHONE.fullmatch(row["telefon"]),
        lambda row, data: (
            f"„{row['telefon']}“ sieht nicht aus wie eine Telefonnummer. Schreiben Sie zum Beispiel 01234 567-0."
        ),
    ),
    asked_are_named,
    # Fields are numbered from 1 on.
    RowRule(
        "handlungsfelder",
        "nr",
        lambda row, data: row["nr"] > len(data["handlungsfelder"]),
        lambda row, data: (
            f"Es gibt {german.count(len(data['handlungsfelder']), 'Handlungsfeld', 'Handlungsfelder', gender='')}, dieses hat die Nummer {row['nr']}. Prüfen Sie die Nummern."
        ),
    ),
    # Nobody approves a chapter before anything is told of them.
    RowRule(
        "freigaben",
        "tag",
        lambda row, data: (first := _first_told(row["gremium_id"], data)) and row["tag"] < first,
        lambda row, data: (
            f"Am {german.date(row['tag'])} wissen die Daten von diesem Gremium noch nichts (erste Angabe: {german.date(_first_told(row['gremium_id'], data) or row['tag'])}). Prüfen Sie den Tag."
        ),
    ),
    # What is approved was approved.
    RowRule(
        "freigaben",
        "tag",
        lambda row, data: row["tag"] > dt.date.today(),
        lambda row, data: f"Der {german.date(row['tag'])} liegt in der Zukunft. Prüfen Sie den Tag.",
    ),
    # Excel works out what begins like a formula, whoever opens the published tables.
    of_cells(is_free_text, _like_a_formula),
)
