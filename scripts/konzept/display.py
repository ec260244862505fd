"""What a cell hands to Jupyter.

Every page element leaves a notebook as Plotly JSON (figures), ``text/markdown`` and ``text/html``.
The HTML carries the element's content as JSON, from which the book's extensions build their nodes;
JupyterLab shows the chart, other viewers the Markdown or HTML.  No browser, no network.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.display import display as _display
from myst_nb import glue

from konzept import banners, briefing, catalogue, german, legal, monitoring, overview, participation
from konzept.assembly import load_concept
from konzept.concept import ActionField, Concept
from konzept.content import (
    Block,
    Cards,
    Documents,
    Facts,
    Figure,
    KeyFigures,
    Notice,
    Points,
    Profiles,
    Register,
    Run,
    Sheets,
    Table,
    Text,
    line,
    plain,
    to_json,
)
from konzept.content import Explorer as ExplorerBlock
from konzept.figures import (
    actors_by_group_figure,
    all_status_figure,
    bubble_map_figure,
    budget_figure,
    completeness_figure,
    fields_figure,
    indicator_figure,
    next_steps_figure,
    status_figure,
    structure_figure,
    survey_figures,
    target_figure,
    timeline_figure,
)
from konzept.figures.comparison import is_comparison
from konzept.figures.worded import worded
from konzept.tables import goals_table, registers, steering
from konzept.tables.criteria import criteria_table

if TYPE_CHECKING:
    from konzept.exploring.widget import Explorer

DATA_VARIABLE = "KONZEPT_DATA"
"""Environment variable by which a build tells its kernels where the data are."""

PAGES_VARIABLE = "KONZEPT_SEITEN"
"""Environment variable by which a build tells its kernels that no one is there to answer widgets."""

PROJECT = Path(__file__).resolve().parents[2]


def open_book(data_dir: str | None = None, *, stand: str | None = None) -> Book:
    """Open the data for a page.

    Parameters
    ----------
    data_dir
        The data folder; None takes the build's, else the project's `data/`.
    stand
        An ISO or German date: show the concept as it was on that day.  None takes the data's own.

    Raises
    ------
    konzept.problems.DataProblems
        The data hold problems.
    """
    folder = Path(data_dir or os.environ.get(DATA_VARIABLE) or PROJECT / "data")
    return Book(load_concept(folder, stand=_day(stand) if stand else None))


def _day(stand: str) -> dt.date:
    try:
        return german.parse_date(stand)
    except ValueError as error:
        raise ValueError(
            f"„{stand}“ ist kein Tag des Kalenders; richtig ist zum Beispiel „2025-06-25“."
        ) from error


class Shown:
    """An element on its way to Jupyter."""

    def __init__(self, block: Block) -> None:
        self.block = block

    def __repr__(self) -> str:
        # Without the address in memory, which differs from run to run.
        return f"<{type(self.block).__name__}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": as_html(self.block)}
        if isinstance(self.block, Figure):
            bundle["application/vnd.plotly.v1+json"] = json.loads(worded(self.block).to_json())
        else:
            bundle["text/markdown"] = as_markdown(self.block)
        return bundle


def show(element: Shown) -> None:
    """Show an element in the middle of a cell."""
    _display(element)  # type: ignore[no-untyped-call]


class Book:
    """The concept as a page outside the action fields shows it."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept

    def field(self, field_id: str) -> Chapter:
        """Open an action field for its chapter."""
        return Chapter(self.concept, self.concept.field(field_id))

    def state(self) -> Shown:
        """Say in two sentences where the concept stands."""
        return Shown(overview.state(self.concept))

    def notice(self) -> Shown:
        """Say what this book is not, and what it lacks."""
        return Shown(overview.notice(self.concept))

    def measures_lead(self) -> Shown:
        """State how many measures there are, and what the sources name for them."""
        return Shown(catalogue.lead(self.concept))

    def measures_silence(self) -> None:
        """Name what the sources leave out for every measure, if anything."""
        if block := catalogue.silence(self.concept):
            show(Shown(block))

    def measures_register(self) -> Shown:
        """List the measures by field, actor, status and year."""
        text = "Ein Verzeichnis entsteht, sobald Maßnahmen in den Daten stehen."
        return _or_sentence(catalogue.register(self.concept), text)

    def measures_profiles(self) -> Shown:
        """Describe every measure; its sections stand below the page's title, behind the present one."""
        text = "Steckbriefe entstehen, sobald Maßnahmen in den Daten stehen."
        return _or_sentence(catalogue.profiles(self.concept), text)

    def key_figures(self) -> Shown:
        """Show the concept in numbers."""
        return Shown(overview.key_figures(self.concept))

    def cards(self) -> Shown:
        """Show all action fields with a cell for each measure."""
        return Shown(overview.cards(self.concept))

    def status_chart(self) -> Shown:
        """Show the measures of all fields by status."""
        return _or_sentence(all_status_figure(self.concept), "In den Daten stehen noch keine Maßnahmen.")

    def timeline(self) -> Shown:
        """Show the town's own course of events."""
        figure = timeline_figure("verlauf", "Verlauf des Konzepts", self.concept.own_events())
        return _or_sentence(figure, "Ereignisse mit Datum sind in den Quellen nicht genannt.")

    def experiences(self) -> Shown:
        """List what was tried elsewhere and what it teaches."""
        return Shown(overview.experiences(self.concept))

    def indicators_across(self) -> None:
        """Show the indicators that belong to no field, but for the one that compares municipalities."""
        for indicator in self.concept.indicators:
            if indicator.field_id is None and not is_comparison(indicator):
                figure = indicator_figure(self.concept, indicator)
                if figure and len({o.year for o in indicator.actual() if o.year}) > 1:
                    show(Shown(figure))

    def neighbours_chart(self) -> Shown:
        """Compare the municipalities of the region by the first indicator that can."""
        found = next((i for i in self.concept.indicators if i.field_id is None and is_comparison(i)), None)
        figure = indicator_figure(self.concept, found) if found else None
        if figure:
            figure = dataclasses.replace(figure, label="abb-nachbarn")
        return _or_sentence(figure, "Werte der Nachbargemeinden liegen nicht vor.")

    def neighbours_map(self) -> Shown:
        """Show the municipalities at their places by the first indicator that counts people in them."""
        counts = (i for i in self.concept.indicators if i.field_id is None and i.unit == "Personen")
        found = next((i for i in counts if is_comparison(i)), None)
        figure = bubble_map_figure(self.concept, found) if found else None
        if figure:
            figure = dataclasses.replace(figure, label="abb-nachbarkarte")
        return _or_sentence(figure, "Für eine Karte der Nachbargemeinden fehlen Werte oder Koordinaten.")

    def fields_table(self) -> Shown:
        """Show the fields at a glance."""
        return Shown(registers.fields_table(self.concept))

    def budget_chart(self) -> Shown:
        """Show costs by year and budget stage."""
        return _or_sentence(budget_figure(self.concept), "Beträge sind in den Quellen nicht genannt.")

    def targets(self) -> None:
        """Show all indicators that have targets, or say that there are none."""
        figures = [f for i in self.concept.indicators if (f := target_figure(self.concept, i))]
        # A chapter shows some of them too, and a label stands once in a book.
        own = [dataclasses.replace(f, label=f"{f.label}-gesamt") for f in figures]
        _show_all(own, "Sollwerte sind nicht festgelegt.")

    def surveys(self) -> None:
        """Show the results of all surveys, or say that there are none."""
        _show_all(survey_figures(self.concept), "Ergebnisse von Umfragen sind nicht veröffentlicht.")

    def costs_table(self) -> Shown:
        """List all amounts."""
        return _or_sentence(steering.costs_table(self.concept), "Kosten sind in den Quellen nicht genannt.")

    def measures_without_costs(self) -> Shown:
        """Name the measures without an amount."""
        return Shown(briefing.without_costs(self.concept))

    def steering_lead(self) -> Shown:
        """State how many measures are before a decision, and how many beyond."""
        return Shown(briefing.lead(self.concept))

    def steering_date(self) -> Shown:
        """Name the newest report on the measures and how old it is."""
        return Shown(briefing.as_of(self.concept))

    def decisions(self) -> Shown:
        """Name what waits for a decision, with the amounts."""
        return Shown(briefing.decisions(self.concept))

    def matrix(self) -> Shown:
        """Show every measure as an icon, by field and status."""
        return _or_sentence(steering.matrix(self.concept), "In den Daten stehen noch keine Maßnahmen.")

    def steering_table(self) -> Shown:
        """Show for each field goals, measures, costs and the last change."""
        return Shown(steering.fields_steering(self.concept))

    def completeness_chart(self) -> Shown:
        """Show for how many measures the five questions are answered."""
        return _or_sentence(
            completeness_figure(self.concept), "Ohne Maßnahmen gibt es noch nichts zu vervollständigen."
        )

    def completeness_table(self) -> None:
        """Show the answered questions by field; without measures the chart says it."""
        _show_if(steering.completeness_table(self.concept))

    def schedule(self) -> Shown:
        """State how many measures are overdue, on time and without a date."""
        return Shown(briefing.schedule_sentence(self.concept))

    def schedule_table(self) -> None:
        """Show by field what is overdue, on time and without a date; without measures the sentence says it."""
        _show_if(steering.schedule_table(self.concept))

    def deadlines_table(self) -> Shown:
        """List the measures that are due, the earliest first."""
        return _or_sentence(
            steering.deadlines_table(self.concept), "Ein Termin ist für keine laufende Maßnahme genannt."
        )

    def newest_values_table(self) -> Shown:
        """List each field's indicators with direction and newest value."""
        return _or_sentence(
            steering.newest_values_table(self.concept), "Werte zu Indikatoren liegen noch nicht vor."
        )

    def status_criteria(self) -> Shown:
        """Explain when a measure has which status."""
        return Shown(criteria_table(self.concept))

    def own_values_table(self) -> Shown:
        """List the town's own newest values."""
        return _or_sentence(
            registers.own_values_table(self.concept), "Eigene Werte der Kommune liegen nicht vor."
        )

    def districts_table(self) -> Shown:
        """Show what is known of the districts."""
        return _or_sentence(registers.districts_table(self.concept), "Werte für Ortsteile liegen nicht vor.")

    def bodies_table(self) -> Shown:
        """List the bodies."""
        return _or_sentence(
            registers.bodies_table(self.concept), "Gremien sind in den Quellen nicht genannt."
        )

    def actors_table(self) -> Shown:
        """List the actors."""
        return _or_sentence(
            registers.actors_table(self.concept), "Akteur*innen sind in den Quellen nicht genannt."
        )

    def actors_chart(self) -> Shown:
        """Show who takes part in which body."""
        return _or_sentence(
            actors_by_group_figure(self.concept), "Mitwirkende sind in den Quellen nicht genannt."
        )

    def structure_chart(self, project: str | None = None) -> Shown:
        """Show to whom the bodies report, of all or of one project (`stadtgesellschaft` or `verwaltung`)."""
        figure = structure_figure(self.concept, project=project)
        return _or_sentence(figure, "Gremien sind in den Quellen nicht genannt.")

    def fields_chart(self) -> Shown:
        """Show the fields by project and stage of work."""
        return _or_sentence(
            fields_figure(self.concept), "Für eine Übersicht stehen zu wenige Handlungsfelder in den Daten."
        )

    def next_steps(self) -> Shown:
        """Show what is announced, and whether its day has passed."""
        return _or_sentence(
            next_steps_figure(self.concept), "Angekündigte Schritte sind in den Quellen nicht genannt."
        )

    def offers_table(self) -> Shown:
        """List existing offers."""
        return _or_sentence(
            registers.offers_table(self.concept), "Bestehende Angebote sind in den Quellen nicht genannt."
        )

    def offers_lead(self) -> Shown:
        """Count the offers and say what is known of them."""
        return Shown(participation.offers_lead(self.concept))

    def contacts_table(self) -> Shown:
        """List published contacts by function."""
        return _or_sentence(
            participation.contacts_table(self.concept), "Kontakte sind in den Quellen nicht veröffentlicht."
        )

    def not_taken_up(self) -> Shown:
        """List what the town tried and what was not taken up."""
        return Shown(participation.not_taken_up(self.concept))

    def participation(self) -> Shown:
        """Say what is known of contributions, participants and surveys."""
        return Shown(participation.lead(self.concept))

    def indicators_lead(self) -> Shown:
        """Count indicators, values and targets."""
        return Shown(monitoring.lead(self.concept))

    def indicators_table(self) -> Shown:
        """Count indicators, values and targets by field."""
        return _or_sentence(
            monitoring.overview_table(self.concept), "Indikatoren sind in den Daten nicht genannt."
        )

    def indicators(self) -> None:
        """Show a sheet for every indicator with values, and name the others, field by field."""
        for block in monitoring.sheets(self.concept):
            show(Shown(block))

    def notice_of(self, *tables: str) -> None:
        """Say how many open notes touch a page that shows these tables; nothing when there are none."""
        if banner := banners.of_page(self.concept, tables):
            show(Shown(banner))

    def imprint_lead(self) -> Shown:
        """Name the publisher, or say what is missing of the Impressum."""
        return Shown(legal.lead(self.concept.package))

    def imprint(self) -> Shown:
        """List the fields of the Impressum."""
        return Shown(legal.imprint(self.concept.package))

    def privacy_state(self) -> Shown:
        """Say who answers for the data of visitors."""
        return Shown(legal.privacy_state(self.concept.package))

    def contact_state(self) -> Shown:
        """Say whether there is someone to report barriers to."""
        return Shown(legal.contact_state(self.concept.package))

    def contact(self) -> Shown:
        """List how to reach the publisher."""
        return Shown(legal.contact(self.concept.package))

    def contributions_table(self) -> Shown:
        """List contributions and what became of them."""
        return _or_sentence(
            registers.contributions_table(self.concept),
            "Einzelne Beiträge sind in den Quellen nicht dokumentiert.",
        )

    def explorer(self) -> Explorer:
        """Let readers choose what they see of measures and indicators.

        In JupyterLab it is a widget: its traits are the choice, and `selection` is a table of what the choice leaves.
        """
        # Imported here because no other page pays for widgets.
        from konzept.exploring.page import explorer_block
        from konzept.exploring.widget import Explorer

        block = explorer_block(self.concept)
        return Explorer(block.material, as_html(block), live=not os.environ.get(PAGES_VARIABLE))

    def documents_table(self) -> Shown:
        """List all documents."""
        return Shown(registers.documents_table(self.concept))

    def notes_table(self) -> Shown:
        """List all doubts about the sources."""
        return _or_sentence(registers.notes_table(self.concept), "Prüfhinweise gibt es keine.")


