"""Opens the data for a page, and says in words of a cell what such a page can show."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython import get_ipython

from konzept.concept.assembly import load_concept
from konzept.concept.choosing import across, lone, telling
from konzept.concept.findings import is_comparison
from konzept.concept.model import Concept, Indicator
from konzept.data.package import Package
from konzept.data.project import project_around
from konzept.data.saving import complete
from konzept.elements import opening
from konzept.elements.bodies import overview as bodies
from konzept.elements.bodies.overview import structure_figure
from konzept.elements.changes import editions
from konzept.elements.content import Block, Figure
from konzept.elements.costs import overview as costs
from konzept.elements.costs.figure import budget_figure
from konzept.elements.events.timeline import events_in_words, next_steps_figure, timeline_figure
from konzept.elements.fields import overview
from konzept.elements.fields.figure import fields_figure
from konzept.elements.indicators import monitoring
from konzept.elements.indicators import tables as values
from konzept.elements.indicators.bubblemap import bubble_map_figure
from konzept.elements.indicators.figure import indicator_block, indicator_figure, number_block
from konzept.elements.indicators.targets import target_figure, target_text
from konzept.elements.measures import catalogue, profiles
from konzept.elements.participation import overview as taking_part
from konzept.elements.participation.survey import shown, survey_figures
from konzept.elements.publication import downloads, legal
from konzept.elements.sources import documents, gaps
from konzept.elements.status.figure import all_status_figure
from konzept.elements.status.tables import criteria_table, words_table
from konzept.elements.status.tables import matrix as status_matrix
from konzept.elements.steering import briefing
from konzept.elements.steering import tables as steering
from konzept.elements.steering.completeness import completeness_figure
from konzept.elements.steering.tables import approvals_table
from konzept.home import HOME
from konzept.notebook.chapter import Chapter
from konzept.notebook.output import Page, Shown, show, word
from konzept.words import official

if TYPE_CHECKING:
    from konzept.notebook.widget import Explorer

DATA_VARIABLE = "KONZEPT_DATA"
"""Environment variable by which a build tells its kernels where the data are."""

PAGES_VARIABLE = "KONZEPT_SEITEN"
"""Environment variable by which a build tells its kernels that no one is there to answer widgets."""


def open_page() -> Book:
    """Open the data for a page by its parameters, which stand in its notebook under their names."""
    shell = get_ipython()
    names = shell.user_ns if shell else {}
    return open_book(names.get("data_dir"), stand=names.get("stand"))


def open_book(data_dir: str | None = None, *, stand: str | int | dt.date | None = None) -> Book:
    """Open the data for a page.

    Parameters
    ----------
    data_dir
        The data folder; None takes the build's, else that of the project one works in.
    stand
        Show the concept as it was known on that day, below a notice that says so;
        a month or year stands for its last day (see `official.last_day`).
        None takes the data's own.

    Raises
    ------
    konzept.data.problems.DataProblems
        The data hold problems.
    konzept.data.project.Elsewhere
        The project one works in is not this program's.
    """
    folder = Path(data_dir or os.environ.get(DATA_VARIABLE) or (project_around(Path.cwd()) or HOME) / "data")
    complete(folder)
    concept = load_concept(folder, stand=None if stand is None else official.last_day(stand))
    show(documents.banner_of_past(concept))
    return Book(concept)


def _of_package(element: Callable[[Package], Block]) -> Callable[[Concept], Block]:
    """Let an element be made of what is said of the town and its data."""
    return lambda concept: element(concept.package)


def _neighbours(
    drawn: Callable[[Concept, Indicator], Figure | None], label: str, unit: str | None, concept: Concept
) -> Figure | None:
    """Compare the municipalities by the first indicator that can; with a unit, by the first in it."""
    told = (i for i in across(concept) if unit in (None, i.unit) and is_comparison(i))
    found = next((drawn(concept, indicator) for indicator in told), None)
    return dataclasses.replace(found, label=label) if found else None


class Book(Page[Concept]):
    """The concept as a page outside the action fields shows it: a row each for words that only name an element."""

    def __init__(self, concept: Concept) -> None:
        super().__init__(concept)
        self.concept = concept

    def field(self, field_id: str) -> Chapter:
        """Open an action field for its chapter."""
        return Chapter(self.concept, self.concept.field(field_id))

    state = word(opening.state, "Say in two sentences where the concept stands.")
    notice = word(opening.notice, "Say what this book is not, and what it lacks, if anything.")
    measures_lead = word(
        catalogue.lead, "State how many measures there are, and what the sources name for them."
    )
    measures_silence = word(
        profiles.silence, "Name what the sources leave out for every measure, if anything."
    )
    measures_register = word(
        catalogue.register,
        "List the measures by field, actor, status and year.",
        otherwise="Ein Verzeichnis entsteht, sobald Maßnahmen in den Daten stehen.",
    )
    measures_profiles = word(
        profiles.profiles,
        "Describe every measure; its sections stand below the page's title, behind the present one.",
        otherwise="Steckbriefe entstehen, sobald Maßnahmen in den Daten stehen.",
    )
    cards = word(overview.cards, "Show all action fields with a cell for each measure.")
    status_chart = word(
        all_status_figure,
        "Show the measures of all fields by status.",
        otherwise="In den Daten stehen noch keine Maßnahmen.",
    )

    def timeline(self) -> None:
        """Show the town's own course of events."""
        found = self.concept.own_events()
        figure = timeline_figure("verlauf", "Verlauf des Konzepts", found)
        show(figure or events_in_words(found))

    experiences = word(taking_part.others_experiences, "List what was tried elsewhere and what it teaches.")

    def telling_chart(self) -> None:
        """Show the town's own numbers, and the one indicator that tells most (see `concept.choosing.telling`)."""
        found = telling(across(self.concept))
        show(
            *map(number_block, lone(across(self.concept))),
            indicator_block(self.concept, found) if found else None,
        )

    findings = word(
        opening.findings,
        "State the three findings that open the book (see `concept.choosing.telling`).",
        otherwise="Werte, die für sich sprechen, liegen zu keinem Indikator vor.",
    )
    missing = word(gaps.missing_in_all, "List what the sources do not say on the whole concept.")
    missing_own = word(gaps.missing_own, "Count on what the town has no values of its own.")
    costs_sentence = word(costs.costs_sentence, "Say what the sources name as costs.")
    who = word(briefing.who, "Say who leads which measures.")
    by_when = word(briefing.by_when, "Say by when measures are due.")
    take_part = word(taking_part.take_part, "Say whom one can write to, by the published contacts.")

    neighbours_chart = word(
        partial(_neighbours, indicator_figure, "abb-nachbarn", None),
        "Compare the municipalities of the region by the first indicator that can.",
        otherwise="Werte der Nachbargemeinden liegen nicht vor.",
    )
    neighbours_map = word(
        partial(_neighbours, bubble_map_figure, "abb-nachbarkarte", "Personen"),
        "Show the municipalities at their places by the first indicator that counts people in them.",
        otherwise="Für eine Karte der Nachbargemeinden fehlen Werte oder Koordinaten.",
    )

    budget_chart = word(
        budget_figure,
        "Show costs by year and budget stage.",
        otherwise="Beträge sind in den Quellen nicht genannt.",
    )

    def targets(self) -> None:
        """Show all indicators that have targets, name those without actual values, or say that there are none."""
        blocks: list[Block] = []
        for indicator in self.concept.indicators:
            found = target_figure(self.concept, indicator) or target_text(self.concept, indicator)
            if found:
                # A chapter shows some of them too, and a label stands once in a book.
                blocks.append(dataclasses.replace(found, label=f"{found.label}-gesamt"))
        show(*blocks, otherwise="Sollwerte sind nicht festgelegt.")

    def surveys(self) -> None:
        """Show the results of all surveys, or say that there are none."""
        show(
            *map(shown, survey_figures(self.concept)),
            otherwise="Ergebnisse von Umfragen sind nicht veröffentlicht.",
        )

    costs_table = word(
        costs.costs_table, "List all amounts.", otherwise="Kosten sind in den Quellen nicht genannt."
    )
    measures_without_costs = word(costs.without_costs, "Name the measures without an amount.")
    steering_lead = word(briefing.lead, "State how many measures are before a decision, and how many beyond.")
    steering_date = word(briefing.as_of, "Name the newest report on the measures and how old it is.")

    def decisions(self, *, short: bool = False) -> None:
        """Name what waits for a decision, and what to ask; short where heading and lead say the rest."""
        show(briefing.decisions(self.concept, short=short))

    approvals = word(
        approvals_table,
        "List under a heading of their own which chapters were approved; nothing while none was.",
    )
    matrix = word(
        status_matrix,
        "Show every measure as an icon, by field and status.",
        otherwise="In den Daten stehen noch keine Maßnahmen.",
    )
    steering_table = word(
        steering.fields_steering,
        "Show for each field goals, measures, costs and the last change.",
        otherwise="Ziele und Maßnahmen stehen noch keine in den Daten.",
    )
    completeness_chart = word(
        completeness_figure,
        "Show for how many measures the five questions are answered.",
        otherwise="Ohne Maßnahmen gibt es noch nichts zu vervollständigen.",
    )
    completeness_table = word(
        steering.completeness_table,
        "Show the answered questions by field; without measures the chart says it.",
    )
    schedule = word(
        briefing.schedule_sentence,
        "State for how many measures the day has passed or is to come, and how many have none.",
    )
    schedule_table = word(
        steering.schedule_table,
        "Show by field how the measures stand in time; without measures the sentence says it.",
    )
    deadlines_table = word(
        steering.deadlines_table,
        "List the measures that are due, the earliest first.",
        otherwise="Ein Termin ist für keine laufende Maßnahme genannt.",
    )
    status_words = word(
        words_table,
        "Show which words of the sources stand for which status.",
        otherwise="In den Daten stehen noch keine Maßnahmen.",
    )
    status_criteria = word(criteria_table, "Explain when a measure has which status.")
    own_values_table = word(
        values.own_values_table,
        "List the town's own newest values.",
        otherwise="Eigene Werte der Kommune liegen nicht vor.",
    )

    def districts_table(self) -> None:
        """Show what is known of the town's parts."""
        level, _ = values.parts_of_the_town(self.concept)
        show(values.districts_table(self.concept), otherwise=f"Werte für {level.plural} liegen nicht vor.")

    bodies_table = word(
        bodies.bodies_table, "List the bodies.", otherwise="Gremien sind in den Quellen nicht genannt."
    )
    members_table = word(
        bodies.members_table,
        "List who takes part in which body.",
        otherwise="Mitwirkende sind in den Quellen nicht genannt.",
    )
    actors_table = word(
        bodies.actors_table,
        "List the actors that take part in no body.",
        otherwise="Weitere Stellen sind in den Quellen nicht genannt.",
    )

    def structure_chart(self, project: str | None = None) -> None:
        """Show to whom the bodies report, of all or of one project (its key in `projekte` of `kommune.json`)."""
        figure = structure_figure(self.concept, project=project)
        show(figure, otherwise="Gremien sind in den Quellen nicht genannt.")

    fields_chart = word(
        fields_figure,
        "Show the fields by project and stage of work.",
        otherwise="Für eine Übersicht ist von zu wenigen Handlungsfeldern der Stand der Bearbeitung genannt.",
    )
    next_steps = word(
        next_steps_figure,
        "Show what is announced, and whether its day has passed.",
        otherwise="Angekündigte Schritte sind in den Quellen nicht genannt.",
    )
    offers_table = word(
        taking_part.offers_table,
        "List existing offers.",
        otherwise="Bestehende Angebote sind in den Quellen nicht genannt.",
    )
    offers_lead = word(taking_part.offers_lead, "Count the offers and say what is known of them.")
    contacts_table = word(
        taking_part.contacts_table,
        "List published contacts by function.",
        otherwise="Kontakte sind in den Quellen nicht veröffentlicht.",
    )
    own_experiences = word(taking_part.own_experiences, "List what the town tried and what was not taken up.")
    participation = word(taking_part.lead, "Say what is known of contributions, participants and surveys.")
    indicators_lead = word(monitoring.lead, "Count indicators, values and targets.")
    indicators_table = word(
        monitoring.overview_table,
        "Count indicators, values and targets by field.",
        otherwise="Indikatoren sind in den Daten nicht genannt.",
    )

    def indicators(self) -> None:
        """Show a sheet for every indicator with values, name the others, and show the charts, field by field.

        A chart that a chapter shows is not drawn again.
        """
        for block, found in monitoring.sheets(self.concept):
            show(block, *(indicator_block(self.concept, indicator) for indicator in found))

    def notice_of(self, *tables: str) -> None:
        """Say how many open notes touch a page that shows these tables; nothing when there are none."""
        show(documents.banner_of_page(self.concept, tables))

    imprint_lead = word(
        _of_package(legal.lead),
        "Name the publisher, or say what is missing of the Impressum.",
    )
    imprint = word(_of_package(legal.imprint), "List the fields of the Impressum.")
    privacy_state = word(_of_package(legal.privacy_state), "Say who answers for the data of visitors.")
    contact_state = word(
        _of_package(legal.contact_state),
        "Say whether there is someone to report barriers to.",
    )
    contact = word(_of_package(legal.contact), "List how to reach the publisher.")
    contributions_table = word(
        taking_part.contributions_table,
        "List contributions and what became of them.",
        otherwise="Einzelne Beiträge sind in den Quellen nicht dokumentiert.",
    )

    def explorer(self) -> Explorer:
        """Let readers choose what they see of measures and indicators.

        In JupyterLab it is a widget: its traits are the choice, and `selection` is a table of what the choice leaves.
        """
        # Imported here because no other page pays for widgets.
        from konzept.elements.explorer.page import explorer_block
        from konzept.notebook.widget import Explorer

        block = explorer_block(self.concept, self._material)
        return Explorer(
            block.material, Shown(block)._repr_mimebundle_(), live=not os.environ.get(PAGES_VARIABLE)
        )

    def selection(self, view: str) -> None:
        """Show a view of the explorer, its chart or its table; the explorer gives this line for it („Als Zelle für mein Kapitel“).

        Parameters
        ----------
        view
            What stands behind the # of the explorer's address.
        """
        from konzept.notebook.selection import blocks_of

        show(
            *blocks_of(self.concept, self._material, view),
            otherwise="Zu dieser Auswahl steht nichts in den Daten.",
        )

    @cached_property
    def _material(self) -> dict[str, Any]:
        """What can be explored: gathered once, for it reads the editions too."""
        from konzept.elements.explorer.material import material_of

        return material_of(self.concept)

    editions_lead = word(editions.lead, "Say which edition this book is.")
    editions_table = word(
        editions.editions_table,
        "List the editions with what one needs to cite them.",
        otherwise="Eine Ausgabe gibt es noch nicht.",
    )
    editions_changes = word(
        editions.changes_tables,
        "Show what has changed from edition to edition, the newest first.",
        otherwise="Zu vergleichen ist noch nichts.",
    )
    since_last = word(editions.since_last, "Say what is new since the last report; nothing where nothing is.")
    data_lead = word(downloads.lead, "Count what there is as files, and say up to when it reaches.")
    data_files = word(downloads.files, "List the files for all purposes.")
    data_tables = word(downloads.tables, "Show each table's columns and first rows, folded.")

    def data_indicators(self) -> None:
        """List the files of each indicator, and say how many have no values."""
        show(downloads.silent_indicators(self.concept), downloads.indicators(self.concept))

    data_licences = word(downloads.licences, "Say under which licences the data are.")
    data_citation = word(downloads.how_to_cite, "Say how to cite the data.")
    documents_table = word(
        documents.documents_table,
        "List all documents.",
        otherwise="Dokumente stehen noch keine in den Daten.",
    )
    notes_table = word(
        documents.notes_table,
        "List all doubts about the sources.",
        otherwise="Prüfhinweise gibt es keine.",
    )
