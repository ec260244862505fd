"""Figures: functions of a concept that return a chart with finding, caption and sources."""

from konzept.figures.bubblemap import bubble_map_figure
from konzept.figures.budget import budget_figure
from konzept.figures.indicator import indicator_figure
from konzept.figures.status import all_status_figure, status_figure
from konzept.figures.survey import survey_figures
from konzept.figures.targets import target_figure
from konzept.figures.timeline import timeline_figure

__all__ = [
    "all_status_figure",
    "bubble_map_figure",
    "budget_figure",
    "indicator_figure",
    "status_figure",
    "survey_figures",
    "target_figure",
    "timeline_figure",
]
