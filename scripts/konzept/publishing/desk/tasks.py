"""What can be done at the desk: each task is one command of `konzept`, and all buttons arise from this table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("_build", "tisch")
"""Where files wait that are to be fetched."""

Form = Mapping[str, str | Sequence[str]]
_GAP = re.compile(r"\{(\w+)\}")
_STEP = "{lauf}"


@dataclass(frozen=True)
class Field:
    """What is filled in before a task begins."""

    name: str
    label: str
    kind: str = "text"
    """`text`, `file`, or one of `finding.LISTS`, from which is chosen."""
    needed: bool = True
    hint: str = ""
    """An example of what is typed; of a file, how its name ends."""


@dataclass(frozen=True)
class Task:
    """A button, and the command that it stands for."""

    name: str
    """In addresses."""
    button: str
    """Empty where the page makes a button of its own."""
    words: tuple[str, ...]
    """The command's; a word with the name of what was left empty is left out, one with several values comes for each."""
    fields: tuple[Field, ...] = ()
    sure: str = "--ja"
    """What `{lauf}` becomes once it was seen what would change; before that it is `--probe`."""
    where: str = ""
    """What a project must have for it, one of `finding.traits`."""
    renews: bool = False
    """Whether the page shows something else of the project afterwards."""

    @property
    def is_tried(self) -> bool:
        """Whether it is first seen what would change."""
        return _STEP in self.words

    def command(self, form: Form) -> list[str] | None:
        """Give the words of its command, or None if something is missing."""
        if not all(form.get(field.name) for field in self.fields if field.needed):
            return None
        return list(self._filled({**form, "lauf": self.sure if form.get("lauf") else "--probe"}))

    def _filled(self, form: Form) -> Iterator[str]:
        for word in self.words:
            if gap := _GAP.search(word):
                values = form.get(gap[1], "")
                # Not as format() does it, which would also look into what was typed.
                yield from (
                    word.replace(gap[0], v) for v in ([values] if isinstance(values, str) else values) if v
                )
            else:
                yield word


@dataclass(frozen=True)
class Section:
    """Tasks that belong together."""

    key: str
    title: str
    text: str
    tasks: tuple[Task, ...]
    rare: bool = False
    """Whether it is folded until it is needed."""


_CHAPTER = Field("kapitel", "Kapitel", "kapitel")
_PAPER = Field("vorlage", "Nummer der Vorlage", needed=False)

