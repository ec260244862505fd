"""The preview as a program: the same pages as a clean build, to this machine alone, and nothing left behind."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup

from conftest import MORE, SLOW, run_konzept
from copies import replace
from folders import PROJECT
from previews import Preview, running, shortened, slim_copy, wait_for

CHAPTER = "book/chapters/01-bildung"
EDITS = 60 * MORE
AT_ONCE = 4
"""Edits that follow so quickly that few of them are built."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of a small copy."""
    with running(slim_copy(tmp_path_factory.mktemp("vorschau") / "projekt")) as started:
        yield started


def test_serves_nothing_but_the_site_to_nobody_but_this_machine(preview: Preview) -> None:
    served = preview.project / "_build/.vorschau/seiten"
    (served / "heimlich.txt").symlink_to(preview.project / "_config.yml")
    port = int(preview.address.rsplit(":", 1)[1])
    assert preview.get(f"/{CHAPTER}.html")[0] == 200
    for path in (
        "/heimlich.txt",
        "/../_config.yml",
        "/%2e%2e/%2e%2e/%2e%2e/_config.yml",
        "/..%2f..%2f..%2f_config.yml",
        "/.vorschau/../../worker.py",
        "/.vorschau/%2e%2e/worker.py",
        "/%2fetc%2fpasswd",
        "//etc/passwd",
        "/book/%00",
    ):
        assert preview.get(path)[0] == 404, path
    for name in ("example.invalid", f"example.invalid:{port}", "127.0.0.1.example.invalid", ""):
        assert preview.get("/", Host=name)[0] == 400, name
    assert preview.get("/", Host=f"localhost:{port}")[0] == 200
    events = "/.vorschau/ereignisse?seite=book/index"
    for site in ("cross-site", "same-site", "none"):
        assert preview.get(events, **{"Sec-Fetch-Site": site})[0] == 403, site
    addresses = {
        c.laddr.ip for c in psutil.Process(preview.process.pid).net_connections() if c.status == "LISTEN"
    }
    assert addresses == {"127.0.0.1"}
    (served / "heimlich.txt").unlink()


def test_a_save_without_a_change_costs_nothing(preview: Preview) -> None:
    preview.settled()
    time.sleep(2)  # the next worker prepares
    wait_for(lambda: sum(p.cpu_percent(0.5) for p in preview.family()) < 5)
    workers = {p.pid for p in preview.family()}
    spent = sum(sum(p.cpu_times()[:2]) for p in preview.family())
    path = preview.project / f"{CHAPTER}.md"
    for _ in range(5):
        path.write_bytes(path.read_bytes())
        time.sleep(0.2)
    (path.parent / ".01-bildung.md.swp").write_text("x")
    (path.parent / "01-bildung.md~").write_text("x")
    time.sleep(1)
    assert {p.pid for p in preview.family()} == workers
    assert sum(sum(p.cpu_times()[:2]) for p in preview.family()) - spent < SLOW * 0.2


def test_second_preview_of_the_book_is_refused(preview: Preview) -> None:
    before = preview.state()
    result = run_konzept(preview.project, "preview")
    assert (result.returncode, result.stdout, result.stderr) == (
        1,
        "",
        f"Für dieses Buch läuft schon eine Vorschau. Öffnen Sie im Browser {preview.address} "
        "oder beenden Sie jene Vorschau mit Strg+C und beginnen dann neu.\n",
    )
    assert preview.state() == before


def test_steps_of_the_first_build_are_told(preview: Preview) -> None:
    first, *steps = preview.told[: next(i for i, line in enumerate(preview.told) if "Ganzes Buch" in line)]
    assert first.startswith(f"Vorschau: {preview.address} ")
    for page in ("book/index", CHAPTER):
        assert [line.split(":")[0] for line in steps if page in line] == [
            "Kapitel rechnen",
            "Kapitel lesen",
            "Seiten schreiben",
        ]


