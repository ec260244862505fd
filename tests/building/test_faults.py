"""Whatever goes wrong while a book is built: a right book or a clear error, and the next build is right."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import jupytext
import nbformat
import psutil
import pytest
from jupyter_cache.base import CacheBundleIn

from conftest import konzept_environment, run_konzept
from copies import copy_project, replace
from konzept.authors.messages import FORBIDDEN, FULL
from konzept.publishing.checksums import SUMS, first_difference, sums
from konzept.publishing.leftovers import ANEW
from konzept.publishing.locking import WAITING, alone
from sentences.programs import LOGS

PAGE = "book/chapters/01-bildung.md"
START = "book/index.md"
HTML = ("build", "--only", "html")
TERMS = "# Begriffe\n\n```{glossary}\nBeteiligung\n  Ein Wort mit einem Eintrag in der Suche.\n```\n\n```{abbildungsliste}\n```\n"


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two copies of the same small project, both built clean, in other places, times and languages."""
    folder = tmp_path_factory.mktemp("zwillinge")
    one, other = (
        copy_project(folder / name, small=True) for name in ("eins", "zwei/mit Leerzeichen und Ümläuten")
    )
    for project in (one, other):
        (project / "book/begriffe.md").write_text(TERMS, "utf-8")
        with (project / "_toc.yml").open("a") as contents:
            contents.write("      - file: book/begriffe\n")
    date = {"SOURCE_DATE_EPOCH": "1700000000"}
    run_konzept(
        one, *HTML, **date, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1"
    ).check_returncode()
    run_konzept(other, *HTML, **date, TZ="America/Los_Angeles", LC_ALL="C.UTF-8").check_returncode()
    return one, other


@pytest.fixture
def project(twins: tuple[Path, Path]) -> Path:
    """The copy that is broken; what a test leaves behind is the next one's to live with."""
    one, _ = twins
    kept = {name: (one / name).read_bytes() for name in (PAGE, "_config.yml")}
    yield one
    for name, content in kept.items():
        if (one / name).read_bytes() != content:
            (one / name).write_bytes(content)


def assert_next_build_is_right(twins: tuple[Path, Path]) -> None:
    """Build without cleaning: it must be the book that the untouched copy has."""
    one, other = twins
    run_konzept(one, *HTML, SOURCE_DATE_EPOCH="1700000000").check_returncode()
    assert first_difference(one / "_build", other / "_build") is None


def cell(project: Path, code: str) -> None:
    """Put code into the chapter's first cell."""
    replace(project / PAGE, "field.lead()\n", f"{code}\nfield.lead()\n")


def test_figure_that_moves_to_an_earlier_page_is_no_second_one(
    project: Path, twins: tuple[Path, Path]
) -> None:
    """A bug once: the page that was read first found the label taken, and no build went through."""
    start, chapter = ((project / name).read_text("utf-8") for name in (START, PAGE))
    moved = "(marke-die-umzieht)=\n## Ein Abschnitt\n\nEin Satz.\n"
    (project / PAGE).write_text(f"{chapter}\n{moved}", "utf-8")
    run_konzept(project, *HTML).check_returncode()
    (project / PAGE).write_text(chapter, "utf-8")
    (project / START).write_text(f"{start}\n{moved}", "utf-8")
    run_konzept(project, *HTML).check_returncode()
    (project / START).write_text(start, "utf-8")
    assert_next_build_is_right(twins)


