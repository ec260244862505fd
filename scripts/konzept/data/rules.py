"""What must hold across tables; one small function a rule.

A rule takes the tables as read (types and keys are right by then) and yields findings:
the table, the row's position, the column, and a German sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from konzept.data.doubtful import DOUBTFUL
from konzept.data.finding import Data, Finding, Rule, apply, last_known_day
from konzept.data.impossible import IMPOSSIBLE
from konzept.data.needed import LEVELS
from konzept.data.package import DESCRIPTOR, Package
from konzept.data.problems import Problem, suggestion
from konzept.data.reading import Reading
from konzept.words import german


def apply_rules(reading: Reading) -> tuple[Problem, ...]:
    """Apply every rule to tables that were read without problems."""
    return (*_own_area(reading), *_stand_is_of_our_time(reading), *apply((*RULES, *IMPOSSIBLE), reading))


def _own_area(reading: Reading) -> Iterator[Problem]:
    """Say when the town's own area is none of the areas: nothing would be its own."""
    package, areas = reading.package, reading.keys("gebiete")
    if package is None or reading.problems or package.town.area_id in areas:
        return
    key = package.town.area_id
    message = f"„{key}“ (kommune, gebiet_id) gibt es in gebiete nicht.{suggestion(key, areas)}"
    yield Problem(f"{package.folder.name}/{DESCRIPTOR}", None, None, message, key)


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
            f"{package.folder.name}/{DESCRIPTOR}",
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
        yield Problem(f"{package.folder.name}/{DESCRIPTOR}", None, None, sentence, hint=True)


def apply_hints(reading: Reading) -> tuple[Problem, ...]:
    """Find what is possible, but seldom meant; it keeps nobody from building."""
    return (*stand_is_reached(reading, dt.date.today()), *apply(DOUBTFUL, reading, hint=True))


def relation_has_one_target(package: Package, data: Data) -> Iterator[Finding]:
    """A relation of a measure points to exactly one thing, and not back to the measure."""
    targets = ("ziel_id", "querfeld_id", "indikator_id", "ereignis_id", "verwandt_id")
    for i, row in enumerate(data["massnahme_bezuege"]):
        filled = [name for name in targets if row[name]]
        if len(filled) != 1:
            yield Finding(
                "massnahme_bezuege",
                i,
                None,
                f"Genau eine der Spalten {german.listing(targets)} muss gefüllt sein, nicht {len(filled)}. Berichtigen Sie die Zeile.",
            )
        elif row["verwandt_id"] == row["massnahme_id"]:
            yield Finding(
                "massnahme_bezuege",
                i,
                "verwandt_id",
                "Die Maßnahme ist hier mit sich selbst verwandt. Tragen Sie die andere Maßnahme ein oder entfernen Sie die Zeile.",
            )


def dates_in_order(package: Package, data: Data) -> Iterator[Finding]:
    """What begins does not begin after its end."""
    for table, first, last in (("ereignisse", "von", "bis"), ("massnahmen", "beginn", "ende")):
        for i, row in enumerate(data[table]):
            if row[first] and row[last] and row[first] > row[last]:
                yield Finding(
                    table,
                    i,
                    last,
                    f"Das Ende ({german.date(row[last])}) liegt vor dem Beginn ({german.date(row[first])}). Berichtigen Sie einen der beiden Tage.",
                )


def status_not_after_stand(package: Package, data: Data) -> Iterator[Finding]:
    """No status lies in the future of the data."""
    for i, row in enumerate(data["statusverlauf"]):
        if row["datum"] > package.stand:
            yield Finding(
                "statusverlauf",
                i,
                "datum",
                f"{german.date(row['datum'])} liegt nach dem Stand der Daten ({german.date(package.stand)}). "
                "Passen Sie „stand“ in datapackage.json an oder berichtigen Sie das Datum.",
            )


