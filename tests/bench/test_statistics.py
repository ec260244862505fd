"""A table of a million rows: at most ten seconds and 500 MB; run by `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measuring import konzept
from copies import copy_project

pytestmark = pytest.mark.bench

HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;1_variable_attribute_code;"
    "1_variable_attribute_label;2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label;value_q\n"
)


def large(path: Path) -> None:
    """Write 25 years of 1 000 areas and 40 groups, nearly each number another one."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(HEAD)
        for year in range(2000, 2025):
            for area in range(1000):
                key = "03241011" if area == 0 else f"{1_000_000 + area * 37:08}"
                for group in range(40):
                    code, label = (f"ST{group:03}", f"Land {group}") if group else ("", "Insgesamt")
                    value = (area * 7919 + group * 104_729 + year * 31) % 999_983
                    file.write(
                        f"12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;{year}-12-31;GEMEIN;Gemeinden;{key};"
                        f"Gemeinde Nummer {area}, Stadt;NAT;Staatsangehörigkeit;{code};{label};{value};Anzahl;BEVSTD;Bevölkerungsstand;e\n"
                    )


def test_a_million_rows(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "buch")
    large(project / "12411-09-01-5_de_flat.csv")
    cost = konzept(
        project,
        "statistik",
        "12411-09-01-5_de_flat.csv",
        "--probe",
        "--indikator",
        "i-nutzung-freizeitangebote",
    )
    told = (project.parent / "messung.log").read_text("utf-8")
    assert "25 neu, 0 geändert, 0 entfallen" in told, told[-2000:]
    print(f"{cost.cpu:.1f} s, {cost.memory:.0f} MB")
    assert cost.cpu <= 10
    assert cost.memory <= 500
