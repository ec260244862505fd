"""Takes the pictures of the page "Mitschreiben" from the real thing: workbook, JupyterLab and preview.

`make bilder` runs it in a copy of the project, so that nothing here is changed; the pictures go to
`book/assets/mitschreiben`.  It needs LibreOffice beside what the tests need.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
TARGET = PROJECT / "book" / "assets" / "mitschreiben"
COLOURS = 48
"""Enough for pictures of text; they stay small."""
CHAPTER = "book/chapters/01-bildung.md"
MISTAKE = ("abb-status-bildung", "abb-status-bildnug")
BUILT = 300_000
"""So many milliseconds a build of the whole book may take."""


def main() -> None:
    """Take all pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        copy = _copy(Path(name) / "integrationskonzept")
        _workbook(copy)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            _lab(copy, browser)
            _preview(copy, browser)
            browser.close()


def _copy(folder: Path) -> Path:
    hidden = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", "intern")
    shutil.copytree(PROJECT, folder, ignore=hidden)
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    return folder


def _workbook(copy: Path) -> None:
    """Print two sheets of the workbook and cut out their upper left corner."""
    path = copy / "konzept.xlsx"
    subprocess.run(_konzept("excel", "export", str(path)), cwd=copy, env=_environment(copy), check=True)
    for sheet, picture in (("Statusverlauf", "statusverlauf"), ("Neue Maßnahme", "neue-massnahme")):
        book = openpyxl.load_workbook(path)
        for other in list(book):
            if other.title != sheet:
                del book[other.title]
        page = book[sheet]
        page.print_area = "A1:C9" if sheet == "Statusverlauf" else "A1:C7"
        page.print_title_rows = None
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for part in (page.oddHeader, page.oddFooter):
            for place in ("left", "center", "right"):
                getattr(part, place).text = ""
        page.print_options.headings = True
        single = copy / f"{picture}.xlsx"
        book.save(single)
        home = f"-env:UserInstallation=file://{copy}/.office"
        office = [
            shutil.which("soffice") or "soffice",
            home,
            "--headless",
            "--convert-to",
            "pdf",
            str(single),
        ]
        subprocess.run(office, cwd=copy, check=True, stdout=subprocess.DEVNULL)
        pdf = copy / f"{picture}.pdf"
        subprocess.run(
            ["pdftoppm", "-r", "130", "-png", "-singlefile", str(pdf), str(copy / picture)],  # noqa: S607
            check=True,
        )
        _keep(copy / f"{picture}.png", picture, trim=True)


def _lab(copy: Path, browser: Browser) -> None:
    """Open a chapter in JupyterLab."""
    port = _free_port()
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=", "--ServerApp.root_dir=."]
    if os.geteuid() == 0:
        options.append("--allow-root")
    command = [sys.executable, "-m", "jupyterlab", *options]
    extra = {"JUPYTER_CONFIG_PATH": "lab", "HOME": str(copy)}
    with _running(command, copy, f"http://127.0.0.1:{port}/lab", extra):
        page = browser.new_page(viewport={"width": 1240, "height": 720}, device_scale_factor=1)
        page.goto(f"http://127.0.0.1:{port}/lab/tree/book/chapters/01-bildung.md?factory=Notebook")
        page.locator(".jp-NotebookPanel .jp-MarkdownCell").first.wait_for(timeout=60_000)
        page.wait_for_timeout(4000)
        page.screenshot(path=copy / "jupyterlab.png")
        page.close()
    _keep(copy / "jupyterlab.png", "jupyterlab")


def _preview(copy: Path, browser: Browser) -> None:
    """Show how the preview tells of a mistake above the last good page."""
    chapter = copy / CHAPTER
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with _running(_konzept("preview", "--port", str(port)), copy, address, {}):
        page = browser.new_page(viewport={"width": 1100, "height": 620}, device_scale_factor=1)
        # The server answers at once; the page is there only when the whole book has been built.
        _wait_for(page, f"{address}/{chapter.relative_to(copy).with_suffix('.html').as_posix()}")
        text = chapter.read_text("utf-8")
        assert MISTAKE[0] in text
        chapter.write_text(text.replace(*MISTAKE), "utf-8")
        page.get_by_role("alert").get_by_text(MISTAKE[1]).wait_for(timeout=BUILT)
        page.wait_for_timeout(1000)
        page.screenshot(path=copy / "vorschau.png")
        page.close()
    _keep(copy / "vorschau.png", "vorschau")


def _wait_for(page: Page, address: str) -> None:
    end = time.monotonic() + BUILT / 1000
    while True:
        answer = page.goto(address)
        if answer is not None and answer.ok:
            return
        assert time.monotonic() < end, f"{address} is not built"
        time.sleep(2)


def _konzept(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "konzept", *arguments]


def _environment(copy: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(copy / "scripts")}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], copy: Path, address: str, extra: dict[str, str]) -> Iterator[None]:
    """Run a server until its picture is taken."""
    log = (copy / "server.log").open("w")
    process = subprocess.Popen(
        command, cwd=copy, env=_environment(copy) | extra, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _keep(picture: Path, name: str, *, trim: bool = False) -> None:
    """Keep a picture with few colours."""
    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    if trim:
        white = Image.new("RGB", image.size, "white")
        left, top, right, bottom = ImageChops.difference(image, white).getbbox() or (0, 0, *image.size)
        image = image.crop((max(0, left - 8), max(0, top - 8), right + 8, bottom + 8))
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
