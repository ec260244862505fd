"""A real browser over the built site, served from this machine alone."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import run_konzept
from copies import copy_project

# What Playwright switches off, as far as it matters here, because of these flags only the last one counts;
# and the suggestions below the address bar, which cost each window more than the page does.
OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
FLAGS = [
    f"--disable-features={','.join(OFF)}",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@dataclass
class Site:
    """A folder of pages and where it is served."""

    folder: Path
    address: str
    _read: dict[str, BeautifulSoup] = field(default_factory=dict)

    def soup(self, path: str) -> BeautifulSoup:
        """A page's elements, read once; not to be changed."""
        if path not in self._read:
            self._read[path] = BeautifulSoup((self.folder / path).read_text("utf-8"), "html.parser")
        return self._read[path]

    def pages(self) -> list[str]:
        """All pages by their path."""
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.html"))


@dataclass
class Watched:
    """A page and what it did."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


def serve(folder: Path) -> tuple[ThreadingHTTPServer, str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[Site]:
    """The project's own site."""
    server, address = serve(built / "html")
    yield Site(built / "html", address)
    server.shutdown()


@pytest.fixture(scope="session")
def hostile_site(built: Path, hostile_data: Path, once: Any) -> Iterator[Site]:
    """The same book from hostile data."""

    def build(folder: Path) -> None:
        project = copy_project(folder / "projekt")
        run_konzept(project, "build", "--only", "html", "--data", str(hostile_data)).check_returncode()

    pages = once("feind", build) / "projekt" / "_build" / "html"
    server, address = serve(pages)
    yield Site(pages, address)
    server.shutdown()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's Chromium with a fresh profile."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Any]:
    """Open pages and keep account of requests, errors and dialogs."""
    contexts = []

    def open_page(
        address: str, *, width: int = 1280, dark: bool = False, scripts: bool = True, fonts: bool = True
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="de-DE"
        )
        contexts.append(context)
        if not fonts:
            context.route("**/*.woff2", lambda route: route.abort())
        if dark and scripts:
            context.add_init_script(
                "localStorage.setItem('theme','dark');localStorage.setItem('mode','dark')"
            )
        page = context.new_page()
        watched = Watched(page)
        page.on("request", lambda r: watched.hosts.add(r.url.split("/")[2] if "//" in r.url else r.url[:5]))
        page.on(
            "console", lambda m: watched.errors.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda e: watched.errors.append(str(e)))
        page.on(
            "response", lambda r: watched.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None
        )

        def dismiss(dialog: Any) -> None:
            watched.dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismiss)
        response = page.goto(address)
        if address.startswith("http"):
            assert response is not None
            assert response.status == 200
        return watched

    yield open_page
    for context in contexts:
        context.close()
