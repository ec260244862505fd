"""What must hold across tables.

A rule takes the tables as read (types and keys are right by then) and yields findings:
the table, the row's position, the column, and a German sentence.  What one row tells by itself
is a line of the table at the end, all else a small function.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from operator import itemgetter

from konzept.data.answers import ANSWERS
from konzept.data.doubtful import DOUBTFUL
from konzept.data.impossible import IMPOSSIBLE
from konzept.data.package import PROJECTS, Package
from konzept.data.problems import Problem, suggestion
from konzept.data.reading import Reading
from konzept.data.town import TOWN
from konzept.data.violation import (
    Row,
    RowRule,
    Rule,
    Tables,
    Violation,
    appeared,
    apply,
    earliest_day,
    grouped,
    standing_once,
)
from konzept.words import german
from konzept.words.labels import LEVELS


def apply_rules(reading: Reading) -> tuple[Problem, ...]:
    """Apply every rule to tables that were read without problems."""
    return (*_own_area(reading), *_stand_is_of_our_time(reading), *apply((*RULES, *IMPOSSIBLE), reading))


def _own_area(reading: Reading) -> Iterator[Problem]:
    """Say when the town's own area is none of the areas: nothing would be its own."""
    package, areas = reading.package, reading.keys("gebiete")
    if package is None or reading.problems:
        return
    if package.town.area_id in areas:
        yield from _of_another_level(reading, package)
        return
    key = package.town.area_id
    message = f"„{key}“ (gebiet_id) gibt es in gebiete nicht.{suggestion(key, areas)}"
    yield Problem(f"{package.folder.name}/{TOWN}", None, None, message, key)


def _of_another_level(reading: Reading, package: Package) -> Iterator[Problem]:
    """Say when the town's own area cannot be that of a town of its kind; a town may also be a district."""
    level = next(row["ebene"] for row in reading.rows["gebiete"] if row["id"] == package.town.area_id)
    usual = package.town.sort.level
    if level not in (usual, "kreis") if package.town.kind == "stadt" else level != usual:
        yield Problem(
            f"{package.folder.name}/{TOWN}",
            None,
            None,
            f"Das eigene Gebiet „{package.town.area_id}“ (gebiet_id) hat die Ebene „{level.label}“; "
            f"zur Art „{package.town.kind}“ gehört eines der Ebene „{package.words('gebiete', 'ebene')[LEVELS.index(usual)].label}“. Berichtigen Sie eines von beiden.",
        )


_LONG, _LONGEST = 366, 3653
"""Days after the newest that the data know: who sets such a Stand is asked, or has mistyped it."""


def _newest_day(reading: Reading) -> dt.date | None:
    """Give the newest day of which the data know something: a paper, a look at it, a status, an event that took place."""
    days = [row[name] for row in reading.rows["dokumente"] for name in ("datum", "zugriff_am")]
    days += [row["datum"] for row in reading.rows["statusverlauf"]]
    days += [row["bis"] or row["von"] for row in reading.rows["ereignisse"] if row["stand"] == "erfolgt"]
    return max((day for day in days if day), default=None)


def _stand_is_of_our_time(reading: Reading) -> Iterator[Problem]:
    """A Stand far from all that the data know would let everything pass that lies in the future."""
    package = reading.package
    if package is None or reading.problems or (newest := _newest_day(reading)) is None:
        return
    if (package.stand - newest).days > _LONGEST:
        yield Problem(
            f"{package.folder.name}/{TOWN}",
            None,
            None,
            f"Der Stand der Daten ({german.date(package.stand)}) liegt mehr als zehn Jahre nach dem jüngsten Tag, von dem die Daten wissen ({german.date(newest)}). "
            "Berichtigen Sie „stand“.",
        )


def stand_is_reached(reading: Reading, today: dt.date) -> Iterator[Problem]:
    """Nobody knows the state of a day to come, and where nothing has been added for long the Stand is older."""
    package = reading.package
    if package is None or reading.problems or any(_stand_is_of_our_time(reading)):
        return
    stand, newest = german.date(package.stand), _newest_day(reading)
    sentence = None
    if package.stand > today:
        sentence = f"Der Stand der Daten ({stand}) liegt in der Zukunft. Prüfen Sie „stand“."
    elif newest and (package.stand - newest).days > _LONG:
        sentence = (
            f"Der Stand der Daten ({stand}) liegt mehr als ein Jahr nach dem jüngsten Tag, von dem die Daten wissen ({german.date(newest)}). "
            "Prüfen Sie „stand“, oder ergänzen Sie, was seither bekannt ist."
        )
    if sentence:
        yield Problem(f"{package.folder.name}/{TOWN}", None, None, sentence, hint=True)


