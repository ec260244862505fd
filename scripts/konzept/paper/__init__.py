"""The builder ``pdf``: the whole concept as one printed document."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from konzept.paper.builder import PdfBuilder


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder."""
    app.add_builder(PdfBuilder)
    app.add_config_value("konzept_not_in_print", [], "", [list])
    app.add_config_value("konzept_run_on_in_print", [], "", [list])
    app.add_config_value("konzept_annexes", [], "html", [list])
    return {"parallel_read_safe": True, "parallel_write_safe": True}
