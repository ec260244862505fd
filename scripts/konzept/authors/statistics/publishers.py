"""Who publishes a table, under which licence, and what readers must know of its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LICENCE = "dl-de/by-2-0"
_OFFICES = "Statistische Ämter des Bundes und der Länder"


@dataclass(frozen=True)
class Publisher:
    """A database of official statistics, as its tables' codes tell."""

    pattern: str
    """What codes of its tables look like."""
    key: str
    """How keys of its documents begin."""
    name: str
    editor: str
    address: str
    licence: str = _LICENCE
    note: str = ""
    """What one must know of all its numbers."""


PUBLISHERS = (
    Publisher(
        r"\d{4}[A-Z]-\d{4}",
        "d-zensusdatenbank",
        "Zensusdatenbank 2022",
        _OFFICES,
        "https://ergebnisse.zensus2022.de/datenbank/online/",
        note="Zum Schutz der Befragten sind die Zahlen des Zensus leicht verändert (Cell-Key-Verfahren); "
        "gezeigt sind veröffentlichte Angaben, keine Summen aus ihnen",
    ),
    Publisher(
        r"(?:\d{5}|AI)-[0-9A-Z]+-[0-9A-Z-]+",
        "d-regionaldatenbank",
        "Regionaldatenbank Deutschland",
        _OFFICES,
        "https://www.regionalstatistik.de/genesis/online/",
    ),
    Publisher(
        r"\d{5}-\d{4}",
        "d-genesis",
        "GENESIS-Online",
        "Statistisches Bundesamt",
        "https://www-genesis.destatis.de/datenbank/online/",
    ),
)
OF_STATISTICS = {
    "12211": "Der Mikrozensus ist eine Stichprobe; 2020 wurde er umgestellt, Werte davor und danach sind nicht ohne Weiteres vergleichbar"
}
"""What one must know of all numbers of a statistic, by its code."""


def publisher_of(table: str) -> Publisher | None:
    """Find the database that a table is of.

    Examples
    --------
    >>> [p.key if (p := publisher_of(t)) else None for t in ("12411-01-01-4", "AI-N-01-2-5", "12531-0043", "1000A-0000", "3-1-2")]
    ['d-regionaldatenbank', 'd-regionaldatenbank', 'd-genesis', 'd-zensusdatenbank', None]
    """
    return next((each for each in PUBLISHERS if re.fullmatch(each.pattern, table)), None)


_CODE = re.compile(
    r"(?<![0-9A-Za-z])(\d{4}[A-Z]-\d{4}|\d{5}-\d{2}-\d{2}-\d(?:-[A-Z])?|\d{5}-[A-Z]-\d{2}|\d{5}-\d{4}|AI-[A-Z0-9]+(?:-\d+)+)(?![0-9])"
)
_INDICATOR = re.compile(r"indicator_(\d+(?:-[0-9a-z]+)+)")


def table_named(file: str) -> str:
    """Find the code of a table in the name of a file; empty where it names none.

    Examples
    --------
    >>> table_named("12411-01-01-4_de_flat.csv"), table_named("regio_12211-Z-11_quality-on.csv"), table_named("1000A-0000_en_flat (1).zip")
    ('12411-01-01-4', '12211-Z-11', '1000A-0000')
    >>> table_named("indicator_3-1-2.csv"), table_named("download.csv")
    ('indicator_3-1-2', '')
    """
    if match := _INDICATOR.match(file):
        return match[0]
    match = _CODE.search(file)
    return match[1] if match else ""
