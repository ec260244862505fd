"""What `data/kommune.json` says: whose concept this is, and how a sentence names it, its council and its administration.

A kind of municipality brings the words that are usual for it; a town writes only those that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from konzept.data.shapes import ANY_TEXT, COUNT, DAY, GROUP, TEXT, Kind, misshapen, one_of
from konzept.words.labels import LEVELS
from konzept.words.nouns import ARTICLES, Noun

TOWN = "kommune.json"
SCHEMA_VERSION = 1
"""Of the tables that this program reads."""

STATES = (
    *("Schleswig-Holstein", "Hamburg", "Niedersachsen", "Bremen", "Nordrhein-Westfalen", "Hessen"),
    *("Rheinland-Pfalz", "Baden-Württemberg", "Bayern", "Saarland", "Berlin", "Brandenburg"),
    *("Mecklenburg-Vorpommern", "Sachsen", "Sachsen-Anhalt", "Thüringen"),
)
"""In the order of their numbers, with which every official key begins."""
IMPRINT = ("anbieter", "vertretung", "anschrift", "telefon", "email", "verantwortlich")


@dataclass(frozen=True)
class Sort:
    """A kind of municipality, with the words that are usual for it."""

    noun: Noun
    level: str
    """Of its own area among all areas."""
    digits: tuple[int, ...]
    """How long its official key may be."""
    council: Noun
    administration: Noun


_COUNCIL = Noun("Rat", "der", "Rates")
SORTS = {
    "stadt": Sort(
        Noun("Stadt", "die"),
        "gemeinde",
        (8, 5),  # a town without a district has both
        _COUNCIL,
        Noun("Stadtverwaltung", "die"),
    ),
    "gemeinde": Sort(
        Noun("Gemeinde", "die"),
        "gemeinde",
        (8,),
        _COUNCIL,
        Noun("Gemeindeverwaltung", "die"),
    ),
    "samtgemeinde": Sort(
        Noun("Samtgemeinde", "die"),
        "gemeinde",
        (9,),
        Noun("Samtgemeinderat", "der", "Samtgemeinderates"),
        Noun("Samtgemeindeverwaltung", "die"),
    ),
    "landkreis": Sort(
        Noun("Landkreis", "der", "Landkreises"),
        "kreis",
        (5,),
        Noun("Kreistag", "der", "Kreistages"),
        Noun("Kreisverwaltung", "die"),
    ),
    "region": Sort(
        Noun("Region", "die"),
        "kreis",
        (5,),
        Noun("Regionsversammlung", "die"),
        Noun("Regionsverwaltung", "die"),
    ),
}
"""Kinds of municipalities by the word of `art`."""

_GENITIVE = Kind(
    "den zweiten Fall mit seinem Artikel wie „des Rates“",
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"(des|der) \S.*", v)),
)
_NOUN = {"name": TEXT, "artikel": one_of(ARTICLES), "genitiv?": _GENITIVE}
_LENGTHS = (2, 3, 5, 8, 9)
_ADDRESS = Kind(
    'die Adresse der Startseite wie "https://www.beispiel.de/konzept/", ohne Leerzeichen, „?“ und „#“, oder "", wenn es keine gibt',
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"(https?://[^\s?#\"<>\\^`{|}]+)?", v)),
)
_COLOUR = Kind(
    'eine Farbe aus sechs Ziffern oder Buchstaben bis f wie "#0b5563"',
    lambda v: isinstance(v, str) and bool(re.fullmatch(r"#[0-9a-f]{6}", v, re.IGNORECASE)),
)
_LOGO = Kind(
    'ein Bild im Ordner des Buches wie "book/assets/logo.svg", als SVG oder PNG',
    lambda v: (
        isinstance(v, str) and bool(re.fullmatch(r"book/(?!.*\.\.)[^\\:]+\.(svg|png)", v, re.IGNORECASE))
    ),
)
SHAPE: Mapping[str, Any] = {
    "schema": COUNT,
    "name": TEXT,
    "art": one_of(SORTS),
    "bezeichnung?": TEXT,
    "artikel?": one_of(ARTICLES),
    "genitiv?": _GENITIVE,
    "ags": Kind(
        'einen amtlichen Schlüssel aus zwei, drei, fünf, acht oder neun Ziffern in Anführungszeichen, oder "", wenn es keinen gibt',
        lambda v: isinstance(v, str) and bool(re.fullmatch(r"\d*", v, re.ASCII)) and len(v) in (0, *_LENGTHS),
    ),
    "bundesland?": one_of(STATES),
    "gebiet_id": TEXT,
    "titel": TEXT,
    "stand": DAY,
    "hinweis": TEXT,
    # Whoever has no name of their own may say so in any way.
    "redaktion?": Kind(ANY_TEXT.says, lambda v: v is None or isinstance(v, str)),
    "adresse?": _ADDRESS,
    "akzentfarbe?": _COLOUR,
    "logo?": _LOGO,
    "rat?": _NOUN,
    "verwaltung?": _NOUN,
    "projekte?": Kind(
        'Kennung und Name jedes Projekts wie {"verwaltung": "Projekt Verwaltung"}, oder {}, wenn es keine gibt',
        lambda v: (
            isinstance(v, dict)
            and all(re.fullmatch(r"[a-z][a-z0-9-]*", key) and TEXT.holds(name) for key, name in v.items())
            and len(set(v.values())) == len(v)
            and "beide" not in v
        ),
    ),
    # Whether this very book has been checked, as the declaration of accessibility then says.
    "barrierefreiheit?": one_of(("geprueft", "ungeprueft")),
    # Whether short versions in other languages appear before a native speaker has checked them.
    "sprachen_ungeprueft?": one_of(("zeigen", "zurueckhalten")),
    # What the town calls areas of a level: „Stadtteil“, „Landkreis“.
    "ebenen?": {f"{level}?": {"einzahl": TEXT, "mehrzahl": TEXT} for level in LEVELS},
    "impressum": dict.fromkeys(IMPRINT, ANY_TEXT),
    # Table → key in older editions → key today.
    "umbenannt?": GROUP,
}
"""What may stand in `kommune.json`."""


@dataclass(frozen=True)
class Town:
    """The municipality whose concept this is, as it is named in sentences."""

    name: str
    noun: Noun
    """Its whole name: „die Stadt Musterstadt“."""
    kind: str
    ags: str
    area_id: str
    state: str = ""
    """The Land it lies in; empty as long as that is not told."""
    council: Noun = _COUNCIL
    administration: Noun = SORTS["stadt"].administration
    accent: str = ""
    """The colour of links and buttons, as #rrggbb; empty for the program's own."""
    logo: str = ""
    """A picture in the book, by its way from the project's folder; empty where there is none."""
    projects: Mapping[str, str] = field(default_factory=dict)
    """The parts in which the concept is worked on, with their names; most towns have none."""

    @property
    def title(self) -> str:
        """Its whole name without an article."""
        return self.noun.name

    @property
    def short(self) -> str:
        """Its name where there is little room; of a district the name alone would be its main town's."""
        return self.name if self.sort.level == "gemeinde" else self.title

    @property
    def whom(self) -> str:
        """For whom something is: „für Musterstadt“, „für den Landkreis Musterland“."""
        return self.name if self.sort.level == "gemeinde" else self.noun.accusative

    @property
    def where(self) -> str:
        """Where people live: „in Musterstadt“, „im Landkreis Musterland“."""
        return f"in {self.name}" if self.sort.level == "gemeinde" else self.noun.within

    @property
    def genitive(self) -> str:
        """Whose concept it is."""
        return self.noun.genitive

    @property
    def council_version(self) -> str:
        """What the concept without its annexes is called."""
        return "Ratsfassung" if self.council.name == "Rat" else f"Fassung für {self.council.accusative}"

    @property
    def words(self) -> Mapping[tuple[str, str, str], str]:
        """Table, column and key of allowed words that are called otherwise here: how."""
        return {
            ("gremien", "art", "rat"): self.council.name,
            ("akteure", "art", "stadtverwaltung"): self.administration.name,
        }

    @property
    def sort(self) -> Sort:
        """What it is, in the words usual for it."""
        return SORTS[self.kind]


