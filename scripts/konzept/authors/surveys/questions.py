"""Columns of an export → the questions of a survey, and which of them can be counted.

LimeSurvey heads a column with the code of a question, with its text, or with both: ``G01Q02``, ``Was fehlt Ihnen?``,
``G01Q02. Was fehlt Ihnen?``.  Behind them stand in square brackets what the column is of it: an answer that could be ticked,
the line of an array, what else someone wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from konzept.authors.surveys.answers_file import AnswersFile
from konzept.data.disclosure import LEAST

_CODED = re.compile(r"([A-Za-z]\w*)((?:\[[^\[\]]*\])*)(?:\.\s+(.*))?", re.DOTALL)
_BRACKETS = re.compile(r"(.*?)\s*((?:\[[^\[\]]*\]\s*)*)", re.DOTALL)
_SYSTEM = re.compile(
    r"id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token|firstname|lastname|email|"
    r"attribute_\d+|interviewtime|\w*time\d*|antwort id|response id|datum .*|date .*|letzte seite|last page|start-?sprache|start language|"
    r"zufallsstartwert|ip-adresse|ip address|weiterleitungs-?url|referrer url|zugangs(?:schlüssel|code)|access code|"
    r"vorname|nachname|first name|last name|e-mail-adresse|email address|gesamtzeit|total time|(?:gruppen|fragen)zeit.*|(?:group|question) time.*",
    re.IGNORECASE,
)
"""What LimeSurvey itself notes of who answered, when and how long; by code and by title."""
_DONE = ("submitdate", "datum abgeschlossen", "date submitted")
_ID = ("id", "antwort id", "response id")
_OTHER = ("other", "sonstiges", "andere", "anderes")
_COMMENT = ("comment", "kommentar")
_YES, _NO = frozenset(("ja", "yes", "y", "1")), frozenset(("nein", "no", "n", "0"))
_EMPTY = frozenset(("", "n/a", "keine antwort", "no answer"))
_CLOSED = re.compile(
    r"ja|nein|yes|no|y|n|m|f|weiblich|männlich|divers|female|male|sonstiges|other|-oth-|unsicher|uncertain|"
    r"weiß nicht|[a-z]{1,2}\d{1,3}|\d|10",
    re.IGNORECASE,
)
"""Answers that only a questionnaire gives: LimeSurvey's own words, codes, marks from 0 to 10."""
OTHER_ANSWER = "andere Antwort"
"""All that the author has not listed."""
_LONGEST = 120
_ENOUGH = 0.8
"""So great a part of the answers is listed where a question can be counted."""

FREE, SYSTEM, RANKS, SILENT, OPEN = (
    "Freitext: wird nie veröffentlicht.",
    "Angabe zur Person oder des Programms: wird nie veröffentlicht.",
    "Rangfolge: Anzahlen je Rang ließen sich gegenseitig errechnen.",
    "Niemand hat geantwortet.",
    f"Freitext, Zahl oder zu viele verschiedene Antworten; kaum eine gaben mindestens {LEAST} Personen.",
)
NEVER = (FREE, SYSTEM, RANKS)
"""Why a question is never counted, whatever the author wants."""
SEVERAL, RARE = (
    "Mehrere Antworten waren möglich.",
    f"Antworten von weniger als {LEAST} Personen stehen hier nicht; ergänzen Sie sie aus dem Fragebogen, sonst zählen sie als „{OTHER_ANSWER}“.",
)


