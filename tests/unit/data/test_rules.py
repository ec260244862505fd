"""Rules across tables: each one is broken once and named at its place."""

from pathlib import Path

import pytest

from folders import rows, tell, write
from konzept.authors.check import check_project

SOURCE = {"quelle_id": "d-sachstandsbericht-2", "fundstelle": "Seite 1"}
VALUE = {
    "indikator_id": "i-deutsch-bei-einschulung",
    "art": "ist",
    "gebiet_id": "lehrte",
    "gruppe_id": "insgesamt",
    "zeit": "2024",
    "jahr": "2024",
    "wert": "20",
    "genauigkeit": "genau",
    **SOURCE,
}


def add(folder: Path, table: str, **row: str) -> int:
    """Add a row; give its line."""
    content = rows(folder, table)
    write(folder, table, [*content, {**row}])
    return len(content) + 2


def messages(folder: Path) -> list[str]:
    return [str(problem) for problem in check_project(folder)]


@pytest.mark.parametrize(
    ("table", "row", "column", "message"),
    [
        (
            "massnahme_bezuege",
            {"id": "v-x", "massnahme_id": "m-bildung-bibliothek", "beleg": "quelle", **SOURCE},
            None,
            "Genau eine der Spalten ziel_id, querfeld_id, indikator_id, ereignis_id und verwandt_id muss gefüllt sein, nicht 0. Berichtigen Sie die Zeile.",
        ),
        (
            "massnahme_bezuege",
            {
                "id": "v-x",
                "massnahme_id": "m-bildung-bibliothek",
                "verwandt_id": "m-bildung-bibliothek",
                "beleg": "quelle",
                **SOURCE,
            },
            "verwandt_id",
            "Die Maßnahme ist hier mit sich selbst verwandt. Tragen Sie die andere Maßnahme ein oder entfernen Sie die Zeile.",
        ),
        (
            "statusverlauf",
            {"massnahme_id": "m-bildung-bibliothek", "datum": "2030-01-01", "status": "idee", **SOURCE},
            "datum",
            "01.01.2030 liegt nach dem Stand der Daten (18.12.2025). "
            "Passen Sie „stand“ in kommune.json an oder berichtigen Sie das Datum.",
        ),
        (
            "messwerte",
            {**VALUE, "art": "soll"},
            "soll_art",
            "Ein Sollwert braucht die Angabe „beschlossen“ oder „abgeleitet“. Ergänzen Sie sie.",
        ),
        (
            "messwerte",
            {**VALUE, "soll_art": "beschlossen"},
            "soll_art",
            "Ein Istwert hat keine Soll-Art. Leeren Sie diese Zelle.",
        ),
        (
            "messwerte",
            {**VALUE, "genauigkeit": "nur_trend"},
            "wert",
            "Bei „nur_trend“ darf keine Zahl stehen. Leeren Sie diese Zelle, oder ändern Sie die Genauigkeit.",
        ),
        (
            "messwerte",
            {**VALUE, "genauigkeit": "gesperrt"},
            "wert",
            "Bei „gesperrt“ darf keine Zahl stehen. Leeren Sie diese Zelle, oder ändern Sie die Genauigkeit.",
        ),
        (
            "messwerte",
            {**VALUE, "wert": ""},
            "wert",
            "Bei „genau“ fehlt die Zahl. Ergänzen Sie sie, oder ändern Sie die Genauigkeit.",
        ),
        (
            "kosten",
            {
                "id": "k-x",
                "massnahme_id": "m-bildung-sprachprogramm",
                "art": "jaehrlich",
                "betrag_eur": "1",
                "genauigkeit": "genau",
                "haushaltsstand": "angemeldet",
                **SOURCE,
            },
            None,
            "Diese Kosten (Maßnahme, Art, Jahr, Haushaltsstand) stehen schon in einer anderen Zeile. Löschen oder berichtigen Sie eine der beiden Zeilen.",
        ),
    ],
)
def test_rule(data: Path, table: str, row: dict[str, str], column: str | None, message: str) -> None:
    line = add(data, table, **row)
    where = f"data/{table}.csv, Zeile {line}" + (f", Spalte „{column}“" if column else "")
    assert f"{where}: {message}" in messages(data)


