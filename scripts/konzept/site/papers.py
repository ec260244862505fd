"""Which paper is printed: the whole concept, its Part A, one action field's or a status report, to be published or as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from konzept.data.package import Package
from konzept.words.letters import plain_words

_CHAPTER, _DRAFT, _PART, _REPORT = "KONZEPT_KAPITEL", "KONZEPT_ENTWURF", "KONZEPT_TEIL", "KONZEPT_BERICHT"


@dataclass(frozen=True)
class Paper:
    """A paper to be printed.

    Examples
    --------
    >>> Paper(chapter="bildung", draft=True)
    Paper(chapter='bildung', draft=True, council=False, report='')
    """

    chapter: str | None = None
    """The action field whose chapter stands alone; None prints the whole concept."""
    draft: bool = False
    """Whether it is for comments: with line numbers and marked as a draft."""
    council: bool = False
    """Whether it is Part A alone, the concept without its annexes."""
    report: str = ""
    """The day of a status report, which is a paper of its own; empty for all others."""

    def file(self, package: Package) -> str:
        """Name the file; only the whole and final one bears the published name."""
        kind = "-".join(plain_words(package.town.council_version)) if self.council else package.stem
        parts = [
            f"sachstandsbericht-{self.report}" if self.report else kind,
            self.chapter,
            "entwurf" if self.draft else None,
        ]
        return "-".join(part for part in parts if part) + ".pdf"

    def environment(self) -> dict[str, str]:
        """Tell the builder, which runs in a process of its own."""
        return {
            _CHAPTER: self.chapter or "",
            _DRAFT: "1" if self.draft else "",
            _PART: "A" if self.council else "",
            _REPORT: self.report,
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Paper:
        """Read what `environment` wrote; the whole and final paper if nothing did."""
        chapter = environment.get(_CHAPTER) or None
        draft, council = bool(environment.get(_DRAFT)), bool(environment.get(_PART))
        return cls(chapter, draft, council, environment.get(_REPORT, ""))


FINAL = Paper()
"""The paper that is published beside the pages."""


SHORT_VARIABLE = "KONZEPT_SPRACHEN"
"""Environment variable: set where the short versions in other languages are printed in the same build as the pages."""


def short_version(code: str) -> str:
    """Name the paper of a short version."""
    return f"kurzfassung-{code}.pdf"


def missing_library() -> str | None:
    """Say which library printing lacks on this machine, and how to get it."""
    try:
        import weasyprint  # noqa: F401  # finds Pango when it is imported
    except OSError:
        return (
            "Für das PDF fehlt die Bibliothek Pango. Installieren Sie sie mit: "
            "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        )
    return None