@dataclass(frozen=True)
class Column:
    """A column: its question's code and text, and of what in the question it is."""

    at: int
    code: str
    text: str
    part_code: str = ""
    part: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is of a question with several columns."""
        return bool(self.part or self.part_code)

    @property
    def is_system(self) -> bool:
        """Whether the program notes it, not the person."""
        return any(_SYSTEM.fullmatch(name) for name in (self.code, self.text) if name)

    def is_of(self, words: Sequence[str]) -> bool:
        """Tell whether the column is of one of these kinds."""
        return self.part.casefold() in words or self.part_code.casefold().endswith(tuple(words))


@dataclass(frozen=True)
class Question:
    """What one table of counts would show."""

    key: str
    """How the file names it."""
    text: str
    columns: Mapping[str, int]
    """Of several answers: each by its name in the file → its column; else the one column under an empty name."""
    several: bool
    answers: Mapping[str, str] = field(default_factory=dict)
    """What can be listed: an answer in the file → what it is called."""
    reason: str = ""
    """Why it cannot be counted."""
    free: frozenset[str] = frozenset()
    """Of several answers: those where people wrote what else; that they wrote counts, not what."""
    hint: str = ""
    """What the author should look at."""
    passage: str = ""
    """Where in the survey a reader finds it."""


def is_empty(cell: str) -> bool:
    """Tell whether a cell holds no answer."""
    return cell.casefold() in _EMPTY


def is_ticked(cell: str, *, free: bool) -> bool:
    """Tell whether an answer was ticked; what else someone wrote counts as a tick."""
    return not is_empty(cell) and (cell.casefold() in _YES or (free and cell.casefold() not in _NO))


def columns_of(file: AnswersFile) -> list[Column]:
    """Take the heads apart."""
    found = [_column(at, head) for at, head in enumerate(file.heads)]
    bases = Counter(column.text for column in found)
    # A text may end in brackets without being of a greater question.
    return [
        c if c.code or not c.part or bases[c.text] > 1 else Column(c.at, "", f"{c.text} [{c.part}]".strip())
        for c in found
    ]


def _column(at: int, head: str) -> Column:
    match = _CODED.fullmatch(head)
    if match is None:
        text, parts = _split(head)
        return Column(at, "", text, "", " – ".join(parts))
    codes = re.findall(r"\[([^\[\]]*)\]", match[2])
    text, parts = _split(match[3] or "")
    if len(parts) > len(codes):
        text = " ".join([text, *(f"[{p}]" for p in parts[: len(parts) - len(codes)])]).strip()
        parts = parts[len(parts) - len(codes) :]
    return Column(at, match[1], text, "_".join(codes), " – ".join(parts))


def _split(text: str) -> tuple[str, list[str]]:
    match = _BRACKETS.fullmatch(text)
    assert match is not None  # both parts may be empty
    return match[1].strip(), [part.strip() for part in re.findall(r"\[([^\[\]]*)\]", match[2])]


def respondents(file: AnswersFile) -> tuple[list[int], int, list[int]]:
    """Tell whose answers count.

    Returns
    -------
    tuple of list of int, int, list of int
        The rows that count, how many were not completed, and the rows whose number stands there twice.
    """
    columns = columns_of(file)
    done = _system_column(columns, _DONE)
    number = _system_column(columns, _ID)
    asked = [c.at for c in columns if not c.is_system]
    rows = [
        i
        for i, cells in enumerate(file.rows)
        if (done is None or cells[done]) and not all(is_empty(cells[at]) for at in asked)
    ]
    seen: set[str] = set()
    twice = []
    for i, cells in enumerate(file.rows if number is not None else ()):
        if cells[number or 0] in seen:
            twice.append(i)
        seen.add(cells[number or 0])
    return rows, len(file.rows) - len(rows), twice


def _system_column(columns: Sequence[Column], names: Sequence[str]) -> int | None:
    return next((c.at for c in columns if {c.code.casefold(), c.text.casefold()} & {*names}), None)


def questions_of(file: AnswersFile, rows: Sequence[int]) -> list[Question]:
    """Find the questions of a file in its order, by the rows that count."""
    groups: dict[tuple[str, str], list[Column]] = {}
    for column in columns_of(file):
        # The same text may head two single questions.
        own = str(column.at) if not column.code and not column.part else ""
        groups.setdefault((column.code or column.text, own), []).append(column)
    answers = [[file.rows[i][at] for i in rows] for at in range(len(file.heads))]
    return [question for group in groups.values() for question in _of_group(group, answers)]


Answers = Sequence[Sequence[str]]
"""What those who count have answered, by column."""


def _of_group(group: Sequence[Column], answers: Answers) -> list[Question]:
    """Read the questions to which some columns belong."""
    if any(c.is_system for c in group):
        return [_left_out(c, SYSTEM) for c in group]
    comments = [c for c in group if c.is_part and c.is_of(_COMMENT)]
    others = [c for c in group if c not in comments and c.is_part and c.is_of(_OTHER)]
    main = [c for c in group if c not in (*comments, *others)]
    free = [_left_out(c, FREE) for c in comments]
    given = [answers[c.at] for c in main]
    if main and main[0].is_part and _are_ticks(given):
        return [_of_several([*main, *others], others, answers), *free]
    free += [_left_out(c, FREE) for c in others]
    ranks = len(main) > 1 and _are_ranks(given)
    listed = _listed(given)
    return [*(_of_one(c, answers[c.at], listed, RANKS if ranks else "") for c in main), *free]


def _are_ticks(columns: Answers) -> bool:
    """Tell whether columns say what was ticked: yes, no, or empty; but whoever leaves some of the lines empty says no."""
    for row in zip(*columns, strict=True):
        words = {cell.casefold() for cell in row}
        if words - _EMPTY - _YES - _NO or ("" in words and words & _NO):
            return False
    return True


def _are_ranks(columns: Answers) -> bool:
    """Tell whether nobody gave an answer twice, as where things are put in order."""
    rows = [[cell for cell in row if not is_empty(cell)] for row in zip(*columns, strict=True)]
    rows = [row for row in rows if len(row) > 1]
    return len(rows) > 1 and all(len(set(row)) == len(row) for row in rows)


def _listed(columns: Answers) -> list[str]:
    """List the answers to one question, or to the lines of one, that tell nothing of a single person."""
    counts = [Counter(v for v in column if not is_empty(v)) for column in columns]
    every = dict.fromkeys(value for each in counts for value in each)
    safe = [
        value
        for value in every
        if (max(each[value] for each in counts) >= LEAST or _CLOSED.fullmatch(value))
        and len(value) <= _LONGEST
        and not {"|", "="} & {*value}
    ]
    return sorted(safe, key=_natural)


def _of_one(column: Column, answers: Sequence[str], listed: Sequence[str], reason: str) -> Question:
    given = [v for v in answers if not is_empty(v)]
    if not given:
        reason = reason or SILENT
    elif sum(v in listed for v in given) < _ENOUGH * len(given):
        reason = reason or OPEN
    options = {} if reason else {value: value for value in listed}
    hint = "" if reason or all(v in listed for v in given) else RARE
    return replace(_left_out(column, reason), answers=options, hint=hint)


def _of_several(columns: Sequence[Column], others: Sequence[Column], answers: Answers) -> Question:
    names = {c.at: _option(c, c in others) for c in columns}
    given = any(is_ticked(v, free=c in others) for c in columns for v in answers[c.at])
    first = columns[0]
    return Question(
        first.code or first.text,
        first.text or first.code,
        {names[c.at][0]: c.at for c in columns},
        several=True,
        answers=dict(names.values()) if given else {},
        reason="" if given else SILENT,
        free=frozenset(names[c.at][0] for c in others),
        hint=SEVERAL,
        passage=_passage(replace(first, part_code="", part="")),
    )


def _left_out(column: Column, reason: str) -> Question:
    key, text = _key(column), _text(column)
    return Question(key, text, {"": column.at}, several=False, reason=reason, passage=_passage(column))


def _option(column: Column, other: bool) -> tuple[str, str]:
    """Name an answer that could be ticked, in the file and in the book."""
    label = column.part or ("Sonstiges" if other else column.part_code)
    # Both marks have a meaning in the choice.
    return re.sub(r"[|=]", "/", column.part_code or column.part), re.sub(r"[|=]", "/", label)


def _key(column: Column) -> str:
    code, part = (column.code, column.part_code) if column.code else (column.text, column.part)
    return f"{code}[{part}]" if part else code


def _text(column: Column) -> str:
    parts = [column.text or ("" if column.part else column.code), column.part]
    return " – ".join(filter(None, parts)) or _key(column)


def _passage(column: Column) -> str:
    return f"Frage {_key(column)}" if column.code else f"Spalte {column.at + 1}"


def _natural(text: str) -> list[tuple[int, str]]:
    """Order A2 before A10."""
    return [(int(d or 0), w.casefold()) for w, d in re.findall(r"(\D*)(\d*)", text) if w or d]
