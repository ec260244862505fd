"""Begins the project of another town: a folder that builds at once and in which all that follows has its place."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from konzept.authors.check import check_project
from konzept.concept.findings import EVERYONE
from konzept.data.csv_file import separated
from konzept.data.package import load_package
from konzept.data.problems import DataProblems, NotDone
from konzept.data.town import IMPRINT, SCHEMA_VERSION, SORTS, TOWN, state_of, town_faults, town_of
from konzept.words.letters import no_text, plain_words

_SOURCE = "d-anlage"
_LAWS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "Niedersachsen": (
        {
            "id": "d-nbgg",
            "titel": "Niedersächsisches Behindertengleichstellungsgesetz (NBGG)",
            "kurztitel": "NBGG",
            "art": "gesetz",
            "herausgeber": "Land Niedersachsen",
            "url": "https://voris.wolterskluwer-online.de/browse/document/c806d792-3f91-3e25-a08d-d1fff05ae30f",
        },
        {
            "id": "d-schlichtungsstelle",
            "titel": "Aufgabe des Schlichtungsverfahrens (Seite der Schlichtungsstelle nach § 9d NBGG)",
            "kurztitel": "Seite der Schlichtungsstelle",
            "art": "webseite",
            "herausgeber": "Landesbeauftragte oder Landesbeauftragter für Menschen mit Behinderungen Niedersachsen",
            "url": "https://www.behindertenbeauftragte-niedersachsen.de/DE/Schlichtungsstelle/Schlichtungsverfahren/Aufgabe/Aufgabe_node.html",
            "lizenz": "nur zitieren",
        },
    ),
}
"""What the declaration of accessibility cites, by Land; elsewhere the page says what is to be filled in."""

_CONTENTS = """\
format: jb-book
root: book/index
parts:
  - caption: Das Konzept
    chapters:
      - file: book/so-geht-es-weiter
  - caption: Anlagen
    chapters:
      - file: book/statuskriterien
      - file: book/glossar
      - file: book/quellen
      - file: book/impressum
      - file: book/datenschutz
      - file: book/barrierefreiheit
      - file: book/mitschreiben
      - file: book/konzept-uebernehmen
"""
_SETTINGS = """\
# Jupyter Book 1.  Was alle Bücher teilen, bringt das Programm mit; eine Zeile hier geht vor.
title: {title}
author: ""
copyright: ""
only_build_toc_files: true
exclude_patterns: [".*", "**/.*", "*.md", node_modules, data]

execute:
  execute_notebooks: cache
  allow_errors: false
  raise_on_error: true
  stderr_output: warn
  timeout: 120

parse:
  myst_enable_extensions: [attrs_block, colon_fence, deflist]

html:
  home_page_in_navbar: false

sphinx:
  config:
    extensions: [myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, sphinx_design, sphinx_book_theme, konzept.extension]
    language: de
"""
_IGNORED = """\
/_build/
.ipynb_checkpoints/
.jupyter_cache/
/data/[Ii][Nn][Tt][Ee][Rr][Nn]/
/data/.import*
"""
_PIPELINE = """\
# GitLab CI (openCoDE): prüft und baut das Buch.  Das Abbild (image) enthält Python, das Programm, Chromium und Pango.
buch:
  script:
    - konzept check
    - konzept build
  artifacts:
    paths: [_build/html, _build/pdf]