def test_end_before_beginning(data: Path) -> None:
    content = rows(data, "massnahmen")
    content[0] |= {"beginn": "2026-05-01", "ende": "2026-04-01", "zeit_genauigkeit": "tag"}
    write(data, "massnahmen", content)
    assert messages(data) == [
        "data/massnahmen.csv, Zeile 2, Spalte „ende“: Das Ende (01.04.2026) liegt vor dem Beginn (01.05.2026). Berichtigen Sie einen der beiden Tage."
    ]


def test_event_in_the_future_cannot_have_happened(data: Path) -> None:
    content = rows(data, "ereignisse")
    content[0] |= {"von": "2031-01-01"}
    write(data, "ereignisse", content)
    assert messages(data) == [
        "data/ereignisse.csv, Zeile 2, Spalte „stand“: "
        "Ein Ereignis nach dem Stand der Daten kann noch nicht „erfolgt“ sein. Ändern Sie diese Angabe, oder berichtigen Sie das Datum."
    ]


def test_goals_in_a_circle(data: Path) -> None:
    content = rows(data, "ziele")
    content[0]["uebergeordnet_id"], content[1]["uebergeordnet_id"] = content[1]["id"], content[0]["id"]
    write(data, "ziele", content)
    (only,) = messages(data)
    assert only.startswith(
        "data/ziele.csv, Zeile 2, Spalte „uebergeordnet_id“: Die Zuordnung läuft im Kreis: "
    )


def _minimum(folder: Path, least: str) -> None:
    content = rows(folder, "indikatoren")
    content[0]["mindestfallzahl"] = least
    write(folder, "indikatoren", content)
    values = [r for r in rows(folder, "messwerte") if r["indikator_id"] != content[0]["id"]]
    write(folder, "messwerte", values)


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (
            "",
            "Der Indikator verlangt eine Fallzahl (mindestens 5). Ergänzen Sie sie, oder sperren Sie den Wert.",
        ),
        ("4", "4 liegt unter der Mindestfallzahl 5. "),
        ("5", None),
    ],
)
def test_small_counts(data: Path, count: str, message: str | None) -> None:
    _minimum(data, "5")
    line = add(data, "messwerte", **VALUE, fallzahl=count)
    found = messages(data)
    if message is None:
        assert found == []
    else:
        (only,) = found
        assert only.startswith(f"data/messwerte.csv, Zeile {line}, Spalte „fallzahl“: {message}")


def test_small_count_of_the_state_is_no_problem(data: Path) -> None:
    _minimum(data, "5")
    add(data, "messwerte", **{**VALUE, "gebiet_id": "niedersachsen"})
    assert messages(data) == []


@pytest.mark.parametrize("area", ["region-hannover", "umland-hannover", "niedersachsen"])
def test_small_counts_are_told_at_no_level(data: Path, area: str) -> None:
    """Three people are three people, wherever they live."""
    tell(data, art="region", ags="03241", gebiet_id="region-hannover")
    _minimum(data, "5")
    line = add(data, "messwerte", **{**VALUE, "gebiet_id": area, "fallzahl": "3"})
    found = [m for m in messages(data) if "Mindestfallzahl" in m]
    assert [m.partition(":")[0] for m in found] == [f"data/messwerte.csv, Zeile {line}, Spalte „fallzahl“"]


@pytest.mark.parametrize("area", ["lehrte", "region-hannover"])
def test_one_suppressed_group_can_be_computed_at_any_level(data: Path, area: str) -> None:
    for group in ("insgesamt", "auslaender"):
        add(data, "messwerte", **{**VALUE, "gebiet_id": area, "gruppe_id": group, "fallzahl": "50"})
    hidden = {**VALUE, "gebiet_id": area, "gruppe_id": "deutsche", "wert": "", "genauigkeit": "gesperrt"}
    add(data, "messwerte", **hidden)
    (only,) = messages(data)
    assert "lässt sich aus den anderen Gruppen errechnen" in only


def test_one_suppressed_group_can_be_computed(data: Path) -> None:
    _minimum(data, "5")
    for group in ("insgesamt", "auslaender"):
        add(data, "messwerte", **{**VALUE, "gruppe_id": group, "fallzahl": "50"})
    hidden = {**VALUE, "gruppe_id": "deutsche", "wert": "", "genauigkeit": "gesperrt"}
    line = add(data, "messwerte", **hidden)
    assert messages(data) == [
        f"data/messwerte.csv, Zeile {line}, Spalte „genauigkeit“: "
        "Der gesperrte Wert lässt sich aus den anderen Gruppen errechnen. Sperren Sie einen zweiten Wert."
    ]
