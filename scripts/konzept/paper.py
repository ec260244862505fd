"""Which paper is printed: the whole concept or one action field's, to be published or as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_CHAPTER, _DRAFT = "KONZEPT_KAPITEL", "KONZEPT_ENTWURF"


@dataclass(frozen=True)
class Paper:
    """A paper to be printed.

    Examples
    --------
    >>> Paper().file
    'integrationskonzept.pdf'
    >>> Paper(chapter="bildung", draft=True).file
    'integrationskonzept-bildung-entwurf.pdf'
    """

    chapter: str | None = None
    """The action field whose chapter stands alone; None prints the whole concept."""
    draft: bool = False
    """Whether it is for comments: with line numbers and marked as a draft."""

    @property
    def file(self) -> str:
        """Name the file; only the whole and final one bears the published name."""
        parts = ["integrationskonzept", self.chapter, "entwurf" if self.draft else None]
        return "-".join(part for part in parts if part) + ".pdf"

    def environment(self) -> dict[str, str]:
        """Tell the builder, which runs in a process of its own."""
        return {_CHAPTER: self.chapter or "", _DRAFT: "1" if self.draft else ""}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Paper:
        """Read what `environment` wrote; the whole and final paper if nothing did."""
        return cls(environment.get(_CHAPTER) or None, bool(environment.get(_DRAFT)))


FINAL = Paper()
"""The paper that is published beside the pages."""


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
