"""Records of a document → new rows of the tables, and what contradicts the present ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from konzept.authors.excel.cells import markup_in
from konzept.authors.excel.changes import value_shown
from konzept.authors.excel.keys import Names, new_key
from konzept.authors.excel.layout import Cells
from konzept.authors.excel.raw_sheets import CELL_LIMIT
from konzept.authors.excel.trial import Present
from konzept.authors.tables.arranging import Ledger, Named, Part, Record
from konzept.authors.tables.mapping import ALIKE, DAY, DOCUMENT, FIELD, WORDING, Choice
from konzept.authors.tables.source import Cell
from konzept.authors.tables.values import cost, names_person, parts_of_names, span
from konzept.authors.tables.words import LEVELS, counted, folded, level_of, meaning, words
from konzept.data.csv_file import plain_number
from konzept.words.letters import no_text

_SHORT = 10
"""Shorter names are alike by chance."""
_ROLES = {"federfuehrend": "federfuehrend", "beteiligt": "beteiligt", "finanzierend": "finanzierend"}
_TEXTS = {"beschreibung": "beschreibung", "zielgruppe": "zielgruppe"}
_OPEN = {"mehrsprachig": "offen", "leichte_sprache": "offen", "barrierefrei": "offen"}
_NO_FIELD = "Kein Handlungsfeld: Sagen Sie in der Zuordnung, welche Überschrift es nennt."


@dataclass
class Proposal:
    """The rows that a document adds to the data."""

    present: Present
    choice: Choice
    ledger: Ledger
    names: Names
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheets = {sheet.table: sheet for sheet in self.present.sheets}
        self.own: set[int] = set()
        self.of_measure: dict[tuple[str, str], list[dict[str, str]]] = {}
        for table in ("massnahme_bezuege", "zustaendigkeiten", "kosten", "statusverlauf"):
            for row in self.present.tables[table]:
                self.of_measure.setdefault((table, row["massnahme_id"]), []).append(dict(row))
        self.goals: dict[tuple[str, str], str] = {}
        self.measures: dict[tuple[str, str], dict[str, str]] = {}
        self.document = self._document()

    # Rows

    def _add(self, table: str, place: str, **cells: str) -> dict[str, str]:
        """Add a row, with a key that its title gives."""
        row = dict.fromkeys((f.name for f in self.sheets[table].fields), "") | cells
        if table != "dokumente":
            row |= {"quelle_id": self.document, "fundstelle": place}
        if "id" in row and table in ("dokumente", "handlungsfelder", "ziele", "massnahmen", "akteure"):
            row["id"] = new_key(self.present.package, self.sheets[table], row, self.names.keys[table]) or ""
            self.names.add(table, [row])
        self.rows.setdefault(table, []).append(row)
        self.own.add(id(row))
        if "massnahme_id" in row:
            self.of_measure.setdefault((table, row["massnahme_id"]), []).append(row)
        return row

    def _all(self, table: str) -> Iterable[Cells]:
        yield from self.present.tables[table]
        yield from self.rows.get(table, ())

    def _of(self, table: str, measure: Cells) -> list[dict[str, str]]:
        """Give the rows of a measure, present ones and new."""
        return self.of_measure.get((table, measure["id"]), [])

    def _is_new(self, row: Cells) -> bool:
        return id(row) in self.own

    def _document(self) -> str:
        title = self.choice.facts[DOCUMENT]
        if known := self.names.resolve("dokumente", title):
            return known
        return self._add("dokumente", "", titel=title, art="konzept", datum=self.choice.facts[DAY])["id"]

    def _note(self, table: str, row: Cells, column: str, other: str, place: str) -> None:
        """Note that the document contradicts a row of the data, which stays as it is."""
        shown = self.sheets[table].field(column)
        # Rows without a key of their own are known by their measure.
        about = (table, row["id"]) if "id" in row else ("massnahmen", row["massnahme_id"])
        whose = f"{self._named('akteure', row['akteur_id'])}, " if column == "rolle" else ""
        says = [
            f"{whose}{shown.heading}: {value_shown(shown, self._named(shown.reference, value))}."
            for value in (row[column], other)
        ]
        self._add(
            "pruefhinweise",
            place,
            tabelle=about[0],
            zeile_id=about[1],
            aussage_a=says[0],
            quelle_a_id=row["quelle_id"],
            aussage_b=says[1],
            quelle_b_id=self.document,
            stand="offen",
        )

    def _named(self, table: str | None, key: str) -> str:
        return self.names.keys.get(table or "", {}).get(key, key)

    # Fields and goals

    def field_of(self, record: Record) -> str:
        """Find or add the action field of a record; empty where none is named."""
        named = record.levels.get(LEVELS[0])
        text = named.texts[0] if named else self.choice.facts[FIELD]
        if not text:
            return ""
        found = level_of(text)
        number, name = (found[1], found[2]) if found and found[0] == LEVELS[0] else counted(text)
        name = name.strip(" .")
        key = self.names.resolve("handlungsfelder", name)
        if key is None and (known := _most_alike(name, self.present.tables["handlungsfelder"], "name")):
            key = known["id"]
        if key is None:
            taken = {int(row["nr"] or 0) for row in self._all("handlungsfelder")}
            nr = int(number) if number.isdecimal() and int(number) not in taken else max(taken, default=0) + 1
            place = named.place if named else "Zuordnung"
            fixed = {"typ": "feld", "bearbeitung": "laufend"}
            key = self._add("handlungsfelder", place, nr=str(nr), name=name, kurzname=name, **fixed)["id"]
        self._place(named)
        return key

    def _place(self, named: Named | None) -> None:
        if named and named.cell:
            self.ledger.place(named.cell)

    def goals_of(self, record: Record, field_id: str) -> list[str]:
        """Find or add the goals above a record, the innermost last."""
        outer, keys = "", []
        for level in ("leitziel", "ziel"):
            if named := record.levels.get(level):
                keys = [self._goal(level, text, field_id, outer, named) for text in named.texts]
                outer = keys[0]
        return [key for key in keys if key]

    def _goal(self, level: str, text: str, field_id: str, outer: str, named: Named) -> str:
        found = level_of(text)
        number, wording = (found[1], found[2]) if found else counted(text)
        if key := self.goals.get((field_id, folded(wording))):
            self._place(named)
            return key
        if reason := _unfit(wording):
            if named.cell:
                self.ledger.leave(named.cell, reason)
            return ""
        place = f"{named.place}, Nr. {number}" if number else named.place
        present = (row for row in self.present.tables["ziele"] if row["handlungsfeld_id"] == field_id)
        known = _most_alike(wording, present, "text")
        if known is None:
            version = "beschlossen" if folded(self.choice.facts[WORDING]) == "beschlossen" else "entwurf"
            above = {"uebergeordnet_id": outer} if level == "ziel" else {}
            known = self._add(
                "ziele", place, handlungsfeld_id=field_id, ebene=level, text=wording, fassung=version, **above
            )
        elif known["text"] != wording:
            self._note("ziele", known, "text", wording, place)
        self.goals[field_id, folded(wording)] = known["id"]
        self._place(named)
        return known["id"]

    # Measures

    def take(self, record: Record) -> None:
        """Take a record over, and leave what is not certain."""
        field_id = self.field_of(record)
        if not field_id:
            self._leave_all(record)
            return
        goals = self.goals_of(record, field_id)
        part, named = record.title(), record.levels.get("massnahme")
        titles = _titles(part, named)
        bad = [reason for title, _ in titles if (reason := _unfit(title))]
        cells = [part.cell] if part else [named.cell] if named else []
        for cell in filter(None, cells):
            if bad:
                self.ledger.leave(cell, bad[0])
            else:
                self.ledger.place(cell)
        for title, number in () if bad else titles:
            self._take_measure(record, title, number, goals, field_id, several=len(titles) > 1)

    def _leave_all(self, record: Record) -> None:
        cells = [each.cell for each in record.parts]
        for cell in (*cells, *(named.cell for named in record.levels.values() if named.cell)):
            self.ledger.leave(cell, _NO_FIELD)

    def _take_measure(
        self, record: Record, title: str, number: str, goals: list[str], field_id: str, *, several: bool
    ) -> None:
        part = record.title()
        numbers = [each for each in record.parts if each.target == "nummer"]
        if numbers and not several:
            number = " ".join(numbers[0].lines)
            self.ledger.place(numbers[0].cell)
        place = f"{record.place}, Nr. {number}" if number else record.place
        measure = self._measure(title, field_id, place)
        if part and not part.cell.listed and len(part.lines) > 1:
            self._set(measure, "beschreibung", "\n".join(part.lines[1:]), part.cell, place)
        for goal in goals:
            self._relate(measure, goal, place)
        # The status first: „fortlaufend“ tells one only where the document has no other word for it.
        for each in sorted(record.parts, key=lambda each: each.target != "status"):
            if several and each.target.startswith("kosten"):
                self.ledger.leave(each.cell, "Der Betrag gilt für mehrere Maßnahmen zusammen.")
            elif each is not part and each.target != "nummer":
                self._take_part(measure, each, each.place if each.place != record.place else place)

    def _measure(self, title: str, field_id: str, place: str) -> dict[str, str]:
        if known := self.measures.get((field_id, folded(title))):
            return known
        present = (r for r in self.present.tables["massnahmen"] if r["handlungsfeld_id"] == field_id)
        known = _most_alike(title, present, "titel")
        if known is None:
            known = self._add("massnahmen", place, handlungsfeld_id=field_id, titel=title, **_OPEN)
        elif known["titel"] != title:
            self._note("massnahmen", known, "titel", title, place)
        self.measures[field_id, folded(title)] = known
        return known

    def _set(self, measure: dict[str, str], column: str, value: str, cell: Cell, place: str) -> None:
        """Give a measure what its row does not say; another value is no reason to change it."""
        old, new = measure[column], self._is_new(measure)
        if reason := _unfit(value):
            self.ledger.leave(cell, reason)
        elif old == value:
            self.ledger.place(cell)
        elif new and not old:
            measure[column] = value
            self.ledger.place(cell)
        elif new and column in _TEXTS:
            measure[column] = f"{old}\n{value}"
            self.ledger.place(cell)
        elif new:
            self.ledger.leave(cell, "Dieselbe Maßnahme hat weiter oben eine andere Angabe.")
        elif old:
            self._note("massnahmen", measure, column, value, place)
            self.ledger.place(cell)
        else:
            self.ledger.leave(
                cell,
                f"Die Maßnahme „{measure['id']}“ steht schon in den Daten, ohne diese Angabe und mit anderer Quelle. Ergänzen Sie sie dort.",
            )

    def _relate(self, measure: Cells, goal: str, place: str) -> None:
        if all(row["ziel_id"] != goal for row in self._of("massnahme_bezuege", measure)):
            self._add("massnahme_bezuege", place, massnahme_id=measure["id"], ziel_id=goal, beleg="quelle")

    def _take_part(self, measure: dict[str, str], part: Part, place: str) -> None:
        kind = part.target
        if kind in _TEXTS:
            self._set(measure, kind, "\n".join(part.lines), part.cell, place)
        elif kind == "prioritaet":
            if level := meaning("prioritaet", part.cell.text):
                self._set(measure, kind, level, part.cell, place)
            else:
                self.ledger.leave(part.cell, "Als Priorität gibt es hoch, mittel und niedrig.")
        elif kind in _ROLES:
            self._bodies(measure, part, place)
        elif kind in ("zeitraum", "beginn", "ende"):
            self._time(measure, part, place)
        elif kind.startswith("kosten"):
            for line in part.lines:
                self._cost(measure, part, line, place)
        elif kind in ("status", "status_text"):
            self._status(measure, part, place)
        else:
            self.ledger.leave(
                part.cell,
                "Eine weitere Maßnahme in derselben Zeile; trennen Sie die Spalten in der Zuordnung.",
            )

    def _bodies(self, measure: Cells, part: Part, place: str) -> None:
        whole = " ".join(part.lines)
        names = [whole] if self.names.resolve("akteure", whole) else parts_of_names("\n".join(part.lines))
        for name in names:
            if names_person(name):
                self.ledger.leave(part.cell, "Hier steht ein Name; genannt werden nur Stellen.", name)
            elif reason := _unfit(name):
                self.ledger.leave(part.cell, reason, name)
            else:
                self._responsible(measure, name, _ROLES[part.target], part.cell, place)

    def _responsible(self, measure: Cells, name: str, role: str, cell: Cell, place: str) -> None:
        key = self.names.resolve("akteure", name)
        if key is None:
            known = words("akteur")
            sort = next(
                (known[w] for w in sorted(known, key=len, reverse=True) if folded(name).startswith(w)),
                "sonstige",
            )
            key = self._add("akteure", place, name=name, art=sort)["id"]
        self.ledger.place(cell)
        mine = self._of("zustaendigkeiten", measure)
        same = next((row for row in mine if row["akteur_id"] == key), None)
        leading = next((row for row in mine if row["rolle"] == role == "federfuehrend"), None)
        present = [row for row in (same, leading) if row and not self._is_new(row)]
        if same and same["rolle"] == role:
            return
        if present and same:
            self._note("zustaendigkeiten", same, "rolle", role, place)
        elif present and leading:
            self._note("zustaendigkeiten", leading, "akteur_id", key, place)
        elif same:
            self.ledger.leave(cell, "Diese Stelle steht bei der Maßnahme schon in anderer Rolle.", name)
        else:
            self._add("zustaendigkeiten", place, massnahme_id=measure["id"], akteur_id=key, rolle=role)

    def _time(self, measure: dict[str, str], part: Part, place: str) -> None:
        text = " ".join(part.lines)
        found = span(text)
        if found is None or not (found.first or found.last or found.endless):
            self.ledger.leave(part.cell, "Kein Zeitraum, der sich sicher lesen lässt.")
            return
        if not found.first and not found.last:
            self._status(measure, part, place)
            return
        values = {"beginn": found.first, "ende": found.last, "zeit_genauigkeit": found.accuracy}
        if part.target != "zeitraum" and found.single:
            values.pop("ende" if part.target == "beginn" else "beginn")
        if measure["zeit_genauigkeit"] and self._is_new(measure):
            # Beginning and end in two columns: as exact as the less exact of both.
            order = ("tag", "monat", "jahr")
            measure["zeit_genauigkeit"] = max(measure["zeit_genauigkeit"], found.accuracy, key=order.index)
            values.pop("zeit_genauigkeit")
        for column, value in values.items():
            if value and (column != "zeit_genauigkeit" or self._is_new(measure)):
                self._set(measure, column, value, part.cell, place)
        if found.endless:
            self.ledger.leave(
                part.cell,
                "Der Zeitraum ist übernommen; „fortlaufend“ sagt der Status „Daueraufgabe“, wenn die Maßnahme schon läuft.",
            )

    def _cost(self, measure: Cells, part: Part, line: str, place: str) -> None:
        found = cost(line, part.heading)
        sort = part.target.partition("_")[2]
        if found is None:
            self.ledger.leave(part.cell, "Kein Betrag in Euro, der sich sicher lesen lässt.", line)
            return
        if found.sort and sort and found.sort != sort:
            self.ledger.leave(
                part.cell, "Überschrift und Zelle sagen Verschiedenes: jährlich oder einmalig?", line
            )
            return
        if not (sort := found.sort or sort):
            self.ledger.leave(
                part.cell,
                "Nicht gesagt, ob einmalig oder jährlich. Wählen Sie in der Zuordnung „Kosten, einmalig“ oder „Kosten, jährlich“.",
                line,
            )
            return
        row = {"art": sort, "jahr": found.year, "haushaltsstand": found.budget}
        amount = plain_number(found.amount)
        same = next(
            (r for r in self._of("kosten", measure) if all(r[name] == value for name, value in row.items())),
            None,
        )
        if same is None:
            self._add(
                "kosten",
                place,
                massnahme_id=measure["id"],
                **row,
                betrag_eur=amount,
                genauigkeit="circa" if found.circa else "genau",
            )
        elif same["betrag_eur"] != amount and self._is_new(same):
            self.ledger.leave(part.cell, "Für dieselbe Maßnahme steht schon ein anderer Betrag.", line)
            return
        elif same["betrag_eur"] != amount:
            self._note("kosten", same, "betrag_eur", amount, place)
        self.ledger.place(part.cell)

    def _status(self, measure: Cells, part: Part, place: str) -> None:
        text = " ".join(part.lines)
        day = self._day()
        if not day:
            self.ledger.leave(
                part.cell, f"Ein Status braucht einen Tag. Nennen Sie in der Zuordnung das „{DAY}“."
            )
            return
        rows = [row for row in self._of("statusverlauf", measure) if row["datum"] == day]
        if part.target == "status_text":
            if rows and self._is_new(rows[0]) and not _unfit(text):
                rows[0]["text"] = f"{rows[0]['text']} {text}".strip()
                self.ledger.place(part.cell)
            else:
                self.ledger.leave(
                    part.cell, "Neben dieser Erläuterung steht kein Status, der übernommen ist."
                )
            return
        head, _, more = next(
            (
                each
                for sign in (";", ",", ":", " – ", " (")
                if meaning("status", (each := text.partition(sign))[0])
            ),
            (text, "", ""),
        )
        status = "daueraufgabe" if part.target == "zeitraum" else meaning("status", head)
        if status is None or _unfit(text):
            self.ledger.leave(part.cell, "Kein Wort, das sicher einen Status nennt.")
        elif not rows:
            derived = "abgeleitet" if part.target == "zeitraum" else "quelle"
            explained = "" if part.target == "zeitraum" else more.strip(" )")
            self._add(
                "statusverlauf",
                place,
                massnahme_id=measure["id"],
                datum=day,
                status=status,
                wortlaut=head.strip(),
                beleg=derived,
                text=explained,
            )
            self.ledger.place(part.cell)
        elif part.target == "zeitraum":
            self.ledger.leave(part.cell, "Kein Tag; den Status der Maßnahme nennt das Dokument selbst.")
        elif rows[0]["status"] == status:
            self.ledger.place(part.cell)
        elif self._is_new(rows[0]):
            self.ledger.leave(part.cell, "Die Maßnahme hat an diesem Tag schon einen anderen Status.")
        else:
            self._note("statusverlauf", rows[0], "status", status, place)
            self.ledger.place(part.cell)

    def _day(self) -> str:
        """Give the day of the document, which its statuses have."""
        row = next(row for row in self._all("dokumente") if row["id"] == self.document)
        return row["datum"]


def _titles(part: Part | None, named: Named | None) -> list[tuple[str, str]]:
    """Give titles with their numbers: several where a cell is a list."""
    if part is None:
        texts = [named.texts[0]] if named else []
    else:
        texts = [*part.lines] if part.cell.listed else [part.lines[0]]
    found = []
    for text in texts:
        level = level_of(text)
        number, title = (level[1], level[2]) if level and level[0] == "massnahme" else counted(text)
        found.append((title, number))
    return found


def _most_alike(text: str, rows: Iterable[Cells], column: str) -> dict[str, str] | None:
    """Find the row that says the same, or nearly."""
    scored = [(fuzz.ratio(folded(row[column]), folded(text)), n, row) for n, row in enumerate(rows)]
    score, _, row = max(scored, default=(0.0, 0, {}), key=lambda each: (each[0], -each[1]))
    long = min(len(text), len(row.get(column, ""))) >= _SHORT
    return dict(row) if score == 100 or (score >= ALIKE and long) else None


def _unfit(text: str) -> str | None:
    """Say why a text could not be imported."""
    if markup_in(text):
        return "Hier stehen Zeichen einer Webseite, die so gedruckt würden."
    if len(text) > CELL_LIMIT:
        return "Der Text ist länger, als eine Zelle in Excel fasst."
    return no_text(text)
