"""The desk: what authors do with a click, whom it lets in, and what it refuses."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from playwright.sync_api import Page, expect

from accessibility import violations
from conftest import konzept_environment
from copies import replace
from folders import PROGRAM, rows, write
from konzept.authors.states import save_state, saved_states
from konzept.publishing.desk.server import MOST
from previews import Preview, running, slim_copy, wait_for
from survey_samples import EVENT, as_csv
from workbooks import cell, edit

CHAPTER = "book/chapters/01-bildung.md"
DONE = "Fertig."


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of a small copy, which has a saved state."""
    project = slim_copy(tmp_path_factory.mktemp("tisch") / "projekt")
    with running(project) as started:
        yield started


@pytest.fixture
def address(preview: Preview) -> str:
    """The address that lets its author in."""
    return next(line.split()[-1] for line in preview.told if line.startswith("Schreibtisch: "))


@pytest.fixture
def desk(address: str, watch: Any) -> Iterator[Page]:
    """The desk; nothing it does is an error, and it reaches no other host."""
    watched = watch(address)
    watched.page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    watched.page.wait_for_selector("#seiten li")
    yield watched.page
    assert watched.errors == []
    assert len(watched.hosts) == 1


def run(desk: Page, button: str, place: str, said: str = DONE) -> str:
    """Press a button and give what stands below it when all is done."""
    desk.get_by_role("button", name=button, exact=True).first.click()
    box = desk.locator(f"{place} .lauf").last
    expect(box.locator("[role=status]")).to_have_text(said)
    return box.locator("> ul").inner_text()


def test_everyone_can_use_it(desk: Page) -> None:
    assert "schluessel" not in desk.url
    for summary in desk.locator("summary:visible").all():
        summary.click()
    expect(desk.locator("form:visible")).to_have_count(desk.locator("form").count())
    desk.fill("#suche", "Kita")
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(desk) == []
    desk.set_viewport_size({"width": 360, "height": 800})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_value_changed_in_the_workbook_is_in_the_preview(
    desk: Page, preview: Preview, tmp_path: Path
) -> None:
    """Get the workbook, change it, look at what changes, take it over, see it."""
    run(desk, "Arbeitsmappe holen", "form[data-aufgabe=mappe]")
    with desk.expect_download() as download:
        desk.click("text=konzept.xlsx herunterladen")
    path = tmp_path / "Mappe / von Erika.xlsx".replace("/", "-")
    download.value.save_as(path)
    form = "form[data-aufgabe=mappe-zurueck]"
    desk.set_input_files(f"{form} input", path)
    assert "Keine Änderungen." in run(desk, "Ansehen, was sich ändert", form)
    assert desk.get_by_role("button", name="So übernehmen").count() == 0

    def change(book: Any) -> None:
        cell(book, "Maßnahmen", "m-bildung-videotutorials", "Titel").value = "Lehrfilme drehen"

    before = (preview.project / "data/massnahmen.csv").read_bytes()
    desk.set_input_files(f"{form} input", edit(path, change))
    told = run(desk, "Ansehen, was sich ändert", form)
    assert "„Lehrfilme drehen“" in told
    assert (preview.project / "data/massnahmen.csv").read_bytes() == before
    start = time.monotonic()
    told = run(desk, "So übernehmen", ".danach")
    assert "„Lehrfilme drehen“" in told
    page = CHAPTER.replace(".md", ".html")
    wait_for(lambda: "Lehrfilme drehen" in preview.get(f"/{page}")[1].replace("\u00ad", ""))
    print(f"Mappe → Vorschau in {time.monotonic() - start:.1f} s")
    assert run(desk, "Zurücknehmen", ".danach") == "Zurückgenommen: massnahmen.csv"
    assert (preview.project / "data/massnahmen.csv").read_bytes() == before


def hand_in(desk: Page, task: str, path: Path, button: str, said: str = DONE) -> str:
    """Give a file in and see what it would change."""
    form = f"form[data-aufgabe={task}]"
    desk.set_input_files(f"{form} input[type=file]", path)
    return run(desk, button, form, said)


def fetched(desk: Page, name: str, target: Path) -> Path:
    """Fetch a file that a task has made."""
    with desk.expect_download() as download:
        desk.click(f"text={name} herunterladen")
    download.value.save_as(target)
    return target


