"""The explorer's page: its scripts beside the pages, loaded by that page alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from konzept.data.files import write_changed
from konzept.elements.explorer.script import FOLDER, LIBRARIES, module
from konzept.elements.explorer.views import PAGE

_MODULE = "export default "
_LANGUAGES = re.compile(r"\b(?:de|en): (dictionary\S*?),")
_DICTIONARY = re.compile(r"^    const (dictionary(?:\$\d+)?) = \{\n.*?^    \};\n", re.DOTALL | re.MULTILINE)


def page_script(text: str) -> str:
    """Turn the front-end module into a script: from a folder browsers load no modules.

    Raises
    ------
    ExtensionError
        The module does not end in the one export that anywidget asks for.
    """
    if text.count(f"\n{_MODULE}") != 1:
        raise ExtensionError(f"„explorer.js“ braucht genau ein „{_MODULE.strip()}“.")
    return f'"use strict";\n(() => {{\n{lean(text.replace(_MODULE, "window.ikExplorer = "))}}})();\n'


def library_script(name: str) -> str:
    """Give a library with its licence, without what no page needs."""
    path = LIBRARIES[name]
    folder = next(parent for parent in path.parents if parent.name == name)
    (licence,) = folder.glob("LICENSE*")
    return f"/* {name}\n{licence.read_text('utf-8').strip()}\n*/\n{_spoken(path.read_text('utf-8'))}"


def _spoken(library: str) -> str:
    """Leave out of chart2music the languages that no page speaks, and what only its makers read."""
    wanted = set(_LANGUAGES.findall(library))

    def dictionary(match: re.Match[str]) -> str:
        return match[0] if match[1] in wanted else f"const {match[1]} = {{}};\n"

    return lean(_DICTIONARY.sub(dictionary, library) if wanted else library)


def lean(script: str) -> str:
    """Leave out indents and comments that stand on lines of their own.

    Texts over several lines keep their words: only white space at the beginning of their lines goes.
    """
    script = re.sub(r"^[ \t]+", "", script, flags=re.MULTILINE)
    script = re.sub(r"^/\*.*?\*/\s*?\n", "", script, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^//.*\n|^\s*\n", "", script, flags=re.MULTILINE)


def _write(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the files before the page that links to them by their checksums."""
    if app.builder.format != "html" or app.builder.name == "pdf" or PAGE not in env.found_docs:
        return
    static = Path(app.outdir) / "_static"
    for name in ("explorer.css", "page.js"):
        write_changed(static / _name(name), lean((FOLDER / name).read_text("utf-8")))
    write_changed(static / "explorer.js", page_script(module()))
    for name in LIBRARIES:
        write_changed(static / f"{name}.js", library_script(name))


def _name(file: str) -> str:
    return file if file.startswith("explorer") else f"explorer-{file}"


def _load(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the explorer's page load its files; Sphinx takes those that are added here for this page alone."""
    if pagename != PAGE or app.builder.name == "pdf":
        return
    app.add_css_file("explorer.css")
    app.add_js_file("explorer.js", loading_method="defer")
    app.add_js_file("explorer-page.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the explorer's files."""
    app.connect("env-updated", _write)
    app.connect("html-page-context", _load, priority=100)
