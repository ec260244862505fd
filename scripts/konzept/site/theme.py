"""The look of the pages: style sheet from the palette, templates' words, German ones for English, and a strict security policy."""

from __future__ import annotations

import hashlib
import os
import re
import textwrap
from collections.abc import Container
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from konzept.data.files import write_changed
from konzept.data.logo import Logo, read_logo
from konzept.data.package import Package
from konzept.elements.palette import STATUS_LOOKS, variables
from konzept.home import ASSETS, NODE_MODULES
from konzept.site.check import package
from konzept.site.compat import HIGHLIGHT, ICON_SCRIPT, SEARCH_SCRIPTS, TEMPLATES, translations
from konzept.site.fonts import cut_icon_font, kept_fonts
from konzept.site.scripts import ForeignScript, checksums
from konzept.words import german
from konzept.words.hyphenation import hyphenated

PDF_VARIABLE = "KONZEPT_PDF"
"""Environment variable: the name of the PDF that is published beside the pages, if there is one."""

_WEB_FONTS = (
    ("Source Sans 3", "source-sans-3", "400", "normal"),
    ("Source Sans 3", "source-sans-3", "400", "italic"),
    ("Source Sans 3", "source-sans-3", "600", "normal"),
    ("Source Serif 4", "source-serif-4", "400", "normal"),
    ("Source Serif 4", "source-serif-4", "600", "normal"),
)
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
}

_MARK = "IK-PRUEFSUMMEN"
POLICY = (
    f"default-src 'none'; script-src 'self'{_MARK}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Pages may load what lies beside them and nothing else; Plotly writes styles, hence 'unsafe-inline' there.  `seal` puts the scripts' checksums in."""

LEGAL_PAGES = (
    ("Impressum", "book/impressum"),
    ("Datenschutz", "book/datenschutz"),
    ("Erklärung zur Barrierefreiheit", "book/barrierefreiheit"),
)
"""What the foot of every page leads to; a book without one of them does without its link."""

_ASSETS_OF_PAGES = ("web", "explorer", "search", "templates")

_TELLING, _SHARED = 40, 200
"""A paragraph says something from so many letters on; chats and search engines show so many."""

FOREIGN_SCRIPT = (
    "{0}: Auf dieser Seite steht ein Skript, das nicht zum Buch gehört, meist aus der Ausgabe einer Zelle. "
    "Nehmen Sie es heraus."
)


_GERMAN = {
    "Link to this heading": "Link zu dieser Überschrift",
    "Permalink to this heading": "Link zu dieser Überschrift",
    "Link to this image": "Link zu dieser Abbildung",
    "Link to this table": "Link zu dieser Tabelle",
    "Link to this definition": "Link zu dieser Definition",
    "Skip to main content": "Zum Inhalt springen",
    "Color mode": "Farbschema",
    "Light": "hell",
    "Dark": "dunkel",
    "System Settings": "wie das Gerät",
    "Search": "Suche",
    "Back to top": "Nach oben",
    "previous page": "vorige Seite",
    "next page": "nächste Seite",
    "previous": "Zurück",
    "next": "Weiter",
    "On this page": "Auf dieser Seite",
    "Section Navigation": "Navigation",
    "Contents": "Auf dieser Seite",
}


def style_variables(accent: str = "") -> str:
    """Write the palette as CSS variables: light, and dark by choice of reader or device."""
    light, dark = (
        ";".join(f"--{name}:{pair[n]}" for name, pair in variables(accent).items()) for n in (0, 1)
    )
    fills = "".join(f".ik-sf-{key}{{background:var(--ik-sf-{key})}}" for key in STATUS_LOOKS)
    return f":root,html[data-theme=light]{{{light}}}html[data-theme=dark]{{{dark}}}{fills}"


_FALLBACKS = (
    ("Source Sans Fallback", "400", 0.88, ("Arial", "Liberation Sans", "Arimo", "Helvetica", "Roboto")),
    ("Source Sans Fallback", "600", 0.87, ("Arial Bold", "Liberation Sans Bold", "Arimo Bold", "Helvetica Bold", "Roboto Bold")),
    ("Source Sans Fallback 2", "400", 0.78, ("DejaVu Sans", "Verdana")),
    ("Source Sans Fallback 2", "600", 0.73, ("DejaVu Sans Bold", "Verdana Bold")),
)  # fmt: skip
"""Fonts of readers' machines, in the size at which nineteen of twenty texts of the data are no wider than in the book's font."""

_ASCENT, _DESCENT = 1.024, 0.4
"""How far the book's sans reaches above and below the line, in parts of its size."""


def font_file(folder: str, weight: str, style: str, subset: str) -> str:
    """Name a font's file, beside the pages as in the package."""
    return f"{folder}-{subset}-{weight}-{style}.woff2"


def font_faces() -> str:
    """Write the font rules for the web fonts that lie beside the pages, and for what stands in until they have come."""
    web = "".join(
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};font-display:optional;'
        f'src:url("schriften/{font_file(folder, weight, style, subset)}") format("woff2");unicode-range:{span}}}'
        for family, folder, weight, style in _WEB_FONTS
        for subset, span in _RANGES.items()
    )
    instead = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:{",".join(f"local({name!r})" for name in names)};'
        f"size-adjust:{size:.0%};ascent-override:{_ASCENT / size:.1%};descent-override:{_DESCENT / size:.1%};"
        "line-gap-override:0%}"
        for family, weight, size, names in _FALLBACKS
    )
    return web + instead