"""


class NotStarted(NotDone):
    """Nothing was written: the call was wrong."""

    status = 2


def settings_for(name: str, kind: str, key: str, title: str, today: dt.date) -> dict[str, Any]:
    """Give what `kommune.json` of a new town says: what was told, and as little as possible besides."""
    words = plain_words(_called(name, kind)["name"])
    area = "-".join(words) if words and words[0][0].isalpha() else "-".join(["gebiet", *words])
    state = state_of(key) if key.isascii() and key.isdecimal() else ""
    return {
        "schema": SCHEMA_VERSION,
        **_called(name, kind),
        "art": kind,
        "ags": key,
        **({"bundesland": state} if state else {}),
        "gebiet_id": area,
        "titel": title,
        "stand": today.isoformat(),
        "hinweis": "Arbeitsstand; kein amtliches Dokument",
        "redaktion": "Redaktion dieses Buches",
        "adresse": "",
        "impressum": dict.fromkeys(IMPRINT, ""),
    }


def _called(name: str, kind: str) -> dict[str, str]:
    """Give a town's name without the word of its kind, which the sentences add; with another word, its whole name too."""
    word, _, rest = name.partition(" ")
    if rest and word == SORTS[kind].noun.name:
        return {"name": rest}
    if kind == "landkreis" and rest and word == "Kreis":
        return {"name": rest, "bezeichnung": name, "genitiv": f"des Kreises {rest}"}
    if kind == "landkreis" and name.endswith(("kreis", "-Kreis")):
        return {"name": name, "bezeichnung": name, "genitiv": f"des {name}es"}
    return {"name": name}


def start_town(folder: Path, settings: Mapping[str, Any]) -> None:
    """Write the project of a town.

    Parameters
    ----------
    folder
        Where it shall lie: not there yet, or empty.
    settings
        What `kommune.json` shall say.

    Raises
    ------
    NotStarted
        The folder holds something, or what was told cannot be; nothing was written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotStarted(f"{folder}: Der Ordner ist nicht leer. Nennen Sie einen neuen.")
    strange = [said for value in (settings["name"], settings["titel"]) if (said := no_text(value))]
    if faults := [*strange, *town_faults(settings)]:
        raise NotStarted("\n".join(faults))
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place, so that it comes there whole or not at all.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".konzept-") as work:
        waiting = Path(work) / "projekt"
        _write(waiting, settings)
        if problems := check_project(waiting / "data", waiting / "book"):
            raise DataProblems(problems)
        if folder.exists():
            folder.rmdir()
        shutil.move(waiting, folder)


def _write(folder: Path, settings: Mapping[str, Any]) -> None:
    texts = {
        "_toc.yml": _CONTENTS,
        "_config.yml": _SETTINGS.format(title=json.dumps(settings["titel"], ensure_ascii=False)),
        ".gitignore": _IGNORED,
        ".gitlab-ci.yml": _PIPELINE,
        "requirements.txt": f"konzept=={version('konzept')}\n",
        f"data/{TOWN}": json.dumps(settings, ensure_ascii=False, indent=2) + "\n",
        **{f"book/{page}.md": f"{{seite}}`{page}`\n" for page in re.findall(r"book/(\S+)", _CONTENTS)},
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    rows = _rows(settings)
    for table in load_package(folder / "data").tables.values():
        columns = [column.name for column in table.columns]
        cells = [[row.get(name, "") for name in columns] for row in rows.get(table.name, ())]
        (folder / "data" / table.file).write_text(separated([columns, *cells]), "utf-8", newline="")


def _rows(settings: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Give the rows that a book cannot do without: its own area and where that comes from, and the laws of the Land."""
    town = town_of(settings)
    area = {
        "id": town.area_id,
        # In a district or a joint municipality lies a town of the same name.
        "name": town.name if town.kind in ("stadt", "gemeinde") else town.title,
        "ebene": SORTS[town.kind].level,
        "ortsangabe": town.where,
        "ags": town.ags,
        "quelle_id": _SOURCE,
        "fundstelle": "Name und Schlüssel",
    }
    told = {
        "id": _SOURCE,
        "titel": "Angaben beim Anlegen dieses Buches",
        "art": "datensatz",
        "datum": str(settings["stand"]),
        "herausgeber": "Redaktion dieses Buches",
    }
    everyone = {
        "id": EVERYONE,
        "name": EVERYONE,
        "ordnung": "1",
        "quelle_id": _SOURCE,
        "fundstelle": "alle Menschen, ohne Unterschied",
    }
    return {
        "gebiete": [area],
        "gruppen": [everyone],
        "dokumente": [told, *map(dict, _LAWS.get(town.state, ()))],
    }
