"""Pages as Word documents, without a book around them: docutils reads the Markdown, the program writes the document.

What a page says is told apart from the program, too: by the paragraphs of docutils' tree.
"""

from __future__ import annotations

import datetime as dt
import difflib
import io
import re
from pathlib import Path
from typing import Any

import docx
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from myst_parser.docutils_ import Parser

from konzept.authors.word.importing import Plan, plan_import
from konzept.paper.word.document import Head, word_document
from konzept.paper.word.writer import Page
from konzept.site import nodes as ik

TOWN = "Stadt Musterstadt"
FILE = "book/chapters/01-bildung.md"
PAGE = """# Bildung und Erziehung

## Worum es geht

Bildung ist **mehr** als Schule.
Gelernt wird *überall*, auch in der Bibliothek der Stadt.{quelle}`d-bericht; Seite 1`
Das zeigt der [Bericht des Landes](https://example.org/bericht) für Schüler\\*innen.

Die Stadt hat dazu drei Wege gewählt, die sich ergänzen.[^wege]
Im Haushalt stehen dafür {zahl}`kosten` bereit, so der Rat.
Ein vierter Weg kommt vielleicht hinzu.

- Beratung für Eltern, auch am Abend.
- Sprachkurse mit *Betreuung* der Kinder.
- Feste im Stadtteil.

1. Erst wird gefragt.
2. Dann wird entschieden.

### Ein kleiner Abschnitt

> Wer fragt, lernt.

[^wege]: Beratung, Kurse und Feste sind gemeint.

```{code-cell} ipython3
field.themes("bedarf")
```

## Wie es weitergeht

Im Herbst wird berichtet. Danach folgt der Rat.

Die Verwaltung schreibt das auf.
Sie fragt dazu die Vereine.

Der letzte Absatz hat `code` und zwei Zeilen.
Das ist die zweite Zeile.

```{code-cell} ipython3
field.missing()
```
"""
"""A page with all that authors write."""
SOMEONE = "A. Muster, 12.03.2026"
COST = "ca. 33.000\N{NO-BREAK SPACE}€"


class _Cell(Directive):
    """What a cell puts out: a sentence, a list and a table."""

    has_content = True
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        found: list[nodes.Node] = [nodes.paragraph("", "Aus den Daten: acht Maßnahmen.")]
        table = nodes.table()
        group = nodes.tgroup(cols=2)
        heads, body = nodes.thead(), nodes.tbody()
        for part, words in (
            (heads, ("Jahr", "Wert")),
            (body, ("2024", "31,9 %")),
            (body, ("2023", "30,1 %")),
        ):
            part.append(
                nodes.row("", *(ik.concept_entry("", nodes.paragraph("", w), scope=None) for w in words))
            )
        group += [heads, body]
        table += group
        found += [nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "ein Bedarf"))), table]
        for node in (n for part in found for n in part.findall()):
            if isinstance(node, nodes.Element):
                node.line = self.lineno
        return found


def _source(name: str, raw: str, text: str, *_: Any) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [ik.source_marks("", marks=[{"number": 1, "name": text, "first": False}])], []


def _number(name: str, raw: str, text: str, *_: Any) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [nodes.inline("", COST, classes=["pasted-text"])], []


def tree(text: str) -> nodes.document:
    """Read a page as docutils does."""
    directives.register_directive("code-cell", _Cell)
    roles.register_local_role("quelle", _source)
    roles.register_local_role("zahl", _number)
    settings = {
        "myst_enable_extensions": ["attrs_block", "colon_fence", "deflist"],
        "report_level": 4,
        "doctitle_xform": False,
    }
    return publish_doctree(text, parser=Parser(), settings_overrides=settings)


def exported(text: str = PAGE, *, town: str = TOWN, png: Path | None = None) -> bytes:
    """Write a page as `konzept word export` does."""
    head = Head(town, "Bildung", "Integrationskonzept", "Bildung", "Redaktion", dt.date(2025, 12, 18))
    return word_document(head, [Page("bildung", FILE, text, tree(text), "1")], lambda node: (png, None))