def _publish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html" or app.builder.name == "pdf":
        return
    out = Path(app.outdir)
    static = out / "_static"
    fonts = static / "schriften"
    fonts.mkdir(exist_ok=True)
    for _, folder, weight, style in _WEB_FONTS:
        for subset in _RANGES:
            name = font_file(folder, weight, style, subset)
            source = NODE_MODULES / "@fontsource" / folder / "files" / name
            (fonts / name).write_bytes(source.read_bytes())
    # Nothing needs the icon script; the others belong to Sphinx's search.
    for name in (ICON_SCRIPT, HIGHLIGHT, *SEARCH_SCRIPTS):
        (static / name).unlink(missing_ok=True)
    cut_icon_font(out, kept_fonts(app))
    for template in static.glob(TEMPLATES):
        template.unlink()
    strange = [page for page in sorted(out.rglob("*.html")) if not seal(page)]
    if strange:
        names = (page.relative_to(out).with_suffix(".md").as_posix() for page in strange)
        raise ExtensionError("\n" + "\n".join(FOREIGN_SCRIPT.format(name) for name in names))


def seal(page: Path) -> bool:
    """Allow the book's own scripts on a page, by their hashes; tell whether it has no others."""
    text = page.read_text("utf-8")
    if _MARK not in text:
        return True
    text = re.sub(rf"\s*<script[^>]*{re.escape(ICON_SCRIPT)}[^>]*></script>", "", text)
    try:
        sums = checksums(text)
    except ForeignScript:
        return False
    page.write_text(text.replace(_MARK, "".join(f" '{s}'" for s in sums)), "utf-8")
    return True


def _context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    info = package(app)
    title = BeautifulSoup(str(context.get("title", "")), "html.parser").get_text()
    book = f"{info.title} {info.town.genitive}"
    authors = [page for page in app.config.konzept_for_authors if page in app.env.found_docs]
    unlisted = [context["pathto"](page) for page in authors if page != pagename] + ["#"] * (
        pagename in authors
    )
    context["ik"] = {
        "seite": title,
        "adresse": info.address,
        "fenster": " – ".join([*([] if title == book else [title]), info.title, info.town.title]),
        "worum": told(doctree) if doctree else "",
        "blatt": {
            "titel": css_text(book),
            "seite": css_text("" if title == book else title),
            "stand": css_text(
                f"{app.config.konzept_edition} · Stand der Daten: {german.date(info.stand)} · {app.config.konzept_data_state}"
            ),
        },
        "titel": info.title,
        "kopf": (hyphenated(info.title), hyphenated(info.town.title)),
        "kommune": info.town.title,
        "stand": german.date(info.stand),
        "kennung": app.config.konzept_data_state,
        "ausgabe": app.config.konzept_edition,
        "kommune_von": info.town.genitive,
        "logo": app.config.konzept_logo,
        "herkunft": info.origin,
        "hinweis": "" if info.official else info.notice,
        "pdf": app.config.konzept_pdf,
        "dateien": app.config.konzept_assets,
        "gefaltet": lambda pages: fold(str(pages), app.config.konzept_annexes, unlisted),
        "schreiben": [(app.env.titles[page].astext(), page) for page in authors[:1]],
        "post": suggestion(info, title, app.config.konzept_data_state),
        "recht": [(title, page) for title, page in LEGAL_PAGES if page in app.env.found_docs],
        "richtlinie": POLICY,
        "schriften": [
            font_file(folder, weight, style, "latin")
            for _, folder, weight, style in _WEB_FONTS
            if style == "normal"
        ],
    }
    context["docstitle"] = info.title
    # Docutils names the viewport once more than the page does.
    context["metatags"] = re.sub(r'<meta name="viewport"[^>]*>', "", str(context.get("metatags", "")))
    # Our search leads to the place itself.
    context["script_files"] = [s for s in context["script_files"] if HIGHLIGHT not in str(s)]


