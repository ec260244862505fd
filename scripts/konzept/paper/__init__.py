"""What leaves as a document: the builder ``pdf``, the whole concept as printed; the Sachstandsbericht; Word.

planning.py     which pages a paper has: what both builders share
builder.py      writes the pages with the HTML writer and prints them
joining.py      makes one document of them
document.py     cover, contents and lists around it
printing.py     lays it out, with what lies upon a draft; whether it is to be printed again
finishing.py    makes it lawful, attaches the data
languages.py    short versions in other languages, a paper each
compat.py       what Sphinx and WeasyPrint keep to themselves
reporting.py    `konzept bericht`: the report's notebook, run by papermill and printed
assessments.py  the author's words in a report
word/           pages as a Word document: the builder ``word``, and `konzept word export`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the builders."""
    # Here, because a command that has a book built in another process need not load what builds it.
    from konzept.paper.builder import PdfBuilder
    from konzept.paper.word.builder import WordBuilder

    app.add_builder(PdfBuilder)
    app.add_builder(WordBuilder)
    app.add_config_value("konzept_not_in_print", [], "", [list])
    app.add_config_value("konzept_run_on_in_print", [], "", [list])
    app.add_config_value("konzept_annexes", [], "html", [list])
