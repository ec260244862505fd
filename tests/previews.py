"""A running preview of a copy of the project."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from copies import copy_project

PATIENCE = 120


SECTIONS = (
    "Worum es geht",
    "Ziele und Maßnahmen",
)
"""What a chapter keeps: texts, cells, a chart, a table; each rebuild is a third of the whole chapter's."""


def slim_copy(folder: Path) -> Path:
    """Copy the start page and a shortened chapter, for rebuilding often."""
    project = copy_project(folder, small=True)
    chapter = project / "book/chapters/01-bildung.md"
    chapter.write_text(shortened(chapter.read_text("utf-8")), "utf-8")
    return project


def shortened(chapter: str) -> str:
    """Keep the beginning of a chapter and some of its sections."""
    head, *sections = chapter.split("\n## ")
    kept = [section for section in sections if section.startswith(SECTIONS)]
    assert len(kept) == len(SECTIONS)
    return "\n## ".join([head, *kept])


@dataclass
class Preview:
    """The program, where it is, and what it has told."""

    project: Path
    address: str
    process: subprocess.Popen[str]
    told: list[str] = field(default_factory=list)

    def state(self, page: str = "book/index") -> dict:
        """What an open page is told first."""
        url = f"{self.address}/.vorschau/ereignisse?seite={page}"
        with urllib.request.urlopen(url, timeout=30) as stream:
            return json.loads(stream.readline().removeprefix(b"data:"))

    @contextmanager
    def open(self, page: str) -> Iterator[list[dict]]:
        """Have a page open in a browser; gives all states that it is told of."""
        told: list[dict] = []
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=PATIENCE)
        connection.request("GET", f"/.vorschau/ereignisse?seite={page}")
        line = connection.sock
        answer = connection.getresponse()

        def follow() -> None:
            with suppress(OSError, ValueError, http.client.HTTPException):
                while text := answer.readline():
                    if text.strip():
                        told.append(json.loads(text.removeprefix(b"data:")))

        thread = threading.Thread(target=follow)
        thread.start()
        try:
            yield told
        finally:
            line.shutdown(socket.SHUT_RDWR)
            thread.join()
            connection.close()

    def settled(self, pause: float = 0.2) -> dict:
        """Wait until nothing is being built and, looking thrice, nothing is noticed; give the state then."""
        quiet = 0
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.state()
            quiet = 0 if state["building"] else quiet + 1
            if quiet == 3:
                return state
            time.sleep(pause)
        raise AssertionError(f"still building: {self.told[-5:]}")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Ask for a path; gives status and text."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def family(self) -> list[psutil.Process]:
        """All processes of the preview."""
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def memory(self) -> float:
        """Sum the memory of all processes, shared pages shared out, in MB."""
        total = 0
        for process in self.family():
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total / 1e6

    def rounds(self) -> int:
        """Count the rounds of building that came to an end."""
        return sum(line.startswith(("Ganzes Buch", "Die Vorschau zeigt weiter")) for line in self.told)

    def interrupt(self) -> int:
        """Press Ctrl-C; give the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@contextmanager
def running(project: Path, *options: str, settled: bool = True, **environment: str) -> Iterator[Preview]:
    """Run the preview of a project; unless it is not to be waited for, it has built its book."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "konzept", "preview", "--port", str(port), *options],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "scripts"), **environment},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    preview = Preview(project, f"http://127.0.0.1:{port}", process)
    threading.Thread(target=lambda: preview.told.extend(process.stderr), daemon=True).start()
    try:
        wait_for(lambda: any("Vorschau: http" in line for line in preview.told))
        assert not settled or preview.settled()["problems"] == []
        yield preview
    finally:
        if process.poll() is None:
            preview.interrupt()
