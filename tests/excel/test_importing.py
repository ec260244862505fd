"""Workbooks edited through openpyxl and taken back: just what was edited changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import Workbook

from folders import PROJECT, rows, write
from konzept.authors.check import check_project
from konzept.authors.excel import export_workbook
from konzept.data.problems import DataProblems
from workbooks import append, cell, column, contents, edit, import_workbook

SOURCE = "d-lehrte-integrationskonzept – Seite der Stadt zum Integrationskonzept"
"""A page without a day: it may tell of any."""


def problems(path: Path, folder: Path) -> list[str]:
    """Say what an import refuses; it must leave the data alone."""
    before = contents(folder)
    with pytest.raises(DataProblems) as caught:
        import_workbook(path, folder)
    assert contents(folder) == before
    return [str(problem) for problem in caught.value.problems]


def changed_files(before: dict[str, bytes], folder: Path) -> set[str]:
    after = contents(folder)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_export_and_import_of_all_real_data_change_no_byte(data: Path, tmp_path: Path) -> None:
    before = contents(data)
    path = tmp_path / "konzept.xlsx"
    assert export_workbook(path, data) == 31
    assert import_workbook(path, data, PROJECT / "book") == ["Keine Änderungen."]
    assert contents(data) == before


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_files_keep_their_notation_around_one_change(
    folder: Path, tmp_path: Path, end: bytes, mark: bytes
) -> None:
    text = (folder / "massnahmen.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")
    # Idle quotes and German dates are another's way of writing the same.
    text = text.replace(
        b";bildung;Akteur*innen weiter vernetzen;", b';"bildung";"Akteur*innen weiter vernetzen";'
    )
    (folder / "massnahmen.csv").write_bytes(mark + text.replace(b"\n", end))
    before = contents(folder)
    path = tmp_path / "konzept.xlsx"
    export_workbook(path, folder)

    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", "m-bildung-bibliothek", "Zielgruppe").value = "Familien"

    assert import_workbook(edit(path, change), folder) == [
        "Maßnahmen: 1 geändert",
        "  geändert (Zeile 4): m-bildung-bibliothek – Angebot und Öffnungszeiten der Bibliothek erweitern",
        "    Zielgruppe: leer → „Familien“",
    ]
    assert changed_files(before, folder) == {"massnahmen.csv"}
    expected = before["massnahmen.csv"].replace(
        b"Bibliothek erweitern;;;", b"Bibliothek erweitern;;Familien;", 1
    )
    assert expected != before["massnahmen.csv"]
    assert (folder / "massnahmen.csv").read_bytes() == expected


def test_one_row_makes_a_measure(folder: Path, workbook: Path) -> None:
    before = contents(folder)

    def change(book: Workbook) -> None:
        append(
            book,
            "Neue Maßnahme",
            Titel="Sprachcafé für Eltern",
            Handlungsfeld="bildung – Bildung und Erziehung",
            Ziel="z-bildung-schuleingang – Jedes Kind wird",
            Beleg_für_das_Ziel="steht in der Quelle",
            Status="zum Haushalt angemeldet",
            Status_seit=dt.datetime(2025, 12, 1),
            Wort_der_Quelle_zum_Status="angemeldet worden",
            Beleg_für_den_Status="steht in der Quelle",
            Federführung="a-mut – Fachkräfte für Migration und Teilhabe",
            Beteiligt_1="Frühe Hilfen",
            Beginn="01.03.2026",
            Genauigkeit_der_Zeit="Monat",
            Kosten_in_Euro=1234.5,
            Art_der_Kosten="einmalig",
            Haushaltsjahr=2026,
            Genauigkeit_der_Kosten="ungefähr",
            Haushaltsstand="angemeldet",
            Quelle=SOURCE,
            Fundstelle="Kapitel 9",
        )

    told = import_workbook(edit(workbook, change), folder)
    place = "(Blatt „Neue Maßnahme“, Zeile 4)"
    measure = "(Maßnahme „Sprachcafé für Eltern“)"
    said = "Quelle: „d-lehrte-integrationskonzept“ · Fundstelle: „Kapitel 9“"
    assert told == [
        "Maßnahmen: 1 neu",
        f"  neu {place}: m-bildung-sprachcafe-eltern – Sprachcafé für Eltern",
        "    Handlungsfeld: „bildung“ · Beginn: „01.03.2026“ · Genauigkeit der Zeit: „Monat“ · "
        f"Mehrsprachig: „offen“ · Leichte Sprache: „offen“ · Barrierefrei: „offen“ · {said}",
        "Bezüge der Maßnahmen: 1 neu",
        f"  neu {place}: v-bildung-sprachcafe-eltern-bildung-schuleingang {measure}",
        f"    Ziel: „z-bildung-schuleingang“ · Beleg: „steht in der Quelle“ · {said}",
        "Statusverlauf: 1 neu",
        f"  neu {place}: m-bildung-sprachcafe-eltern + 2025-12-01: zum Haushalt angemeldet {measure}",
        "    Status: „zum Haushalt angemeldet“ · Wort der Quelle: „angemeldet worden“ · "
        f"Beleg: „steht in der Quelle“ · {said}",
        "Kosten: 1 neu",
        f"  neu {place}: k-bildung-sprachcafe-eltern-einmalig-2026 {measure}",
        "    Art: „einmalig“ · Haushaltsjahr: „2026“ · Betrag in Euro: „1234,5“ · "
        f"Genauigkeit: „ungefähr“ · Haushaltsstand: „angemeldet“ · {said}",
        "Zuständigkeiten: 2 neu",
        f"  neu {place}: m-bildung-sprachcafe-eltern + a-mut {measure}",
        f"    Rolle: „federführend“ · {said}",
        f"  neu {place}: m-bildung-sprachcafe-eltern + a-fruehe-hilfen {measure}",
        f"    Rolle: „beteiligt“ · {said}",
    ]
    source = ";d-lehrte-integrationskonzept;Kapitel 9\n"
    new = {
        "massnahmen.csv": "m-bildung-sprachcafe-eltern;bildung;Sprachcafé für Eltern;;;;;2026-03-01;;monat;"
        f"offen;offen;offen{source}",
        "massnahme_bezuege.csv": "v-bildung-sprachcafe-eltern-bildung-schuleingang;m-bildung-sprachcafe-eltern;"
        f"z-bildung-schuleingang;;;;;quelle{source}",
        "statusverlauf.csv": f"m-bildung-sprachcafe-eltern;2025-12-01;angemeldet;angemeldet worden;quelle;;{source}",
        "kosten.csv": "k-bildung-sprachcafe-eltern-einmalig-2026;m-bildung-sprachcafe-eltern;einmalig;2026;1234,5;"
        f"circa;angemeldet;;{source}",
        "zustaendigkeiten.csv": f"m-bildung-sprachcafe-eltern;a-mut;federfuehrend{source}"
        f"m-bildung-sprachcafe-eltern;a-fruehe-hilfen;beteiligt{source}",
    }
    expected = before | {name: before[name] + text.encode() for name, text in new.items()}
    assert contents(folder) == expected
    assert check_project(folder) == ()
    # The same workbook once more adds nothing twice.
    assert import_workbook(workbook, folder) == ["Keine Änderungen."]
    assert contents(folder) == expected


def test_a_measure_without_its_needs_is_named_by_cell(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        append(book, "Neue Maßnahme", Titel="Etwas", Handlungsfeld="bildnug", Kosten_in_Euro=5)

    assert problems(edit(workbook, change), folder) == [
        "konzept.xlsx, Blatt „Neue Maßnahme“, Zelle G4, Spalte „Status“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein.",
        "konzept.xlsx, Blatt „Neue Maßnahme“, Zelle H4, Spalte „Status seit“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein.",
        "konzept.xlsx, Blatt „Neue Maßnahme“, Zelle X4, Spalte „Quelle“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein.",
        "konzept.xlsx, Blatt „Neue Maßnahme“, Zelle Y4, Spalte „Fundstelle“: Diese Angabe darf nicht fehlen. Tragen Sie sie ein.",
        "konzept.xlsx, Blatt „Neue Maßnahme“, Zelle B4, Spalte „Handlungsfeld“: „bildnug“ gibt es im Blatt "
        "„Handlungsfelder“ nicht. Meinten Sie „bildung – Bildung und Erziehung“?",
        *(
            f"konzept.xlsx, Blatt „Neue Maßnahme“, Zelle {where}: Diese Angabe darf nicht fehlen. Tragen Sie sie ein."
            for where in (
                "T4, Spalte „Art der Kosten“",
                "V4, Spalte „Genauigkeit der Kosten“",
                "W4, Spalte „Haushaltsstand“",
            )
        ),
    ]


def test_a_cost_without_its_kind_is_named_in_the_form(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        append(
            book,
            "Neue Maßnahme",
            Titel="Etwas",
            Handlungsfeld="bildung",
            Status="Idee",
            Status_seit="01.12.2025",
            Kosten_in_Euro=5,
            Quelle=SOURCE,
            Fundstelle="Seite 1",
        )

    assert problems(edit(workbook, change), folder) == [
        f"konzept.xlsx, Blatt „Neue Maßnahme“, Zelle {where}: Diese Angabe darf nicht fehlen. Tragen Sie sie ein."
        for where in (
            "T4, Spalte „Art der Kosten“",
            "V4, Spalte „Genauigkeit der Kosten“",
            "W4, Spalte „Haushaltsstand“",
        )
    ]


def test_new_rows_refer_to_each_other_by_name(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        source = {"Quelle": SOURCE, "Fundstelle": "Seite 1"}
        append(book, "Akteur_innen", Name="Nähstube (Ost)", Art="Initiative", **source)
        append(
            book,
            "Zuständigkeiten",
            **{"Maßnahme": "m-bildung-bibliothek", "Akteur*in": "nähstube (ost)", "Rolle": "beteiligt"},
            **source,
        )

    import_workbook(edit(workbook, change), folder)
    assert rows(folder, "akteure")[-1]["id"] == "a-naehstube-ost"
    assert rows(folder, "zustaendigkeiten")[-1]["akteur_id"] == "a-naehstube-ost"
    assert check_project(folder) == ()


def test_a_field_is_keyed_by_its_short_name(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        append(
            book,
            "Handlungsfelder",
            Nummer=10,
            Name="Wohnen und Mobilität im ländlichen Raum",
            Kurzname="Ländlicher Raum",
            Typ="Handlungsfeld",
            Projekt="Stadtgesellschaft",
            Bearbeitung="in Arbeit",
            Quelle=SOURCE,
            Fundstelle="Seite 1",
        )

    import_workbook(edit(workbook, change), folder, sure=True)
    assert rows(folder, "handlungsfelder")[-1]["id"] == "laendlicher-raum"


def test_keys_are_unique(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        for place in ("Seite 1", "Seite 2"):
            append(
                book,
                "Themen",
                Handlungsfeld="sprache",
                Art="Bedarf",
                Text="Mehr Kurse",
                Quelle=SOURCE,
                Fundstelle=place,
            )

    import_workbook(edit(workbook, change), folder, sure=True)
    assert [row["id"] for row in rows(folder, "themen")[-2:]] == [
        "t-sprache-mehr-kurse",
        "t-sprache-mehr-kurse-2",
    ]


def test_new_rows_stand_where_they_were_typed(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Themen"]
        sheet.insert_rows(6)
        for heading, value in (
            ("Handlungsfeld", "bildung"),
            ("Art", "Stärke"),
            ("Text", "Neu"),
            ("Quelle", SOURCE),
            ("Fundstelle", "S. 1"),
        ):
            sheet.cell(6, column(sheet, heading)).value = value

    before = [row["id"] for row in rows(folder, "themen")]
    import_workbook(edit(workbook, change), folder)
    assert [row["id"] for row in rows(folder, "themen")] == [*before[:2], "t-bildung-neu", *before[2:]]


def test_sorting_a_sheet_changes_nothing(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Maßnahmen"]
        values = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
        for row, new in zip(sheet.iter_rows(min_row=4), reversed(values), strict=True):
            for each, value in zip(row, new, strict=True):
                each.value = value

    before = contents(folder)
    assert import_workbook(edit(workbook, change), folder) == ["Keine Änderungen."]
    assert contents(folder) == before


def test_removed_rows_are_told(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Zuständigkeiten"]
        sheet.delete_rows(cell(book, "Zuständigkeiten", "m-bildung-sprachprogramm", "Rolle").row)

    before = rows(folder, "zustaendigkeiten")
    first = next(row for row in before if row["massnahme_id"] == "m-bildung-sprachprogramm")
    told = import_workbook(edit(workbook, change), folder)
    assert told == [
        "Zuständigkeiten: 1 gelöscht",
        f"  gelöscht: m-bildung-sprachprogramm + {first['akteur_id']} "
        "(Maßnahme „Programm für Spracherwerb und Elternarbeit aufbauen“)",
    ]
    assert rows(folder, "zustaendigkeiten") == [row for row in before if row != first]


def test_a_row_that_others_need_cannot_go(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Indikatoren"]
        sheet.delete_rows(cell(book, "Indikatoren", "i-deutsch-bei-einschulung", "Name").row)

    found = problems(edit(workbook, change), folder)
    assert found
    assert all("„i-deutsch-bei-einschulung“ gibt es" in each and "Zelle" in each for each in found)


def test_a_new_status_row_is_added(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        append(
            book,
            "Statusverlauf",
            Maßnahme="m-bildung-bibliothek",
            Datum=dt.date(2025, 11, 5),
            Status="in Prüfung",
            Wort_der_Quelle="wird geprüft",
            Beleg="steht in der Quelle",
            Quelle=SOURCE,
            Fundstelle="Seite 1",
        )

    before = rows(folder, "statusverlauf")
    import_workbook(edit(workbook, change), folder)
    assert rows(folder, "statusverlauf") == [
        *before,
        {
            "massnahme_id": "m-bildung-bibliothek",
            "datum": "2025-11-05",
            "status": "in_pruefung",
            "wortlaut": "wird geprüft",
            "beleg": "quelle",
            "text": "",
            "wiedervorlage": "",
            "quelle_id": "d-lehrte-integrationskonzept",
            "fundstelle": "Seite 1",
        },
    ]


def test_what_others_changed_since_stays(folder: Path, workbook: Path) -> None:
    content = rows(folder, "massnahmen")
    content[0]["beschreibung"] = "Von einer Kollegin ergänzt."
    write(folder, "massnahmen", content)

    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", "m-bildung-bibliothek", "Zielgruppe").value = "Familien"

    import_workbook(edit(workbook, change), folder)
    (first, *_) = rows(folder, "massnahmen")
    assert (first["beschreibung"], first["zielgruppe"]) == ("Von einer Kollegin ergänzt.", "Familien")


def test_a_key_does_not_change(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", "m-bildung-bibliothek", "Kennung").value = "m-bildung-buecherei"

    found = problems(edit(workbook, change), folder)
    assert found == [
        "konzept.xlsx, Blatt „Maßnahmen“, Zelle A4, Spalte „Kennung“: Diese Zeile heißt „m-bildung-bibliothek“; "
        "Kennungen werden nicht geändert. Tragen Sie sie wieder ein."
    ]


def test_rules_name_the_cell_of_the_workbook(folder: Path, workbook: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", "m-bildung-bibliothek", "Beginn").value = dt.date(2026, 1, 1)
        cell(book, "Maßnahmen", "m-bildung-bibliothek", "Ende").value = dt.date(2025, 1, 1)

    assert problems(edit(workbook, change), folder) == [
        "konzept.xlsx, Blatt „Maßnahmen“, Zelle I4, Spalte „Ende“: "
        "Das Ende (01.01.2025) liegt vor dem Beginn (01.01.2026). Berichtigen Sie einen der beiden Tage."
    ]


def test_private_names_do_not_get_in(folder: Path, workbook: Path) -> None:
    (folder / "intern").mkdir()
    (folder / "intern" / "personen.csv").write_text("name\nErika Mustermann\n", "utf-8")

    def change(book: Workbook) -> None:
        cell(book, "Maßnahmen", "m-bildung-bibliothek", "Beschreibung").value = "Mit Erika Mustermann."

    (only,) = problems(edit(workbook, change), folder)
    assert "Zelle D4" in only
    assert "nicht veröffentlicht" in only


def test_a_chapter_keeps_what_it_asks_for(data: Path, tmp_path: Path) -> None:
    """An indicator without observations may go from the tables, but not while a chapter shows it."""
    path = tmp_path / "konzept.xlsx"
    key = "i-kita-auslaendische-herkunft"
    book_folder = copytree(PROJECT / "book", tmp_path / "book")
    cell_of_it = f'```{{code-cell}} ipython3\nfield.indicator_chart("{key}")\n```\n'
    with (book_folder / "chapters/01-bildung.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n{cell_of_it}")
    for table in ("messwerte", "massnahme_bezuege"):
        write(data, table, [row for row in rows(data, table) if row["indikator_id"] != key])
    export_workbook(path, data)

    def change(book: Workbook) -> None:
        sheet = book["Indikatoren"]
        sheet.delete_rows(cell(book, "Indikatoren", key, "Name").row)

    edit(path, change)
    before = contents(data)
    with pytest.raises(DataProblems) as caught:
        import_workbook(path, data, book_folder)
    assert contents(data) == before
    assert any(problem.file == "book/chapters/01-bildung.md" for problem in caught.value.problems)
