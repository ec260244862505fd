"""JupyterLab as `make lab` opens it: German, at the desk; chapters read as documents, saving leaves files clean."""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from accessibility import violations
from conftest import SLOW
from copies import copy_project
from folders import PROGRAM, PROJECT, page_text, rows
from typing_commands import ODD

TOKEN = "nur-fuer-diese-pruefung"
PAGES = (
    *("book/erkunden.md", "book/chapters/01-bildung.md", "book/steuerung.md"),
    # Without cells, and without a head.
    *("book/glossar.md", "book/mitschreiben.md"),
)


@dataclass
class Lab:
    """A running JupyterLab."""

    project: Path
    address: str
    log: Path

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """Talk to the server as JupyterLab does."""
        request = urllib.request.Request(
            f"{self.address}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or "null")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab in a copy of the project."""
    project = copy_project(tmp_path_factory.mktemp("labor") / ODD)
    with running_lab(project) as running:
        yield running


@contextmanager
def running_lab(project: Path) -> Iterator[Lab]:
    """Run `konzept lab` in a project, without a browser of its own."""
    own = project.parent / "jupyter"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": str(project / "scripts"),
        # Whoever runs the tests keeps their own settings, and these do not change the outcome.
        **{f"JUPYTER_{key}_DIR": str(own / key) for key in ("CONFIG", "DATA", "RUNTIME")},
        **{f"JUPYTERLAB_{key}_DIR": str(own / key) for key in ("SETTINGS", "WORKSPACES")},
        "IPYTHONDIR": str(own / "ipython"),
    }
    log = own / "lab.log"
    log.parent.mkdir()
    command = [sys.executable, "-m", "konzept", "lab", "--no-browser", f"--port={port}", "--port-retries=0"]
    with (
        log.open("w") as file,
        subprocess.Popen(
            [*command, f"--IdentityProvider.token={TOKEN}"],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        running = Lab(project, f"http://127.0.0.1:{port}", log)
        try:
            _wait_for(running, server)
            yield running
        finally:
            server.terminate()


def _wait_for(lab: Lab, server: subprocess.Popen[bytes]) -> None:
    for _ in range(SLOW * 240):
        try:
            lab.ask("api/status")
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, lab.log.read_text()
            time.sleep(0.25)
        else:
            return
    raise AssertionError(lab.log.read_text())


@pytest.fixture
def window(lab: Lab, watch: Any) -> Any:
    """JupyterLab in a browser, with a page opened by a double click and, as always, all of its cells run."""

    def open_page(path: str, ready: str | None = None, *, cells: str = ".jp-CodeCell") -> Any:
        watched = watch(f"{lab.address}/static/favicons/favicon.ico")
        open_in(watched.page, lab, path, ready, cells=cells)
        return watched

    return open_page


def open_in(page: Any, lab: Lab, path: str, ready: str | None = None, *, cells: str = ".jp-CodeCell") -> None:
    folder, _, name = path.rpartition("/")
    # Without the desk, for which a preview would build the book beside each test.
    page.route(f"{lab.address}/konzept/**", lambda route: route.abort())
    page.goto(f"{lab.address}/lab/tree/{folder}?token={TOKEN}&reset")
    item = page.locator(".jp-DirListing-item", has_text=re.compile(rf"^{re.escape(name)}"))
    item.first.wait_for(timeout=SLOW * 60_000)
    item.first.dblclick()
    # The first cell, which holds what papermill sets, is never seen.
    page.wait_for_selector(f".jp-NotebookPanel {cells}", timeout=SLOW * 30_000, state="attached")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=SLOW * 60_000)
    if cells == ".jp-CodeCell":
        # The last cell that shows something has shown it.
        page.wait_for_function(
            "[...document.querySelectorAll('.jp-CodeCell')].at(-1)?.querySelector('.jp-OutputArea-output')",
            timeout=SLOW * 60_000,
        )
    if ready:
        page.wait_for_selector(ready, timeout=SLOW * 60_000, state="attached")


@pytest.fixture(scope="module")
def untouched(lab: Lab, browser: Any) -> Iterator[Any]:
    """The first chapter, opened once for all that leaves it as it is."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE").new_page()
    open_in(page, lab, CHAPTER, ".js-plotly-plot")
    yield page
    page.context.close()


def open_cell(page: Any, number: int) -> Any:
    """Click on the grey line of a cell, behind which lies what it is made of."""
    cell = page.locator(".jp-CodeCell").nth(number)
    if cell.locator(".jp-InputArea").is_hidden() or cell.locator(".jp-Placeholder").count():
        cell.locator(".jp-Placeholder").click()
    return cell


def last_line(page: Any, cell: int) -> str:
    """Run a cell again and give the end of what it puts out."""
    code = open_cell(page, cell)
    code.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=SLOW * 30_000)
    return code.locator(".jp-OutputArea").inner_text()


def test_explorer_and_python_answer_each_other(lab: Lab, window: Any, real: Path) -> None:
    watched = window("book/erkunden.md", ".widget-dropdown select")
    page = watched.page
    page.wait_for_selector(".ik-erkunden")
    for light, paper in (("true", "#ffffff"), ("false", "#14191c")):
        page.evaluate(
            """([light, paper]) => { document.body.dataset.jpThemeLight = light;
                 document.querySelector('.ik-erkunden').parentElement.style.background = paper; }""",
            [light, paper],
        )
        assert violations(page, ".ik-erkunden") == []
    own = [r["id"] for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == "bildung"]

    # What someone chooses arrives in Python.
    page.select_option(".ik-erkunden select[id$='-field']", "bildung")
    shown = last_line(page, 2)
    assert re.findall(r"\bm-[\w-]+", shown) == own
    assert f"{len(own)} rows" in shown or len(own) < 11

    # A control of ipywidgets calls Python, and Python changes what is seen.
    page.select_option(".widget-dropdown select", "2. Gesundheit")
    count = sum(r["handlungsfeld_id"] == "gesundheit" for r in rows(real, "massnahmen"))
    page.wait_for_selector(f".widget-html-content >> text='Maßnahmen in der Auswahl: {count}'")
    page.wait_for_function(
        "n => document.querySelectorAll('.ik-erkunden tbody tr').length === n",
        arg=count,
        timeout=SLOW * 10_000,
    )
    assert f"{count} von" in page.inner_text(".ik-e-stand")
    assert page.input_value(".ik-erkunden select[id$='-field']") == "gesundheit"

    # What is chosen leaves as a workbook; the kernel sends what packs it.
    with page.expect_download() as download:
        page.click(".ik-erkunden button >> text=Für Excel")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))[
        "Maßnahmen der Auswahl"
    ]
    chosen = [r["id"] for r in rows(real, "massnahmen") if r["handlungsfeld_id"] == "gesundheit"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == chosen

    # The kernel sends what reads charts aloud.
    page.check(".ik-erkunden input[value=kennzahlen]")
    page.focus(".ik-e-diagramm")
    voice = page.locator(".ik-erkunden [aria-live=assertive]")
    voice.filter(has_text="Pfeiltasten").wait_for(timeout=SLOW * 15_000)
    assert page.inner_text(".ik-e-punkt").startswith("Lehrte: ca.")
    assert watched.hosts <= {lab.address.removeprefix("http://"), "", "blob:"}


def test_charts_have_the_books_font(lab: Lab, window: Any) -> None:
    """A bug once: labels were cut, for another font is wider than the one that they were measured with."""
    # Another chapter than below: its kernel goes on and knows what has run.
    page = window("book/chapters/09-sprache.md", ".js-plotly-plot .main-svg").page
    loaded = page.evaluate(
        "document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded').map(f => [f.family, f.weight]))"
    )
    assert {(family.strip('"'), weight) for family, weight in loaded} >= {
        ("Source Sans 3", "400"),
        ("Source Sans 3", "600"),
    }
    family = page.evaluate(
        "getComputedStyle(document.querySelector('.js-plotly-plot .main-svg text')).fontFamily"
    )
    assert "Source Sans 3" in family


CHAPTER = "book/chapters/01-bildung.md"


def run_cell(page: Any, number: int, code: str | None = None) -> Any:
    """Type code into a cell, or leave what it holds, and run it; give what it then shows."""
    cell = open_cell(page, number)
    cell.locator(".cm-content").click()
    if code is not None:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(code)
    page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea")


def test_a_cell_that_fails_speaks_german(lab: Lab, window: Any) -> None:
    page = window(CHAPTER).page
    shown = run_cell(page, 2, "kapitle.facts()")
    shown.get_by_text("Den Namen „kapitle“ gibt es").wait_for()
    shown = run_cell(page, 2, "field.fatcs()")
    shown.get_by_text("Den Baustein „fatcs“ gibt es nicht. Meinten Sie „facts“?").wait_for()
    details = shown.locator("details")
    assert details.inner_text() == "Einzelheiten für die Technik"
    assert "Traceback" not in shown.inner_text()
    details.locator("summary").click()
    details.get_by_text("AttributeError: 'Chapter' object has no attribute 'fatcs'").wait_for()
    # A mistake in a page's number of an indicator lets no cell fail.
    shown = run_cell(page, 2, 'field.indicator_chart("i-kita-quote-u4")')
    shown.get_by_text("Den Indikator „i-kita-quote-u4“ gibt es in den Daten nicht.").wait_for()
    # Mended, nothing is left of it.
    shown = run_cell(page, 2, "field.facts()")
    shown.locator("strong", has_text="i-kita").wait_for(state="detached")
    assert not shown.locator("details").count()


KEYS = "abcdefghijklmnopqrstuvwxyzäöüß0123456789 .,;:!?-_+*#'\"()[]{}/\\=<>|@%&~^`$"
"""What can be typed; all but a few of the letters and digits are commands of JupyterLab's own."""
SENTENCE = "Auch my Xaver Zacharias (0,12 % & 1abcd) ruft: „Ja, ddiiyvLMRKJAB00123456“!"


@pytest.fixture
def chapter(lab: Lab) -> Iterator[Path]:
    """A chapter to write in; afterwards it is as it was."""
    path = lab.project / CHAPTER
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def save(page: Any, path: Path) -> None:
    """Save with the keyboard, and wait until it is done."""
    with page.expect_response(lambda r: r.request.method == "PUT" and path.name in r.url) as saved:
        page.keyboard.press("Control+s")
    assert saved.value.ok


def is_marked_unsaved(page: Any) -> bool:
    return bool(page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty").count())


def double_click_at_the_end(page: Any, text: str) -> None:
    """Double-click on the last letter of a text as it is shown."""
    block = page.locator(".jp-MarkdownOutput").get_by_text(text)
    block.scroll_into_view_if_needed()
    place = block.evaluate(
        """(block, text) => {
             const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = document.createRange();
             for (let node; (node = walk.nextNode()); ) {
               const start = node.data.indexOf(text);
               if (start < 0) continue;
               range.setStart(node, start + text.length - 1), range.setEnd(node, start + text.length);
               const { right, top, height } = range.getBoundingClientRect();
               return [right - 1, top + height / 2];
             }
           }""",
        text,
    )
    page.mouse.dblclick(*place)


def test_a_chapter_opens_as_a_document(untouched: Any) -> None:
    page = untouched
    # What cells are made of is one grey line each; what papermill sets is not seen at all.
    assert page.locator(".jp-CodeCell .cm-content:visible").count() == 0
    assert page.locator(".jp-CodeCell").first.is_hidden()
    # The reader begins at the top.
    assert page.get_by_role("heading", name="Bildung und Erziehung").is_visible()
    # A source is a small mark that says which.
    mark = page.locator("code.ik-rolle[data-rolle=quelle]").first
    assert mark.get_attribute("title").startswith("d-sachstandsbericht-2")
    assert "{quelle}" not in page.locator(".jp-MarkdownOutput").first.inner_text()
    assert page.locator(".jp-MarkdownOutput").filter(has_text="{quelle}").count()
    # Lists are lists, and the book's type is there.
    assert page.locator(".jp-OutputArea li").count() > 3
    style = "getComputedStyle(document.querySelector('.jp-MarkdownOutput p')).fontFamily"
    assert "Source Sans 3" in page.evaluate(style)


def test_what_authors_meet_is_german(untouched: Any) -> None:
    page = untouched
    met = page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert [word for word in met if word] == ["Datei", "Bearbeiten", "Ansicht"]
    for menu, known in (
        ("Datei", "Seite speichern"),
        ("Bearbeiten", "Rückgängig"),
        ("Ansicht", "Inhaltsverzeichnis"),
    ):
        met += menu_labels(page, menu, known)
    bars = ".jp-NotebookPanel-toolbar, .jp-FileBrowser-toolbar, .jp-cell-toolbar"
    buttons = page.locator(f":is({bars}) jp-button:not(.lm-mod-hidden)")
    met += buttons.evaluate_all("all => all.map(b => b.title || b.getAttribute('aria-label') || b.innerText)")
    assert {"Diese Seite speichern", "Dateien hochladen", "Nach oben schieben"} <= set(met)
    assert [words for words in met if ENGLISH.search(words.replace("Tab schließen", ""))] == []
    # Nor does anything lead to a terminal, a console or a debugger.
    assert page.locator(".lm-TabBar.jp-SideBar .lm-TabBar-tab").count() == 2
    page.locator(".jp-MarkdownCell p").first.click(button="right")
    assert not page.locator(".lm-Menu").count()


def test_saving_leaves_the_page_as_it_was(lab: Lab, untouched: Any) -> None:
    before = (lab.project / CHAPTER).read_bytes()
    save(untouched, lab.project / CHAPTER)
    assert (lab.project / CHAPTER).read_bytes() == before


@pytest.mark.parametrize("cell", [".jp-MarkdownCell p", ".jp-CodeCell .jp-OutputArea"], ids=["text", "code"])
def test_what_is_typed_on_a_chosen_cell_changes_nothing(lab: Lab, untouched: Any, cell: str) -> None:
    before = (lab.project / CHAPTER).read_bytes()
    untouched.locator(cell).nth(1).click()
    for key in KEYS + KEYS.upper():
        untouched.keyboard.type(key * 2)
    untouched.keyboard.press("Control+Backspace")
    save(untouched, lab.project / CHAPTER)
    assert (lab.project / CHAPTER).read_bytes() == before


def test_an_unchanged_chapter_closes_without_a_question(untouched: Any) -> None:
    page = untouched
    assert not is_marked_unsaved(page)
    page.keyboard.press("Alt+w")
    page.wait_for_selector(".jp-NotebookPanel", state="detached", timeout=SLOW * 10_000)
    assert not page.locator(".jp-Dialog").count()


def test_tables_of_the_data_are_shown_by_column(untouched: Any) -> None:
    page = untouched
    page.locator(".jp-BreadCrumbs-home").click()
    page.locator(".jp-DirListing-item", has_text="data").dblclick()
    page.locator(".jp-DirListing-item", has_text="akteure.csv").dblclick()
    page.wait_for_selector(".jp-CSVViewer", timeout=SLOW * 30_000)
    head = (PROJECT / "data/akteure.csv").read_text("utf-8").splitlines()[0]
    assert head.count(";") > 1
    # It is for looking at: there is nothing to type into.
    assert not page.locator(".jp-CSVViewer [contenteditable=true], .jp-CSVDelimiter").count()


PLACES = (
    "Worum es geht",
    "sind für Erziehung und Bildung der wichtigste Lebensraum.",
    # Here the source has more than the page shows.
    "ordnet die Maßnahmen den Zielen zu",
    "Die Ergebnisse sind ausdrücklich nicht",
)


def test_what_is_typed_after_a_double_click_goes_into_the_text(chapter: Path, window: Any) -> None:
    expected = chapter.read_text("utf-8")
    page = window(CHAPTER).page
    for place in PLACES:
        assert expected.count(place) == 1
        expected = expected.replace(place, f"{place} {SENTENCE}")
        double_click_at_the_end(page, place)
        page.keyboard.type(f" {SENTENCE}")
        assert is_marked_unsaved(page)
        save(page, chapter)
        assert chapter.read_text("utf-8") == expected
        page.keyboard.press("Control+Enter")  # shown again, for another place in the same cell


def added_and_removed(old: str, new: str) -> list[str]:
    """Give the lines that `git diff` shows, as it shows them."""
    changes = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), n=0)
    return [line.rstrip("\n") for line in changes if not re.match(r"---|\+\+\+|@@", line)]


