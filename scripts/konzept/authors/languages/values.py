"""Numbers and days that flow from the data into a text in any language, and claims that must hold of them.

    massnahmen, massnahmen/bildung       how many measures there are, in all or in a field
    felder, felder/ohne                  how many action fields there are, and how many without a measure
    status/idee                          how many measures have this status
    i-…/GEBIET                           an indicator's newest value for an area
    e-…                                  the day of an event

A text names them: `` {zahl}`massnahmen` ``, `:gilt: status/idee > status/geplant`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from konzept.authors.languages.sources import Missing, last_statuses
from konzept.data.problems import suggestion
from konzept.data.reading import Reading

_CLAIM = re.compile(r"(\S+) ([<>=]) (\S+)")


@dataclass(frozen=True)
class Value:
    """A number with its unit, or a day."""

    number: Decimal = Decimal(0)
    unit: str = ""
    day: dt.date | None = None
    precision: str = "tag"

    def told(self, locale: Locale) -> str:
        """Write it as the language does, without marks of direction: the page sees to that."""
        if self.day is not None:
            if self.precision == "jahr":
                return str(self.day.year)
            written = (
                format_skeleton("yMMMM", self.day, locale=locale)
                if self.precision == "monat"
                else format_date(self.day, "long", locale=locale)
            )
        elif self.unit == "Prozent":
            written = format_percent(self.number / 100, locale=locale, decimal_quantization=False)
        else:
            written = format_decimal(self.number, locale=locale, decimal_quantization=False)
        # Ukrainian dates end with an abbreviation, whose point would stand before that of the sentence.
        return re.sub("[\u200e\u200f\u061c]", "", re.sub(r"\s*р\.$", "\u00a0року", str(written)))


def value(reading: Reading, name: str) -> Value:
    """Find a value by its name.

    Raises
    ------
    Missing
        The data have none of this name.
    """
    head, _, rest = name.partition("/")
    rows = reading.rows
    if re.match(r"i-", head):
        return _observed(reading, head, rest)
    if head.startswith("e-"):
        event = next((row for row in rows["ereignisse"] if row["id"] == name), None)
        if event is None or event["von"] is None:
            raise Missing(
                f"Ein Ereignis „{name}“ mit einem Tag gibt es nicht.{suggestion(name, reading.keys('ereignisse'))}"
            )
        return Value(day=event["von"], precision=event["genauigkeit"] or "tag")
    fields = reading.keys("handlungsfelder")
    measures = Counter(row["handlungsfeld_id"] for row in rows["massnahmen"])
    statuses = Counter(last_statuses(reading).values())
    known = {
        "massnahmen": measures.total(),
        **{f"massnahmen/{field}": measures[field] for field in fields},
        "felder": len(fields),
        "felder/ohne": sum(not measures[field] for field in fields),
        **{
            f"status/{word}": statuses[word]
            for word in (reading.package.words("statusverlauf", "status") if reading.package else ())
        },
    }
    if name not in known:
        raise Missing(f"Den Wert „{name}“ gibt es nicht.{suggestion(name, known)}")
    return Value(Decimal(known[name]))


def _observed(reading: Reading, indicator: str, area: str) -> Value:
    found = [
        row
        for row in reading.observations.get(indicator, ())
        if row["gebiet_id"] == area
        and row["art"] == "ist"
        and row["gruppe_id"] == "insgesamt"
        and row["wert"] is not None
        and row["jahr"]
    ]
    about = next((row for row in reading.rows["indikatoren"] if row["id"] == indicator), None)
    if not found or about is None:
        raise Missing(
            f"Einen Wert „{indicator}/{area}“ gibt es nicht.{suggestion(indicator, reading.keys('indikatoren')) if about is None else ''}"
        )
    last = max(found, key=lambda row: row["jahr"])
    return Value(Decimal(str(last["wert"])).normalize(), about["einheit"])


def holds(reading: Reading, claim: str) -> bool:
    """Tell whether a claim holds of the data: „status/idee > status/geplant“.

    Raises
    ------
    Missing
        It is no claim, or asks for a value that there is none of.
    """
    match = _CLAIM.fullmatch(claim)
    if match is None:
        raise Missing(
            f"„{claim}“ ist keine Aussage. Schreiben Sie zum Beispiel „status/idee > status/geplant“."
        )
    left, right = (
        Decimal(name) if re.fullmatch(r"\d+", name) else value(reading, name).number
        for name in (match[1], match[3])
    )
    return {"<": left < right, ">": left > right, "=": left == right}[match[2]]
