"""axe-core, which judges pages by the rules of WCAG 2.2, levels A and AA."""

from __future__ import annotations

from typing import Any

from folders import PROGRAM

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Only what is told comes back: the whole report costs more than the judgement.
_JUDGE = """async ([part, rules]) => {
  const report = await axe.run(part ?? document, { runOnly: rules, resultTypes: ['violations'] });
  return [report.passes.length, report.violations.map(v => [v.id, v.nodes[0].html])];
}"""


_CHANGE = """theme => {
  document.documentElement.dataset.theme = theme;
  return Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => null);
}"""


def change_theme(page: Any, theme: str) -> None:
    """Show a page light or dark, and wait until no colour is between both."""
    page.evaluate(_CHANGE, theme)


def violations(page: Any, part: str | None = None) -> list[list[str]]:
    """Name the rules that a page or the part of a selector violates, each with one place."""
    axe = (PROGRAM / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    page.evaluate(f"{axe};0")
    passed, violated = page.evaluate(_JUDGE, [part, RULES])
    assert passed > 3, "axe has found nothing to judge"
    return violated
