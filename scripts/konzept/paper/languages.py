"""Prints each short version as a paper of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from konzept.data.files import write_whole
from konzept.home import ASSETS
from konzept.paper import document
from konzept.paper.finishing import finish
from konzept.paper.printing import is_current, layout, note
from konzept.site.languages import editions, page_of
from konzept.site.papers import short_version

logger = logging.getLogger(__name__)

_VOWELS = re.compile("[\u064b-\u0652]")
"""Arabic marks of vowels and doubling, which readers do without: above joined letters (لًا) they lose their place in the PDF's text."""


def print_languages(app: Sphinx, out: Path) -> None:
    """Print the versions that are shown; papers of others go."""
    found = editions(app)
    for stale in {*out.glob(short_version("*"))} - {out / short_version(edition.code) for edition in found}:
        stale.unlink()
    sheet = (ASSETS / "print/language.css").read_text("utf-8")
    for edition in found:
        package, target = edition.concept.package, out / short_version(edition.code)
        created = dt.datetime.combine(package.stand, dt.time()).isoformat() + "Z"
        html = page_of(
            edition,
            found,
            printed=True,
            styles=document.styles(package.town.accent) + sheet,
            speaker=package.speaker,
            created=created,
        )
        matter = hashlib.sha256(f"{html}{app.config.konzept_code_state}".encode()).hexdigest()
        if is_current(target, matter):
            continue
        logger.info("Seite setzen: %s", f"sprachen/{edition.code}")
        printed = layout(
            _VOWELS.sub("", html), Path(app.srcdir), f"{edition.code}{app.config.konzept_data_state}"
        )
        for complaint in printed.complaints:
            logger.warning("PDF (%s): %s", edition.code, complaint, type="konzept", subtype="pdf")
        write_whole(target, finish(printed.content, day=package.stand))
        if not printed.complaints:
            note(target, matter, printed.files)