def event_done_before_stand(package: Package, data: Data) -> Iterator[Finding]:
    """An event that took place lies before the state of the data."""
    for i, row in enumerate(data["ereignisse"]):
        day: dt.date | None = row["von"]
        if row["stand"] == "erfolgt" and day and day > package.stand:
            yield Finding(
                "ereignisse",
                i,
                "stand",
                "Ein Ereignis nach dem Stand der Daten kann noch nicht „erfolgt“ sein. Ändern Sie diese Angabe, oder berichtigen Sie das Datum.",
            )


def document_not_after_stand(package: Package, data: Data) -> Iterator[Finding]:
    """No document appeared in the future of the data."""
    for i, row in enumerate(data["dokumente"]):
        day, precision = row["datum"], row["datum_genauigkeit"]
        if day and precision != "spaetestens" and german.earliest_day(day, precision) > package.stand:
            yield Finding(
                "dokumente",
                i,
                "datum",
                f"{german.date(day)} liegt nach dem Stand der Daten ({german.date(package.stand)}); ein Dokument aus der Zukunft gibt es nicht. "
                "Berichtigen Sie das Datum, oder passen Sie „stand“ in datapackage.json an.",
            )


def nothing_after_its_source(package: Package, data: Data) -> Iterator[Finding]:
    """A source tells no status and no held event of a day after its own."""
    last = {row["id"]: last_known_day(row) for row in data["dokumente"]}
    found = [("statusverlauf", "datum", i, row) for i, row in enumerate(data["statusverlauf"])]
    found += [
        ("ereignisse", "von", i, row)
        for i, row in enumerate(data["ereignisse"])
        if row["stand"] == "erfolgt" and row["von"]
    ]
    what = {"statusverlauf": "Der Status gilt ab", "ereignisse": "Das Ereignis ist erfolgt ab"}
    for table, column, i, row in found:
        source = last[row["quelle_id"]]
        # What lies after the Stand of the data has a sentence of its own.
        if source and source < row[column] <= package.stand:
            yield Finding(
                table,
                i,
                column,
                f"{what[table]} {german.date(row[column])}, die Quelle „{row['quelle_id']}“ war aber am {german.date(source)} schon erschienen und kann davon nicht berichten. "
                "Nennen Sie die Quelle, die es belegt, oder berichtigen Sie das Datum.",
            )


def announcement_is_planned(package: Package, data: Data) -> Iterator[Finding]:
    """What an event was announced as is a row that announces."""
    states = {row["id"]: row["stand"] for row in data["ereignisse"]}
    for i, row in enumerate(data["ereignisse"]):
        key = row["ankuendigung_id"]
        if key and (states[key] != "geplant" or key == row["id"]):
            yield Finding(
                "ereignisse",
                i,
                "ankuendigung_id",
                f"„{key}“ ist keine Ankündigung: Ihr Stand muss „geplant“ sein, und sie steht in einer eigenen Zeile. Nennen Sie diese Zeile, oder leeren Sie die Zelle.",
            )


def _adoptions(package: Package, data: Data) -> list[int]:
    """Find the rows by which the town's own concept was adopted."""
    own = ("", None, package.town.area_id)
    return [
        i
        for i, row in enumerate(data["ereignisse"])
        if row["art"] == "verabschiedung" and row["stand"] == "erfolgt" and row["gebiet_id"] in own
    ]


def adoption_names_body_and_day(package: Package, data: Data) -> Iterator[Finding]:
    """Who adopted the concept, and when, is known; else it is no adoption."""
    missing = {"gremium_id": "das Gremium, das verabschiedet hat", "von": "der Tag der Verabschiedung"}
    for i in _adoptions(package, data):
        for column, what in missing.items():
            if not data["ereignisse"][i][column]:
                yield Finding(
                    "ereignisse",
                    i,
                    column,
                    f"Hier fehlt {what}. Ergänzen Sie die Angabe, oder geben Sie dem Ereignis die Art „beschluss“.",
                )


