"""The words with which a page opens.

A chapter needs one of them, a page outside the action fields another::

    from konzept import kapitel
    field = kapitel("bildung")

    from konzept import buch
    book = buch()

Both take the page's parameters, which its cell of that name sets, and papermill behind it:
``data_dir``, the data folder, and ``stand``, the day of which the concept is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from konzept.notebook.book import Book
    from konzept.notebook.chapter import Chapter

__all__ = ["buch", "kapitel", "open_concept"]


def kapitel(field_id: str) -> Chapter:
    """Open an action field for its chapter."""
    return buch().field(field_id)


def buch() -> Book:
    """Open the book for a page outside the action fields."""
    # Imported here because `konzept check` must not pay for Plotly.
    from konzept.notebook.book import open_page

    return open_page()


def open_concept(data_dir: str | None = None, *, stand: str | int | dt.date | None = None) -> Book:
    """Open the data folder that is named, at the day that is named; see `konzept.notebook.book.open_book`."""
    from konzept.notebook.book import open_book

    return open_book(data_dir, stand=stand)
