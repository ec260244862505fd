"""Leaves out what takes long and nothing here needs: a library's grammars, and most searches for garbage."""

from __future__ import annotations

import atexit
import gc
import sys


def leave_out_grammars() -> None:
    """Let jsonschema do without its 38 grammars for international addresses: half of the time of a check.

    To be called before anything imports jsonschema, as frictionless and Jupyter Book do.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def collect_rarely() -> None:
    """Look for garbage rarely, and not at the very end: a seventh of a build's time, for a twentieth more memory.

    A book is a large tree that lives until the program ends; Python would walk all of it again and again.
    """
    gc.set_threshold(20_000)
    # What is frozen is not looked through when the program ends.
    atexit.register(gc.freeze)
