"""Addresses of the views that the explorer can show: what stands behind the # of its page."""

from __future__ import annotations

from urllib.parse import urlencode

PAGE = "book/erkunden"
"""The page of the book on which readers explore."""


def measures_view(**choices: str) -> str:
    """Name a view of the measures.

    Parameters
    ----------
    choices
        What is chosen, by the words of the address: ``feld``, ``status``, ``ziel``, ``zustaendig``, ``kosten``, ``jahr``, ``suche``, ``nach``.

    Examples
    --------
    >>> measures_view(feld="bildung")
    'thema=massnahmen&feld=bildung'
    """
    return urlencode({"thema": "massnahmen", **choices})


def indicator_view(indicator_id: str, **choices: str) -> str:
    """Name a view of an indicator.

    Examples
    --------
    >>> indicator_view("i-kita-quote-u3", form="punkte")
    'thema=kennzahlen&kennzahl=i-kita-quote-u3&form=punkte'
    """
    return urlencode({"thema": "kennzahlen", "kennzahl": indicator_id, **choices})
