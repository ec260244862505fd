"""What people can use, and what became of what they proposed."""

from __future__ import annotations

from konzept.concept.model import Concept, Offer
from konzept.elements.content import Cell, Run, Table, line
from konzept.elements.register import muted, register
from konzept.elements.table_cells import written
from konzept.words.labels import NOT_NAMED


def offers_table(concept: Concept) -> Table | None:
    """List existing offers: for whom, in which languages, where, and whom to ask."""
    if not concept.offers:
        return None
    contacts = any(o.contacts for o in concept.offers)
    rows = [
        [
            _offer(o, concept.field_name(o.field_id)),
            written(o.audience),
            written(o.languages),
            written(o.place),
            _carrier(o, contacts=contacts),
        ]
        for o in concept.offers
    ]
    heads = ("Angebot", "Zielgruppe", "Sprachen", "Ort", "Träger")
    notes = [] if contacts else ["Kontakt: in den Quellen zu keinem Angebot genannt."]
    sources = [o.source for o in concept.offers]
    return register(
        "angebote", "Bestehende Angebote", heads, rows, sources, notes, widths=(35, 15, 15, 15, 20)
    )


def _offer(offer: Offer, field: str) -> Cell:
    more = [line(text) for text in (offer.description,) if text]
    return Cell(
        (line(Run(offer.name, strong=True)), *more, *muted(f"Handlungsfeld: {field}" if field else ""))
    )


def _carrier(offer: Offer, *, contacts: bool) -> Cell:
    """Name who runs an offer; where any offer has a contact, those without say so."""
    named = "; ".join(c.function for c in offer.contacts) or NOT_NAMED
    return Cell((*written(offer.actor).lines, *muted(f"Kontakt: {named}" if contacts else "")))


def contributions_table(concept: Concept) -> Table | None:
    """List what was proposed, what became of it, and in which measure it lives on."""
    if not concept.contributions:
        return None
    rows = [
        [
            written(c.text, strong=True),
            written(c.event),
            written(c.outcome.label),
            written(c.reason),
            written(c.measure),
        ]
        for c in concept.contributions
    ]
    heads = ("Beitrag", "Anlass", "Folge", "Begründung", "Maßnahme")
    caption = "Was aus Beiträgen wurde"
    return register("beitraege", caption, heads, rows, [c.source for c in concept.contributions])