def test_writing_as_in_a_text_program_changes_just_that(chapter: Path, window: Any) -> None:
    """Quotes, umlauts, dashes, the Enter key, a list, and a bullet that was copied elsewhere."""
    before = chapter.read_bytes().decode()
    old = "Viel entscheidet sich in den ersten Lebensjahren."
    assert before.count(f"\n{old}\n") == 1
    page = window(CHAPTER, ".js-plotly-plot").page
    double_click_at_the_end(page, old)
    page.keyboard.type(" Über „Brücken“ – so heißt es – führt *ein* Weg: ‚Größe‘ & Maß … (2 < 3)")
    page.keyboard.press("Enter")
    page.keyboard.type("Dazu gehören:")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("- Öffnungszeiten")
    page.keyboard.press("Enter")
    # The list goes on by itself.
    page.keyboard.type("Übungsräume")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("•\tEingefügt\u00a0aus Word")
    page.keyboard.press("Enter")
    save(page, chapter)
    assert added_and_removed(before, chapter.read_bytes().decode()) == [
        f"-{old}",
        f"+{old} Über „Brücken“ – so heißt es – führt *ein* Weg: ‚Größe‘ & Maß … (2 < 3)",
        "+Dazu gehören:",
        "+",
        "+- Öffnungszeiten",
        "+- Übungsräume",
        "+•\tEingefügt\u00a0aus Word",
        "+",
    ]