def town_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Say in German what is wrong in `kommune.json`; nothing where the program can read it."""
    version = settings.get("schema")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        # A newer file may hold what this program does not know.
        yield (
            f"Die Daten haben die Fassung {version} des Schemas, dieses Programm kennt nur {SCHEMA_VERSION}. "
            "Nehmen Sie eine neuere Fassung des Programms."
        )
        return
    found = list(misshapen(settings, SHAPE))
    yield from found or _contradictions(settings)


def _contradictions(settings: Mapping[str, Any]) -> Iterator[str]:
    """Find what each may be alone, but not together."""
    sort, key = SORTS[settings["art"]], settings["ags"]
    if key and len(key) not in sort.digits:
        length = " oder ".join(str(n) for n in sort.digits)
        yield (
            f"Der Schlüssel „{key}“ (ags) hat {len(key)} Ziffern; bei der Art „{settings['art']}“ hat er {length}. "
            "Berichtigen Sie eines von beiden."
        )
    state = state_of(key)
    if key and settings.get("bundesland", state) != state:
        yield (
            f"Der Schlüssel „{key}“ (ags) gehört zu {state or 'keinem Land'}, unter „bundesland“ steht {settings['bundesland']}. "
            "Berichtigen Sie eines von beiden."
        )
    if _genitive(settings) is None:
        yield (
            f"Der zweite Fall von „{settings['bezeichnung']}“ lässt sich nicht bilden. "
            "Ergänzen Sie ihn mit Artikel als „genitiv“, zum Beispiel „des Fleckens Musterdorf“."
        )


def state_of(key: str) -> str:
    """Name the Land that an official key belongs to; empty where it belongs to none."""
    return dict(enumerate(STATES, 1)).get(int(key[:2] or 0), "")


def _title(settings: Mapping[str, Any]) -> str:
    return str(settings.get("bezeichnung") or f"{SORTS[settings['art']].noun.name} {settings['name']}")


def _genitive(settings: Mapping[str, Any]) -> str | None:
    """Give the genitive of the whole name without its article; None where nobody can know it."""
    noun, title = SORTS[settings["art"]].noun, _title(settings)
    if given := settings.get("genitiv"):
        return _without_article(given)
    if settings.get("artikel", noun.article) == "die":
        return title
    return noun.of + title.removeprefix(noun.name) if title.startswith(f"{noun.name} ") else None


def _noun(given: Mapping[str, str] | None, usual: Noun) -> Noun:
    return (
        Noun(given["name"], given["artikel"], _without_article(given.get("genitiv", ""))) if given else usual
    )


def _without_article(genitive: str) -> str:
    return genitive.partition(" ")[2]


def town_of(settings: Mapping[str, Any]) -> Town:
    """Give the town that sound settings describe."""
    sort, council = SORTS[settings["art"]], settings.get("rat")
    return Town(
        name=settings["name"],
        noun=Noun(_title(settings), settings.get("artikel", sort.noun.article), _genitive(settings) or ""),
        kind=settings["art"],
        ags=settings["ags"],
        area_id=settings["gebiet_id"],
        state=settings.get("bundesland") or state_of(settings["ags"]),
        council=_noun(council, sort.council),
        administration=_noun(settings.get("verwaltung"), sort.administration),
        accent=settings.get("akzentfarbe", "").lower(),
        logo=settings.get("logo", ""),
        projects=settings.get("projekte", {}),
    )


def settings_of(described: Any) -> Any:
    """Give what an older edition's description says of the town, in the form of `kommune.json`."""
    if not isinstance(described, dict) or not isinstance(described.get("kommune"), dict):
        return described
    town = described["kommune"]
    kind = next(
        (k for k, s in SORTS.items() if f"{town.get('bezeichnung')} ".startswith(f"{s.noun.name} ")), "stadt"
    )
    rest = {name: value for name, value in described.items() if name not in ("kommune", "ausgabe")}
    return {"schema": 0, "art": kind, **town, **rest}
