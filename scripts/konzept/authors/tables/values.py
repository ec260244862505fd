"""Cells of a concept → values, where the meaning is certain; else the reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from konzept.authors.excel.periods import ACCURACIES, period_of
from konzept.authors.tables.words import folded, meaning, words
from konzept.words import german, official

_OPEN = re.compile(r"[,;(]?\s*\b(?:fortlaufend|dauerhaft|kontinuierlich|unbefristet|laufend)\b\)?|\bff?\.")
_UNIT = r"(?P<unit>Mio\.?\s*(?:€|Euro)|T€|TEUR|Tsd\.?\s*(?:€|Euro)|Tausend Euro|€|EUR\b|Euro\b)"
_AMOUNT = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[.\u00a0 ]\d{{3}})+(?:,\d{{1,2}})?|\d+(?:,\d{{1,2}})?)(?:,-+|,–)?\s*{_UNIT}",
    re.IGNORECASE,
)
_TIMES = {"mio": 1_000_000, "t": 1000}
_SORTS = {
    "jaehrlich": r"jährlich\w*|jährl\.|p\.\s*a\.|pro Jahr|je Jahr|/\s*(?:Jahr|a\b)|im Jahr(?!\s*\d)",
    "einmalig": r"einmalig\w*",
    "anlauf": r"Anlaufkosten|Anschubfinanzierung|als Anlauf",
}
_BUDGET = {
    "beschlossen": r"im Haushalt(?:splan)?(?: \d{4})?(?: (?:eingestellt|veranschlagt|vorhanden|enthalten|eingeplant))?",
    "angemeldet": r"(?:zum|für den) Haushalt(?: \d{4})? angemeldet|angemeldet",
}
_SCHOOL_YEAR = re.compile(r"(?:im )?Schuljahr (\d{4}) ?/ ?(?:20)?(\d\d)")
_NO_CALENDAR_YEAR = re.compile(r"(?:Schul|Kita-?|Kindergarten)jahr", re.IGNORECASE)
_CIRCA = r"\b(?:ca\.?|circa|zirka|rund|etwa|ungefähr)(?=\W|$)"
_YEAR = re.compile(r"(?:(?:im Jahr|in|für|ab) )?\b((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Span:
    """When something begins and ends; what is not known is empty."""

    first: str = ""
    last: str = ""
    accuracy: str = ""
    endless: bool = False
    single: bool = False
    """Whether it is within one year."""


def span(text: str) -> Span | None:
    """Read a stretch of time; None where it is not certain.

    Examples
    --------
    >>> span("2024 – 2026"), span("ab Januar 2025").first, span("bis Ende 2026").last, span("kurzfristig")
    (Span(first='2024-01-01', last='2026-12-31', accuracy='jahr', endless=False, single=False), '2025-01-01', '2026-12-31', None)
    >>> span("ab 2025 fortlaufend").first, span("ab 2025 fortlaufend").last, span("ab 2025 fortlaufend").endless
    ('2025-01-01', '', True)
    """
    text = re.sub(r"\s*[–—-]\s*", "-", " ".join(text.split()))
    text, endless = _OPEN.subn("", text)
    text = text.strip(" ,;")
    if not text:
        return Span(endless=True) if endless else None
    if match := re.fullmatch(r"(?:ab|seit|von|beginn(?:end)?(?: ab)?:?)\s+(.+?)-?", text, re.IGNORECASE):
        one = _time(match[1])
        if one:
            return Span(one[0], "", one[2], bool(endless))
    if match := re.fullmatch(
        r"(?:bis|spätestens|bis spätestens)(?: zum)?(?: Ende| einschließlich)?\s+(.+)", text, re.IGNORECASE
    ):
        one = _time(match[1])
        return None if one is None or endless else Span("", one[1], one[2])
    if one := _time(text):
        single = one[0][:4] == one[1][:4]
        return Span(one[0], "", one[2], endless=True) if endless else Span(*one, single=single)
    parts = re.split(r"-|\s+bis\s+(?:Ende\s+)?", re.sub(r"^(?:von|ab)\s+", "", text))
    times = [_time(part) for part in parts]
    if len(times) == 2 and times[0] and times[1] and times[0][0] <= times[1][1] and not endless:
        coarsest = max(times[0][2], times[1][2], key=ACCURACIES.index)
        return Span(times[0][0], times[1][1], coarsest)
    return None


def _time(text: str) -> tuple[str, str, str] | None:
    """Read one time: first day, last day, accuracy."""
    # A year of school begins on the first of August everywhere in Germany, a year of a Kita does not.
    if (match := _SCHOOL_YEAR.fullmatch(text)) and (int(match[1]) + 1) % 100 == int(match[2]):
        return f"{match[1]}-08-01", f"{int(match[1]) + 1}-07-31", "monat"
    if _NO_CALENDAR_YEAR.search(text):
        return None
    if found := period_of(text):
        whole_years = found.first.endswith("-01-01") and found.last.endswith("-12-31")
        return (found.first, found.last, "jahr" if whole_years else "monat") if found.first else None
    if known := official.span(text):
        return known.first.isoformat(), known.last.isoformat(), known.precision
    return None


@dataclass(frozen=True)
class Cost:
    """An amount as a concept names it; what it does not say is empty."""

    amount: Decimal
    circa: bool
    sort: str
    year: str
    budget: str


def sorts_in(text: str) -> list[str]:
    """Tell what a text says of the kind of costs.

    Examples
    --------
    >>> sorts_in("Kosten pro Jahr"), sorts_in("Kosten")
    (['jaehrlich'], [])
    """
    return _said(_SORTS, text)[1]


def cost(text: str, heading: str = "") -> Cost | None:
    """Read an amount of money; None where there is none, more than one, or words that are not understood.

    The heading may give unit and year; of the kind only the cell's own words are told.

    Examples
    --------
    >>> cost("ca. 20.000 € (einmalig, 2025)")
    Cost(amount=Decimal('20000'), circa=True, sort='einmalig', year='2025', budget='unbekannt')
    >>> cost("5 T€ p. a.").amount, cost("5 T€ p. a.").sort, cost("10.000–20.000 €"), cost("im Haushalt")
    (Decimal('5000'), 'jaehrlich', None, None)
    >>> cost("1.500", "Kosten in €").amount
    Decimal('1500')
    """
    text = " ".join(text.split())
    match = _AMOUNT.search(text)
    if match is None and (named := re.search(_UNIT, heading, re.IGNORECASE)):
        return cost(f"{text} {named['unit']}", heading)
    if match is None or re.search(r"[-–−]\s*$", text[: match.start()]):
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    rest, budget = _said(_BUDGET, rest)
    rest, sort = _said(_SORTS, rest)
    rest, circa = re.subn(_CIRCA, " ", rest, flags=re.IGNORECASE)
    years = {*_YEAR.findall(f"{rest} {heading}")}
    if re.search(r"\w", _YEAR.sub(" ", rest)) or max(len(years), len(budget), len(sort)) > 1:
        return None
    number = Decimal(re.sub(r"[.\u00a0 ]", "", match["number"]).replace(",", "."))
    factor = next((n for start, n in _TIMES.items() if match["unit"].casefold().startswith(start)), 1)
    return Cost(number * factor, bool(circa), *(sort or [""]), *(years or {""}), *(budget or ["unbekannt"]))


def _said(forms: Mapping[str, str], text: str) -> tuple[str, list[str]]:
    """Take words of a kind out of a text, and give what they mean."""
    found = []
    for meant, form in forms.items():
        text, times = re.subn(form, " ", text, flags=re.IGNORECASE)
        found += [meant] * bool(times)
    return text, found


def day_of_paper(text: str) -> str:
    """Find the day that a cover names as its own: „Stand: 25.06.2025“, „beschlossen am 25. Juni 2025“.

    Examples
    --------
    >>> day_of_paper("Beschlossen vom Rat am 25. Juni 2025"), day_of_paper("Sitzung am 1.2.2025")
    ('2025-06-25', '')
    """
    months = "|".join(german.MONTHS)
    match = re.search(
        rf"(?:\bStand|[Bb]eschlossen|[Bb]eschluss|[Vv]erabschiedet)\b[^.\d]{{0,60}}(\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}\. ?(?:{months}) \d{{4}})",
        text,
    )
    try:
        return german.parse_date(match[1]).isoformat() if match else ""
    except ValueError:
        return ""


def parts_of_names(text: str) -> list[str]:
    """Part a list of bodies where that is safe: not at „und“, and at commas only where no part has one.

    Examples
    --------
    >>> parts_of_names("VHS, Jobcenter / AWO"), parts_of_names("Fachdienst Jugend, Soziales und Teilhabe")
    (['VHS', 'Jobcenter', 'AWO'], ['Fachdienst Jugend, Soziales und Teilhabe'])
    """
    found = []
    for part in re.split(r"\n|;|\s/\s", text):
        pieces = [piece.strip() for piece in re.split(r",(?![^(]*\))", part.strip(" ,"))]
        whole = any(
            re.search(r"\bund\b|\bu\.|&", _OTHERS.sub("", piece)) or not piece[:1].isupper()
            for piece in pieces
        )
        found += [part.strip(" ,")] if whole else pieces
    return [part for part in found if part.strip(" .")]


@dataclass(frozen=True)
class Body:
    """A body as a cell names it."""

    name: str
    role: str = ""
    """What the cell itself says of its part; else empty."""
    others: bool = False
    """Whether „u. a.“ means more bodies."""
    certain: bool = True


def body(text: str) -> Body:
    """Read a body with its role.

    Examples
    --------
    >>> body("Jobcenter (federführend)"), body("VHS u. a.").others, body("AWO/DRK").certain, body("Volkshochschule (VHS)").name
    (Body(name='Jobcenter', role='federfuehrend', others=False, certain=True), True, False, 'Volkshochschule (VHS)')
    """
    name, others = _OTHERS.subn("", text)
    role = ""
    if match := re.fullmatch(r"(?P<name>.+?)\s*\((?P<role>[^()]+)\)|(?P<role_>[^:]+):\s*(?P<name_>.+)", name):
        said = meaning("spalte", match["role"] or match["role_"])
        if said in ROLES:
            name, role = match["name"] or match["name_"], said
    name = name.strip(" .,")
    several = re.search(r"[:/,]|\([a-zäöü]", name) or sort_of_body(name.partition(" und ")[2])
    return Body(name, role, bool(others), not several)


def sort_of_body(name: str) -> str:
    """Tell of what sort a body is by the word that its name begins with; empty where no word is known.

    Examples
    --------
    >>> sort_of_body("Fachdienst Soziales"), sort_of_body("Ehrenamt")
    ('stadtverwaltung', '')
    """
    known = words("akteur")
    fits = (word for word in sorted(known, key=len, reverse=True) if folded(name).startswith(word))
    return known.get(next(fits, ""), "")


ROLES = ("federfuehrend", "beteiligt", "finanzierend")
_OTHERS = re.compile(r",?\s*(?:\bu\. ?a\.(?: ?m\.)?|\busw\.|\betc\.|\bund (?:andere|weitere)\b)\s*$")

PERSON = re.compile(r"\b(?:Frau|Herr|Herrn|Fr\.|Hr\.|Dr\.|Prof\.)\s+\w")
"""Whoever is named so is no body."""