def test_a_chapter_goes_to_word_and_comes_back(desk: Page, preview: Preview, tmp_path: Path) -> None:
    desk.click("summary:has-text('In Word besprechen')")
    desk.select_option("form[data-aufgabe=word] select", label="Bildung und Erziehung")
    run(desk, "Kapitel holen", "form[data-aufgabe=word]")
    path = fetched(desk, "bildung.docx", tmp_path / "bildung.docx")
    document = docx.Document(str(path))
    (words,) = [r for p in document.paragraphs for r in p.runs if r.text.startswith("Im Mittelpunkt")]
    document.add_comment(words, "Seit *wann*?", author="B. Beispiel")
    words.text = words.text.replace("Im Mittelpunkt", "In der Mitte")
    document.save(str(path))
    page = preview.project / CHAPTER
    kept = page.read_text("utf-8")
    told = hand_in(desk, "word-zurueck", path, "Ansehen, was zurückkommt")
    assert "Seit *wann*?" in told
    assert page.read_text("utf-8") == kept
    run(desk, "So übernehmen", "#word .danach")
    assert page.read_text("utf-8") == kept.replace("Im Mittelpunkt", "In der Mitte", 1)
    # What is open stays to be seen until it is ticked off.
    desk.reload()
    desk.click("summary:has-text('In Word besprechen')")
    desk.click("summary:has-text('Noch offen aus Word (1)')")
    desk.get_by_label("Seit *wann*?").check()
    expect(desk.locator("#rueckmeldungen")).to_be_hidden()
    assert "- [x] " in (preview.project / "_build/word/bildung.md").read_text("utf-8")
    page.write_text(kept, "utf-8")


def test_official_statistics_are_tried_and_taken(desk: Page, preview: Preview, tmp_path: Path) -> None:
    sample = PROGRAM / "tests/samples/statistik/neu/indicator_2-3-1.csv"
    path = tmp_path / sample.name
    path.write_text(f'{sample.read_text("utf-8")}2025,"Region Hannover",K03241,5000\n', "utf-8")
    before = rows(preview.project / "data", "messwerte")
    desk.click("summary:has-text('Amtliche Statistik übernehmen')")
    told = hand_in(desk, "statistik", path, "Ansehen, was neu ist")
    assert "1 neu, 0 geändert, 0 entfallen" in told
    desk.get_by_role("button", name="Nicht übernehmen").click()
    assert rows(preview.project / "data", "messwerte") == before
    run(desk, "Ansehen, was neu ist", "form[data-aufgabe=statistik]")
    run(desk, "So übernehmen", "#statistik .danach")
    (new,) = [row for row in rows(preview.project / "data", "messwerte") if row not in before]
    assert (new["gebiet_id"], new["zeit"], new["wert"]) == ("region-hannover", "2025", "5000")


def test_answers_to_a_survey_are_counted_and_not_kept(desk: Page, preview: Preview, tmp_path: Path) -> None:
    data = preview.project / "data"
    events = rows(data, "ereignisse")
    (event,) = [row for row in events if row["id"] == EVENT]
    event |= {"befragte": "Erfundene Familien", "nicht_erreicht": "Erfundene Betriebe"}
    write(data, "ereignisse", events)
    question = "Wie gut kennen Sie die Angebote?"
    answers = as_csv(
        tmp_path / f"{tmp_path.parent.name}.csv", [[question], *([["gut"]] * 20), *([["wenig"]] * 10)]
    )
    desk.click("summary:has-text('Umfrage auszählen')")
    form = "form[data-aufgabe=umfrage]"
    desk.select_option(f"{form} select", EVENT)
    hand_in(desk, "umfrage", answers, "Ansehen, was sich zählen lässt")
    (place,) = Path(gettempdir()).glob(f"konzept-*/*/{answers.name}")
    run(desk, "So übernehmen", "#umfrage .danach")
    assert not place.exists()
    assert question in (data / f"umfragen/{EVENT}.csv").read_text("utf-8")
    # The choice was looked through; the page still has the file.
    run(desk, "Ansehen, was sich zählen lässt", form)
    assert rows(data, "umfrageergebnisse") == []
    run(desk, "So übernehmen", "#umfrage .danach")
    assert {(r["antwort"], r["anzahl"]) for r in rows(data, "umfrageergebnisse")} == {
        ("gut", "20"),
        ("wenig", "10"),
    }


def test_what_is_wrong_leads_to_the_page(desk: Page, preview: Preview) -> None:
    path = preview.project / CHAPTER
    kept = path.read_text("utf-8")
    path.write_text(f"{kept}\n{{quelle}}`d-gibt-es-nicht`\n", "utf-8")
    told = run(desk, "Daten und Kapitel prüfen", "#pruefen", "Das ist zu ändern:")
    assert "d-gibt-es-nicht" in told
    link = desk.locator("#pruefen .lauf a").first
    assert link.get_attribute("href") == f"../{CHAPTER.replace('.md', '.html')}"
    path.write_text(kept, "utf-8")


