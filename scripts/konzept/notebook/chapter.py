"""What an action field's chapter can show, in words of a cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from myst_nb import glue

from konzept.concept.choosing import lone, telling
from konzept.concept.model import ActionField, Concept
from konzept.elements.events.timeline import timeline_figure
from konzept.elements.fields import overview
from konzept.elements.goals.table import goals_table
from konzept.elements.indicators import chapter as indicators
from konzept.elements.indicators.figure import indicator_block, number_block
from konzept.elements.indicators.targets import target_figure, target_text
from konzept.elements.sources import banners, gaps
from konzept.elements.status.figure import status_figure
from konzept.notebook.output import Shown, or_sentence, sentence, show, show_if


class Chapter:
    """An action field as its chapter shows it."""

    def __init__(self, concept: Concept, field: ActionField) -> None:
        self.concept = concept
        self.data = field

    def lead(self) -> Shown:
        """State the field's focus, or what is known in its place."""
        return Shown(overview.lead(self.concept, self.data))

    def facts(self) -> Shown:
        """Show the field at a glance and make its numbers known to the text.

        The text then uses them as ``{glue:text}`` with the names in `overview.numbers`.
        """
        for name, text in overview.numbers(self.concept, self.data).items():
            glue(name, _Literal(text), display=False)
        return Shown(overview.facts(self.data))

    def themes(self, *kinds: str) -> None:
        """List the themes of one or more kinds; nothing where the sources name none."""
        for kind in kinds:
            show_if(overview.themes(self.data, kind))

    def goals_table(self) -> None:
        """Show the goals with their measures; nothing where the sources name none."""
        show_if(goals_table(self.data))

    def status_chart(self) -> Shown:
        """Show the measures by status."""
        figure = status_figure(self.concept, self.data)
        return Shown(figure or sentence("Maßnahmen sind in den Quellen nicht genannt."))

    def indicator_chart(self, indicator_id: str) -> Shown:
        """Show one indicator, or say that the data hold nothing on it.

        A mistyped name is found by `konzept check`, before any chapter runs.
        """
        indicator = overview.indicator(self.data, indicator_id)
        if indicator is None:
            return Shown(sentence(f"Der Indikator „{indicator_id}“ ist in diesen Daten nicht enthalten."))
        found = indicator_block(self.concept, indicator)
        if found:
            # The annexes show all indicators, and a label stands once in a book.
            found = dataclasses.replace(found, label=f"{found.label}-kapitel")
        return or_sentence(found, f"{indicator.name}: Dazu liegen keine Daten vor.")

    def target_chart(self, indicator_id: str) -> Shown:
        """Show what is aimed at for an indicator beside what was measured last, or say that either is missing."""
        indicator = overview.indicator(self.data, indicator_id)
        if indicator is None:
            return Shown(sentence(f"Der Indikator „{indicator_id}“ ist in diesen Daten nicht enthalten."))
        found = target_figure(self.concept, indicator) or target_text(self.concept, indicator)
        return or_sentence(found, f"{indicator.name}: Ein Sollwert als Zahl ist nicht festgelegt.")

    def indicator_charts(self, *, without: Sequence[str] = ()) -> None:
        """Show every indicator that has observations, then name those that have none.

        Of comparisons of municipalities one at most is drawn; a table holds the others.
        For papers of one field only: in the book the annexes show them, and each stands once.

        Parameters
        ----------
        without
            Indicators that stand elsewhere in the chapter.
        """
        wanted = [i for i in self.data.indicators if i.id not in without]
        for block in indicators.charts(self.concept, self.data.id, wanted):
            show(Shown(block))
        show(Shown(overview.without_data(self.data)))

    def telling_chart(self) -> None:
        """Show the town's own numbers, the one indicator that tells most (see `figures.telling`), and the way to the others."""
        few = lone(self.data.indicators)
        for indicator in few:
            show(Shown(number_block(indicator)))
        found = telling(self.data.indicators)
        if found:
            show_if(indicator_block(self.concept, found))
        others = [i for i in self.data.indicators if i is not found and i not in few and i.observations]
        if others:
            show(Shown(overview.further_indicators(self.data)))

    def missing(self) -> Shown:
        """List what the sources do not say on the field."""
        return Shown(gaps.missing(self.concept, self.data))

    def timeline(self) -> Shown:
        """Show the field's own events."""
        title = f"Ereignisse im Handlungsfeld {self.data.name}"
        figure = timeline_figure(f"verlauf-{self.data.id}", title, self.data.events)
        return Shown(figure or overview.events(self.data.events, of=" zu diesem Handlungsfeld"))

    def offers(self) -> None:
        """List existing offers; nothing where the sources name none."""
        show_if(overview.offers(self.data))

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

    def sources(self) -> None:
        """List the documents that the field's data come from, and say how many questions about them are open."""
        found = overview.sources(self.data)
        if self.concept.past and not found.items:
            show(Shown(sentence("Dokumente zu diesem Handlungsfeld waren noch nicht bekannt.")))
        else:
            show(Shown(found))
        if banner := banners.of_field(self.data):
            show(Shown(banner))


class _Literal:
    """Text for the glue role, free of the quotes that a string's repr would add."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text
