"""What a web server shows: whole at every moment, whoever is killed, and the last ten to go back to."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import signal
import stat
from pathlib import Path

import pytest

from konzept.data.problems import NotDone
from konzept.publishing.versions import current, go_back, kept, publish, refuse_unfit

DAY = dt.datetime(2026, 11, 29, 10, 30)
PAGES = ("index.html", "book/index.html", "konzept.pdf", ".nojekyll")


def silent(text: str) -> None:
    raise AssertionError(text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "projekt"
    build(folder, "eins")
    return folder


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    return tmp_path / "srv/konzept"


def build(project: Path, text: str) -> None:
    for name in PAGES:
        page = project / "_build/html" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")


def read(shown: Path) -> set[str]:
    """Read all pages as a web server does."""
    return {(shown / "aktuell" / name).read_text("utf-8") for name in PAGES}


def test_a_version_is_shown_under_its_time(project: Path, shown: Path) -> None:
    assert publish(project, shown, DAY, silent) == DAY
    assert (shown / "aktuell").readlink() == Path("versionen/2026-11-29-103000")
    assert read(shown) == {"eins"}
    # The folder may be moved as a whole.
    shown.rename(shown.with_name("anderswo"))
    assert read(shown.with_name("anderswo")) == {"eins"}


def test_nothing_new_is_no_version(project: Path, shown: Path) -> None:
    publish(project, shown, DAY, silent)
    assert publish(project, shown, DAY + dt.timedelta(hours=1), silent) is None
    assert kept(shown) == [DAY]
    (project / "_build/html/mehr.html").touch()
    assert publish(project, shown, DAY + dt.timedelta(hours=1), silent) == DAY + dt.timedelta(hours=1)


def test_the_last_ten_are_kept_and_one_goes_back_and_on(project: Path, shown: Path) -> None:
    times = [DAY + dt.timedelta(minutes=n) for n in range(12)]
    for n, time in enumerate(times):
        build(project, str(n))
        publish(project, shown, time, silent)
    assert kept(shown) == times[2:]
    assert go_back(shown, silent) == times[10]
    assert read(shown) == {"10"}
    assert go_back(shown, silent) == times[9]
    assert read(shown) == {"9"}
    build(project, "neu")
    publish(project, shown, DAY + dt.timedelta(hours=1), silent)
    assert read(shown) == {"neu"}
    assert go_back(shown, silent) == times[11]


def test_a_clock_that_was_set_back_makes_no_older_version(project: Path, shown: Path) -> None:
    publish(project, shown, DAY, silent)
    build(project, "zwei")
    assert publish(project, shown, DAY - dt.timedelta(hours=1), silent) == DAY + dt.timedelta(seconds=1)
    assert go_back(shown, silent) == DAY


def test_there_is_not_always_a_way_back(project: Path, shown: Path) -> None:
    with pytest.raises(NotDone, match="ist noch nichts veröffentlicht"):
        go_back(shown, silent)
    publish(project, shown, DAY, silent)
    with pytest.raises(NotDone, match="gibt es keine frühere Version"):
        go_back(shown, silent)
    assert read(shown) == {"eins"}


def test_the_web_server_may_read_what_a_closed_account_publishes(project: Path, shown: Path) -> None:
    old = os.umask(0o077)
    try:
        build(project, "zwei")
        publish(project, shown, DAY, silent)
    finally:
        os.umask(old)
    for path in [shown, *shown.rglob("*")]:
        wanted = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == wanted or path.name == "sperre", path


def test_folders_that_are_no_place_for_versions(project: Path, shown: Path, tmp_path: Path) -> None:
    for inside in (project, project / "book", project / "_build/../book"):
        with pytest.raises(NotDone, match="liegt im Projekt"):
            refuse_unfit(project, inside)
    (shown / "aktuell").mkdir(parents=True)
    file = tmp_path / "datei"
    file.touch()
    for other in (shown, file):
        with pytest.raises(NotDone, match="liegt schon etwas anderes"):
            refuse_unfit(project, other)
    refuse_unfit(project, tmp_path / "neu")


def test_a_full_disk_leaves_the_old_version(
    project: Path, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(project, shown, DAY, silent)
    build(project, "zwei")
    real = shutil.copy2

    def full(source: Path, target: Path) -> None:
        if Path(target).name == "konzept.pdf":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copy2", full)
        with pytest.raises(OSError) as refused:
            publish(project, shown, DAY + dt.timedelta(hours=1), silent)
    assert refused.value.errno == errno.ENOSPC
    assert (read(shown), kept(shown)) == ({"eins"}, [DAY])
    assert publish(project, shown, DAY + dt.timedelta(hours=1), silent) is not None
    assert read(shown) == {"zwei"}
    assert {path.name for path in (shown / "versionen").iterdir()} == {
        *("2026-11-29-103000", "2026-11-29-113000", "sperre")
    }


CALLS = ("mkdir", "copy2", "chmod", "rename", "sync", "symlink_to", "replace", "rmtree")
"""Whatever a publishing does to the disk, in its order."""


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after", [False, True])
def test_a_killed_run_leaves_one_whole_version(
    call: str, after: bool, project: Path, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(10):
        build(project, str(n))
        publish(project, shown, DAY + dt.timedelta(minutes=n), silent)
    build(project, "neu")
    child = os.fork()
    if child == 0:
        where = {"copy2": shutil, "rmtree": shutil, "sync": os}.get(call, Path)
        real = getattr(where, call)

        def killed(*arguments: object, **options: object) -> None:
            if after:
                real(*arguments, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr(where, call, killed)
        publish(project, shown, DAY + dt.timedelta(hours=1), silent)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    is_new = call == "rmtree" or (call == "replace" and after)
    assert read(shown) == {"neu" if is_new else "9"}
    # The next run clears what was left, and all is as if nothing had happened.
    publish(project, shown, DAY + dt.timedelta(hours=2), silent)
    assert read(shown) == {"neu"}
    assert len(kept(shown)) <= 11
    assert not list(shown.rglob("*.neu"))
    build(project, "noch neuer")
    publish(project, shown, DAY + dt.timedelta(hours=3), silent)
    assert len(kept(shown)) == 10
    assert current(shown) == kept(shown)[-1]
