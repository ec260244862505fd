"""What is possible, but seldom meant: hints that the check lists and that keep nobody from building.

What the author has explained in a value's „Hinweis“ is not asked about again.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from operator import itemgetter
from statistics import median

from konzept.data.answers import asked_are_named
from konzept.data.impossible import in_germany, measures_change
from konzept.data.package import Package
from konzept.data.violation import (
    Data,
    Row,
    RowRule,
    Rule,
    Violation,
    filled,
    grouped,
    is_free_text,
    last_known_day,
    repeated,
)
from konzept.words import german, official

_EXPLAIN = "Prüfen Sie die Angabe an der Quelle; ist sie richtig, erläutern Sie sie in der Spalte „hinweis“."
_LOOK = "Prüfen Sie die Angabe an der Quelle."
_LEAP = 0.85
"""A tenfold or a tenth, as logarithm, with room for what changes besides."""
_LIKE = 2
"""Neighbours are alike that differ by no more than this factor."""
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


def _series(data: Data) -> Iterator[list[int]]:
    """Give the positions of numbers that belong together, in the order of their years."""
    rows = data["messwerte"]
    of_one_line = itemgetter("indikator_id", "gebiet_id", "gruppe_id")
    for members in grouped(rows, of_one_line, lambda row: row["wert"] is not None and row["art"] == "ist"):
        yield sorted((i for i in members if rows[i]["jahr"]), key=lambda i: rows[i]["jahr"])


def share_of_a_whole(package: Package, data: Data) -> Iterator[Violation]:
    """A share is seldom more than all."""
    indicators = {row["id"]: row for row in data["indikatoren"]}
    for i, row in enumerate(data["messwerte"]):
        indicator = indicators[row["indikator_id"]]
        if indicator["einheit"] != "Prozent" or row["wert"] is None or row["hinweis"]:
            continue
        if row["wert"] > 100 and not measures_change(indicator):
            yield Violation(
                "messwerte",
                i,
                "wert",
                f"{german.number(row['wert'])} Prozent sind mehr als das Ganze. {_EXPLAIN}",
            )


def _digits(value: float) -> int:
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


def whole_people(package: Package, data: Data) -> Iterator[Violation]:
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


def digits_of_the_series(package: Package, data: Data) -> Iterator[Violation]:
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


def no_leap_of_a_power_of_ten(package: Package, data: Data) -> Iterator[Violation]:
    """A value that is ten times its neighbours, which are alike, has a comma in the wrong place."""
    rows = data["messwerte"]
    for members in _series(data):
        known = [i for i in members if rows[i]["wert"] > 0]
        for at, i in enumerate(known):
            near = [rows[k]["wert"] for k in (*known[max(0, at - 2) : at], *known[at + 1 : at + 3])]
            if len(near) < 2 or max(near) > min(near) * _LIKE or rows[i]["hinweis"] or rows[i]["reihenbruch"]:
                continue
            if abs(math.log10(rows[i]["wert"] / median(near))) > _LEAP:
                yield Violation(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(rows[i]['wert'])} weicht von den Nachbarwerten (etwa {german.number(median(near), 1)}) um eine Größenordnung ab; "
                    f"vielleicht steht das Komma falsch. {_EXPLAIN}",
                )


def year_stands_once(package: Package, data: Data) -> Iterator[Violation]:
    """A source gives one value a year, or says the months."""
    same = itemgetter("indikator_id", "art", "gebiet_id", "gruppe_id", "quelle_id", "jahr")
    for i, row, first in repeated(data["messwerte"], same):
        times = first["zeit"], row["zeit"]
        if row["jahr"] is None or times[0] == times[1] or row["hinweis"]:
            continue
        # Several days or months of a year may all have their value; a year has one.
        if str(row["jahr"]) in times:
            yield Violation(
                "messwerte",
                i,
                "zeit",
                f"Für {row['jahr']} steht schon ein Wert derselben Quelle, dort als „{first['zeit']}“. Prüfen Sie, ob eine der Zeilen zu viel ist.",
            )


def value_not_after_its_source(package: Package, data: Data) -> Iterator[Violation]:
    """A source tells no value of a time after its own; Excel makes of „4.1“ a day of the current year."""
    last = {row["id"]: last_known_day(row) for row in data["dokumente"]}
    for i, row in enumerate(data["messwerte"]):
        source, span = last[row["quelle_id"]], official.span(row["zeit"])
        if source is None or span is None:
            continue
        if row["art"] == "ist" and source < span.first <= package.stand:
            yield Violation(
                "messwerte",
                i,
                "zeit",
                f"Die Quelle „{row['quelle_id']}“ war am {german.date(source)} schon erschienen und kann von „{row['zeit']}“ nicht berichten. {_LOOK}",
            )
        if row["art"] == "soll" and span.last.year < source.year:
            yield Violation(
                "messwerte",
                i,
                "zeit",
                f"Die Frist „{row['zeit']}“ war schon vorbei, als die Quelle „{row['quelle_id']}“ erschien. {_LOOK}",
            )


def passages_are_no_days(package: Package, data: Data) -> Iterator[Violation]:
    """A chapter or the number of a paper is no day, but Excel makes one of it."""
    for table, i, column, text in filled(package, data, lambda column: column.name in _PASSAGES):
        if _BARE_DAY.fullmatch(text):
            yield Violation(
                table,
                i,
                column,
                f"„{text}“ ist ein Tag; vielleicht hat Excel ihn aus einer Nummer wie „4.1“ gemacht. {_LOOK}",
            )


def places_are_near(package: Package, data: Data) -> Iterator[Violation]:
    """Places lie in Germany, and parts of a municipality near it."""
    own = next((row for row in data["gebiete"] if row["id"] == package.town.area_id), None)
    for i, row in enumerate(data["gebiete"]):
        north, east = row["breite"], row["laenge"]
        if north is None or east is None:
            continue
        far = (
            row["ebene"] == "ortsteil"
            and own is not None
            and own["breite"] is not None
            and (abs(north - own["breite"]) > _NEAR or abs(east - (own["laenge"] or east)) > _NEAR)
        )
        if far or not in_germany(north, east):
            where = "weit von der eigenen Kommune" if far else "nicht in Deutschland"
            yield Violation(
                "gebiete",
                i,
                "breite",
                f"Der Ort {german.number(north)} Nord, {german.number(east)} Ost liegt {where}. {_LOOK}",
            )


def titles_stand_once(package: Package, data: Data) -> Iterator[Violation]:
    """Two rows of one name are seldom two things."""
    for table, column in _TITLES.items():
        for i, row, first in repeated(data[table], partial(_called, table, column)):
            yield Violation(
                table,
                i,
                column,
                f"„{row[column]}“ heißt schon die Zeile „{first['id']}“. Prüfen Sie, ob beide dasselbe meinen.",
            )


def _called(table: str, column: str, row: Row) -> tuple[str, str]:
    """Give the words of a title; papers of one title may be issues of different years."""
    return (
        " ".join(re.findall(r"\w+", row[column].casefold())),
        str(row["datum"] or row["id"]) if table == "dokumente" else "",
    )


def status_goes_forward(package: Package, data: Data) -> Iterator[Violation]:
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


def plans_are_ahead(package: Package, data: Data) -> Iterator[Violation]:
    """What was planned for a day gone by took place, was cancelled, or is told nowhere."""
    noted = {row["zeile_id"] for row in data["pruefhinweise"] if row["tabelle"] == "ereignisse"}
    announced = {row["ankuendigung_id"] for row in data["ereignisse"]}
    for i, row in enumerate(data["ereignisse"]):
        day = row["bis"] or row["von"]
        late = day and german.latest_day(day, row["genauigkeit"]) < package.stand
        if row["stand"] == "geplant" and late and row["id"] not in announced | noted:
            yield Violation(
                "ereignisse",
                i,
                "stand",
                f"Geplant war das Ereignis für die Zeit bis {german.date(day)}; sie ist vorbei. "
                "Ändern Sie den Stand, oder halten Sie in den Prüfhinweisen fest, dass die Durchführung nicht belegt ist.",
            )


def one_leads(package: Package, data: Data) -> Iterator[Violation]:
    """A measure has one lead."""
    for i, row, first in repeated(data["zustaendigkeiten"], itemgetter("massnahme_id", "rolle")):
        if row["rolle"] == "federfuehrend" and row["akteur_id"] != first["akteur_id"]:
            yield Violation(
                "zustaendigkeiten",
                i,
                "rolle",
                f"Federführend ist schon „{first['akteur_id']}“. Prüfen Sie, ob beide die Maßnahme führen.",
            )


def numbers_without_gaps(package: Package, data: Data) -> Iterator[Violation]:
    """Fields are numbered from 1 on."""
    rows = data["handlungsfelder"]
    for i, row in enumerate(rows):
        if row["nr"] > len(rows):
            yield Violation(
                "handlungsfelder",
                i,
                "nr",
                f"Es gibt {german.count(len(rows), 'Handlungsfeld', 'Handlungsfelder', gender='')}, dieses hat die Nummer {row['nr']}. Prüfen Sie die Nummern.",
            )


_FORMULA = re.compile(r"[=@]|[+-][^\W\d_(]|[+-]\(")


def no_text_like_a_formula(package: Package, data: Data) -> Iterator[Violation]:
    """Excel works out what begins like a formula, whoever opens the published tables."""
    for table, i, column, text in filled(package, data, is_free_text):
        if _FORMULA.match(text):
            yield Violation(
                table,
                i,
                column,
                "Der Text beginnt wie eine Formel; Excel rechnet ihn aus, sobald jemand die Tabelle öffnet. "
                "Beginnen Sie ihn mit einem Wort oder einem Anführungszeichen.",
            )


DOUBTFUL: tuple[Rule, ...] = (
    share_of_a_whole,
    whole_people,
    digits_of_the_series,
    no_leap_of_a_power_of_ten,
    year_stands_once,
    # Where the time is told in words, the year is one of those it names.
    RowRule(
        "messwerte",
        "jahr",
        lambda row, package: (
            row["jahr"] not in (None, *(official.named_years(row["zeit"]) or ()))
            and not official.span(row["zeit"])
            and not official.spoilt_by_excel(row["zeit"])
        ),
        lambda row, package: (
            f"Die Zeit „{row['zeit']}“ nennt das Jahr {row['jahr']} nicht. Prüfen Sie beide Angaben."
        ),
    ),
    value_not_after_its_source,
    passages_are_no_days,
    places_are_near,
    # Whether it is a member only its key tells.
    RowRule(
        "gebiete",
        "ags",
        lambda row, package: (
            package.town.sort.level == "kreis" and row["ebene"] == "gemeinde" and not row["ags"]
        ),
        lambda row, package: (
            f"Ob „{row['name']}“ {package.town.sort.noun.within} liegt, sagt erst der Schlüssel; bis dahin fehlt das Gebiet "
            "in der Tabelle der Mitglieder. Ergänzen Sie ihn."
        ),
    ),
    titles_stand_once,
    status_goes_forward,
    # What was finished needs no resubmission.
    RowRule(
        "statusverlauf",
        "wiedervorlage",
        lambda row, package: row["status"].claims("beendet") and row["wiedervorlage"],
        lambda row, package: f"„{row['status']}“ braucht keine Wiedervorlage. Prüfen Sie beide Angaben.",
    ),
    # Nothing costs nothing, and nothing costs a billion.
    RowRule(
        "kosten",
        "betrag_eur",
        lambda row, package: row["betrag_eur"] == 0 or row["betrag_eur"] >= _COSTLY,
        lambda row, package: f"{german.euro(row['betrag_eur'])} ist ein ungewöhnlicher Betrag. {_LOOK}",
    ),
    plans_are_ahead,
    one_leads,
    # What was taken over stands in a measure.
    RowRule(
        "beitraege",
        "massnahme_id",
        lambda row, package: (
            row["folge"] in ("uebernommen", "teilweise") and not (row["massnahme_id"] or row["begruendung"])
        ),
        "Der Beitrag ist übernommen, aber in welche Maßnahme, steht hier nicht. Ergänzen Sie sie oder die Begründung.",
    ),
    # A telephone number has digits enough to be called, and no words.
    RowRule(
        "kontakte",
        "telefon",
        lambda row, package: row["telefon"] and not _TELEPHONE.fullmatch(row["telefon"]),
        lambda row, package: (
            f"„{row['telefon']}“ sieht nicht aus wie eine Telefonnummer. Schreiben Sie zum Beispiel 01234 567-0."
        ),
    ),
    asked_are_named,
    numbers_without_gaps,
    no_text_like_a_formula,
)
