"""Prepares this machine for `make hub`, as root: accounts, the common state, settings, and a unit of systemd.

What is there already is left as it is, so it may be run again after every update.  Its messages are German.
"""

import compileall
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import working_copy

HUB = Path(__file__).resolve().parent
PROGRAM = HUB.parent
SETTINGS = Path("/etc/konzept/hub.toml")
UNIT = Path("/etc/systemd/system/konzept-hub.service")
UNIT_TEXT = f"""\
[Unit]
Description=Arbeitsplatz für das Integrationskonzept (JupyterHub)
After=network.target

[Service]
WorkingDirectory={PROGRAM}
Environment=PATH={PROGRAM}/.venv/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8
ExecStart={sys.executable} -m jupyterhub --config {HUB}/jupyterhub_config.py
Restart=on-failure
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
"""


def main() -> None:
    """Prepare all; the one argument is where the town's state lies so far: a folder, or an address for git."""
    if os.geteuid() != 0:
        sys.exit("Das geht nur mit den Rechten von root: sudo make hub-einrichten")
    put(SETTINGS, (HUB / "hub.toml").read_text("utf-8"))
    town = tomllib.loads((HUB / "hub.toml").read_text("utf-8")) | tomllib.loads(SETTINGS.read_text("utf-8"))
    account, group, shower = town["konto"], town["gruppe"], town["schaukonto"]
    for name in (group, town["freigebende"], town["lesende"]):
        if not is_there("group", name):
            run("groupadd", "--system", name)
    make_account(account, town["werkstatt"])
    run("usermod", "--append", "--groups", group, account)
    make_account(shower, town["schaukasten"])
    open_between(account, shower, town)
    common = Path(town["stand"])
    if not common.exists():
        make_common_state(sys.argv[1] if len(sys.argv) > 1 else str(PROGRAM), common)
    share(common, group)
    trust(common)
    make_folder(town["veroeffentlicht"], 0o755, account, account)
    state = Path(town["ablage"])
    state.mkdir(parents=True, exist_ok=True)
    state.chmod(0o700)
    put(UNIT, UNIT_TEXT)
    # Authors cannot write beside the program what Python would keep there for a quicker start.
    compileall.compile_dir(PROGRAM / "scripts/konzept", quiet=1)
    print(f"Eingerichtet. Einstellungen: {SETTINGS}. Wer schreiben soll, kommt in die Gruppe {group},")
    print(
        f"wer veröffentlichen soll, in {town['freigebende']}, wer nur Entwürfe lesen soll, in {town['lesende']}:"
    )
    print(f"  adduser NAME && adduser NAME {group}")
    print("  systemctl enable --now konzept-hub")


def make_account(account: str, home: str) -> None:
    """Make an account that nobody signs in with."""
    if not is_there("passwd", account):
        run("useradd", "--system", "--user-group", "--create-home", "--home-dir", home, account)
        Path(home).chmod(0o700)


def make_folder(place: str | Path, mode: int, owner: str, group: str) -> None:
    """Make a folder and say whose it is."""
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.chown(folder, owner, group)
    folder.chmod(mode)


def open_between(builder: str, shower: str, town: dict[str, str]) -> None:
    """Let the account that shows the draft read it, and leave wishes where the one that builds takes them away."""
    make_folder(town["entwurf"], 0o2750, builder, shower)
    make_folder(town["schaukasten"], 0o710, shower, builder)
    make_folder(Path(town["schaukasten"]) / "auftrag", 0o2770, shower, builder)


def make_common_state(source: str, common: Path) -> None:
    """Make the repository in which the authors' states meet."""
    common.parent.mkdir(parents=True, exist_ok=True)
    run("git", "clone", "--quiet", "--bare", "--no-hardlinks", source, str(common))
    run("git", "-C", str(common), "remote", "remove", "origin")
    run("git", "-C", str(common), "branch", "--move", working_copy.BRANCH)
    # Git would write beside the branch that is the repository's own, where only its owner may.
    run("git", "-C", str(common), "symbolic-ref", "HEAD", "refs/heads/keiner")


def share(common: Path, group: str) -> None:
    """Let a group's members add states, and do nothing else in the repository.

    Settings and hooks stay the owner's: what they name is run by whoever works with the repository.
    """
    settings = {
        "core.sharedRepository": "group",
        "receive.denyNonFastForwards": "true",
        "receive.denyDeletes": "true",
        # Tidying would write beside the states; it is the owner's.
        "receive.autogc": "false",
    }
    for setting, value in settings.items():
        run("git", "-C", str(common), "config", setting, value)
    shutil.chown(common, group=group)
    common.chmod(0o750)
    for room in ("objects", "refs"):
        for path in (common / room, *(common / room).rglob("*")):
            shutil.chown(path, group=group)
            path.chmod(0o2770 if path.is_dir() else 0o440 if room == "objects" else 0o660)


def trust(common: Path) -> None:
    """Let git read the repository for whoever may: it is root's, and git asks the machine's owner first."""
    trusted = subprocess.run(
        ["git", "config", "--system", "--get-all", "safe.directory"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    ).stdout.splitlines()
    if str(common) not in trusted:
        run("git", "config", "--system", "--add", "safe.directory", str(common))


def put(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def is_there(what: str, name: str) -> bool:
    """Whether the system knows an account or a group."""
    return subprocess.run(["getent", what, name], stdout=subprocess.DEVNULL, check=False).returncode == 0


def run(*command: str) -> None:
    """Run a program; end when it fails, which it says itself."""
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"„{' '.join(command)}“ ist gescheitert.")


if __name__ == "__main__":
    main()
