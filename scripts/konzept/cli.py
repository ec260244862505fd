"""The program `konzept`: parses, calls, prints."""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from konzept.authors.check import check_hints, check_project
from konzept.data.problems import DataProblems, NotDone, Problem, suggestion
from konzept.data.project import project_here, project_named
from konzept.data.reading import Reading, read_folder
from konzept.data.saving import complete
from konzept.data.town import SORTS
from konzept.site.papers import FINAL, Paper
from konzept.words import german

_SHOWN = 100
"""So many problems are told at once; a file gone wrong as a whole may hold thousands."""

Said = Iterator[object]
"""What a command gives: lines of its result, printed as they come."""


def _project() -> Path:
    """Find the project that a command works on: the one that is named, else the one its user stands in."""
    named = click.get_current_context().find_root().params.get("project")
    return project_here() if named is None else project_named(named)


def _whole(ctx: click.Context, option: click.Parameter, folder: Path) -> Path:
    """Work on a folder in which no killed import waits to be finished."""
    complete(folder)
    return folder


_DATA = click.option(
    "--data",
    "data",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: _project() / "data",
    callback=_whole,
    metavar="ORDNER",
    help="Datenordner (ohne Angabe: data/ des Projekts).",
)


_PROBE = click.option(
    "--probe", is_flag=True, help="Zeigt alles, was sich ändern würde, und schreibt nichts."
)
_SURE = click.option("--ja", "sure", is_flag=True, help="Übernimmt ohne Rückfrage.")
_NOTHING_WRITTEN = "Probe: Geschrieben ist nichts."


class _German:
    """Prints what a command gives, ends it with what it refuses, and says the words of click's help in German."""

    def invoke(self, ctx: click.Context) -> None:
        try:
            for line in super().invoke(ctx) or ():  # type: ignore[misc]
                click.echo(line)
        except DataProblems as error:
            _tell(error.problems)
            raise SystemExit(1) from None
        except NotDone as reason:
            click.echo(str(reason), err=True)
            raise SystemExit(reason.status) from None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Zeigt diese Hilfe."
        return option  # type: ignore[no-any-return]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Aufruf: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = getattr(self, "commands", {})
        records = [p.get_help_record(ctx) for p in self.get_params(ctx)]  # type: ignore[attr-defined]
        rows = {
            "Befehle": [(name, command.get_short_help_str(80)) for name, command in commands.items()],
            "Optionen": [(r[0], r[1].replace("[required]", "[nötig]")) for r in records if r],
        }
        for title, lines in rows.items():
            if lines:
                with formatter.section(title):
                    formatter.write_dl(lines)


class _Command(_German, click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click leaves it out where an option lacks its value
            raise


class _Group(_German, click.Group):
    command_class = _Command


@click.group(cls=_Group, options_metavar="[--projekt ORDNER]", subcommand_metavar="BEFEHL …")
@click.option(
    "--projekt",
    "project",
    type=click.Path(path_type=Path, resolve_path=True),
    default=None,
    metavar="ORDNER",
    help="Ordner der Kommune (ohne Angabe: der, in dem Sie stehen).",
)
def konzept(project: Path | None) -> None:
    """Prüft und baut das Integrationskonzept."""
    # Tables are many small things that stay: who looks for garbage among them often takes a sixth of the time.
    gc.set_threshold(100_000)


@konzept.command("check", options_metavar="[OPTIONEN]")
@_DATA
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="Ausgabe als Sätze oder für andere Programme.",
)
def check(data: Path, form: str) -> Said:
    """Prüft Daten und Kapitel und nennt alle Fehler auf einmal, danach Hinweise auf Zweifelhaftes."""
    problems = check_project(data, _project() / "book")
    hints = check_hints(data, _project() / "book")
    if form == "json":
        yield json.dumps([asdict(p) for p in (*problems, *hints)], ensure_ascii=False, indent=1)
    else:
        _tell(problems)
        _tell_hints(hints)
    if problems:
        raise SystemExit(1)
    if form == "text":
        yield "Daten und Kapitel sind in Ordnung."


def _prepare(data: Path) -> None:
    """Refuse to build of what holds problems, and have the scripts and fonts that pages and paper need."""
    from konzept.publishing.fetching import fetch_assets

    _sound(data, _project() / "book")
    fetch_assets(_progress)


def _sound(data: Path, book: Path | None = None) -> Reading:
    """Read data that have no problems, nor the chapters where they matter."""
    complete(data)
    if problems := check_project(data, book):
        raise DataProblems(problems)
    return read_folder(data)


def _progress(text: str) -> None:
    click.echo(text, err=True)