def adopted_once(package: Package, data: Data) -> Iterator[Finding]:
    """A concept is adopted once; whatever else is decided about it is a decision like others."""
    found = _adoptions(package, data)
    for i in found[1:]:
        yield Finding(
            "ereignisse",
            i,
            "art",
            f"Verabschiedet ist das Konzept schon durch „{data['ereignisse'][found[0]]['id']}“. "
            "Geben Sie einem der beiden Ereignisse die Art „beschluss“.",
        )


def named_status_has_words(package: Package, data: Data) -> Iterator[Finding]:
    """Whoever says that a source names a status can say with which words."""
    for i, row in enumerate(data["statusverlauf"]):
        if row["beleg"] == "quelle" and not row["wortlaut"]:
            yield Finding(
                "statusverlauf",
                i,
                "wortlaut",
                "Die Quelle soll den Status selbst nennen, aber ihr Wort fehlt. "
                "Ergänzen Sie es, oder ändern Sie den Beleg in „abgeleitet“.",
            )


def target_says_its_origin(package: Package, data: Data) -> Iterator[Finding]:
    """A target was decided or derived; an actual value is neither."""
    for i, row in enumerate(data["messwerte"]):
        if row["art"] == "soll" and not row["soll_art"]:
            yield Finding(
                "messwerte",
                i,
                "soll_art",
                "Ein Sollwert braucht die Angabe „beschlossen“ oder „abgeleitet“. Ergänzen Sie sie.",
            )
        if row["art"] == "ist" and row["soll_art"]:
            yield Finding(
                "messwerte", i, "soll_art", "Ein Istwert hat keine Soll-Art. Leeren Sie diese Zelle."
            )


def numbers_where_allowed(package: Package, data: Data) -> Iterator[Finding]:
    """Trends and suppressed values carry no number, all others do."""
    for i, row in enumerate(data["messwerte"]):
        silent = row["genauigkeit"] in ("nur_trend", "gesperrt")
        if silent and row["wert"] is not None:
            yield Finding(
                "messwerte",
                i,
                "wert",
                f"Bei „{row['genauigkeit']}“ darf keine Zahl stehen. Leeren Sie diese Zelle, oder ändern Sie die Genauigkeit.",
            )
        if silent and row["fallzahl"] is not None and row["genauigkeit"] == "gesperrt":
            yield Finding(
                "messwerte",
                i,
                "fallzahl",
                "Bei „gesperrt“ darf auch keine Fallzahl stehen. Leeren Sie diese Zelle.",
            )
        if not silent and row["wert"] is None:
            yield Finding(
                "messwerte",
                i,
                "wert",
                f"Bei „{row['genauigkeit']}“ fehlt die Zahl. Ergänzen Sie sie, oder ändern Sie die Genauigkeit.",
            )


def small_counts_suppressed(package: Package, data: Data) -> Iterator[Finding]:
    """Values below the minimum count are not published: of municipalities, of the town, of what is smaller."""
    minimum = {row["id"]: row["mindestfallzahl"] for row in data["indikatoren"]}
    small = _small_areas(package, data)
    for i, row in enumerate(data["messwerte"]):
        least = minimum[row["indikator_id"]]
        if (
            least is None
            or row["gebiet_id"] not in small
            or row["art"] != "ist"
            or row["genauigkeit"] == "gesperrt"
        ):
            continue
        if row["fallzahl"] is None:
            yield Finding(
                "messwerte",
                i,
                "fallzahl",
                f"Der Indikator verlangt eine Fallzahl (mindestens {least}). Ergänzen Sie sie, oder sperren Sie den Wert.",
            )
        elif row["fallzahl"] < least:
            yield Finding(
                "messwerte",
                i,
                "fallzahl",
                f"{row['fallzahl']} liegt unter der Mindestfallzahl {least}. "
                "Setzen Sie die Genauigkeit auf „gesperrt“ und löschen Sie Wert und Fallzahl; "
                "sperren Sie auch einen zweiten Wert, aus dem sich dieser errechnen ließe.",
            )


