"""What the author has chosen of a survey's questions: a small table, kept in ``data/umfragen`` so that counting can be repeated.

It stands beside the tables of the project and not beside the answers, which are deleted one day, and has one row a question.
It holds questions and the answers that a questionnaire offers, none of a single person, so that it may be kept in git.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from konzept.authors.surveys.answers_file import AnswersFile, read_answers
from konzept.authors.surveys.questions import NEVER, Question
from konzept.data.csv_file import separated
from konzept.data.problems import DataProblems, Problem, refused, suggestion

FOLDER = "umfragen"
"""Below the data folder."""
_HEADS = ("Spalte", "Auswahl", "Frage", "Antworten", "Hinweis")
COUNT, LEAVE = "zählen", "weglassen"
_BETWEEN, _MEANS = "|", "="


@dataclass(frozen=True)
class Chosen:
    """A question that is counted: what it is called, and which answers are listed under which names."""

    question: Question
    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """What is counted, what is left out, and what the table does not know yet."""

    counted: tuple[Chosen, ...]
    left_out: tuple[Question, ...]
    new: tuple[Question, ...]


def proposed(questions: Iterable[Question]) -> Choice:
    """Count all that can be counted."""
    questions = list(questions)
    counted = tuple(Chosen(q, q.text, q.answers) for q in questions if not q.reason)
    return Choice(counted, tuple(q for q in questions if q.reason), ())


def written(questions: Iterable[Question]) -> str:
    """Write the table as it is proposed."""
    return separated([_HEADS, *map(_row, questions)])


def extended(path: Path, questions: Sequence[Question]) -> str:
    """Write the table with rows for what it does not know yet."""
    table = read_answers(path)
    return separated([table.heads, *table.rows, *map(_row, questions)])


def _row(question: Question) -> tuple[str, ...]:
    answers = f" {_BETWEEN} ".join(
        value if value == label else f"{value} {_MEANS} {label}" for value, label in question.answers.items()
    )
    hint = question.reason or question.hint
    return (question.key, LEAVE if question.reason else COUNT, question.text, answers, hint)


def read_choice(path: Path, questions: Sequence[Question]) -> Choice:
    """Read the table and hold it against the questions that there are.

    Raises
    ------
    DataProblems
        The table cannot be read, or asks for what there is not.
    """
    table = replace(read_answers(path), name=f"{path.parent.parent.name}/{FOLDER}/{path.name}")
    if missing := [head for head in _HEADS[:4] if head not in table.heads]:
        raise DataProblems(
            [
                table.problem(f"Die Spalte „{head}“ fehlt. Ergänzen Sie sie in der Kopfzeile.")
                for head in missing
            ]
        )
    reader = _Reader(table, questions)
    if not {reader.cell(row, "Spalte") for row in range(len(table.rows))} & {*reader.questions}:
        raise refused(
            table.name,
            "Keine dieser Fragen steht in der Datei mit den Antworten; sie gehört wohl zu einer anderen Umfrage. Prüfen Sie Datei und Ereignis.",
        )
    for row in range(len(table.rows)):
        reader.take(row)
    if reader.problems:
        raise DataProblems(reader.problems)
    known = {reader.cell(row, "Spalte") for row in range(len(table.rows))}
    left_out = tuple(q for q in questions if q.key in known and q.key not in reader.counted)
    new = tuple(q for q in questions if q.key not in known)
    return Choice(tuple(reader.counted.values()), left_out, new)


class _Reader:
    """Takes the rows of the table one by one."""

    def __init__(self, table: AnswersFile, questions: Sequence[Question]) -> None:
        self.table = table
        self.at = {head: table.heads.index(head) for head in _HEADS[:4]}
        self.questions = {question.key: question for question in questions}
        self.counted: dict[str, Chosen] = {}
        self.problems: list[Problem] = []

    def report(self, row: int, column: str, message: str) -> None:
        self.problems.append(self.table.problem(message, row, column))

    def cell(self, row: int, head: str) -> str:
        text = self.table.rows[row][self.at[head]]
        # What a spreadsheet would run was written with a mark before it.
        return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text

    def take(self, row: int) -> None:
        key, word = self.cell(row, "Spalte"), self.cell(row, "Auswahl").casefold()
        if word not in (COUNT, "zaehlen", LEAVE):
            self.report(
                row,
                "Auswahl",
                f"Hier steht „{COUNT}“ oder „{LEAVE}“, nicht „{word}“. Wählen Sie eines davon.",
            )
            return
        if word == LEAVE:
            return
        question = self.questions.get(key)
        if question is None:
            hint = suggestion(key, self.questions)
            self.report(row, "Spalte", f"„{key}“ gibt es in der Datei mit den Antworten nicht.{hint}")
        elif question.reason in NEVER:
            self.report(row, "Auswahl", f"{question.reason} Schreiben Sie „{LEAVE}“.")
        elif key in self.counted:
            self.report(
                row, "Spalte", f"„{key}“ steht schon in einer Zeile darüber. Löschen Sie eine der beiden."
            )
        else:
            self.take_counted(row, question)

    def take_counted(self, row: int, question: Question) -> None:
        text = self.cell(row, "Frage")
        answers = self.answers(row, question)
        if not text:
            self.report(
                row, "Frage", "Hier fehlt, wie die Frage im Buch heißen soll. Ergänzen Sie ihren Wortlaut."
            )
        elif any(text == other.text for other in self.counted.values()):
            self.report(
                row,
                "Frage",
                f"„{text}“ heißt schon eine Frage darüber. Geben Sie jeder ihren eigenen Wortlaut.",
            )
        elif not answers:
            self.report(
                row,
                "Antworten",
                f"Hier fehlen die Antworten, die der Fragebogen anbot. Schreiben Sie zum Beispiel „Ja {_BETWEEN} Nein“, oder „A1 {_MEANS} Ja {_BETWEEN} A2 {_MEANS} Nein“; Freitext lassen Sie weg.",
            )
        else:
            self.counted[question.key] = Chosen(question, text, answers)

    def answers(self, row: int, question: Question) -> dict[str, str]:
        """Read the list of answers; of several each must be one of the file's."""
        found: dict[str, str] = {}
        for each in self.cell(row, "Antworten").split(_BETWEEN):
            value, _, label = (part.strip() for part in each.partition(_MEANS))
            if value:
                found[value] = label or value
        unknown = [value for value in found if question.several and value not in question.columns]
        if unknown and question.several:
            labels = {label: key for key, label in question.answers.items()}
            for value in unknown:
                if value in labels:
                    found[labels[value]] = found.pop(value)
                else:
                    hint = suggestion(value, [*question.columns])
                    self.report(
                        row, "Antworten", f"Die Antwort „{value}“ hat in der Datei keine Spalte.{hint}"
                    )
        return found
