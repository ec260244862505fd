"""The sentences, the box and the lists of the pages for those who steer."""

from __future__ import annotations

from collections.abc import Sequence

from konzept.concept import steering
from konzept.concept.costs import by_year
from konzept.concept.grouping import grouped
from konzept.concept.model import ActionField, Concept, Cost, Event, Measure
from konzept.concept.schedule import (
    CLOSED,
    ON_TIME,
    OVERDUE,
    UNDATED,
    Deadline,
    deadline,
    schedule,
    unreported,
)
from konzept.concept.standing import Tense, tense
from konzept.concept.steering import Decisions, Filing, adoption_sentence, last_step, schedule_counts, span
from konzept.elements.content import Line, Notice, Points, Run, Text, joined, line
from konzept.elements.costs.overview import NAMED, more
from konzept.words import german

_LINES = 4
"""So many bodies or days have a line of their own on the one page; more share one."""

_TITLES = 2
"""So many measures are named in a line; more are counted."""


def lead(concept: Concept) -> Text:
    """State how many measures are before a decision, and how many were decided or carried out."""
    measures = concept.measures
    if not measures:
        return Text((line("In den Daten stehen noch keine Maßnahmen."),), role="lead")
    time = tense(measures, concept.stand)
    early = sum(m.status is not None and m.status.preparing for m in measures)
    decided = sum(m.claims("beschlossen") for m in measures)
    acting = sum(m.status is not None and m.status.acting for m in measures)
    subject = _share(early, len(measures))
    verb = time.be(max(early, 1))
    noun = "Idee" if early <= 1 else "Ideen"
    words = Run(subject if time.past else german.capital(subject), strong=True)
    opening = (f"{german.capital(time.time)} {verb} ", words) if time.past else (words, f" {verb}")
    rest = f" {noun} oder in Vorbereitung. {_further(decided, acting, time)}"
    return Text((line(*opening, rest),), role="lead")


def _share(n: int, total: int) -> str:
    if total == 1:
        return "die einzige Maßnahme" if n else "keine Maßnahme"
    if n == total:
        return german.all_of(total, "Maßnahmen")
    return f"{german.some(n)} der {german.word(total)} Maßnahmen"


def _further(decided: int, acting: int, time: Tense) -> str:
    if not decided and not acting:
        return "Als beschlossen oder umgesetzt ist in den Quellen noch keine vermerkt."
    first = f"Beschlossen {_are(decided, time)}" if decided else "Als beschlossen ist keine vermerkt"
    then = (
        f"in Umsetzung, Daueraufgabe oder abgeschlossen {_are(acting, time)}"
        if acting
        else "umgesetzt noch keine"
    )
    return f"{first}, {then}."


def _are(n: int, time: Tense) -> str:
    return f"{time.be(n)} {german.some(n)}"


def as_of(concept: Concept) -> Text:
    """Name the newest report on the measures' status, and say how old it is at the Stand."""
    last = last_step(concept.measures)
    if last is None:
        return Text((line("Einen Stand der Maßnahmen nennt keine Quelle."),), role="muted")
    age = span(last.day, concept.stand)
    later = (
        f" Spätere Angaben liegen bis zum {german.long_date(concept.stand)} nicht vor, also seit {age}."
        if last.day < concept.stand
        else ""
    )
    title = german.bound(last.source.short_title)
    return Text(
        (line(f"Neueste Angabe zum Status: {german.long_date(last.day)} ({title}).{later}"),), role="muted"
    )


def decisions(concept: Concept, *, short: bool = False) -> Notice:
    """Part what waits for a decision from what was decided, and ask for what no source says.

    The short box has no title and leaves out the adoption: heading and lead of its page say them.
    """
    found = steering.decisions(concept)
    decided = _decided(concept, found, adopted=not short) if found.decided or not short else []
    title = "" if short else "Was zu entscheiden und zu erfragen ist"
    return Notice(title, (*_waiting(concept, found), *decided, *_questions(concept, found)))


def _waiting(concept: Concept, found: Decisions) -> list[Line]:
    head = Run("Zu entscheiden: ", strong=True)
    announced = found.adoption is not None and found.adoption.state != "erfolgt"
    lines = [line(adoption_sentence(concept))] if announced else []
    lines += _filings(found.waiting)
    first, *others = lines or [line("Aus den Quellen ergibt sich keine offene Entscheidung.")]
    return [(head, *first), *others]


def _decided(concept: Concept, found: Decisions, *, adopted: bool) -> list[Line]:
    head = Run("Entschieden: ", strong=True)
    adopted = adopted and found.adoption is not None and found.adoption.state == "erfolgt"
    opening = f"{adoption_sentence(concept)} " if adopted else ""
    if not found.decided:
        return [line(head, f"{opening}Zu einzelnen Maßnahmen nennen die Quellen keine Entscheidung.")]
    lines = [line(head, opening.rstrip())] if opening else []
    for n, decision in enumerate(found.decided[:NAMED]):
        said = "; ".join(f"{c.text} {c.stage.label}" for c in decision.costs) or "beschlossen"
        title = Run(decision.measure.title, target=decision.measure.id)
        lines.append(line(*([head] if not (n or opening) else []), title, f": {said}."))
    return [*lines, *more(len(found.decided) - NAMED)]


