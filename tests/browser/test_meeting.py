"""„Vorführen“: a page in a meeting, one heading a screen, stepped through by keys, clicker, mouse and touch."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from accessibility import violations
from folders import PROGRAM

START = "book/index.html"
CHAPTER = "book/chapters/01-bildung.html"
STEERING = "book/steuerung.html"
CATALOGUE = "book/massnahmen.html"
EXPLORER = "book/erkunden.html"
LARGEST_FIRST_VIEW = 4096
LONGEST_STEP = 100

SEEN = """() => {
  const article = document.querySelector("article.bd-article");
  const shown = [...article.querySelectorAll(":scope *")].filter(e => e.matches("section > *, article > *") && !e.matches("section") && e.checkVisibility());
  const bar = document.querySelector(".ik-vf").getBoundingClientRect();
  return {
    place: document.querySelector(".ik-vf__ort").textContent,
    hash: location.hash,
    headings: shown.filter(e => e.matches("h1, h2, h3")).length,
    blocks: shown.map(e => e.number ?? -1),
    more: document.documentElement.scrollHeight - innerHeight - scrollY,
    scrolled: scrollY,
    under: Math.max(...shown.map(e => e.getBoundingClientRect().bottom)) - bar.top,
    folded: shown.flatMap(e => [...e.querySelectorAll(".ik-viele > tbody > tr > :not(.ik-ohne)")]).filter(e => !e.checkVisibility() && !e.closest("details")).length,
    wide: document.documentElement.scrollWidth - innerWidth,
    focus: document.activeElement.matches("h1, h2, h3") && document.activeElement.checkVisibility(),
    last: document.querySelectorAll(".ik-vf button")[1].ariaDisabled === "true",
  };
}"""
"""What is on the screen."""

WALK = f"""() => {{
  const seen = {SEEN}, all = [];
  while (all.push(seen()) < 200 && !all.at(-1).last)
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {{ key: "PageDown", bubbles: true, cancelable: true }}));
  return all;
}}"""
"""Steps to the end and tells of each step."""

BLOCKS = """() => [...document.querySelectorAll("article.bd-article *")].filter(
  e => e.matches("article > *, section > *") && !e.matches("section, h1, h2, h3") && e.checkVisibility() && e.offsetHeight
).map((e, n) => e.number = n)"""
"""Numbers all that the page's own article holds."""

TEXT = """() => {
  const copy = document.querySelector("article.bd-article").cloneNode(true);
  copy.querySelectorAll(".ik-diagramm").forEach(chart => chart.remove());
  return copy.outerHTML.replaceAll(' class=""', "");
}"""
"""The article as it stands, without its charts, which a pointer may have brought to life."""

OUTSIDE = """() => [...document.querySelectorAll("a[href], button, input, select, summary")].filter(
  e => !e.closest("article.bd-article, .ik-vf, dialog") && e.checkVisibility()).map(e => e.outerHTML)"""


def _begin(page: Any) -> None:
    # Playwright's own click would scroll the page, because the header sticks.  After the window has become smaller,
    # the theme's list of headings takes a moment to leave, and the button its place.
    found = page.wait_for_function("""() => {
      const box = document.querySelector(".ik-kopf__vorfuehren").getBoundingClientRect();
      const at = [box.x + box.width / 2, box.y + box.height / 2];
      return document.elementFromPoint(...at)?.closest(".ik-kopf__vorfuehren") && at;
    }""")
    x, y = found.json_value()
    page.mouse.click(x, y)
    page.wait_for_selector(".ik-vf")


def _place(page: Any) -> str:
    return str(page.inner_text(".ik-vf__ort"))


def _word(page: Any) -> str:
    return str(page.evaluate("new URLSearchParams(location.hash.slice(1)).get('vorfuehren')"))


