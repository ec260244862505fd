"""Every mistake that an author can make, and what the program says to it.

The tables are read by the tests that make the mistakes, by the one that finds sentences without a test,
and by the one that holds `docs/meldungen.md` against them.
"""