def project(folder: Path, text: str = PAGE) -> Path:
    """Write a project's folder that holds the page."""
    page = folder / FILE
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, "utf-8")
    return folder


def plain(text: str) -> str:
    """Leave away what differs by nature: kinds of blanks, marks of sources and footnotes."""
    return " ".join(re.sub(r"[\ufffb\ufffc]", "", text).split())


def page_says(text: str) -> list[str]:
    """Give the paragraphs and headings of a page, without those that cells put out."""
    found = []
    cells = {line for line, row in enumerate(text.split("\n"), 1) if row.startswith("```")}
    for node in tree(text).findall(lambda n: isinstance(n, (nodes.paragraph, nodes.title))):
        around = []
        here: Any = node
        while here is not None:
            around.append(here)
            here = here.parent
        if node.line in cells or any(isinstance(n, (nodes.footnote, nodes.entry)) for n in around):
            continue
        for mark in list(node.findall(nodes.footnote_reference)):
            mark.parent.remove(mark)
        found.append(plain(node.astext()))
    return [line for line in found if line]


def document_says(document: Any) -> list[str]:
    """Give the paragraphs of a document, without those of content controls, tables and the chapter's number."""
    found = []
    for paragraph in document.element.body.findall(qn("w:p")):
        raised = {
            r for r in paragraph.iter(qn("w:r")) if r.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is not None
        }
        texts = [t.text or "" for t in paragraph.iter(qn("w:t")) if t.getparent() not in raised]
        found.append(plain("".join(texts).replace("1\N{EN SPACE}", "")))
    return [line for line in found if line]


def opened(content: bytes) -> Any:
    """Open a document with python-docx."""
    return docx.Document(io.BytesIO(content))


def tracked(kind: str, *runs: Any, author: str = "A. Muster", day: str = "2026-03-12T10:00:00Z") -> Any:
    """Wrap runs as a tracked change."""
    made = OxmlElement(f"w:{kind}")
    for name, value in (("id", "900"), ("author", author), ("date", day)):
        made.set(qn(f"w:{name}"), value)
    for run in runs:
        if kind in ("del", "moveFrom"):
            for text in run.iter(qn("w:t")):
                text.tag = qn("w:delText")
        made.append(run)
    return made


def run(text: str) -> Any:
    """Make a run of text."""
    made, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    made.append(words)
    return made


class Desk:
    """An author's project, and a document that is with others."""

    def __init__(self, folder: Path, text: str = PAGE, png: Path | None = None) -> None:
        self.folder = project(folder / "projekt", text)
        self.path = folder / "zurück.docx"
        self.document = opened(exported(text, png=png))

    def paragraph(self, beginning: str) -> Any:
        """Find a paragraph by its first words."""
        return next(
            p
            for p in self.document.element.body.iter(qn("w:p"))
            if "".join(t.text or "" for t in p.iter(qn("w:t"))).startswith(beginning)
        )

    def say(self, old: str, new: str, *, who: str = "") -> None:
        """Replace words, in the open or tracked."""
        for text in [*self.document.element.body.iter(qn("w:t"))]:
            if old in (text.text or ""):
                before, _, after = text.text.partition(old)
                own = text.getparent()
                if not who:
                    text.text = before + new + after
                    return
                for piece in (run(before), tracked("del", run(old)), tracked("ins", run(new)), run(after)):
                    own.addprevious(piece)
                own.getparent().remove(own)
                return
        raise AssertionError(old)

    def back(self) -> Plan:
        """Plan the import."""
        self.document.save(self.path)
        return plan_import(self.path, self.folder, TOWN)

    def page(self) -> str:
        """Read the page."""
        return (self.folder / FILE).read_text("utf-8")


def diff(plan: Plan, before: str = PAGE) -> list[str]:
    """Give what `git diff` would show."""
    after = next(iter(plan.contents.values()), before)
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def told(items: list[Any]) -> list[str]:
    """Say what is on a list."""
    return [str(item).removeprefix(f"{FILE}, ") for item in items]
