"""Opens the data for a page, and says in words of a cell what such a page can show."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython import get_ipython

from konzept.concept.assembly import load_concept
from konzept.concept.choosing import across, lone, telling
from konzept.concept.findings import is_comparison
from konzept.concept.model import Concept
from konzept.data.project import project_around
from konzept.data.saving import complete
from konzept.elements import opening
from konzept.elements.bodies.overview import actors_table, bodies_table, members_table, structure_figure
from konzept.elements.changes import editions
from konzept.elements.content import Block
from konzept.elements.costs import overview as costs
from konzept.elements.costs.figure import budget_figure
from konzept.elements.events.timeline import events_in_words, next_steps_figure, timeline_figure
from konzept.elements.fields import overview
from konzept.elements.fields.figure import fields_figure
from konzept.elements.indicators import monitoring
from konzept.elements.indicators.bubblemap import bubble_map_figure
from konzept.elements.indicators.figure import indicator_block, indicator_figure, number_block
from konzept.elements.indicators.tables import districts_table, own_values_table, parts_of_the_town
from konzept.elements.indicators.targets import target_figure, target_text
from konzept.elements.measures import catalogue, profiles
from konzept.elements.participation import overview as participation
from konzept.elements.participation.survey import shown, survey_figures
from konzept.elements.publication import downloads, legal
from konzept.elements.sources import documents, gaps
from konzept.elements.status.figure import all_status_figure
from konzept.elements.status.tables import criteria_table, matrix, words_table
from konzept.elements.steering import briefing
from konzept.elements.steering import tables as steering
from konzept.elements.steering.completeness import completeness_figure
from konzept.home import HOME
from konzept.notebook.chapter import Chapter
from konzept.notebook.output import Shown, show
from konzept.words import german

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
        a month or year stands for its last day (see `german.last_day`).
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
    concept = load_concept(folder, stand=None if stand is None else german.last_day(stand))
    show(documents.banner_of_past(concept))
    return Book(concept)


class Book:
    """The concept as a page outside the action fields shows it."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept

    def field(self, field_id: str) -> Chapter:
        """Open an action field for its chapter."""
        return Chapter(self.concept, self.concept.field(field_id))

    def state(self) -> None:
        """Say in two sentences where the concept stands."""
        show(opening.state(self.concept))

    def notice(self) -> None:
        """Say what this book is not, and what it lacks, if anything."""
        show(opening.notice(self.concept))

    def measures_lead(self) -> None:
        """State how many measures there are, and what the sources name for them."""
        show(catalogue.lead(self.concept))

    def measures_silence(self) -> None:
        """Name what the sources leave out for every measure, if anything."""
        show(profiles.silence(self.concept))

    def measures_register(self) -> None:
        """List the measures by field, actor, status and year."""
        show(
            catalogue.register(self.concept),
            otherwise="Ein Verzeichnis entsteht, sobald Maßnahmen in den Daten stehen.",
        )

    def measures_profiles(self) -> None:
        """Describe every measure; its sections stand below the page's title, behind the present one."""
        show(
            profiles.profiles(self.concept),
            otherwise="Steckbriefe entstehen, sobald Maßnahmen in den Daten stehen.",
        )

    def cards(self) -> None:
        """Show all action fields with a cell for each measure."""
        show(overview.cards(self.concept))

    def status_chart(self) -> None:
        """Show the measures of all fields by status."""
        show(all_status_figure(self.concept), otherwise="In den Daten stehen noch keine Maßnahmen.")

    def timeline(self) -> None:
        """Show the town's own course of events."""
        found = self.concept.own_events()
        figure = timeline_figure("verlauf", "Verlauf des Konzepts", found)
        show(figure or events_in_words(found))

    def experiences(self) -> None:
        """List what was tried elsewhere and what it teaches."""
        show(participation.others_experiences(self.concept))

    def telling_chart(self) -> None:
        """Show the town's own numbers, and the one indicator that tells most (see `figures.telling`)."""
        found = telling(across(self.concept))
        show(
            *map(number_block, lone(across(self.concept))),
            indicator_block(self.concept, found) if found else None,
        )

    def findings(self) -> None:
        """State the three findings that open the book (see `figures.telling`)."""
        show(
            opening.findings(self.concept),
            otherwise="Werte, die für sich sprechen, liegen zu keinem Indikator vor.",
        )

    def missing(self) -> None:
        """List what the sources do not say on the whole concept."""
        show(gaps.missing_in_all(self.concept))

    def missing_own(self) -> None:
        """Count on what the town has no values of its own."""
        show(gaps.missing_own(self.concept))

    def costs_sentence(self) -> None:
        """Say what the sources name as costs."""
        show(costs.costs_sentence(self.concept))

    def who(self) -> None:
        """Say who leads which measures."""
        show(briefing.who(self.concept))

    def by_when(self) -> None:
        """Say by when measures are due."""
        show(briefing.by_when(self.concept))

    def take_part(self) -> None:
        """Say whom one can write to, by the published contacts."""
        show(participation.take_part(self.concept))

    def neighbours_chart(self) -> None:
        """Compare the municipalities of the region by the first indicator that can."""
        found = next((i for i in self.concept.indicators if i.field_id is None and is_comparison(i)), None)
        figure = indicator_figure(self.concept, found) if found else None
        if figure:
            figure = dataclasses.replace(figure, label="abb-nachbarn")
        show(figure, otherwise="Werte der Nachbargemeinden liegen nicht vor.")

    def neighbours_map(self) -> None:
        """Show the municipalities at their places by the first indicator that counts people in them."""
        counts = (i for i in self.concept.indicators if i.field_id is None and i.unit == "Personen")
        found = next((i for i in counts if is_comparison(i)), None)
        figure = bubble_map_figure(self.concept, found) if found else None
        if figure:
            figure = dataclasses.replace(figure, label="abb-nachbarkarte")
        show(figure, otherwise="Für eine Karte der Nachbargemeinden fehlen Werte oder Koordinaten.")

    def budget_chart(self) -> None:
        """Show costs by year and budget stage."""
        show(budget_figure(self.concept), otherwise="Beträge sind in den Quellen nicht genannt.")

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

    def costs_table(self) -> None:
        """List all amounts."""
        show(costs.costs_table(self.concept), otherwise="Kosten sind in den Quellen nicht genannt.")

    def measures_without_costs(self) -> None:
        """Name the measures without an amount."""
        show(costs.without_costs(self.concept))

    def steering_lead(self) -> None:
        """State how many measures are before a decision, and how many beyond."""
        show(briefing.lead(self.concept))

    def steering_date(self) -> None:
        """Name the newest report on the measures and how old it is."""
        show(briefing.as_of(self.concept))

    def decisions(self, *, short: bool = False) -> None:
        """Name what waits for a decision, and what to ask; short where heading and lead say the rest."""
        show(briefing.decisions(self.concept, short=short))

    def approvals(self) -> None:
        """List under a heading of their own which chapters were approved; nothing while none was."""
        show(steering.approvals_table(self.concept))

    def matrix(self) -> None:
        """Show every measure as an icon, by field and status."""
        show(matrix(self.concept), otherwise="In den Daten stehen noch keine Maßnahmen.")

    def steering_table(self) -> None:
        """Show for each field goals, measures, costs and the last change."""
        show(
            steering.fields_steering(self.concept),
            otherwise="Ziele und Maßnahmen stehen noch keine in den Daten.",
        )

    def completeness_chart(self) -> None:
        """Show for how many measures the five questions are answered."""
        show(
            completeness_figure(self.concept),
            otherwise="Ohne Maßnahmen gibt es noch nichts zu vervollständigen.",
        )

    def completeness_table(self) -> None:
        """Show the answered questions by field; without measures the chart says it."""
        show(steering.completeness_table(self.concept))

    def schedule(self) -> None:
        """State for how many measures the day has passed or is to come, and how many have none."""
        show(briefing.schedule_sentence(self.concept))

    def schedule_table(self) -> None:
        """Show by field how the measures stand in time; without measures the sentence says it."""
        show(steering.schedule_table(self.concept))

    def deadlines_table(self) -> None:
        """List the measures that are due, the earliest first."""
        show(
            steering.deadlines_table(self.concept),
            otherwise="Ein Termin ist für keine laufende Maßnahme genannt.",
        )

    def status_words(self) -> None:
        """Show which words of the sources stand for which status."""
        show(words_table(self.concept), otherwise="In den Daten stehen noch keine Maßnahmen.")

    def status_criteria(self) -> None:
        """Explain when a measure has which status."""
        show(criteria_table(self.concept))

    def own_values_table(self) -> None:
        """List the town's own newest values."""
        show(own_values_table(self.concept), otherwise="Eigene Werte der Kommune liegen nicht vor.")

    def districts_table(self) -> None:
        """Show what is known of the town's parts."""
        level, _ = parts_of_the_town(self.concept)
        show(districts_table(self.concept), otherwise=f"Werte für {level.plural} liegen nicht vor.")

    def bodies_table(self) -> None:
        """List the bodies."""
        show(bodies_table(self.concept), otherwise="Gremien sind in den Quellen nicht genannt.")

    def members_table(self) -> None:
        """List who takes part in which body."""
        show(members_table(self.concept), otherwise="Mitwirkende sind in den Quellen nicht genannt.")

    def actors_table(self) -> None:
        """List the actors that take part in no body."""
        show(
            actors_table(self.concept),
            otherwise="Weitere Stellen sind in den Quellen nicht genannt.",
        )

    def structure_chart(self, project: str | None = None) -> None:
        """Show to whom the bodies report, of all or of one project (its key in `projekte` of `kommune.json`)."""
        figure = structure_figure(self.concept, project=project)
        show(figure, otherwise="Gremien sind in den Quellen nicht genannt.")

    def fields_chart(self) -> None:
        """Show the fields by project and stage of work."""
        show(
            fields_figure(self.concept),
            otherwise="Für eine Übersicht ist von zu wenigen Handlungsfeldern der Stand der Bearbeitung genannt.",
        )

    def next_steps(self) -> None:
        """Show what is announced, and whether its day has passed."""
        show(
            next_steps_figure(self.concept),
            otherwise="Angekündigte Schritte sind in den Quellen nicht genannt.",
        )

    def offers_table(self) -> None:
        """List existing offers."""
        show(
            participation.offers_table(self.concept),
            otherwise="Bestehende Angebote sind in den Quellen nicht genannt.",
        )

    def offers_lead(self) -> None:
        """Count the offers and say what is known of them."""
        show(participation.offers_lead(self.concept))

    def contacts_table(self) -> None:
        """List published contacts by function."""
        show(
            participation.contacts_table(self.concept),
            otherwise="Kontakte sind in den Quellen nicht veröffentlicht.",
        )

    def own_experiences(self) -> None:
        """List what the town tried and what was not taken up."""
        show(participation.own_experiences(self.concept))

    def participation(self) -> None:
        """Say what is known of contributions, participants and surveys."""
        show(participation.lead(self.concept))

    def indicators_lead(self) -> None:
        """Count indicators, values and targets."""
        show(monitoring.lead(self.concept))

    def indicators_table(self) -> None:
        """Count indicators, values and targets by field."""
        show(
            monitoring.overview_table(self.concept), otherwise="Indikatoren sind in den Daten nicht genannt."
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

    def imprint_lead(self) -> None:
        """Name the publisher, or say what is missing of the Impressum."""
        show(legal.lead(self.concept.package))

    def imprint(self) -> None:
        """List the fields of the Impressum."""
        show(legal.imprint(self.concept.package))

    def privacy_state(self) -> None:
        """Say who answers for the data of visitors."""
        show(legal.privacy_state(self.concept.package))

    def contact_state(self) -> None:
        """Say whether there is someone to report barriers to."""
        show(legal.contact_state(self.concept.package))

    def contact(self) -> None:
        """List how to reach the publisher."""
        show(legal.contact(self.concept.package))

    def contributions_table(self) -> None:
        """List contributions and what became of them."""
        show(
            participation.contributions_table(self.concept),
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

    def editions_lead(self) -> None:
        """Say which edition this book is."""
        show(editions.lead(self.concept))

    def editions_table(self) -> None:
        """List the editions with what one needs to cite them."""
        show(editions.editions_table(self.concept), otherwise="Eine Ausgabe gibt es noch nicht.")

    def editions_changes(self) -> None:
        """Show what has changed from edition to edition, the newest first."""
        show(*editions.changes_tables(self.concept), otherwise="Zu vergleichen ist noch nichts.")

    def since_last(self) -> None:
        """Say what is new since the last report; nothing where nothing is."""
        show(editions.since_last(self.concept))

    def data_lead(self) -> None:
        """Count what there is as files, and say up to when it reaches."""
        show(downloads.lead(self.concept))

    def data_files(self) -> None:
        """List the files for all purposes."""
        show(downloads.files(self.concept))

    def data_tables(self) -> None:
        """Show each table's columns and first rows, folded."""
        show(downloads.tables(self.concept))

    def data_indicators(self) -> None:
        """List the files of each indicator, and say how many have no values."""
        show(downloads.silent_indicators(self.concept), downloads.indicators(self.concept))

    def data_licences(self) -> None:
        """Say under which licences the data are."""
        show(downloads.licences(self.concept))

    def data_citation(self) -> None:
        """Say how to cite the data."""
        show(downloads.how_to_cite(self.concept))

    def documents_table(self) -> None:
        """List all documents."""
        show(documents.documents_table(self.concept), otherwise="Dokumente stehen noch keine in den Daten.")

    def notes_table(self) -> None:
        """List all doubts about the sources."""
        show(documents.notes_table(self.concept), otherwise="Prüfhinweise gibt es keine.")
