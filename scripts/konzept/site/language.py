"""German where theme and Sphinx still speak English."""

from __future__ import annotations

from sphinx.application import Sphinx

from konzept.site.compat import translations

GERMAN = {
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


def _teach(app: Sphinx) -> None:
    for catalogue in ("sphinx", "booktheme"):
        translations(catalogue).update(GERMAN)


def setup(app: Sphinx) -> None:
    """Register the German words."""
    app.connect("builder-inited", _teach, priority=900)
