"""Short versions in other languages: pages of their own, without the theme, in their direction.

Sphinx never reads `book/sprachen/`: what stands there is no notebook, belongs to no part of the book and is not to be numbered.
"""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin
from sphinx.application import Sphinx
from sphinx.util import logging

from konzept.authors.languages.checking import stale_problems
from konzept.authors.languages.frame import Frame, frame_of, terms_of
from konzept.authors.languages.standing import Standing, standings
from konzept.authors.languages.values import Value, value
from konzept.authors.languages.versions import FOLDER, Block, named, roles
from konzept.concept.assembly import load_concept
from konzept.concept.editions import shown_as
from konzept.concept.model import Concept, Measure
from konzept.concept.standing import by_status
from konzept.data.reading import Reading, read_folder
from konzept.elements.drawing.template import FONT
from konzept.elements.palette import look_of, variables
from konzept.home import ASSETS, NODE_MODULES
from konzept.site.check import data_folder
from konzept.site.papers import SHORT_VARIABLE, short_version
from konzept.site.theme import POLICY, font_file
from konzept.words.labels import Status

logger = logging.getLogger(__name__)

PAGES = f"book/{FOLDER}"
"""Where their pages stand, beside those of the book."""

_LTR = re.compile(r"([A-Za-zÀ-ɏ0-9](?:[A-Za-zÀ-ɏ0-9@.,:/+\-–%\u00a0 ]*[A-Za-zÀ-ɏ0-9%])?)")
"""What runs from left to right within a line that does not: numbers, addresses, names in Latin letters."""
_FIGURE = re.compile(r"^\{abbildung\}`([^`]*)`[ \t]*$", re.MULTILINE)
_SUBSETS = {
    "uk": ("Source Sans 3", "source-sans-3", "cyrillic", "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116"),
    "ar": ("Vazirmatn", "vazirmatn", "arabic", "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC"),
}  # fmt: skip
"""By the base of a language's tag: which letters its pages need besides those that all pages have."""
_WEIGHTS = ("400", "600")


