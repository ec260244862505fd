"""What an indicator's values show, in a sentence: over time, of several groups, or of many places side by side."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from konzept.concept.claims import Change, Claim, Dated, Jump, Turn, claim_of, movement, worded
from konzept.concept.model import Concept, Indicator, Observation
from konzept.concept.series import Series, dated, series_of
from konzept.concept.values import at, digits_of, value_text
from konzept.words import german
from konzept.words.labels import LEVELS

EVERYONE = "insgesamt"
"""The group of all people."""


MANY = 6
"""More areas than this are compared as dots, not as lines."""


def is_comparison(indicator: Indicator) -> bool:
    """Tell whether an indicator has many areas at one time."""
    own = values_side_by_side(indicator)
    return len({o.area.id for o in own}) > MANY and len({o.time for o in own}) == 1


def tells_of_groups(indicator: Indicator) -> bool:
    """Tell whether an indicator tells of groups of people, and not of everyone alike."""
    return any(o.group != EVERYONE for o in indicator.actual())


ABSOLUTE = ("Personen", "Anzahl", "km²", "Euro")


def comparison_finding(concept: Concept, indicator: Indicator) -> str:
    """State the town's value and how many of its like lie above it.

    What is smaller may be part of it: a district is compared with other districts, and its municipalities stand beside it.
    """
    values = values_side_by_side(indicator)
    phrase = phrase_of(indicator)
    mine = next((o for o in values if o.area.id == concept.town.area_id), None)
    if mine is None:
        top = max(compared(indicator), key=lambda o: o.value or 0)
        return f"{german.capital(top.area.phrase)} lag {phrase} {at(top)} mit {value_text(indicator, top)} am höchsten."
    parts = [f"{german.capital(mine.area.phrase)} lag {phrase} {at(mine)} bei {value_text(indicator, mine)}"]
    if peers := [
        o for o in _shown(indicator) if o.area.peer and (o.time, o.group) == (mine.time, mine.group)
    ]:
        above = sum((o.value or 0) > (mine.value or 0) for o in peers)
        verb = "hatten" if above > 1 else "hatte"
        name = concept.package.level(mine.area.level).plural
        parts.append(f"{german.some(above)} der {len(peers)} anderen {name} {verb} einen höheren Wert")
    ranked = compared(indicator)
    if ranked and LEVELS.index(ranked[0].area.level) < LEVELS.index(mine.area.level):
        ends = [f"{value_text(indicator, o)} ({o.area.name})" for o in (ranked[0], ranked[-1])]
        name = concept.package.level(ranked[0].area.level).plural
        parts.append(f"die Werte der {name} lagen zwischen {ends[0]} und {ends[1]}")
    return f"{'; '.join(parts)}."


def compared(indicator: Indicator) -> list[Observation]:
    """Give the values of areas that are like each other, from the lowest to the highest."""
    values = _shown(indicator)
    level = level_of(values)
    return sorted((o for o in values if o.area.level == level), key=lambda o: (o.value or 0, o.area.rank))


def level_of(values: Iterable[Observation]) -> str:
    """Name the level of which most areas have a value, of equally many the smaller ones.

    A district has its like and its members: those are compared of which there are more, never both as one.
    """
    counts = Counter(area.level for area in dict.fromkeys(o.area for o in values))
    return max(counts, key=lambda level: (counts[level], -LEVELS.index(level)), default=LEVELS[0])


def values_side_by_side(indicator: Indicator) -> list[Observation]:
    """The values that can share an axis: of areas alike, of the town and of what holds both; for counts of areas alike alone."""
    values = _shown(indicator)
    level = level_of(values)
    larger = LEVELS[LEVELS.index(level) + 1 :]
    return [
        o
        for o in values
        if o.area.level == level
        or (indicator.unit not in ABSOLUTE and (o.area.own or (o.area.level in larger and not o.area.peer)))
    ]


def _shown(indicator: Indicator) -> list[Observation]:
    """Give the values that are compared with others; parts of a municipality have tables of their own."""
    return [o for o in indicator.actual() if o.value is not None and o.area.level != "ortsteil"]


def finding(indicator: Indicator) -> str:
    """State what the observations show, for the area nearest to the town.

    Of one group it is the claim of its values since the last break in the series.
    Of several groups it is their newest values; of two also their distance, or the multiple that one alone reached.
    Several municipalities or districts that are not the town itself are given from the lowest to the highest.
    """
    phrase = phrase_of(indicator)
    series = series_of(indicator)
    if not series:
        return _finding_of_points(indicator, phrase)
    area = series[0].area
    if not area.own and (peers := peers_of(series)):
        return _range(indicator, phrase, peers)
    groups = leaders(series)
    place = german.capital(area.phrase)
    if len(groups) == 1:
        verb, rest = worded(recent_claim(indicator, groups[0]))
        return f"{place} {verb} {phrase} {rest}{_before_break(indicator, groups[0])}."
    return f"{place} {_of_groups(indicator, phrase, groups)}."


def phrase_of(indicator: Indicator) -> str:
    """Name what is measured as the subject of a sentence."""
    return indicator.phrase or f"der Wert „{indicator.name}“"


def leaders(series: Sequence[Series]) -> list[Series]:
    """Take one series for each group of the first area: the one with the newest value."""
    found: dict[str, Series] = {}
    for s in series:
        if s.area == series[0].area:
            found.setdefault(s.group, s)
    return list(found.values())


def recent_claim(indicator: Indicator, series: Series) -> Claim:
    """Claim what the values show that can be compared with the newest one."""
    return claim_of([dated(indicator, o) for o in series.segments()[-1]])


def _before_break(indicator: Indicator, series: Series) -> str:
    """Tell of the values before a break where those after it are too few to show anything."""
    parts = series.segments()
    if len(parts) < 2 or len(parts[-1]) > 2 or len(parts[-2]) < 3 or not parts[-1][0].after_break:
        return ""
    verb, rest = worded(claim_of([dated(indicator, o) for o in parts[-2]]))
    return f"; vor dem Bruch der Reihe {verb} der Wert {rest}"


def peers_of(series: Sequence[Series]) -> list[Observation]:
    """Find the newest values of the areas of the first one's level, where those do not hold the town."""
    first = series[0].area
    if first.level not in ("ortsteil", "gemeinde") and not first.peer:
        return []
    found = {s.area.id: s.last for s in reversed(series) if s.area.level == first.level and not s.area.own}
    return list(found.values()) if len(found) > 1 else []


