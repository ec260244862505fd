"""What no careful person means: values that contradict themselves, one small function a rule."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from konzept.data.finding import Data, Finding, Rule
from konzept.data.package import Package
from konzept.words import german, official

_OF_CHANGE = re.compile(
    r"saldo|veränderung|differenz|unterschied|abweichung|zuwachs|zunahme|abnahme|rückgang|wachstum|entwicklung",
    re.IGNORECASE,
)
"""Words of indicators whose values may be below zero."""
_CENT = Decimal("0.01")
_LATITUDES, _LONGITUDES = (47, 56), (5, 16)
"""Where Germany lies, generously; no place of it is there with its coordinates exchanged."""
_OUR_TIME = range(1900, 2101)
_STATES = range(1, 17)
"""The first two digits of a municipal key: one of sixteen federal states."""
_WITHIN = ("local", "localhost", "internal", "intranet", "lan", "test", "invalid", "example")
"""Ends of addresses that only a network of one's own knows."""
LEAST_ANSWERS = 3
"""Statistics publish no answer that fewer people gave."""
FEW = 20
"""Among fewer people, who know each other, an answer of one or two tells who gave it."""


def measures_change(indicator: Mapping[str, Any]) -> bool:
    """Tell whether an indicator's values may be below zero."""
    return bool(_OF_CHANGE.search(f"{indicator['name']} {indicator['definition']}"))


def year_is_that_of_the_time(package: Package, data: Data) -> Iterator[Finding]:
    """The year on the axis is that of the time as the source says it, and is not missing."""
    for i, row in enumerate(data["messwerte"]):
        years, year = official.named_years(row["zeit"]), row["jahr"]
        if years is None:
            continue
        which = " oder ".join(map(str, years if len(years) <= 2 else (years[0], years[-1])))
        if year is None:
            yield Finding(
                "messwerte",
                i,
                "jahr",
                f"Zur Zeit „{row['zeit']}“ fehlt das Jahr; ohne Jahr steht der Wert in keinem Diagramm. Tragen Sie {which} ein.",
            )
        elif year not in years and official.span(row["zeit"]):
            yield Finding(
                "messwerte",
                i,
                "jahr",
                f"Das Jahr {year} passt nicht zur Zeit „{row['zeit']}“. Tragen Sie {which} ein, oder berichtigen Sie die Zeit.",
            )


def days_are_of_our_time(package: Package, data: Data) -> Iterator[Finding]:
    """What a concept tells of lies between the grandparents and the grandchildren of its readers."""
    for table in package.tables.values():
        days = [column.name for column in table.columns if column.type == "date"]
        for i, row in enumerate(data[table.name]):
            for column in days:
                if row[column] and row[column].year not in _OUR_TIME:
                    yield Finding(
                        table.name,
                        i,
                        column,
                        f"Das Jahr {row[column].year} liegt nicht zwischen {_OUR_TIME[0]} und {_OUR_TIME[-1]}. Berichtigen Sie das Datum.",
                    )


def observed_before_stand(package: Package, data: Data) -> Iterator[Finding]:
    """What was observed or spent lies before the state of the data."""
    for i, row in enumerate(data["messwerte"]):
        span = official.span(row["zeit"])
        first = span.first if span else dt.date(row["jahr"], 1, 1) if row["jahr"] else None
        if row["art"] == "ist" and first and first > package.stand:
            yield Finding(
                "messwerte",
                i,
                "zeit",
                f"Ein Istwert kann nicht nach dem Stand der Daten ({german.date(package.stand)}) liegen. "
                "Berichtigen Sie die Zeit, oder ändern Sie die Art in „soll“.",
            )
    for i, row in enumerate(data["kosten"]):
        if row["haushaltsstand"] == "verausgabt" and row["jahr"] and row["jahr"] > package.stand.year:
            yield Finding(
                "kosten",
                i,
                "jahr",
                f"Was {row['jahr']} ausgegeben wird, kann nach dem Stand der Daten ({german.date(package.stand)}) noch nicht „verausgabt“ sein. "
                "Berichtigen Sie das Jahr oder den Haushaltsstand.",
            )


