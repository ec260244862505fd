"""What files of the offices change in the data: found by itself, told before it is written, never lost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from folders import PROGRAM, PROJECT, real_copy, rows, write
from konzept.authors.excel import carry_out
from konzept.authors.statistics import Wishes, plan_taking, raw_files
from konzept.authors.statistics.taking import Taking
from konzept.cli import main
from konzept.concept.assembly import load_concept
from konzept.concept.comparing import CORRECTED, HAPPENED, LEARNT, compare
from konzept.concept.known import known
from konzept.concept.states import state_of
from konzept.data.problems import DataProblems
from konzept.data.reading import read_folder
from sentences.statistics import CHOICES, FLAT, STATISTICS, STATISTICS_OTHERS

SAMPLES = PROGRAM / "tests/samples/statistik"
DAY = dt.date(2025, 12, 18)
KITA, LANGUAGE, CITIZENS = "i-kita-auslaendische-herkunft", "i-kita-familiensprache", "i-einbuergerungen"
MONITORED = (KITA, LANGUAGE, CITIZENS)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of the data whose series no file has been read for."""
    folder = real_copy(tmp_path / "data")
    write(folder, "abrufe", [])
    return folder


def take(folder: Path, *paths: Path, sure: bool = True, **wishes: object) -> Taking:
    taking = plan_taking(paths, folder, None, Wishes(day=wishes.pop("day", DAY), **wishes))  # type: ignore[arg-type]
    if sure:
        carry_out(taking.plan)
    return taking


def konzept(monkeypatch: pytest.MonkeyPatch, *typed: str) -> int:
    monkeypatch.setattr(sys, "argv", ["konzept", *typed])
    monkeypatch.chdir(PROJECT)
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def observed(folder: Path, *indicators: str) -> list[tuple[str, ...]]:
    names = ("indikator_id", "gebiet_id", "gruppe_id", "zeit", "jahr", "wert", "genauigkeit")
    return [tuple(r[n] for n in names) for r in rows(folder, "messwerte") if r["indikator_id"] in indicators]


# The first time


def test_the_values_of_the_data_tell_what_a_file_is_for(data: Path) -> None:
    before = state(data)
    taking = take(data, SAMPLES / "neu/indicator_3-1-2.csv", SAMPLES / "neu/indicator_2-3-1.csv")
    assert len(taking.plan.questions) == 9
    assert all("17 von 17 Werten" in q or "20 von 20 Werten" in q for q in taking.plan.questions)
    made = {(r["indikator_id"], r["gebiet_id"]): r for r in rows(data, "abrufe")}
    assert set(made) == {
        (i, a) for i in MONITORED for a in ("umland-hannover", "region-hannover", "niedersachsen")
    }
    row = made[LANGUAGE, "umland-hannover"]
    assert (row["tabelle"], row["auswahl"], row["schluessel"], row["stellen"], row["zeitform"]) == (
        *("indicator_3-1-2", "Kinderbetreuung=in der Familie wird vorrangig nicht deutsch gesprochen"),
        *("K03241999", "2", "jahr"),
    )
    assert (row["dokument_id"], row["lizenz"]) == ("d-integrationsmonitoring", "Quellenangabe © LSN")
    # All values were there already: nothing else changes.
    after = state(data)
    assert {name for name in after if after[name] != before[name]} == {"abrufe.csv"}


def test_municipalities_are_known_by_their_keys(data: Path) -> None:
    take(data, SAMPLES / FLAT)
    town, nation = rows(data, "abrufe")
    assert (town["merkmal"], town["gebiet_id"], town["schluessel"], town["abdeckung"]) == ("PRS018", "", "", "21 Gebiete, 2022")  # fmt: skip
    assert (nation["merkmal"], nation["gebiet_id"]) == ("PRS001", "deutschland")
    assert "Cell-Key-Verfahren" in town["hinweis"]
    indicator = next(i for i in load_concept(data).indicators if i.id == "i-bevoelkerung-zensus")
    assert (indicator.remarks, indicator.reach) == ((town["hinweis"],), "21 Gebiete, 2022")