@konzept.command("build", options_metavar="[OPTIONEN]")
@_DATA
@click.option(
    "--only",
    type=click.Choice(["html", "pdf"]),
    default=None,
    metavar="html|pdf",
    help="Nur die Webseiten oder nur das PDF.",
)
@click.option(
    "--chapter",
    default=None,
    metavar="FELD-ID",
    help="Nur ein Handlungsfeld als PDF, zum Beispiel als Vorlage für den Ausschuss.",
)
@click.option(
    "--teil",
    "part",
    type=click.Choice(["A"]),
    default=None,
    metavar="A",
    help="Nur Teil A als PDF, die Ratsfassung: das Konzept ohne seine Anlagen.",
)
@click.option(
    "--entwurf",
    "draft",
    is_flag=True,
    help="PDF zur Mitzeichnung: mit der Aufschrift „Entwurf“ und Zeilennummern.",
)
def build(data: Path, only: str | None, chapter: str | None, part: str | None, draft: bool) -> Said:
    """Prüft und veröffentlicht Webseiten und PDF nach _build/."""
    # Imported here because `check` need not know how books are built.
    from konzept.publishing.building import build_book

    if chapter is not None and part is not None:
        _refuse("„--chapter“ und „--teil“ schließen einander aus. Nehmen Sie eines davon weg.")
    paper = Paper(chapter, draft, council=part is not None)
    if paper != FINAL:
        # Such a paper is for colleagues: pages and published PDF stay as they are.
        if only == "html":
            _refuse("„--chapter“, „--teil“ und „--entwurf“ gibt es nur für das PDF.")
        only = "pdf"
    if chapter is not None:
        _refuse_no_chapter(chapter)
    _prepare(data)
    return build_book(_project(), data, only=only, tell=_progress, paper=paper)


@konzept.command("veroeffentlichen", options_metavar="[OPTIONEN]")
@click.argument("folder", metavar="ORDNER", type=click.Path(path_type=Path))
@click.option("--zurueck", "back", is_flag=True, help="Zeigt wieder die Version davor und baut nichts.")
@_DATA
def publish_version(folder: Path, back: bool, data: Path) -> Said:
    """Baut das Buch und legt es als neue Version in einen Ordner, den ein Webserver zeigt."""
    from konzept.publishing.building import build_book
    from konzept.publishing.versions import go_back, publish, refuse_unfit

    try:
        refuse_unfit(_project(), folder)
        if back:
            when: dt.datetime | None = go_back(folder, _progress)
        else:
            _prepare(data)
            list(build_book(_project(), data, only=None, tell=_progress))
            when = publish(_project(), folder, dt.datetime.now(), _progress)
    except OSError as error:
        raise NotDone(
            f"In „{folder}“ ließ sich nicht schreiben ({error.strerror}); was zuletzt veröffentlicht war, bleibt es. "
            "Prüfen Sie Ihre Rechte und den Platz auf dem Datenträger."
        ) from None
    if when is None:
        yield "Veröffentlicht ist schon genau dieser Stand."
    else:
        yield f"Veröffentlicht ist jetzt die Version vom {_when(when)}: {folder / 'aktuell'}"


def _day(text: str) -> dt.date:
    """Read a day that is typed as the value of an option."""
    try:
        return german.parse_date(text)
    except ValueError:
        _refuse(f"„{text}“ ist kein Tag. Schreiben Sie ihn wie 25.06.2025.")


@konzept.command("bericht", options_metavar="--seit STAND [OPTIONEN]")
@click.option(
    "--seit",
    "since",
    required=True,
    metavar="TAG|PDF|ORDNER",
    help="Der frühere Stand: ein Tag, ein gesetztes PDF oder ein Datenordner.",
)
@click.option(
    "--bis", "until", default="", metavar="TAG", help="Der spätere Stand (ohne Angabe: der Stand der Daten)."
)
@click.option("--vorlage", "number", default="", metavar="NUMMER", help="Nummer der Vorlage.")
@click.option(
    "--gremium",
    "committee",
    default="",
    metavar="NAME",
    help="Gremium, dem berichtet wird, oder seine Kennung.",
)
@click.option("--sitzung", "meeting", type=_day, metavar="TAG", help="Tag der Sitzung.")
@click.option(
    "--oeffentlich",
    "public",
    type=click.Choice(["ja", "nein"]),
    metavar="ja|nein",
    help="Ob öffentlich beraten wird.",
)
@_DATA
def report(since: str, data: Path, meeting: dt.date | None, public: str | None, **head: str) -> Said:
    """Schreibt den Sachstandsbericht: was sich zwischen zwei Ständen geändert hat."""
    from konzept.paper.reporting import Wanted, write_report

    wanted = Wanted(since, meeting=german.date(meeting) if meeting else "", public=public or "", **head)
    _prepare(data)
    return iter(write_report(_project(), data, wanted, _progress))


