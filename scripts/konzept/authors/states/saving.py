"""A state is saved with a sentence that says what was done, listed, and brought back.

Bringing back is a step forward: what stood there before is saved first, so that nothing is ever lost.
"""

from __future__ import annotations

import datetime as dt
import getpass
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from konzept.authors.chapters.contents import FILE as CONTENTS
from konzept.authors.chapters.settings import FILE as SETTINGS
from konzept.authors.check import check_project, is_private
from konzept.authors.languages.versions import FOLDER as LANGUAGES
from konzept.data.foreign_files import stray
from konzept.data.package import own_files
from konzept.data.privacy.lists import FOLDER, SURVEYS
from konzept.data.problems import NotDone
from konzept.data.reading import read_folder
from konzept.data.repository import GitFailed, git

_KEY = re.compile(r"[0-9a-f]{7,40}")
_OF_PAGES = (".md", ".ipynb", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".css")
_EDITIONS = "ausgaben"
"""Where `konzept ausgabe` keeps what it has issued."""


@dataclass(frozen=True)
class SavedState:
    """One saved state."""

    key: str
    when: dt.datetime
    who: str
    sentence: str


@dataclass(frozen=True)
class Unsaved:
    """What differs from the last saved state, by its place in the project."""

    files: tuple[str, ...]
    """What a saving takes."""
    foreign: tuple[str, ...]
    """New files among pages and data that are no part of them, and stay outside."""


def saved_states(project: Path, most: int = 50) -> list[SavedState]:
    """List the saved states, the newest first; none where git keeps none, or is not there."""
    # The separators cannot stand in a sentence.
    found = asked(project, "log", f"-n{most}", "--first-parent", "--format=%h%x1f%aI%x1f%an%x1f%s", "--", ".")
    parts = [entry.split("\x1f") for entry in (found or b"").decode("utf-8", "replace").splitlines()]
    return [SavedState(key, dt.datetime.fromisoformat(when), who, text) for key, when, who, text in parts]


def asked(project: Path, *arguments: str) -> bytes | None:
    """Ask git something; None where it says no."""
    try:
        return git(project, arguments)
    except GitFailed:
        return None


def unsaved(project: Path) -> Unsaved:
    """Say what has changed since the last saved state; a project without any begins its history here.

    Raises
    ------
    NotDone
        Git is not there.
    """
    if asked(project, "rev-parse", "--is-inside-work-tree") != b"true\n":
        run_git(project, ["init", "--quiet"])
    new = set(names_in(project, ["ls-files", "-z", "--others", "--exclude-standard", "."]))
    known = set(names_in(project, ["ls-files", "-z", "--modified", "--deleted", "."]))
    if asked(project, "rev-parse", "--verify", "--quiet", "HEAD"):
        known |= set(names_in(project, ["diff", "--name-only", "-z", "--relative", "HEAD", "--", "."]))
    tables = own_files(package) if (package := read_folder(project / "data").package) else ()
    own = {name for name in new if _is_own(PurePosixPath(name), tables)}
    foreign = {name for name in new - own if name.startswith(("book/", "data/")) and not _is_hidden(name)}
    return Unsaved(tuple(sorted(known | own)), tuple(sorted(foreign)))


def save_state(project: Path, sentence: str, who: str = "") -> tuple[SavedState, int, tuple[str, ...]]:
    """Save what has changed.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    sentence
        What was done.
    who
        Who did it; empty: whom git knows, else whoever is logged in.

    Returns
    -------
    SavedState, int and tuple of str
        The state, how many problems a check finds in it, and which new files stay outside.

    Raises
    ------
    NotDone
        There is nothing to save, the sentence is missing, or a name stands there that must not be published.
    """
    sentence, who = (" ".join(text.split()) for text in (sentence, who))
    if not sentence:
        raise NotDone(
            "Sagen Sie in einem Satz, was Sie getan haben, zum Beispiel „Status der Sprachkurse nachgetragen“."
        )
    problems = check_project(project / "data", project / "book")
    if private := [str(problem) for problem in problems if is_private(problem)]:
        raise NotDone(
            "\n".join([*private, "So kann der Stand nicht gesichert werden: Er wird weitergegeben."])
        )
    found = unsaved(project)
    if not found.files:
        raise NotDone("Seit dem letzten gesicherten Stand hat sich nichts geändert.")
    _commit(project, found.files, sentence, who)
    return saved_states(project, 1)[0], len(problems), found.foreign


