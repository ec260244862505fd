"""What the law asks of a publisher: Impressum and contact, from the description of the data."""

from __future__ import annotations

from collections.abc import Mapping

from konzept.data.package import Package
from konzept.elements.content import Line, Run, Sheet, Sheets, Text, line
from konzept.words import german

MISSING = "noch nicht eingetragen"

FIELDS: Mapping[str, str] = {
    "anbieter": "Anbieter",
    "vertretung": "Vertreten durch",
    "anschrift": "Anschrift",
    "telefon": "Telefon",
    "email": "E-Mail",
    "verantwortlich": "Verantwortlich für den Inhalt",
}
"""The fields of the Impressum with their names on the page."""

_CONTACT = ("anbieter", "anschrift", "telefon", "email")


def lead(package: Package) -> Text:
    """Name the publisher, or say how much of the Impressum is missing."""
    missing = [name for key, name in FIELDS.items() if not _value(package, key)]
    if not missing:
        text = f"Dieses Buch gibt heraus: {_value(package, 'anbieter')}."
    elif len(missing) == len(FIELDS):
        text = (
            f"Das Impressum ist noch leer; dieses Buch ist kein amtliches Dokument {package.town.genitive}."
        )
    else:
        text = (
            f"Im Impressum {'fehlt' if len(missing) == 1 else 'fehlen'} noch {german.some(len(missing))} von "
            f"{german.word(len(FIELDS))} Angaben: {german.listing([f'„{name}“' for name in missing])}."
        )
    origin = "" if package.official else f" {package.origin}."
    return Text((line(f"{text}{origin}"),), role="lead")


def imprint(package: Package) -> Sheets:
    """List the fields of the Impressum; what is missing is shown as missing."""
    return _sheet(package, tuple(FIELDS))


def contact(package: Package) -> Sheets:
    """List how to reach the publisher."""
    return _sheet(package, _CONTACT)


def privacy_state(package: Package) -> Text:
    """Say who answers for the data of visitors, or that nobody is named yet."""
    who = _value(package, "anbieter")
    if who:
        text = f"Verantwortlich für den Datenschutz auf diesen Seiten: {who}."
    else:
        text = (
            "Wer für den Datenschutz auf diesen Seiten verantwortlich ist, ist noch nicht eingetragen; "
            "die Seiten selbst geben keine Daten weiter."
        )
    return Text((line(text),), role="lead")


def contact_state(package: Package) -> Text:
    """Say whether there is someone to report barriers to."""
    if email := _value(package, "email"):
        runs = line("Barrieren können Sie melden an ", Run(email, target=f"mailto:{email}"), ".")
    else:
        runs = line("Eine Stelle, der Sie Barrieren melden können, ist noch nicht eingetragen.")
    return Text((runs,), role="lead")


def _sheet(package: Package, keys: tuple[str, ...]) -> Sheets:
    items = tuple((FIELDS[key], (_shown(key, _value(package, key)),)) for key in keys)
    return Sheets((Sheet("", "", (), items),))


def _value(package: Package, key: str) -> str:
    return str(package.imprint.get(key) or "").strip()


def _shown(key: str, value: str) -> Line:
    if not value:
        return line(Run(MISSING, muted=True))
    return line(Run(value, target=f"mailto:{value}") if key == "email" else value)