def test_writing_on_a_page_without_cells_changes_just_that(lab: Lab, window: Any) -> None:
    path = lab.project / "book/glossar.md"
    before = path.read_bytes().decode()
    # Without a question for a kernel.
    page = window("book/glossar.md", cells=".jp-MarkdownCell").page
    double_click_at_the_end(page, "ersetzen keinen Gesetzestext.")
    page.keyboard.type(" Sie wachsen – „Wort für Wort“.")
    save(page, path)
    after = path.read_bytes().decode()
    assert after == before.replace(
        "ersetzen keinen Gesetzestext.", "ersetzen keinen Gesetzestext. Sie wachsen – „Wort für Wort“.", 1
    )
    path.write_bytes(before.encode())


def test_a_figure_is_brought_in_as_mitschreiben_says(chapter: Path, window: Any) -> None:
    """A bug once: what was typed after the click on "+" was lost."""
    before = chapter.read_bytes().decode()
    task = page_text(PROJECT / "book/mitschreiben.md").partition("**Abbildung:**")[2]
    snippet = re.findall(r"````markdown\n(.*?)````", task, re.DOTALL)[0]
    page = window(CHAPTER).page
    page.locator(".jp-CodeCell .jp-OutputArea").nth(1).click()
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Baustein").click()
    page.wait_for_selector(".jp-Notebook.jp-mod-editMode")
    page.keyboard.type(snippet.splitlines()[1])
    save(page, chapter)
    cell = "field.facts()\n```\n"
    assert chapter.read_bytes().decode() == before.replace(cell, f"{cell}\n{snippet}", 1)


