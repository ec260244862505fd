"""The scripts that a page may have: the theme's and our own, by a fixed list; any other makes the build fail."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

_KNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        # The theme: light or dark before anything is drawn.
        r'document\.documentElement\.dataset\.mode = localStorage\.getItem\("mode"\) \|\| "(?:auto|light|dark)?";\s+'
        r'document\.documentElement\.dataset\.theme = localStorage\.getItem\("theme"\) \|\| "(?:auto|light|dark)?";',
        # The theme: what its other scripts ask for.
        r"DOCUMENTATION_OPTIONS\.search_as_you_type = (?:true|false);",
        r"DOCUMENTATION_OPTIONS\.pagename = '[\w./ -]*';",
        # Ours, in layout.html: whoever lets pages keep nothing has the theme's menus, too.
        re.escape(
            'for (const name of ["localStorage", "sessionStorage"]) try { window[name].length; } '
            "catch { Object.defineProperty(window, name, { value: { getItem: () => null, setItem() {} } }); }"
        ),
        # Ours, in layout.html: fonts are asked for early.
        r'if \(location\.protocol !== "file:"\) for \(const name of \[(?:"[\w.-]+"(?:, )?)*\]\) \{\s+'
        r'const href = "(?:\.\./)*_static/schriften/" \+ name;\s+'
        r'document\.head\.append\(Object\.assign\(document\.createElement\("link"\), '
        r'\{ rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href \}\)\);\s+\}',
        # Ours, in sprache.html: the choice of light or dark that the book's own pages keep.
        r'const mode = localStorage\.getItem\("mode"\);\s+'
        r'if \(mode === "light" \|\| mode === "dark"\) document\.documentElement\.dataset\.theme = mode;',
    )
)
"""Every script that may stand on a page, as a whole; only names of pages and fonts vary."""
_FILE = re.compile(r"(?:\.\./)*_static/(?!.*\.\.)[\w./-]+(?:\?\w+=\w+)?")
"""Every file that a page may load as a script."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\b[^>]*>|<script\b", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"""(?:^|\s)src\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_DATA = re.compile(r"""(?:^|\s)type\s*=\s*["']?application/(?:ld\+)?json["']?(?:\s|$)""", re.IGNORECASE)


class ForeignScript(Exception):
    """A page has a script that is not the book's."""


def checksums(page: str) -> list[str]:
    """Give the checksums of a page's own scripts, as a security policy names them.

    Raises
    ------
    ForeignScript
        One of them is not known.
    """
    return sorted({_sha(script) for script in _scripts(page)})


def _scripts(page: str) -> Iterator[str]:
    for match in _SCRIPT.finditer(page):
        attributes, script = match[1], match[2]
        if attributes is None:
            raise ForeignScript  # one without an end
        if source := _SOURCE.search(attributes):
            if not _FILE.fullmatch(source[1]) or script.strip():
                raise ForeignScript
        elif not _DATA.search(attributes):
            if not any(known.fullmatch(script.strip()) for known in _KNOWN):
                raise ForeignScript
            yield script


def _sha(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
