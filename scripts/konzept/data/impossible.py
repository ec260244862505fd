"""What no careful person means: values that contradict themselves; what one row tells by itself is a line of the table at the end, all else a small function."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from urllib.parse import urlsplit

from konzept.data.package import Package
from konzept.data.violation import (
    Data,
    Row,
    RowRule,
    Rule,
    Violation,
    earliest_day,
    filled,
    is_free_text,
    repeated,
)
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


def measures_change(indicator: Row) -> bool:
    """Tell whether an indicator's values may be below zero."""
    return bool(_OF_CHANGE.search(f"{indicator['name']} {indicator['definition']}"))


def year_is_that_of_the_time(package: Package, data: Data) -> Iterator[Violation]:
    """The year on the axis is that of the time as the source says it, and is not missing."""
    for i, row in enumerate(data["messwerte"]):
        years, year = official.named_years(row["zeit"]), row["jahr"]
        if years is None:
            continue
        which = " oder ".join(map(str, years if len(years) <= 2 else (years[0], years[-1])))
        if year is None:
            yield Violation(
                "messwerte",
                i,
                "jahr",
                f"Zur Zeit „{row['zeit']}“ fehlt das Jahr; ohne Jahr steht der Wert in keinem Diagramm. Tragen Sie {which} ein.",
            )
        elif year not in years and official.span(row["zeit"]):
            yield Violation(
                "messwerte",
                i,
                "jahr",
                f"Das Jahr {year} passt nicht zur Zeit „{row['zeit']}“. Tragen Sie {which} ein, oder berichtigen Sie die Zeit.",
            )


def nothing_below_zero(package: Package, data: Data) -> Iterator[Violation]:
    """Counts, areas, rents and shares are not negative; changes may be."""
    indicators = {row["id"]: row for row in data["indikatoren"]}
    for i, row in enumerate(data["messwerte"]):
        indicator = indicators[row["indikator_id"]]
        if row["wert"] is not None and row["wert"] < 0 and not measures_change(indicator):
            yield Violation(
                "messwerte",
                i,
                "wert",
                f"{german.number(row['wert'])} ist negativ; in {indicator['einheit']} kann der Indikator das nicht sein. "
                "Berichtigen Sie den Wert. Misst der Indikator eine Veränderung, so sagen Sie das in seiner Definition.",
            )