@konzept.command("ausgabe", options_metavar="[OPTIONEN]")
@click.argument("name", metavar="NAME")
@click.option(
    "--tag",
    "day",
    type=_day,
    metavar="TAG",
    help="Tag der Ausgabe (ohne Angabe: heute).",
)
@click.option(
    "--vorlage",
    "paper_number",
    default="",
    metavar="NUMMER",
    help="Nummer der Vorlage, mit der die Ausgabe in ein Gremium geht.",
)
@_DATA
def issue_edition(name: str, day: dt.date | None, paper_number: str, data: Path) -> Said:
    """Hält den jetzigen Stand als Ausgabe fest: mit Zeile, PDF und Prüfsumme."""
    from konzept.publishing.issuing import issue

    _prepare(data)
    yield issue(
        _project(),
        data,
        " ".join(name.split()),
        day=day or dt.date.today(),
        paper_number=paper_number,
        tell=_progress,
    )
    yield "Die Ausgabe steht in data/ausgaben.csv."


@konzept.command("freigeben", options_metavar="--gremium GREMIUM-ID --tag TAG [OPTIONEN]")
@click.argument("field_id", metavar="FELD-ID")
@click.option(
    "--gremium", "body", required=True, metavar="GREMIUM-ID", help="Das Gremium, das es freigegeben hat."
)
@click.option("--tag", "day", type=_day, required=True, metavar="TAG", help="Tag der Freigabe.")
@click.option(
    "--vorlage",
    "paper_number",
    default="",
    metavar="NUMMER",
    help="Nummer der Vorlage, mit der das Kapitel ins Gremium ging.",
)
@_DATA
def approve_chapter(field_id: str, body: str, day: dt.date, paper_number: str, data: Path) -> Said:
    """Hält fest, dass ein Gremium ein Kapitel so freigegeben hat, wie es jetzt ist."""
    from konzept.publishing.approving import approve

    _refuse_no_chapter(field_id)
    _prepare(data)
    name = approve(
        _project(), data, field_id, body_id=body, day=day, paper_number=paper_number, tell=_progress
    )
    _tell_hints(tuple(hint for hint in check_hints(data) if hint.file.endswith("/freigaben.csv")))
    yield f"Freigegeben am {german.date(day)}: Kapitel „{field_id}“, {name}."
    yield "Die Freigabe steht in data/freigaben.csv."


@konzept.group("excel", cls=_Group, options_metavar="[--help]", subcommand_metavar="BEFEHL …")
def excel() -> None:
    """Gibt alle Tabellen als Arbeitsmappe aus und nimmt sie wieder auf."""


_WORKBOOK = click.argument("path", metavar="DATEI", type=click.Path(path_type=Path))


@excel.command("export", options_metavar="[OPTIONEN]")
@_WORKBOOK
@_DATA
def excel_export(path: Path, data: Path) -> Said:
    """Schreibt alle Tabellen in eine Arbeitsmappe (.xlsx) mit Auswahllisten."""
    # Imported here because `check` need not know workbooks.
    from konzept.authors.excel import export_workbook

    yield f"{path} geschrieben: {export_workbook(path, data, _project() / 'book')} Tabellen."


@excel.command("import", options_metavar="[OPTIONEN]")
@_WORKBOOK
@_DATA
@_PROBE
@_SURE
def excel_import(path: Path, data: Path, probe: bool, sure: bool) -> Said:
    """Prüft eine Arbeitsmappe, zeigt ihre Änderungen und schreibt sie in die Daten."""
    from konzept.authors.excel import carry_out, plan_import, read_present

    plan = plan_import(path, read_present(data), _project() / "book")
    # Whoever is asked must see all that is asked about.
    asked = _look(plan.questions) if probe or not sure else ()
    yield from _taken(
        plan.tell(everything=probe or bool(asked)),
        asked,
        lambda: carry_out(plan, _backups(data)),
        probe=probe,
        sure=sure,
    )
    _tell_hints(plan.hints, _NEW_HINTS)
    if plan.conflicts:
        raise DataProblems(plan.conflicts)


_NEW_HINTS = "Hinweise zu dem, was neu ist (kein Hindernis):"


def _backups(data: Path) -> Path:
    """Name the folder that keeps tables as they were before they were changed."""
    return data.resolve().parent / "_build" / "vor-import"


def _look(questions: Iterable[str]) -> list[str]:
    return [f"Bitte ansehen: {question}" for question in questions]


def _taken(
    told: Iterable[str], asked: Sequence[str], write: Callable[[], Iterable[str]], *, probe: bool, sure: bool
) -> Iterator[str]:
    """Tell what would change and what is doubtful in it, and write it unless that is not wanted."""
    yield from told
    for question in asked:
        click.echo(question, err=True)
    if probe:
        yield _NOTHING_WRITTEN
        return
    if asked and not sure:
        _ask()
    yield from write()


