"""Answers → rows of `umfrageergebnisse`; nothing is written before everything is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from konzept.authors.check import check_project
from konzept.authors.excel.importing import write_tables
from konzept.authors.excel.records import CsvFile, Record, read_csv
from konzept.authors.excel.records import written as csv_written
from konzept.authors.excel.trial import trial_folder
from konzept.authors.surveys import choice as choices
from konzept.authors.surveys.answers_file import AnswersFile, read_answers
from konzept.authors.surveys.choice import Choice
from konzept.authors.surveys.counting import Counted, count, shown_count, unlisted, without_links
from konzept.authors.surveys.questions import questions_of, respondents
from konzept.data.disclosure import LEAST
from konzept.data.files import whole
from konzept.data.package import Package
from konzept.data.privacy.lists import SURVEYS, is_private
from konzept.data.problems import DataProblems, Problem, suggestion
from konzept.data.reading import Reading, read_folder
from konzept.data.saving import State, state
from konzept.words import german

TABLE = "umfrageergebnisse"
Cells = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """What taking in a survey would do; everything in it has been checked."""

    folder: Path
    expected: State
    contents: dict[str, bytes]
    """The table of results with its new content; nothing where it stays."""
    choice: tuple[Path, str] | None
    """The table of choices to be written first, where it lacks questions; then nothing is counted yet."""
    lines: tuple[str, ...]
    """What to tell."""
    questions: tuple[str, ...]
    """What to ask about before anything is written."""


def plan_survey(path: Path, folder: Path, project: Path, event_id: str, source: str = "") -> Plan:
    """Work out which results a file of answers gives, and check them as `konzept check` does.

    Parameters
    ----------
    path
        The file of answers.
    folder
        The data folder.
    project
        The project's folder, in which such a file must not lie.
    event_id
        The survey's row in the table of events.
    source
        The document that the results are quoted by; without it the one that the event names.

    Raises
    ------
    DataProblems
        Nothing can be written; the problems say why.
    """
    _lies_apart(path, project, folder)
    expected = state(folder)
    reading = read_folder(folder)
    if reading.problems or reading.package is None:
        raise DataProblems(reading.problems)
    event = _event(reading, event_id, source)
    file = read_answers(path)
    rows, incomplete, twice = respondents(file)
    if twice:
        message = "Die Nummer dieser Antwort steht schon weiter oben; die Datei enthält Antworten doppelt. Exportieren Sie neu."
        raise DataProblems([file.problem(message, twice[0])])
    if len(rows) < LEAST:
        message = f"Nur {german.count(len(rows), 'Person hat', 'Personen haben', gender='e')} geantwortet; von weniger als {german.word(LEAST)} wird nichts veröffentlicht."
        raise DataProblems([Problem(path.name, None, None, message)])
    questions = questions_of(file, rows)
    target = folder / choices.FOLDER / f"{event_id}.csv"
    exists = target.exists()
    choice = choices.read_choice(target, questions) if exists else choices.proposed(questions)
    counted = _counted(choice, file, rows, target)
    head = _head(event["titel"], len(rows), incomplete, choice)
    told = tuple(_told(counted))
    if not exists or choice.new:
        text = choices.extended(target, choice.new) if exists else choices.written(questions)
        return Plan(folder, expected, {}, (target, text), (*head, *told), ())
    present = read_csv(folder / reading.package.tables[TABLE].file)
    old = [dict(r.cells) for r in present.records if r.cells["ereignis_id"] == event_id]
    # What was quoted once is quoted again, so that the same call gives the same.
    quoted = source or (old[0]["quelle_id"] if old else event["quelle_id"])
    new = list(_rows(counted, event_id, len(rows), quoted))
    if old == new:
        return Plan(folder, expected, {}, None, (*head, *told, "Keine Änderungen."), ())
    content = _content(present, new, event_id)
    contents = {reading.package.tables[TABLE].file: content}
    _check(reading.package, contents)
    lines = (*head, *told, _changed(len(old), len(new)))
    return Plan(folder, expected, contents, None, lines, tuple(_asked(old, new)))


def take_in(plan: Plan, backups: Path) -> list[str]:
    """Write what was planned, and say what to do then or how to take it back.

    Raises
    ------
    DataProblems
        Nothing was written; the problem says why.
    """
    if not plan.choice:
        return write_tables(plan.folder, plan.contents, plan.expected, backups) if plan.contents else []
    path, text = plan.choice
    try:
        path.parent.mkdir(exist_ok=True)
        with whole(path) as waiting:
            waiting.write_bytes(text.encode())
    except OSError:
        message = "In den Ordner lässt sich nicht schreiben. Prüfen Sie Ihre Rechte und den freien Platz."
        raise DataProblems([Problem(plan.folder.name, None, None, message)]) from None
    return [
        f"Geschrieben ist die Auswahl: {path}",
        "Sehen Sie sie durch: Jede Frage wird gezählt oder weggelassen; Fragen und Antworten dürfen Sie umbenennen. "
        "Geben Sie dann denselben Befehl noch einmal ein.",
    ]


def _numbers(row: Cells) -> tuple[str, str]:
    return row["anzahl"], row["grundgesamtheit"]


def _lies_apart(path: Path, project: Path, folder: Path) -> None:
    """Refuse answers that lie where they might be published or kept in git."""
    place = path.resolve()
    if not place.is_relative_to(project.resolve()):
        return
    inside = place.relative_to(folder.resolve()).parts if place.is_relative_to(folder.resolve()) else ()
    if not (len(inside) > 1 and is_private(inside[0])):
        message = f"Diese Datei enthält einzelne Antworten und liegt im Ordner des Projekts; von dort könnte sie veröffentlicht werden. Legen Sie sie nach data/intern/{SURVEYS} oder außerhalb des Projekts ab."
        raise DataProblems([Problem(path.name, None, None, message)])


def _event(reading: Reading, event_id: str, source: str) -> dict[str, str]:
    """Find the survey among the events, with all that its results must say."""
    assert reading.package is not None
    place = f"{reading.package.folder.name}/{reading.package.tables['ereignisse'].file}"
    surveys = [row["id"] for row in reading.rows["ereignisse"] if row["art"] == "befragung"]
    found = [i for i, row in enumerate(reading.rows["ereignisse"]) if row["id"] == event_id]
    if not found:
        hint = suggestion(event_id, surveys)
        message = f"Das Ereignis „{event_id}“ gibt es nicht.{hint} Eine neue Umfrage braucht zuerst eine Zeile mit der Art „befragung“."
        raise DataProblems([Problem(place, None, "id", message)])
    event, line = reading.rows["ereignisse"][found[0]], reading.lines["ereignisse"][found[0]]
    problems = [
        Problem(
            place,
            line,
            column,
            f"Zur Umfrage fehlt, {what}. Ergänzen Sie es; ist es nicht bekannt, schreiben Sie das.",
        )
        for column, what in (
            ("befragte", "wer befragt worden ist"),
            ("nicht_erreicht", "wer nicht erreicht worden ist"),
        )
        if not event[column]
    ]
    if source and source not in reading.keys("dokumente"):
        hint = suggestion(source, reading.keys("dokumente"))
        problems.append(Problem("--quelle", None, None, f"Das Dokument „{source}“ gibt es nicht.{hint}"))
    if problems:
        raise DataProblems(problems)
    return event


def _counted(choice: Choice, file: AnswersFile, rows: Sequence[int], target: Path) -> list[Counted]:
    counted = [count(each, file, rows) for each in choice.counted]
    name = f"{target.parent.parent.name}/{choices.FOLDER}/{target.name}"
    if problems := [problem for each in counted for problem in unlisted(each, name)]:
        raise DataProblems(problems)
    return without_links(counted)


def _head(title: str, people: int, incomplete: int, choice: Choice) -> tuple[str, ...]:
    left = f" Nicht gezählt, weil nicht abgeschlossen oder leer: {incomplete}." if incomplete else ""
    reasons: dict[str, list[str]] = {}
    for question in choice.left_out:
        reasons.setdefault(question.reason or "Von Ihnen weggelassen.", []).append(question.key)
    return (
        f"{title}: n = {people}.{left}",
        f"Gezählt: {german.count(len(choice.counted), 'Frage', 'Fragen')}",
        *(f"Weggelassen: {', '.join(keys)} – {reason}" for reason, keys in reasons.items()),
        *(f"Neu in der Datei: {question.key}" for question in choice.new),
    )


def _told(counted: Sequence[Counted]) -> Iterator[str]:
    """Show what readers would see, question by question."""
    for each in counted:
        yield f"  {each.chosen.text}"
        if each.hidden is None:
            yield f"    ganz zurückgehalten: {each.because}"
            continue
        for place, label in enumerate(each.labels):
            number = shown_count(each, place)
            yield f"    {label}: {'zurückgehalten' if number is None else german.number(number)}"


def _rows(counted: Sequence[Counted], event_id: str, people: int, source: str) -> Iterator[Cells]:
    for each in counted:
        for place, label in enumerate(each.labels) if each.hidden is not None else ():
            number = shown_count(each, place)
            yield {
                "ereignis_id": event_id,
                "frage": each.chosen.text,
                "antwort": label,
                "anzahl": "" if number is None else str(number),
                "grundgesamtheit": str(people),
                "mehrfach": "ja" if each.several else "nein",
                "quelle_id": source,
                "fundstelle": each.chosen.question.passage,
            }


def _content(present: CsvFile, new: Sequence[Cells], event_id: str) -> bytes:
    """Put the new rows at the end; the survey's old ones go."""
    kept: list[Record | Cells] = [r for r in present.records if r.cells["ereignis_id"] != event_id]
    text, _ = csv_written(present, [*kept, *new])
    return text.encode()


def _check(package: Package, contents: dict[str, bytes]) -> None:
    """Check the data as they would be."""
    before = set(check_project(package.folder))
    with trial_folder(package, contents) as trial:
        problems = check_project(trial, intern=package.folder / "intern")
    if found := [problem for problem in problems if problem not in before]:
        raise DataProblems(found)


def _changed(old: int, new: int) -> str:
    rows = german.count(new, "Zeile", "Zeilen")
    instead = f" an der Stelle von {old}" if old else ""
    return f"{german.capital(rows)} für data/{TABLE}.csv{instead}."


def _asked(old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[str]:
    """Ask about other numbers that stand there already: two versions side by side tell of those who came in between."""
    if old and sorted(map(_numbers, old)) != sorted(map(_numbers, new)):
        people = new[0]["grundgesamtheit"] if new else "0"
        yield (
            f"Zu dieser Umfrage stehen schon Ergebnisse in den Daten (n = {old[0]['grundgesamtheit']}, jetzt n = {people}). "
            "Sind sie schon veröffentlicht, verrät der Unterschied, wie Einzelne geantwortet haben; dann bleiben die alten stehen."
        )