@dataclass(frozen=True)
class Edition:
    """A version on its way to a page or a paper."""

    standing: Standing
    frame: Frame
    reading: Reading
    concept: Concept

    @property
    def code(self) -> str:
        """Its language."""
        return self.standing.version.code

    @property
    def name(self) -> str:
        """What the language calls itself; plain German is „Leichte Sprache“ only once that is proved."""
        return (self.frame.words.get("name_checked") if self.standing.review else "") or self.frame["name"]

    @property
    def font(self) -> str:
        """The families of its text."""
        own = _SUBSETS.get(self.code.partition("-")[0])
        return f"'{own[0]}', {FONT}" if own and own[0] not in FONT else FONT

    def bidi(self, text: str) -> str:
        """Write text as HTML; what runs the other way keeps its order, on the page and in the text of a PDF."""
        if self.frame.direction == "ltr":
            return html.escape(text)
        # Every other part is one that runs from left to right.
        return "".join(
            f'<bdi dir="ltr">{html.escape(part)}</bdi>' if n % 2 else html.escape(part)
            for n, part in enumerate(_LTR.split(text))
        )

    def said(self, found: Value) -> str:
        """Write a value as the language does."""
        return self.bidi(found.told(self.frame.locale))

    def sections(self, *, printed: bool) -> Iterator[dict[str, Any]]:
        """Give each block as HTML, or say in its language that it is withheld."""
        fields = self.reading.keys("handlungsfelder")
        for block in self.standing.version.blocks:
            stale = block.name in self.standing.stale
            content = "" if stale else self._html(block, printed=printed)
            yield {
                "id": block.name,
                "level": 3 if block.name in fields else 2,
                "title": self.bidi(block.title),
                "stale": stale,
                "html": content,
            }

    def _html(self, block: Block, *, printed: bool) -> str:
        parts = _FIGURE.split(block.text)
        written = [
            self._markdown(text) if n % 2 == 0 else self._figure(text, printed=printed)
            for n, text in enumerate(parts)
        ]
        return "".join(written)

    def _markdown(self, text: str) -> str:
        parser = MarkdownIt("commonmark", {"html": False, "breaks": self.code.startswith("de-")}).use(
            myst_role_plugin
        )
        parser.add_render_rule("text", lambda _, tokens, n, *rest: self.bidi(tokens[n].content))
        parser.add_render_rule("myst_role", lambda _, tokens, n, *rest: self._role(tokens[n]))
        return str(parser.render(text))

    def _role(self, token: Token) -> str:
        role, (shown, key) = token.meta["name"], named(token.content)
        if role == "zahl":
            return self.said(value(self.reading, key))
        if role == "kontakt":
            return self._contact(key)
        term = terms_of(self.code, self.reading)[key]
        text = self.bidi(shown or term["wort"])
        return f'<a href="#{_anchor(key)}">{text}</a>' if term["erklaerung"] else text

    def _contact(self, key: str) -> str:
        row = next(row for row in self.reading.rows["kontakte"] if row["id"] == key)
        phone, mail = row["telefon"], row["email"]
        told = [f'<bdi dir="ltr">{html.escape(phone)}</bdi>'] if phone else []
        told += [f'<a href="mailto:{html.escape(mail)}" dir="ltr">{html.escape(mail)}</a>'] if mail else []
        return "<br>".join(told)

    def _figure(self, content: str, *, printed: bool) -> str:
        """Show each measure as a box, as the cards of the start page do: text stays text, in any direction."""
        caption, what = named(content)
        statuses = list(by_status(self.concept.measures))
        rows = self._rows(what)
        drawn = "".join(
            _row(self.bidi(label), measures, self.bidi(self.frame["keine"])) for label, measures in rows
        )
        legend = "".join(f"<li>{_box(status)} {self.bidi(self._status(status))}</li>" for status in statuses)
        legend = f'<ul class="legende">{legend}</ul>' if what == "felder" else ""
        drawing = f'<div class="bild" role="img" aria-label="{html.escape(caption)}">{drawn}</div>{legend}'
        data = (
            ""
            if printed
            else f"<details><summary>{self.bidi(self.frame['table'])}</summary>{self._table(what, rows, statuses)}</details>"
        )
        return f"<figure><figcaption>{self.bidi(caption)}</figcaption>{drawing}{data}</figure>"

    def _rows(self, what: str) -> list[tuple[str, Sequence[Measure]]]:
        if what == "status":
            return [(self._status(key), found) for key, found in by_status(self.concept.measures).items()]
        in_order = (
            (f, [m for found in by_status(f.measures).values() for m in found]) for f in self.concept.fields
        )
        return [(self.frame.label(f"feld.{f.id}"), found) for f, found in in_order]

    def _status(self, status: Status | None) -> str:
        return self.frame.label(f"status.{status or 'offen'}")

    def _table(
        self, what: str, rows: list[tuple[str, Sequence[Measure]]], statuses: Sequence[Status | None]
    ) -> str:
        heads = [self.frame["status" if what == "status" else "field"], self.frame["measures"]]
        heads += [self._status(status) for status in statuses] if what == "felder" else []
        lines = []
        for label, found in rows:
            counts = [len(found), *(sum(m.status == status for m in found) for status in statuses)]
            cells = "".join(f"<td>{count}</td>" for count in counts[: len(heads) - 1])
            lines.append(f'<tr><th scope="row">{self.bidi(label)}</th>{cells}</tr>')
        head = "".join(f'<th scope="col">{self.bidi(text)}</th>' for text in heads)
        name = html.escape(self.frame["table"])
        return f'<div class="rollen" tabindex="0" role="region" aria-label="{name}"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'

    def terms(self) -> list[dict[str, str]]:
        """Explain the words that its shown blocks mark."""
        known = terms_of(self.code, self.reading)
        shown = (b for b in self.standing.version.blocks if b.name not in self.standing.stale)
        asked = [named(content)[1] for b in shown for role, content in roles(b.text) if role == "begriff"]
        return [
            {"id": _anchor(key), "word": self.bidi(known[key]["wort"]), "text": self.bidi(known[key]["erklaerung"])}
            for key in dict.fromkeys(asked) if known[key]["erklaerung"]
        ]  # fmt: skip


def _row(label: str, measures: Sequence[Measure], none: str) -> str:
    boxes = "".join(_box(measure.status) for measure in measures)
    count = f"<b>{len(measures)}</b>" if measures else none
    return f'<div class="reihe"><span class="name">{label}</span> <span class="kaesten">{boxes} {count}</span></div>'


def _box(status: Status | None) -> str:
    return f'<i class="kasten ik-sf-{look_of(status)}"></i>'


def _anchor(term: str) -> str:
    return "wort-" + re.sub(r"\W+", "-", term.casefold())


def editions(app: Sphinx) -> list[Edition]:
    """Give the versions that this build shows."""
    folder = data_folder(app)
    reading = read_folder(folder)
    found = [s for s in standings(Path(app.srcdir) / "book", reading) if s.shown]
    concept = load_concept(folder) if found else None
    return [Edition(s, frame_of(s.version, reading), reading, concept) for s in found if concept]