@excel.command("zurueck", options_metavar="[OPTIONEN]")
@_DATA
def excel_back(data: Path) -> Said:
    """Nimmt zurück, was zuletzt in die Tabellen übernommen wurde."""
    from konzept.authors.excel import take_back

    return iter(take_back(data, _backups(data)))


@konzept.group(
    "sprachen",
    cls=_Group,
    invoke_without_command=True,
    options_metavar="[--help]",
    subcommand_metavar="[BEFEHL …]",
)
@click.pass_context
def languages(ctx: click.Context) -> Said | None:
    """Sagt, was in den Fassungen anderer Sprachen zu tun ist; Tabelle für das Übersetzungsbüro."""
    from konzept.authors.languages.office import told

    if ctx.invoked_subcommand is not None:
        return None
    return told(_project() / "book", _sound(_project() / "data"))


@languages.command("bestaetigen", options_metavar="[OPTIONEN]")
@click.argument("code", metavar="SPRACHE")
@click.argument("blocks", metavar="[BLOCK …]", nargs=-1)
@_DATA
def languages_confirm(code: str, blocks: tuple[str, ...], data: Path) -> Said:
    """Hält fest, dass Blöcke dem heutigen deutschen Text entsprechen (ohne BLOCK: alle überholten)."""
    from konzept.authors.languages.office import confirm

    count = confirm(_project() / "book", _sound(data), code, blocks)
    yield (
        f"Bestätigt: {german.count(count, 'Block', 'Blöcke', gender='')}" if count else "Nichts zu bestätigen"
    )


@languages.command("export", options_metavar="[OPTIONEN]")
@_WORKBOOK
@click.option("--sprache", "code", default="", metavar="KÜRZEL", help="Nur diese Sprache, zum Beispiel „uk“.")
@_DATA
def languages_export(path: Path, code: str, data: Path) -> Said:
    """Schreibt eine Tabelle (.xlsx) für das Übersetzungsbüro: Deutsch bisher, Deutsch heute, Übersetzung."""
    from konzept.authors.languages.office import export_table

    count = export_table(path, _project() / "book", _sound(data), code)
    outdated = german.count(count, "Block", "Blöcke", gender="") if count else "nichts"
    yield f"{path} geschrieben; überholt: {outdated}"


@languages.command("import", options_metavar="[OPTIONEN]")
@_WORKBOOK
@_PROBE
@_DATA
def languages_import(path: Path, probe: bool, data: Path) -> Said:
    """Übernimmt die ausgefüllte Tabelle in book/sprachen."""
    from konzept.authors.languages.office import import_table

    yield from import_table(path, _project() / "book", _sound(data), probe=probe) or ["Keine Änderungen."]
    if probe:
        yield _NOTHING_WRITTEN


@konzept.group("word", cls=_Group, options_metavar="[--help]", subcommand_metavar="BEFEHL …")
def word() -> None:
    """Gibt Kapitel nach Word, nimmt Änderungen wieder auf und liest Tabellen eines Konzepts."""


@word.command("export", options_metavar="[OPTIONEN]")
@click.argument("named", metavar="[FELD-ID] DATEI", nargs=-1, required=True)
@click.option("--alle", "every", is_flag=True, help="Alle Seiten in einer Datei; dann ohne FELD-ID.")
@_DATA
def word_export(named: tuple[str, ...], every: bool, data: Path) -> Said:
    """Schreibt ein Kapitel als Word-Datei (.docx) zum Kommentieren."""
    from konzept.authors.office_files import keep
    from konzept.authors.word.importing import holds_work
    from konzept.data.package import load_package
    from konzept.paper.word.exporting import export_word

    if len(named) != (1 if every else 2):
        _refuse("Nennen Sie die Kennung eines Handlungsfeldes und die Datei, oder „--alle“ und die Datei.")
    field_id, path = (None if every else named[0]), Path(named[-1])
    if path.suffix.lower() != ".docx":
        _refuse(f"„{path.name}“ endet nicht auf .docx. Schreiben Sie zum Beispiel kapitel.docx.")
    if field_id is not None:
        _refuse_no_chapter(field_id)
    _sound(data, _project() / "book")
    is_work = path.is_file() and holds_work(path, _project(), load_package(data).town.title)
    kept = keep(path) if is_work else None
    export_word(_project(), data, field_id, path, _progress)
    yield f"{path} geschrieben."
    if kept:
        yield f"Dort stand eine Datei mit Änderungen oder Kommentaren; sie heißt jetzt {kept.name}."


@word.command("import", options_metavar="[OPTIONEN]")
@_WORKBOOK
@_DATA
@_PROBE
@_SURE
def word_import(path: Path, data: Path, probe: bool, sure: bool) -> Said:
    """Übernimmt Änderungen am Text in die Kapitel; Kommentare und alles andere werden eine Liste."""
    from konzept.authors.word.importing import carry_out, plan_import
    from konzept.data.package import load_package

    plan = plan_import(path, _project(), load_package(data).town.title)
    yield from _taken(
        plan.tell(probe=probe),
        _look(plan.questions),
        lambda: carry_out(plan, _project()),
        probe=probe,
        sure=sure,
    )
    if plan.conflicts:
        raise SystemExit(1)


