"""The explorer's front-end module as one script: a notebook takes one text, and from a folder browsers load no modules."""

from __future__ import annotations

import re

from konzept.home import ASSETS, NODE_MODULES

FOLDER = ASSETS / "explorer"
LIBRARIES = {
    "chart2music": NODE_MODULES / "chart2music/dist/index.js",
    "client-zip": NODE_MODULES / "client-zip/worker.js",
}
"""What the module asks for when someone needs it: charts read aloud, and workbooks."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)


def module() -> str:
    """Join the parts of the front-end module, each behind those that it imports."""
    return _joined("explorer.js", set())


def _joined(name: str, taken: set[str]) -> str:
    taken.add(name)
    text = (FOLDER / name).read_text("utf-8")
    before = [_joined(part, taken) for part in _IMPORT.findall(text) if part not in taken]
    own = re.sub(r"^export (?!default)", "", _IMPORT.sub("", text), flags=re.MULTILINE)
    return "\n".join([*before, own])
