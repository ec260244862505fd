"""Goals and measures from the tables of a document that there is already, as a workbook to look through and import.

    source.py       what was read: cells, tables, headings
    word_file.py    Word file → tables
    list_file.py    workbook → tables
    words.py        what towns call what (`assets/tables/words.csv`)
    mapping.py      which column and which heading becomes what: proposed, and changed by the author
    arranging.py    tables → records; what becomes of every cell
    values.py       cells → times, amounts, names, where they are certain
    proposing.py    records → rows of the tables, and what contradicts the present ones
    aside.py        the sheets „Zuordnung“ and „nicht übernommen“
    taking.py       all of this in order

No cell gets lost: it is in the data, among the headings of „Zuordnung“, or in „nicht übernommen“ with the reason.
"""

from konzept.authors.tables.taking import take_tables

__all__ = ["take_tables"]
