"""What can be done at the desk: each task is one command of `konzept`, made of what its form holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

FOLDER = Path("_build", "tisch")
"""Where workbooks wait that were given in, and those that are to be fetched."""

Form = Mapping[str, str]


def _options(form: Form, *names: str) -> list[str]:
    """Give the options that were filled in, so that no value is taken for an option."""
    return [f"--{name}={form[name]}" for name in names if form.get(name)]


def _sides(form: Form) -> list[str]:
    """Give what was chosen where two have changed the same."""
    return [f"--{side}={key}" for side in ("meine", "andere") for key in form.get(side, "").split()]


TASKS: Mapping[str, Callable[[Form], list[str]]] = {
    "pruefen": lambda _: ["check", "--format", "json"],
    "mappe": lambda _: ["excel", "export", str(FOLDER / "konzept.xlsx")],
    "mappe-probe": lambda form: ["excel", "import", "--probe", "--", form["datei"]],
    "mappe-zurueck": lambda form: ["excel", "import", "--ja", "--", form["datei"]],
    "bericht": lambda form: ["bericht", *_options(form, "seit", "gremium", "sitzung", "vorlage")],
    "sichern": lambda form: ["stand", "sichern", *_options(form, "von"), "--", form["satz"]],
    "unterschied": lambda form: ["stand", "verlauf", *(["--", form["stand"]] if form.get("stand") else [])],
    "zurueckholen": lambda form: ["stand", "zurueckholen", "--", form["stand"]],
    "holen": lambda form: ["stand", "holen", *_sides(form)],
    "abgeben": lambda form: ["stand", "abgeben", *_sides(form)],
    "bauen": lambda _: ["build"],
}
"""Name of a task in addresses → the words of its command."""
