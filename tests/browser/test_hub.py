"""The workplace for several: who gets in, who does not, whose files are whose, and what is published.

A real JupyterHub with its proxy, two authors and the account that publishes; only accounts of the system are not
made here, so all of them are whoever runs the tests, each with an own home folder.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from traitlets.config.loader import PyFileConfigLoader

from conftest import SLOW, run_konzept
from folders import PROGRAM

HUB = PROGRAM / "hub"
PASSWORD = "nur für diese Prüfung"
AUTHORS = ("anna", "bernd")
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
    (folder / "adorf/book/seite.md").write_text("# Eine Seite\n\nMit einem Satz.\n", "utf-8")
    (folder / "adorf/book/index.md").write_text("# Integrationskonzept für Adorf\n\nEin Satz.\n", "utf-8")
    git("init", "--quiet", "--initial-branch=anfang", folder / "adorf")
    git("-C", folder / "adorf", "add", ".")
    git("-C", folder / "adorf", "commit", "--quiet", "-m", "Anfang")
    found = Hub("", folder, folder / "stand.git", folder / "www")
    prepare.make_common_state(str(folder / "adorf"), found.common)
    ports = free_ports(3)
    found.address = f"http://127.0.0.1:{ports[0]}"
    (folder / "ablage").mkdir()
    (folder / "werkstatt").mkdir()
    settings = {
        "JupyterHub": {
            "bind_url": found.address,
            "hub_port": ports[1],
            "authenticator_class": "dummy",
            "spawner_class": "simple",
        },
        "ConfigurableHTTPProxy": {"api_url": f"http://127.0.0.1:{ports[2]}"},
        "Authenticator": {"allowed_users": list(AUTHORS), "allow_all": False},
        "DummyAuthenticator": {"password": PASSWORD},
        "SimpleLocalProcessSpawner": {"home_dir_template": f"{folder}/{{username}}"},
    }
    places = {
        "stand": found.common,
        "veroeffentlicht": found.shown,
        "ablage": folder / "ablage",
        "werkstatt": folder / "werkstatt",
    }
    lines = [f"{name} = {json.dumps(str(place))}" for name, place in places.items()]
    lines.append(f"konto = {json.dumps(getpass.getuser())}")
    for kind, traits in settings.items():
        # JSON's texts, numbers and lists are TOML's, too.
        lines += [f"[jupyterhub.{kind}]", *(f"{name} = {json.dumps(v)}" for name, v in traits.items())]
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
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()


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
    [("anna", "falsch"), ("anna", ""), ("carla", PASSWORD), ("../anna", PASSWORD), ("root", PASSWORD)],
)
def test_nobody_else_gets_in(hub: Hub, name: str, password: str) -> None:
    answer = Person(hub.address).sign_in(name, password)
    assert (answer.status, REFUSED in answer.text) == (403, True)


@pytest.mark.parametrize("path", ["lab", "api/contents", "files/data/kommune.json"])
def test_strangers_see_nothing(hub: Hub, anna: Person, path: str) -> None:
    stranger = Person(hub.address)
    for headers in ({}, {"Authorization": "token falsch"}):
        answer = stranger.ask(f"/user/anna/{path}", **headers)
        assert answer.status in (403, 404) or "/hub/login" in answer.address
        assert "Adorf" not in answer.text


@pytest.mark.parametrize("path", ["lab", "api/contents", "files/data/kommune.json"])
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
    assert {name: cookie.path for name, cookie in cookies.items()} == {
        "jupyterhub-hub-login": "/hub/",
        "jupyterhub-session-id": "/",
        "jupyterhub-user-anna": "/user/anna/",
    }
    assert all(cookie.has_nonstandard_attr("HttpOnly") for cookie in cookies.values())
    for path in ("/hub/home", "/user/anna/lab"):
        headers = anna.ask(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    home = anna.ask("/hub/home").headers
    assert (home["X-Content-Type-Options"], home["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_behind_tls_cookies_go_no_other_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for address, options in (("https://konzept.example.de", {"secure": True}), ("", None)):
        (tmp_path / "hub.toml").write_text(f'adresse = "{address}"\n', "utf-8")
        monkeypatch.setenv("KONZEPT_HUB", str(tmp_path / "hub.toml"))
        config = PyFileConfigLoader(str(HUB / "jupyterhub_config.py")).load_config()
        assert config.JupyterHub.tornado_settings.get("cookie_options") == options
        assert config.JupyterHub.bind_url == "http://127.0.0.1:8000"
        assert config.LocalAuthenticator.allowed_groups == {"konzept-autoren"}


def test_no_other_page_can_change_anything(anna: Person) -> None:
    for path in ("/user/anna/api/contents/book", "/hub/api/users/anna/tokens", "/hub/api/users/anna/server"):
        assert anna.ask(path, {}).status == 403


def test_all_listens_on_this_machine_alone(hub: Hub, anna: Person) -> None:
    import psutil

    log = (hub.folder / "hub.log").read_text("utf-8", "replace")
    assert "127.0.0.1" in log
    mine = [p for p in psutil.process_iter() if is_ours(p, hub)]
    assert len(mine) > 4
    listening = [c.laddr.ip for p in mine for c in p.net_connections("inet") if c.status == "LISTEN"]
    assert set(listening) == {"127.0.0.1"}


def is_ours(process: object, hub: Hub) -> bool:
    import psutil

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
    page.get_by_text("Sie sind abgemeldet.").wait_for()
    page.goto(f"{hub.address}/user/anna/lab")
    page.get_by_role("heading", name="Anmelden").wait_for()
    context.close()


def test_what_is_common_is_published_and_what_cannot_be_built_is_not(hub: Hub) -> None:
    def shown() -> Answer:
        start = hub.shown / "aktuell/book/index.html"
        return Answer(200, "", start.read_text("utf-8") if start.is_file() else "", {})

    until(shown, lambda answer: "Adorf" in answer.text)
    first = os.readlink(hub.shown / "aktuell")  # noqa: PTH115
    copy = hub.folder / "kopie"
    git("clone", "--quiet", "--branch", "main", hub.common, copy)
    start = copy / "book/index.md"
    sound = start.read_text("utf-8")
    log = hub.folder / "hub.log"

    def give(text: str) -> None:
        start.write_text(text, "utf-8")
        git("-C", copy, "commit", "--quiet", "-am", "Neue Startseite")
        git("-C", copy, "push", "--quiet")

    give(f"{sound}\n\n{{numref}}`gibt-es-nicht`\n")
    until(lambda: Answer(0, "", log.read_text("utf-8", "replace"), {}), lambda a: "gibt-es-nicht" in a.text)
    assert os.readlink(hub.shown / "aktuell") == first  # noqa: PTH115
    give(f"{sound}\n\nEin neuer Satz.\n")
    until(shown, lambda answer: "Ein neuer Satz." in answer.text.replace("\u00ad", ""))
    assert os.readlink(hub.shown / "aktuell") != first  # noqa: PTH115