def _range(indicator: Indicator, phrase: str, peers: Sequence[Observation]) -> str:
    low, high = (pick(peers, key=lambda o: o.value or 0) for pick in (min, max))
    same = len({o.time for o in peers}) == 1
    when = f" {at(low)}" if same else ""
    ends = [f"{value_text(indicator, o)} ({o.area.name}{'' if same else f', {o.time}'})" for o in (low, high)]
    return f"{german.capital(phrase)} lag{when} zwischen {ends[0]} und {ends[1]}."


def _of_groups(indicator: Indicator, phrase: str, groups: Sequence[Series]) -> str:
    """Compare groups of one area; the sentence follows the place."""
    last = [s.last for s in groups]
    if len(groups) == 2:
        claims = [recent_claim(indicator, s) for s in groups]
        told = [n for n, claim in enumerate(claims) if _has_factor(claim)]
        if len(told) == 1:
            own, other = told[0], last[1 - told[0]]
            verb, rest = worded(claims[own])
            aside = f"zum Vergleich: {value_text(indicator, other)} ({other.group}, {other.time})"
            return f"{verb} {phrase} ({groups[own].group}) {rest}; {aside}"
    if len({o.time for o in last}) > 1:
        values = german.listing([f"{at(o)} bei {value_text(indicator, o)} ({o.group})" for o in last])
        return f"lag {phrase} {values}"
    values = german.listing([f"{value_text(indicator, o)} ({o.group})" for o in last])
    return f"lag {phrase} {at(last[0])} bei {values}{_distance(indicator, groups)}"


def _has_factor(claim: Claim) -> bool:
    return isinstance(claim, Jump | Turn | Change) and claim.factor is not None


def _distance(indicator: Indicator, groups: Sequence[Series]) -> str:
    """Say how far two groups lie apart, and how that came about where it changed by a quarter at least."""
    if len(groups) != 2:
        return ""
    one, other = ({o.time: dated(indicator, o) for o in s.segments()[-1]} for s in groups)
    gaps: list[Dated] = []
    digits = digits_of(indicator)
    for time in [o.time for o in groups[0].segments()[-1]][::-1]:
        if time not in other or one[time].circa or other[time].circa:
            break
        shown = abs(one[time].shown - other[time].shown)
        exact = abs(one[time].exact - other[time].exact)
        gaps.insert(
            0, dataclasses.replace(one[time], text=german.number(shown, digits), shown=shown, exact=exact)
        )
    if not gaps or not gaps[-1].shown:
        return ""
    last = gaps[-1]
    unit = difference_unit(indicator, last.shown)
    moved = movement(claim_of(gaps))
    if moved is None or not moved[0].shown or 4 * abs(last.shown - moved[0].shown) < moved[0].shown:
        return f"; der Abstand betrug {german.quantity(last.shown, unit, digits=digits)}"
    verb = "wuchs" if last.shown > moved[0].shown else "schrumpfte"
    now = german.quantity(last.shown, unit, digits=digits)
    return f"; der Abstand {verb} von {moved[0].text} ({moved[0].time}) auf {now} ({last.time})"


def difference_unit(indicator: Indicator, gap: Decimal) -> str:
    """Name the unit of a difference: of percentages it is percentage points."""
    if indicator.unit != "Prozent":
        return indicator.unit
    return "Prozentpunkt" if gap == 1 else "Prozentpunkte"


def _finding_of_points(indicator: Indicator, phrase: str) -> str:
    loose = [o for o in indicator.actual() if o.value is not None]
    if loose:
        nearest = min(loose, key=lambda o: o.area.rank)
        place = german.capital(nearest.area.phrase)
        return f"{place} lag {phrase} bei {value_text(indicator, nearest)}; ein Jahr ist nicht genannt."
    if any(o.precision == "nur_trend" for o in indicator.actual()):
        return f"Für „{indicator.name}“ nennt die Quelle eine Richtung, aber keine Zahl."
    return f"Für „{indicator.name}“ sind alle Werte gesperrt."


def in_order(observed: Iterable[Observation]) -> list[Observation]:
    """Sort observations by the one order of areas, and else as the data have them."""
    return sorted(observed, key=lambda o: o.area.rank)