def test_place_time_and_language_change_nothing(twins: tuple[Path, Path]) -> None:
    one, other = twins
    assert len(sums(one / "_build")) > 100
    assert first_difference(one / "_build", other / "_build") is None
    result = subprocess.run(
        ["sha256sum", "--check", "--quiet", SUMS],
        cwd=one / "_build",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (0, "")


def test_first_difference_is_named(tmp_path: Path) -> None:
    for name, text in (("a", "gleich\neins\n"), ("b", "gleich\nzwei\n")):
        (tmp_path / name / "html").mkdir(parents=True)
        (tmp_path / name / "html/x.html").write_text(text, "utf-8")
    difference = first_difference(tmp_path / "a", tmp_path / "b")
    assert difference == "html/x.html, Zeile 2:\n  gleich⏎eins⏎\n  gleich⏎zwei⏎"
    (tmp_path / "b/html/x.html").unlink()
    assert first_difference(tmp_path / "a", tmp_path / "b") == f"html/x.html: gibt es nur in {tmp_path / 'a'}"


@pytest.mark.parametrize("way", ["kernel", ""])
def test_pages_are_the_same_without_forks_and_without_our_execution(
    project: Path, twins: tuple[Path, Path], way: str
) -> None:
    replace(project / "_config.yml", "    language: de", f'    language: de\n    konzept_execution: "{way}"')
    for kept in (".jupyter_cache", ".doctrees", "html"):
        shutil.rmtree(project / "_build/.konzept/_build" / kept)
    assert_next_build_is_right(twins)
    log = (project / "_build/.konzept/html.log").read_text("utf-8")
    assert ("Executing notebook" in log) == (way == "")


def test_chapter_that_loops_ends_and_is_named(project: Path) -> None:
    replace(project / "_config.yml", "timeout: 120", "timeout: 3")
    cell(project, "while True:\n    pass")
    result = run_konzept(project, *HTML)
    assert result.returncode == 1
    assert "book/chapters/01-bildung.md" in result.stderr
    assert "rechnet zu lange und wurde abgebrochen" in result.stderr


def test_chapter_that_ends_the_process_is_named(project: Path) -> None:
    cell(project, "import os\nos._exit(0)")
    result = run_konzept(project, *HTML)
    assert result.returncode == 1
    assert "book/chapters/01-bildung.md: Python ist beim Rechnen dieser Seite abgestürzt" in result.stderr


def test_chapter_that_writes_into_the_data_is_told(project: Path, twins: tuple[Path, Path]) -> None:
    """Else some pages would show other data than the rest, and nobody would know which."""
    path = project / "data/gruppen.csv"
    sound = path.read_bytes()
    cell(
        project,
        f"from pathlib import Path\nwith Path({str(path)!r}).open('a') as file:\n    print(file=file)",
    )
    result = run_konzept(project, *HTML)
    path.write_bytes(sound)
    assert result.returncode == 1
    assert LOGS["Daten ändern sich während des Bauens"][1] in result.stderr
    assert "Traceback" not in result.stderr
    (project / PAGE).write_bytes((twins[1] / PAGE).read_bytes())
    assert_next_build_is_right(twins)


def test_chapter_that_warns_fails_twice(project: Path) -> None:
    """Sphinx alone would be silent the second time, because it reads a page only once."""
    cell(project, "import sys\nprint('Achtung', file=sys.stderr)")
    for _ in range(2):
        result = run_konzept(project, *HTML)
        assert result.returncode == 1
        assert "01-bildung.md" in result.stderr


def test_output_that_no_page_shows_fails(project: Path) -> None:
    cell(project, "display({'application/vnd.plotly.v1+json': {}}, raw=True)")
    result = run_konzept(project, *HTML)
    assert result.returncode == 1
    assert (
        "01-bildung.md: Eine Ausgabe käme nicht auf die Seite (application/vnd.plotly.v1+json)"
        in result.stderr
    )


def test_threads_of_a_chapter_keep_nothing_waiting(project: Path) -> None:
    cell(project, "import threading, time\nthreading.Thread(target=lambda: time.sleep(900)).start()")
    start = time.monotonic()
    run_konzept(project, *HTML).check_returncode()
    assert time.monotonic() - start < 600


def _garbage(cache: Path) -> None:
    (cache / "global.db").write_bytes(b"keine Datenbank" * 999)


def _other_version(cache: Path) -> None:
    (cache / "__version__.txt").write_text("0.1.0", "utf-8")


def _half_written(cache: Path) -> None:
    for path in cache.glob("executed/*/base.ipynb"):
        path.write_bytes(path.read_bytes()[:500])


def _lost(cache: Path) -> None:
    shutil.rmtree(cache / "executed")


@pytest.mark.parametrize("harm", [_lost, _garbage, _other_version, _half_written])
def test_broken_cache_is_made_anew(project: Path, harm: Callable[[Path], None]) -> None:
    from konzept.site.execution import open_cache, outputs_in

    folder = project / "_build/.konzept/_build/.jupyter_cache"
    cache = open_cache(folder)
    notebook = jupytext.reads("print(1)", "py")
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="1\n")]
    cache.cache_notebook_bundle(CacheBundleIn(notebook, "x.md"), check_validity=False, overwrite=True)
    cache.db.dispose()
    assert outputs_in(cache, notebook)
    harm(folder)
    assert not outputs_in(open_cache(folder), notebook)