def nothing_below_zero(package: Package, data: Data) -> Iterator[Finding]:
    """Counts, areas, rents and shares are not negative; changes may be."""
    indicators = {row["id"]: row for row in data["indikatoren"]}
    for i, row in enumerate(data["messwerte"]):
        indicator = indicators[row["indikator_id"]]
        if row["wert"] is not None and row["wert"] < 0 and not measures_change(indicator):
            yield Finding(
                "messwerte",
                i,
                "wert",
                f"{german.number(row['wert'])} ist negativ; in {indicator['einheit']} kann der Indikator das nicht sein. "
                "Berichtigen Sie den Wert. Misst der Indikator eine Veränderung, so sagen Sie das in seiner Definition.",
            )


def counted_people_are_some(package: Package, data: Data) -> Iterator[Finding]:
    """A number that comes from nobody is none."""
    for i, row in enumerate(data["messwerte"]):
        if row["fallzahl"] == 0 and row["wert"] is not None:
            yield Finding(
                "messwerte",
                i,
                "fallzahl",
                "Aus null Fällen entsteht kein Wert. Berichtigen Sie die Fallzahl, oder leeren Sie die Zelle, wenn sie nicht bekannt ist.",
            )


def no_dates_made_by_excel(package: Package, data: Data) -> Iterator[Finding]:
    """Where Excel made a date of a text, what was typed is lost."""
    for table in package.tables.values():
        texts = [c.name for c in table.columns if c.type == "string" and not c.enum and not c.pattern]
        for i, row in enumerate(data[table.name]):
            for column in texts:
                typed = row[column] and official.made_by_excel(row[column])
                if typed:
                    yield Finding(
                        table.name,
                        i,
                        column,
                        f"„{row[column]}“ schreibt Excel, wenn es aus einem Text wie {typed} ein Datum macht. "
                        "Schreiben Sie die Angabe neu; in Excel geben Sie der Zelle vorher das Format „Text“.",
                    )
    for i, row in enumerate(data["messwerte"]):
        if day := official.day_of_serial(row["zeit"]):
            yield Finding(
                "messwerte",
                i,
                "zeit",
                f"„{row['zeit']}“ ist die Zahl, als die Excel den {german.date(day)} speichert. Schreiben Sie die Zeit neu.",
            )


def precision_has_its_date(package: Package, data: Data) -> Iterator[Finding]:
    """How exactly a day is known is said of a day only."""
    tables = {
        "dokumente": ("datum_genauigkeit", ("datum",)),
        "ereignisse": ("genauigkeit", ("von", "bis")),
        "massnahmen": ("zeit_genauigkeit", ("beginn", "ende")),
    }
    for table, (column, days) in tables.items():
        for i, row in enumerate(data[table]):
            if row[column] and not any(row[day] for day in days):
                yield Finding(
                    table,
                    i,
                    column,
                    "Zu dieser Genauigkeit fehlt das Datum. Ergänzen Sie es, oder leeren Sie diese Zelle.",
                )


def events_have_their_days(package: Package, data: Data) -> Iterator[Finding]:
    """What has an end has a beginning."""
    for i, row in enumerate(data["ereignisse"]):
        if row["bis"] and not row["von"]:
            yield Finding(
                "ereignisse", i, "von", "Zum Ende fehlt der Beginn. Ergänzen Sie ihn, oder leeren Sie „bis“."
            )


def nobody_is_fewer_than_nobody(package: Package, data: Data) -> Iterator[Finding]:
    """Fewer than no one cannot take part."""
    for i, row in enumerate(data["ereignisse"]):
        if row["teilnehmende"] and re.match(r"[-−]\s*\d", row["teilnehmende"]):
            yield Finding(
                "ereignisse",
                i,
                "teilnehmende",
                f"„{row['teilnehmende']}“ sind weniger als niemand. Berichtigen Sie die Zahl.",
            )