def _ask() -> None:
    """Ask whether doubtful changes are meant; where no one can answer, say how to say yes."""
    if not sys.stdin.isatty():
        typed = [f'"{word}"' if " " in word else word for word in sys.argv[1:]]
        again = " ".join(["konzept", *typed, "--ja"])
        raise NotDone(f"Geschrieben ist nichts. Ist alles so gemeint: „{again}“.")
    answer = str(click.prompt("Übernehmen? (ja/nein)", default="nein", err=True))
    if answer.strip().casefold() not in ("ja", "j"):
        raise NotDone("Geschrieben ist nichts.")


@word.command("tabellen", options_metavar="[OPTIONEN]")
@_WORKBOOK
@click.option(
    "--nach",
    "target",
    type=click.Path(path_type=Path),
    default=None,
    metavar="MAPPE",
    help="Die Arbeitsmappe, die entsteht (ohne Angabe: DATEI-tabellen.xlsx, wo Sie stehen).",
)
@_DATA
def word_tables(path: Path, target: Path | None, data: Path) -> Said:
    """Macht aus den Tabellen eines Konzepts (.docx oder .xlsx) eine Arbeitsmappe zum Prüfen und Importieren."""
    from konzept.authors.tables import take_tables

    target = target or Path(f"{path.stem}-tabellen.xlsx")
    return iter(take_tables(path, target, data, _progress))


@konzept.command("statistik", options_metavar="[OPTIONEN]")
@click.argument("paths", metavar="DATEI …", nargs=-1, required=True, type=click.Path(path_type=Path))
@_DATA
@_PROBE
@_SURE
@click.option(
    "--indikator",
    "indicator",
    default="",
    metavar="KENNUNG",
    help="Beim ersten Mal: der Indikator, zu dem die Tabelle gehört, wenn er sich nicht aus den Werten ergibt.",
)
@click.option(
    "--gruppe", "group", default="", metavar="KENNUNG", help="Beim ersten Mal: die Bevölkerungsgruppe."
)
@click.option(
    "--auswahl",
    "selection",
    default="",
    metavar="TEXT",
    help="Beim ersten Mal: welche Zeilen gemeint sind, zum Beispiel „NAT01=NATA; GES=insgesamt“.",
)
@click.option(
    "--abgerufen",
    "day",
    type=_day,
    metavar="TAG",
    help="Tag, an dem die Datei heruntergeladen wurde (ohne Angabe: das Datum der Datei).",
)
@click.option(
    "--quelle",
    "document",
    default="",
    metavar="KENNUNG",
    help="Das Dokument der Daten, zu dem die Datei gehört, wenn sie keine neue Fassung ist.",
)
def statistics(paths: tuple[Path, ...], data: Path, probe: bool, sure: bool, **wishes: Any) -> Said:
    """Liest Messwerte aus Dateien der amtlichen Statistik (ffcsv) und aus Ordnern von Open SDG."""
    # Imported here because `check` need not know how offices write tables.
    from konzept.authors.excel import carry_out
    from konzept.authors.statistics import Wishes, plan_taking

    plan = plan_taking(paths, data, _project() / "book", Wishes(**wishes), _progress)
    yield from _taken(
        plan.everything if probe or (plan.questions and not sure) else plan.told,
        plan.questions,
        lambda: carry_out(plan, _backups(data)),
        probe=probe,
        sure=sure,
    )
    _tell_hints(plan.hints, _NEW_HINTS)


@konzept.command("umfrage", options_metavar="--ereignis EREIGNIS-ID [OPTIONEN]")
@click.argument("path", metavar="DATEI", type=click.Path(path_type=Path))
@click.option(
    "--ereignis",
    "event_id",
    required=True,
    metavar="EREIGNIS-ID",
    help="Die Umfrage: ihre Zeile in der Tabelle der Ereignisse.",
)
@click.option(
    "--quelle",
    "source",
    default="",
    metavar="DOKUMENT-ID",
    help="Das Dokument, aus dem die Ergebnisse zitiert werden (ohne Angabe: wie bisher, sonst das des Ereignisses).",
)
@_DATA
@click.option("--probe", is_flag=True, help="Zeigt alles, was Leser*innen sähen, und schreibt nichts.")
@click.option("--ja", "sure", is_flag=True, help="Ersetzt frühere Ergebnisse ohne Rückfrage.")
def survey(path: Path, event_id: str, source: str, data: Path, probe: bool, sure: bool) -> Said:
    """Zählt eine Umfrage so aus, dass niemand zu erkennen ist.

    DATEI ist der Export der Antworten aus LimeSurvey (CSV oder Excel). Sie darf nicht im Ordner des Projekts liegen, außer in
    data/intern/umfragen.

    Der erste Aufruf schreibt, welche Fragen gezählt werden, nach data/umfragen/EREIGNIS-ID.csv. Sehen Sie diese Tabelle durch,
    zum Beispiel in Excel; der zweite Aufruf schreibt die Ergebnisse. Freitext wird nie veröffentlicht, Anzahlen unter fünf werden
    zurückgehalten, und mit ihnen so viele weitere, dass sich keine errechnen lässt.
    """
    from konzept.authors.surveys import plan_survey, take_in

    plan = plan_survey(path, data, _project(), event_id, source)
    return _taken(
        plan.lines, _look(plan.questions), lambda: take_in(plan, _backups(data)), probe=probe, sure=sure
    )


