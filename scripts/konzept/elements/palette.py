"""The one table of colours: light and dark twins, by what they are for.

Figures speak the light colours only; pages swap each for its twin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from konzept.words.labels import PHASES, Status

INTERFACE: dict[str, tuple[str, str]] = {
    "papier": ("#ffffff", "#14191c"),
    "flaeche": ("#f5f3ee", "#1d2428"),
    "flaeche-2": ("#e9e5dc", "#2a3338"),
    "linie": ("#d6d0c4", "#3a454b"),
    "linie-stark": ("#857d70", "#84919a"),
    "text": ("#1c2529", "#e8ebec"),
    "text-2": ("#4d585f", "#b3bdc3"),
    "primaer": ("#0b5563", "#6fc6d3"),
    "primaer-tief": ("#073a44", "#a5e0e9"),
    "primaer-hell": ("#e3eff1", "#14343b"),
    "hinweis": ("#8a5000", "#e6ab55"),
    "hinweis-hell": ("#fbf1e0", "#33270f"),
    "fehler": ("#a3231f", "#ff9a90"),
    "fokus": ("#b3400b", "#ffc46b"),
}

DATA: dict[str, tuple[str, str]] = {
    # Charts keep their colours whatever a town's accent is: they must stay apart from each other.
    "d1": ("#0b5563", "#6fc6d3"),
    "d1-hell": ("#e3eff1", "#14343b"),
    "vergleich": ("#6b747b", "#97a3aa"),
    "gitter": ("#e3ded3", "#2b3439"),
    "umriss": ("#3c474d", "#b3bdc3"),
    "d2": ("#603d03", "#d19a6a"),
    "d3": ("#630a39", "#a5659d"),
    "d4": ("#577701", "#c2f08e"),
    "d5": ("#115bbf", "#398ed7"),
    "d6": ("#7b838a", "#8d979d"),
}


@dataclass(frozen=True)
class Look:
    """How a status is drawn: light and dark colours of its icon and its cells, and the icon's shape, 16 × 16 units."""

    icon: tuple[str, str]
    fill: tuple[str, str]
    shape: str


_RING = '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_DISC = '<circle cx="8" cy="8" r="7.4" fill="currentColor"/>'
_SQUARE = '<rect x="1.4" y="1.4" width="13.2" height="13.2" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_ON_DISC = 'fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"'

STATUS_LOOKS: dict[str, Look] = {
    "idee": Look(
        ("#5d666c", "#aab4ba"),
        ("#ffffff", "#14191c"),
        '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.1"/>',
    ),
    "in_pruefung": Look(
        ("#5d666c", "#aab4ba"),
        ("#dfe3e2", "#343f45"),
        _RING + '<circle cx="8" cy="8" r="2.3" fill="currentColor"/>',
    ),
    "geplant": Look(
        ("#1f7382", "#6fc6d3"),
        ("#b4d3d8", "#2b5761"),
        _RING + '<path d="M8 8V1.9A6.1 6.1 0 0 1 14.1 8Z" fill="currentColor"/>',
    ),
    "angemeldet": Look(
        ("#8a5000", "#e6ab55"),
        ("#e2b266", "#8f5f14"),
        _RING + '<path d="M8 8V1.9A6.1 6.1 0 0 1 8 14.1Z" fill="currentColor"/>',
    ),
    "beschlossen": Look(
        ("#0b5563", "#6fc6d3"),
        ("#6aa7b2", "#4f97a4"),
        _RING + '<path d="M8 8V1.9A6.1 6.1 0 1 1 1.9 8Z" fill="currentColor"/>',
    ),
    "in_umsetzung": Look(
        ("#0b5563", "#6fc6d3"),
        ("#2b7f8f", "#5bb2c0"),
        _DISC + '<path d="M6.3 4.9v6.2L11.3 8Z" fill="#fff"/>',
    ),
    "daueraufgabe": Look(
        ("#0b5563", "#6fc6d3"),
        ("#0d5866", "#92d5df"),
        _DISC + f'<path d="M11.2 6.2A3.7 3.7 0 1 0 11.7 8.6M11.6 4v2.5H9.1" {_ON_DISC}/>',
    ),
    "abgeschlossen": Look(
        ("#073a44", "#c9eef3"),
        ("#04282f", "#dcf4f7"),
        _DISC + f'<path d="M4.7 8.3 7 10.6 11.4 5.7" {_ON_DISC}/>',
    ),
    "zurueckgestellt": Look(
        ("#70543a", "#c9a98a"),
        ("#efe4d6", "#3a2f26"),
        _SQUARE + '<path d="M6 5v6M10 5v6" stroke="currentColor" stroke-width="1.8"/>',
    ),
    "verworfen": Look(
        ("#70543a", "#c9a98a"),
        ("#ffffff", "#14191c"),
        _SQUARE + '<path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" stroke="currentColor" stroke-width="1.8"/>',
    ),
}
"""Looks by name.  Fuller is further; squares have left the path."""