def apply_hints(reading: Reading) -> tuple[Problem, ...]:
    """Find what is possible, but seldom meant; it keeps nobody from building."""
    return (*stand_is_reached(reading, dt.date.today()), *apply(DOUBTFUL, reading, hint=True))


_TARGETS = ("ziel_id", "querfeld_id", "indikator_id", "ereignis_id", "verwandt_id")
_SILENT = ("nur_trend", "gesperrt")
"""What is known so exactly is known without a number."""


def _targets(row: Row) -> list[str]:
    return [name for name in _TARGETS if row[name]]


def _in_order(table: str, first: str, last: str) -> RowRule:
    """What begins does not begin after its end."""
    return RowRule(
        table,
        last,
        lambda row, data: row[first] and row[last] and row[first] > row[last],
        lambda row, data: (
            f"Das Ende ({german.date(row[last])}) liegt vor dem Beginn ({german.date(row[first])}). Berichtigen Sie einen der beiden Tage."
        ),
    )


def _is_adoption(row: Row, data: Tables) -> bool:
    """Tell whether the town's own concept was adopted by an event."""
    own = row["gebiet_id"] in ("", None, data.town.area_id)
    return own and row["art"] == "verabschiedung" and row["stand"] == "erfolgt"


def _adoption_names(column: str, what: str) -> RowRule:
    """Who adopted the concept, and when, is known; else it is no adoption."""
    return RowRule(
        "ereignisse",
        column,
        lambda row, data: _is_adoption(row, data) and not row[column],
        f"Hier fehlt {what}. Ergänzen Sie die Angabe, oder geben Sie dem Ereignis die Art „Beschluss“.",
    )


def adopted_once(data: Tables) -> Iterator[Violation]:
    """A concept is adopted once; whatever else is decided about it is a decision like others."""
    events = data["ereignisse"]
    first, *others = [i for i, row in enumerate(events) if _is_adoption(row, data)] or [0]
    for i in others:
        yield Violation(
            "ereignisse",
            i,
            "art",
            f"Verabschiedet ist das Konzept schon durch „{events[first]['id']}“. "
            "Geben Sie einem der beiden Ereignisse die Art „Beschluss“.",
        )


def _not_after_its_source(table: str, column: str, what: str) -> RowRule:
    """A source tells nothing that happened on a day after its own."""
    return RowRule(
        table,
        column,
        # What lies after the Stand of the data has a sentence of its own.
        lambda row, data: (
            row[column]
            and row.get("stand", "erfolgt") == "erfolgt"
            and (day := appeared(row, data))
            and day < row[column] <= data.stand
        ),
        lambda row, data: (
            f"{what} {german.date(row[column])}, die Quelle „{row['quelle_id']}“ war aber am {german.date(appeared(row, data) or data.stand)} schon erschienen und kann davon nicht berichten. "
            "Nennen Sie die Quelle, die es belegt, oder berichtigen Sie das Datum."
        ),
    )


def lone_suppression(data: Tables) -> Iterator[Violation]:
    """One suppressed group among otherwise published ones can be computed from the rest."""
    rows = data["messwerte"]
    of_one_table = itemgetter("indikator_id", "gebiet_id", "zeit", "quelle_id")
    # As nearly always: nothing is suppressed.
    if all(row["genauigkeit"] != "gesperrt" for row in rows):
        return
    for members in grouped(rows, of_one_table, lambda row: row["art"] == "ist"):
        hidden = [i for i in members if rows[i]["genauigkeit"] == "gesperrt"]
        if len(hidden) == 1 and len(members) > 2:
            yield Violation(
                "messwerte",
                hidden[0],
                "genauigkeit",
                "Der gesperrte Wert lässt sich aus den anderen Gruppen errechnen. Sperren Sie einen zweiten Wert.",
            )