@konzept.command("new", options_metavar="[OPTIONEN]")
@click.argument("field_id", metavar="[FELD-ID]", required=False)
@click.option("--alle", "every", is_flag=True, help="Alle Kapitel, die noch fehlen.")
@_DATA
def new(field_id: str | None, every: bool, data: Path) -> Said:
    """Beginnt das Kapitel eines Handlungsfeldes, das die Daten kennen."""
    from konzept.authors.chapters.beginning import begin_chapters

    if (field_id is None) != every:
        _refuse(
            "Nennen Sie die Kennung eines Handlungsfeldes, oder „--alle“ für alle, die noch kein Kapitel haben."
        )
    # The pages need not be sound: the first chapter is begun before there is a book.
    begun = begin_chapters(_project(), _sound(data), field_id)
    for page in begun.chapters:
        yield f"Das Kapitel ist angelegt: {page}.md"
    for page in begun.lines:
        known = "" if page in begun.chapters else "Das Kapitel gibt es schon. "
        yield f"{known}In _toc.yml steht jetzt: {page}"
    if begun.chapters:
        yield "Ergänzen Sie den Text, und sehen Sie mit „konzept check“ und „konzept build“ das Ergebnis an."
    elif not begun.lines:
        yield "Jedes Handlungsfeld hat schon sein Kapitel."


@konzept.command("anfangen", options_metavar="[OPTIONEN]")
@click.argument("folder", metavar="ORDNER", type=click.Path(path_type=Path))
@click.option(
    "--name", default="", metavar="NAME", help="Name der Kommune ohne ihre Art, zum Beispiel „Musterstadt“."
)
@click.option("--art", "kind", default="", metavar="|".join(SORTS), help="Art der Kommune.")
@click.option(
    "--ags",
    "key",
    default="",
    metavar="ZIFFERN",
    help="Amtlicher Schlüssel: acht Ziffern für eine Gemeinde, fünf für einen Kreis.",
)
@click.option(
    "--titel",
    "title",
    default="Integrationskonzept",
    metavar="TITEL",
    help="Titel des Buches (ohne Angabe: „Integrationskonzept“).",
)
def start(folder: Path, name: str, kind: str, key: str, title: str) -> Said:
    """Legt den Ordner einer anderen Kommune an: leer, und doch sofort zu bauen."""
    from konzept.authors.starting import settings_for, start_town

    told = {"--name": name, "--art": kind, "--ags": key}
    asked = {
        "--name": "Name der Kommune",
        "--art": f"Art ({', '.join(SORTS)})",
        "--ags": "Amtlicher Schlüssel",
    }
    missing = [option for option, value in told.items() if not value.strip()]
    if missing and not sys.stdin.isatty():
        _refuse(f"Es fehlt: {german.listing(missing)}. Nennen Sie es beim Aufruf.")
    for option in missing:
        told[option] = click.prompt(asked[option])
    name, kind, key = (" ".join(value.split()) for value in told.values())
    if kind not in SORTS:
        _refuse(f"„{kind}“ ist keine Art einer Kommune.{suggestion(kind, SORTS)}")
    start_town(folder.resolve(), settings_for(name, kind, key, " ".join(title.split()), dt.date.today()))
    yield f"{folder} ist angelegt. Wechseln Sie mit „cd“ dorthin, und geben Sie „konzept build“ ein."
    yield "Wie es weitergeht, steht auf der Seite „So geht es weiter“ des Buches."