def _questions(concept: Concept, found: Decisions) -> list[Line]:
    """Ask the administration what no source says."""
    silent = [m for m in concept.measures if unreported(m, concept.stand)]
    asked = [
        *_about_money(found.unknown),
        *_about_dates(silent),
        *_about_content(concept, found.adoption),
        *_about_others(concept, silent),
    ]
    if not asked:
        return []
    return [line(Run(f"Zu erfragen bei der Verwaltung {concept.town.genitive}:", strong=True)), *asked]


def _about_money(filings: Sequence[Filing]) -> list[Line]:
    if len(filings) > _LINES:
        what = Run(german.count(len(filings), "Maßnahme", "Maßnahmen"), target="@tab-kosten")
        return [line("Ist über die angemeldeten Mittel für ", what, " entschieden?")]
    return [
        line(
            "Ist über die angemeldeten Mittel für ",
            _linked(f.measure),
            f" entschieden ({_amounts(f.costs)})?",
        )
        for f in filings
    ]


def _about_dates(measures: Sequence[Measure]) -> list[Line]:
    if not measures:
        return []
    days = [due.day for m in measures if (due := deadline(m))]
    first, last = german.month(min(days)), german.month(max(days))
    when = f"im {first}" if first == last else f"zwischen {first} und {last}"
    rest = f" geworden, deren Termin {when} verstrichen ist?"
    return [line("Was ist aus ", *_those(measures, "", target="@tab-faellig"), rest)]


def _about_content(concept: Concept, event: Event | None) -> list[Line]:
    if concept.package.official or event is None or event.state != "erfolgt" or event.start is None:
        return []
    when = german.at(event.start, event.end, event.precision)
    text = f"Welche Maßnahmen enthält das {when} beschlossene Konzept?"
    return [line(f"{text} Sein Text liegt nicht vor.")]


def _about_others(concept: Concept, asked: Sequence[Measure]) -> list[Line]:
    last = last_step(concept.measures)
    others = [m for m in concept.measures if m not in asked and schedule(m, concept.stand) != CLOSED]
    if last is None or last.day >= concept.stand or not others:
        return []
    adjective = "übrigen " if asked else ""
    opening = f"Was ist seit dem {german.long_date(last.day)} aus "
    return [line(opening, *_those(others, adjective), " geworden?")]


def _those(measures: Sequence[Measure], adjective: str, *, target: str | None = None) -> Line:
    """Name one measure, or count several, in the dative."""
    if len(measures) == 1:
        return line("der Maßnahme ", _linked(measures[0]))
    counted = f"{german.word(len(measures))} {adjective}Maßnahmen"
    return line("den ", Run(counted, target=target))


def _linked(measure: Measure) -> Run:
    return Run(f"„{measure.title}“", target=measure.id)


def _filings(filings: Sequence[Filing]) -> list[Line]:
    lines: list[Line] = []
    for filing in filings[:NAMED]:
        day = f", Stand {german.long_date(filing.since.day)}" if filing.since else ""
        title = Run(filing.measure.title, target=filing.measure.id)
        lines.append(line(title, f" (angemeldet{day}): {_amounts(filing.costs)}."))
    return [*lines, *more(len(filings) - NAMED)]


def _amounts(costs: Sequence[Cost]) -> str:
    ordered = by_year(costs)
    return "; ".join(c.text for c in ordered) or "Betrag nicht genannt"


def who(concept: Concept) -> Points | Text:
    """Say who leads which measures; the bodies with the most come first."""
    led = grouped(
        (german.listing(actors), measure)
        for measure in concept.measures
        if (actors := measure.actors("federfuehrend"))
    )
    if not led:
        return Text((line("Wer federführend ist, nennen die Quellen nicht."),), role="plain")
    ordered = sorted(led.items(), key=lambda item: -len(item[1]))
    own = ordered if len(ordered) <= _LINES else ordered[: _LINES - 1]
    others = [measures for _, measures in ordered[len(own) :]]
    lines = [line(Run(f"{name}: ", strong=True), *_titled(measures), ".") for name, measures in own]
    if others:
        n = german.count(sum(map(len, others)), "Maßnahme", "Maßnahmen")
        bodies = german.count(len(others), "weitere Stelle", "weitere Stellen")
        lines.append(line(f"{german.capital(bodies)} sind für zusammen {n} federführend."))
    if silent := len(concept.measures) - sum(map(len, led.values())):
        what = german.count(silent, "weitere Maßnahme", "weitere Maßnahmen")
        lines.append(line(f"Für {what} ist keine Federführung genannt."))
    return Points(tuple(lines))


def _titled(measures: Sequence[Measure]) -> Line:
    """Name few measures, count many."""
    if len(measures) > _TITLES:
        return line(german.count(len(measures), "Maßnahme", "Maßnahmen"))
    return joined(line(Run(m.title, target=m.id)) for m in measures)


