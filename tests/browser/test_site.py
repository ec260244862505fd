"""The built site as readers meet it."""

from __future__ import annotations

import csv
import gzip
import io
import re
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from folders import HOSTILE, PROJECT, rows
from konzept.authors.chapters.checking import pages_of

CHAPTER = "book/chapters/01-bildung.html"
START = "book/index.html"
DOWNLOADS = {
    "https://www.regionalstatistik.de",
    "https://www-genesis.destatis.de",
    "https://ergebnisse.zensus2022.de",
    "https://github.com/christoph-LSN/IM_Data",
}
"""Where „Mitschreiben“ sends authors for tables of the statistical offices."""
ALL = sorted(f"{p.relative_to(PROJECT).as_posix()[:-3]}.html" for p in pages_of(PROJECT / "book"))


@pytest.mark.parametrize("path", [START, CHAPTER, "search.html"])
def test_no_other_host_and_no_error(site: Any, watch: Any, path: str) -> None:
    watched = watch(f"{site.address}/{path}")
    watched.page.wait_for_load_state("networkidle")
    for figure in watched.page.locator(".ik-diagramm").all():
        figure.scroll_into_view_if_needed()
        figure.hover()
    watched.page.wait_for_load_state("networkidle")
    assert watched.hosts == {site.address.removeprefix("http://")}
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.page.context.cookies() == []


@pytest.mark.parametrize("path", [START, CHAPTER])
def test_pages_work_from_a_folder(site: Any, watch: Any, path: str) -> None:
    watched = watch((site.folder / path).as_uri())
    figures = watched.page.locator(".ik-diagramm")
    if figures.count():
        figures.first.hover()
        watched.page.wait_for_selector(".ik-diagramm[data-live]")
    assert watched.hosts <= {""}
    assert watched.errors == []