def bring_back(project: Path, key: str, places: Sequence[str] = (), who: str = "") -> SavedState | None:
    """Let the project, or some of its files, be again as a state has them.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    key
        The state.
    places
        Pages and tables by their place in the project; none for all that states hold.
    who
        Who does it.

    Returns
    -------
    SavedState or None
        The new state; None if all was so already.

    Raises
    ------
    NotDone
        There is no such state, or it has no such file; nothing was changed.
    """
    state = state_named(project, key)
    for place in places:
        if (
            not names_in(project, ["ls-tree", "-r", "-z", "--name-only", state.key, place])
            and not (project / place).is_file()
        ):
            raise NotDone(
                f"„{place}“ gibt es weder jetzt noch in diesem Stand. Nennen Sie die Datei wie in „konzept stand verlauf {key}“."
            )
    if files := unsaved(project).files:
        _commit(project, files, "Stand vor dem Zurückholen", who)
    run_git(
        project, ["restore", f"--source={state.key}", "--staged", "--worktree", "--", *(places or (".",))]
    )
    changed = names_in(project, ["diff", "--name-only", "-z", "--relative", "HEAD", "--", "."])
    if not changed:
        return None
    what = "Zurückgeholt" if not places else f"Zurückgeholt: {', '.join(places)}"
    _commit(project, changed, f"{what} (Stand vom {state.when:%d.%m.%Y, %H:%M} Uhr: {state.sentence})", who)
    return saved_states(project, 1)[0]


def state_named(project: Path, key: str) -> SavedState:
    """Find a saved state by its key.

    Raises
    ------
    NotDone
        There is none.
    """
    # Git would take much else for the name of a state, options among it.
    if _KEY.fullmatch(key):
        for state in saved_states(project, 100_000):
            if state.key.startswith(key) or key.startswith(state.key):
                return state
    raise NotDone(f"Einen Stand „{key}“ gibt es nicht. „konzept stand verlauf“ zeigt alle.")


def _commit(project: Path, files: Sequence[str], sentence: str, who: str) -> None:
    there = [name for name in files if (project / name).exists()]
    if there:
        run_git(project, ["add", "--", *there])
    if gone := set(files) - set(there):
        run_git(project, ["rm", "--quiet", "--cached", "--ignore-unmatch", "--", *gone])
    run_git(project, ["commit", "--quiet", "-m", sentence, "--", *files], user=who or user_of(project))


def user_of(project: Path) -> str | None:
    """Name whoever saves where git does not know; None where it does."""
    return None if (asked(project, "config", "user.name") or b"").strip() else getpass.getuser()


def _is_own(place: PurePosixPath, tables: Sequence[str]) -> bool:
    """Whether a new file is a page, a picture, a table or an edition of the project."""
    if place.as_posix() in (CONTENTS, SETTINGS, ".gitignore", ".gitlab-ci.yml", "requirements.txt"):
        return True
    if stray(place.name) or _is_hidden(place.as_posix()):
        return False
    room, *rest = place.parts
    if room == "data":
        return rest[0] in tables if len(rest) == 1 else rest[0] == SURVEYS and place.suffix == ".csv"
    if room == "book" and rest[0] == LANGUAGES and place.suffix == ".csv":
        return True
    return room == _EDITIONS or (room == "book" and place.suffix.lower() in _OF_PAGES)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") for part in parts) or FOLDER in [part.casefold() for part in parts[:2]]


def names_in(project: Path, arguments: Sequence[str]) -> list[str]:
    """Give the names of files that git lists with -z."""
    found = run_git(project, arguments).decode("utf-8", "surrogateescape")
    return [name for name in found.split("\0") if name]


def run_git(project: Path, arguments: Sequence[str], **how: Any) -> bytes:
    """Run git; what it could not do is said in German."""
    try:
        return git(project, arguments, **how)
    except GitFailed as error:
        raise NotDone(told_in_german(str(error))) from None


def told_in_german(told: str) -> str:
    """Say what git could not do."""
    if "index.lock" in told:
        return "Gerade sichert ein anderes Programm. Versuchen Sie es in einer Minute noch einmal; hilft das nicht, löschen Sie die Datei .git/index.lock."
    if "No such file or directory: 'git'" in told:
        return (
            "Das Programm „git“ fehlt, das die Stände aufbewahrt. Bitten Sie Ihre Technik, es einzurichten."
        )
    if "No space left" in told:
        return "Der Datenträger ist voll. Schaffen Sie Platz; gesichert wurde nichts."
    return f"Das Sichern ist nicht gelungen. Die Meldung für die Technik: {told or 'keine'}"
