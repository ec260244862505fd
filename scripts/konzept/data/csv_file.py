"""Rows as a CSV file that German Excel opens and programs read: what a spreadsheet would run as a formula stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

_NUMBER = re.compile(r"-?\d+(,\d+)?")


def separated(rows: Iterable[Sequence[str]]) -> str:
    r"""Write rows with semicolons and a byte order mark; numbers stay numbers.

    Examples
    --------
    >>> separated([["wert", "hinweis"], ["-3,5", "=1+1"]])
    "\ufeffwert;hinweis\r\n-3,5;'=1+1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def plain_number(value: Decimal) -> str:
    """Write a number as the data folder does, without idle zeros.

    Examples
    --------
    >>> plain_number(Decimal("6.50")), plain_number(Decimal("33000")), plain_number(Decimal("3.3E+4"))
    ('6,5', '33000', '33000')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def _harmless(cell: str) -> str:
    if cell[:1] in "=+-@\t\r" and cell and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