def addresses_are_public(package: Package, data: Data) -> Iterator[Violation]:
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
            yield Violation(
                "dokumente",
                i,
                "url",
                "Die Adresse enthält eine Anmeldung (vor dem Zeichen @). Nehmen Sie Namen und Passwort heraus.",
            )
        elif not _is_public(host) or re.search(r'["<>\\^`{|}]', row["url"]):
            yield Violation(
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


def own_area_is_known(package: Package, data: Data) -> Iterator[Violation]:
    """The town's own area is one of the areas, under its own key."""
    own = next((row for row in data["gebiete"] if row["id"] == package.town.area_id), None)
    if own is not None and own["ags"] and package.town.ags and own["ags"] != package.town.ags:
        yield Violation(
            "gebiete",
            data["gebiete"].index(own),
            "ags",
            f"Der Gemeindeschlüssel der eigenen Kommune ist nach kommune.json {package.town.ags}, hier steht {own['ags']}. Gleichen Sie beide an.",
        )


def in_germany(north: float, east: float) -> bool:
    """Tell whether a place lies in or near Germany."""
    return _LATITUDES[0] <= north <= _LATITUDES[1] and _LONGITUDES[0] <= east <= _LONGITUDES[1]


def _first_day(observation: Row) -> dt.date:
    """Give the day on which the time of a value begins; the first of all where it is not known."""
    if span := official.span(observation["zeit"]):
        return span.first
    return dt.date(observation["jahr"] or 1, 1, 1)


def days_are_of_our_time(package: Package, data: Data) -> Iterator[Violation]:
    """What a concept tells of lies between the grandparents and the grandchildren of its readers."""
    for table, i, column, day in filled(package, data, lambda column: column.type == "date"):
        if day.year not in _OUR_TIME:
            yield Violation(
                table,
                i,
                column,
                f"Das Jahr {day.year} liegt nicht zwischen {_OUR_TIME[0]} und {_OUR_TIME[-1]}. Berichtigen Sie das Datum.",
            )


def no_dates_made_by_excel(package: Package, data: Data) -> Iterator[Violation]:
    """Where Excel made a date of a text, what was typed is lost."""
    for table, i, column, text in filled(package, data, is_free_text):
        if typed := official.made_by_excel(text):
            yield Violation(
                table,
                i,
                column,
                f"„{text}“ schreibt Excel, wenn es aus einem Text wie {typed} ein Datum macht. "
                "Schreiben Sie die Angabe neu; in Excel geben Sie der Zelle vorher das Format „Text“.",
            )
    for i, row in enumerate(data["messwerte"]):
        if day := official.day_of_serial(row["zeit"]):
            yield Violation(
                "messwerte",
                i,
                "zeit",
                f"„{row['zeit']}“ ist die Zahl, als die Excel den {german.date(day)} speichert. Schreiben Sie die Zeit neu.",
            )


def _precision_has_its_date(table: str, column: str, *days: str) -> RowRule:
    """How exactly a day is known is said of a day only."""
    return RowRule(
        table,
        column,
        lambda row, package: row[column] and not any(row[day] for day in days),
        "Zu dieser Genauigkeit fehlt das Datum. Ergänzen Sie es, oder leeren Sie diese Zelle.",
    )


_BOTH = "Ein Ort hat Breiten- und Längengrad. Ergänzen Sie den fehlenden, oder leeren Sie beide."


def keys_of_areas_stand_once(package: Package, data: Data) -> Iterator[Violation]:
    """An area has a key of its own."""
    for i, row, first in repeated(data["gebiete"], itemgetter("ags")):
        if row["ags"]:
            yield Violation(
                "gebiete",
                i,
                "ags",
                f"Den Gemeindeschlüssel {row['ags']} hat schon „{first['id']}“. Berichtigen Sie einen der beiden.",
            )


def note_is_about_a_row(package: Package, data: Data) -> Iterator[Violation]:
    """A note about a row names one that there is, else it vanishes from its page."""
    for i, row in enumerate(data["pruefhinweise"]):
        key, table = row["zeile_id"], row["tabelle"]
        if key and not any(column.name == "id" for column in package.tables[table].columns):
            yield Violation(
                "pruefhinweise",
                i,
                "zeile_id",
                f"Die Zeilen von {table} haben keine Kennung, „{key}“ fände niemand. Leeren Sie die Zelle, und sagen Sie unter „aussage_a“, welche Zeile gemeint ist.",
            )
        elif key and all(each["id"] != key for each in data[table]):
            yield Violation(
                "pruefhinweise",
                i,
                "zeile_id",
                f"„{key}“ gibt es in {table} nicht. Nennen Sie die Kennung der Zeile, oder leeren Sie die Zelle.",
            )


IMPOSSIBLE: tuple[Rule, ...] = (
    year_is_that_of_the_time,
    days_are_of_our_time,
    # What was observed or spent lies before the state of the data.
    RowRule(
        "messwerte",
        "zeit",
        lambda row, package: row["art"] == "ist" and _first_day(row) > package.stand,
        lambda row, package: (
            f"Ein Istwert kann nicht nach dem Stand der Daten ({german.date(package.stand)}) liegen. "
            "Berichtigen Sie die Zeit, oder ändern Sie die Art in „soll“."
        ),
    ),
    RowRule(
        "kosten",
        "jahr",
        lambda row, package: (
            row["haushaltsstand"] == "verausgabt" and (row["jahr"] or 0) > package.stand.year
        ),
        lambda row, package: (
            f"Was {row['jahr']} ausgegeben wird, kann nach dem Stand der Daten ({german.date(package.stand)}) noch nicht „verausgabt“ sein. "
            "Berichtigen Sie das Jahr oder den Haushaltsstand."
        ),
    ),
    nothing_below_zero,
    # A number that comes from nobody is none.
    RowRule(
        "messwerte",
        "fallzahl",
        lambda row, package: row["fallzahl"] == 0 and row["wert"] is not None,
        "Aus null Fällen entsteht kein Wert. Berichtigen Sie die Fallzahl, oder leeren Sie die Zelle, wenn sie nicht bekannt ist.",
    ),
    no_dates_made_by_excel,
    _precision_has_its_date("dokumente", "datum_genauigkeit", "datum"),
    _precision_has_its_date("ereignisse", "genauigkeit", "von", "bis"),
    _precision_has_its_date("massnahmen", "zeit_genauigkeit", "beginn", "ende"),
    # What has an end has a beginning.
    RowRule(
        "ereignisse",
        "von",
        lambda row, package: row["bis"] and not row["von"],
        "Zum Ende fehlt der Beginn. Ergänzen Sie ihn, oder leeren Sie „bis“.",
    ),
    # Fewer than no one cannot take part.
    RowRule(
        "ereignisse",
        "teilnehmende",
        lambda row, package: re.match(r"[-−]\s*\d", row["teilnehmende"] or ""),
        lambda row, package: f"„{row['teilnehmende']}“ sind weniger als niemand. Berichtigen Sie die Zahl.",
    ),
    # Nobody looks again at what was not yet decided.
    RowRule(
        "statusverlauf",
        "wiedervorlage",
        lambda row, package: row["wiedervorlage"] and row["wiedervorlage"] < row["datum"],
        lambda row, package: (
            f"Die Wiedervorlage ({german.date(row['wiedervorlage'])}) liegt vor dem Tag des Status ({german.date(row['datum'])}). Berichtigen Sie einen der beiden Tage."
        ),
    ),
    # Nobody reads what has not appeared.
    RowRule(
        "dokumente",
        "zugriff_am",
        lambda row, package: row["zugriff_am"] and (day := earliest_day(row)) and row["zugriff_am"] < day,
        lambda row, package: (
            f"Der Zugriff ({german.date(row['zugriff_am'])}) liegt vor dem Erscheinen ({german.date(row['datum'])}). Berichtigen Sie einen der beiden Tage."
        ),
    ),
    addresses_are_public,
    # An amount has no parts of a cent: the page would round it.
    RowRule(
        "kosten",
        "betrag_eur",
        lambda row, package: Decimal(str(row["betrag_eur"])) % _CENT,
        lambda row, package: (
            f"{german.number(row['betrag_eur'])} hat mehr als zwei Stellen nach dem Komma. Schreiben Sie den Betrag in Euro und Cent."
        ),
    ),
    own_area_is_known,
    # A place has both coordinates, in their order.
    RowRule(
        "gebiete", "laenge", lambda row, package: row["breite"] is not None and row["laenge"] is None, _BOTH
    ),
    RowRule(
        "gebiete", "breite", lambda row, package: row["breite"] is None and row["laenge"] is not None, _BOTH
    ),
    RowRule(
        "gebiete",
        "breite",
        lambda row, package: (
            None not in (row["breite"], row["laenge"])
            and in_germany(row["laenge"], row["breite"])
            and not in_germany(row["breite"], row["laenge"])
        ),
        "Breiten- und Längengrad sind vertauscht. Tauschen Sie beide Werte.",
    ),
    RowRule(
        "gebiete",
        "ags",
        lambda row, package: row["ags"] and int(row["ags"][:2]) not in _STATES,
        lambda row, package: (
            f"„{row['ags']}“ beginnt nicht mit der Kennziffer eines Landes (01 bis 16). Berichtigen Sie den Gemeindeschlüssel."
        ),
    ),
    keys_of_areas_stand_once,
    note_is_about_a_row,
    # What is decided says how.
    RowRule(
        "pruefhinweise",
        "entscheidung",
        lambda row, package: row["stand"] == "entschieden" and not row["entscheidung"],
        "Der Hinweis soll entschieden sein, aber wie, steht hier nicht. Ergänzen Sie es, oder ändern Sie den Stand in „offen“.",
    ),
)