class Chapter:
    """An action field as its chapter shows it."""

    def __init__(self, concept: Concept, field: ActionField) -> None:
        self.concept = concept
        self.data = field

    def lead(self) -> Shown:
        """State the field's focus."""
        return Shown(overview.lead(self.data))

    def facts(self) -> Shown:
        """Show the field at a glance and make its numbers known to the text.

        The text then uses them as ``{glue:text}`` with the names in `overview.numbers`.
        """
        for name, text in overview.numbers(self.concept, self.data).items():
            glue(name, _Literal(text), display=False)
        return Shown(overview.facts(self.data))

    def notice(self) -> None:
        """Say how many open notes touch the chapter; nothing when there are none."""
        if banner := banners.of_field(self.data):
            show(Shown(banner))

    def themes(self, *kinds: str) -> None:
        """List the themes of one or more kinds, or say that the sources name none."""
        for kind in kinds:
            show(Shown(overview.themes(self.data, kind)))

    def members(self) -> Shown:
        """List who works in the field's working groups."""
        return Shown(overview.members(self.data))

    def goals_table(self) -> Shown:
        """Show the goals with their measures."""
        table = goals_table(self.data)
        return Shown(table or _sentence("Ziele und Maßnahmen sind in den Quellen nicht genannt."))

    def status_chart(self) -> Shown:
        """Show the measures by status."""
        figure = status_figure(self.concept, self.data)
        return Shown(figure or _sentence("Maßnahmen sind in den Quellen nicht genannt."))

    def indicator_chart(self, indicator_id: str) -> Shown:
        """Show one indicator, or say that the data hold nothing on it.

        A mistyped name is found by `konzept check`, before any chapter runs.
        """
        indicator = overview.indicator(self.data, indicator_id)
        if indicator is None:
            return Shown(_sentence(f"Der Indikator „{indicator_id}“ ist in diesen Daten nicht enthalten."))
        figure = indicator_figure(self.concept, indicator)
        return Shown(figure or _sentence(f"{indicator.name}: Dazu liegen keine Daten vor."))

    def target_chart(self, indicator_id: str) -> Shown:
        """Show what is aimed at for an indicator beside what was measured last."""
        indicator = overview.indicator(self.data, indicator_id)
        if indicator is None:
            return Shown(_sentence(f"Der Indikator „{indicator_id}“ ist in diesen Daten nicht enthalten."))
        figure = target_figure(self.concept, indicator)
        return _or_sentence(figure, f"{indicator.name}: Ein Sollwert als Zahl ist nicht festgelegt.")

    def indicator_charts(self, *, without: Sequence[str] = ()) -> None:
        """Show every indicator that has observations, then name those that have none.

        Parameters
        ----------
        without
            Indicators that stand elsewhere in the chapter.
        """
        for indicator in self.data.indicators:
            if indicator.id in without:
                continue
            if figure := indicator_figure(self.concept, indicator):
                show(Shown(figure))
        show(Shown(overview.without_data(self.data)))

    def timeline(self) -> Shown:
        """Show the field's own events."""
        title = f"Ereignisse im Handlungsfeld {self.data.name}"
        figure = timeline_figure(f"verlauf-{self.data.id}", title, self.data.events)
        return Shown(figure or overview.events(self.data))

    def offers(self) -> Shown:
        """List existing offers."""
        return Shown(overview.offers(self.data))

    def data_state(self) -> Shown:
        """Say for how many indicators there are data."""
        return Shown(overview.data_state(self.concept, self.data))

    def contributions(self) -> Shown:
        """List what was proposed and what became of it."""
        return Shown(overview.contributions(self.data))

    def notes(self) -> None:
        """List the doubts about the field's sources, or say that there are none."""
        for block in overview.notes(self.data):
            show(Shown(block))

    def sources(self) -> Shown:
        """List the documents that the field's data come from and those that the chapter names."""
        return Shown(overview.sources(self.data))


