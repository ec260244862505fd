"""Tables: functions of a concept that return plain content."""

from konzept.tables import registers
from konzept.tables.goals import goals_table

__all__ = ["goals_table", "registers"]
