"""The one table of colours: light and dark twins, by what they are for.

Figures speak the light colours only; pages swap each for its twin.
"""

from __future__ import annotations

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
    "vergleich": ("#6b747b", "#97a3aa"),
    "gitter": ("#e3ded3", "#2b3439"),
    "umriss": ("#3c474d", "#b3bdc3"),
    "d2": ("#603d03", "#d19a6a"),
    "d3": ("#630a39", "#a5659d"),
    "d4": ("#577701", "#c2f08e"),
    "d5": ("#115bbf", "#398ed7"),
    "d6": ("#7b838a", "#8d979d"),
}

STATUS_ICON: dict[str, tuple[str, str]] = {
    "idee": ("#5d666c", "#aab4ba"),
    "in_pruefung": ("#5d666c", "#aab4ba"),
    "geplant": ("#1f7382", "#6fc6d3"),
    "angemeldet": ("#8a5000", "#e6ab55"),
    "beschlossen": ("#0b5563", "#6fc6d3"),
    "in_umsetzung": ("#0b5563", "#6fc6d3"),
    "daueraufgabe": ("#0b5563", "#6fc6d3"),
    "abgeschlossen": ("#073a44", "#c9eef3"),
    "zurueckgestellt": ("#70543a", "#c9a98a"),
    "verworfen": ("#70543a", "#c9a98a"),
}

STATUS_FILL: dict[str, tuple[str, str]] = {
    "idee": ("#ffffff", "#14191c"),
    "in_pruefung": ("#dfe3e2", "#343f45"),
    "geplant": ("#b4d3d8", "#2b5761"),
    "angemeldet": ("#e2b266", "#8f5f14"),
    "beschlossen": ("#6aa7b2", "#4f97a4"),
    "in_umsetzung": ("#2b7f8f", "#5bb2c0"),
    "daueraufgabe": ("#0d5866", "#92d5df"),
    "abgeschlossen": ("#04282f", "#dcf4f7"),
    "zurueckgestellt": ("#efe4d6", "#3a2f26"),
    "verworfen": ("#ffffff", "#14191c"),
}

_RING = '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_DISC = '<circle cx="8" cy="8" r="7.4" fill="currentColor"/>'
_SQUARE = '<rect x="1.4" y="1.4" width="13.2" height="13.2" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_ON_DISC = 'fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"'

STATUS_SHAPE: dict[str, str] = {
    "idee": '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.1"/>',
    "in_pruefung": _RING + '<circle cx="8" cy="8" r="2.3" fill="currentColor"/>',
    "geplant": _RING + '<path d="M8 8V1.9A6.1 6.1 0 0 1 14.1 8Z" fill="currentColor"/>',
    "angemeldet": _RING + '<path d="M8 8V1.9A6.1 6.1 0 0 1 8 14.1Z" fill="currentColor"/>',
    "beschlossen": _RING + '<path d="M8 8V1.9A6.1 6.1 0 1 1 1.9 8Z" fill="currentColor"/>',
    "in_umsetzung": _DISC + '<path d="M6.3 4.9v6.2L11.3 8Z" fill="#fff"/>',
    "daueraufgabe": _DISC + f'<path d="M11.2 6.2A3.7 3.7 0 1 0 11.7 8.6M11.6 4v2.5H9.1" {_ON_DISC}/>',
    "abgeschlossen": _DISC + f'<path d="M4.7 8.3 7 10.6 11.4 5.7" {_ON_DISC}/>',
    "zurueckgestellt": _SQUARE + '<path d="M6 5v6M10 5v6" stroke="currentColor" stroke-width="1.8"/>',
    "verworfen": _SQUARE
    + '<path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" stroke="currentColor" stroke-width="1.8"/>',
}
"""Fuller is further; squares have left the path.  16 × 16 units."""


def variables() -> dict[str, tuple[str, str]]:
    """All colours by the name of their CSS variable, without the leading dashes."""
    named = {f"ik-{name}": pair for name, pair in (INTERFACE | DATA).items()}
    named |= {f"ik-st-{key}": pair for key, pair in STATUS_ICON.items()}
    named |= {f"ik-sf-{key}": pair for key, pair in STATUS_FILL.items()}
    return named


def chart_colours() -> dict[str, tuple[str, str]]:
    """Light colour → (CSS variable, dark colour); the first name of a colour wins."""
    colours: dict[str, tuple[str, str]] = {}
    for name, (light, dark) in variables().items():
        colours.setdefault(light, (f"--{name}", dark))
    return colours
