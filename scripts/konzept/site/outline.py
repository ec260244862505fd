"""What pages show of one another: titles in the list of contents, numbers and titles in references.

Sphinx writes a page anew when the page itself has changed.  When one of these changes all pages are written,
and pages of chapters that are gone do not stay behind.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def outline(env: BuildEnvironment) -> str:
    """Sum up what any page may show of another one."""
    standard = env.domaindata["std"]
    shown = [
        {name: title.astext() for name, title in env.titles.items()},
        {name: [*children] for name, children in env.toctree_includes.items()},
        env.toc_secnumbers,
        env.toc_fignumbers,
        # Some titles are translated only when they are shown.
        {name: (page, place, str(title)) for name, (page, place, title) in standard["labels"].items()},
        standard["anonlabels"],
    ]
    return hashlib.sha256(repr([sorted(part.items()) for part in shown]).encode()).hexdigest()


def _write_all_after_change(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let all pages be written if the outline is not the one that they were written with."""
    before, now = getattr(env, "konzept_outline", ""), outline(env)
    env.konzept_outline = now  # type: ignore[attr-defined]
    return sorted(env.found_docs) if before != now else []


def _forget(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget all pages that will be read before the first one is: a figure may have moved from one to another.

    Sphinx forgets them one by one, and the page read first would find the figure's label taken.
    """
    for name in docnames:
        for domain in env.domains.values():
            domain.clear_doc(name)


def _note_written(app: Sphinx, pagename: str, *_: object) -> None:
    app.konzept_written.add(pagename)  # type: ignore[attr-defined]


_UNSEEN = (nodes.title, nodes.comment, nodes.container, nodes.target)


def _leave_out_empty(app: Sphinx, doctree: nodes.document) -> None:
    """Leave out headings of chapters below which nothing stands yet: `konzept new` writes them for what is to come."""
    if not app.env.docname.startswith("book/chapters/"):
        return
    for section in list(doctree.findall(nodes.section)):
        seen = [
            node
            for child in section.children
            if not isinstance(child, nodes.title)
            for node in child.findall(lambda node: not isinstance(node, nodes.Text))
            if not isinstance(node, _UNSEEN)
        ]
        if not seen and isinstance(section.parent, nodes.section):
            section.parent.remove(section)


def _begin(app: Sphinx) -> None:
    app.konzept_written = set()  # type: ignore[attr-defined]


def _sweep(app: Sphinx, error: Exception | None) -> None:
    """Remove pages that belong to no chapter and were not made by this build."""
    # A build with nothing to write has not made the search page either, and it is to stay.
    if error or app.builder.name != "html" or not app.konzept_written:  # type: ignore[attr-defined]
        return
    out = Path(app.outdir)
    wanted = app.env.found_docs | app.konzept_written | {"index"}  # type: ignore[attr-defined]
    for page in out.rglob("*.html"):
        name = page.relative_to(out).with_suffix("").as_posix()
        if name not in wanted and not name.startswith("_"):
            page.unlink()


def setup(app: Sphinx) -> None:
    """Register what keeps pages in step with one another."""
    app.connect("builder-inited", _begin)
    app.connect("env-before-read-docs", _forget)
    # Before Sphinx gathers the headings.
    app.connect("doctree-read", _leave_out_empty, priority=100)
    # After numbers have been given.
    app.connect("env-get-updated", _write_all_after_change, priority=900)
    app.connect("html-page-context", _note_written)
    app.connect("build-finished", _sweep, priority=100)