def test_navigation_is_new_after_a_text(preview: Preview) -> None:
    """The worker that was prepared for the text knew the old navigation."""
    start, contents = preview.project / "book/index.md", preview.project / "_toc.yml"
    before = {path: path.read_text("utf-8") for path in (start, contents)}
    extra = preview.project / "book/extra.md"
    preview.settled()
    time.sleep(2)  # the next worker prepares
    start.write_text(f"{before[start]}\nEin Satz.\n", "utf-8")
    wait_for(lambda: "Ein Satz." in preview.get("/book/index.html")[1])
    preview.settled()
    extra.write_text("# Noch ein Kapitel\n", "utf-8")
    contents.write_text(f"{before[contents]}      - file: book/extra\n", "utf-8")
    wait_for(lambda: preview.get("/book/extra.html")[0] == 200)
    assert preview.settled()["problems"] == []
    for page in ("book/index", CHAPTER, "book/extra"):
        navigation = BeautifulSoup(preview.get(f"/{page}.html")[1], "html.parser").select_one(".bd-links")
        assert "Noch ein Kapitel" in navigation.get_text(), page
    for path, text in before.items():
        path.write_text(text, "utf-8")
    extra.unlink()
    wait_for(lambda: preview.get("/book/extra.html")[0] == 404)
    assert preview.settled()["problems"] == []