def told(doctree: nodes.document) -> str:
    """Tell in one or two sentences what a page is about: by its first paragraph, for those whom the page is sent to."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().replace("\u00ad", "").split())
        if len(text) >= _TELLING and not isinstance(paragraph.parent, nodes.entry | nodes.footnote):
            return textwrap.shorten(text, _SHARED, placeholder=" …")
    return ""


def css_text(text: str) -> str:
    r"""Write a text as a string of CSS, which may stand within HTML.

    Examples
    --------
    >>> css_text('Stadt "A" </style>')
    '"Stadt \\\\22 A\\\\22  \\\\3c /style\\\\3e "'
    """
    return '"' + re.sub(r'["\\<>&\n\r\f]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def suggestion(info: Package, page: str, state: str) -> str:
    """Address a mail about a page to whoever answers for the book; empty where no address is named."""
    address = info.imprint.get("email", "").strip()
    if not address:
        return ""
    words = {
        "subject": " ".join(f"{info.title}: {page}".split()),
        "body": f"Mein Hinweis oder Vorschlag:\n\n\n\nSeite: {page}\nDatenkennung: {state}\n",
    }
    return f"mailto:{quote(address, safe='@')}?{urlencode(words, quote_via=quote)}"


def fold(html: str, captions: Container[str], unlisted: Container[str] = ()) -> str:
    """Fold the parts of the list of pages that stand under one of the captions; open where the present page is in it.

    Pages of an address that is not to be listed are left out.
    """
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.select("li > a"):
        if link.get("href") in unlisted and link.parent is not None:
            link.parent.decompose()
    for caption in soup.select("p.caption"):
        pages = caption.find_next_sibling("ul")
        if not isinstance(pages, Tag) or caption.get_text(strip=True) not in captions:
            continue
        folded = soup.new_tag("details", attrs={"class": "ik-anlagen"})
        if pages.select_one("li.current"):
            folded["open"] = ""
        caption.insert_before(folded)
        summary = soup.new_tag("summary")
        summary.string = caption.get_text(strip=True)
        folded.extend([summary, pages.extract()])
        caption.decompose()
    return str(soup)


def _files(app: Sphinx) -> None:
    if app.builder.name == "pdf":
        return
    static = Path(app.outdir) / "_static"
    for old in static.glob("logo-*"):
        if old.name != app.config.konzept_logo:
            old.unlink()
    if logo := app.config.konzept_logo:
        (static / logo).write_bytes(_logo(app).content)
    write_changed(static / "palette.css", font_faces() + style_variables(package(app).town.accent))
    # myst-nb writes its own only at the end: a second build would find the first one's.
    for late in static.glob("mystnb.*.css"):
        late.unlink()
    for name in ("palette.css", "page.css", "blocks.css", "narrow.css"):
        app.add_css_file(name)
    app.add_css_file("meeting.css", media="screen")
    for name in ("ik-shared.js", "figures.js", "copying.js", "filter.js", "meeting.js", "printing.js"):
        app.add_js_file(name, loading_method="defer")
    app.add_css_file("printed.css", media="print")


def _teach(app: Sphinx) -> None:
    """Speak German where theme and Sphinx still speak English."""
    for catalogue in ("sphinx", "booktheme"):
        translations(catalogue).update(_GERMAN)


def _logo(app: Sphinx) -> Logo:
    return read_logo(Path(app.srcdir), package(app).town.logo)


def _known(app: Sphinx, config: Any) -> None:
    """Make part of the configuration what all pages show: Sphinx rewrites them when it changes."""
    config.konzept_pdf = os.environ.get(PDF_VARIABLE, "")
    # Where the book is published: Sphinx makes the pages' canonical addresses of it.
    config.html_baseurl = package(app).address
    config.konzept_assets = _assets_state(ASSETS)
    if package(app).town.logo:
        logo = _logo(app)
        config.konzept_logo = f"logo-{hashlib.sha256(logo.content).hexdigest()[:12]}.{logo.kind}"


def _assets_state(folder: Path) -> str:
    """Name the state of style sheets, scripts and templates: pages link to them by their checksums."""
    digest = hashlib.sha256()
    for path in sorted(path for part in _ASSETS_OF_PAGES for path in (folder / part).rglob("*.*")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def setup(app: Sphinx) -> None:
    """Register the look."""
    app.add_config_value("konzept_for_authors", [], "html", [list])
    for name in ("konzept_pdf", "konzept_assets", "konzept_logo"):
        app.add_config_value(name, "", "html", [str])
    app.connect("config-inited", _known)
    app.connect("builder-inited", _files)
    app.connect("builder-inited", _teach, priority=900)
    # Before the theme, which renders our templates in its own handler.
    app.connect("html-page-context", _context, priority=100)
    app.connect("build-finished", _publish, priority=900)
