"""The data as one Excel workbook, and back again.

    layout.py       which sheets and columns there are, and what they are called in German
    guide.py        what the sheet „Lies mich“ says
    style.py        type, colours, widths, print set-up, locks
    dropdowns.py    lists to choose from, and what a cell accepts
    writing.py      tables → workbook
    raw_sheets.py   file → sheets of raw cells, and the tables as they were exported
    compat.py       what openpyxl keeps to itself
    cells.py        one raw cell → the text that stands in the data
    sheets.py       raw cells → lines of the tables
    periods.py      „2. Quartal 2024“ and the like → a day, and how exactly it is known
    measure.py      one row of „Neue Maßnahme“ → lines of five tables
    keys.py         new keys, and which key a name stands for
    changes.py      what was added, changed and removed since the export; conflicts; the Stand
    deleting.py     a measure leaves with all that hangs on it
    questions.py    what to ask about before anything is written
    summary.py      what changes: place, title, column, old → new
    trial.py        the data as they would be, checked; all mistakes at once
    records.py      CSV files whose unchanged rows keep their bytes
    importing.py    all of this in order; nothing is written before everything is checked

The workbook carries the tables as they were when it was written.  Thus an import knows what its
author changed, and leaves alone what others changed since.
"""

from konzept.authors.excel.importing import carry_out, import_workbook, plan_import, read_present, take_back
from konzept.authors.excel.writing import export_workbook

__all__ = ["carry_out", "export_workbook", "import_workbook", "plan_import", "read_present", "take_back"]