def _small_areas(package: Package, data: Data) -> set[str]:
    """Find the areas whose people may be few: the town's own, whatever its level, and all of lower levels.

    Municipalities and their parts are among them even where the town is one of their parts.
    """
    level = {row["id"]: row["ebene"] for row in data["gebiete"]}
    own = level.get(package.town.area_id, "gemeinde")
    highest = max(LEVELS.index(own), LEVELS.index("gemeinde") + 1)
    return {key for key, value in level.items() if LEVELS.index(value) < highest} | {package.town.area_id}


def lone_suppression(package: Package, data: Data) -> Iterator[Finding]:
    """One suppressed group among otherwise published ones can be computed from the rest."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    rows = data["messwerte"]
    for i, row in enumerate(rows):
        if row["art"] == "ist":
            key = (row["indikator_id"], row["gebiet_id"], row["zeit"], row["quelle_id"])
            groups.setdefault(key, []).append(i)
    for members in groups.values():
        hidden = [i for i in members if rows[i]["genauigkeit"] == "gesperrt"]
        if len(hidden) == 1 and len(members) > 2:
            yield Finding(
                "messwerte",
                hidden[0],
                "genauigkeit",
                "Der gesperrte Wert lässt sich aus den anderen Gruppen errechnen. Sperren Sie einen zweiten Wert.",
            )


def answers_fit_their_question(package: Package, data: Data) -> Iterator[Finding]:
    """All answers to a question name the same number of people, and none was given by more."""
    first: dict[tuple[Any, ...], Any] = {}
    for i, row in enumerate(data["umfrageergebnisse"]):
        people = first.setdefault((row["ereignis_id"], row["frage"]), row["grundgesamtheit"])
        if row["grundgesamtheit"] != people:
            yield Finding(
                "umfrageergebnisse",
                i,
                "grundgesamtheit",
                f"Zu derselben Frage steht in einer anderen Zeile {people}; die Zahl gilt der ganzen Frage. Gleichen Sie die Zeilen an.",
            )
        elif row["anzahl"] > people:
            yield Finding(
                "umfrageergebnisse",
                i,
                "anzahl",
                f"{row['anzahl']} Antworten sind mehr, als Personen geantwortet haben ({people}). Berichtigen Sie eine der beiden Zahlen.",
            )


def budget_rows_once(package: Package, data: Data) -> Iterator[Finding]:
    """A later budget stage is a new row; the same stage stands once."""
    seen: set[tuple[Any, ...]] = set()
    for i, row in enumerate(data["kosten"]):
        key = (row["massnahme_id"], row["art"], row["jahr"], row["haushaltsstand"])
        if key in seen:
            yield Finding(
                "kosten",
                i,
                None,
                "Diese Kosten (Maßnahme, Art, Jahr, Haushaltsstand) stehen schon in einer anderen Zeile. Löschen oder berichtigen Sie eine der beiden Zeilen.",
            )
        seen.add(key)


def no_cycles(package: Package, data: Data) -> Iterator[Finding]:
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
            yield Finding(
                table,
                row,
                column,
                f"Die Zuordnung läuft im Kreis: {' → '.join(reversed(circle))}. Ändern oder löschen Sie eine dieser Zuordnungen.",
            )


RULES: tuple[Rule, ...] = (
    relation_has_one_target,
    dates_in_order,
    status_not_after_stand,
    event_done_before_stand,
    document_not_after_stand,
    nothing_after_its_source,
    announcement_is_planned,
    adoption_names_body_and_day,
    adopted_once,
    named_status_has_words,
    target_says_its_origin,
    numbers_where_allowed,
    small_counts_suppressed,
    lone_suppression,
    answers_fit_their_question,
    budget_rows_once,
    no_cycles,
)
