"""The program `konzept`: parses, calls, prints."""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from konzept.authors.check import check_hints, check_project
from konzept.data.problems import DataProblems, NotDone, Problem, suggestion
from konzept.data.project import Elsewhere, project_here, project_named
from konzept.data.reading import Reading, read_folder
from konzept.data.saving import complete
from konzept.data.town import SORTS
from konzept.site.papers import FINAL, Paper
from konzept.words import german

if TYPE_CHECKING:
    from konzept.authors.states import Conflict
    from konzept.authors.states.saving import SavedState

_SHOWN = 100
"""So many problems are told at once; a file gone wrong as a whole may hold thousands."""


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


class _GermanHelp:
    """Words of click's own help in German."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Zeigt diese Hilfe."
        return option  # type: ignore[no-any-return]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(
            ctx.command_path, pieces.replace("COMMAND [ARGS]...", "BEFEHL …"), prefix="Aufruf: "
        )


class _Command(_GermanHelp, click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click leaves it out where an option lacks its value
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [
            (name, text.replace("[required]", "[nötig]"))
            for p in self.get_params(ctx)
            for name, text in [p.get_help_record(ctx) or ("", "")]
            if text
        ]
        with formatter.section("Optionen"):
            formatter.write_dl(records)


class _Group(_GermanHelp, click.Group):
    command_class = _Command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; one that refuses ends with 1 and its reason."""
        try:
            return super().invoke(ctx)
        except DataProblems as found:
            _tell(found.problems)
        except NotDone as reason:
            _say(str(reason))
        raise SystemExit(1)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Befehle"):
            rows = [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]
            formatter.write_dl(rows)
        records = [r for p in self.params if (r := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Optionen"):
                formatter.write_dl(records)


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
def check(data: Path, form: str) -> None:
    """Prüft Daten und Kapitel und nennt alle Fehler auf einmal, danach Hinweise auf Zweifelhaftes."""
    problems = check_project(data, _project() / "book")
    hints = check_hints(data, _project() / "book")
    if form == "json":
        click.echo(json.dumps([asdict(p) for p in (*problems, *hints)], ensure_ascii=False, indent=1))
    else:
        _tell(problems)
        _tell_hints(hints)
    if problems:
        raise SystemExit(1)
    if form == "text":
        click.echo("Daten und Kapitel sind in Ordnung.")


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
def build(data: Path, only: str | None, chapter: str | None, part: str | None, draft: bool) -> None:
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
    _refuse_problems(data, _project() / "book")
    _fetch()
    _show(build_book(_project(), data, only=only, tell=_say, paper=paper))


@konzept.command("veroeffentlichen", options_metavar="[OPTIONEN]")
@click.argument("folder", metavar="ORDNER", type=click.Path(path_type=Path))
@click.option("--zurueck", "back", is_flag=True, help="Zeigt wieder die Version davor und baut nichts.")
@_DATA
def publish_version(folder: Path, back: bool, data: Path) -> None:
    """Baut das Buch und legt es als neue Version in einen Ordner, den ein Webserver zeigt."""
    from konzept.publishing.building import build_book
    from konzept.publishing.versions import go_back, publish, refuse_unfit

    try:
        refuse_unfit(_project(), folder)
        if back:
            when: dt.datetime | None = go_back(folder, _say)
        else:
            _refuse_problems(data, _project() / "book")
            list(build_book(_project(), data, only=None, tell=_say))
            when = publish(_project(), folder, dt.datetime.now(), _say)
    except OSError as error:
        raise NotDone(
            f"In „{folder}“ ließ sich nicht schreiben ({error.strerror}); was zuletzt veröffentlicht war, bleibt es. "
            "Prüfen Sie Ihre Rechte und den Platz auf dem Datenträger."
        ) from None
    if when is None:
        click.echo("Veröffentlicht ist schon genau dieser Stand.")
    else:
        click.echo(f"Veröffentlicht ist jetzt die Version vom {_when(when)}: {folder / 'aktuell'}")


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
@click.option("--sitzung", "meeting", default="", metavar="TAG", help="Tag der Sitzung.")
@click.option(
    "--oeffentlich",
    "public",
    type=click.Choice(["ja", "nein"]),
    metavar="ja|nein",
    help="Ob öffentlich beraten wird.",
)
@_DATA
def report(since: str, data: Path, meeting: str, public: str | None, **head: str) -> None:
    """Schreibt den Sachstandsbericht: was sich zwischen zwei Ständen geändert hat."""
    from konzept.paper.reporting import Wanted, write_report

    day = german.date(_day(meeting)) if meeting else ""
    wanted = Wanted(since, meeting=day, public=public or "", **head)
    _refuse_problems(data, _project() / "book")
    _fetch()
    _show(write_report(_project(), data, wanted, _say))


@konzept.command("ausgabe", options_metavar="[OPTIONEN]")
@click.argument("name", metavar="NAME")
@click.option(
    "--tag",
    "day",
    default="",
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
def issue_edition(name: str, day: str, paper_number: str, data: Path) -> None:
    """Hält den jetzigen Stand als Ausgabe fest: mit Zeile, PDF und Prüfsumme."""
    from konzept.publishing.issuing import issue

    issued = _day(day) if day else dt.date.today()
    _refuse_problems(data, _project() / "book")
    _fetch()
    path = issue(
        _project(),
        data,
        " ".join(name.split()),
        day=issued,
        paper_number=paper_number,
        tell=_say,
    )
    click.echo(path)
    click.echo("Die Ausgabe steht in data/ausgaben.csv.")


@konzept.command("freigeben", options_metavar="--gremium GREMIUM-ID --tag TAG [OPTIONEN]")
@click.argument("field_id", metavar="FELD-ID")
@click.option(
    "--gremium", "body", required=True, metavar="GREMIUM-ID", help="Das Gremium, das es freigegeben hat."
)
@click.option("--tag", "day", required=True, metavar="TAG", help="Tag der Freigabe.")
@click.option(
    "--vorlage",
    "paper_number",
    default="",
    metavar="NUMMER",
    help="Nummer der Vorlage, mit der das Kapitel ins Gremium ging.",
)
@_DATA
def approve_chapter(field_id: str, body: str, day: str, paper_number: str, data: Path) -> None:
    """Hält fest, dass ein Gremium ein Kapitel so freigegeben hat, wie es jetzt ist."""
    from konzept.publishing.approving import approve

    approved = _day(day)
    _refuse_no_chapter(field_id)
    _refuse_problems(data, _project() / "book")
    _fetch()
    name = approve(
        _project(),
        data,
        field_id,
        body_id=body,
        day=approved,
        paper_number=paper_number,
        tell=_say,
    )
    _tell_hints(tuple(hint for hint in check_hints(data) if hint.file.endswith("/freigaben.csv")))
    click.echo(f"Freigegeben am {german.date(approved)}: Kapitel „{field_id}“, {name}.")
    click.echo("Die Freigabe steht in data/freigaben.csv.")


@konzept.group("excel", cls=_Group, options_metavar="[--help]", subcommand_metavar="BEFEHL …")
def excel() -> None:
    """Gibt alle Tabellen als Arbeitsmappe aus und nimmt sie wieder auf."""


_WORKBOOK = click.argument("path", metavar="DATEI", type=click.Path(path_type=Path))


@excel.command("export", options_metavar="[OPTIONEN]")
@_WORKBOOK
@_DATA
def excel_export(path: Path, data: Path) -> None:
    """Schreibt alle Tabellen in eine Arbeitsmappe (.xlsx) mit Auswahllisten."""
    # Imported here because `check` need not know workbooks.
    from konzept.authors.excel import export_workbook

    tables = export_workbook(path, data, _project() / "book")
    click.echo(f"{path} geschrieben: {tables} Tabellen.")


@excel.command("import", options_metavar="[OPTIONEN]")
@_WORKBOOK
@_DATA
@click.option("--probe", is_flag=True, help="Zeigt alles, was sich ändern würde, und schreibt nichts.")
@click.option("--ja", "sure", is_flag=True, help="Übernimmt ohne Rückfrage.")
def excel_import(path: Path, data: Path, probe: bool, sure: bool) -> None:
    """Prüft eine Arbeitsmappe, zeigt ihre Änderungen und schreibt sie in die Daten."""
    from konzept.authors.excel import carry_out, plan_import, read_present

    plan = plan_import(path, read_present(data), _project() / "book")
    asked = bool(plan.questions) and not sure and not probe
    # Whoever is asked must see all that is asked about.
    if probe or asked:
        _show(plan.tell(everything=True))
    if _may_write(plan.questions if probe or asked else (), probe=probe, sure=sure):
        back = carry_out(plan, _backups(data))
        _show([*([] if asked else plan.tell()), *back])
    _tell_hints(plan.hints, "Hinweise zu dem, was neu ist (kein Hindernis):")
    _tell(plan.conflicts)
    if plan.conflicts:
        raise SystemExit(1)


@excel.command("zurueck", options_metavar="[OPTIONEN]")
@_DATA
def excel_back(data: Path) -> None:
    """Nimmt zurück, was zuletzt in die Tabellen übernommen wurde."""
    from konzept.authors.excel import take_back

    _show(take_back(data, _backups(data)))


def _backups(data: Path) -> Path:
    """Say where tables lie as they were before an import."""
    return data.resolve().parent / "_build" / "vor-import"


@konzept.group(
    "sprachen",
    cls=_Group,
    invoke_without_command=True,
    options_metavar="[--help]",
    subcommand_metavar="[BEFEHL …]",
)
@click.pass_context
def languages(ctx: click.Context) -> None:
    """Sagt, was in den Fassungen anderer Sprachen zu tun ist; Tabelle für das Übersetzungsbüro."""
    if ctx.invoked_subcommand is None:
        from konzept.authors.languages.office import told

        _show(told(_project() / "book", _sound(_project() / "data")))


def _sound(data: Path) -> Reading:
    """Read data that have no problems; else tell them and end."""
    complete(data)
    _refuse_problems(data)
    return read_folder(data)


@languages.command("bestaetigen", options_metavar="[OPTIONEN]")
@click.argument("code", metavar="SPRACHE")
@click.argument("blocks", metavar="[BLOCK …]", nargs=-1)
@_DATA
def languages_confirm(code: str, blocks: tuple[str, ...], data: Path) -> None:
    """Hält fest, dass Blöcke dem heutigen deutschen Text entsprechen (ohne BLOCK: alle überholten)."""
    from konzept.authors.languages.office import confirm

    count = confirm(_project() / "book", _sound(data), code, blocks)
    click.echo(
        f"Bestätigt: {german.count(count, 'Block', 'Blöcke', gender='')}" if count else "Nichts zu bestätigen"
    )


@languages.command("export", options_metavar="[OPTIONEN]")
@_WORKBOOK
@click.option("--sprache", "code", default="", metavar="KÜRZEL", help="Nur diese Sprache, zum Beispiel „uk“.")
@_DATA
def languages_export(path: Path, code: str, data: Path) -> None:
    """Schreibt eine Tabelle (.xlsx) für das Übersetzungsbüro: Deutsch bisher, Deutsch heute, Übersetzung."""
    from konzept.authors.languages.office import export_table

    count = export_table(path, _project() / "book", _sound(data), code)
    click.echo(
        f"{path} geschrieben; überholt: {german.count(count, 'Block', 'Blöcke', gender='') if count else 'nichts'}"
    )


@languages.command("import", options_metavar="[OPTIONEN]")
@_WORKBOOK
@click.option("--probe", is_flag=True, help="Zeigt alles, was sich ändern würde, und schreibt nichts.")
@_DATA
def languages_import(path: Path, probe: bool, data: Path) -> None:
    """Übernimmt die ausgefüllte Tabelle in book/sprachen."""
    from konzept.authors.languages.office import import_table

    _show(import_table(path, _project() / "book", _sound(data), probe=probe) or ["Keine Änderungen."])
    if probe:
        click.echo("Probe: Geschrieben ist nichts.")


@konzept.group("word", cls=_Group, options_metavar="[--help]", subcommand_metavar="BEFEHL …")
def word() -> None:
    """Gibt Kapitel nach Word, nimmt Änderungen wieder auf und liest Tabellen eines Konzepts."""


@word.command("export", options_metavar="[OPTIONEN]")
@click.argument("named", metavar="[FELD-ID] DATEI", nargs=-1, required=True)
@click.option("--alle", "every", is_flag=True, help="Alle Seiten in einer Datei; dann ohne FELD-ID.")
@_DATA
def word_export(named: tuple[str, ...], every: bool, data: Path) -> None:
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
    _refuse_problems(data, _project() / "book")
    kept = (
        keep(path) if path.is_file() and holds_work(path, _project(), load_package(data).town.title) else None
    )
    export_word(_project(), data, field_id, path, _say)
    click.echo(f"{path} geschrieben.")
    if kept:
        click.echo(f"Dort stand eine Datei mit Änderungen oder Kommentaren; sie heißt jetzt {kept.name}.")


@word.command("import", options_metavar="[OPTIONEN]")
@click.argument("path", metavar="DATEI", type=click.Path(path_type=Path))
@_DATA
@click.option("--probe", is_flag=True, help="Zeigt alles, was sich ändern würde, und schreibt nichts.")
@click.option("--ja", "sure", is_flag=True, help="Übernimmt ohne Rückfrage.")
def word_import(path: Path, data: Path, probe: bool, sure: bool) -> None:
    """Übernimmt Änderungen am Text in die Kapitel; Kommentare und alles andere werden eine Liste."""
    from konzept.authors.word.importing import carry_out, plan_import
    from konzept.data.package import load_package

    plan = plan_import(path, _project(), load_package(data).town.title)
    _show(plan.tell(probe=probe))
    if _may_write(plan.questions, probe=probe, sure=sure):
        _show(carry_out(plan, _project()))
    if plan.conflicts:
        raise SystemExit(1)


def _may_write(questions: Sequence[str], *, probe: bool, sure: bool) -> bool:
    """Tell whether changes are to be written: not in a trial; what is doubtful is asked, unless someone is sure."""
    for question in questions:
        _say(f"Bitte ansehen: {question}")
    if probe:
        click.echo("Probe: Geschrieben ist nichts.")
    elif questions and not sure:
        _ask()
    return not probe


def _ask() -> None:
    """Ask whether doubtful changes are meant; where no one can answer, say how to say yes."""
    if not sys.stdin.isatty():
        typed = " ".join(f'"{word}"' if " " in word else word for word in ["konzept", *sys.argv[1:]])
        _say(f"Geschrieben ist nichts. Ist alles so gemeint: „{typed} --ja“.")
        raise SystemExit(1)
    answer = str(click.prompt("Übernehmen? (ja/nein)", default="nein", err=True))
    if answer.strip().casefold() not in ("ja", "j"):
        _say("Geschrieben ist nichts.")
        raise SystemExit(1)


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
def word_tables(path: Path, target: Path | None, data: Path) -> None:
    """Macht aus den Tabellen eines Konzepts (.docx oder .xlsx) eine Arbeitsmappe zum Prüfen und Importieren."""
    from konzept.authors.tables import take_tables

    target = target or Path(f"{path.stem}-tabellen.xlsx")
    _show(take_tables(path, target, data, _say))


@konzept.command("statistik", options_metavar="[OPTIONEN]")
@click.argument("paths", metavar="DATEI …", nargs=-1, required=True, type=click.Path(path_type=Path))
@_DATA
@click.option("--probe", is_flag=True, help="Zeigt alles, was sich ändern würde, und schreibt nichts.")
@click.option("--ja", "sure", is_flag=True, help="Übernimmt ohne Rückfrage.")
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
    default="",
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
def statistics(
    paths: tuple[Path, ...],
    data: Path,
    probe: bool,
    sure: bool,
    indicator: str,
    group: str,
    selection: str,
    day: str,
    document: str,
) -> None:
    """Liest Messwerte aus Dateien der amtlichen Statistik (ffcsv) und aus Ordnern von Open SDG."""
    # Imported here because `check` need not know how offices write tables.
    from konzept.authors.excel import carry_out
    from konzept.authors.statistics import Wishes, plan_taking

    on = _day(day) if day else None
    wishes = Wishes(indicator, group, selection, on, document)
    taking = plan_taking(paths, data, _project() / "book", wishes, _say)
    plan = taking.plan
    asked = bool(plan.questions) and not sure and not probe
    _show(taking.everything if probe or asked else taking.told)
    for question in plan.questions:
        _say(question)
    if not plan.contents:
        click.echo("Keine Änderungen.")
    elif probe:
        click.echo("Probe: Geschrieben ist nichts.")
    else:
        if asked:
            _ask()
        _show(carry_out(plan, _backups(data)))
    _tell_hints(plan.hints, "Hinweise zu dem, was neu ist (kein Hindernis):")


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
def survey(path: Path, event_id: str, source: str, data: Path, probe: bool, sure: bool) -> None:
    """Zählt eine Umfrage so aus, dass niemand zu erkennen ist.

    DATEI ist der Export der Antworten aus LimeSurvey (CSV oder Excel). Sie darf nicht im Ordner des Projekts liegen, außer in
    data/intern/umfragen.

    Der erste Aufruf schreibt, welche Fragen gezählt werden, nach data/umfragen/EREIGNIS-ID.csv. Sehen Sie diese Tabelle durch,
    zum Beispiel in Excel; der zweite Aufruf schreibt die Ergebnisse. Freitext wird nie veröffentlicht, Anzahlen unter fünf werden
    zurückgehalten, und mit ihnen so viele weitere, dass sich keine errechnen lässt.
    """
    from konzept.authors.surveys import plan_survey, take_in

    plan = plan_survey(path, data, _project(), event_id, source)
    _show(plan.lines)
    if _may_write(plan.questions, probe=probe, sure=sure):
        _show(take_in(plan, _backups(data)))


@konzept.command("new", options_metavar="[OPTIONEN]")
@click.argument("field_id", metavar="[FELD-ID]", required=False)
@click.option("--alle", "every", is_flag=True, help="Alle Kapitel, die noch fehlen.")
@_DATA
def new(field_id: str | None, every: bool, data: Path) -> None:
    """Beginnt das Kapitel eines Handlungsfeldes, das die Daten kennen."""
    from konzept.authors.chapters.beginning import begin_chapters

    if (field_id is None) != every:
        _refuse(
            "Nennen Sie die Kennung eines Handlungsfeldes, oder „--alle“ für alle, die noch kein Kapitel haben."
        )
    # The pages need not be sound: the first chapter is begun before there is a book.
    _refuse_problems(data)
    begun = begin_chapters(_project(), read_folder(data), field_id)
    for page in begun.chapters:
        click.echo(f"Das Kapitel ist angelegt: {page}.md")
    for page in begun.lines:
        known = "" if page in begun.chapters else "Das Kapitel gibt es schon. "
        click.echo(f"{known}In _toc.yml steht jetzt: {page}")
    if begun.chapters:
        click.echo(
            "Ergänzen Sie den Text, und sehen Sie mit „konzept check“ und „konzept build“ das Ergebnis an."
        )
    elif not begun.lines:
        click.echo("Jedes Handlungsfeld hat schon sein Kapitel.")


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
def start(folder: Path, name: str, kind: str, key: str, title: str) -> None:
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
    try:
        start_town(folder.resolve(), settings_for(name, kind, key, " ".join(title.split()), dt.date.today()))
    except NotDone as reason:
        _refuse(str(reason))
    click.echo(f"{folder} ist angelegt. Wechseln Sie mit „cd“ dorthin, und geben Sie „konzept build“ ein.")
    click.echo("Wie es weitergeht, steht auf der Seite „So geht es weiter“ des Buches.")


@konzept.command("upgrade", options_metavar="[OPTIONEN]")
@_DATA
@click.option("--probe", is_flag=True, help="Nennt, was neu ist, und schreibt nichts.")
def upgrade(data: Path, probe: bool) -> None:
    """Bringt die Tabellen auf den Stand des Programms; verloren geht nichts."""
    from konzept.authors.upgrading import carry_out, plan_upgrade

    plan = plan_upgrade(data)
    _show(plan.told)
    if not plan.contents:
        click.echo("Die Tabellen haben den Stand des Programms.")
    elif probe:
        click.echo("Probe: Geschrieben ist nichts.")
    else:
        _show(carry_out(plan, data))
        click.echo("Die Tabellen haben jetzt den Stand des Programms.")
        if left := len(check_project(data)):
            _say(
                f"{german.capital(german.count(left, 'Fehler', 'Fehler', gender=''))} in den Daten: „konzept check“ nennt, was zu ergänzen ist."
            )


@konzept.group("stand", cls=_Group, options_metavar="[--help]", subcommand_metavar="BEFEHL …")
def state() -> None:
    """Sichert Stände des Projekts, zeigt ihren Verlauf und holt sie zurück."""


_WHO = click.option(
    "--von", "who", default="", metavar="NAME", help="Wer sichert (ohne Angabe: wer angemeldet ist)."
)


@state.command("sichern", options_metavar="[OPTIONEN]")
@click.argument("sentence", metavar="SATZ")
@_WHO
def state_save(sentence: str, who: str) -> None:
    """Sichert den jetzigen Stand; SATZ sagt, was Sie getan haben."""
    from konzept.authors.states import save_state

    saved, faults, foreign = save_state(_project(), sentence, who)
    click.echo(f"Gesichert als {saved.key}, {_when(saved.when)}: {saved.sentence}")
    for name in foreign:
        _say(f"Nicht gesichert, weil es zu keiner Seite und keiner Tabelle gehört: {name}")
    if faults:
        told = german.capital(german.count(faults, "Fehler", "Fehler", gender=""))
        _say(f"{told} in diesem Stand: „konzept check“ nennt, was zu ändern ist.")


@state.command("verlauf", options_metavar="[OPTIONEN]")
@click.argument("key", metavar="[STAND]", required=False)
def state_history(key: str | None) -> None:
    """Zeigt alle gesicherten Stände, oder was einer geändert hat."""
    from konzept.authors.states import differences, saved_states, state_named

    states = saved_states(_project()) if key is None else [state_named(_project(), key)]
    lines = differences(_project(), key) if states else []
    if key is None and not states:
        click.echo("Noch ist kein Stand gesichert: „konzept stand sichern“ beginnt den Verlauf.")
    if key is None and lines:
        click.echo("Noch nicht gesichert:")
    for line in [] if key else lines:
        click.echo(f"  {line}")
    for saved in states:
        click.echo(f"{saved.key}  {_when(saved.when)}  {saved.who}: {saved.sentence}")
    for line in lines if key else []:
        click.echo(f"  {line}")


@state.command("zurueckholen", options_metavar="[OPTIONEN]")
@click.argument("key", metavar="STAND")
@click.argument("places", metavar="[DATEI …]", nargs=-1)
@_WHO
def state_back(key: str, places: tuple[str, ...], who: str) -> None:
    """Holt einen Stand zurück, ganz oder einzelne Dateien; was jetzt da ist, wird zuvor gesichert."""
    from konzept.authors.states import bring_back

    saved = bring_back(_project(), key, places, who)
    click.echo(
        f"{saved.sentence}. Gesichert als {saved.key}."
        if saved
        else "Es ist schon alles so wie in diesem Stand."
    )


_SIDES = [
    click.option(f"--{side}", side, multiple=True, metavar="KENNUNG", help=text)
    for side, text in (
        ("meine", "Bei diesem Unterschied gilt Ihre Fassung."),
        ("andere", "Bei diesem Unterschied gilt die des gemeinsamen Standes."),
    )
]


def _sides(command: Callable[..., None]) -> Callable[..., None]:
    return _SIDES[0](_SIDES[1](command))


@state.command("holen", options_metavar="[OPTIONEN]")
@_sides
def state_fetch(meine: tuple[str, ...], andere: tuple[str, ...]) -> None:
    """Übernimmt in diesen Ordner, was andere in den gemeinsamen Stand gegeben haben."""
    from konzept.authors.states import fetch_common

    joined = _join(fetch_common, meine, andere)
    click.echo(f"Übernommen: {joined}." if joined else "Im gemeinsamen Stand ist nichts Neues.")


@state.command("abgeben", options_metavar="[OPTIONEN]")
@_sides
def state_give(meine: tuple[str, ...], andere: tuple[str, ...]) -> None:
    """Gibt Ihre gesicherten Stände in den gemeinsamen, wenn die Prüfung nichts findet."""
    from konzept.authors.states import give_to_common

    joined = _join(give_to_common, meine, andere)
    click.echo(f"Abgegeben: {joined}." if joined else "Der gemeinsame Stand hat schon alles von Ihnen.")


def _join(
    join: Callable[[Path, dict[str, str]], tuple[SavedState | None, Sequence[Conflict]]],
    mine: Iterable[str],
    other: Iterable[str],
) -> str:
    """Name the joined state, empty if there is none; end with 1 where a conflict is to be decided."""
    choices = dict.fromkeys(mine, "meine") | dict.fromkeys(other, "andere")
    joined, conflicts = join(_project(), choices)
    _show(conflicts)
    if conflicts:
        _say(
            "Dasselbe haben auch andere geändert. Geändert ist noch nichts. Wählen Sie für jede Kennung "
            "„--meine KENNUNG“ oder „--andere KENNUNG“."
        )
        raise SystemExit(1)
    return f"{joined.key}, {_when(joined.when)}" if joined else ""


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
    from konzept.publishing.preview.server import serve

    project = _project()
    _fetch()
    serve(project, path or port, _say, patience)


def _day(text: str) -> dt.date:
    try:
        return german.parse_date(text)
    except ValueError:
        _refuse(f"„{text}“ ist kein Tag. Schreiben Sie ihn wie 25.06.2025.")


def _refuse_no_chapter(field_id: str) -> None:
    chapters = [p.stem.partition("-")[2] for p in sorted((_project() / "book/chapters").glob("*.md"))]
    if field_id not in chapters:
        _refuse(f"Ein Kapitel „{field_id}“ gibt es nicht.{suggestion(field_id, chapters)}")


@konzept.command("lab", options_metavar="", context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONEN VON JUPYTERLAB]")
def lab(options: tuple[str, ...]) -> None:
    """Öffnet Kapitel und Werkstatt in JupyterLab, nur auf diesem Rechner."""
    from konzept.authors.notebooks import open_lab

    project = _project()
    _fetch()
    open_lab(project, options)


def _fetch() -> None:
    """Have the scripts and fonts that pages and paper need."""
    from konzept.publishing.fetching import fetch_assets

    fetch_assets(_say)


def _refuse_problems(data: Path, book: Path | None = None) -> None:
    """End with the problems of data and pages, if there are some."""
    if problems := check_project(data, book):
        raise DataProblems(problems)


def _show(lines: Iterable[object]) -> None:
    for line in lines:
        click.echo(line)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _refuse(sentence: str) -> NoReturn:
    _say(sentence)
    raise SystemExit(2)


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_SHOWN]:
        _say(str(problem))
    if len(problems) > _SHOWN:
        _say(f"Hier stehen die ersten {_SHOWN}; beheben Sie zuerst diese.")
    if len(problems) > 1:
        _say(f"{len(problems)} Fehler gefunden.")


def _tell_hints(hints: tuple[Problem, ...], head: str = "Hinweise (kein Hindernis für das Bauen):") -> None:
    if hints:
        _say(head)
    for hint in hints[:_SHOWN]:
        _say(str(hint))
    if len(hints) > _SHOWN:
        _say(f"Hier stehen die ersten {_SHOWN} von {len(hints)} Hinweisen.")


def main() -> None:
    """Run the program; wrong usage ends with 2 and a German sentence."""
    try:
        konzept.main(prog_name="konzept", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.ctx.get_help() if error.ctx else "")
        sys.exit(2)
    except click.ClickException as error:
        _say(_in_german(error))
        sys.exit(2)
    except Elsewhere as reason:
        _say(str(reason))
        sys.exit(2)
    except click.Abort:
        _say("Abgebrochen.")
        sys.exit(130)


def _in_german(error: click.ClickException) -> str:
    """Say what was wrong with the call."""
    command = error.ctx if isinstance(error, click.UsageError) else None
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
