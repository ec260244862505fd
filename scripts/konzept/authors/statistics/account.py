"""What files bring, told in German: of each series how much is new, changed and gone, and which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from konzept.authors.excel.layout import Cells, Tables
from konzept.authors.statistics.flatfile import FlatFile
from konzept.authors.statistics.releases import File
from konzept.authors.statistics.retrieval import selection, series_of
from konzept.authors.statistics.revisions import Item, Revision
from konzept.words import german


def asked_about(files: Sequence[File], tables: Tables) -> Iterator[str]:
    """Ask whether proposals are meant so."""
    names = {t: {row["id"]: row["name"] for row in tables[t]} for t in ("indikatoren", "gruppen", "gebiete")}
    for file in files:
        for row, proposal in zip(file.rows, file.proposals, strict=False):
            indicator, people = series_of(row)
            area = row["gebiet_id"]
            key = row["schluessel"]
            where = (
                f"„{names['gebiete'][area]}“" if area else "alle Gebiete, deren Schlüssel die Daten kennen"
            )
            where += f" (in der Datei {key}: „{file.flat.area_names.get(key, '')}“)" if key else ""
            what = ", ".join(filter(None, (_measure_name(file.flat, row), _selection_named(file.flat, row))))
            yield (
                f"Vorschlag: Aus der Tabelle {row['tabelle']}{f' ({what})' if what else ''} wird „{names['indikatoren'][indicator]}“, "
                f"Gruppe „{names['gruppen'][people]}“, {where}. Dafür spricht: {proposal.reason}."
            )


def doubts(files: Sequence[File], tables: Tables) -> Iterator[str]:
    """Ask whether a file that knows less than the data and says it otherwise is not an older one."""
    names = {row["id"]: row["name"] for row in tables["indikatoren"]}
    for file in files:
        for revision in file.revisions:
            if revision.older and revision.changed:
                ours, theirs = revision.until
                yield (
                    f"{file.flat.name} nennt für „{names[series_of(revision.row)[0]]}“ andere Werte als die Daten und reicht nur bis {theirs}, "
                    f"die Daten reichen bis {ours}: Ist es eine ältere Fassung?"
                )


def _measure_name(flat: FlatFile, row: Cells) -> str:
    frame = flat.frame
    labels = frame.loc[frame["measure"] == row["merkmal"], "measure_label"].unique()
    label = f"„{labels[0]}“" if len(labels) and str(labels[0]) else ""
    unit = f"in {row['einheit']}" if row["einheit"] else ""
    return " ".join(filter(None, (label, unit)))


def _selection_named(flat: FlatFile, row: Cells) -> str:
    return ", ".join(
        f"{name}: {flat.characteristics.get(name, {}).get(code, code).strip() or code}"
        for name, code in selection(row["auswahl"]).items()
    )


def account(
    files: Sequence[File],
    strangers: Sequence[str],
    documents: Sequence[tuple[str, Cells]],
    tables: Tables,
    *,
    most: int | None,
) -> Iterator[str]:
    """Tell of each file, and of each of its series: how many are new, changed and gone, and which."""
    names = {t: {row["id"]: row["name"] for row in tables[t]} for t in ("indikatoren", "gruppen", "gebiete")}
    for file in files:
        flat = file.flat
        title = f" „{flat.title}“" if flat.title else ""
        yield f"{flat.name}: Tabelle {flat.table}{title}, {german.number(flat.download.rows)} Zeilen, abgerufen am {german.date(file.day)}"
        for note in file.notes:
            yield f"  Gebietsstand: {note}"
        for revision in file.revisions:
            yield from _told_series(revision, names, most=most)
    for _, cells in documents:
        yield f"Neue Fassung der Quelle: {cells['id']} – {cells['titel']}"
    if strangers:
        noun = "Datei" if len(strangers) == 1 else "Dateien"
        yield f"Ohne Indikator in den Daten: {german.number(len(strangers))} {noun}."


def _told_series(
    revision: Revision, names: Mapping[str, Mapping[str, str]], *, most: int | None
) -> Iterator[str]:
    indicator, people = series_of(revision.row)
    group = "" if people == "insgesamt" else f", {names['gruppen'][people]}"
    area = names["gebiete"].get(revision.row["gebiet_id"], "")
    counts = [
        f"{german.number(len(items))} {word}"
        for word, items in (
            ("neu", revision.new),
            ("geändert", revision.changed),
            ("entfallen", revision.gone),
        )
    ]
    yield f"  {names['indikatoren'][indicator]}{group}{f', {area}' if area else ''}: {', '.join(counts)}, {german.number(revision.same)} unverändert"
    kinds: tuple[tuple[str, Sequence[Item]], ...] = (
        ("neu", revision.new),
        ("geändert (Berichtigung)", revision.changed),
        ("anderer Vermerk", revision.noted),
        ("entfallen (bleibt mit Hinweis stehen)", revision.gone),
    )
    for word, items in kinds:
        for item in items[:most]:
            yield f"    {word}: {names['gebiete'].get(item.area, item.area)}, {item.time}: {_change(item, word)}"
        if most is not None and len(items) > most:
            yield f"    {word}: und {german.number(len(items) - most)} weitere"
    for why, n in revision.absent.items():
        yield f"    ohne Wert: {german.number(n)} („{why}“)"
    if revision.coverage:
        yield f"    Abdeckung: {revision.coverage}"


def _change(item: Item, word: str) -> str:
    if word == "neu" and item.new:
        return _shown(item.new)
    if item.old and item.new and word.startswith("geändert"):
        lost = (
            item.old["hinweis"]
            if item.old["hinweis"] and item.old["hinweis"] not in item.new["hinweis"]
            else ""
        )
        return f"{_shown(item.old)} → {_shown(item.new)}" + (
            f" (der Hinweis „{lost}“ gilt dem alten Wert)" if lost else ""
        )
    if item.old and item.new and word.startswith("anderer"):
        return f"{item.old['hinweis'] or 'keiner'} → {item.new['hinweis'] or 'keiner'}"
    return _shown(item.old) if item.old else ""


def _shown(cells: Cells) -> str:
    """Show a value with its accuracy."""
    if cells["genauigkeit"] == "gesperrt":
        return "gesperrt"
    if cells["genauigkeit"] == "nur_trend" or not cells["wert"]:
        return "ohne Zahl"
    text = german.number(german.parse_number(cells["wert"]))
    text = f"ca. {text}" if cells["genauigkeit"] == "circa" else text
    notes = ["Reihenbruch"] if cells["reihenbruch"] == "ja" else []
    return f"{text} ({', '.join(notes)})" if notes else text