def test_build_meets_a_half_written_cache(project: Path, twins: tuple[Path, Path]) -> None:
    work = project / "_build/.konzept/_build"
    _half_written(work / ".jupyter_cache")
    (work / ".doctrees/environment.pickle").write_bytes(b"auch kaputt")
    assert_next_build_is_right(twins)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "x").touch()


STATE = (
    *(
        "html/.buildinfo",
        "html/.konzept-readings",
        "html/_static/search-index.js",
        "html/objects.inv",
        "html/book/index.html",
    ),
    *(".doctrees/environment.pickle", ".doctrees/book/index.doctree", ".jupyter_cache/global.db"),
    *("jupyter_execute/book/index.ipynb", "jupyter_execute/book/chapters/01-bildung.glue.json"),
    *(".diagramme/gezeichnet-mit", ".ipython/profile_default/ipython_kernel_config.py"),
)
"""What a full disk can leave half written."""


@pytest.mark.parametrize("harm", [_emptied, _cut, _binary])
def test_build_after_a_full_disk_is_right(
    project: Path, twins: tuple[Path, Path], harm: Callable[[Path], None]
) -> None:
    """A bug once: a broken `.buildinfo` failed every build that followed, without a place."""
    work = project / "_build/.konzept/_build"
    # A build that failed has not told that it ended well.
    (work.parent / "bestand.json").unlink()
    (work / ".doctrees/.konzept-ganz").unlink()
    for name in STATE:
        harm(work / name)
    assert_next_build_is_right(twins)


def test_folder_in_place_of_the_note_of_the_last_build(project: Path, twins: tuple[Path, Path]) -> None:
    work = project / "_build/.konzept/_build"
    (work.parent / "bestand.json").unlink()
    _folder(work / "html/.buildinfo")
    assert_next_build_is_right(twins)


@pytest.mark.parametrize("name", ["html/_static/search-index.js", "html/book/index.html"])
def test_what_was_broken_after_a_good_build_is_not_published(
    project: Path, twins: tuple[Path, Path], name: str
) -> None:
    """A bug once: Sphinx goes by times, and an empty search index was published build after build."""
    _emptied(project / "_build/.konzept/_build" / name)
    told = run_konzept(project, *HTML, SOURCE_DATE_EPOCH="1700000000")
    assert (told.returncode, ANEW in told.stderr) == (0, True)
    assert first_difference(project / "_build", twins[1] / "_build") is None


def test_letters_in_two_parts_make_the_same_pages(project: Path, twins: tuple[Path, Path]) -> None:
    """A bug once: the search did not find a word as a Mac writes it, ä as a and dots."""
    text = (project / PAGE).read_text("utf-8")
    (project / PAGE).write_text(unicodedata.normalize("NFD", text), "utf-8")
    assert (project / PAGE).read_text("utf-8") != text
    assert_next_build_is_right(twins)


@pytest.mark.parametrize("moment", ["Kapitel rechnen", "Seiten schreiben"])
def test_killed_build_leaves_the_last_book_and_the_next_one_is_right(
    project: Path, twins: tuple[Path, Path], moment: str
) -> None:
    chapter = (project / PAGE).read_bytes()
    before = sums(project / "_build")
    cell(project, "1 + 1")
    process = subprocess.Popen(
        [sys.executable, "-m", "konzept", *HTML],
        cwd=project,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(project / "scripts")},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if moment in line:
            break
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for member in family:
        member.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert sums(project / "_build") == before
    (project / PAGE).write_bytes(chapter)
    assert_next_build_is_right(twins)


def test_full_disk_is_a_german_sentence(project: Path) -> None:
    log = project / "_build/.konzept/html.log"
    log.unlink()
    # A device that takes nothing: writing to it fails as on a full disk.
    log.symlink_to("/dev/full")
    result = run_konzept(project, *HTML)
    log.unlink()
    assert result.returncode == 1
    assert FULL in result.stderr
    assert "Traceback" not in result.stderr


def test_place_that_cannot_be_written_to_is_a_german_sentence(tmp_path: Path) -> None:
    from konzept.authors.messages import in_german, of_the_system

    assert of_the_system(PermissionError(13, "Permission denied", "x")) == FORBIDDEN
    assert in_german("sqlite3.OperationalError: attempt to write a readonly database\n", tmp_path) == [
        FORBIDDEN
    ]
    assert in_german("OSError: [Errno 28] No space left on device\n", tmp_path) == [FULL]