def test_states_are_saved_told_and_brought_back(desk: Page, preview: Preview) -> None:
    page = preview.project / CHAPTER
    kept = page.read_bytes()
    desk.fill("[name=satz]", "Anfang")
    desk.fill("[name=von]", "Erika Muster")
    run(desk, "Stand sichern", "form[data-aufgabe=sichern]")
    replace(page, "## Worum es geht\n", "## Worum es geht\n\nEin Satz zum Zurückholen.\n")
    assert "neu: „Ein Satz zum Zurückholen.“" in run(
        desk, "Was ist noch nicht gesichert?", "form[data-aufgabe=unterschied]"
    )
    desk.click("summary:has-text('Verlauf')")
    first = desk.locator("#staende > li", has_text="Anfang")
    first.get_by_role("button", name="Zurückholen").click()
    first.get_by_role("button", name="Nein").click()
    first.get_by_role("button", name="Zurückholen").click()
    first.get_by_role("button", name="Ja, diesen Stand").click()
    expect(desk.locator("#staende > li").first).to_contain_text("Zurückgeholt")
    expect(desk.locator("#zurueck")).to_contain_text("Fertig.")
    assert page.read_bytes() == kept
    assert [s.who for s in saved_states(preview.project) if s.sentence == "Anfang"] == ["Erika Muster"]


def test_what_two_have_changed_is_chosen_with_a_click(desk: Page, preview: Preview, tmp_path: Path) -> None:
    def git(folder: Path, *words: str) -> None:
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)

    common, other = tmp_path / "gemeinsam.git", tmp_path / "ben"
    git(preview.project, "branch", "-M", "main")
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", str(common))
    git(preview.project, "remote", "add", "origin", str(common))
    git(preview.project, "push", "--quiet", "-u", "origin", "main")
    git(tmp_path, "clone", "--quiet", str(common), str(other))
    for folder, words in ((other, "Bens Satz."), (preview.project, "Annas Satz.")):
        replace(folder / CHAPTER, "## Worum es geht\n", f"## Worum es geht\n\n{words}\n")
    save_state(other, "Satz", "Ben")
    git(other, "push", "--quiet")
    save_state(preview.project, "Satz", "Anna")
    desk.reload()
    run(
        desk,
        "Zur Veröffentlichung geben",
        "form[data-aufgabe=abgeben]",
        "Dasselbe haben auch andere geändert. Was soll gelten?",
    )
    box = desk.locator("form[data-aufgabe=abgeben] .lauf")
    assert violations(desk) == []
    expect(box.get_by_role("button", name="So übernehmen")).to_be_disabled()
    box.get_by_label("Gemeinsamer Stand: „Bens Satz.“").check()
    box.get_by_role("button", name="So übernehmen").click()
    expect(box.locator("ul")).to_contain_text("Abgegeben: ")
    assert "Bens Satz." in (preview.project / CHAPTER).read_text("utf-8")


def test_something_to_insert_is_found_by_its_name(desk: Page) -> None:
    desk.click("summary:has-text('Etwas einfügen')")
    desk.fill("#suche", "unter dreijährigen")
    expect(desk.locator("#treffer code").first).to_have_text('field.indicator_chart("i-kita-quote-u3")')
    desk.fill("#suche", "sachstandsbericht-2")
    assert "{quelle}`d-sachstandsbericht-2`" in desk.locator("#treffer code").all_inner_texts()
    desk.fill("#suche", "tab-")
    assert desk.locator("#treffer code").first.inner_text().startswith("{numref}`tab-")
    desk.fill("#suche", "<b>")
    expect(desk.locator("#treffer-zahl")).to_have_text("0 gefunden")


def test_long_work_tells_how_far_it_is_and_can_be_stopped(desk: Page, preview: Preview) -> None:
    desk.get_by_role("button", name="Webseiten und PDF bauen").click()
    expect(desk.locator("#veroeffentlichen .lauf li").first).to_be_visible()
    assert any("build" in p.cmdline() for p in preview.family())
    desk.get_by_role("button", name="Anhalten").click()
    expect(desk.locator("#veroeffentlichen [role=status]")).to_have_text("Angehalten.")
    wait_for(lambda: not any("build" in p.cmdline() for p in preview.family()), 20)


def test_what_was_built_is_handed_out(desk: Page, preview: Preview, tmp_path: Path) -> None:
    run(desk, "Webseiten und PDF bauen", "form[data-aufgabe=bauen]")
    expect(desk.get_by_role("link", name="integrationskonzept.pdf herunterladen")).to_be_visible()
    with ZipFile(fetched(desk, "webseiten.zip", tmp_path / "seiten.zip")) as pages:
        built = preview.project / "_build/html"
        files = {p.relative_to(built).as_posix() for p in built.rglob("*") if p.is_file()}
        assert {name for name in pages.namelist() if not name.endswith("/")} == files
        assert "book/index.html" in files