def test_it_rests_when_nobody_looks_or_saves_and_wakes_for_both(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = slim_copy(tmp_path_factory.mktemp("ruhe") / "projekt")
    with running(project, "--ruhe", "2") as preview:

        def rested(times: int) -> None:
            wait_for(lambda: sum("Die Vorschau ruht" in line for line in preview.told) == times)
            # The server, and what multiprocessing keeps beside it.
            alive = [p for p in preview.family() if p.status() != psutil.STATUS_ZOMBIE]
            assert len(alive) <= 2
            assert preview.memory() < 100

        rested(1)
        assert preview.get(f"/{CHAPTER}.html")[0] == 200
        wait_for(lambda: "hat geruht" in preview.told[-1])
        rested(2)
        # An open page is told of it, and does not keep it awake.
        with preview.open(CHAPTER) as told:
            wait_for(lambda: any(state["waking"] for state in told))
            wait_for(lambda: not told[-1]["waking"])
            rested(3)
            replace(project / f"{CHAPTER}.md", "## Worum es geht\n", "## Worum es geht\n\nGeweckt.\n")
            wait_for(lambda: "Geweckt." in preview.get(f"/{CHAPTER}.html")[1])
        assert preview.settled()["problems"] == []


def put(old: str, new: str, name: str = f"{CHAPTER}.md") -> dict[str, Callable[[str], str]]:
    """Break a file by other words in it."""
    return {name: lambda text: text.replace(old, new, 1)}


CELL = "field.lead()\n"
ERRORS: dict[str, dict[str, Callable[[str], str]]] = {
    "a reference to nothing": put("Im Mittelpunkt", "{numref}`gibt-es-nicht` Im Mittelpunkt"),
    "a cell that fails": put(CELL, f"1 / 0\n{CELL}"),
    "a character that is none": put("Im Mittelpunkt", "Im\u2028Mittelpunkt"),
    "a number that is none": put("{zahl}`kosten`", "{zahl}`koste`"),
    "a key that points nowhere": put(";bildung;", ";bildnug;", "data/massnahmen.csv"),
    "code that fails": put("from __future__", "1 / 0\nfrom __future__", "scripts/konzept/words/labels.py"),
    "code that cannot be read": put(
        "from __future__", "[(\nfrom __future__", "scripts/konzept/words/labels.py"
    ),
    "contents that name no page": put("01-bildung", "01-bildnug", "_toc.yml"),
    "one in each of two files": put(CELL, f"1 / 0\n{CELL}")
    | put("# ", "{numref}`nichts` # ", "book/index.md"),
}
"""One for each step of building that can fail."""


@pytest.mark.parametrize("error", ERRORS)
def test_a_mended_error_does_not_come_back_over_what_is_newer(preview: Preview, error: str) -> None:
    """A bug once: the new page came with the notice about the one before, until the whole book was done."""
    changes = {preview.project / name: change for name, change in ERRORS[error].items()}
    sound = {path: path.read_text("utf-8") for path in (*changes, preview.project / f"{CHAPTER}.md")}
    with preview.open(CHAPTER) as told:
        for path, change in changes.items():
            assert change(sound[path]) != sound[path]
            path.write_text(change(sound[path]), "utf-8")
        wait_for(lambda: told and told[-1]["problems"] and not told[-1]["building"])
        before = told[-1]["page"]
        text = sound[preview.project / f"{CHAPTER}.md"]
        new = text.replace("Im Mittelpunkt", f"{error.capitalize()}. Im Mittelpunkt")
        for path in changes:
            path.write_text(new if path.stem == "01-bildung" else sound[path], "utf-8")
        (preview.project / f"{CHAPTER}.md").write_text(new, "utf-8")
        # As often as anybody could load the page again, and by the page that stays open.
        seen = []
        wait_for(
            lambda: (
                seen.append(preview.state(CHAPTER))
                or (seen[-1]["page"] != before and not seen[-1]["building"])
            )
        )
        assert seen[-1]["problems"] == []
        late = [state for state in (*seen, *told) if state["page"] not in (before, "") and state["problems"]]
        assert late == []
        assert len({state["page"] for state in seen}) > 1
        (preview.project / f"{CHAPTER}.md").write_text(text, "utf-8")
        assert preview.settled()["problems"] == []


class Author:
    """Edits a small copy at random: texts, cells, titles, data, code, styles, contents, and what breaks them."""

    def __init__(self, project: Path, seed: int) -> None:
        self.project = project
        self.random = random.Random(seed)
        self.counts = dict.fromkeys(("text", "title", "data", "code", "style", "cell"), 0)
        self.extra = False
        self.broken = ""
        self.crashes = False
        names = (f"{CHAPTER}.md", "book/index.md", "data/massnahmen.csv", "scripts/konzept/words/labels.py")
        self.names = (*names, "scripts/konzept/assets/web/page.css", "_toc.yml")
        self.original = {name: (project / name).read_text("utf-8-sig") for name in self.names}

    def edit(self) -> None:
        """Change one thing; every fourth time break one, which the next edit mends."""
        if self.broken:
            self.broken = ""
        elif self.random.random() < 0.25:
            self.broken = self.random.choice(self.names)
            self.crashes = not self.crashes
        elif self.random.random() < 0.1:
            self.extra = not self.extra
        else:
            kind = self.random.choices(list(self.counts), weights=(8, 2, 3, 1, 1, 2))[0]
            self.counts[kind] += 1
        self.write()

    def mend(self) -> None:
        """Leave nothing broken."""
        self.broken = ""
        self.write()

    def write(self) -> None:
        """Write the files as an editor does: those that have changed, in place."""
        second = self.project / "book/chapters/02-gesundheit.md"
        if self.extra and not second.exists():
            whole = (PROJECT / "book/chapters/02-gesundheit.md").read_text("utf-8")
            second.write_text(shortened(whole), "utf-8")
        for name in self.names:
            path, text = self.project / name, self._content(name)
            if path.read_text("utf-8-sig") != text:
                path.write_text(text, "utf-8")
        if not self.extra:
            second.unlink(missing_ok=True)

    def _content(self, name: str) -> str:
        n, text = self.counts, self.original[name]
        if name == f"{CHAPTER}.md":
            text = text.replace("Im Mittelpunkt", f"Fassung {n['text']}. Im Mittelpunkt")
            text = text.replace("# Bildung und Erziehung", f"# Bildung und Erziehung {n['title']}")
            if n["cell"] % 2:
                text = text.replace("field.offers()", "field.themes('bedarf')")
        elif name == "book/index.md":
            text += f"\nDas ist Fassung {n['text'] // 3}.\n"
        elif name == "data/massnahmen.csv":
            text = text.replace("Videotutorials", f"Videotutorials {n['data']}")
        elif name == "scripts/konzept/words/labels.py":
            text = text.replace("zum Haushalt vorgeschlagen", f"zum Haushalt {n['code']} vorgeschlagen")
        elif name == "scripts/konzept/assets/web/page.css":
            text += f"\n.ik-fuss {{ order: {n['style']}; }}\n"
        elif self.extra:
            text += "      - file: book/chapters/02-gesundheit\n"
        if name != self.broken:
            return text
        if name.endswith(".py") and self.crashes:
            return f"{text}\n1 / 0\n"
        wrong = "[(" if name.endswith((".py", ".yml")) else "{numref}`gibt-es-nicht`;;\n"
        return f"{text[: len(text) // 2]}\n{wrong}"


def test_pages_equal_a_clean_build_after_many_random_edits(preview: Preview) -> None:
    author = Author(preview.project, seed=9)
    served = preview.project / "_build/.vorschau/seiten"
    memory, rounds = [], preview.rounds()
    for number in range(1, EDITS + 1):
        author.edit()
        time.sleep(author.random.choice((0.0, 0.02, 0.05, 0.1)))
        if number % AT_ONCE == 0:
            preview.settled(0.1)
        if number % (EDITS // 4) == 0:
            author.mend()
            time.sleep(0.5)
            assert preview.settled()["problems"] == []
            memory.append(preview.memory())
    assert preview.rounds() - rounds > EDITS // 5
    run_konzept(preview.project, "build", "--only", "html").check_returncode()
    assert pages(served) == pages(preview.project / "_build/html")
    # Flat: each worker has its life, and what serves keeps nothing of it.
    assert max(memory) < 400
    # How much of a worker is there at the moment of counting differs; what grows shows in every later count.
    assert min(memory[2:]) < max(memory[:2]) * 1.1, memory


def pages(folder: Path) -> dict[str, str]:
    """Read pages without their charts, and without the sums that browsers go by."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for chart in soup.select(".ik-diagramm"):
            chart.decompose()
        found[path.relative_to(folder).as_posix()] = re.sub(r"\n\s*\n|\?v=[0-9a-f]+", "", str(soup))
    return found


def test_builds_where_there_is_no_fork(tmp_path: Path) -> None:
    """Each worker is a fresh process then, and cells run in kernels."""
    with running(slim_copy(tmp_path / "projekt"), KONZEPT_FORK="0") as preview:
        assert not [p for p in preview.family() if "forkserver" in " ".join(p.cmdline())]
        replace(preview.project / f"{CHAPTER}.md", "Im Mittelpunkt", "Ohne Gabel. Im Mittelpunkt")
        wait_for(lambda: "Ohne Gabel." in preview.get(f"/{CHAPTER}.html")[1])
        assert preview.settled()["problems"] == []
        family = preview.family()
        assert preview.interrupt() == 0
        assert psutil.wait_procs(family, timeout=15)[1] == []


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_ends_with_all_that_it_has_started(tmp_path: Path, end: signal.Signals) -> None:
    """In the middle of building, and whatever a cell does."""
    project = slim_copy(tmp_path / "projekt")
    begun = project / ".begonnen"
    replace(
        project / f"{CHAPTER}.md",
        "## Worum es geht",
        f"```{{code-cell}} python\nopen({str(begun)!r}, 'w').close()\nwhile True: pass\n```\n\n## Worum es geht",
    )
    with running(project, settled=False) as preview:
        wait_for(begun.exists)
        family = preview.family()
        # What serves, Python's two helpers, the worker, who forks for it, and the cell that does not end.
        assert len(family) >= 6
        preview.process.send_signal(end)
        status = preview.process.wait(20)
        assert status == (0 if end == signal.SIGINT else -signal.SIGKILL)
        _, alive = psutil.wait_procs(family, timeout=15)
        assert [p.cmdline() for p in alive] == []
        if end == signal.SIGINT:
            assert preview.told[-1] == "Die Vorschau ist beendet.\n"