# Root may write anywhere unless it gives up the power to; setpriv is part of every Debian.
BOUND = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []


def test_read_only_cache_is_a_german_sentence(project: Path, twins: tuple[Path, Path]) -> None:
    cache = project / "_build/.konzept/_build/.jupyter_cache"
    before = sums(project / "_build")
    chapter = (project / PAGE).read_bytes()
    cell(project, "2 + 2")
    for path in (cache, *cache.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    result = subprocess.run(
        [*BOUND, sys.executable, "-m", "konzept", *HTML],
        cwd=project,
        env=konzept_environment(project),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    for path in (cache, *cache.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
    assert result.returncode == 1
    assert FORBIDDEN in result.stderr
    assert "Traceback" not in result.stderr
    assert sums(project / "_build") == before
    (project / PAGE).write_bytes(chapter)
    assert_next_build_is_right(twins)


def test_build_without_a_change_leaves_all_pages(project: Path, twins: tuple[Path, Path]) -> None:
    """A bug once: the second build took the search page away."""
    assert_next_build_is_right(twins)
    assert_next_build_is_right(twins)
    assert "no targets are out of date" in (project / "_build/.konzept/html.log").read_text("utf-8")


def _steps(told: str, step: str) -> set[str]:
    return set(re.findall(rf"{step}: (\S+)", told))


def test_no_notebook_runs_after_a_text_and_only_its_own_after_a_cell(
    project: Path, twins: tuple[Path, Path]
) -> None:
    log = project / "_build/.konzept/html.log"
    original = (project / PAGE).read_text("utf-8")
    replace(project / PAGE, "Im Mittelpunkt steht die", "In der Mitte steht die")
    told = run_konzept(project, *HTML).stderr
    assert _steps(told, "Kapitel lesen") == {PAGE.removesuffix(".md")}
    assert _steps(told, "Kapitel rechnen") == set()
    assert "Executing notebook" not in log.read_text("utf-8")
    listed = project / "_build/html/book/begriffe.html"
    drawn = "Kita-Kinder mit mindestens einem Elternteil ausländischer Herkunft"
    assert drawn in listed.read_text("utf-8")
    replace(project / PAGE, "field.telling_chart()", "field.timeline()")
    told = run_konzept(project, *HTML).stderr
    assert drawn not in listed.read_text("utf-8")
    assert _steps(told, "Kapitel rechnen") == {PAGE.removesuffix(".md")}
    (project / PAGE).write_text(original, "utf-8")
    assert_next_build_is_right(twins)


def test_changed_style_sheet_is_linked_to_from_every_page(project: Path, twins: tuple[Path, Path]) -> None:
    """Browsers keep style sheets by the checksum in their link; Sphinx alone leaves the old one there."""
    sheet = project / "scripts/konzept/assets/web/page.css"
    original = sheet.read_text("utf-8")

    def links() -> set[str]:
        pages = (project / "_build/html/book").rglob("*.html")
        return {re.search(r"page\.css\?v=\w+", page.read_text("utf-8"))[0] for page in pages}

    before = links()
    sheet.write_text(original + "\n.ik-fuss { order: 7; }\n", "utf-8")
    run_konzept(project, *HTML).check_returncode()
    after = links()
    sheet.write_text(original, "utf-8")
    assert [len(before), len(after), len(before | after)] == [1, 1, 2]
    assert_next_build_is_right(twins)


def test_second_build_waits_and_says_so(project: Path) -> None:
    work = project / "_build/.konzept"
    with alone(work, print):
        process = subprocess.Popen(
            [sys.executable, "-m", "konzept", *HTML],
            cwd=project,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(project / "scripts")},
        )
        assert process.stderr is not None
        assert process.stderr.readline().strip() == WAITING
        assert process.poll() is None
    _, rest = process.communicate(timeout=600)
    assert process.returncode == 0, rest


def test_older_file_that_comes_back_is_read(project: Path) -> None:
    """Sphinx goes by times alone, and a restored file is older than what was read."""

    replace(project / PAGE, "Im Mittelpunkt steht die", "In der Mitte steht die")
    os.utime(project / PAGE, (1_000_000_000, 1_000_000_000))
    run_konzept(project, *HTML).check_returncode()
    assert "In der Mitte steht die" in (project / "_build/html/book/chapters/01-bildung.html").read_text(
        "utf-8"
    )
