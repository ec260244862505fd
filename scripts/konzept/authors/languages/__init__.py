"""Short versions of the concept in other languages, tied to the German that they render.

    versions.py   a language's file → its blocks
    frame.py      what stands around them: own name, direction, notation, labels
    sources.py    the German that a block renders, and its fingerprint
    values.py     numbers and days that flow in from the data, and claims about them
    standing.py   which blocks are out of date, and which versions are checked and shown
    plain.py      rules of plain German
    checking.py   what is wrong in a file, or out of date
    office.py     the table for a translation office, and its way back

A version is one file, `book/sprachen/CODE.md`.  Sphinx never reads it; `site.languages` makes pages of it, `paper.languages` PDFs.
"""
