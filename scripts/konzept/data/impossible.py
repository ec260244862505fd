"""What no careful person means: values that contradict themselves; what one row tells by itself is a line of the table at the end, all else a small function."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from decimal import Decimal
from operator import itemgetter
from urllib.parse import urlsplit

from konzept.data.violation import (
    Row,
    RowRule,
    Rule,
    Tables,
    earliest_day,
    is_free_text,
    of_cells,
    standing_once,
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


def _which(time: str) -> str:
    """Name the years that a time names, the first and the last."""
    years = official.named_years(time) or (0,)
    return " oder ".join(map(str, dict.fromkeys((years[0], years[-1]))))


def _host(url: str) -> tuple[str, bool]:
    """Give the machine that an address leads to, and whether it tells with what name to log in there."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.username is not None
    except ValueError:
        return "", False


def _is_public(host: str) -> bool:
    """Tell whether everyone can reach a machine of this name or number."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+", host)) and host.rpartition(".")[2] not in _WITHIN


def in_germany(north: float, east: float) -> bool:
    """Tell whether a place lies in or near Germany."""
    return _LATITUDES[0] <= north <= _LATITUDES[1] and _LONGITUDES[0] <= east <= _LONGITUDES[1]


def _first_day(observation: Row) -> dt.date:
    """Give the day on which the time of a value begins; the first of all where it is not known."""
    if span := official.span(observation["zeit"]):
        return span.first
    return dt.date(observation["jahr"] or 1, 1, 1)


def _not_of_our_time(day: dt.date) -> str | None:
    says = f"Das Jahr {day.year} liegt nicht zwischen {_OUR_TIME[0]} und {_OUR_TIME[-1]}. Berichtigen Sie das Datum."
    return says if day.year not in _OUR_TIME else None


def _made_by_excel(text: str) -> str | None:
    typed = official.made_by_excel(text)
    says = (
        f"„{text}“ schreibt Excel, wenn es aus einem Text wie {typed} ein Datum macht. "
        "Schreiben Sie die Angabe neu; in Excel geben Sie der Zelle vorher das Format „Text“."
    )
    return says if typed else None


def _precision_has_its_date(table: str, column: str, *days: str) -> RowRule:
    """How exactly a day is known is said of a day only."""
    return RowRule(
        table,
        column,
        lambda row, data: row[column] and not any(row[day] for day in days),
        "Zu dieser Genauigkeit fehlt das Datum. Ergänzen Sie es, oder leeren Sie diese Zelle.",
    )


_BOTH = "Ein Ort hat Breiten- und Längengrad. Ergänzen Sie den fehlenden, oder leeren Sie beide."


def _has_keys(note: Row, data: Tables) -> bool:
    """Tell whether the rows of the table that a note is about can be named."""
    return any(column.name == "id" for column in data.package.tables[note["tabelle"]].columns)


IMPOSSIBLE: tuple[Rule, ...] = (
    # The year on the axis is that of the time as the source says it, and is not missing.
    RowRule(
        "messwerte",
        "jahr",
        lambda row, data: row["jahr"] is None and official.named_years(row["zeit"]),
        lambda row, data: (
            f"Zur Zeit „{row['zeit']}“ fehlt das Jahr; ohne Jahr steht der Wert in keinem Diagramm. Tragen Sie {_which(row['zeit'])} ein."
        ),
    ),
    RowRule(
        "messwerte",
        "jahr",
        lambda row, data: (
            row["jahr"] is not None
            and official.span(row["zeit"])
            and row["jahr"] not in (official.named_years(row["zeit"]) or ())
        ),
        lambda row, data: (
            f"Das Jahr {row['jahr']} passt nicht zur Zeit „{row['zeit']}“. Tragen Sie {_which(row['zeit'])} ein, oder berichtigen Sie die Zeit."
        ),
    ),
    # What a concept tells of lies between the grandparents and the grandchildren of its readers.
    of_cells(lambda column: column.type == "date", _not_of_our_time),
    # What was observed or spent lies before the state of the data.
    RowRule(
        "messwerte",
        "zeit",
        lambda row, data: row["art"] == "ist" and _first_day(row) > data.stand,
        lambda row, data: (
            f"Ein Istwert kann nicht nach dem Stand der Daten ({german.date(data.stand)}) liegen. "
            "Berichtigen Sie die Zeit, oder ändern Sie die Art in „soll“."
        ),
    ),
    RowRule(
        "kosten",
        "jahr",
        lambda row, data: row["haushaltsstand"] == "verausgabt" and (row["jahr"] or 0) > data.stand.year,
        lambda row, data: (
            f"Was {row['jahr']} ausgegeben wird, kann nach dem Stand der Daten ({german.date(data.stand)}) noch nicht „verausgabt“ sein. "
            "Berichtigen Sie das Jahr oder den Haushaltsstand."
        ),
    ),
    # Counts, areas, rents and shares are not negative; changes may be.
    RowRule(
        "messwerte",
        "wert",
        lambda row, data: (
            row["wert"] is not None
            and row["wert"] < 0
            and not measures_change(data.row("indikatoren", row["indikator_id"]))
        ),
        lambda row, data: (
            f"{german.number(row['wert'])} ist negativ; in {data.row('indikatoren', row['indikator_id'])['einheit']} kann der Indikator das nicht sein. "
            "Berichtigen Sie den Wert. Misst der Indikator eine Veränderung, so sagen Sie das in seiner Definition."
        ),
    ),
    # A number that comes from nobody is none.
    RowRule(
        "messwerte",
        "fallzahl",
        lambda row, data: row["fallzahl"] == 0 and row["wert"] is not None,
        "Aus null Fällen entsteht kein Wert. Berichtigen Sie die Fallzahl, oder leeren Sie die Zelle, wenn sie nicht bekannt ist.",
    ),
    # Where Excel made a date of a text, what was typed is lost.
    of_cells(is_free_text, _made_by_excel),
    RowRule(
        "messwerte",
        "zeit",
        lambda row, data: official.day_of_serial(row["zeit"]),
        lambda row, data: (
            f"„{row['zeit']}“ ist die Zahl, als die Excel den {german.date(official.day_of_serial(row['zeit']) or data.stand)} speichert. Schreiben Sie die Zeit neu."
        ),
    ),
    _precision_has_its_date("dokumente", "datum_genauigkeit", "datum"),
    _precision_has_its_date("ereignisse", "genauigkeit", "von", "bis"),
    _precision_has_its_date("massnahmen", "zeit_genauigkeit", "beginn", "ende"),
    # What has an end has a beginning.
    RowRule(
        "ereignisse",
        "von",
        lambda row, data: row["bis"] and not row["von"],
        "Zum Ende fehlt der Beginn. Ergänzen Sie ihn, oder leeren Sie „bis“.",
    ),
    # Fewer than no one cannot take part.
    RowRule(
        "ereignisse",
        "teilnehmende",
        lambda row, data: re.match(r"[-−]\s*\d", row["teilnehmende"] or ""),
        lambda row, data: f"„{row['teilnehmende']}“ sind weniger als niemand. Berichtigen Sie die Zahl.",
    ),
    # Nobody looks again at what was not yet decided.
    RowRule(
        "statusverlauf",
        "wiedervorlage",
        lambda row, data: row["wiedervorlage"] and row["wiedervorlage"] < row["datum"],
        lambda row, data: (
            f"Die Wiedervorlage ({german.date(row['wiedervorlage'])}) liegt vor dem Tag des Status ({german.date(row['datum'])}). Berichtigen Sie einen der beiden Tage."
        ),
    ),
    # Nobody reads what has not appeared.
    RowRule(
        "dokumente",
        "zugriff_am",
        lambda row, data: row["zugriff_am"] and (day := earliest_day(row)) and row["zugriff_am"] < day,
        lambda row, data: (
            f"Der Zugriff ({german.date(row['zugriff_am'])}) liegt vor dem Erscheinen ({german.date(row['datum'])}). Berichtigen Sie einen der beiden Tage."
        ),
    ),
    # An address that readers follow tells no password and leads to no machine of one's own.
    RowRule(
        "dokumente",
        "url",
        lambda row, data: row["url"] and _host(row["url"])[1],
        "Die Adresse enthält eine Anmeldung (vor dem Zeichen @). Nehmen Sie Namen und Passwort heraus.",
    ),
    RowRule(
        "dokumente",
        "url",
        lambda row, data: (
            row["url"]
            and not _host(row["url"])[1]
            and (not _is_public(_host(row["url"])[0]) or re.search(r'["<>\\^`{|}]', row["url"]))
        ),
        lambda row, data: (
            f"Unter „{row['url']}“ findet im Internet niemand etwas. Prüfen Sie die Adresse, oder leeren Sie die Zelle."
        ),
    ),
    # An amount has no parts of a cent: the page would round it.
    RowRule(
        "kosten",
        "betrag_eur",
        lambda row, data: Decimal(str(row["betrag_eur"])) % _CENT,
        lambda row, data: (
            f"{german.number(row['betrag_eur'])} hat mehr als zwei Stellen nach dem Komma. Schreiben Sie den Betrag in Euro und Cent."
        ),
    ),
    # The town's own area stands under its own key.
    RowRule(
        "gebiete",
        "ags",
        lambda row, data: (
            row["id"] == data.town.area_id and row["ags"] and data.town.ags not in ("", row["ags"])
        ),
        lambda row, data: (
            f"Der Gemeindeschlüssel der eigenen Kommune ist nach kommune.json {data.town.ags}, hier steht {row['ags']}. Gleichen Sie beide an."
        ),
    ),
    # A place has both coordinates, in their order.
    RowRule(
        "gebiete", "laenge", lambda row, data: row["breite"] is not None and row["laenge"] is None, _BOTH
    ),
    RowRule(
        "gebiete", "breite", lambda row, data: row["breite"] is None and row["laenge"] is not None, _BOTH
    ),
    RowRule(
        "gebiete",
        "breite",
        lambda row, data: (
            None not in (row["breite"], row["laenge"])
            and in_germany(row["laenge"], row["breite"])
            and not in_germany(row["breite"], row["laenge"])
        ),
        "Breiten- und Längengrad sind vertauscht. Tauschen Sie beide Werte.",
    ),
    RowRule(
        "gebiete",
        "ags",
        lambda row, data: row["ags"] and int(row["ags"][:2]) not in _STATES,
        lambda row, data: (
            f"„{row['ags']}“ beginnt nicht mit der Kennziffer eines Landes (01 bis 16). Berichtigen Sie den Gemeindeschlüssel."
        ),
    ),
    # An area has a key of its own.
    standing_once(
        "gebiete",
        "ags",
        itemgetter("ags"),
        lambda row, first: (
            f"Den Gemeindeschlüssel {row['ags']} hat schon „{first['id']}“. Berichtigen Sie einen der beiden."
        ),
        may_repeat=lambda row, first: not row["ags"],
    ),
    # A note about a row names one that there is, else it vanishes from its page.
    RowRule(
        "pruefhinweise",
        "zeile_id",
        lambda row, data: row["zeile_id"] and not _has_keys(row, data),
        lambda row, data: (
            f"Die Zeilen von {row['tabelle']} haben keine Kennung, „{row['zeile_id']}“ fände niemand. Leeren Sie die Zelle, und sagen Sie unter „aussage_a“, welche Zeile gemeint ist."
        ),
    ),
    RowRule(
        "pruefhinweise",
        "zeile_id",
        lambda row, data: (
            row["zeile_id"]
            and _has_keys(row, data)
            and all(each["id"] != row["zeile_id"] for each in data[row["tabelle"]])
        ),
        lambda row, data: (
            f"„{row['zeile_id']}“ gibt es in {row['tabelle']} nicht. Nennen Sie die Kennung der Zeile, oder leeren Sie die Zelle."
        ),
    ),
    # What is decided says how.
    RowRule(
        "pruefhinweise",
        "entscheidung",
        lambda row, data: row["stand"] == "entschieden" and not row["entscheidung"],
        "Der Hinweis soll entschieden sein, aber wie, steht hier nicht. Ergänzen Sie es, oder ändern Sie den Stand in „offen“.",
    ),
)
