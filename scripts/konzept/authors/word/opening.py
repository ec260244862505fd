"""A Word file → its document, if it is one and holds nothing foreign."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument

from konzept.authors.office_files import WORD, office_file
from konzept.data.problems import refused

_AGAIN = "Speichern Sie sie in Word unter „Datei → Speichern unter“ als „Word-Dokument (.docx)“."


@contextmanager
def opened(path: Path) -> Iterator[WordDocument]:
    """Open a Word file; what goes wrong with its content while it is read is the file's fault.

    Raises
    ------
    DataProblems
        It is no such file; the one problem says what to do.
    """
    content = office_file(path, WORD)
    try:
        # python-docx resolves no entity and fetches nothing; a document that declares any is not from Word.
        document = Document(io.BytesIO(content))
        if document.element.getroottree().docinfo.doctype:
            raise refused(
                path, f"Die Datei enthält fremde Anweisungen (DOCTYPE) und wird nicht gelesen. {_AGAIN}"
            )
        yield document
    except (KeyError, ValueError, AttributeError, SyntaxError, TypeError, RecursionError):
        raise refused(path, f"Die Datei ist beschädigt oder kein Word-Dokument. {_AGAIN}") from None