SECTIONS = (
    Section(
        "schreiben",
        "Kapitel schreiben",
        "",
        (Task("kapitel", "Fehlende Kapitel anlegen", ("new", "--alle"), where="fehlend", renews=True),),
    ),
    Section(
        "mappe",
        "Zahlen und Maßnahmen ändern",
        "Alle Tabellen stehen in einer Arbeitsmappe für Excel oder LibreOffice.",
        (
            Task("mappe", "Arbeitsmappe holen", ("excel", "export", str(FOLDER / "konzept.xlsx"))),
            Task(
                "mappe-zurueck",
                "Ansehen, was sich ändert",
                ("excel", "import", _STEP, "--", "{datei}"),
                (Field("datei", "Geänderte Mappe", "file", hint=".xlsx"),),
                renews=True,
            ),
            Task("zuruecknehmen", "", ("excel", "zurueck"), renews=True),
        ),
    ),
    Section(
        "pruefen", "Prüfen", "", (Task("pruefen", "Daten und Kapitel prüfen", ("check", "--format", "json")),)
    ),
    Section(
        "sichern",
        "Stand sichern",
        "Ein gesicherter Stand lässt sich jederzeit zurückholen.",
        (
            Task(
                "sichern",
                "Stand sichern",
                ("stand", "sichern", "--von={von}", "--", "{satz}"),
                (Field("satz", "Was haben Sie getan?"), Field("von", "Ihr Name", needed=False)),
                renews=True,
            ),
            Task("unterschied", "Was ist noch nicht gesichert?", ("stand", "verlauf", "--", "{stand}")),
            Task(
                "zurueckholen",
                "",
                ("stand", "zurueckholen", "--von={von}", "--", "{stand}"),
                (Field("stand", "Stand"),),
                renews=True,
            ),
            Task(
                "holen",
                "Holen, was andere getan haben",
                ("stand", "holen", "--meine={meine}", "--andere={andere}"),
                where="gemeinsam",
                renews=True,
            ),
        ),
    ),
    Section(
        "veroeffentlichen",
        "Veröffentlichen",
        "Sichern Sie zuerst Ihren Stand. Bauen dauert etwa eine Minute; Sie können dabei weiterarbeiten.",
        (
            Task("bauen", "Webseiten und PDF bauen", ("build",)),
            Task(
                "abgeben",
                "Zur Veröffentlichung geben",
                ("stand", "abgeben", "--meine={meine}", "--andere={andere}"),
                where="gemeinsam",
                renews=True,
            ),
            Task(
                "veroeffentlichen",
                "Bauen und veröffentlichen",
                ("veroeffentlichen", "--", "{ordner}"),
                (Field("ordner", "Ordner, den Ihr Webserver zeigt", hint="/srv/konzept/www"),),
                where="allein",
            ),
        ),
    ),
    Section(
        "word",
        "In Word besprechen",
        "Wer in Word liest, ändert und kommentiert, bekommt die Seiten als Datei.",
        (
            Task(
                "word",
                "Kapitel holen",
                ("word", "export", "--", "{kapitel}", str(FOLDER / "{kapitel}.docx")),
                (_CHAPTER,),
            ),
            Task(
                "word-alle", "Alle Seiten holen", ("word", "export", "--alle", str(FOLDER / "konzept.docx"))
            ),
            Task(
                "word-zurueck",
                "Ansehen, was zurückkommt",
                ("word", "import", _STEP, "--", "{datei}"),
                (Field("datei", "Geänderte Word-Datei", "file", hint=".docx"),),
                renews=True,
            ),
        ),
        rare=True,
    ),
    Section(
        "statistik",
        "Amtliche Statistik übernehmen",
        "Laden Sie die Tabelle beim Amt als „CSV (Flat)“ herunter; der Dateiname bleibt, wie er ist.",
        (
            Task(
                "statistik",
                "Ansehen, was neu ist",
                ("statistik", _STEP, "--indikator={indikator}", "--", "{datei}"),
                (
                    Field("datei", "Heruntergeladene Datei", "file", hint=".csv,.zip"),
                    Field(
                        "indikator",
                        "Indikator, wenn er sich nicht von selbst findet",
                        "indikator",
                        needed=False,
                    ),
                ),
                renews=True,
            ),
        ),
        rare=True,
    ),
    Section(
        "bericht",
        "Sachstandsbericht schreiben",
        "Er nennt dem Ausschuss, was sich seit einem Tag geändert hat.",
        (
            Task(
                "bericht",
                "Bericht schreiben",
                (
                    *("bericht", "--seit={seit}", "--gremium={gremium}"),
                    *("--sitzung={sitzung}", "--vorlage={vorlage}"),
                ),
                (
                    Field("seit", "Seit", hint="30.08.2023"),
                    Field("gremium", "Gremium", needed=False, hint="Rat"),
                    Field("sitzung", "Sitzung am", needed=False),
                    _PAPER,
                ),
            ),
        ),
        rare=True,
    ),
    Section(
        "freigabe",
        "Freigabe eines Kapitels festhalten",
        "Zeigt das Kapitel später etwas anderes, steht es unter seinem Titel.",
        (
            Task(
                "freigeben",
                "Freigabe festhalten",
                (
                    *("freigeben", "--gremium={gremium}", "--tag={tag}", "--vorlage={vorlage}"),
                    *("--", "{kapitel}"),
                ),
                (_CHAPTER, Field("gremium", "Freigegeben von", "gremium"), Field("tag", "Am"), _PAPER),
            ),
        ),
        rare=True,
    ),
    Section(
        "ausgabe",
        "Ausgabe festhalten",
        "Aus dem Arbeitsstand wird ein PDF, auf das sich ein Beschluss berufen kann.",
        (
            Task(
                "ausgabe",
                "Ausgabe festhalten",
                ("ausgabe", "--vorlage={vorlage}", "--", "{name}"),
                (Field("name", "Name der Ausgabe", hint="Beschlussfassung"), _PAPER),
            ),
        ),
        rare=True,
    ),
    Section(
        "umfrage",
        "Umfrage auszählen",
        "Die Antworten aus LimeSurvey werden gezählt und danach hier gelöscht; wer geantwortet hat, ist nicht zu erkennen.",
        (
            Task(
                "umfrage",
                "Ansehen, was sich zählen lässt",
                ("umfrage", _STEP, "--ereignis={ereignis}", "--", "{datei}"),
                (
                    Field("datei", "Antworten", "file", hint=".csv,.xlsx"),
                    Field("ereignis", "Umfrage", "umfrage"),
                ),
                renews=True,
            ),
        ),
        rare=True,
    ),
    Section(
        "sprachen",
        "Andere Sprachen",
        "Die Tabelle nennt dem Übersetzungsbüro das bisherige und das heutige Deutsch.",
        (
            Task(
                "sprachen",
                "Tabelle holen",
                ("sprachen", "export", str(FOLDER / "uebersetzung.xlsx")),
                where="sprachen",
            ),
            Task(
                "sprachen-zurueck",
                "Ansehen, was zurückkommt",
                ("sprachen", "import", _STEP, "--", "{datei}"),
                (Field("datei", "Ausgefüllte Tabelle", "file", hint=".xlsx"),),
                sure="",
                where="sprachen",
            ),
        ),
        rare=True,
    ),
)
"""The desk, from its first section to its last."""

TASKS = {task.name: task for section in SECTIONS for task in section.tasks}
