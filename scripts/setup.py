"""Sets up everything that `make book` and `make test` need; knows only Python's standard library.

Python packages come from the hash-locked requirements into `.venv`, scripts and fonts from npm by lock file,
Chromium and Pango from the system.  What is in place already is left alone; a `.venv` that came with a copy of
another folder leads back there, and is made anew.
Messages are German: authors read them.
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "konzept-setup.json"
LOCKS = ("requirements.txt", "requirements-lab.txt", "requirements-hub.txt", "requirements-test.txt")
"""Each holds all of those before it."""
QUIETLY = ("--quiet", "--disable-pip-version-check")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def main() -> None:
    """Run the set-up that the command line asks for."""
    parser = argparse.ArgumentParser(description="Richtet das Integrationskonzept ein.")
    parser.add_argument("--test", action="store_true", help="auch, was die Tests brauchen")
    parser.add_argument("--lab", action="store_true", help="auch JupyterLab")
    parser.add_argument("--hub", action="store_true", help="auch JupyterHub, den Arbeitsplatz für mehrere")
    parser.add_argument(
        "--link", action="store_true", help="nur das Paket in die laufende Python-Umgebung einhängen (conda)"
    )
    options = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036  # whoever runs this may have an older one
        sys.exit(f"Nötig ist Python 3.11 oder neuer; dies ist {sys.version.split()[0]}.")
    if options.link:
        link_package(sys.executable)
        return
    if os.pathsep in str(PROJECT):
        sys.exit(f"Der Name des Ordners „{PROJECT}“ enthält das Zeichen „{os.pathsep}“. Benennen Sie ihn um.")
    install_system_packages(test=options.test)
    install_python_packages(LOCKS[3 if options.test else 2 if options.hub else 1 if options.lab else 0])
    install_program()
    install_assets(".")
    if options.hub or options.test:
        install_assets("hub")


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a program; end with its last words when it fails."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=PROJECT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        last = "\n".join(result.stdout.strip().splitlines()[-8:])
        sys.exit(f"„{' '.join(str(part) for part in command[:3])} …“ ist gescheitert.\n{last}")


def install_system_packages(*, test: bool) -> None:
    """Install missing Debian packages as root, else name the line that does."""
    linux = sys.platform == "linux"
    # Workbooks and chapters are edited by what authors without Office have; each of its parts is a library.
    office = Path(shutil.which("soffice") or "").resolve().parent
    needed = {
        "chromium": os.environ.get("BROWSER_PATH") or any(map(shutil.which, BROWSERS)),
        "libpango-1.0-0": not linux or ctypes.util.find_library("pango-1.0"),
        "libpangoft2-1.0-0": not linux or ctypes.util.find_library("pangoft2-1.0"),
        # The browser tests' driver carries a Node.js that needs this one.
        "libatomic1": not linux or not test or ctypes.util.find_library("atomic"),
        "hunspell hunspell-de-de": not linux or not test or shutil.which("hunspell"),
        "libreoffice-calc-nogui": not linux or not test or (office / "libsclo.so").is_file(),
        "libreoffice-writer-nogui": not linux or not test or (office / "libswlo.so").is_file(),
        "python3-venv": not linux or importlib.util.find_spec("ensurepip"),
    }
    missing = [package for packages, there in needed.items() if not there for package in packages.split()]
    if not missing:
        return
    line = f"apt-get install --yes --no-install-recommends {' '.join(missing)}"
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        sys.exit(f"Dem System fehlt: {', '.join(missing)}. Installieren Sie es mit: sudo {line}")
    print(f"System: {', '.join(missing)} …", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", env=quiet)
    run(*line.split(), env=quiet)


def install_python_packages(lock: str) -> None:
    """Bring `.venv` to the state of the lock file, hashes checked."""
    if not PYTHON.is_file() or is_from_elsewhere():
        print("Python-Umgebung .venv …", flush=True)
        make_environment(with_pip=True)
    if any(is_done(name, name) for name in LOCKS[LOCKS.index(lock) :]):
        return
    print(f"Python-Pakete nach {lock} … (beim ersten Mal etwa eine Minute)", flush=True)
    pip_install(lock)
    note(lock, lock)


def make_environment(*, with_pip: bool) -> None:
    """Make `.venv` anew; of a link to another one, only the link goes."""
    if VENV.is_symlink():
        VENV.unlink()
    venv.create(VENV, clear=True, with_pip=with_pip)


def is_from_elsewhere() -> bool:
    """Tell whether `.venv` was made in another folder: its programs would go on working there."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return True
    return any(line.startswith("command = ") and not line.endswith(f" {VENV}") for line in lines)


def pip_install(lock: str) -> None:
    """Install what a lock file names, hashes checked."""
    run(PYTHON, "-m", "pip", "install", *QUIETLY, "--require-hashes", "-r", lock)
    quote_folder()


def install_program() -> None:
    """Link the package into `.venv`, with its command `konzept`."""
    if not is_done("konzept", "pyproject.toml"):
        link_package(PYTHON)
        quote_folder()
        note("konzept", "pyproject.toml")


def link_package(python: str | Path) -> None:
    """Have an environment take the package from this folder; the lock files hold what building it needs."""
    how = ("--no-deps", "--no-build-isolation", "--no-index", "--editable")
    run(python, "-m", "pip", "install", *QUIETLY, *how, ".")


def quote_folder() -> None:
    """Quote the folder's name in what venv and pip have written for the shell; they think of blanks alone."""
    if not set('"$`') & set(str(VENV)):
        return
    quoted = {f'"{path}"': shlex.quote(str(path)) for path in (VENV, BIN / "python", BIN / "python3")}
    for program in BIN.iterdir():
        try:
            text = old = program.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # no script
        for plain, safe in quoted.items():
            text = text.replace(plain, safe)
        if text != old:
            program.write_text(text, "utf-8")


def install_assets(folder: str) -> None:
    """Fetch what a folder takes from npm by lock file, with the machine's npm or the one from PyPI."""
    lock = f"{folder}/package-lock.json".removeprefix("./")
    step = f"npm {folder}".removesuffix(" .")
    if is_done(step, lock) and (PROJECT / folder / "node_modules").is_dir():
        return
    print("Schriften und Skripte …" if folder == "." else "Vermittler des JupyterHub …", flush=True)
    npm = shutil.which("npm")
    if npm is None:
        pip_install("requirements-node.txt")
        npm = str(BIN / "npm")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    command = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder)
    run(npm, *command, env={"PATH": path})
    note(step, lock)


def is_done(step: str, file: str) -> bool:
    """Tell whether a step was done for what stands in a file now."""
    return stamps().get(step) == digest(file)


def note(step: str, file: str) -> None:
    """Note that a step is done."""
    STAMP.write_text(json.dumps({**stamps(), step: digest(file)}, indent=1), "utf-8")


def digest(file: str) -> str:
    """Name a file's content."""
    return hashlib.sha256((PROJECT / file).read_bytes()).hexdigest()


def stamps() -> dict[str, str]:
    """Read what is installed already."""
    try:
        return dict(json.loads(STAMP.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    main()