def resubmission_after_its_day(package: Package, data: Data) -> Iterator[Finding]:
    """Nobody looks again at what was not yet decided."""
    for i, row in enumerate(data["statusverlauf"]):
        if row["wiedervorlage"] and row["wiedervorlage"] < row["datum"]:
            yield Finding(
                "statusverlauf",
                i,
                "wiedervorlage",
                f"Die Wiedervorlage ({german.date(row['wiedervorlage'])}) liegt vor dem Tag des Status ({german.date(row['datum'])}). Berichtigen Sie einen der beiden Tage.",
            )


def access_after_publication(package: Package, data: Data) -> Iterator[Finding]:
    """Nobody reads what has not appeared."""
    for i, row in enumerate(data["dokumente"]):
        day, precision, read = row["datum"], row["datum_genauigkeit"], row["zugriff_am"]
        if day and read and precision != "spaetestens" and read < german.earliest_day(day, precision):
            yield Finding(
                "dokumente",
                i,
                "zugriff_am",
                f"Der Zugriff ({german.date(read)}) liegt vor dem Erscheinen ({german.date(day)}). Berichtigen Sie einen der beiden Tage.",
            )


def addresses_are_public(package: Package, data: Data) -> Iterator[Finding]:
    """An address that readers follow tells no password and leads to no machine of one's own."""
    for i, row in enumerate(data["dokumente"]):
        if not row["url"]:
            continue
        try:
            parts = urlsplit(row["url"])
            host, named = parts.hostname or "", parts.username is not None
        except ValueError:
            host, named = "", False
        if named:
            yield Finding(
                "dokumente",
                i,
                "url",
                "Die Adresse enthält eine Anmeldung (vor dem Zeichen @). Nehmen Sie Namen und Passwort heraus.",
            )
        elif not _is_public(host) or re.search(r'["<>\\^`{|}]', row["url"]):
            yield Finding(
                "dokumente",
                i,
                "url",
                f"Unter „{row['url']}“ findet im Internet niemand etwas. Prüfen Sie die Adresse, oder leeren Sie die Zelle.",
            )


def _is_public(host: str) -> bool:
    """Tell whether everyone can reach a machine of this name or number."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+", host)) and host.rpartition(".")[2] not in _WITHIN


def amounts_in_cents(package: Package, data: Data) -> Iterator[Finding]:
    """An amount has no parts of a cent: the page would round it."""
    for i, row in enumerate(data["kosten"]):
        if Decimal(str(row["betrag_eur"])) % _CENT:
            yield Finding(
                "kosten",
                i,
                "betrag_eur",
                f"{german.number(row['betrag_eur'])} hat mehr als zwei Stellen nach dem Komma. Schreiben Sie den Betrag in Euro und Cent.",
            )


def own_area_is_known(package: Package, data: Data) -> Iterator[Finding]:
    """The town's own area is one of the areas, under its own key."""
    own = next((row for row in data["gebiete"] if row["id"] == package.town.area_id), None)
    if own is not None and own["ags"] and package.town.ags and own["ags"] != package.town.ags:
        yield Finding(
            "gebiete",
            data["gebiete"].index(own),
            "ags",
            f"Der Gemeindeschlüssel der eigenen Kommune ist nach datapackage.json {package.town.ags}, hier steht {own['ags']}. Gleichen Sie beide an.",
        )


def areas_have_one_place(package: Package, data: Data) -> Iterator[Finding]:
    """A place has both coordinates, in their order, and a key of its own."""
    seen: dict[str, str] = {}
    for i, row in enumerate(data["gebiete"]):
        north, east = row["breite"], row["laenge"]
        if (north is None) != (east is None):
            column = "laenge" if east is None else "breite"
            yield Finding(
                "gebiete",
                i,
                column,
                "Ein Ort hat Breiten- und Längengrad. Ergänzen Sie den fehlenden, oder leeren Sie beide.",
            )
        elif north is not None and not in_germany(north, east) and in_germany(east, north):
            yield Finding(
                "gebiete", i, "breite", "Breiten- und Längengrad sind vertauscht. Tauschen Sie beide Werte."
            )
        if row["ags"]:
            if int(row["ags"][:2]) not in _STATES:
                yield Finding(
                    "gebiete",
                    i,
                    "ags",
                    f"„{row['ags']}“ beginnt nicht mit der Kennziffer eines Landes (01 bis 16). Berichtigen Sie den Gemeindeschlüssel.",
                )
            if row["ags"] in seen:
                yield Finding(
                    "gebiete",
                    i,
                    "ags",
                    f"Den Gemeindeschlüssel {row['ags']} hat schon „{seen[row['ags']]}“. Berichtigen Sie einen der beiden.",
                )
            seen.setdefault(row["ags"], row["id"])