def _least(row: Row, data: Tables) -> int | None:
    """Give of how many people a value must tell, if it is to be shown; None where that does not matter."""
    if row["art"] != "ist" or row["genauigkeit"] == "gesperrt":
        return None
    least: int | None = data.row("indikatoren", row["indikator_id"])["mindestfallzahl"]
    return least


def _may_be_few(area: str, data: Tables) -> bool:
    """Tell whether an area's people may be few: the town's own, whatever its level, and all of lower levels.

    Municipalities and their parts are among them even where the town is one of their parts.
    """
    own = next((row["ebene"] for row in data["gebiete"] if row["id"] == data.town.area_id), "gemeinde")
    highest = max(LEVELS.index(own), LEVELS.index("gemeinde") + 1)
    return area == data.town.area_id or LEVELS.index(data.row("gebiete", area)["ebene"]) < highest


def no_cycles(data: Tables) -> Iterator[Violation]:
    """Goals and bodies form a tree or a chain, never a circle."""
    edges = {
        ("ziele", "uebergeordnet_id"): [(r["id"], r["uebergeordnet_id"]) for r in data["ziele"]],
        ("gremium_beziehungen", "an_id"): [(r["von_id"], r["an_id"]) for r in data["gremium_beziehungen"]],
    }
    for (table, column), pairs in edges.items():
        graph: dict[str, set[str]] = {}
        for source, target in pairs:
            if target:
                graph.setdefault(source, set()).add(target)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1]
            row = next(i for i, (s, t) in enumerate(pairs) if s in circle and t in circle)
            yield Violation(
                table,
                row,
                column,
                f"Die Zuordnung läuft im Kreis: {' → '.join(reversed(circle))}. Ändern oder löschen Sie eine dieser Zuordnungen.",
            )


