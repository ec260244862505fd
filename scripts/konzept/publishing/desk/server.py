"""The desk's page and its answers; beside the preview's pages, for the author of this working copy alone.

What changes anything is asked for by POST, and only by a page of this server.  Where the server listens at a port,
which every user of the machine can reach, a key in the address it names lets its author in; at a socket the folder's
rights do.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from konzept.authors.states import has_common, saved_states
from konzept.authors.word.remarks import open_remarks, tick
from konzept.data.problems import NotDone
from konzept.data.reading import read_folder
from konzept.publishing.building import WORK
from konzept.publishing.desk import finding
from konzept.publishing.desk.running import Running, Said
from konzept.publishing.desk.tasks import FOLDER, SECTIONS, TASKS, Form, Section, Task
from konzept.publishing.locking import alone

DESK = "/.tisch"
"""Below it lies the desk; no page of a book begins with a dot."""
MOST = 25_000_000
"""More bytes than any workbook has."""

_COOKIE = "konzept-tisch"
_WEB = Path(__file__).with_name("web")
_FRESH = {"Cache-Control": "no-store", "Content-Security-Policy": "frame-ancestors 'self'"}
_STRANGER = "Öffnen Sie den Schreibtisch mit der Adresse, die beim Start genannt wurde."


class Desk:
    """Answers for one project.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    inventory
        What the preview's build has found in the book.
    key
        Lets its author in; empty where nobody else can reach the server.
    """

    def __init__(self, project: Path, inventory: Path, key: str = "") -> None:
        self._project, self._inventory, self._key = project, inventory, key
        self.running = Running(project)
        self._offered: dict[str, Path] = {}
        # Outside of the project, where answers to a survey may lie, and gone with the server.
        self._given = TemporaryDirectory(prefix="konzept-")

    def application(self) -> ASGIApp:
        """Make the application that stands at `DESK`."""
        routes = [
            Route("/", self._page),
            Route("/inhalt", self._content),
            Route("/datei", self._take, methods=["POST"]),
            Route("/datei/{key}/{name}", self._give),
            Route("/aufgabe/{name}", self._start, methods=["POST"]),
            Route("/halt/{key}", self._stop, methods=["POST"]),
            Route("/erledigt", self._tick, methods=["POST"]),
            Mount("/", StaticFiles(directory=_WEB)),
        ]
        return _OnlyOwn(Starlette(routes=routes), self._key)

    async def _page(self, request: Request) -> Response:
        if self._key and request.query_params.get("schluessel"):
            # The key is not to stay in the address, which people pass on.
            answer = Response(status_code=303, headers={"Location": "./"})
            answer.set_cookie(_COOKIE, self._key, httponly=True, samesite="strict")
            return answer
        return FileResponse(_WEB / "tisch.html", headers=_FRESH)

    async def close(self) -> None:
        """End all that runs, and forget what was given in."""
        await self.running.close()
        self._given.cleanup()

    async def _content(self, request: Request) -> Response:
        """Tell what the page shows of the project."""

        def content() -> dict[str, object]:
            try:
                states = [asdict(s) | {"when": s.when.isoformat()} for s in saved_states(self._project)]
            except NotDone:
                states = []
            reading = read_folder(self._project / "data")
            common = has_common(self._project)
            has = finding.traits(self._project, reading, common=common)
            return {
                "seiten": [asdict(page) for page in finding.pages(self._project)],
                "funde": [asdict(find) for find in finding.finds(reading, self._inventory)],
                "staende": states,
                "bereiche": [section for s in SECTIONS if (section := _shown(s, has))["tasks"]],
                "blaetter": finding.sheets(reading.package, reading.lines) if reading.package else {},
                "listen": finding.lists(self._project, reading),
                "offen": open_remarks(self._project),
                # Behind the proxy of JupyterLab, a page can be opened for writing.
                "labor": _lab(request.headers),
            }

        return JSONResponse(await run_in_threadpool(content), headers=_FRESH)

    async def _take(self, request: Request) -> Response:
        """Keep a file that was given in; the answer names its place."""
        too_large = f"Die Datei ist größer als {MOST // 1_000_000} MB. Eine Datei des Konzepts ist das nicht."
        if int(request.headers.get("content-length", "0")) > MOST:
            return PlainTextResponse(too_large, 413)
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST:
                return PlainTextResponse(too_large, 413)
        name = "".join(c for c in request.query_params.get("name", "") if c.isalnum() or c in " ._-()")[-80:]
        path = Path(self._given.name, secrets.token_hex(8), name.strip(" .") or "datei")
        path.parent.mkdir()
        path.write_bytes(content)
        with suppress(ValueError, OverflowError, OSError):
            # Since when the author has it: statistics note that day.
            os.utime(path, times=(when := float(request.query_params.get("vom", "")) / 1000, when))
        return PlainTextResponse(str(path), headers=_FRESH)

    async def _give(self, request: Request) -> Response:
        """Hand out a file that a command has named."""
        path = self._offered.get(request.path_params["key"])
        if path is None or not path.is_file():
            return PlainTextResponse("Diese Datei gibt es nicht mehr. Lassen Sie sie neu schreiben.", 404)
        if path == self._site:
            path = await run_in_threadpool(self._packed)
        return FileResponse(path, filename=path.name, headers=_FRESH)

    @property
    def _site(self) -> Path:
        return (self._project / "_build/html/index.html").resolve()

    def _packed(self) -> Path:
        """Pack the pages that were built, for whoever puts them on a web server."""
        with alone(self._project / "_build" / WORK, lambda _: None):
            packed = shutil.make_archive(str(self._project / FOLDER / "webseiten"), "zip", self._site.parent)
        return Path(packed)

    async def _start(self, request: Request) -> Response:
        """Run a task and tell what it says as it says it."""
        task = TASKS.get(request.path_params["name"])
        try:
            form: Form = {
                name: [str(v) for v in value] if isinstance(value, list) else str(value)
                for name, value in (await request.json()).items()
            }
        except (ValueError, AttributeError):
            task = None
        words = await run_in_threadpool(self._command, task, form) if task else None
        if task is None or words is None:
            return PlainTextResponse("Diese Aufgabe gibt es nicht, oder es fehlt eine Angabe.", 400)
        (self._project / FOLDER).mkdir(parents=True, exist_ok=True)

        async def stream() -> AsyncIterator[str]:
            async for said in self.running.run(words):
                yield f"data: {json.dumps(self._told(said), ensure_ascii=False)}\n\n"
                if said == 0 and task.is_tried and form.get("lauf"):
                    # What was taken is not kept: it may be answers of single people.
                    shutil.rmtree(Path(str(form["datei"])).parent, ignore_errors=True)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_FRESH)

    def _command(self, task: Task, form: Form) -> list[str] | None:
        """Give a task's command; None if a file was not given in, or a choice was never offered."""
        if any(field.kind not in ("text", "file") for field in task.fields):
            offered = finding.lists(self._project, read_folder(self._project / "data"))
        for field in task.fields:
            value = str(form.get(field.name) or "")
            if value and field.kind == "file" and not self._is_given(Path(value)):
                return None
            if value and field.kind in finding.KINDS and value not in offered[field.kind]:
                return None
        return task.command(form)

    def _is_given(self, place: Path) -> bool:
        return place.resolve().is_relative_to(Path(self._given.name).resolve()) and place.is_file()

    async def _tick(self, request: Request) -> Response:
        """Note that something from Word is done."""
        try:
            done = await run_in_threadpool(tick, self._project, **await request.json())
        except (ValueError, TypeError):
            done = False
        return PlainTextResponse("", 204 if done else 404)

    def _told(self, said: str | Said | int) -> Mapping[str, object]:
        if isinstance(said, int):
            return {"ende": said}
        if isinstance(said, str):
            return {"lauf": said}
        if not said.progress and (path := self._written(said.text)):
            key = secrets.token_hex(8)
            self._offered[key] = path
            name = "webseiten.zip" if path == self._site else path.name
            return {"datei": f"datei/{key}/{name}", "name": name}
        return {"fortschritt" if said.progress else "zeile": said.text}

    def _written(self, line: str) -> Path | None:
        """Find the file whose place a line is, or begins with before it says that it was written."""
        place = line.partition(" geschrieben")[0].strip()
        if not place or len(place) > 500:
            return None
        path = (self._project / place).resolve()
        return path if path.is_file() and path.is_relative_to((self._project / "_build").resolve()) else None

    async def _stop(self, request: Request) -> Response:
        found = self.running.stop(request.path_params["key"])
        return PlainTextResponse("", 204 if found else 404)


def _shown(section: Section, has: Collection[str]) -> dict[str, object]:
    """Give what the page needs to know of a section: its tasks for which the project has what they need."""
    tasks = [
        {name: value for name, value in asdict(task).items() if name != "words"} | {"tried": task.is_tried}
        for task in section.tasks
        if not task.where or task.where in has
    ]
    return asdict(section) | {"tasks": tasks}


def _lab(headers: Mapping[str, str]) -> str | None:
    """Name the root of the JupyterLab behind whose proxy the desk stands."""
    context = headers.get("x-proxycontextpath", "")
    return context.rstrip("/").rpartition("/")[0] + "/" if context else None


class _OnlyOwn:
    """Lets only the author in, and only pages of this server ask for changes."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app, self._key = app, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        if self._key:
            given = request.query_params.get("schluessel") or request.cookies.get(_COOKIE, "")
            if not secrets.compare_digest(given.encode(), self._key.encode()):
                return PlainTextResponse(_STRANGER, 403)
        # Browsers say with each POST which page asks for it.
        origin = urlsplit(request.headers.get("origin", "")).netloc
        if request.method not in ("GET", "HEAD") and origin != request.headers.get("host"):
            return PlainTextResponse("Nur für den Schreibtisch selbst.", 403)
        return None