def test_an_indicator_that_is_named_takes_its_groups_from_the_file(data: Path) -> None:
    taking = take(
        data, SAMPLES / "21311-01-01-4-B_de_flat_auszug.csv", indicator="i-interkulturelle-angebote"
    )
    assert observed(data, "i-interkulturelle-angebote") == [
        (
            "i-interkulturelle-angebote",
            "region-hannover",
            group,
            "Wintersemester 2023/24",
            "2023",
            wert,
            "genau",
        )
        for group, wert in (("insgesamt", "48760"), ("auslaender", "7405"), ("deutsche", "41355"))
    ]
    (document,) = [r for r in rows(data, "dokumente") if "21311" in r["titel"]]
    assert (document["zugriff_am"], document["datum"], document["lizenz"]) == (
        "2025-12-18",
        "",
        "dl-de/by-2-0",
    )
    assert any("Nationalität" not in q and "NAT01: ausländisch" in q for q in taking.plan.questions)


def test_thousands_become_people(data: Path) -> None:
    take(data, SAMPLES / "12211-Z-11_de_flat_auszug.csv", indicator="i-nutzung-freizeitangebote")
    assert [o[5] for o in observed(data, "i-nutzung-freizeitangebote")] == ["612000"]
    assert rows(data, "abrufe")[0]["faktor"] == "1000"


# The next years


def earlier(data: Path) -> None:
    """Take back what the newer release of the monitoring has brought."""
    write(data, "messwerte", [r for r in rows(data, "messwerte") if not (r["indikator_id"] in MONITORED and r["jahr"] == "2024")])  # fmt: skip
    take(
        data,
        SAMPLES / "alt/indicator_3-1-2.csv",
        SAMPLES / "alt/indicator_2-3-1.csv",
        day=dt.date(2025, 1, 15),
    )