def test_the_front_door_leads_to_the_start_page(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/index.html")
    watched.page.wait_for_url(f"{site.address}/{START}")
    assert "Integrationskonzept" in watched.page.inner_text("h1")


def test_policy_allows_nothing_else(site: Any) -> None:
    for path in site.pages():
        if path == "index.html":
            continue
        tag = site.soup(path).select_one("meta[http-equiv='Content-Security-Policy']")
        assert tag is not None, path
        policy = str(tag["content"])
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        # Where none are named, none are allowed.
        script = next((p for p in policy.split(";") if p.strip().startswith("script-src")), "")
        assert "unsafe-inline" not in script
        assert not re.search(r"https?:", policy)


def test_all_links_and_anchors_resolve(site: Any) -> None:
    ids = {path: {t["id"] for t in site.soup(path).find_all(id=True)} for path in site.pages()}
    broken = []
    for path in site.pages():
        for tag in site.soup(path).select("a[href], link[href], script[src], img[src]"):
            href = str(tag.get("href") or tag.get("src"))
            if re.match(r"https?:|mailto:|data:", href):
                continue
            target, _, anchor = href.partition("#")
            target = urllib.parse.unquote(target.partition("?")[0])
            file = (site.folder / path).parent / target if target else site.folder / path
            name = Path(file).resolve().relative_to(site.folder.resolve()).as_posix()
            # Behind the # of the explorer's page stands a choice, not a place; its own tests follow those links.
            place = "" if "ik-oeffnen" in tag.get("class", []) else anchor
            if not file.exists() or (place and name in ids and place not in ids[name]):
                broken.append((path, href))
    assert broken == []


def test_links_to_other_hosts_are_sources_only(site: Any, real: Path) -> None:
    known = {r["url"] for r in rows(real, "dokumente")}
    for path in site.pages():
        for tag in site.soup(path).select(
            "a[href^=http], link[href^=http], script[src^=http], img[src^=http]"
        ):
            assert tag.name == "a"
            assert tag["href"] in known | DOWNLOADS


@pytest.mark.parametrize(
    ("path", "expected"),
    [(CHAPTER, ["1.1"]), ("book/monitoring.html", [str(n) for n in range(5, 20)])],
)
def test_every_numbered_figure_holds_a_chart(site: Any, watch: Any, path: str, expected: list[str]) -> None:
    """A chapter has the one figure that tells most; the long series stand in Part B."""
    figures = site.soup(path).select("figure[id]")
    numbers = [f.select_one(".caption-number").get_text(strip=True) for f in figures]
    assert numbers == [f"Abb.\u00a0{n}" for n in expected]
    watched = watch(f"{site.address}/{path}")
    assert watched.page.locator("figure[id]").count() == len(expected)
    for figure in watched.page.locator("figure[id]").all():
        svg = figure.locator(".ik-diagramm__breit > svg")
        box = svg.bounding_box()
        assert box["width"] > 600
        assert box["height"] > 60
        assert svg.locator("text").count() > 3


def test_numbers_count_on_and_references_lead_there(site: Any) -> None:
    page = site.soup(CHAPTER)
    assert page.select_one("table[id] .caption-number").get_text(strip=True) == "Tab.\u00a01.1"
    shown = {
        a.get_text(strip=True): a["href"]
        for a in page.select("a.reference.internal")
        if a.select(".std-numref")
    }
    assert shown["Tab.\u00a01.1"] == "#tab-ziele-bildung"


def test_live_chart_has_the_datas_values_and_german_hovers(site: Any, watch: Any, real: Path) -> None:
    watched = watch(f"{site.address}/{CHAPTER}")
    figure = watched.page.locator("#abb-i-kita-auslaendische-herkunft .ik-diagramm")
    figure.scroll_into_view_if_needed()
    figure.hover()
    watched.page.wait_for_function("f => 'live' in f.dataset", arg=figure.element_handle())
    drawn = figure.evaluate(
        "f => f.querySelector('.ik-diagramm__breit .ik-lebend').data.flatMap(t => t.x.map((x, i) => [x, t.y[i]]))"
    )
    expected = [
        [int(r["jahr"]), float(r["wert"].replace(",", "."))]
        for r in rows(real, "messwerte")
        if r["indikator_id"] == "i-kita-auslaendische-herkunft"
    ]
    assert sorted(drawn) == sorted(expected)
    hovers = figure.evaluate(
        "f => f.querySelector('.ik-diagramm__breit .ik-lebend').data.flatMap(t => t.customdata)"
    )
    assert "2008: 21,5\u00a0%<br>Umland (20 Kommunen), insgesamt" in hovers


def test_charts_follow_the_theme_live(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/{CHAPTER}")
    figure = watched.page.locator("#abb-i-kita-auslaendische-herkunft .ik-diagramm")
    still = watched.page.locator("#abb-i-kita-auslaendische-herkunft .ik-diagramm__breit text").first
    figure.hover()
    watched.page.wait_for_function("f => 'live' in f.dataset", arg=figure.element_handle())
    light = still.evaluate("t => getComputedStyle(t).fill")
    watched.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert still.evaluate("t => getComputedStyle(t).fill") != light
    watched.page.wait_for_function(
        "f => f.querySelector('.ik-lebend').data[0].line.color === '#6fc6d3'", arg=figure.element_handle()
    )


def test_readable_without_javascript(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/{CHAPTER}", scripts=False)
    assert watched.page.locator("#abb-i-kita-auslaendische-herkunft .ik-diagramm__breit svg").is_visible()
    assert watched.page.locator("#tab-ziele-bildung").is_visible()
    watched.page.locator("#abb-i-kita-auslaendische-herkunft .ik-daten > summary").click()
    assert watched.page.locator("#abb-i-kita-auslaendische-herkunft .ik-daten table").is_visible()
    assert watched.page.locator("nav.bd-links").is_visible()


def test_phone_table_stays_a_table_for_screen_readers(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/{CHAPTER}", width=360)
    table = watched.page.get_by_role("table").filter(has_text="Videotutorials erstellen")
    # Eight measures have a status; what is known of few has no column.
    assert table.get_by_role("cell").count() == 8
    cell = watched.page.locator("#tab-ziele-bildung td").first
    assert cell.evaluate("c => getComputedStyle(c).display") == "grid"


def test_data_table_and_file_equal_the_csv(site: Any, real: Path) -> None:
    observed = [r for r in rows(real, "messwerte") if r["art"] == "ist"]
    checked = 0
    for path in ALL:
        for figure in site.soup(path).select("figure[id^=abb-i-]"):
            own = [r for r in observed if r["indikator_id"] == figure["id"].removeprefix("abb-")]
            link = figure.select_one("a.ik-csv")["href"]
            text = ((site.folder / path).parent / link).read_text("utf-8-sig")
            lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
            values = [line["Wert"] for line in lines if line["Art"] == "Ist"]
            assert sorted(values) == sorted(r["wert"] for r in own)
            cells = {_first_number(c.get_text(" ")) for c in figure.select("details td")}
            assert {r["wert"] for r in own if r["wert"]} <= cells, figure["id"]
            checked += 1
    assert checked > 15


def _first_number(text: str) -> str:
    found = re.search(r"-?\d[\d.]*(?:,\d+)?", text)
    return found[0].replace(".", "") if found else ""


def test_pages_speak_german(site: Any) -> None:
    english = (
        "Link to this",
        "Toggle",
        "Skip to",
        "Search this",
        "Contents",
        "previous page",
        "Back to top",
        "Color mode",
    )
    for path in (START, CHAPTER, "search.html"):
        page = site.soup(path)
        assert page.html["lang"] == "de"
        visible = page.get_text(" ") + " ".join(
            str(t.get(a))
            for t in page.find_all(True)
            for a in ("title", "aria-label", "placeholder")
            if t.get(a)
        )
        assert [word for word in english if word in visible] == []


def test_every_page_names_state_and_fingerprint(site: Any) -> None:
    from konzept.data.package import fingerprint

    for path in (START, CHAPTER, "search.html"):
        foot = site.soup(path).select_one(".ik-fuss").get_text(" ")
        assert "Stand der Daten: 18.12.2025" in foot
        assert fingerprint(PROJECT / "data") in foot
        assert "kein amtliches Dokument" in foot


@pytest.mark.parametrize("path", [START, CHAPTER, "book/chapters/06-wohnen.html"])
def test_first_view_is_light(site: Any, watch: Any, path: str) -> None:
    watched = watch(f"{site.address}/{path}")
    watched.page.wait_for_load_state("networkidle")
    loaded = watched.page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not [name for name in loaded if "plotly" in name]
    names = {urllib.parse.urlparse(name).path.lstrip("/") for name in loaded} | {path}
    size = 0
    for name in names:
        content = (site.folder / name).read_bytes()
        size += len(content) if name.endswith(".woff2") else len(gzip.compress(content))
    assert size <= 350_000


def test_pdf_is_offered(site: Any) -> None:
    link = site.soup(CHAPTER).select_one("a.ik-kopf__pdf")
    assert ((site.folder / CHAPTER).parent / link["href"]).read_bytes().startswith(b"%PDF")


def test_hostile_data_do_nothing(hostile_site: Any, watch: Any) -> None:
    for path in (START, CHAPTER):
        watched = watch(f"{hostile_site.address}/{path}")
        for figure in watched.page.locator(".ik-diagramm").all():
            figure.scroll_into_view_if_needed()
            figure.hover()
            watched.page.wait_for_function("f => 'live' in f.dataset", arg=figure.element_handle())
        assert watched.dialogs == []
        assert watched.errors == []
        assert watched.hosts == {hostile_site.address.removeprefix("http://")}


def test_hostile_data_show_as_text(hostile_site: Any, hostile_data: Path) -> None:
    page = hostile_site.soup(CHAPTER)
    text = " ".join(page.select_one("article").get_text().replace("\u00ad", "").split())
    for row in rows(hostile_data, "massnahmen"):
        if row["handlungsfeld_id"] != "bildung":
            continue
        assert " ".join(row["titel"].split()) in text
    assert page.select("article script:not([type='application/json'])") == []
    assert page.select("article img") == []
    svg_text = " ".join(t.get_text() for t in page.select("svg text"))
    assert any(h.split()[0] in svg_text for h in HOSTILE)


def test_hostile_data_run_nothing_in_spreadsheets(hostile_site: Any) -> None:
    for path in (hostile_site.folder / "_static" / "daten").glob("*.csv"):
        for line in path.read_text("utf-8-sig").splitlines():
            assert not re.search(r"(^|;)\"?[=+@]", line), line


def test_narrow_places_break_words_and_copies_do_not(site: Any, watch: Any) -> None:
    """Soft hyphens stand in tables alone: not in the search, in files, in links, nor in what one copies."""
    page = watch(f"{site.address}/{CHAPTER}").page
    cell = next(c for c in page.locator("table.ik-tab--stapel td").all() if "\u00ad" in c.inner_text())
    copied = cell.evaluate(
        """cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            const data = new DataTransfer();
            document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, cancelable: true, bubbles: true }));
            return [data.getData("text/plain"), data.getData("text/html")];
        }"""
    )
    # Marks of sources are not copied.
    assert copied[0] == cell.inner_text().replace("\u00ad", "").rstrip("0123456789")
    assert copied[1]
    assert "\u00ad" not in copied[1]
    assert "&shy;" not in copied[1]
    assert "\u00ad" not in (site.folder / "_static/search-index.js").read_text("utf-8")
    assert all("\u00ad" not in path.read_text("utf-8") for path in (site.folder / "_static/daten").iterdir())
    for name in site.pages():
        for link in site.soup(name).find_all(attrs={"href": True}):
            assert "\u00ad" not in str(link["href"])


@pytest.mark.parametrize("width", [1280, 360])
def test_changes_can_be_seen_by_field(site: Any, watch: Any, width: int) -> None:
    page = watch(f"{site.address}/book/ausgaben.html", width=width).page
    if width < 768:  # the section is folded
        page.locator("section.ik-lang:has(table[id^=tab-aenderungen]) > h2 button").click()
    rows = page.locator("table[id^=tab-aenderungen] tbody tr")
    choice = page.get_by_label("Handlungsfeld").first
    choice.select_option("1. Bildung und Erziehung")
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < rows.count()
    assert all("Bildung" in row.locator("> *").nth(1).text_content().replace("\u00ad", "") for row in shown)
    assert page.get_by_role("status").first.inner_text() == f"{len(shown)} von {rows.count()} Zeilen"
    choice.select_option("alle")
    assert all(row.is_visible() for row in rows.all())