class _Literal:
    """Text for the glue role, free of the quotes that a string's repr would add."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _show_all(figures: Sequence[Figure], sentence: str) -> None:
    blocks: Sequence[Block] = figures or [_sentence(sentence)]
    for block in blocks:
        show(Shown(block))


def _show_if(block: Block | None) -> None:
    if block:
        show(Shown(block))


def _or_sentence(block: Block | None, sentence: str) -> Shown:
    return Shown(block or _sentence(sentence))


def _sentence(text: str) -> Text:
    return Text((line(text),), role="muted")


def as_html(block: Block) -> str:
    """Write an element as HTML that carries its content as JSON for the book."""
    data = to_json(block)
    return (
        f'<div class="ik-block" data-kind="{block.kind}">{_html_body(block)}'
        f'<script type="application/json">{data}</script></div>'
    )


def _html_body(block: Block) -> str:
    match block:
        case Figure():
            source = "; ".join(block.sources)
            return (
                f"<p><strong>{html.escape(block.finding)}</strong></p><p>{html.escape(block.subtitle)}</p>"
                f"{_html_table(block.data)}<p>{html.escape(block.caption)}. Quelle: {html.escape(source)}</p>"
            )
        case ExplorerBlock():
            return "".join(map(_html_body, block.tables)) + _html_lines([block.note])
        case Table():
            return f"<p>{html.escape(block.caption)}</p>{_html_table(block)}{_html_lines(block.notes)}"
        case _:
            return "".join(f"<p>{html.escape(plain((item,)))}</p>" for item in _lines_of(block))


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(c.title)}</th>' for c in table.columns)
    body = ""
    for row in table.rows:
        span = f' colspan="{len(table.columns)}"' if len(row.cells) == 1 else ""
        first, *rest = (html.escape(cell.text) for cell in row.cells)
        body += f'<tr><th scope="row"{span}>{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in lines)


def as_markdown(block: Block) -> str:
    """Write an element as Markdown that shows all text literally."""
    if isinstance(block, Table):
        return "\n\n".join([escape(block.caption), _markdown_table(block), *map(escape, block.notes)])
    if isinstance(block, Points):
        return "\n".join(f"- {_markdown_line(item)}" for item in block.lines)
    return "\n\n".join(_markdown_line(item) for item in _lines_of(block))


def _markdown_table(table: Table) -> str:
    rows = [
        [escape(c.title) for c in table.columns],
        ["--:" if c.numeric else "---" for c in table.columns],
    ]
    for row in table.rows:
        cells = [" ".join(_markdown_line(part) for part in cell.lines) for cell in row.cells]
        rows.append(cells + [""] * (len(table.columns) - len(cells)))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _markdown_line(runs: tuple[Run, ...]) -> str:
    return "".join(f"**{escape(run.text)}**" if run.strong else escape(run.text) for run in runs)


def escape(text: str) -> str:
    r"""Make text literal in Markdown, in a table cell too.

    Every punctuation mark gets a backslash, which CommonMark takes as the mark itself.

    Examples
    --------
    >>> print(escape("Akteur*innen | `x`"))
    Akteur\*innen \| \`x\`
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split("\n")))


def _lines_of(block: Block) -> list[tuple[Run, ...]]:
    match block:
        case Text() | Points():
            return list(block.lines)
        case Documents():
            return [part for _, part in block.items]
        case Notice():
            return [line(Run(block.title, strong=True)), *block.lines]
        case Profiles():
            return _lines_of_profiles(block)
        case Register():
            return _lines_of_register(block)
        case Sheets():
            return _lines_of_sheets(block)
        case Facts():
            return [line(Run(f"{term}: ", strong=True), *value) for term, value in block.items]
        case KeyFigures():
            return [
                line(Run(f"{value} {unit}".strip(), strong=True), f" {what}. {note}")
                for value, unit, what, note in block.items
            ]
        case Cards():
            return [
                line(Run(f"{c.number}. {c.title}", strong=True), f" {c.state}. {c.summary}")
                for c in block.items
            ]
        case _:
            return []


def _lines_of_profiles(block: Profiles) -> list[tuple[Run, ...]]:
    found = []
    for group in block.groups:
        found += [line(Run(group.title, strong=True)), group.text]
        for item in group.items:
            found += [line(Run(item.title, strong=True)), *([line(item.text)] if item.text else [])]
            found += [(Run(f"{term}: ", strong=True), *part) for term, parts in item.items for part in parts]
            found += [*([line(item.silent)] if item.silent else []), *item.notes]
    return found


def _lines_of_register(block: Register) -> list[tuple[Run, ...]]:
    found = []
    for index in block.lists:
        found.append(line(Run(index.title, strong=True)))
        for entry in index.entries:
            links = [part for link in entry.links for part in (Run("; "), *link)][1:]
            found.append((Run(f"{entry.head.text}: ", strong=True), *links))
        found += [line(index.note)] if index.note else []
    return found


def _lines_of_sheets(block: Sheets) -> list[tuple[Run, ...]]:
    found = [line(Run(block.heading, strong=True))] if block.heading else []
    for sheet in block.items:
        found += [line(Run(sheet.title, strong=True))] if sheet.title else []
        found += sheet.intro
        found += [(Run(f"{term}: ", strong=True), *part) for term, values in sheet.items for part in values]
    return [*found, *block.rest]