@pytest.mark.parametrize("path", [START, CHAPTER, STEERING, CATALOGUE])
def test_every_block_comes_once_under_its_heading_and_nothing_is_cut(
    site: Any, watch: Any, path: str
) -> None:
    watched = watch(f"{site.address}/{path}", dark=path in (STEERING, START))
    page = watched.page
    expected = page.evaluate(BLOCKS)
    for width, height in [(1920, 1080), (1024, 768), (360, 740)]:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        _begin(page)
        screens: dict[str, dict[str, Any]] = {}
        for seen in page.evaluate(WALK):
            assert seen["headings"] == 1, seen
            assert seen["focus"], seen
            assert seen["wide"] <= 0, seen
            assert seen["folded"] == 0, seen
            if seen["place"] not in screens:
                assert seen["scrolled"] == 0, seen
            if seen["more"] < 1:
                assert seen["under"] <= 0, seen
            screens[seen["place"]] = seen
        assert [*screens] == [f"{n} von {len(screens)}" for n in range(1, len(screens) + 1)]
        assert len({seen["hash"] for seen in screens.values()}) == len(screens)
        came = [block for seen in screens.values() for block in seen["blocks"]]
        assert [block for block in came if block >= 0] == expected
        if width == 1024:
            assert violations(page) == []
            page.keyboard.press("Home")
            page.keyboard.press("PageDown")
            assert violations(page) == []
        page.keyboard.press("Escape")
        page.wait_for_selector(".ik-vf", state="detached")
    assert watched.errors == []