@konzept.command("upgrade", options_metavar="[OPTIONEN]")
@_DATA
@click.option("--probe", is_flag=True, help="Nennt, was neu ist, und schreibt nichts.")
def upgrade(data: Path, probe: bool) -> Said:
    """Bringt die Tabellen auf den Stand des Programms; verloren geht nichts."""
    from konzept.authors.upgrading import carry_out, plan_upgrade

    plan = plan_upgrade(data)
    yield from plan.told
    if not plan.contents:
        yield "Die Tabellen haben den Stand des Programms."
    elif probe:
        yield _NOTHING_WRITTEN
    else:
        yield from carry_out(plan, data)
        yield "Die Tabellen haben jetzt den Stand des Programms."
        if left := len(check_project(data)):
            faults = german.capital(german.count(left, "Fehler", "Fehler", gender=""))
            _progress(f"{faults} in den Daten: „konzept check“ nennt, was zu ergänzen ist.")


@konzept.group("stand", cls=_Group, options_metavar="[--help]", subcommand_metavar="BEFEHL …")
def state() -> None:
    """Sichert Stände des Projekts, zeigt ihren Verlauf und holt sie zurück."""


_WHO = click.option(
    "--von", "who", default="", metavar="NAME", help="Wer sichert (ohne Angabe: wer angemeldet ist)."
)


@state.command("sichern", options_metavar="[OPTIONEN]")
@click.argument("sentence", metavar="SATZ")
@_WHO
def state_save(sentence: str, who: str) -> Said:
    """Sichert den jetzigen Stand; SATZ sagt, was Sie getan haben."""
    from konzept.authors.states import save_state

    saved, faults, foreign = save_state(_project(), sentence, who)
    yield f"Gesichert als {saved.key}, {_when(saved.when)}: {saved.sentence}"
    for name in foreign:
        _progress(f"Nicht gesichert, weil es zu keiner Seite und keiner Tabelle gehört: {name}")
    if faults:
        told = german.capital(german.count(faults, "Fehler", "Fehler", gender=""))
        _progress(f"{told} in diesem Stand: „konzept check“ nennt, was zu ändern ist.")


@state.command("verlauf", options_metavar="[OPTIONEN]")
@click.argument("key", metavar="[STAND]", required=False)
def state_history(key: str | None) -> Said:
    """Zeigt alle gesicherten Stände, oder was einer geändert hat."""
    from konzept.authors.states import differences, saved_states, state_named

    states = saved_states(_project()) if key is None else [state_named(_project(), key)]
    changes = [f"  {line}" for line in differences(_project(), key)] if states else []
    if not states:
        yield "Noch ist kein Stand gesichert: „konzept stand sichern“ beginnt den Verlauf."
    listed = [f"{saved.key}  {_when(saved.when)}  {saved.who}: {saved.sentence}" for saved in states]
    if key is not None:
        yield from (*listed, *changes)
    else:
        yield from (*(["Noch nicht gesichert:"] if changes else []), *changes, *listed)


@state.command("zurueckholen", options_metavar="[OPTIONEN]")
@click.argument("key", metavar="STAND")
@click.argument("places", metavar="[DATEI …]", nargs=-1)
@_WHO
def state_back(key: str, places: tuple[str, ...], who: str) -> Said:
    """Holt einen Stand zurück, ganz oder einzelne Dateien; was jetzt da ist, wird zuvor gesichert."""
    from konzept.authors.states import bring_back

    saved = bring_back(_project(), key, places, who)
    yield (
        f"{saved.sentence}. Gesichert als {saved.key}."
        if saved
        else "Es ist schon alles so wie in diesem Stand."
    )


def _sides(command: Callable[..., Said]) -> Callable[..., Said]:
    """Let a command be told which side holds where both have changed the same."""
    for side, text in (
        ("meine", "Bei diesem Unterschied gilt Ihre Fassung."),
        ("andere", "Bei diesem Unterschied gilt die des gemeinsamen Standes."),
    ):
        command = click.option(f"--{side}", side, multiple=True, metavar="KENNUNG", help=text)(command)
    return command


@state.command("holen", options_metavar="[OPTIONEN]")
@_sides
def state_fetch(meine: tuple[str, ...], andere: tuple[str, ...]) -> Said:
    """Übernimmt in diesen Ordner, was andere in den gemeinsamen Stand gegeben haben."""
    from konzept.authors.states import fetch_common

    joined, conflicts = fetch_common(_project(), _choices(meine, andere))
    yield from _undecided(conflicts)
    yield (
        f"Übernommen: {joined.key}, {_when(joined.when)}."
        if joined
        else "Im gemeinsamen Stand ist nichts Neues."
    )


@state.command("abgeben", options_metavar="[OPTIONEN]")
@_sides
def state_give(meine: tuple[str, ...], andere: tuple[str, ...]) -> Said:
    """Gibt Ihre gesicherten Stände in den gemeinsamen, wenn die Prüfung nichts findet."""
    from konzept.authors.states import give_to_common

    joined, conflicts = give_to_common(_project(), _choices(meine, andere))
    yield from _undecided(conflicts)
    yield (
        f"Abgegeben: {joined.key}, {_when(joined.when)}."
        if joined
        else "Der gemeinsame Stand hat schon alles von Ihnen."
    )


