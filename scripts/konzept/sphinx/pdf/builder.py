"""Writes the pages with the HTML writer, joins them and prints them with WeasyPrint."""

from __future__ import annotations

import datetime as dt
import logging as std_logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.io import StringOutput
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError
from sphinx.util import logging

from konzept import german
from konzept.assembly import load_concept
from konzept.concept import Concept
from konzept.overview import cards
from konzept.palette import INTERFACE, STATUS_FILL, STATUS_ICON, STATUS_SHAPE, variables
from konzept.sphinx.check import data_folder
from konzept.sphinx.nodes import pages_in_order
from konzept.sphinx.pdf.joining import SCHEME, Joined, Page, join
from konzept.words import STATUSES

logger = logging.getLogger(__name__)

FILE = "integrationskonzept.pdf"


class PdfBuilder(StandaloneHTMLBuilder):
    """Builds one PDF of all pages in the order of the contents."""

    name = "pdf"
    format = "html"
    epilog = "Das PDF liegt in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  # as in the base class
    search = False
    copysource = False

    def get_outdated_docs(self) -> Iterator[str]:
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"{SCHEME}{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write(
        self, build_docnames: Iterable[str] | None, updated_docnames: Sequence[str], method: str = "update"
    ) -> None:
        # The paper has its own lists, with page numbers.
        docnames = [
            d
            for d in pages_in_order(self.env, self.config.root_doc)
            if d not in self.config.konzept_not_in_print
        ]
        self.prepare_writing(set(docnames))
        pages = []
        for docname in docnames:
            logger.info("Seite setzen: %s", docname)
            pages.append(Page(docname, self._fragment(docname)))
        html = self._document(join(pages))
        self._print(html, Path(self.outdir) / FILE)

    def finish(self) -> None:
        # Extensions write into this folder whatever the builder.
        (Path(self.outdir) / "_static").mkdir(exist_ok=True)

    def _fragment(self, docname: str) -> str:
        doctree = self.env.get_and_resolve_doctree(docname, self)
        for toctree in list(doctree.findall(_is_toctree)):
            toctree.parent.remove(toctree)
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.current_docname = docname
        self.docwriter.write(doctree, StringOutput(encoding="utf-8"))
        self.docwriter.assemble_parts()
        return str(self.docwriter.parts["fragment"])

    def _document(self, joined: Joined) -> str:
        concept = load_concept(data_folder(self.app))
        folder = Path(__file__).parent
        environment = Environment(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        return environment.get_template("document.html").render(
            cover=_cover(concept, str(self.config.konzept_data_state)),
            joined=joined,
            styles=_styles(),
            print_css=(Path(self.srcdir) / "book/assets/print/print.css").read_text("utf-8"),
        )

    def _print(self, html: str, target: Path) -> None:
        try:
            import weasyprint
        except OSError as error:
            raise ExtensionError(
                "Für das PDF fehlt die Bibliothek Pango. Installieren Sie sie mit: "
                "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
            ) from error
        messages = _Messages()
        printer = std_logging.getLogger("weasyprint")
        printer.addHandler(messages)
        try:
            document = weasyprint.HTML(
                string=html,
                base_url=Path(self.srcdir).as_uri() + "/",
                # The PDF is made of what lies here; nothing is fetched from anywhere.
                url_fetcher=weasyprint.urls.URLFetcher(
                    allowed_protocols={"file", "data"}, fail_on_errors=True
                ),
            )
            content = document.write_pdf(
                pdf_variant="pdf/ua-1", pdf_identifier=self.config.konzept_data_state.encode()
            )
        finally:
            printer.removeHandler(messages)
        for message in messages.found:
            logger.warning("PDF: %s", message, type="konzept", subtype="pdf")
        waiting = target.with_suffix(".neu")
        waiting.write_bytes(content)
        waiting.replace(target)


class _Messages(std_logging.Handler):
    """Collects what WeasyPrint complains about."""

    def __init__(self) -> None:
        super().__init__(std_logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: std_logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def _is_toctree(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and "toctree-wrapper" in node.get("classes", [])


def _cover(concept: Concept, data_id: str) -> dict[str, Any]:
    package = concept.package
    overview = cards(concept)
    day = concept.last_status_day
    return {
        "town": package.town.title,
        "town_of": package.town.genitive,
        "title": package.title,
        "edition": package.edition,
        "stand": german.date(package.stand),
        "status_stand": german.date(day) if day else "nicht genannt",
        "data_id": data_id,
        "notice": "" if package.official else package.notice,
        "created": dt.datetime.combine(package.stand, dt.time()).isoformat() + "Z",
        "fields": overview.items,
        "legend": [(key, STATUSES[key].label) for key in overview.legend],
    }


def _styles() -> str:
    """Write colours and icons for print: the light palette, icons as backgrounds."""
    colours = ";".join(f"--{name}:{light}" for name, (light, _) in variables().items())
    fills = "".join(f".ik-sf-{key}{{background:{light}}}" for key, (light, _) in STATUS_FILL.items())
    icons = "".join(
        f".ik-zeichen--{key}{{background-image:url('{_data_uri(shape, STATUS_ICON[key][0])}')}}"
        f".ik-zeichen--{key}-fern{{background-image:url('{_data_uri(shape, INTERFACE['linie-stark'][0])}')}}"
        for key, shape in STATUS_SHAPE.items()
    )
    return f":root{{{colours}}}{fills}{icons}"


def _data_uri(shape: str, colour: str) -> str:
    from urllib.parse import quote

    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{shape}</svg>'
    return "data:image/svg+xml," + quote(svg.replace("currentColor", colour))