def test_keys_clicker_and_buttons_step(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{CHAPTER}").page
    _begin(page)
    last = int(_place(page).split()[-1])
    for key, place in [
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("PageUp", 2),
        (" ", 3),
        ("Shift+ ", 2),
        ("ArrowLeft", 1),
        ("ArrowLeft", 1),
        ("ArrowDown", 2),
        ("ArrowUp", 1),
        ("End", last),
        ("PageDown", last),
        ("Home", 1),
        ("Control+ArrowRight", 1),
        ("x", 1),
    ]:
        page.keyboard.press("Shift+Space" if key == "Shift+ " else key)
        assert _place(page) == f"{place} von {last}", key
    page.get_by_role("button", name="weiter").click()
    assert _place(page) == f"2 von {last}"
    assert page.evaluate("document.activeElement.textContent").startswith("Worum es geht")
    page.get_by_role("button", name="zurück").click()
    assert _place(page) == f"1 von {last}"
    assert page.get_by_role("button", name="zurück").get_attribute("aria-disabled") == "true"
    assert page.inner_text(".ik-vf__titel") == "1. Bildung und Erziehung"
    # By keyboard alone: from the heading on, through what the screen links to, to the bar.
    page.keyboard.press("End")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.ik-vf button')"):
            break
    assert page.evaluate("document.activeElement.textContent") == "zurück"
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid 3px" in ring
    page.keyboard.press("Enter")
    assert _place(page) == f"{last - 1} von {last}"


def test_the_rest_of_the_page_is_out_of_reach_and_comes_back(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{CHAPTER}").page
    page.locator("#herausforderungen-und-bedarfe").evaluate("s => s.scrollIntoView({behavior: 'instant'})")
    before = page.evaluate("scrollY")
    whole = page.evaluate(TEXT)
    _begin(page)
    assert _word(page) == "herausforderungen-und-bedarfe"
    assert page.evaluate(OUTSIDE) == []
    page.keyboard.press("Escape")
    page.wait_for_selector(".ik-vf", state="detached")
    page.wait_for_function("y => Math.abs(scrollY - y) < 2", arg=before)
    assert page.url == f"{site.address}/{CHAPTER}"
    assert page.evaluate("document.activeElement.className").startswith("btn btn-sm ik-kopf__vorfuehren")
    assert page.evaluate("document.querySelectorAll('[inert], [data-vorfuehren]').length") == 0
    assert page.evaluate(TEXT) == whole
    # Elsewhere than begun: the page stands where the showing ended.
    _begin(page)
    page.keyboard.press("End")
    page.get_by_role("button", name="beenden").click()
    page.wait_for_selector(".ik-vf", state="detached")
    page.wait_for_function("document.getElementById('ik-belege').getBoundingClientRect().top < innerHeight")


def test_the_address_keeps_the_place(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{CHAPTER}").page
    _begin(page)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    place, address = _place(page), page.url
    assert "#vorfuehren=" in address
    page.reload()
    page.wait_for_selector(".ik-vf")
    assert (_place(page), page.url) == (place, address)
    assert page.evaluate(OUTSIDE) == []
    page.go_back()
    page.wait_for_selector(".ik-vf", state="detached")
    assert page.url == f"{site.address}/{CHAPTER}"
    page.go_forward()
    page.wait_for_selector(".ik-vf")
    assert _place(page) == place
    sent = watch(address).page
    sent.wait_for_selector(".ik-vf")
    assert _place(sent) == place
    sent.keyboard.press("Escape")
    sent.wait_for_selector(".ik-vf", state="detached")
    assert sent.url == f"{site.address}/{CHAPTER}"


def test_links_within_the_page_lead_to_their_screen_and_back(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{CHAPTER}#vorfuehren=ziele-und-masznahmen").page
    page.wait_for_selector(".ik-vf")
    place = _place(page)
    page.locator("article a[href='#tab-ziele-bildung']:visible").click()
    assert page.locator("#tab-ziele-bildung").is_visible()
    assert _place(page) != place
    page.go_back()
    page.wait_for_function("p => document.querySelector('.ik-vf__ort').textContent === p", arg=place)
    page.go_forward()
    page.wait_for_function("p => document.querySelector('.ik-vf__ort').textContent !== p", arg=place)
    page.keyboard.press("Escape")
    page.wait_for_selector(".ik-vf", state="detached")
    assert "vorfuehren" not in page.url


BAD = {
    "%": "bildung-und-erziehung",
    "": "bildung-und-erziehung",
    "gibt-es-nicht-mehr": "bildung-und-erziehung",
    "pst-search-dialog": "bildung-und-erziehung",
    "<img src=x onerror=alert(1)>": "bildung-und-erziehung",
    "javascript:alert(1)//" + ".1" * 5000: "bildung-und-erziehung",
    "%00&vorfuehren=x&x=%3Cscript%3Ealert(1)%3C/script%3E": "bildung-und-erziehung",
    "worum-es-geht.99999999999999999999": "worum-es-geht",
    "tab-ziele-bildung-videotutorials-erstellen": "ziele-und-masznahmen",
}
"""Addresses that are old, wrong or hostile, and the section that is shown instead."""


def test_a_bad_address_shows_the_page(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/{CHAPTER}#vorfuehren=%")
    page = watched.page
    page.wait_for_selector(".ik-vf")
    for asked, section in BAD.items():
        page.keyboard.press("End")
        page.evaluate("asked => { location.hash = `vorfuehren=${asked}` }", asked)
        page.wait_for_function(
            "s => new URLSearchParams(location.hash.slice(1)).get('vorfuehren').split('.')[0] === s",
            arg=section,
        )
        assert page.evaluate(SEEN)["headings"] == 1, asked
    assert (watched.errors, watched.dialogs) == ([], [])


@pytest.mark.parametrize("path", [EXPLORER, "search.html"])
def test_a_page_of_one_heading_is_one_screen(site: Any, watch: Any, path: str) -> None:
    watched = watch(f"{site.address}/{path}")
    page = watched.page
    _begin(page)
    assert _place(page) == "1 von 1"
    page.keyboard.press("PageUp")
    page.keyboard.press("End")
    assert page.evaluate(SEEN)["headings"] == 1
    assert violations(page) == []
    assert watched.errors == []


def test_fields_keep_their_keys_and_the_explorer_its_choice(site: Any, watch: Any) -> None:
    watched = watch(f"{site.address}/{EXPLORER}")
    page = watched.page
    _begin(page)
    page.locator("#werkstatt details").evaluate_all("all => all.forEach(one => (one.open = true))")
    field = page.locator("#werkstatt input[type=search]:visible").first
    field.click()
    page.keyboard.type("a b")
    for key in ("ArrowLeft", "Home", "End", "Escape"):
        page.keyboard.press(key)
    assert field.input_value() in ("a b", "")  # Escape empties a field for searching
    assert page.locator(".ik-vf").is_visible()
    page.select_option("#werkstatt select >> nth=0", index=1)
    page.wait_for_function("location.hash.includes('feld=')")
    assert _word(page).startswith("werkstatt")
    chosen = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('feld')")
    page.reload()
    page.wait_for_selector(".ik-vf")
    assert "Unbekannt" not in page.inner_text("article")
    page.get_by_role("button", name="beenden").click()
    page.wait_for_selector(".ik-vf", state="detached")
    assert f"feld={chosen}" in page.url
    assert "vorfuehren" not in page.url
    assert page.locator("#werkstatt select").first.evaluate("s => s.selectedIndex") == 1
    assert watched.errors == []


def test_a_chart_is_large_whole_and_alive_from_a_folder(site: Any, watch: Any) -> None:
    watched = watch((site.folder / CHAPTER).as_uri())
    page = watched.page
    figure = page.locator("#abb-i-kita-auslaendische-herkunft")
    chart, place = figure.locator(".ik-diagramm"), figure.locator(".ik-diagramm__breit")
    chart.hover()
    page.wait_for_selector(".ik-diagramm[data-live]")
    on_page = place.locator(".main-svg").first.bounding_box()
    page.set_viewport_size({"width": 1920, "height": 1080})
    _begin(page)
    page.keyboard.press("Home")
    while not figure.is_visible():
        page.keyboard.press("PageDown")
    assert chart.bounding_box()["width"] > 1000
    page.wait_for_function(
        """() => {
          const [live, around] = [".main-svg", ""].map(part => document.querySelector(`#abb-i-kita-auslaendische-herkunft .ik-diagramm__breit ${part}`).getBoundingClientRect());
          return Math.abs(live.width - around.width) < 2 && Math.abs(live.height - around.height) < 2;
        }"""
    )
    assert page.evaluate(SEEN)["under"] <= 0
    box = place.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
    page.mouse.move(box["x"] + box["width"] * 0.31, box["y"] + box["height"] * 0.5)
    page.wait_for_selector("#abb-i-kita-auslaendische-herkunft .hoverlayer .hovertext")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function(
        "w => Math.abs(document.querySelector('#abb-i-kita-auslaendische-herkunft .main-svg').getBoundingClientRect().width - w) < 2",
        arg=on_page["width"],
    )
    assert watched.errors == []
    assert watched.hosts <= {""}


def test_two_hundred_measures_and_five_hundred_rows_stay_quick(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{CATALOGUE}").page
    page.evaluate(
        """() => {
          const card = document.querySelector("section.ik-steckbrief"), body = document.querySelector("article .ik-tab tbody");
          for (let n = 0; n < 200; n++) {
            const copy = card.cloneNode(true);
            copy.id = `m-kopie-${n}`;
            copy.querySelectorAll("[id]").forEach(e => e.removeAttribute("id"));
            card.after(copy);
          }
          const rows = [...body.rows];
          for (let n = rows.length; n < 500; n++) body.append(rows[n % rows.length].cloneNode(true));
        }"""
    )
    _begin(page)
    page.keyboard.press("Home")
    times = page.evaluate(
        """() => {
          const times = [];
          for (const key of [...Array(40).fill("PageDown"), ...Array(20).fill("PageUp"), "End", ...Array(20).fill("PageUp")]) {
            const begun = performance.now();
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            document.body.offsetHeight;
            times.push(performance.now() - begun);
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    assert int(_place(page).split()[-1]) > 200
    assert times[len(times) // 2] <= LONGEST_STEP
    page.evaluate("location.hash = 'vorfuehren=massnahmen-bildung.1'")
    page.wait_for_function(
        "document.querySelectorAll('tr').length > 490 && document.querySelector('.ik-tab').checkVisibility()"
    )
    assert page.evaluate("document.documentElement.scrollHeight > 10 * innerHeight")


def test_not_there_without_scripts_and_not_on_paper(site: Any, watch: Any) -> None:
    page = watch(f"{site.address}/{CHAPTER}", scripts=False).page
    assert page.locator(".ik-kopf__vorfuehren").count() == 1
    assert not page.locator(".ik-kopf__vorfuehren").is_visible()
    page = watch(f"{site.address}/{CHAPTER}").page
    _begin(page)
    page.emulate_media(media="print")
    assert not page.locator(".ik-vf").is_visible()
    assert not page.locator(".ik-kopf__vorfuehren").is_visible()
    for heading in page.locator("article h2").all():
        assert heading.is_visible()


def test_every_page_offers_it_and_its_first_view_grows_little(site: Any) -> None:
    offered = 0
    for path in site.pages():
        text = (site.folder / path).read_text("utf-8")
        assert 'src="meeting-screens' not in text
        if '<article class="bd-article"' in text:
            (script,) = re.findall(r'ik-kopf__vorfuehren[^>]* data-skript="([^"?]+)\?v=\w+"', text)
            assert ((site.folder / path).parent / script).is_file(), path
            offered += 1
    assert offered > 30
    assets = PROGRAM / "scripts/konzept/assets"
    first = [
        assets / "web/meeting.js",
        assets / "web/meeting.css",
        assets / "templates/ik-kopf-vorfuehren.html",
    ]
    assert sum(len(gzip.compress(part.read_bytes())) for part in first) <= LARGEST_FIRST_VIEW