def _choices(mine: Iterable[str], other: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(mine, "meine") | dict.fromkeys(other, "andere")


def _undecided(conflicts: Sequence[object]) -> Iterator[object]:
    """Name what must be chosen, and refuse to go on if there is anything."""
    if conflicts:
        yield from conflicts
        raise NotDone(
            "Dasselbe haben auch andere geändert. Geändert ist noch nichts. Wählen Sie für jede Kennung "
            "„--meine KENNUNG“ oder „--andere KENNUNG“."
        )


def _when(time: dt.datetime) -> str:
    return f"{time:%d.%m.%Y, %H:%M} Uhr"


@konzept.command("preview", options_metavar="[OPTIONEN]")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    metavar="NUMMER",
    help="Port der Adresse im Browser (ohne Angabe: 8000).",
)
@click.option(
    "--socket",
    "path",
    type=click.Path(path_type=Path, resolve_path=True),
    default=None,
    metavar="DATEI",
    help="Statt eines Ports ein Socket für JupyterLab.",
)
@click.option(
    "--ruhe",
    "patience",
    type=click.IntRange(1),
    default=900,
    metavar="SEKUNDEN",
    help="So lange ohne Zugriff und ohne Speichern, dann ruht sie und braucht wenig Speicher (ohne Angabe: 900).",
)
def preview(port: int, path: Path | None, patience: int) -> None:
    """Zeigt das Buch im Browser und jede gespeicherte Änderung sofort; daneben den Schreibtisch."""
    from konzept.publishing.fetching import fetch_assets
    from konzept.publishing.preview.server import serve

    project = _project()
    fetch_assets(_progress)
    serve(project, path or port, _progress, patience)


def _refuse_no_chapter(field_id: str) -> None:
    chapters = [p.stem.partition("-")[2] for p in sorted((_project() / "book/chapters").glob("*.md"))]
    if field_id not in chapters:
        _refuse(f"Ein Kapitel „{field_id}“ gibt es nicht.{suggestion(field_id, chapters)}")


@konzept.command("lab", options_metavar="", context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONEN VON JUPYTERLAB]")
def lab(options: tuple[str, ...]) -> None:
    """Öffnet Kapitel und Werkstatt in JupyterLab, nur auf diesem Rechner."""
    from konzept.authors.notebooks import open_lab
    from konzept.publishing.fetching import fetch_assets

    project = _project()
    fetch_assets(_progress)
    open_lab(project, options)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_SHOWN]:
        click.echo(str(problem), err=True)
    if len(problems) > _SHOWN:
        click.echo(f"Hier stehen die ersten {_SHOWN}; beheben Sie zuerst diese.", err=True)
    if len(problems) > 1:
        click.echo(f"{len(problems)} Fehler gefunden.", err=True)


def _tell_hints(hints: tuple[Problem, ...], head: str = "Hinweise (kein Hindernis für das Bauen):") -> None:
    if hints:
        click.echo(head, err=True)
    for hint in hints[:_SHOWN]:
        click.echo(str(hint), err=True)
    if len(hints) > _SHOWN:
        click.echo(f"Hier stehen die ersten {_SHOWN} von {len(hints)} Hinweisen.", err=True)


def main() -> None:
    """Run the program; wrong usage ends with 2 and a German sentence."""
    try:
        konzept.main(prog_name="konzept", standalone_mode=False)
    except click.ClickException as error:
        click.echo(_in_german(error), err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("Abgebrochen.", err=True)
        sys.exit(130)


def _in_german(error: click.ClickException) -> str:
    """Say what was wrong with the call."""
    command = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and command:
        return command.get_help()
    help_hint = f"„{command.command_path if command else 'konzept'} --help“ zeigt, was es gibt."
    if isinstance(error, click.NoSuchOption):
        return f"Die Option „{error.option_name}“ gibt es nicht. {help_hint}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        option = f"{error.param.opts[0]} " if isinstance(error.param, click.Option) else ""
        return f"Es fehlt die Angabe {option}{error.param.metavar or error.param.name}. {help_hint}"
    if isinstance(error, click.BadOptionUsage) and command:
        params = [p for p in command.command.params if error.option_name in p.opts]
        return f"Nach „{error.option_name}“ fehlt {''.join(str(p.metavar) for p in params)}. {help_hint}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[-1] if error.param.opts else error.param.name
        choices = getattr(error.param.type, "choices", None)
        if choices:
            return f"Für „{name}“ ist erlaubt: {', '.join(choices)}."
        return f"Der Wert für „{name}“ ist nicht verwendbar. {help_hint}"
    if isinstance(error, click.UsageError) and "No such command" in error.message:
        return f"Diesen Befehl gibt es nicht. {help_hint}"
    return f"Der Aufruf ist nicht vollständig oder enthält zu viel. {help_hint}"
