"""Takes the pictures of the page "Mitschreiben" from the real thing: workbook, desk, JupyterLab and preview.

`make bilder` runs it in a copy of the project, so that nothing here is changed; the pictures go to
`book/assets/mitschreiben`.  It needs LibreOffice beside what the tests need.
"""

from __future__ import annotations

import csv
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
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

from konzept.site.shared import whole_page

PROJECT = Path(__file__).resolve().parents[1]
TARGET = PROJECT / "book" / "assets" / "mitschreiben"
COLOURS = 48
"""Enough for pictures of text; they stay small."""
HEAD = 3
"""The row of a sheet in which its columns are named."""
SOURCE = "Quelle"
"""Stands for the source that the page's example names."""
EXAMPLES = {
    "Statusverlauf": (
        "statusverlauf",
        {
            "Maßnahme": ("m-bildung-bibliothek – Angebot und Öffnungszeiten der Bibliothek erweitern", 27),
            "Datum": ("18.12.2025", 13),
            "Status": ("in Prüfung", 20),
            "Quelle": (SOURCE, 30),
            "Fundstelle": ("Seite 1", 16),
        },
    ),
}
"""Picture, and what the page's example types into each column, with the width of the column."""
CHAPTER = "book/chapters/01-bildung.md"
MISTAKE = ("tab-ziele-bildung", "tab-ziele-bildnug")
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
    """Type the page's examples into two sheets and print their columns, with the rows above."""
    own = copy.parent
    path = own / "konzept.xlsx"
    subprocess.run(_konzept("excel", "export", str(path)), cwd=copy, env=_environment(copy), check=True)
    source = _source(copy)
    for sheet, (picture, typed) in EXAMPLES.items():
        book = openpyxl.load_workbook(path)
        for other in list(book):
            if other.title != sheet:
                del book[other.title]
        _show(book[sheet], typed, source)
        book.save(own / f"{picture}.xlsx")
        _print(own, picture)
        _keep(own / f"{picture}.png", picture, trim=True)


def _source(copy: Path) -> str:
    """Name the source of the page's example as the workbook does: the key that the page types, and its title."""
    page = whole_page((copy / "book/mitschreiben.md").read_text("utf-8"), copy / "data", "")
    key = page.partition("Quelle: ")[2].partition(" ")[0]
    with (copy / "data/dokumente.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row["id"]: row["kurztitel"] or row["titel"] for row in csv.DictReader(file, delimiter=";")}
    return f"{key} – {titles[key]}"


def _show(page: Worksheet, typed: dict[str, tuple[str, int]], source: str) -> None:
    """Leave what a person sees who types the example: heads, the last rows, the new one."""
    head = page[HEAD]
    last = max([HEAD, *(row[0].row for row in page.iter_rows(min_row=HEAD + 1) if row[0].value)])
    new = last + 1
    for place, cell in enumerate(head, start=1):
        column = str(cell.value).removesuffix(" *")
        measures = page.column_dimensions[get_column_letter(place)]
        if column not in typed:
            measures.hidden = True
            continue
        text, measures.width = typed[column]
        target = page.cell(new, place, source if text == SOURCE else text)
        model = page.cell(HEAD + 1, place)
        target.font = Font(name=model.font.name, sz=model.font.sz, b=True)
        line = Side("thin", "C8C4B4")
        target.border = Border(left=line, right=line, top=line, bottom=line)
        target.alignment = Alignment(vertical="top", wrap_text=True)
        target.fill = PatternFill()
    page.row_dimensions[HEAD - 2].hidden = True
    page.row_dimensions[HEAD - 1].height = 72
    for row in range(HEAD + 1, last - 1):
        page.row_dimensions[row].hidden = True
    for row in range(last - 1, new + 1):
        if row > HEAD:
            page.row_dimensions[row].height = 50
    page.print_area = f"A{HEAD - 1}:{get_column_letter(len(head))}{new + 1}"
    page.print_title_rows = None
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for part in (page.oddHeader, page.oddFooter):
        for side in ("left", "center", "right"):
            getattr(part, side).text = ""
    page.print_options.headings = True


def _print(folder: Path, name: str) -> None:
    office = [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{folder}/.office"]
    subprocess.run(
        [*office, "--headless", "--convert-to", "pdf", f"{name}.xlsx"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run(
        ["pdftoppm", "-r", "130", "-png", "-singlefile", f"{name}.pdf", name],  # noqa: S607
        cwd=folder,
        check=True,
    )


def _lab(copy: Path, browser: Browser) -> None:
    """Open JupyterLab at the desk, and a chapter in it."""
    port = _free_port()
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=", "--ServerApp.root_dir=."]
    if os.geteuid() == 0:
        options.append("--allow-root")
    with _running(
        _konzept("lab", *options), copy, f"http://127.0.0.1:{port}/lab", {"HOME": str(copy.parent)}
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1)
        page.goto(f"http://127.0.0.1:{port}/lab")
        page.frame_locator("#konzept-schreibtisch iframe").locator("#staende").wait_for(
            timeout=60_000, state="attached"
        )
        page.wait_for_timeout(3000)
        page.screenshot(path=copy.parent / "schreibtisch.png")
        page.set_viewport_size({"width": 1040, "height": 640})
        page.goto(f"http://127.0.0.1:{port}/lab/tree/{CHAPTER}")
        page.locator(".jp-NotebookPanel .js-plotly-plot").first.wait_for(timeout=60_000, state="attached")
        page.wait_for_timeout(1000)
        page.screenshot(path=copy.parent / "jupyterlab.png")
        page.close()
    _keep(copy.parent / "schreibtisch.png", "schreibtisch")
    _keep(copy.parent / "jupyterlab.png", "jupyterlab")


def _preview(copy: Path, browser: Browser) -> None:
    """Show how the preview tells of a mistake above the last good page."""
    chapter = copy / CHAPTER
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with _running(_konzept("preview", "--port", str(port)), copy, address, {}):
        page = browser.new_page(viewport={"width": 880, "height": 560}, device_scale_factor=1)
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
    log = (copy.parent / "server.log").open("w")
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