RULES: tuple[Rule, ...] = (
    *(
        RowRule(
            table,
            column,
            lambda row, data: bool(row["projekt"]) and not data.town.projects,
            lambda row, data: (
                "In kommune.json stehen keine Projekte. Leeren Sie die Zelle, oder ergänzen Sie dort „projekte“."
            ),
        )
        for table, column in PROJECTS
    ),
    # A relation of a measure points to exactly one thing, and not back to the measure.
    RowRule(
        "massnahme_bezuege",
        None,
        lambda row, data: len(_targets(row)) != 1,
        lambda row, data: (
            f"Genau eine der Spalten {german.listing(_TARGETS)} muss gefüllt sein, nicht {len(_targets(row))}. Berichtigen Sie die Zeile."
        ),
    ),
    RowRule(
        "massnahme_bezuege",
        "verwandt_id",
        lambda row, data: _targets(row) == ["verwandt_id"] and row["verwandt_id"] == row["massnahme_id"],
        "Die Maßnahme ist hier mit sich selbst verwandt. Tragen Sie die andere Maßnahme ein oder entfernen Sie die Zeile.",
    ),
    _in_order("ereignisse", "von", "bis"),
    _in_order("massnahmen", "beginn", "ende"),
    # No status lies in the future of the data.
    RowRule(
        "statusverlauf",
        "datum",
        lambda row, data: row["datum"] > data.stand,
        lambda row, data: (
            f"{german.date(row['datum'])} liegt nach dem Stand der Daten ({german.date(data.stand)}). "
            "Passen Sie „stand“ in kommune.json an oder berichtigen Sie das Datum."
        ),
    ),
    # An event that took place lies before the state of the data.
    RowRule(
        "ereignisse",
        "stand",
        lambda row, data: row["stand"] == "erfolgt" and row["von"] and row["von"] > data.stand,
        "Ein Ereignis nach dem Stand der Daten kann noch nicht „erfolgt“ sein. Ändern Sie diese Angabe, oder berichtigen Sie das Datum.",
    ),
    # No document appeared in the future of the data.
    RowRule(
        "dokumente",
        "datum",
        lambda row, data: (day := earliest_day(row)) and day > data.stand,
        lambda row, data: (
            f"{german.date(row['datum'])} liegt nach dem Stand der Daten ({german.date(data.stand)}); ein Dokument aus der Zukunft gibt es nicht. "
            "Berichtigen Sie das Datum, oder passen Sie „stand“ in kommune.json an."
        ),
    ),
    _not_after_its_source("statusverlauf", "datum", "Der Status gilt ab"),
    _not_after_its_source("ereignisse", "von", "Das Ereignis ist erfolgt ab"),
    # What an event was announced as is a row that announces.
    RowRule(
        "ereignisse",
        "ankuendigung_id",
        lambda row, data: (
            (key := row["ankuendigung_id"])
            and (key == row["id"] or data.row("ereignisse", key)["stand"] != "geplant")
        ),
        lambda row, data: (
            f"„{row['ankuendigung_id']}“ ist keine Ankündigung: Ihr Stand muss „geplant“ sein, und sie steht in einer eigenen Zeile. Nennen Sie diese Zeile, oder leeren Sie die Zelle."
        ),
    ),
    _adoption_names("gremium_id", "das Gremium, das verabschiedet hat"),
    _adoption_names("von", "der Tag der Verabschiedung"),
    adopted_once,
    # Whoever says that a source names a status can say with which words.
    RowRule(
        "statusverlauf",
        "wortlaut",
        lambda row, data: row["beleg"] == "quelle" and not row["wortlaut"],
        "Die Quelle soll den Status selbst nennen, aber ihr Wort fehlt. "
        "Ergänzen Sie es, oder ändern Sie den Beleg in „abgeleitet“.",
    ),
    # A target was decided or derived; an actual value is neither.
    RowRule(
        "messwerte",
        "soll_art",
        lambda row, data: row["art"] == "soll" and not row["soll_art"],
        "Ein Sollwert braucht die Angabe „beschlossen“ oder „abgeleitet“. Ergänzen Sie sie.",
    ),
    RowRule(
        "messwerte",
        "soll_art",
        lambda row, data: row["art"] == "ist" and row["soll_art"],
        "Ein Istwert hat keine Soll-Art. Leeren Sie diese Zelle.",
    ),
    # Trends and suppressed values carry no number, all others do.
    RowRule(
        "messwerte",
        "wert",
        lambda row, data: row["genauigkeit"] in _SILENT and row["wert"] is not None,
        lambda row, data: (
            f"Bei „{row['genauigkeit']}“ darf keine Zahl stehen. Leeren Sie diese Zelle, oder ändern Sie die Genauigkeit."
        ),
    ),
    RowRule(
        "messwerte",
        "fallzahl",
        lambda row, data: row["genauigkeit"] == "gesperrt" and row["fallzahl"] is not None,
        "Bei „gesperrt“ darf auch keine Fallzahl stehen. Leeren Sie diese Zelle.",
    ),
    RowRule(
        "messwerte",
        "wert",
        lambda row, data: row["genauigkeit"] not in _SILENT and row["wert"] is None,
        lambda row, data: (
            f"Bei „{row['genauigkeit']}“ fehlt die Zahl. Ergänzen Sie sie, oder ändern Sie die Genauigkeit."
        ),
    ),
    # Values of few people are not published, at no level; of municipalities, the town and what is smaller the number must be told.
    RowRule(
        "messwerte",
        "fallzahl",
        lambda row, data: (
            row["fallzahl"] is None and _least(row, data) is not None and _may_be_few(row["gebiet_id"], data)
        ),
        lambda row, data: (
            f"Der Indikator verlangt eine Fallzahl (mindestens {_least(row, data)}). Ergänzen Sie sie, oder sperren Sie den Wert."
        ),
    ),
    RowRule(
        "messwerte",
        "fallzahl",
        lambda row, data: row["fallzahl"] is not None and row["fallzahl"] < (_least(row, data) or 0),
        lambda row, data: (
            f"{row['fallzahl']} liegt unter der Mindestfallzahl {_least(row, data)}. "
            "Setzen Sie die Genauigkeit auf „gesperrt“ und löschen Sie Wert und Fallzahl; "
            "sperren Sie auch einen zweiten Wert, aus dem sich dieser errechnen ließe."
        ),
    ),
    lone_suppression,
    *ANSWERS,
    # A later budget stage is a new row; the same stage stands once.
    standing_once(
        "kosten",
        None,
        itemgetter("massnahme_id", "art", "jahr", "haushaltsstand"),
        lambda row, first: (
            "Diese Kosten (Maßnahme, Art, Jahr, Haushaltsstand) stehen schon in einer anderen Zeile. Löschen oder berichtigen Sie eine der beiden Zeilen."
        ),
    ),
    no_cycles,
)
