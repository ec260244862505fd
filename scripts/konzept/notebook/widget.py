"""The explorer in a notebook: the page's own front-end module, with Python behind it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import anywidget
import pandas as pd
import traitlets

from konzept.data.problems import suggestion
from konzept.elements.explorer.choices import Choice
from konzept.elements.explorer.material import Material
from konzept.elements.explorer.script import FOLDER, LIBRARIES, module
from konzept.elements.palette import variables
from konzept.notebook.selection import Tables

_KINDS = {str: traitlets.Unicode, int: traitlets.Int, tuple: traitlets.List}
_CHOICES = {f.name: f.default for f in dataclasses.fields(Choice)}


class Explorer(anywidget.AnyWidget):
    """Explore measures and indicators.

    Every trait is a control: setting it changes what is seen, and what someone chooses arrives in it.
    The traits are the fields of `konzept.elements.explorer.choices.Choice`, which describes them; `options` lists them.

    Parameters
    ----------
    material
        What can be explored.
    page
        The explorer as it stands on the book's page, for viewers that know no widgets.
    live
        False where no one will answer, as while the book is built; the widget then stays silent.
    """

    material = traitlets.Dict().tag(sync=True)

    def __init__(
        self, material: Material, page: Mapping[str, Any] | None = None, *, live: bool = True
    ) -> None:
        self.live = live
        self._page = dict(page or {})
        self.add_traits(
            **{name: _KINDS[type(one)](default_value=one).tag(sync=True) for name, one in _CHOICES.items()}
        )
        self._choices = dict(material["choices"])
        self._tables = Tables(material)
        # Read when a notebook needs it, not when the package is imported.
        self._esm = module()
        self._css = _colours() + (FOLDER / "explorer.css").read_text("utf-8")
        start = {name: one["otherwise"] for name, one in self._choices.items()}
        super().__init__(material=dict(material), **start)
        self.on_msg(self._answer)

    @property
    def selection(self) -> pd.DataFrame:
        """The rows that the present choice leaves: measures or observations."""
        return self._tables.select(dataclasses.asdict(self.choice))

    @property
    def options(self) -> pd.DataFrame:
        """What can be chosen: each trait with its word in an address, what it is for, and what the data allow."""
        rows = {
            name: (
                one["word"],
                ", ".join(one["topics"]) or "alle",
                ", ".join(filter(None, map(str, one["allowed"] or ()))),
            )
            for name, one in self._choices.items()
        }
        columns = ["Wort in der Adresse", "gilt für", "möglich"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Merkmal")

    @property
    def choice(self) -> Choice:
        """The present choice."""
        return Choice(**{name: getattr(self, name) for name in _CHOICES})

    def __repr__(self) -> str:
        """Name what can be explored; a widget's own words would be another address in each run."""
        return f"Werkstatt ({len(self.material['measures'])} Maßnahmen, {len(self.material['indicators'])} Kennzahlen)"

    def open(self) -> None:
        """Connect to the front end, if there is one."""
        if self.live:
            super().open()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        if not self.live:
            return self._page, {}
        bundle = super()._repr_mimebundle_(**options) or ({}, {})
        return {**bundle[0], **self._page}, bundle[1]

    @traitlets.validate(*_CHOICES)
    def _known(self, proposal: Mapping[str, Any]) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        known = self._choices[name]["allowed"]
        for one in value if isinstance(value, list) else [value]:
            if known is not None and one not in known:
                raise traitlets.TraitError(
                    f"„{one}“ kann man bei {name} nicht wählen.{suggestion(one, [k for k in known if k])}"
                )
        return value

    def _answer(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        """Send a library that is needed now: one reads charts aloud, one packs workbooks."""
        path = LIBRARIES.get(content.get("wanted", ""))
        if path and path.is_file():
            self.send({"library": content["wanted"], "text": path.read_text("utf-8")})


def _colours() -> str:
    """Write the palette for notebooks, light and dark."""
    light, dark = (";".join(f"--{n}:{pair[i]}" for n, pair in variables().items()) for i in (0, 1))
    fonts = '--ik-sans:"Source Sans 3",system-ui,sans-serif;--ik-serif:"Source Serif 4",Georgia,serif;--ik-rund:3px'
    # Named where they are used, so that notebooks' own style stays as it is.
    css = f".ik-erkunden{{{light};{fonts}}}[data-jp-theme-light=false] .ik-erkunden{{{dark}}}"
    return re.sub(r"\s*\n\s*", "", css)