_OF_PHASE = dict(zip(PHASES, ("in_pruefung", "geplant", "in_umsetzung", "zurueckgestellt"), strict=True))


def look_of(status: Status | None) -> str:
    """Name the look of a status: its own, else that of its phase; without a status that of an idea."""
    if status is None:
        return "idee"
    return str(status) if status in STATUS_LOOKS else _OF_PHASE[status.phase]


def variables(accent: str = "") -> dict[str, tuple[str, str]]:
    """All colours by the name of their CSS variable, without the leading dashes; with a town's accent, if it has one."""
    interface = INTERFACE | accented(accent) if accent else INTERFACE
    named = {f"ik-{name}": pair for name, pair in (DATA | interface).items()}
    named |= {f"ik-st-{key}": look.icon for key, look in STATUS_LOOKS.items()}
    named |= {f"ik-sf-{key}": look.fill for key, look in STATUS_LOOKS.items()}
    return named


def chart_colours() -> dict[str, tuple[str, str]]:
    """Light colour → (CSS variable, dark colour); the first name of a colour wins."""
    colours: dict[str, tuple[str, str]] = {}
    for name, (light, dark) in variables().items():
        colours.setdefault(light, (f"--{name}", dark))
    return colours


ENOUGH = 4.5
"""The contrast that text needs by WCAG AA; what is no text needs less."""
_BEHIND = ("papier", "flaeche", "flaeche-2", "hinweis-hell")
"""On what links and buttons stand."""
_STEPS = 50


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours by WCAG.

    Examples
    --------
    >>> contrast("#ffffff", "#000000")
    21.0
    """
    low, high = sorted(_luminance(colour) + 0.05 for colour in (one, other))
    return high / low


def accented(accent: str) -> dict[str, tuple[str, str]]:
    """Give the colours that a town's accent replaces; on dark pages as light as it takes to be read there."""
    dark = _towards(accent, INTERFACE["text"][1], 1)
    return {
        "primaer": (accent, dark),
        "primaer-tief": (_mixed(accent, INTERFACE["text"][0], 0.4), _mixed(dark, INTERFACE["text"][1], 0.4)),
        "primaer-hell": (_pale(accent, 0), _pale(dark, 1)),
    }


def accent_fault(accent: str) -> str:
    """Say in German that an accent cannot be read on light pages, and which would; empty where it can."""
    least = _least(accent, 0)
    if least >= ENOUGH:
        return ""
    found = f"{math.floor(least * 10) / 10:.1f}".replace(".", ",")
    return (
        f"Die Farbe „{accent}“ (akzentfarbe) hat auf den hellen Seiten nur einen Kontrast von {found} zu 1; "
        f"lesbar sind Verweise ab 4,5 zu 1. Nehmen Sie eine dunklere, zum Beispiel „{_towards(accent, '#000000', 0)}“."
    )


def _towards(colour: str, end: str, ground: int) -> str:
    """Mix a colour with another, as little as it takes to be read on light (0) or dark (1) pages."""
    mixed = (_mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next(one for one in mixed if _least(one, ground) >= ENOUGH)


def _least(colour: str, ground: int) -> float:
    behind = [INTERFACE[name][ground] for name in _BEHIND]
    return min(contrast(colour, one) for one in (*behind, _pale(colour, ground)))


def _pale(colour: str, ground: int) -> str:
    """Tint the paper with a colour."""
    return _mixed(INTERFACE["papier"][ground], colour, 0.12)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _luminance(colour: str) -> float:
    parts = (c / 255 for c in _channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
