"""What a notebook of `make lab` says where a cell is wrong: the sentences of check and preview, in the cell.

An extension of IPython that only the kernels of `konzept lab` load (`assets/lab/jupyter_lab_config.py`); where a page is built, or run
by papermill, nothing of it happens.  A cell that fails still gives the output by which every program knows that it failed:
its text is the German sentence, and Python's own words are folded away below.
"""

from __future__ import annotations

import html
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell
from IPython.core.ultratb import SyntaxTB
from IPython.display import display

_DETAILS = "Einzelheiten für die Technik"
_KINDS = {("konzept.notebook.book", "Book"), ("konzept.notebook.chapter", "Chapter")}


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Let a notebook speak German to its author; IPython calls this."""
    author = _Author(shell)
    shell.set_custom_exc((Exception,), author.show_failure)  # type: ignore[no-untyped-call]
    shell.SyntaxTB = _Spelling(author, theme_name=shell.colors)
    shell.events.register("pre_run_cell", author.begin)
    shell.events.register("post_run_cell", author.end)


class _Author:
    """Tells the author of a notebook what is wrong in the cell that runs."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._code = ""

    def begin(self, info: ExecutionInfo) -> None:
        """Note the cell that begins to run."""
        self._code = str(info.raw_cell)

    def end(self, result: ExecutionResult) -> None:
        """Show Python's own words below the sentence, or what is wrong in a cell that did not fail."""
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, Exception):
            words = "".join(traceback.TracebackException(type(error), error, _own(error)).format())
            _show(f"<details><summary>{_DETAILS}</summary><pre>{html.escape(words)}</pre></details>", words)
        elif told := self.mistakes():
            text = "\n".join(told.values())
            _show(f"<p><strong>{html.escape(text).replace(chr(10), '<br>')}</strong></p>", text)

    def show_failure(
        self,
        shell: InteractiveShell,
        kind: type[Exception],
        error: Exception,
        trace: TracebackType,
        tb_offset: int | None = None,
    ) -> None:
        """Show why the cell failed; IPython calls this in place of showing the traceback."""
        sentences = self.reasons(error)
        # Not by the exception's own way, which may forbid it.
        object.__setattr__(error, "_render_traceback_", lambda: sentences)
        shell.showtraceback((kind, error, trace))

    def reasons(self, error: BaseException) -> list[str]:
        """Say why the cell fails: what is wrong in its code, and what Python complains of unless that is the same."""
        trace = _own(error)
        line = trace.tb_lineno if trace else None
        mistakes = self.mistakes()
        is_told = line in mistakes if line else bool(mistakes)
        return list(mistakes.values()) if is_told else [*mistakes.values(), self._of_python(error, trace)]

    def mistakes(self) -> dict[int, str]:
        """Find by the cell's lines what a check of its page finds as well."""
        # Imported here because a kernel must start fast.
        from konzept.authors.chapters.checking import check_cell
        from konzept.data.reading import Reading, read_folder

        opened = {name: value for name, value in self._shell.user_ns.items() if _kind(value) in _KINDS}
        folders = [value.concept.package.folder for value in opened.values()]
        reading = read_folder(folders[-1]) if folders else Reading(None, {}, {}, ())
        kinds = {name: type(value).__name__ for name, value in opened.items()}
        told: dict[int, str] = {}
        for problem in check_cell(reading, self._code, kinds):
            line = problem.line or 1
            told[line] = "\n".join(filter(None, (told.get(line), self._placed(problem.message, line))))
        return told

    def _of_python(self, error: BaseException, trace: TracebackType | None) -> str:
        from konzept.authors.messages.notebooks import own_words
        from konzept.data.problems import DataProblems

        if isinstance(error, DataProblems):
            return str(error)
        if isinstance(error, NameError) and error.name and trace and trace.tb_next is None:
            text = self._unknown_name(error.name)
        else:
            said = own_words(type(error).__name__, str(error), details="unten in den Einzelheiten")
            text = f"Diese Zelle bricht ab. {said}"
        return self._placed(text, trace.tb_lineno if trace else 1)

    def _unknown_name(self, name: str) -> str:
        from konzept.authors.chapters.code import unknown_name
        from konzept.data.problems import nearest

        hidden = self._shell.user_ns_hidden
        own = [word for word in self._shell.user_ns if word not in hidden and not word.startswith("_")]
        if nearest(name, own):
            return unknown_name(name, own)
        return (
            f"Den Namen „{name}“ gibt es hier noch nicht. Lassen Sie erst alle Zellen laufen, "
            "mit „Neu zeigen“ über der Seite. Hilft das nicht, prüfen Sie die Schreibweise."
        )

    def _placed(self, text: str, line: int) -> str:
        """Name the line, if the cell has several."""
        return f"Zeile {line}: {text}" if "\n" in self._code.strip() else text


class _Spelling(SyntaxTB):
    """What IPython asks for when a cell is no Python at all."""

    def __init__(self, author: _Author, *, theme_name: str) -> None:
        super().__init__(theme_name=theme_name)  # type: ignore[no-untyped-call]
        self._author = author

    def structured_traceback(
        self,
        etype: type,
        evalue: BaseException | None,
        etb: TracebackType | None = None,
        tb_offset: int | None = None,
        context: int = 5,
    ) -> list[str]:
        """Give the German sentence in place of Python's."""
        words = super().structured_traceback(etype, evalue, etb, tb_offset, context)
        return self._author.reasons(evalue) if evalue else words


def _own(error: BaseException) -> TracebackType | None:
    """Give the part of a traceback that begins in the cell."""
    trace = error.__traceback__
    while trace and str(trace.tb_frame.f_globals.get("__name__")).startswith("IPython."):
        trace = trace.tb_next
    return trace


def _kind(value: object) -> tuple[str, str]:
    return type(value).__module__, type(value).__name__


def _show(page: str, text: str) -> None:
    bundle: Mapping[str, Any] = {"text/html": page, "text/plain": text}
    display(bundle, raw=True)  # type: ignore[no-untyped-call]