def menu(found: list[Edition]) -> list[dict[str, Any]]:
    """List the versions by their own names; drafts are no matter of search engines."""
    return [
        {"code": e.code, "name": e.name, "dir": e.frame.direction, "draft": e.standing.review is None}
        for e in found
    ]


def page_of(edition: Edition, others: list[Edition], **more: Any) -> str:
    """Write a version as a whole page or, with `printed`, as what is printed."""
    frame, package, standing = edition.frame, edition.concept.package, edition.standing
    printed = bool(more.get("printed"))
    environment = Environment(
        loader=FileSystemLoader(ASSETS / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    context: Mapping[str, Any] = {
        "printed": False, "pdf": "", "styles": "", "address": package.address, "policy": POLICY,
        "frame": frame, "bidi": edition.bidi, "code": edition.code, "name": edition.name,
        "title": standing.version.title,
        "book": f"{package.title} {package.town.genitive}",
        "town": package.title, "notice": package.notice, "edition": shown_as(package),
        "draft": standing.review is None,
        "checked": standing.review,
        "checked_on": edition.said(Value(day=standing.review["geprueft_am"])) if standing.review else "",
        "as_of": edition.said(Value(day=package.stand)),
        "sections": list(edition.sections(printed=printed)),
        "terms": edition.terms(),
        "menu": menu(others),
        "faces": "" if printed else faces(edition.code),
        "font": edition.font,
        "dark": ";".join(f"--{name}:{dark}" for name, (_, dark) in variables(package.town.accent).items()),
    }  # fmt: skip
    return environment.get_template("sprache.html").render({**context, **more})


def faces(code: str) -> str:
    """Write the rules for the letters that only this language's pages need."""
    if (found := _SUBSETS.get(code.partition("-")[0])) is None:
        return ""
    family, folder, subset, span = found
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};font-display:swap;"
        f"src:url('../../_static/schriften/{font_file(folder, weight, 'normal', subset)}') format('woff2');unicode-range:{span}}}"
        for weight in _WEIGHTS
    )


def listed(app: Sphinx) -> list[dict[str, Any]]:
    """Give the list of versions; a report, which goes without this extension, has none."""
    return getattr(app, "konzept_languages", [])


def _tell_menu(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let every German page lead to the versions."""
    context["ik"]["sprachen"] = app.konzept_languages  # type: ignore[attr-defined]


def _list(app: Sphinx) -> None:
    app.konzept_languages = menu(editions(app))  # type: ignore[attr-defined]


def _known(app: Sphinx, config: Any) -> None:
    """Make part of the configuration which versions there are: the menu of all pages lists them."""
    config.konzept_versions = sorted(path.stem for path in (Path(app.srcdir) / PAGES).glob("*.md"))


def _depend(app: Sphinx, docname: str, content: list[str]) -> None:
    """Have the start page read anew with each version, so that Sphinx finishes a build in which nothing else has changed."""
    if docname == app.config.root_doc:
        for path in (Path(app.srcdir) / PAGES).glob("*.md"):
            app.env.note_dependency(str(path))


def _publish(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the pages, before the search reads them."""
    if app.builder.format != "html" or app.builder.name == "pdf":
        return iter(())
    out = Path(app.outdir) / PAGES
    found = editions(app)
    for problem in stale_problems([edition.standing for edition in found]):
        # A build goes on without the block; whoever builds or watches the preview is told.
        logger.info("Hinweis zu Sprachen: %s", problem)
    for edition in found:
        out.mkdir(parents=True, exist_ok=True)
        pdf = f"../../{short_version(edition.code)}" if os.environ.get(SHORT_VARIABLE) else ""
        (out / f"{edition.code}.html").write_text(page_of(edition, found, pdf=pdf), "utf-8")
        app.konzept_written.add(f"{PAGES}/{edition.code}")  # type: ignore[attr-defined]
        if own := _SUBSETS.get(edition.code.partition("-")[0]):
            for weight in _WEIGHTS:
                name, fonts = (
                    font_file(own[1], weight, "normal", own[2]),
                    Path(app.outdir) / "_static/schriften",
                )
                fonts.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(NODE_MODULES / "@fontsource" / own[1] / "files" / name, fonts / name)
    return iter(())


def setup(app: Sphinx) -> None:
    """Register the versions."""
    app.add_config_value("konzept_versions", [], "html", [list])
    app.connect("config-inited", _known)
    app.connect("builder-inited", _list)
    app.connect("html-page-context", _tell_menu, priority=150)
    app.connect("source-read", _depend)
    app.connect("html-collect-pages", _publish, priority=400)