def test_the_next_release_needs_no_typed_cell(
    data: Path, real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier(data)
    before = rows(data, "messwerte")
    status = konzept(
        monkeypatch, "statistik", str(SAMPLES / "neu"), "--abgerufen", "18.12.2025", "--data", str(data)
    )
    told = capsys.readouterr().out
    assert status == 0
    assert sorted(observed(data, *MONITORED)) == sorted(observed(real, *MONITORED))
    new = [r for r in rows(data, "messwerte") if r not in before]
    assert len(new) == 9
    assert {r["quelle_id"] for r in new} == {"d-integrationsmonitoring-2025-12-18"}
    assert "Einbürgerungen, Region Hannover: 1 neu, 0 geändert, 0 entfallen, 19 unverändert" in told
    assert "neu: Region Hannover, 2024: 4.327" in told
    assert all(row in rows(data, "messwerte") for row in before)


@pytest.mark.parametrize("indicator", MONITORED)
def test_the_present_series_are_what_the_command_reads(indicator: str, data: Path, real: Path) -> None:
    """All values typed once are read from the files, and are the same."""
    shutil.copy(real / "abrufe.csv", data)
    write(data, "messwerte", [r for r in rows(data, "messwerte") if r["indikator_id"] != indicator])
    take(data, SAMPLES / "neu/indicator_3-1-2.csv", SAMPLES / "neu/indicator_2-3-1.csv")
    assert sorted(observed(data, indicator)) == sorted(observed(real, indicator))


def test_the_values_of_the_census_are_what_the_command_reads(data: Path, real: Path) -> None:
    shutil.copy(real / "abrufe.csv", data)
    read_by_hand = "i-bevoelkerung-zensus", "niedersachsen"
    write(data, "messwerte", [r for r in rows(data, "messwerte") if r["indikator_id"] != read_by_hand[0]])
    take(data, SAMPLES / FLAT)
    assert sorted(observed(data, read_by_hand[0])) == sorted(
        o for o in observed(real, read_by_hand[0]) if o[1] != read_by_hand[1]
    )


def revised(folder: Path) -> Path:
    """Write a release that changes one value, has lost one, calls one preliminary, and knows a new year."""
    lines = (SAMPLES / "neu/indicator_2-3-1.csv").read_text("utf-8-sig").splitlines(keepends=True)
    made = []
    for line in lines:
        year, *_, key, value = next(csv.reader(io.StringIO(line)))
        if (year, key) == ("2015", "K03241"):
            continue
        if (year, key) == ("2020", "K03241"):
            made.append(line.replace(value, "9999"))
        else:
            made.append(line)
    made.append('2025,"Region Hannover",K03241,5000\n')
    folder.mkdir()
    path = folder / "indicator_2-3-1.csv"
    path.write_text("".join(made), "utf-8")
    return path


@pytest.fixture
def after_revision(data: Path, tmp_path: Path) -> tuple[Path, Taking]:
    take(data, SAMPLES / "neu/indicator_2-3-1.csv")
    return data, take(data, revised(tmp_path / "later"), day=dt.date(2025, 12, 1))


def values(folder: Path, year: str) -> list[tuple[str, str, str]]:
    return [
        (r["wert"], r["quelle_id"], r["hinweis"])
        for r in rows(folder, "messwerte")
        if (r["indikator_id"], r["gebiet_id"], r["jahr"]) == (CITIZENS, "region-hannover", year)
    ]


def test_a_revision_is_told_and_keeps_what_was_known(after_revision: tuple[Path, Taking], real: Path) -> None:
    folder, taking = after_revision
    old = values(real, "2020")[0][0]
    new = "d-integrationsmonitoring-2025-12-01"
    assert values(folder, "2020") == [(old, "d-integrationsmonitoring", ""), ("9999", new, "")]
    assert values(folder, "2025") == [("5000", new, "")]
    (gone,) = values(folder, "2015")
    assert gone[1:] == ("d-integrationsmonitoring", "nicht mehr in der Datei vom 01.12.2025")
    told = "\n".join(taking.told)
    assert "Einbürgerungen, Region Hannover: 1 neu, 1 geändert, 1 entfallen, 18 unverändert" in told
    shown = f"{int(old):,}".replace(",", ".")
    assert f"geändert (Berichtigung): Region Hannover, 2020: {shown} → 9.999" in told
    assert "entfallen (bleibt mit Hinweis stehen): Region Hannover, 2015:" in told


def test_an_older_release_by_mistake_is_asked_about(data: Path, tmp_path: Path) -> None:
    take(data, SAMPLES / "neu/indicator_2-3-1.csv")
    plan = take(data, SAMPLES / "alt/indicator_2-3-1.csv", sure=False).plan
    assert (plan.questions, plan.contents) == ((), {})
    text = (
        (SAMPLES / "alt/indicator_2-3-1.csv").read_text("utf-8-sig").replace(",K03241,2810", ",K03241,2811")
    )
    (tmp_path / "indicator_2-3-1.csv").write_text(text, "utf-8")
    (question,) = take(data, tmp_path / "indicator_2-3-1.csv", sure=False).plan.questions
    assert question == (
        "indicator_2-3-1.csv nennt für „Einbürgerungen“ andere Werte als die Daten und reicht nur bis 2023, "
        "die Daten reichen bis 2024: Ist es eine ältere Fassung?"
    )


def test_of_two_releases_the_newest_is_shown(data: Path, tmp_path: Path, real: Path) -> None:
    take(data, SAMPLES / "neu/indicator_2-3-1.csv")
    take(data, revised(tmp_path / "later"), day=dt.date(2026, 12, 1))

    def shown(stand: dt.date | None) -> dict[str, float | None]:
        indicator = next(i for i in load_concept(data, stand=stand).indicators if i.id == CITIZENS)
        found = [o for o in indicator.actual() if o.area.id == "region-hannover"]
        assert len({o.time for o in found}) == len(found)
        return {o.time: o.value for o in found}

    old = float(values(real, "2020")[0][0])
    assert shown(None)["2020"] == 9999
    assert shown(dt.date(2025, 12, 17)).get("2020") in (None, old)
    again = state_of(read_folder(real))
    now = state_of(read_folder(data))
    kinds = {
        (c.kind, c.table, c.column)
        for c in compare(again, now).changes
        if c.row.get("indikator_id") == CITIZENS and c.column in (None, "wert")
    }
    assert (CORRECTED, "messwerte", "wert") in kinds
    assert kinds <= {
        (CORRECTED, "messwerte", "wert"),
        (HAPPENED, "messwerte", None),
        (LEARNT, "messwerte", None),
    }


def test_a_release_makes_nothing_unknown_that_was_known(data: Path, tmp_path: Path) -> None:
    take(data, SAMPLES / "neu/indicator_2-3-1.csv")

    def at(day: dt.date) -> list[tuple[str, ...]]:
        reading = read_folder(data)
        assert reading.package is not None
        found = known(reading.package, reading.rows, day).rows["messwerte"]
        return sorted(
            (r["gebiet_id"], r["zeit"], str(r["wert"])) for r in found if r["indikator_id"] == CITIZENS
        )

    days = [dt.date(2018, 6, 1), dt.date(2022, 6, 1), dt.date(2025, 12, 17)]
    before = [at(day) for day in days]
    take(data, revised(tmp_path / "later"), day=dt.date(2026, 12, 1))
    assert [at(day) for day in days] == before


def test_the_same_file_again_changes_nothing(data: Path) -> None:
    take(data, SAMPLES / "neu/indicator_2-3-1.csv")
    before = state(data)
    assert take(data, SAMPLES / "neu/indicator_2-3-1.csv").plan.contents == {}
    assert state(data) == before


def test_what_authors_noted_stays_when_a_result_becomes_final(data: Path, tmp_path: Path) -> None:
    name = "1000A-0000_de_flat.csv"
    text = (SAMPLES / FLAT).read_text("utf-8-sig")
    (tmp_path / name).write_text(text.replace(";43501;", ";43501 p;"), "utf-8")
    take(data, tmp_path / name)
    town = next(r for r in rows(data, "messwerte") if r["indikator_id"] == "i-bevoelkerung-zensus")
    assert town["hinweis"] == "bestätigt durch Tabelle 1000A-0000; vorläufiges Ergebnis"
    take(data, SAMPLES / FLAT)
    town = next(r for r in rows(data, "messwerte") if r["indikator_id"] == "i-bevoelkerung-zensus")
    assert town["hinweis"] == "bestätigt durch Tabelle 1000A-0000"


def test_signs_arrive_in_the_data(data: Path, tmp_path: Path) -> None:
    text = (SAMPLES / FLAT).read_text("utf-8-sig")
    edits = {";20172;": ";/;", ";29409;": ";.;", ";33727;": ";...;", ";31045;": ";(31050);", ";14149;": ";-;"}
    for old, new in edits.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    write(
        data,
        "messwerte",
        [r for r in rows(data, "messwerte") if r["indikator_id"] != "i-bevoelkerung-zensus"],
    )
    (tmp_path / "1000A-0000_de_flat.csv").write_text(text, "utf-8")
    taking = take(
        data, tmp_path / "1000A-0000_de_flat.csv", indicator="i-bevoelkerung-zensus", selection="wert=PRS018"
    )
    found = {o[1]: (o[5], o[6]) for o in observed(data, "i-bevoelkerung-zensus")}
    assert found["burgwedel"] == ("", "nur_trend")
    assert found["wedemark"] == ("", "gesperrt")
    assert "barsinghausen" not in found
    assert found["burgdorf"] == ("31050", "circa")
    assert found["wennigsen"] == ("0", "genau")
    assert "    ohne Wert: 1 („Angabe fällt später an“)" in taking.told


def test_a_former_area_has_no_zero(data: Path, tmp_path: Path) -> None:
    text = (SAMPLES / FLAT).read_text("utf-8-sig")
    text = text.replace(";Lehrte, Stadt;43501;", ";Lehrte, Stadt (bis 31.12.2020);-;")
    (tmp_path / "1000A-0000_de_flat.csv").write_text(text, "utf-8")
    taking = take(data, tmp_path / "1000A-0000_de_flat.csv", sure=False)
    told = "\n".join(taking.told)
    assert "ohne Wert: 1 („Gebiet besteht nicht mehr“)" in told
    assert "Gebietsstand: „Lehrte, Stadt (bis 31.12.2020)“: Den Gebietsstand nennt die Datei selbst (bis 31.12.2020)." in told  # fmt: skip


def test_a_whole_archive_of_the_monitoring_is_read(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "IM_Data-main.zip", "w") as archive:
        for path in (SAMPLES / "neu").glob("*.csv"):
            archive.write(path, f"IM_Data-main/data/{path.name}")
        archive.writestr("IM_Data-main/data/indicator_9-9-9.csv", "Year,Value\n1901,7\n")
        archive.writestr("IM_Data-main/sonst.csv", "a,b\n1,2\n")
    taking = take(data, tmp_path / "IM_Data-main.zip")
    assert taking.told[-1] == "Ohne Indikator in den Daten: 1 Datei."
    assert len(rows(data, "abrufe")) == 9


# Asking, trying, refusing


def test_it_asks_before_it_writes_and_a_trial_writes_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(data)
    typed = ["statistik", str(SAMPLES / FLAT), "--data", str(data)]
    assert konzept(monkeypatch, *typed, "--probe") == 0
    told = capsys.readouterr()
    assert told.out.endswith("Probe: Geschrieben ist nichts.\n")
    assert "Vorschlag: Aus der Tabelle 1000A-0000 („Personen“ in Anzahl) wird „Bevölkerung nach dem Zensus 2022“" in told.err  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert konzept(monkeypatch, *typed) == 1
    again = f"konzept statistik {SAMPLES / FLAT} --data {data} --ja"
    assert f"Ist alles so gemeint: „{again}“." in capsys.readouterr().err
    assert state(data) == before
    assert konzept(monkeypatch, *typed, "--ja") == 0
    assert "Zurücknehmen: „konzept excel zurueck“" in capsys.readouterr().out
    assert len(rows(data, "abrufe")) == 2
    assert konzept(monkeypatch, *typed, "--abgerufen", "gestern") == 2


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give data whose series have their tables, not to be written to."""
    return real_copy(tmp_path_factory.mktemp("statistik") / "data")


@pytest.mark.parametrize("mistake", STATISTICS)
def test_what_is_no_sound_file_is_refused(mistake: str, mapped: Path, tmp_path: Path) -> None:
    sample, name, damage, expected = STATISTICS[mistake]
    (tmp_path / name).write_bytes(damage((SAMPLES / sample).read_bytes()))
    before = state(mapped)
    with pytest.raises(DataProblems) as raised:
        plan_taking([tmp_path / name], mapped, None, Wishes(day=DAY))
    told = [str(problem) for problem in raised.value.problems]
    assert any(expected in sentence for sentence in told), told
    assert all(sentence.startswith(name) for sentence in told)
    assert state(mapped) == before


@pytest.mark.parametrize("mistake", CHOICES)
def test_what_a_file_leaves_open_is_asked(
    mistake: str, mapped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample, typed, expected = CHOICES[mistake]
    assert konzept(monkeypatch, "statistik", str(SAMPLES / sample), "--data", str(mapped), *typed) == 1
    assert expected in capsys.readouterr().err


def test_other_files_and_folders_that_are_refused(mapped: Path, tmp_path: Path) -> None:
    empty, strange = tmp_path / "leer", tmp_path / "fremd"
    empty.mkdir()
    strange.mkdir()
    (strange / "indicator_9-9-9.csv").write_text("Year,Value\n1901,7\n", "utf-8")
    locked = tmp_path / "1000A-0000_de_flat.zip"
    with zipfile.ZipFile(locked, "w") as archive:
        archive.writestr(FLAT, "x")
    content = bytearray(locked.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        content[at] |= 1
    locked.write_bytes(bytes(content))
    asked = {
        "Datei gibt es nicht": [tmp_path / "fehlt.csv"],
        "Ordner ohne Open SDG": [empty],
        "Datei zweimal genannt": [SAMPLES / FLAT, SAMPLES / FLAT],
        "Archiv mit Passwort": [locked],
        "Ordner ohne Indikator der Daten": [strange],
    }
    assert {*asked, "Riesige Datei"} == set(STATISTICS_OTHERS)
    for mistake, paths in asked.items():
        with pytest.raises(DataProblems) as raised:
            plan_taking(paths, mapped, None, Wishes(day=DAY))
        assert str(raised.value) == STATISTICS_OTHERS[mistake]


def test_a_file_without_end_is_not_read(mapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_files, "_MOST", 1000)
    with pytest.raises(DataProblems) as raised:
        plan_taking([SAMPLES / FLAT], mapped, None, Wishes(day=DAY))
    assert str(raised.value) == STATISTICS_OTHERS["Riesige Datei"]


def test_a_pipe_is_not_waited_for(mapped: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FLAT)
    with pytest.raises(DataProblems, match="Diese Datei gibt es nicht"):
        plan_taking([tmp_path / FLAT], mapped, None, Wishes(day=DAY))
