"""Figures: functions of a concept that return a chart with finding, caption and sources."""

from konzept.figures.bubblemap import bubble_map_figure
from konzept.figures.budget import budget_figure
from konzept.figures.completeness import completeness_figure
from konzept.figures.fields import fields_figure
from konzept.figures.indicator import indicator_block, indicator_figure, number_block
from konzept.figures.status import all_status_figure, status_figure
from konzept.figures.steps import next_steps_figure
from konzept.figures.structure import structure_figure
from konzept.figures.survey import survey_figures
from konzept.figures.targets import target_figure, target_text
from konzept.figures.timeline import timeline_figure

__all__ = [
    "all_status_figure",
    "bubble_map_figure",
    "budget_figure",
    "completeness_figure",
    "fields_figure",
    "indicator_block",
    "indicator_figure",
    "next_steps_figure",
    "number_block",
    "status_figure",
    "structure_figure",
    "survey_figures",
    "target_figure",
    "target_text",
    "timeline_figure",
]
