"""The readable list of all sentences, made from the tables that the tests run.

`PYTHONPATH=tests python -m sentences.listing` writes `docs/meldungen.md` anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from folders import PROJECT
from sentences.cells import CELLS, FAILURES, IN_LAB, IN_LAB_UNFAILED
from sentences.data import DATA, PUBLISHED
from sentences.doubtful import HINTS, IMPOSSIBLE
from sentences.languages import LACKING, LANGUAGES, NAMES, OFFICE, STALE
from sentences.pages import CHAPTERS, DOUBTFUL, PAGES
from sentences.programs import CALLS, CONTENTS, LOGS, OTHERS, SETTINGS
from sentences.states import APPROVING, ISSUING, REPORTING, STATES
from sentences.statistics import CHOICES, STATISTICS, STATISTICS_OTHERS
from sentences.surveys import SURVEY_OTHERS, SURVEYS
from sentences.tables import CELLS_LEFT, TAKING, TAKING_OTHERS
from sentences.warnings import WARNINGS
from sentences.workbooks import WORKBOOK_OTHERS, WORKBOOKS

FILE = Path(__file__).resolve().parents[2] / "docs" / "meldungen.md"

_HEAD = """\
# Was das Programm sagt

Jeder Fehler, den Autor\\*innen machen können, und die Antwort darauf.
Die Liste entsteht aus den Tabellen in `tests/sentences`; ein Test macht jeden dieser Fehler und vergleicht die Antwort Wort für Wort.
`SEITE`, `KAPITEL` und `ORDNER` stehen für die Namen Ihrer Dateien.
"""


def listing() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give title, and mistakes with their sentences, of each part of the list."""
    return [
        ("In den Daten", [(m, s) for m, (_, s) in (DATA | IMPOSSIBLE).items()]),
        ("Hinweise zu den Daten, die kein Bauen hindern", [(m, s) for m, (_, s) in HINTS.items()]),
        ("In den Daten einer Ausgabe", [(m, s) for m, (_, s) in PUBLISHED.items()]),
        ("Im Text und in den Zellen einer Seite", [(m, s) for m in PAGES for s in PAGES[m][1]]),
        (
            "Hinweise zum Text einer Seite, die kein Bauen hindern",
            [(m, s) for m in DOUBTFUL for s in DOUBTFUL[m][1]],
        ),
        ("In einem Kapitel", [(m, s) for m, (_, _, s) in CHAPTERS.items()]),
        (
            "In der Fassung einer anderen Sprache",
            [*((m, s) for m, (_, _, s) in LANGUAGES.items()), *((m, s) for m, (_, s) in NAMES.items())],
        ),
        (
            "Hinweise zu Fassungen anderer Sprachen",
            [*((m, s) for m, (_, _, s) in STALE.items()), ("Block, der nur hier fehlt", LACKING)],
        ),
        ("Beim Übersetzungsbüro", list(OFFICE.items())),
        ("In _toc.yml", [(m, s) for m, (_, s) in CONTENTS.items()]),
        ("In _config.yml", [(m, s) for m, (_, _, s) in SETTINGS.items()]),
        ("Beim Bauen: Text", [(m, s) for m in WARNINGS for s in WARNINGS[m][1]]),
        ("Beim Bauen: Zellen", [(m, s) for m, (_, s) in [*FAILURES.items(), *CELLS.items()]]),
        (
            "In einer Zelle in JupyterLab",
            [
                *((m, s) for m, (_, found) in IN_LAB.items() for s in found),
                *((m, s) for m, (_, s) in IN_LAB_UNFAILED.items()),
            ],
        ),
        ("Beim Aufruf", [(m, s) for m, (_, _, s) in CALLS.items()]),
        ("Wenn etwas fehlt", [(m, s) for m, (_, s) in LOGS.items()]),
        ("In einer Arbeitsmappe", [(m, s) for m, (_, s) in WORKBOOKS.items()]),
        ("Beim Austausch mit Excel", list(WORKBOOK_OTHERS.items())),
        ("In den Antworten einer Umfrage", [(m, c.said) for m, c in SURVEYS.items()]),
        ("Beim Zählen einer Umfrage", list(SURVEY_OTHERS.items())),
        ("Beim Lesen eines Konzepts (konzept word tabellen)", [(m, c.said) for m, c in TAKING.items()]),
        (
            "Was aus einem Konzept nicht übernommen wird",
            [*((m, c.reason) for m, c in CELLS_LEFT.items()), *TAKING_OTHERS.items()],
        ),
        (
            "In Dateien der amtlichen Statistik",
            [
                *((m, s) for m, (_, _, _, s) in STATISTICS.items()),
                *((m, s) for m, (_, _, s) in CHOICES.items()),
                *STATISTICS_OTHERS.items(),
            ],
        ),
        ("Beim Vergleich zweier Stände", list(STATES.items())),
        ("Bei einer Ausgabe", list(ISSUING.items())),
        ("Bei einer Freigabe", list(APPROVING.items())),
        ("Beim Sachstandsbericht", list(REPORTING.items())),
        ("Weitere Sätze", list(OTHERS.items())),
    ]


def as_markdown() -> str:
    """Write the list for people."""
    parts = [_HEAD]
    for title, sentences in listing():
        lines = [f"| {_cell(mistake)} | {_cell(sentence)} |" for mistake, sentence in sentences]
        parts.append("\n".join([f"## {_text(title)}\n", "| Fehler | Antwort |", "|---|---|", *lines]) + "\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _text(text: str) -> str:
    # The list is the same wherever the project lies.
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text.replace(str(PROJECT), "/arbeit/projekt"))


if __name__ == "__main__":
    FILE.write_text(as_markdown(), "utf-8")