def ask(
    preview: Preview, path: str, method: str = "POST", body: bytes = b"{}", **headers: str
) -> tuple[int, str]:
    """Ask as no page of the desk would."""
    connection = http.client.HTTPConnection(preview.address.removeprefix("http://"), timeout=30)
    connection.request(method, f"/.tisch/{path}", body, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_strangers_are_not_let_in(preview: Preview, address: str) -> None:
    key = address.partition("schluessel=")[2]
    cookie = {"Cookie": f"konzept-tisch={key}"}
    own = {**cookie, "Origin": preview.address}
    assert ask(preview, "halt/x", **own)[0] == 404
    assert ask(preview, "", "GET", b"")[0] == 403
    assert ask(preview, "?schluessel=falsch", "GET", b"")[0] == 403
    assert ask(preview, "inhalt", "GET", b"", Cookie="konzept-tisch=falsch")[0] == 403
    # Another page in the author's browser has the cookie at most, and cannot say that it is the desk.
    for origin in (
        {},
        {"Origin": "http://example.invalid"},
        {"Origin": "null"},
        {"Origin": f"{preview.address}0"},
    ):
        for path in ("aufgabe/pruefen", "datei?name=x.xlsx", "halt/x"):
            assert ask(preview, path, **cookie, **origin) == (403, "Nur für den Schreibtisch selbst.")


def test_what_is_no_task_or_no_given_file_is_refused(preview: Preview, address: str, tmp_path: Path) -> None:
    own = {"Cookie": f"konzept-tisch={address.partition('schluessel=')[2]}", "Origin": preview.address}

    def start(task: str, form: object) -> int:
        return ask(preview, f"aufgabe/{task}", body=json.dumps(form).encode(), **own)[0]

    (tmp_path / "x.xlsx").write_bytes(b"x")
    assert start("loeschen", {}) == 400
    assert start("sichern", {}) == 400
    assert start("pruefen", []) == 400
    for place in (str(tmp_path / "x.xlsx"), "data/kommune.json", "_build/tisch/../../_toc.yml", ""):
        assert start("mappe-zurueck", {"datei": place}) == 400
    # What is chosen from was offered.
    assert start("word", {"kapitel": "../../../data/kommune"}) == 400
    assert start("word", {"kapitel": ["bildung"]}) == 400
    # A value is never taken for an option.
    told = ask(preview, "aufgabe/unterschied", body=b'{"stand": "--help"}', **own)[1]
    assert "Einen Stand „--help“ gibt es nicht" in told
    status, place = ask(preview, "datei?name=..%2F..%2Fdata%2F%3Cb%3Emappe.xlsx", body=b"x", **own)
    assert status == 200
    # Outside of the project, where no page and no state takes it along, and for its owner alone.
    assert not Path(place).is_relative_to(preview.project)
    assert stat.S_IMODE(Path(place).parent.parent.stat().st_mode) == 0o700
    assert Path(place).name == "....databmappe.xlsx".strip(".")
    assert Path(place).read_bytes() == b"x"
    large = {**own, "Content-Length": str(200_000_000)}
    status, told = ask(preview, "datei?name=gross.xlsx", body=b"", **large)
    assert (status, told.split(" MB")[0]) == (413, f"Die Datei ist größer als {MOST // 1_000_000}")
    assert ask(preview, "datei/abc/_toc.yml", "GET", b"", **own)[0] == 404


@pytest.mark.skipif(os.name != "posix", reason="sockets of this kind are Unix's")
def test_at_a_socket_its_owner_alone_is_let_in(preview: Preview, tmp_path: Path) -> None:
    project = slim_copy(tmp_path / "projekt")
    place = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-m", "konzept", "preview", "--socket", str(place)],
        cwd=project,
        env=konzept_environment(project),
        stderr=subprocess.DEVNULL,
    ) as process:
        wait_for(place.exists)
        assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0
        with socket.socket(socket.AF_UNIX) as line:
            wait_for(lambda: line.connect_ex(str(place)) == 0)
            line.sendall(
                b"GET /.tisch/inhalt HTTP/1.1\r\nHost: amt.example\r\nX-ProxyContextPath: /user/erika/konzept\r\n"
                b"Connection: close\r\n\r\n"
            )
            told = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        assert told.startswith("HTTP/1.1 200")
        assert '"labor":"/user/erika/"' in told
        process.send_signal(signal.SIGINT)
