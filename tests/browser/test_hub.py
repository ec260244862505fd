"""The workplace for several: who gets in, who does not, whose files are whose, and what is published.

A real JupyterHub with its proxy, two authors, a publisher, a reader, and the accounts that build and show the draft;
only accounts of the system are not made here, so all of them are whoever runs the tests, each with an own home folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import getpass
import json
import os
import re
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect
from traitlets.config.loader import PyFileConfigLoader

from conftest import SLOW, run_konzept
from copies import replace
from folders import PROGRAM

HUB = PROGRAM / "hub"
PASSWORD = "nur für diese Prüfung"
AUTHORS = ("anna", "bernd")
GROUPS = {"konzept-autoren": AUTHORS, "konzept-freigebende": ("dora",), "konzept-lesende": ("clara",)}
DRAFT = "/services/entwurf/"
PATIENCE = 40 * SLOW

sys.path.insert(0, str(HUB))


@dataclass
class Answer:
    """What a server said in the end."""

    status: int
    address: str
    text: str
    headers: dict[str, str]


def named(headers: Message) -> dict[str, str]:
    """Give headers by one spelling of their names."""
    return {name.title(): value for name, value in headers.items()}


class Person:
    """A browser without a screen: cookies, and what the hub wants with a form."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies = address, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        body = None if form is None else urllib.parse.urlencode(form).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"{self.address}{path}", body, sent)
        try:
            with self._opener.open(request, timeout=30 * SLOW) as answer:
                text = answer.read().decode("utf-8", "replace")
                return Answer(answer.status, answer.url, text, named(answer.headers))
        except urllib.error.HTTPError as error:
            return Answer(
                error.code, error.url, error.read().decode("utf-8", "replace"), named(error.headers)
            )
        except OSError as error:
            return Answer(0, request.full_url, str(error), {})

    def sign_in(self, name: str, password: str, **headers: str) -> Answer:
        self.ask("/hub/login")
        [key] = [cookie.value for cookie in self.cookies if cookie.name == "_xsrf"]
        form = {"username": name, "password": password, "_xsrf": key or ""}
        return self.ask("/hub/login?next=%2Fhub%2Fhome", form, **headers)

    def open_workplace(self, name: str) -> Answer:
        self.ask("/hub/spawn")
        return until(lambda: self.ask(f"/user/{name}/lab"), lambda a: "jupyter-config-data" in a.text)


def until(ask: Callable[[], Answer], is_right: Callable[[Answer], bool]) -> Answer:
    end = time.monotonic() + PATIENCE
    while not is_right(answer := ask()):
        assert time.monotonic() < end, answer
        time.sleep(0.3)
    return answer


