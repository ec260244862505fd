"""Records of a document → new rows of the tables, and what contradicts the present ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from konzept.authors.excel.cells import markup_in
from konzept.authors.excel.changes import value_shown
from konzept.authors.excel.keys import Names, new_key
from konzept.authors.excel.layout import Cells
from konzept.authors.excel.periods import ACCURACIES
from konzept.authors.excel.raw_sheets import CELL_LIMIT
from konzept.authors.excel.trial import Present
from konzept.authors.tables.arranging import Ledger, Part, Record
from konzept.authors.tables.mapping import ALIKE, DAY, DOCUMENT, FIELD, WORDING, Choice
from konzept.authors.tables.source import Cell, Heading
from konzept.authors.tables.values import (
    PERSON,
    ROLES,
    Body,
    body,
    cost,
    day_of_paper,
    parts_of_names,
    sort_of_body,
    sorts_in,
    span,
)
from konzept.authors.tables.words import LEVELS, folded, meaning, numbered
from konzept.data.csv_file import plain_number
from konzept.words.labels import Status
from konzept.words.letters import no_text

_SHORT = 10
"""Shorter names are alike by chance."""
_TEXTS = ("beschreibung", "zielgruppe")
_TIMES = ("zeitraum", "beginn", "ende")
_OPEN = {"mehrsprachig": "offen", "leichte_sprache": "offen", "barrierefrei": "offen"}
_NO_REASON = (
    "Der Status ist übernommen, aber das Dokument nennt keinen Grund. Ergänzen Sie ihn unter „Erläuterung“."
)
_WHO_LEADS = "Mehrere Stellen, und wer federführend ist, steht nicht da. Sind es alle, wählen Sie in der Zuordnung „Federführung“."
_ENDLESS = "Der Beginn ist übernommen; ein Ende nennt die Zelle nicht. Läuft die Maßnahme schon, tragen Sie den Status „Daueraufgabe“ ein."
_HOW_OFTEN = "Nicht gesagt, ob einmalig oder jährlich. Wählen Sie in der Zuordnung „Kosten einmalig“ oder „Kosten jährlich“."
_OTHER_COLUMN = (
    "Die Zelle nennt keine Jahre oder Tage; den Status nimmt das Programm aus der Spalte „Status“."
)
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
        self.day = next(row["datum"] for row in self._all("dokumente") if row["id"] == self.document)

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

    def _note(self, table: str, row: Cells, column: str, other: str, place: str) -> str:
        """Note that the document contradicts a row of the data, which stays as it is; say why where that is no contradiction."""
        if row["quelle_id"] == self.document:
            return "Dasselbe Dokument macht dazu schon eine andere Angabe; sie bleibt."
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
        return ""

    def _named(self, table: str | None, key: str) -> str:
        return self.names.keys.get(table or "", {}).get(key, key)

    # Fields and goals

    def field_of(self, record: Record) -> str:
        """Find or add the action field of a record; empty where none is named."""
        named = record.levels.get(LEVELS[0])
        text = named.texts[0] if named else self.choice.facts[FIELD]
        if not text:
            return ""
        number, name = numbered(text, LEVELS[0])
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
        if named:
            self.ledger.settle(named.cell)
        return key

    def goals_of(self, record: Record, field_id: str) -> list[str]:
        """Find or add the goals above a record, the innermost last."""
        outer, keys = "", []
        for level in ("leitziel", "ziel"):
            if named := record.levels.get(level):
                keys = [self._goal(level, text, field_id, outer, named) for text in named.texts]
                outer = keys[0]
        return [key for key in keys if key]

    def _goal(self, level: str, text: str, field_id: str, outer: str, named: Part) -> str:
        number, wording = numbered(text, *LEVELS)
        reason, known = _unfit(wording), self.goals.get((field_id, folded(wording)), "")
        if not reason and not known:
            place = f"{named.place}, Nr. {number}" if number else named.place
            version = "beschlossen" if folded(self.choice.facts[WORDING]) == "beschlossen" else "entwurf"
            above = {"uebergeordnet_id": outer} if level == "ziel" else {}
            row, reason = self._row_of(
                "ziele", "text", wording, field_id, place, ebene=level, fassung=version, **above
            )
            known = self.goals[field_id, folded(wording)] = row["id"]
        self.ledger.settle(named.cell, reason=reason)
        return known

    def _row_of(
        self, table: str, column: str, text: str, field_id: str, place: str, **cells: str
    ) -> tuple[dict[str, str], str]:
        """Find or add the row of a field that says the same; its own words stay: say why, if that is no contradiction."""
        present = (row for row in self.present.tables[table] if row["handlungsfeld_id"] == field_id)
        known = _most_alike(text, present, column)
        if known is None:
            return self._add(table, place, handlungsfeld_id=field_id, **{column: text}, **cells), ""
        return known, "" if known[column] == text else self._note(table, known, column, text, place)

    # Measures

    def take(self, record: Record) -> None:
        """Take a record over, and leave what is not certain."""
        field_id = self.field_of(record)
        if not field_id:
            cells = [*(part.cell for part in record.parts), *(n.cell for n in record.levels.values())]
            self.ledger.settle(*cells, reason=_NO_FIELD)
            return
        goals = self.goals_of(record, field_id)
        origin = record.title() or record.levels.get("massnahme")
        if origin is None:
            return
        texts = origin.lines if origin.cell.listed else origin.lines[:1]
        titles = [numbered(text, "massnahme") for text in texts]
        bad = next(filter(None, (_unfit(title) for _, title in titles)), "")
        self.ledger.settle(origin.cell, reason=bad)
        if bad:
            return
        if len(titles) == 1 and (numbers := record.of("nummer")):
            titles = [(" ".join(numbers[0].lines), titles[0][1])]
            self.ledger.settle(numbers[0].cell)
        for number, title in titles:
            measure = self._measure(title, field_id, _place(record, number), origin.cell)
            self._take_measure(record, measure, number, goals, several=len(titles) > 1)

    def _take_measure(
        self, record: Record, measure: dict[str, str], number: str, goals: list[str], *, several: bool
    ) -> None:
        part, place = record.title(), _place(record, number)
        if part and not part.cell.listed and len(part.lines) > 1:
            reason = self._set(measure, "beschreibung", "\n".join(part.lines[1:]), place)
            self.ledger.settle(part.cell, reason=reason)
        for goal in goals:
            self._relate(measure, goal, place)
        # The status first: „fortlaufend“ tells one only where the document has no other word for it.
        for each in sorted(record.parts, key=lambda each: each.target != "status"):
            if several and each.target.startswith("kosten"):
                self.ledger.settle(each.cell, reason="Der Betrag gilt für mehrere Maßnahmen zusammen.")
            elif each is not part and each.target != "nummer":
                self._take_part(measure, each, each.place if each.place != record.place else place, record)
        statuses = self.present.package.words("statusverlauf", "status")
        given_up = {s for s in statuses if isinstance(s, Status) and not s.on_path}
        for row in self._of("statusverlauf", measure):
            if row["status"] in given_up and not row["text"] and self._is_new(row):
                self.ledger.settle(*(each.cell for each in record.of("status")), reason=_NO_REASON)

    def _measure(self, title: str, field_id: str, place: str, cell: Cell | Heading) -> dict[str, str]:
        key = field_id, folded(title)
        if key not in self.measures:
            self.measures[key], reason = self._row_of("massnahmen", "titel", title, field_id, place, **_OPEN)
            self.ledger.settle(cell, reason=reason)
        return self.measures[key]

    def _set(self, measure: dict[str, str], column: str, value: str, place: str) -> str:
        """Give a measure what its row does not say; another value is no reason to change it."""
        old = measure[column]
        if (reason := _unfit(value)) or old == value:
            return reason
        if not old and not self._is_new(measure):
            return f"Die Maßnahme „{measure['id']}“ steht schon in den Daten, ohne diese Angabe. Ergänzen Sie sie dort."
        if old and (column not in _TEXTS or not self._is_new(measure)):
            return self._note("massnahmen", measure, column, value, place)
        measure[column] = f"{old}\n{value}".strip()
        return ""

    def _relate(self, measure: Cells, goal: str, place: str) -> None:
        if all(row["ziel_id"] != goal for row in self._of("massnahme_bezuege", measure)):
            self._add("massnahme_bezuege", place, massnahme_id=measure["id"], ziel_id=goal, beleg="quelle")

    def _take_part(self, measure: dict[str, str], part: Part, place: str, record: Record) -> None:
        kind, text = part.target, " ".join(part.lines)
        if kind in (*ROLES, "zustaendig"):
            self._bodies(measure, part, place)
            return
        if kind.startswith("kosten"):
            for line in part.lines:
                reason = self._cost(measure, part, line, place)
                self.ledger.settle(part.cell, reason=reason, text=line)
            return
        if kind in _TEXTS:
            reason = self._set(measure, kind, "\n".join(part.lines), place)
        elif kind == "prioritaet":
            reason = "Als Priorität gibt es hoch, mittel und niedrig."
            if level := meaning(kind, text):
                reason = self._set(measure, kind, level, place)
        elif kind in _TIMES:
            reason = self._time(measure, part, place, record)
        elif kind == "status":
            reason = self._status(measure, text, place, record)
        elif kind == "status_text":
            reason = self._explain(measure, text)
        else:
            reason = "Eine weitere Maßnahme in derselben Zeile; trennen Sie die Spalten in der Zuordnung."
        self.ledger.settle(part.cell, reason=reason)

    def _bodies(self, measure: Cells, part: Part, place: str) -> None:
        whole = " ".join(part.lines)
        known = self.names.resolve("akteure", whole)
        names = [whole] if known else parts_of_names("\n".join(part.lines))
        for text in names:
            found = Body(text) if self.names.resolve("akteure", text) else body(text)
            alone = part.target != "zustaendig" or len(names) == 1
            role = found.role or ("federfuehrend" if part.target == "zustaendig" else part.target)
            if PERSON.search(text):
                reason = "Hier steht ein Name; genannt werden nur Stellen."
            elif not found.certain:
                reason = "Nicht sicher, welche Stellen das sind."
            elif not (found.role or alone):
                reason = _WHO_LEADS
            else:
                reason = _unfit(found.name) or self._responsible(measure, found.name, role, place)
            if found.others and not reason:
                reason = "Die Zelle meint noch andere und nennt sie nicht."
            self.ledger.settle(part.cell, reason=reason, text="" if reason == _WHO_LEADS else text)

    def _responsible(self, measure: Cells, name: str, role: str, place: str) -> str:
        key = self.names.resolve("akteure", name)
        if key is None:
            key = self._add("akteure", place, name=name, art=sort_of_body(name) or "sonstige")["id"]
        mine = self._of("zustaendigkeiten", measure)
        same = next((row for row in mine if row["akteur_id"] == key), None)
        leading = next((row for row in mine if row["rolle"] == role == "federfuehrend"), None)
        if same:
            return "" if same["rolle"] == role else self._note("zustaendigkeiten", same, "rolle", role, place)
        if leading and not self._is_new(leading):
            return self._note("zustaendigkeiten", leading, "akteur_id", key, place)
        self._add("zustaendigkeiten", place, massnahme_id=measure["id"], akteur_id=key, rolle=role)
        return ""

    def _time(self, measure: dict[str, str], part: Part, place: str, record: Record) -> str:
        text = " ".join(part.lines)
        found = span(text)
        if found is None:
            return "Kein Zeitraum, der sich sicher lesen lässt."
        if not found.first and not found.last:
            return self._status(measure, text, place, record, derived=True)
        values = {"beginn": found.first, "ende": found.last, "zeit_genauigkeit": found.accuracy}
        if part.target != "zeitraum" and found.single:
            values.pop("ende" if part.target == "beginn" else "beginn")
        if measure["zeit_genauigkeit"] and self._is_new(measure):
            # Beginning and end in two columns: as exact as the less exact of both.
            both = (measure["zeit_genauigkeit"], found.accuracy)
            measure["zeit_genauigkeit"] = max(both, key=ACCURACIES.index)
        if measure["zeit_genauigkeit"] or not self._is_new(measure):
            values.pop("zeit_genauigkeit")
        reasons = [self._set(measure, column, value, place) for column, value in values.items() if value]
        return next(filter(None, reasons), _ENDLESS if found.endless else "")

    def _cost(self, measure: Cells, part: Part, line: str, place: str) -> str:
        found = cost(line, part.heading)
        if found is None:
            return "Kein Betrag in Euro, der sich sicher lesen lässt."
        said = sorts_in(part.heading)
        if found.sort and said and found.sort not in said:
            return "Überschrift und Zelle sagen Verschiedenes: jährlich oder einmalig?"
        # What is chosen for the column fills what the cell leaves open.
        sort = found.sort or part.target.partition("_")[2] or next(iter(said), "")
        if not sort:
            return _HOW_OFTEN
        row = {"massnahme_id": measure["id"], "art": sort, "jahr": found.year, "haushaltsstand": found.budget}
        amount = plain_number(found.amount)
        same = next((r for r in self._of("kosten", measure) if r.items() >= row.items()), None)
        if same and same["betrag_eur"] != amount:
            return self._note("kosten", same, "betrag_eur", amount, place)
        if same is None:
            exact = "circa" if found.circa else "genau"
            self._add("kosten", place, **row, betrag_eur=amount, genauigkeit=exact)
        return ""

    def _status(self, measure: Cells, text: str, place: str, record: Record, *, derived: bool = False) -> str:
        head, more, status = (text, "", "daueraufgabe") if derived else _status_in(text)
        own, of_document = day_of_paper(text), self.day
        day = own or of_document
        if not day:
            return f"Ein Status braucht einen Tag. Nennen Sie in der Zuordnung das „{DAY}“."
        if not status or _unfit(text):
            return "Kein Wort, das sicher einen Status nennt."
        if own > of_document > "":
            return "Der Tag liegt nach dem Datum des Dokuments."
        if status == "abgeschlossen" and any(_endless(each) for each in record.parts):
            return "Das Dokument nennt die Maßnahme zugleich laufend und abgeschlossen."
        there = next((row for row in self._of("statusverlauf", measure) if row["datum"] == day), None)
        if derived and (record.of("status") or (there and there["status"] != status)):
            return _OTHER_COLUMN
        if there and there["status"] != status:
            return self._note("statusverlauf", there, "status", status, place)
        if there is None:
            label = self.sheets["statusverlauf"].field("status").labels[status]
            said = "quelle" if folded(head) == folded(label) else "abgeleitet"
            cells = {"datum": day, "status": status, "wortlaut": head, "beleg": said, "text": more}
            self._add("statusverlauf", place, massnahme_id=measure["id"], **cells)
        return ""

    def _explain(self, measure: Cells, text: str) -> str:
        """Put the explanation of a status beside it."""
        row = next((row for row in self._of("statusverlauf", measure) if self._is_new(row)), None)
        if row is None or _unfit(text):
            return "Neben dieser Erläuterung steht kein Status, der übernommen ist."
        row["text"] = f"{row['text']} {text}".strip()
        return ""


def _place(record: Record, number: str) -> str:
    """Say where a measure stands, by its number where it has one."""
    return f"{record.place}, Nr. {number}" if number else record.place


def _endless(part: Part) -> bool:
    """Tell whether a cell says that something goes on."""
    found = span(" ".join(part.lines)) if part.target in _TIMES else None
    return found is not None and found.endless


def _status_in(text: str) -> tuple[str, str, str]:
    """Read the word of a status, what is said besides, and what the word means."""
    for sign in (" (", ";", ",", ":", " – "):
        head, _, more = text.partition(sign)
        if status := meaning("status", head):
            return head.strip(), (more.removesuffix(")") if sign == " (" else more).strip(), status
    return text, "", ""


def _most_alike(text: str, rows: Iterable[Cells], column: str) -> dict[str, str] | None:
    """Find the row that says the same, or nearly."""
    scored = [(fuzz.ratio(folded(row[column]), folded(text)), n, row) for n, row in enumerate(rows)]
    score, _, row = max(scored, default=(0.0, 0, {}), key=lambda each: (each[0], -each[1]))
    long = min(len(text), len(row.get(column, ""))) >= _SHORT
    return dict(row) if score == 100 or (score >= ALIKE and long) else None


def _unfit(text: str) -> str:
    """Say why a text could not be imported."""
    if markup_in(text):
        return "Hier stehen Zeichen einer Webseite, die so gedruckt würden."
    if len(text) > CELL_LIMIT:
        return "Der Text ist länger, als eine Zelle in Excel fasst."
    return no_text(text) or ""
