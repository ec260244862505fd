"""Figures: functions of a concept that return a chart with finding, caption and sources."""

from konzept.figures.indicator import indicator_figure
from konzept.figures.status import all_status_figure, status_figure
from konzept.figures.timeline import timeline_figure

__all__ = ["all_status_figure", "indicator_figure", "status_figure", "timeline_figure"]
