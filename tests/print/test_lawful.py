"""The PDF is what the law asks for: PDF/UA-1 and PDF/A-3a in one file, with its data inside."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from reading import Paper
from verapdf import PROFILES, Verdict, judge

from folders import rows, schema
from konzept.extension import SETTINGS

UNPRINTED = SETTINGS["konzept_not_in_print"]


@pytest.fixture(scope="module")
def verdicts(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Verdict]]:
    """The book judged, and the same with its faults: a picture without text, no claim to be PDF/A."""
    faulty = tmp_path_factory.mktemp("falsch") / "falsch.pdf"
    with pikepdf.open(paper.path) as pdf:
        del pdf.pages[3:]
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.Figure:
                del element["/Alt"]
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"pdfaid:part", b"pdfaid:teil"))
        pdf.save(faulty)
    found = judge(paper.path, faulty)
    return {"book": found[paper.path], "faulty": found[faulty]}


def test_verapdf_finds_nothing_wrong(verdicts: dict[str, list[Verdict]]) -> None:
    assert [v.standard for v in verdicts["book"]] == list(PROFILES)
    assert [v.failed for v in verdicts["book"]] == [{}, {}]
    assert all(v.checks > 100_000 for v in verdicts["book"])


def test_the_judge_tells(verdicts: dict[str, list[Verdict]]) -> None:
    archive, accessible = verdicts["faulty"]
    assert any(rule.startswith("6.6.4-") for rule in archive.failed)
    assert any(rule.startswith("7.3-1") for rule in accessible.failed)


def test_the_data_travel_inside(paper: Paper, real: Path) -> None:
    wanted = {p.name: p.read_bytes() for p in real.glob("*.csv")}
    attached = {name: files[0] for name, files in paper.reader.attachments.items()}
    assert {name: attached.get(name) for name in wanted} == wanted
    described = json.loads(attached["datapackage.json"])
    assert described["konzept"] == json.loads((real / "kommune.json").read_text("utf-8"))
    assert [r["path"] for r in described["resources"]] == [r["path"] for r in schema()["resources"]]
    assert [s["title"].partition(" (")[0] for s in described["sources"]] == [
        row["titel"].partition(" (")[0] for row in rows(real, "dokumente")
    ]
    specs = [f.get_object() for f in paper.reader.root_object["/AF"]]
    assert {str(f["/UF"]) for f in specs} == set(attached)
    assert {str(f["/AFRelationship"]) for f in specs} == {"/Data"}
    assert all(str(f["/Desc"]) for f in specs)


def test_what_is_not_published_does_not_travel(paper: Paper) -> None:
    assert not [name for name in paper.reader.attachments if "intern" in name or "/" in name]


def test_headings_are_nested(paper: Paper) -> None:
    levels = [int(str(e["/S"])[2]) for e in paper.elements() if str(e["/S"])[1:] in ("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_heading_cell_says_what_it_heads(paper: Paper) -> None:
    cells = [e for e in paper.elements() if e["/S"] == "/TH"]
    scopes = {str(c["/A"]["/Scope"]) for c in cells}
    assert len(cells) > 300
    assert scopes == {"/Column", "/Row"}
    for cell in cells:
        part = cell["/P"].get_object()["/P"].get_object()["/S"]
        assert cell["/A"]["/Scope"] == ("/Column" if part == "/THead" else "/Row")


def test_ids_of_cells_are_found(paper: Paper) -> None:
    names = paper.reader.root_object["/StructTreeRoot"]["/IDTree"]["/Kids"][0]["/Names"]
    known = dict(zip(names[::2], names[1::2], strict=True))
    ids = [e["/ID"] for e in paper.elements() if "/ID" in e]
    assert set(known) == set(ids)
    assert len(ids) == len(set(ids))


def test_no_row_is_cut(paper: Paper, built: Path) -> None:
    """A row that goes on over the page would be two rows: there would be more than on the pages."""
    rows = [e for e in paper.elements() if e["/S"] == "/TR"]
    body = [r for r in rows if r["/P"].get_object()["/S"] == "/TBody"]
    wanted = 0
    for page in (built / "html/book").rglob("*.html"):
        if f"book/{page.relative_to(built / 'html/book').with_suffix('').as_posix()}" not in UNPRINTED:
            html = BeautifulSoup(page.read_text("utf-8"), "html.parser")
            wanted += len(html.select("article table.ik-tab:not(.ik-tab--eng) tbody tr"))
    assert len(body) == wanted


def test_running_heads_are_not_read_out(paper: Paper) -> None:
    """What stands at the head and foot of every page is decoration."""
    for page in paper.reader.pages[5:15]:
        content = page["/Contents"].get_object().get_data()
        assert content.count(b"/Artifact <</Type /Pagination>> BDC") >= 4


def test_small_enough_to_send(paper: Paper) -> None:
    assert paper.path.stat().st_size <= 3_000_000