def git(*words: str | Path) -> str:
    who = ("-c", "user.name=Anna", "-c", "user.email=")
    command = ["git", *who, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


@dataclass
class Hub:
    address: str
    folder: Path
    common: Path
    shown: Path
    draft: Path

    def page(self, folder: Path, name: str = "book/seite") -> str:
        """Read a page of the version that a folder shows, as a web server does."""
        page = folder / f"aktuell/{name}.html"
        return page.read_text("utf-8").replace("\u00ad", "") if page.is_file() else ""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A town's hub; its common state is a town that has just begun."""
    import prepare

    folder = tmp_path_factory.mktemp("hub")
    words = ("--name", "Adorf", "--art", "gemeinde", "--ags", "03241011")
    run_konzept(folder, "anfangen", "adorf", *words).check_returncode()
    (folder / "adorf/_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n- file: book/seite\n", "utf-8"
    )
    for page in (folder / "adorf/book").glob("*.md"):
        page.unlink()
    (folder / "adorf/book/seite.md").write_text(
        "# Eine Seite\n\nMit einem Satz.{quelle}`d-anlage`\n", "utf-8"
    )
    (folder / "adorf/book/index.md").write_text("# Integrationskonzept für Adorf\n\nEin Satz.\n", "utf-8")
    git("init", "--quiet", "--initial-branch=anfang", folder / "adorf")
    git("-C", folder / "adorf", "add", ".")
    git("-C", folder / "adorf", "commit", "--quiet", "-m", "Anfang")
    found = Hub("", folder, folder / "stand.git", folder / "www", folder / "entwurf/seiten")
    prepare.make_common_state(str(folder / "adorf"), found.common)
    ports = free_ports(4)
    found.address = f"http://127.0.0.1:{ports[0]}"
    for name in ("ablage", "werkstatt", "entwurf", "schaukasten"):
        (folder / name).mkdir()
    settings = {
        "JupyterHub": {
            "bind_url": found.address,
            "hub_port": ports[1],
            "authenticator_class": "dummy",
            "spawner_class": "simple",
        },
        "ConfigurableHTTPProxy": {"api_url": f"http://127.0.0.1:{ports[2]}"},
        "Authenticator": {
            "allowed_users": [n for names in GROUPS.values() for n in names],
            "allow_all": False,
        },
        "DummyAuthenticator": {"password": PASSWORD},
        # A server that does not hear its end is not waited for.
        "SimpleLocalProcessSpawner": {
            "home_dir_template": f"{folder}/{{username}}",
            "interrupt_timeout": 5 * SLOW,
            "term_timeout": 5 * SLOW,
        },
    }
    places = {
        "stand": found.common,
        "veroeffentlicht": found.shown,
        "ablage": folder / "ablage",
        "werkstatt": folder / "werkstatt",
        "entwurf": found.draft.parent,
        "schaukasten": folder / "schaukasten",
    }
    lines = [f"{name} = {json.dumps(str(place))}" for name, place in places.items()]
    lines += [f"{name} = {json.dumps(getpass.getuser())}" for name in ("konto", "schaukonto")]
    lines.append(f"schauport = {ports[3]}")
    for kind, traits in settings.items():
        # JSON's texts, numbers and lists are TOML's, too.
        lines += [f"[jupyterhub.{kind}]", *(f"{name} = {json.dumps(v)}" for name, v in traits.items())]
    lines += ["[jupyterhub.JupyterHub.load_groups]"]
    lines += [f"{group} = {{ users = {json.dumps(names)} }}" for group, names in GROUPS.items()]
    (folder / "hub.toml").write_text("\n".join(lines), "utf-8")
    with (folder / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", HUB / "jupyterhub_config.py"],
            cwd=folder,
            env={**os.environ, "KONZEPT_HUB": str(folder / "hub.toml")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: Person(found.address).ask("/hub/login"), lambda answer: answer.status == 200)
        yield found
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a hub and all that it has started, at once: by itself it ends one server after the other."""
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for each in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.terminate()
    for each in psutil.wait_procs(family, timeout=10)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()


def free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture(scope="module")
def anna(hub: Hub) -> Person:
    person = Person(hub.address)
    assert person.sign_in("anna", PASSWORD).address.endswith("/hub/home")
    person.open_workplace("anna")
    return person


@pytest.fixture(scope="module")
def bernd(hub: Hub) -> Person:
    person = Person(hub.address)
    assert person.sign_in("bernd", PASSWORD).address.endswith("/hub/home")
    person.open_workplace("bernd")
    return person


REFUSED = "Name oder Passwort stimmt nicht, oder Ihr Konto ist hier nicht zugelassen."


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "falsch"), ("anna", ""), ("emil", PASSWORD), ("../anna", PASSWORD), ("root", PASSWORD)],
)
def test_nobody_else_gets_in(hub: Hub, name: str, password: str) -> None:
    answer = Person(hub.address).sign_in(name, password)
    assert (answer.status, REFUSED in answer.text) == (403, True)


PATHS = (
    *("lab", "api/contents", "files/data/kommune.json"),
    # The desk and the preview.
    *("konzept/.tisch/", "konzept/.tisch/inhalt", "konzept/book/seite.html"),
)


@pytest.mark.parametrize("path", PATHS)
def test_strangers_see_nothing(hub: Hub, anna: Person, path: str) -> None:
    stranger = Person(hub.address)
    for headers in ({}, {"Authorization": "token falsch"}):
        answer = stranger.ask(f"/user/anna/{path}", **headers)
        assert answer.status in (403, 404) or "/hub/login" in answer.address
        assert "Adorf" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_no_author_reaches_the_server_of_another(anna: Person, bernd: Person, path: str) -> None:
    for person, other in ((anna, "bernd"), (bernd, "anna")):
        answer = person.ask(f"/user/{other}/{path}")
        assert answer.status in (403, 404), answer
        assert "Adorf" not in answer.text


def test_another_ones_page_says_so_in_german(anna: Person, bernd: Person) -> None:
    answer = anna.ask("/hub/spawn/bernd")
    assert answer.status in (403, 404)
    assert re.search("Das gehört jemand anderem|Diese Seite gibt es nicht", answer.text)
    assert "Zum eigenen Arbeitsplatz" in answer.text


def test_each_author_has_a_working_copy_alone(hub: Hub, anna: Person, bernd: Person) -> None:
    for name in AUTHORS:
        copy = hub.folder / name / "konzept"
        for path in (copy, *copy.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        assert (copy / "data/kommune.json").is_file()
        assert git("-C", copy, "status", "--porcelain") == ""
        assert git("-C", copy, "rev-parse", "--abbrev-ref", "main@{upstream}") == "origin/main"


def test_cookies_and_headers_are_those_that_jupyterhub_recommends(hub: Hub, anna: Person) -> None:
    cookies = {cookie.name: cookie for cookie in anna.cookies if cookie.name != "_xsrf"}
    # Where she asked for another's server, there are others of a moment that let nobody in.
    paths = {"hub-login": "/hub/", "session-id": "/", "user-anna": "/user/anna/"}
    assert {name: cookies[f"jupyterhub-{name}"].path for name in paths} == paths
    assert "jupyterhub-user-bernd" not in cookies
    assert all(cookie.has_nonstandard_attr("HttpOnly") for cookie in cookies.values())
    for path in ("/hub/home", "/user/anna/lab"):
        headers = anna.ask(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    for path in ("/user/anna/konzept/.tisch/", "/user/anna/konzept/book/seite.html"):
        assert "frame-ancestors 'self'" in anna.ask(path).headers["Content-Security-Policy"]
    home = anna.ask("/hub/home").headers
    assert (home["X-Content-Type-Options"], home["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_behind_tls_cookies_go_no_other_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for address, options in (("https://konzept.example.de", {"secure": True}), ("", None)):
        (tmp_path / "hub.toml").write_text(f'adresse = "{address}"\n', "utf-8")
        monkeypatch.setenv("KONZEPT_HUB", str(tmp_path / "hub.toml"))
        config = PyFileConfigLoader(str(HUB / "jupyterhub_config.py")).load_config()
        assert config.JupyterHub.tornado_settings.get("cookie_options") == options
        assert config.JupyterHub.bind_url == "http://127.0.0.1:8000"
        assert config.Staff.allowed_groups == set(GROUPS)


def test_whoever_has_left_the_groups_of_the_system_is_out() -> None:
    import grp
    import pwd
    from types import SimpleNamespace

    from staff import Staff

    me = pwd.getpwuid(os.getuid())
    mine = grp.getgrgid(me.pw_gid).gr_name
    for name, groups, known in (
        (me.pw_name, {mine, "gibt-es-nicht"}, {"name": me.pw_name, "groups": [mine]}),
        (me.pw_name, {"gibt-es-nicht"}, False),
        ("gibt-es-nicht", {mine}, False),
    ):
        staff = Staff(allowed_groups=groups, manage_groups=True)
        # Beside the loop that the browser has in this thread.
        with ThreadPoolExecutor(1) as beside:
            asked = beside.submit(asyncio.run, staff.refresh_user(SimpleNamespace(name=name)))
        assert asked.result() == known


def test_no_other_page_can_change_anything(anna: Person) -> None:
    for path in ("/user/anna/api/contents/book", "/hub/api/users/anna/tokens", "/hub/api/users/anna/server"):
        assert anna.ask(path, {}).status == 403


def test_all_listens_on_this_machine_alone(hub: Hub, anna: Person) -> None:
    log = (hub.folder / "hub.log").read_text("utf-8", "replace")
    assert "127.0.0.1" in log
    mine = [p for p in psutil.process_iter() if is_ours(p, hub)]
    assert len(mine) > 4
    listening = [c.laddr.ip for p in mine for c in p.net_connections("inet") if c.status == "LISTEN"]
    assert set(listening) == {"127.0.0.1"}


def is_ours(process: object, hub: Hub) -> bool:
    try:
        return process.environ().get("KONZEPT_HUB", str(process.cwd())).startswith(str(hub.folder))  # type: ignore[attr-defined]
    except psutil.Error:
        return False


def test_an_author_signs_in_and_works(hub: Hub, anna: Person, browser: Browser) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{hub.address}/user/anna/lab")
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("tree").or_(page.locator(".jp-DirListing-content")).first.wait_for(timeout=30_000 * SLOW)
    assert page.locator(".jp-DirListing-item", has_text="book").count() == 1
    page.goto(f"{hub.address}/user/bernd/lab")
    assert page.title() != "JupyterLab"
    assert page.locator(".jp-DirListing-item").count() == 0
    page.goto(f"{hub.address}/hub/logout")
    page.get_by_role("heading", name="Anmelden").wait_for()
    page.goto(f"{hub.address}/user/anna/lab")
    page.get_by_role("heading", name="Anmelden").wait_for()
    context.close()


def test_nobody_works_at_the_desk_of_another(hub: Hub, anna: Person, bernd: Person) -> None:
    """Neither from outside, nor by a page elsewhere in the author's own browser."""
    task = "/user/anna/konzept/.tisch/halt/x"
    # The desk's own answer: there is nothing to stop.
    assert anna.ask(task, {}, Origin=hub.address).status == 404
    for person in (bernd, Person(hub.address)):
        answer = person.ask(task, {}, Origin=hub.address)
        assert answer.status == 403 or "/hub/login" in answer.address, answer
    refused = anna.ask(task, {}, Origin="http://example.invalid")
    assert (refused.status, refused.text) == (403, "Nur für den Schreibtisch selbst.")


def sign_in(hub: Hub, browser: Browser, name: str, path: str = "") -> Page:
    page = browser.new_context(locale="de-DE").new_page()
    page.set_default_timeout(30_000 * SLOW)
    page.goto(f"{hub.address}/{path}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    return page


def do(desk: FrameLocator, task: str, said: str) -> Locator:
    """Press a button of the desk and wait for what it says."""
    form = desk.locator(f"form[data-aufgabe={task}]")
    form.get_by_role("button").first.click()
    box = form.locator(".lauf")
    expect(box.locator("[role=status]")).to_have_text(said, timeout=30_000 * SLOW)
    return box


def desk_of(hub: Hub, browser: Browser, name: str) -> tuple[Page, FrameLocator]:
    page = sign_in(hub, browser, name)
    desk = page.frame_locator("#konzept-schreibtisch iframe")
    desk.get_by_role("link", name="Eine Seite", exact=True).wait_for(timeout=60_000 * SLOW)
    return page, desk


def write(page: Page, desk: FrameLocator, path: Path) -> None:
    """Add a sentence in JupyterLab and see it in the preview beside."""
    desk.get_by_role("link", name="Eine Seite", exact=True).click()
    page.locator(".jp-MarkdownCell .jp-MarkdownOutput p", has_text="Mit einem Satz.").dblclick()
    page.locator(".jp-MarkdownCell .cm-content").get_by_text("Mit einem Satz.").wait_for()
    page.keyboard.press("Control+Home")
    for key in ("ArrowDown", "ArrowDown", "End"):
        page.keyboard.press(key)
    page.keyboard.type(" Annas Satz.")
    page.keyboard.press("Control+s")
    until(lambda: there(path), lambda a: "Annas Satz." in a.text)
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Vorschau").click()
    page.frame_locator("#konzept-vorschau iframe").get_by_text("Annas Satz.").wait_for()


def refuse_what_is_huge(desk: FrameLocator, path: Path) -> None:
    """Give in 200 MB: they do not even reach the author's memory."""
    with path.open("wb") as file:
        file.truncate(200_000_000)
    form = desk.locator("form[data-aufgabe=mappe-zurueck]")
    form.locator("input[type=file]").set_input_files(path)
    form.get_by_role("button", name="Ansehen, was sich ändert").click()
    expect(form.get_by_role("alert")).to_contain_text("Die Datei ist größer als 25 MB.")


def test_the_same_sentence_and_cell_from_writing_to_publishing_and_back(
    hub: Hub, anna: Person, bernd: Person, browser: Browser
) -> None:
    dora = sign_in(hub, browser, "dora")
    dora.get_by_role("button", name="Diesen Entwurf veröffentlichen").click()
    dora.get_by_text("Der Entwurf ist veröffentlicht.").wait_for()
    assert "Mit einem Satz." in hub.page(hub.shown)
    copies = {name: hub.folder / name / "konzept" for name in AUTHORS}

    # Anna writes in JupyterLab, sees it in the preview beside it, changes a cell, and gives both.
    page, desk = desk_of(hub, browser, "anna")
    write(page, desk, copies["anna"] / "book/seite.md")
    replace(copies["anna"] / "data/dokumente.csv", TITLE, "Annas Titel")
    page.locator(".lm-TabBar-tab", has_text="Schreibtisch").click()
    desk.get_by_label("Was haben Sie getan?").fill("Satz und Titel")
    do(desk, "sichern", "Fertig.")
    assert "Abgegeben" in do(desk, "abgeben", "Fertig.").inner_text()

    # Bernd has changed the same, and chooses.
    replace(copies["bernd"] / "book/seite.md", "Mit einem Satz.{", "Mit einem Satz. Bernds Satz.{")
    replace(copies["bernd"] / "data/dokumente.csv", TITLE, "Bernds Titel")
    other, desk = desk_of(hub, browser, "bernd")
    refuse_what_is_huge(desk, hub.folder / "riesig.xlsx")
    expect(desk.get_by_role("link", name="Entwurf ansehen")).to_have_attribute("href", DRAFT)
    desk.get_by_label("Was haben Sie getan?").fill("Auch Satz und Titel")
    do(desk, "sichern", "Fertig.")
    box = do(desk, "abgeben", "Dasselbe haben auch andere geändert. Was soll gelten?")
    box.get_by_label("Ihre Fassung: „Mit einem Satz. Bernds Satz.").check()
    box.get_by_label("Gemeinsamer Stand: „Annas Titel“").check()
    box.get_by_role("button", name="So übernehmen").click()
    expect(desk.locator("form[data-aufgabe=abgeben] .lauf ul")).to_contain_text("Abgegeben: ")

    # It is published when a publisher has seen it, and not before.
    until(lambda: Answer(0, "", hub.page(hub.draft), {}), lambda a: "Bernds Satz." in a.text)
    assert "Bernds Satz." not in hub.page(hub.shown)
    dora.goto(f"{hub.address}{DRAFT}")
    dora.get_by_role("button", name="Diesen Entwurf veröffentlichen").click()
    dora.get_by_text("Der Entwurf ist veröffentlicht.").wait_for()
    shown = hub.page(hub.shown)
    assert "Mit einem Satz. Bernds Satz." in shown
    assert "Annas Titel" in shown
    assert "Annas Satz." not in shown
    dora.get_by_role("button", name="Zurück zur Version davor").click()
    dora.get_by_text("Gezeigt wird wieder die Version davor.").wait_for()
    assert "Bernds Satz." not in hub.page(hub.shown)
    assert "Bernds Satz." in hub.page(hub.draft)

    # Anna gets what was chosen, and what she had written is still among the states.
    desk = page.frame_locator("#konzept-schreibtisch iframe")
    do(desk, "holen", "Fertig.")
    assert there(copies["anna"] / "book/seite.md").text == there(copies["bernd"] / "book/seite.md").text
    assert "Annas Satz." in git("-C", copies["anna"], "log", "-p")
    for one in (dora, page, other):
        one.context.close()


def test_a_link_shows_the_draft_and_nothing_else_to_whoever_has_it(hub: Hub, browser: Browser) -> None:
    import drafts

    until(lambda: Answer(0, "", hub.page(hub.draft), {}), lambda a: "Mit einem Satz." in a.text)
    page = sign_in(hub, browser, "anna", DRAFT[1:])
    page.get_by_role("button", name="Link machen").click()
    link = page.get_by_label("Wer diesen Link hat").input_value()
    assert page.get_by_role("button", name="veröffentlichen").count() == 0
    page.context.close()

    guest = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    guest.goto(link)
    # The theme's menu works also where it may keep nothing.
    guest.locator(".primary-toggle").click()
    guest.get_by_role("dialog").get_by_role("link", name="Eine Seite").click()
    guest.get_by_text("Mit einem Satz.").wait_for()
    # With its own type, and kept from all else under this name.
    assert "Source Sans 3" in guest.evaluate("getComputedStyle(document.querySelector('main p')).fontFamily")
    assert guest.evaluate("[...document.fonts].some(font => font.status === 'loaded')")
    assert guest.evaluate("self.origin") == "null"
    assert guest.context.cookies() == []
    guest.context.close()

    stranger = Person("")
    headers = stranger.ask(f"{link}book/seite.html").headers
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    own = hub.folder / "schaukasten/schluessel"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    today = dt.date.today()
    at = f"{hub.address}{DRAFT}link"
    old = drafts.signed(own.read_bytes(), today - dt.timedelta(1))
    words = link.rstrip("/").rpartition("/")[2]
    later = words.replace(words[:10], (today + dt.timedelta(400)).isoformat())
    foreign = drafts.signed(bytes(32), today)
    (hub.draft / "aktuell/hinaus.txt").symlink_to(own)
    for address, status, sentence in (
        (f"{at}/{drafts.signed(own.read_bytes(), today)}", 200, "Integrationskonzept"),
        (f"{at}/{old}/book/seite.html", 410, "Dieser Link gilt nicht mehr."),
        *(
            (f"{at}/{wrong}/book/seite.html", 403, "Dieser Link stimmt nicht.")
            for wrong in (later, foreign, words[:-1], "x")
        ),
        # No folder is listed, and nothing outside is shown.
        *((f"{link}{path}", 404, "Diese Seite gibt es im Entwurf nicht.") for path in OUTSIDE),
    ):
        answer = stranger.ask(address)
        assert (answer.status, sentence in answer.text) == (status, True), (address, answer)


OUTSIDE = (
    "daten/",
    "gibt-es-nicht.html",
    "%2e%2e/%2e%2e/lage.txt",
    "..%2f..%2f..%2flage.txt",
    "hinaus.txt",
    "a%00b",
)


def test_each_role_may_do_what_is_its_own(hub: Hub, anna: Person) -> None:
    clara, dora = Person(hub.address), Person(hub.address)
    for person, name in ((clara, "clara"), (dora, "dora")):
        person.sign_in(name, PASSWORD)
        # Who does not write has no workplace, and sees that of nobody.
        assert person.ask("/hub/spawn").status == 403
        assert "Zum Arbeitsplatz" not in person.ask("/hub/home").text
        assert person.ask("/user/anna/lab").status in (403, 404)
    for person, wishes in ((clara, ("zurueck", "link")), (anna, ("zurueck",))):
        assert person.ask(DRAFT).status == 200
        xsrf = next(c.value for c in person.cookies if c.name == "_xsrf" and c.path == DRAFT) or ""
        for wish in wishes:
            answer = person.ask(DRAFT, {"was": wish, "tage": "7", "_xsrf": xsrf}, Sec_Fetch_Mode="navigate")
            assert (answer.status, answer.text) == (403, "Das dürfen Sie hier nicht.")
        # Nor does another page let anybody do anything.
        assert dora.ask(DRAFT, {"was": "zurueck"}).status == 403
    assert not (hub.folder / "schaukasten/auftrag/auftrag").exists()


def test_a_wish_that_cannot_be_fulfilled_is_answered_and_changes_nothing(tmp_path: Path) -> None:
    import publishing

    copy, draft, shown = tmp_path / "kopie", tmp_path / "entwurf", tmp_path / "www"
    wishes = ("zurueck", "2026-11-29-103000", "", "../../etc")
    told = [publishing.fulfil(wish, copy, draft, shown) for wish in wishes]
    assert "ist noch nichts veröffentlicht" in told[0]
    assert all("veröffentlicht wurde nichts" in sentence for sentence in told[1:])
    page = draft / "versionen/2026-11-29-103000/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("neu", "utf-8")
    (draft / "aktuell").symlink_to("versionen/2026-11-29-103000")
    # As where the disk is full: nothing can be written there.
    shown.write_text("", "utf-8")
    assert "Datenträger voll" in publishing.fulfil(wishes[1], copy, draft, shown)
    shown.unlink()
    assert publishing.fulfil(wishes[1], copy, draft, shown) == "Der Entwurf ist veröffentlicht."
    assert (shown / "aktuell/index.html").read_text("utf-8") == "neu"
    assert publishing.fulfil(wishes[1], copy, draft, shown) == "Dieser Entwurf wird schon gezeigt."
    assert "keine frühere Version" in publishing.fulfil("zurueck", copy, draft, shown)


TITLE = "Angaben beim Anlegen dieses Buches"


def there(path: Path) -> Answer:
    return Answer(0, "", path.read_text("utf-8"), {})


def test_what_cannot_be_built_is_no_draft_and_who_is_killed_begins_anew(hub: Hub) -> None:
    def draft() -> Answer:
        return Answer(0, "", hub.page(hub.draft, "book/index"), {})

    until(draft, lambda answer: "Adorf" in answer.text)
    copy = hub.folder / "kopie"
    git("clone", "--quiet", "--branch", "main", hub.common, copy)
    start = copy / "book/index.md"
    sound = start.read_text("utf-8")

    def give(text: str) -> None:
        start.write_text(text, "utf-8")
        git("-C", copy, "commit", "--quiet", "-am", "Neue Startseite")
        git("-C", copy, "push", "--quiet")

    def state() -> Answer:
        return there(hub.draft.with_name("lage.txt"))

    give(f"{sound}\n\n{{numref}}`gibt-es-nicht`\n")
    until(state, lambda answer: "ließ sich nicht bauen" in answer.text)
    assert "gibt-es-nicht" in (hub.folder / "hub.log").read_text("utf-8", "replace")
    assert "Adorf" in draft().text
    give(f"{sound}\n\nEin neuer Satz.\n")
    until(state, lambda answer: "wird gebaut" in answer.text)
    for process in psutil.process_iter():
        if is_ours(process, hub) and {"publishing.py", "veroeffentlichen"} & {
            Path(w).name for w in process.cmdline()
        }:
            process.kill()
    assert "Adorf" in draft().text
    until(draft, lambda answer: "Ein neuer Satz." in answer.text)