@pytest.mark.parametrize("name", PAGES)
def test_saving_by_the_servers_own_way_leaves_pages_as_they_were(lab: Lab, name: str) -> None:
    path = lab.project / name
    before = path.read_bytes()
    model = lab.ask(f"api/contents/{name}?type=notebook&content=1")
    # What JupyterLab adds by itself: the kernel as this machine names it, and outputs.
    model["content"]["metadata"]["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    model["content"]["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    for cell in model["content"]["cells"]:
        cell["metadata"] |= {"editable": True, "collapsed": False}
        if cell["cell_type"] == "code":
            cell |= {
                "execution_count": 7,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}],
            }
    lab.ask(
        f"api/contents/{name}", "PUT", {"type": "notebook", "format": "json", "content": model["content"]}
    )
    assert path.read_bytes() == before
    # What an author changes arrives.
    model["content"]["cells"][0]["source"] += "\n\nEin neuer Satz."
    lab.ask(
        f"api/contents/{name}", "PUT", {"type": "notebook", "format": "json", "content": model["content"]}
    )
    assert path.read_text("utf-8") != before.decode()
    assert path.read_text("utf-8").replace("\n\nEin neuer Satz.", "", 1) == before.decode()
    path.write_bytes(before)


def test_it_listens_here_only_and_asks_no_one(lab: Lab) -> None:
    assert {
        line.split("/")[2].split(":")[0] for line in lab.log.read_text().split() if line.startswith("http://")
    } == {"127.0.0.1"}
    page = urllib.request.Request(f"{lab.address}/lab", headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(page, timeout=20) as answer:
        text = answer.read().decode()
    config = json.loads(re.search(r'<script id="jupyter-config-data" type="application/json">\s*(\{.*?\})\s*</script>', text, re.DOTALL)[1])  # fmt: skip
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["can_install"] is False
    assert "@jupyterlab/apputils-extension:announcements" in json.dumps(config["disabledExtensions"])
    assert lab.ask("lab/api/update") == {"notification": None}


def test_the_file_list_holds_the_book_and_the_data_and_nothing_else(lab: Lab) -> None:
    """Whatever the program brings along, tried on its own folder, is out of sight; what an author puts there is not."""
    names = [path.name for path in PROGRAM.iterdir()]
    assert {"node_modules", "scripts", "tests", "pyproject.toml", "Makefile"} <= set(names)
    own = lab.project / "Brief an den Rat.docx"
    added = [own, *(lab.project / name for name in names if not (lab.project / name).exists())]
    for path in added:
        path.touch()
    listed = {item["name"] for item in lab.ask("api/contents/")["content"]}
    for path in added:
        path.unlink()
    assert listed == {"book", "data", own.name}
    assert "01-bildung.md" in {item["name"] for item in lab.ask("api/contents/book/chapters")["content"]}


ENGLISH = re.compile(
    r"\b(the|cell|file|run|save|open|close|new|insert|delete|move|select|tab|view|help|launcher)\b",
    re.IGNORECASE,
)
"""Words of JupyterLab that its German does not have."""


def menu_labels(page: Any, menu: str, known: str) -> list[str]:
    """Return what a menu offers, once it offers `known`: what is said of a page waits for the page to be the open one."""
    for _ in range(20):
        page.locator(".lm-MenuBar-itemLabel", has_text=menu).click()
        page.locator(".lm-Menu .lm-Menu-itemLabel").first.wait_for()
        labels = page.locator(".lm-Menu .lm-Menu-itemLabel").all_inner_texts()
        page.keyboard.press("Escape")
        page.locator(".lm-Menu").wait_for(state="detached")
        if known in labels:
            return list(labels)
        page.wait_for_timeout(500)
    raise AssertionError(f"{menu}: {labels} without {known}")


def test_a_new_paragraph_is_written_at_once(chapter: Path, window: Any) -> None:
    before = chapter.read_bytes().decode()
    page = window(CHAPTER).page
    page.locator(".jp-MarkdownCell p").first.click()
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Text", exact=True).click()
    page.wait_for_selector(".jp-Notebook.jp-mod-editMode")
    page.keyboard.type("Ein neuer Absatz.")
    save(page, chapter)
    changed = added_and_removed(before, chapter.read_bytes().decode())
    assert [line for line in changed if line != "+"] == ["+Ein neuer Absatz."]


def test_what_changed_on_disk_meanwhile_is_asked_for_in_german(chapter: Path, window: Any) -> None:
    page = window(CHAPTER).page
    double_click_at_the_end(page, "der wichtigste Lebensraum.")
    page.keyboard.type(" Neu.")
    theirs = chapter.read_text("utf-8").replace("Worum es geht", "Was gilt")
    time.sleep(1)
    chapter.write_text(theirs, "utf-8")
    page.keyboard.press("Control+s")
    dialog = page.locator(".jp-Dialog")
    dialog.get_by_text("Möchten Sie die Datei auf der Festplatte").wait_for(timeout=SLOW * 10_000)
    dialog.get_by_text("Abbrechen").click()
    assert chapter.read_text("utf-8") == theirs


def test_what_an_earlier_state_or_word_brought_shows_when_the_page_is_looked_at(
    chapter: Path, window: Any
) -> None:
    page = window(CHAPTER).page
    page.locator(".jp-DirListing-item", has_text="02-gesundheit").dblclick()
    page.wait_for_selector(".jp-NotebookPanel >> nth=1", state="attached")
    chapter.write_text(chapter.read_text("utf-8").replace("Worum es geht", "Was gilt"), "utf-8")
    page.locator(".lm-TabBar-tab", has_text="01-bildung.md").click()
    shown = page.locator(".jp-NotebookPanel:visible")
    shown.locator("h2", has_text="Was gilt").wait_for(timeout=SLOW * 10_000)
    # As a document, too: what cells show, not what they are made of.
    shown.locator(".jp-OutputArea-output svg, .jp-OutputArea-output table").first.wait_for(
        timeout=SLOW * 60_000
    )
    assert shown.locator(".jp-CodeCell .jp-InputArea:visible").count() == 0
    assert page.locator(".jp-Dialog").count() == 0


def test_dialogs_are_german_and_formal(chapter: Path, window: Any, tmp_path: Path) -> None:
    """What the German of JupyterLab lacks is added: a large file, a name that is taken, the bin, the end of work."""
    page = window(CHAPTER).page
    toolbar = page.locator(".jp-FileBrowser-toolbar")
    said = []

    def read() -> None:
        """Note what is asked, and do not do it."""
        dialog = page.locator(".jp-Dialog")
        dialog.wait_for(timeout=SLOW * 10_000)
        said.append(dialog.inner_text())
        dialog.locator(".jp-Dialog-button").first.click()
        page.locator(".jp-Dialog", has_text=said[-1].splitlines()[1]).wait_for(state="detached")

    def give(name: str, size: int) -> None:
        (tmp_path / name).write_bytes(b"0" * size)
        with page.expect_file_chooser() as chooser:
            toolbar.locator("[title='Dateien hochladen']").first.click()
        chooser.value.set_files(tmp_path / name)
        read()

    for name, size, raw in (
        ("gross.jpg", 16_000_000, "Cancelled large file upload"),
        ("02-gesundheit.md", 1, "File not uploaded"),
    ):
        give(name, size)
        # Its answer to a "no" is all that JupyterLab does not let be translated.
        read()
        assert said.pop().splitlines()[1] == raw
    page.locator(".jp-DirListing-item", has_text="02-gesundheit").click()
    toolbar.locator("[title='In den Papierkorb']").first.click()
    read()
    page.locator(".lm-MenuBar-itemLabel", has_text="Datei").click()
    page.locator(".lm-Menu-itemLabel", has_text="Herunterfahren").click()
    read()
    double_click_at_the_end(page, "der wichtigste Lebensraum.")
    page.keyboard.type(" Neu.")
    page.keyboard.press("Alt+w")
    read()
    assert "01-bildung" in said[-1]
    assert [text for text in said if ENGLISH.search(text)] == []
    assert not re.search(r"\b(du|dein\w*|dir|bist|möchtest)\b", " ".join(said), re.IGNORECASE)
    assert "Die Datei hat 15 MB. Möchten Sie sie hochladen?" in said[0]
    assert (chapter.parent / "02-gesundheit.md").stat().st_size > 1


def test_the_desk_opens_and_leads_to_chapter_and_preview(
    tmp_path_factory: pytest.TempPathFactory, watch: Any
) -> None:
    project = copy_project(tmp_path_factory.mktemp("tisch") / "projekt", small=True)
    with running_lab(project) as lab:
        page = watch(f"{lab.address}/lab?token={TOKEN}&reset").page
        desk = page.frame_locator("#konzept-schreibtisch iframe")
        desk.get_by_role("heading", name="Was möchten Sie tun?").wait_for(timeout=SLOW * 60_000)
        desk.get_by_role("link", name="Bildung und Erziehung", exact=True).click()
        page.wait_for_selector(".jp-NotebookPanel .js-plotly-plot", state="attached", timeout=SLOW * 60_000)
        page.locator(".jp-NotebookPanel-toolbar").get_by_text("Vorschau").click()
        shown = page.frame_locator("#konzept-vorschau iframe")
        shown.get_by_role("heading", name="Worum es geht").wait_for(timeout=SLOW * 60_000)
        # What is saved beside it appears there.
        double_click_at_the_end(page, "der wichtigste Lebensraum.")
        page.keyboard.type(" Gerade geschrieben.")
        save(page, project / CHAPTER)
        shown.get_by_text("Gerade geschrieben").wait_for(timeout=SLOW * 30_000)
        # The desk stays within reach.
        page.locator(".lm-TabBar-tab", has_text="Schreibtisch").click()
        assert desk.get_by_role("heading", name="Was möchten Sie tun?").is_visible()
