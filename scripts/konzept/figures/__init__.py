"""Figures: functions of a concept that return a chart with finding, caption and sources."""

from konzept.figures.indicator import indicator_figure
from konzept.figures.status import status_figure

__all__ = ["indicator_figure", "status_figure"]