def by_when(concept: Concept) -> Points | Text:
    """Say by when measures are due, the earliest first, and for how many no day is named."""
    found = [(due, f, m) for f in concept.fields for m in f.measures if (due := deadline(m))]
    if not found:
        return Text((line("Termine nennen die Quellen nicht."),), role="plain")
    groups = grouped(
        ((_until(due, measure), field.id, unreported(measure, concept.stand)), (due, field, measure))
        for due, field, measure in sorted(found, key=lambda item: item[0].day)
    )
    if len(groups) <= _LINES:
        lines = [_due(concept, group) for group in groups.values()]
    else:
        lines = _counted(concept, [m for _, _, m in found])
    if silent := sum(m.end is None and schedule(m, concept.stand) == UNDATED for m in concept.measures):
        what = german.count(silent, "weitere Maßnahme", "weitere Maßnahmen")
        lines.append(line(f"Für {what} nennen die Quellen keinen Termin."))
    return Points(tuple(lines))


def _until(due: Deadline, measure: Measure) -> str:
    if due.kind == "Ende" and measure.precision in ("monat", "jahr"):
        return f"bis Ende {due.text}"
    return f"{'bis zum' if due.kind == 'Ende' else f'{due.kind} am'} {german.long_date(due.day)}"


def _due(concept: Concept, group: Sequence[tuple[Deadline, ActionField, Measure]]) -> Line:
    """Say by when the measures of one field and day are due."""
    due, field, measure = group[0]
    one = len(group) == 1
    counted = Run(german.capital(german.count(len(group), "Maßnahme", "Maßnahmen")), target="@tab-faellig")
    what = (
        (Run(measure.title, target=measure.id),)
        if one
        else (counted, Run(f" im Handlungsfeld „{field.name}“"))
    )
    passed = "; der Termin ist verstrichen" if due.day < concept.stand else ""
    unknown = f", ob sie erledigt {'ist' if one else 'sind'}, ist nicht bekannt"
    rest = unknown if unreported(measure, concept.stand) else ""
    return line(*what, f": {_until(due, measure)}{passed}{rest}.")


def _counted(concept: Concept, measures: Sequence[Measure]) -> list[Line]:
    """Count the measures whose day has passed or is to come, where they are too many to name."""
    place = Run("Maßnahmen mit Termin", target="@tab-faellig")
    late = sum(schedule(m, concept.stand) == OVERDUE for m in measures)
    silent = sum(unreported(m, concept.stand) for m in measures)
    lines = []
    if late:
        known = f"; bei {german.some(silent, 'er')} ist nicht bekannt, ob sie erledigt {'ist' if silent == 1 else 'sind'}"
        what = german.count(late, "Maßnahme", "Maßnahmen", gender="er")
        lines.append(line(f"Bei {what} ist der Termin verstrichen{known if silent else ''} (", place, ")."))
    ahead = sorted(due.day for m in measures if (due := deadline(m)) and due.day >= concept.stand)
    if ahead:
        what = german.count(len(ahead), "Maßnahme", "Maßnahmen", gender="er")
        lines.append(
            line(
                f"Bei {what} steht der Termin bevor, der nächste am {german.long_date(ahead[0])} (",
                place,
                ").",
            )
        )
    return lines


def schedule_sentence(concept: Concept) -> Text:
    """State for how many measures the day has passed or is to come, and how many have none."""
    measures = concept.measures
    if not measures:
        return Text((line("In den Daten stehen noch keine Maßnahmen."),), role="plain")
    counts = schedule_counts(concept, measures)
    day = f" (Stand {german.date(concept.stand)})."
    if len(measures) == 1:
        (state,) = counts
        unknown = "; ob sie erledigt ist, ist nicht bekannt" if unreported(measures[0], concept.stand) else ""
        return Text((line(Run(f"Die einzige Maßnahme {_PREDICATES[state][0]}", strong=True), unknown, day),))
    late = counts[OVERDUE]
    opening = (
        f"Bei {german.some(late, 'er')} von {german.word(len(measures))} Maßnahmen ist der Termin verstrichen"
    )
    rest = [
        f"{german.some(counts[state])} {_PREDICATES[state][counts[state] > 1]}"
        for state in (ON_TIME, UNDATED, CLOSED)
        if counts[state]
    ]
    silent = sum(unreported(m, concept.stand) for m in measures)
    whether = f"ob sie erledigt {'ist' if silent == 1 else 'sind'}"
    known = (
        f"{whether}, ist nicht bekannt"
        if silent == late
        else f"bei {german.some(silent, 'er')} ist nicht bekannt, {whether}"
    )
    text = (f" ({known})" if silent else "") + (f"; {german.listing(rest)}" if rest else "")
    return Text((line(Run(opening, strong=True), text, day),), role="plain")


_PREDICATES = {
    OVERDUE: ("hat einen verstrichenen Termin", "haben einen verstrichenen Termin"),
    ON_TIME: ("ist im Plan", "sind im Plan"),
    UNDATED: ("hat keinen Termin", "haben keinen Termin"),
    CLOSED: ("ist erledigt oder verworfen", "sind erledigt oder verworfen"),
}
"""What a sentence says of one measure and of several."""
