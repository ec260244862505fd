"""What an action field's chapter can show, in words of a cell."""

from __future__ import annotations

import dataclasses

from myst_nb import glue

from konzept.concept.choosing import lone, telling
from konzept.concept.model import ActionField, Concept, Indicator
from konzept.elements.content import IN_CHAPTER
from konzept.elements.events.timeline import events_in_words, timeline_figure
from konzept.elements.fields import overview
from konzept.elements.goals import table as goals
from konzept.elements.indicators.figure import further_indicators, indicator_block, number_block
from konzept.elements.indicators.targets import target_figure, target_text
from konzept.elements.participation import overview as participation
from konzept.elements.participation import survey
from konzept.elements.sources import documents, gaps
from konzept.elements.status.figure import status_figure
from konzept.notebook.output import Page, show, word


class Chapter(Page[ActionField]):
    """An action field as its chapter shows it."""

    def __init__(self, concept: Concept, field: ActionField) -> None:
        super().__init__(field)
        self.concept = concept

    def lead(self) -> None:
        """State the field's focus, or what is known in its place."""
        show(overview.lead(self.concept, self.data))

    def facts(self) -> None:
        """Show the field at a glance and make its numbers known to the text.

        The text then uses them as ``{zahl}`` with the names in `overview.numbers`.
        """
        for name, text in overview.numbers(self.concept, self.data).items():
            glue(name, _Literal(text), display=False)
        show(overview.facts(self.data))

    def themes(self, *kinds: str) -> None:
        """List the themes of one or more kinds; nothing where the sources name none."""
        show(*(overview.themes(self.data, kind) for kind in kinds))

    goals_table = word(
        goals.goals_table, "Show the goals with their measures; nothing where the sources name none."
    )

    def status_chart(self) -> None:
        """Show the measures by status."""
        show(status_figure(self.concept, self.data), otherwise="Maßnahmen sind in den Quellen nicht genannt.")

    def indicator_chart(self, indicator_id: str) -> None:
        """Show one indicator, or say that the data hold nothing on it.

        A mistyped name is found by `konzept check`, before any chapter runs.
        """
        indicator = self._indicator(indicator_id)
        found = indicator_block(self.concept, indicator) if indicator else None
        if found:
            # The annexes show all indicators, and a label stands once in a book.
            found = dataclasses.replace(found, label=f"{found.label}{IN_CHAPTER}")
        show(found, otherwise=_without(indicator_id, indicator, "Dazu liegen keine Daten vor."))

    def _indicator(self, indicator_id: str) -> Indicator | None:
        return next((i for i in self.data.indicators if i.id == indicator_id), None)

    def target_chart(self, indicator_id: str) -> None:
        """Show what is aimed at for an indicator beside what was measured last, or say that either is missing."""
        indicator = self._indicator(indicator_id)
        found = (
            target_figure(self.concept, indicator) or target_text(self.concept, indicator)
            if indicator
            else None
        )
        show(
            found, otherwise=_without(indicator_id, indicator, "Ein Sollwert als Zahl ist nicht festgelegt.")
        )

    def telling_chart(self) -> None:
        """Show the town's own numbers, the one indicator that tells most (see `concept.choosing.telling`), and the way to the others."""
        few = lone(self.data.indicators)
        found = telling(self.data.indicators)
        others = [i for i in self.data.indicators if i is not found and i not in few and i.observations]
        show(
            *map(number_block, few),
            indicator_block(self.concept, found) if found else None,
            further_indicators(self.data) if others else None,
        )

    def missing(self) -> None:
        """List what the sources do not say on the field."""
        show(gaps.missing(self.concept, self.data))

    def survey_chart(self, event_id: str, question: str | None = None) -> None:
        """Show the answers to one question of a survey, or to all; or say that there are none.

        A mistyped survey is found by `konzept check`, before any chapter runs.

        Parameters
        ----------
        event_id
            The survey, by its key in the table of events.
        question
            The question as the data have it; without it all are shown.
        """
        found = [
            # The annex shows all results, and a label stands once in a book.
            dataclasses.replace(survey.shown(f), label=f"{f.label}{IN_CHAPTER}")
            for f in survey.survey_figures(self.concept, event_id, question)
        ]
        what = f"Zur Frage „{question}“" if question else "Zu dieser Umfrage"
        show(*found, otherwise=f"{what} sind keine Ergebnisse veröffentlicht.")

    def timeline(self) -> None:
        """Show the field's own events."""
        title = f"Ereignisse im Handlungsfeld {self.data.name}"
        figure = timeline_figure(f"verlauf-{self.data.id}", title, self.data.events)
        show(figure or events_in_words(self.data.events, of=" zu diesem Handlungsfeld"))

    offers = word(participation.offers, "List existing offers; nothing where the sources name none.")

    def sources(self) -> None:
        """List the documents that the field's data come from, and say how many questions about them are open."""
        found = documents.sources(self.data)
        is_silent = self.concept.past and not found.items
        show(
            None if is_silent else found,
            otherwise="Dokumente zu diesem Handlungsfeld waren noch nicht bekannt.",
        )
        show(documents.banner_of_field(self.data))


def _without(indicator_id: str, indicator: Indicator | None, text: str) -> str:
    """Say why an indicator is not shown."""
    if indicator is None:
        return f"Der Indikator „{indicator_id}“ ist in diesen Daten nicht enthalten."
    return f"{indicator.name}: {text}"


class _Literal:
    """Text for the glue role, free of the quotes that a string's repr would add."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text
