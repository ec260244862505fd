"""The builder ``pdf``: the whole concept as one printed document; and the Sachstandsbericht.

builder.py      plans the pages and writes them with the HTML writer
joining.py      makes one document of them
document.py     cover, contents and lists around it
printing.py     lays it out
draft.py        what lies upon a draft
finishing.py    makes it lawful, attaches the data
reuse.py        whether it is to be printed again
reporting.py    `konzept bericht`: the report's notebook, run by papermill and printed
assessments.py  the author's words in a report
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from konzept.paper.builder import PdfBuilder


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder."""
    app.add_builder(PdfBuilder)
    app.add_config_value("konzept_not_in_print", [], "", [list])
    app.add_config_value("konzept_run_on_in_print", [], "", [list])
    app.add_config_value("konzept_annexes", [], "html", [list])
    return {"parallel_read_safe": True, "parallel_write_safe": True}
