"""Participation and offers: what came of contributions, what people can use, what was learnt."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from konzept.concept.citing import cited
from konzept.concept.model import ActionField, Concept, Contact, Event, Experience, Offer
from konzept.elements.content import Cell, Column, Line, Points, Row, Run, Table, Text, joined, line
from konzept.elements.tables import muted, register, written
from konzept.words import german
from konzept.words.labels import NOT_NAMED

_MEETINGS = ("veranstaltung", "workshop", "sitzung")


def lead(concept: Concept) -> Text:
    """Say what is known of contributions, of those who took part and of surveys."""
    sentences = (_contributions(concept), _attendance(concept), _surveys(concept))
    return Text((line(" ".join(sentences)),), role="lead")


def _contributions(concept: Concept) -> str:
    n = len(concept.contributions)
    if not n:
        return "Einzelne Beiträge aus der Beteiligung sind nicht dokumentiert."
    counts = Counter(c.outcome for c in concept.contributions)
    parts = [f"{german.some(counts[key], 'er')} {key.label}" for key in sorted(counts, key=lambda o: o.place)]
    verb, every = ("ist", "er ist") if n == 1 else ("sind", "alle sind")
    what = german.capital(german.count(n, "Beitrag", "Beiträge", gender=""))
    rest = f"; {every} {next(iter(counts)).label}" if len(counts) == 1 else f": {german.listing(parts)}"
    return f"{what} aus der Beteiligung {verb} dokumentiert{rest}."


def _attendance(concept: Concept) -> str:
    held = [e for e in concept.own_events() if e.kind in _MEETINGS and e.state == "erfolgt"]
    if not held:
        return "Wie viele Menschen teilgenommen haben, ist nicht genannt."
    named = sum(bool(e.attendance) for e in held)
    some = german.some(named)
    return f"Angaben zu den Teilnehmenden gibt es für {some} von {german.word(len(held))} belegten Terminen."


def _surveys(concept: Concept) -> str:
    if concept.surveys:
        n = len(concept.surveys)
        return f"Zu {german.count(n, 'Frage', 'Fragen')} liegen Antworten aus Umfragen vor."
    return "Antworten aus Umfragen sind nicht veröffentlicht."


def offers_lead(concept: Concept) -> Text:
    """Count the offers and say what is known of them."""
    n = len(concept.offers)
    if not n:
        return Text((line("Bestehende Angebote sind in den Quellen nicht genannt."),), role="lead")
    what = german.capital(german.count(n, "Angebot", "Angebote", gender=""))
    known = (
        ("Sprachen", sum(bool(o.languages) for o in concept.offers)),
        ("die Zielgruppe", sum(bool(o.audience) for o in concept.offers)),
        ("eine Kontaktstelle", sum(bool(o.contacts) for o in concept.offers)),
    )
    parts = [f"{thing} zu {german.some(count, 'em')}" for thing, count in known]
    verb = "kommt" if n == 1 else "kommen"
    return Text(
        (line(Run(what, strong=True), f" {verb} in den Quellen vor; genannt sind {german.listing(parts)}."),),
        role="lead",
    )


def contacts_table(concept: Concept) -> Table | None:
    """List the contacts that are published, by function and never by name."""
    if not concept.contacts:
        return None
    rows = tuple(
        Row(
            (
                Cell.of(Run(c.function, strong=True)),
                written(c.actor),
                written(c.phone),
                written(c.email, to=f"mailto:{c.email}"),
            )
        )
        for c in concept.contacts
    )
    return Table(
        label="tab-kontakte",
        caption="Veröffentlichte Kontakte",
        columns=tuple(Column(title, width=25) for title in ("Funktion", "Stelle", "Telefon", "E-Mail")),
        rows=rows,
        sources=cited([c.source for c in concept.contacts]),
    )


def take_part(concept: Concept) -> Text:
    """Name the published contacts that one can write to or call, and the newest event that was open to all."""
    return Text((_contacts(concept), *_invitation(concept)))


def _contacts(concept: Concept) -> Line:
    found = [_contact(c) for c in concept.contacts if c.email or c.phone]
    if not found:
        return line("Eine Adresse dafür ist in den Quellen nicht veröffentlicht.")
    return line("Melden Sie sich dazu bei: ", *joined(found), ".")


def _contact(contact: Contact) -> Line:
    named = contact.function.startswith(contact.actor)
    who = contact.function if named else f"{contact.actor}, {contact.function}"
    phone = f", Telefon {contact.phone}" if contact.phone else ""
    mail = (", ", Run(contact.email, target=f"mailto:{contact.email}")) if contact.email else ()
    return line(f"{who}{phone}", *mail)


def _invitation(concept: Concept) -> list[Line]:
    """Name the event that comes next, else the last one, as far as its day is known."""
    dated = [
        e for e in concept.own_events() if e.kind == "veranstaltung" and e.start and e.state != "entfallen"
    ]
    if not dated:
        return []
    ahead = [e for e in dated if e.start and e.start >= concept.stand]
    event = min(ahead, key=_day) if ahead else max(dated, key=_day)
    opening = "Nächste Veranstaltung" if ahead else "Letzte bekannte Veranstaltung"
    told = "" if ahead or event.state == "erfolgt" else f", {event.state_text}"
    mark = Run(f" ({event.source.short_title})", source=(event.source.id, event.source.passage))
    return [line(f"{opening}: {event.title} ({event.when}{told}).", mark)]


def _day(event: Event) -> dt.date:
    return event.start or dt.date.min


def own_experiences(concept: Concept) -> Points | Text:
    """List what the town tried, good or bad, and which of its events did not take place."""
    lines = [_experience(e, concept.field_name(e.field_id)) for e in concept.experiences if _own(e)]
    lines += [
        line(Run(f"{e.when if e.start else 'ohne Termin'}: ", strong=True), f"{e.title} (entfallen).")
        for e in concept.own_events()
        if e.state == "entfallen"
    ]
    if lines:
        return Points(tuple(lines))
    town = concept.town.genitive
    return Text(
        (line(f"Eigene Erfahrungen {town} und ausgefallene Veranstaltungen nennen die Quellen nicht."),)
    )


def others_experiences(concept: Concept) -> Points | Text:
    """List what was tried elsewhere, and what it teaches."""
    found = [e for e in concept.experiences if not _own(e)]
    if not found:
        return Text((line("Erfahrungen anderer enthalten die Daten nicht."),))
    return Points(tuple(_experience(e, e.area.name if e.area else "") for e in found))


def _own(experience: Experience) -> bool:
    return experience.area is not None and experience.area.own


def _experience(experience: Experience, head: str) -> Line:
    return line(
        Run(f"{head}: " if head else "", strong=True),
        german.sentence(experience.text),
        Run(f" {german.sentence(experience.lesson)}" if experience.lesson else "", muted=True),
    )


def offers(field: ActionField) -> Points | None:
    """List what exists already in the field; None where the sources name nothing."""
    if not field.offers:
        return None
    return Points(
        tuple(
            line(Run(o.name, strong=True), f": {german.sentence(o.description)}" if o.description else "")
            for o in field.offers
        )
    )


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