def in_germany(north: float, east: float) -> bool:
    """Tell whether a place lies in or near Germany."""
    return _LATITUDES[0] <= north <= _LATITUDES[1] and _LONGITUDES[0] <= east <= _LONGITUDES[1]


def note_is_about_a_row(package: Package, data: Data) -> Iterator[Finding]:
    """A note about a row names one that there is, else it vanishes from its page; what is decided says how."""
    for i, row in enumerate(data["pruefhinweise"]):
        key, table = row["zeile_id"], row["tabelle"]
        if key and not any(column.name == "id" for column in package.tables[table].columns):
            yield Finding(
                "pruefhinweise",
                i,
                "zeile_id",
                f"Die Zeilen von {table} haben keine Kennung, „{key}“ fände niemand. Leeren Sie die Zelle, und sagen Sie unter „aussage_a“, welche Zeile gemeint ist.",
            )
        elif key and all(each["id"] != key for each in data[table]):
            yield Finding(
                "pruefhinweise",
                i,
                "zeile_id",
                f"„{key}“ gibt es in {row['tabelle']} nicht. Nennen Sie die Kennung der Zeile, oder leeren Sie die Zelle.",
            )
        if row["stand"] == "entschieden" and not row["entscheidung"]:
            yield Finding(
                "pruefhinweise",
                i,
                "entscheidung",
                "Der Hinweis soll entschieden sein, aber wie, steht hier nicht. Ergänzen Sie es, oder ändern Sie den Stand in „offen“.",
            )


def answers_were_given(package: Package, data: Data) -> Iterator[Finding]:
    """Answers come from an event that took place, and show no single person."""
    states = {row["id"]: row for row in data["ereignisse"]}
    for i, row in enumerate(data["umfrageergebnisse"]):
        event = states[row["ereignis_id"]]
        if event["stand"] != "erfolgt":
            yield Finding(
                "umfrageergebnisse",
                i,
                "ereignis_id",
                f"„{event['id']}“ ist noch nicht erfolgt und kann keine Ergebnisse haben. Nennen Sie das richtige Ereignis, oder ändern Sie seinen Stand.",
            )
        elif event["art"] in ("beschluss", "verabschiedung", "bericht", "organisation", "sitzung"):
            yield Finding(
                "umfrageergebnisse",
                i,
                "ereignis_id",
                f"„{event['id']}“ ist keine Befragung, sondern hat die Art „{event['art']}“. Nennen Sie das richtige Ereignis.",
            )
        if 0 < row["anzahl"] < LEAST_ANSWERS and row["grundgesamtheit"] < FEW:
            yield Finding(
                "umfrageergebnisse",
                i,
                "anzahl",
                f"So antworteten von {row['grundgesamtheit']} weniger als {german.word(LEAST_ANSWERS)} Personen; man könnte sie erkennen. Fassen Sie diese Antwort mit einer anderen zusammen.",
            )


IMPOSSIBLE: tuple[Rule, ...] = (
    year_is_that_of_the_time,
    days_are_of_our_time,
    observed_before_stand,
    nothing_below_zero,
    counted_people_are_some,
    no_dates_made_by_excel,
    precision_has_its_date,
    events_have_their_days,
    nobody_is_fewer_than_nobody,
    resubmission_after_its_day,
    access_after_publication,
    addresses_are_public,
    amounts_in_cents,
    own_area_is_known,
    areas_have_one_place,
    note_is_about_a_row,
    answers_were_given,
)
