"""The words a chapter may use.

A chapter needs one of them::

    from konzept import open_concept
    field = open_concept(data_dir, stand=stand).field("bildung")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from konzept.notebook.book import Book

__all__ = ["open_concept"]


def open_concept(data_dir: str | None = None, *, stand: str | int | dt.date | None = None) -> Book:
    """Open the data folder for a chapter; see `konzept.notebook.book.open_book`."""
    # Imported here because `konzept check` must not pay for Plotly.
    from konzept.notebook.book import open_book

    return open_book(data_dir, stand=stand)
