"""What is possible, but seldom meant: hints that the check lists and that keep nobody from building.

What the author has explained in a value's „Hinweis“ is not asked about again.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from statistics import median
from typing import Any

from konzept.data.finding import Data, Finding, Rule, last_known_day
from konzept.data.impossible import FEW, LEAST_ANSWERS, in_germany, measures_change
from konzept.data.package import Package
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
    found: dict[tuple[Any, ...], list[int]] = {}
    for i, row in enumerate(rows):
        if row["wert"] is not None and row["art"] == "ist":
            key = (row["indikator_id"], row["gebiet_id"], row["gruppe_id"])
            found.setdefault(key, []).append(i)
    for members in found.values():
        yield sorted((i for i in members if rows[i]["jahr"]), key=lambda i: rows[i]["jahr"])


def share_of_a_whole(package: Package, data: Data) -> Iterator[Finding]:
    """A share is seldom more than all."""
    indicators = {row["id"]: row for row in data["indikatoren"]}
    for i, row in enumerate(data["messwerte"]):
        indicator = indicators[row["indikator_id"]]
        if indicator["einheit"] != "Prozent" or row["wert"] is None or row["hinweis"]:
            continue
        if row["wert"] > 100 and not measures_change(indicator):
            yield Finding(
                "messwerte",
                i,
                "wert",
                f"{german.number(row['wert'])} Prozent sind mehr als das Ganze. {_EXPLAIN}",
            )


def whole_people(package: Package, data: Data) -> Iterator[Finding]:
    """People and things are counted whole, unless an indicator gives their mean."""
    counts = {row["id"] for row in data["indikatoren"] if row["einheit"] in ("Personen", "Anzahl")}
    found: dict[str, list[int]] = {}
    rows = data["messwerte"]
    for i, row in enumerate(rows):
        if row["indikator_id"] in counts and row["wert"] is not None:
            found.setdefault(row["indikator_id"], []).append(i)
    for members in found.values():
        parts = [i for i in members if rows[i]["wert"] % 1]
        if len(members) > 2 and len(parts) > len(members) / 2:
            continue  # a mean, as of the size of households
        for i in parts:
            if not rows[i]["hinweis"]:
                yield Finding(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(rows[i]['wert'])} ist keine ganze Zahl, gezählt wird aber Ganzes. {_EXPLAIN}",
                )


def _digits(value: float) -> int:
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


def digits_of_the_series(package: Package, data: Data) -> Iterator[Finding]:
    """A value is not far more exact than all others of its indicator."""
    rows = data["messwerte"]
    found: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row["wert"] is not None:
            found.setdefault(row["indikator_id"], []).append(i)
    for members in found.values():
        digits = sorted(_digits(rows[i]["wert"]) for i in members)
        usual = digits[len(digits) * 9 // 10 - 1] if len(digits) > 1 else 0
        most = max(usual + _MORE_DIGITS, _MANY_DIGITS)
        for i in members:
            if _digits(rows[i]["wert"]) >= most and not rows[i]["hinweis"]:
                yield Finding(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(rows[i]['wert'])} ist viel genauer als die übrigen Werte des Indikators. "
                    "Schreiben Sie so viele Stellen, wie die Quelle zeigt.",
                )


def no_leap_of_a_power_of_ten(package: Package, data: Data) -> Iterator[Finding]:
    """A value that is ten times its neighbours, which are alike, has a comma in the wrong place."""
    rows = data["messwerte"]
    for members in _series(data):
        known = [i for i in members if rows[i]["wert"] > 0]
        for at, i in enumerate(known):
            near = [rows[k]["wert"] for k in (*known[max(0, at - 2) : at], *known[at + 1 : at + 3])]
            if len(near) < 2 or max(near) > min(near) * _LIKE or rows[i]["hinweis"] or rows[i]["reihenbruch"]:
                continue
            if abs(math.log10(rows[i]["wert"] / median(near))) > _LEAP:
                yield Finding(
                    "messwerte",
                    i,
                    "wert",
                    f"{german.number(rows[i]['wert'])} weicht von den Nachbarwerten (etwa {german.number(median(near), 1)}) um eine Größenordnung ab; "
                    f"vielleicht steht das Komma falsch. {_EXPLAIN}",
                )


def year_stands_once(package: Package, data: Data) -> Iterator[Finding]:
    """A source gives one value a year, or says the months."""
    seen: dict[tuple[Any, ...], str] = {}
    for i, row in enumerate(data["messwerte"]):
        key = tuple(row[c] for c in ("indikator_id", "art", "gebiet_id", "gruppe_id", "quelle_id", "jahr"))
        other = seen.setdefault(key, row["zeit"])
        if row["jahr"] is None or other == row["zeit"] or row["hinweis"]:
            continue
        # Several days or months of a year may all have their value; a year has one.
        if str(row["jahr"]) in (other, row["zeit"]):
            yield Finding(
                "messwerte",
                i,
                "zeit",
                f"Für {row['jahr']} steht schon ein Wert derselben Quelle, dort als „{other}“. Prüfen Sie, ob eine der Zeilen zu viel ist.",
            )


def year_of_a_time_in_words(package: Package, data: Data) -> Iterator[Finding]:
    """Where the time is told in words, the year is one of those it names."""
    for i, row in enumerate(data["messwerte"]):
        time = row["zeit"]
        if row["jahr"] is None or official.span(time) or official.spoilt_by_excel(time):
            continue
        years = official.named_years(row["zeit"])
        if years is None or row["jahr"] not in years:
            yield Finding(
                "messwerte",
                i,
                "jahr",
                f"Die Zeit „{row['zeit']}“ nennt das Jahr {row['jahr']} nicht. Prüfen Sie beide Angaben.",
            )


def value_not_after_its_source(package: Package, data: Data) -> Iterator[Finding]:
    """A source tells no value of a time after its own; Excel makes of „4.1“ a day of the current year."""
    last = {row["id"]: last_known_day(row) for row in data["dokumente"]}
    for i, row in enumerate(data["messwerte"]):
        source, span = last[row["quelle_id"]], official.span(row["zeit"])
        if source is None or span is None:
            continue
        if row["art"] == "ist" and source < span.first <= package.stand:
            yield Finding(
                "messwerte",
                i,
                "zeit",
                f"Die Quelle „{row['quelle_id']}“ war am {german.date(source)} schon erschienen und kann von „{row['zeit']}“ nicht berichten. {_LOOK}",
            )
        if row["art"] == "soll" and span.last.year < source.year:
            yield Finding(
                "messwerte",
                i,
                "zeit",
                f"Die Frist „{row['zeit']}“ war schon vorbei, als die Quelle „{row['quelle_id']}“ erschien. {_LOOK}",
            )


def passages_are_no_days(package: Package, data: Data) -> Iterator[Finding]:
    """A chapter or the number of a paper is no day, but Excel makes one of it."""
    for table in package.tables.values():
        columns = [c.name for c in table.columns if c.name in _PASSAGES]
        for i, row in enumerate(data[table.name]):
            for column in columns:
                if row[column] and _BARE_DAY.fullmatch(row[column]):
                    yield Finding(
                        table.name,
                        i,
                        column,
                        f"„{row[column]}“ ist ein Tag; vielleicht hat Excel ihn aus einer Nummer wie „4.1“ gemacht. {_LOOK}",
                    )


def places_are_near(package: Package, data: Data) -> Iterator[Finding]:
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
            yield Finding(
                "gebiete",
                i,
                "breite",
                f"Der Ort {german.number(north)} Nord, {german.number(east)} Ost liegt {where}. {_LOOK}",
            )


def titles_stand_once(package: Package, data: Data) -> Iterator[Finding]:
    """Two rows of one name are seldom two things."""
    for table, column in _TITLES.items():
        seen: dict[tuple[str, ...], str] = {}
        for i, row in enumerate(data[table]):
            folded = " ".join(re.findall(r"\w+", row[column].casefold()))
            # Papers of one title may be issues of different years.
            other = str(row["datum"] or row["id"]) if table == "dokumente" else ""
            first = seen.setdefault((folded, other), row["id"])
            if first != row["id"]:
                yield Finding(
                    table,
                    i,
                    column,
                    f"„{row[column]}“ heißt schon die Zeile „{first}“. Prüfen Sie, ob beide dasselbe meinen.",
                )


def status_goes_forward(package: Package, data: Data) -> Iterator[Finding]:
    """What was finished does not begin again, and needs no resubmission."""
    rows = data["statusverlauf"]
    done: dict[str, dt.date] = {}
    for i, row in sorted(enumerate(rows), key=lambda pair: pair[1]["datum"]):
        before = done.get(row["massnahme_id"])
        if row["status"].claims("beendet"):
            done[row["massnahme_id"]] = row["datum"]
            if row["wiedervorlage"]:
                yield Finding(
                    "statusverlauf",
                    i,
                    "wiedervorlage",
                    f"„{row['status']}“ braucht keine Wiedervorlage. Prüfen Sie beide Angaben.",
                )
        elif row["status"].preparing and before:
            yield Finding(
                "statusverlauf",
                i,
                "status",
                f"Die Maßnahme war am {german.date(before)} schon zu Ende und ist hier wieder „{row['status']}“. Prüfen Sie beide Zeilen.",
            )


def amounts_are_usual(package: Package, data: Data) -> Iterator[Finding]:
    """Nothing costs nothing, and nothing costs a billion."""
    for i, row in enumerate(data["kosten"]):
        if row["betrag_eur"] == 0 or row["betrag_eur"] >= _COSTLY:
            yield Finding(
                "kosten",
                i,
                "betrag_eur",
                f"{german.euro(row['betrag_eur'])} ist ein ungewöhnlicher Betrag. {_LOOK}",
            )


def plans_are_ahead(package: Package, data: Data) -> Iterator[Finding]:
    """What was planned for a day gone by took place, was cancelled, or is told nowhere."""
    noted = {row["zeile_id"] for row in data["pruefhinweise"] if row["tabelle"] == "ereignisse"}
    announced = {row["ankuendigung_id"] for row in data["ereignisse"]}
    for i, row in enumerate(data["ereignisse"]):
        day = row["bis"] or row["von"]
        late = day and german.latest_day(day, row["genauigkeit"]) < package.stand
        if row["stand"] == "geplant" and late and row["id"] not in announced | noted:
            yield Finding(
                "ereignisse",
                i,
                "stand",
                f"Geplant war das Ereignis für die Zeit bis {german.date(day)}; sie ist vorbei. "
                "Ändern Sie den Stand, oder halten Sie in den Prüfhinweisen fest, dass die Durchführung nicht belegt ist.",
            )


def one_leads(package: Package, data: Data) -> Iterator[Finding]:
    """A measure has one lead."""
    first: dict[str, str] = {}
    for i, row in enumerate(data["zustaendigkeiten"]):
        if row["rolle"] != "federfuehrend":
            continue
        other = first.setdefault(row["massnahme_id"], row["akteur_id"])
        if other != row["akteur_id"]:
            yield Finding(
                "zustaendigkeiten",
                i,
                "rolle",
                f"Federführend ist schon „{other}“. Prüfen Sie, ob beide die Maßnahme führen.",
            )


def contribution_names_its_measure(package: Package, data: Data) -> Iterator[Finding]:
    """What was taken over stands in a measure."""
    for i, row in enumerate(data["beitraege"]):
        if row["folge"] in ("uebernommen", "teilweise") and not (row["massnahme_id"] or row["begruendung"]):
            yield Finding(
                "beitraege",
                i,
                "massnahme_id",
                "Der Beitrag ist übernommen, aber in welche Maßnahme, steht hier nicht. Ergänzen Sie sie oder die Begründung.",
            )


def telephones_ring(package: Package, data: Data) -> Iterator[Finding]:
    """A telephone number has digits enough to be called, and no words."""
    for i, row in enumerate(data["kontakte"]):
        if row["telefon"] and not _TELEPHONE.fullmatch(row["telefon"]):
            yield Finding(
                "kontakte",
                i,
                "telefon",
                f"„{row['telefon']}“ sieht nicht aus wie eine Telefonnummer. Schreiben Sie zum Beispiel 05132 505-0.",
            )


def few_answers(package: Package, data: Data) -> Iterator[Finding]:
    """Even among many, an answer of one person may tell who gave it."""
    for i, row in enumerate(data["umfrageergebnisse"]):
        if 0 < row["anzahl"] < LEAST_ANSWERS and row["grundgesamtheit"] >= FEW:
            yield Finding(
                "umfrageergebnisse",
                i,
                "anzahl",
                f"So antworteten weniger als {german.word(LEAST_ANSWERS)} Personen. Prüfen Sie, ob man sie erkennen kann.",
            )


def numbers_without_gaps(package: Package, data: Data) -> Iterator[Finding]:
    """Fields are numbered from 1 on."""
    rows = data["handlungsfelder"]
    for i, row in enumerate(rows):
        if row["nr"] > len(rows):
            yield Finding(
                "handlungsfelder",
                i,
                "nr",
                f"Es gibt {german.count(len(rows), 'Handlungsfeld', 'Handlungsfelder', gender='')}, dieses hat die Nummer {row['nr']}. Prüfen Sie die Nummern.",
            )


_FORMULA = re.compile(r"[=@]|[+-][^\W\d_(]|[+-]\(")


def no_text_like_a_formula(package: Package, data: Data) -> Iterator[Finding]:
    """Excel works out what begins like a formula, whoever opens the published tables."""
    for table in package.tables.values():
        texts = [c.name for c in table.columns if c.type == "string" and not c.enum and not c.pattern]
        for i, row in enumerate(data[table.name]):
            for column in texts:
                if row[column] and _FORMULA.match(row[column]):
                    yield Finding(
                        table.name,
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
    year_of_a_time_in_words,
    value_not_after_its_source,
    passages_are_no_days,
    places_are_near,
    titles_stand_once,
    status_goes_forward,
    amounts_are_usual,
    plans_are_ahead,
    one_leads,
    contribution_names_its_measure,
    telephones_ring,
    few_answers,
    numbers_without_gaps,
    no_text_like_a_formula,
)
