"""Observations from files that the statistical offices publish, as they were downloaded.

    raw_files.py      paths → files to read: unpacked, judged by their bytes, with a checksum
    flatfile.py     a file → one table: ffcsv of GENESIS, Regionaldatenbank and Zensus, and Open SDG
    signs.py        what a cell says in official signs → value and accuracy; a time → as readers know it, and its year
    publishers.py   who publishes a table, under which licence, and what one must know of it
    area_keys.py    keys of areas in a file → areas of the data
    retrieval.py    rows of `abrufe`: which numbers of a table are which series of an indicator
    proposing.py    such rows for a file that is read for the first time
    revisions.py    what a file changes in the observations: new, changed, gone
    releases.py     a file that was read, and the document that stands for its release
    account.py      all that it brings, told in German
    taking.py       all of this in order; everything is checked before anything is written

Nothing is summed up and nothing is guessed: what a file does not say is no value, and a number is only
what the office has published.
"""

from konzept.authors.statistics.taking import Wishes, plan_taking

__all__ = ["Wishes", "plan_taking"]
