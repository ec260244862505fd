"""Serves the last good pages to this machine alone.

Whoever gets the address by another name (DNS rebinding), from another page, or asks for what lies outside
the built site is refused.  The published pages know nothing of all this: what they get added is added here.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from html import escape
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from konzept.publishing.locking import Taken, alone
from konzept.publishing.preview.folders import Folders
from konzept.publishing.preview.session import Session, Tell

HOST = "127.0.0.1"
OWN = "/.vorschau"
"""Below it lies what the preview adds; no page of a book begins with a dot."""

_WEB = Path(__file__).with_name("web")
_FRESH = {"Cache-Control": "no-store"}
_MISSING = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Vorschau</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">
</head><body class="vorschau-leer"><main><h1>Vorschau</h1>
<p>Diese Seite ist noch nicht gebaut oder gehört nicht zum Buch. Sobald es sie gibt, erscheint sie hier.</p>
<p><a href="/">Zur Startseite</a></p></main></body></html>
"""


class Refused(Exception):
    """There is another preview of the book, or another program at the port; the message is German."""


class _Pages(StaticFiles):
    """The built site; pages get the preview's script."""

    def __init__(self, session: Session) -> None:
        super().__init__(directory=session.folders.served, html=True, check_dir=False)
        self._session = session

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or not _is_page(path):
                raise
        else:
            # The site's own page for what is missing would not notice that the page has come.
            if response.status_code != 404:
                return response
        return HTMLResponse(self._with_script(_MISSING, path), 404, _FRESH)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        path = Path(full_path)
        if path.suffix == ".html":
            name = path.relative_to(self._session.folders.served.resolve()).as_posix()
            return HTMLResponse(self._with_script(path.read_text("utf-8"), name), status_code, _FRESH)
        response = super().file_response(full_path, stat_result, scope, status_code)
        # Kept by browsers, but asked for each time.
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _with_script(self, page: str, name: str) -> str:
        docname = name.removesuffix(".html")
        known = f'data-seite="{escape(docname)}" data-stand="{self._session.sum_of(docname)}"'
        added = f'<link rel="stylesheet" href="{OWN}/vorschau.css"><script src="{OWN}/vorschau.js" {known} defer></script></head>'
        return page.replace("</head>", added, 1)


def _is_page(path: str) -> bool:
    return path == "." or path.endswith((".html", "/"))


def application(session: Session) -> Starlette:
    """Make the server's application."""

    async def events(request: Request) -> Response:
        """Tell an open page what becomes of it; only pages of this server may ask."""
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse("Nur für Seiten der Vorschau.", 403)

        async def stream() -> AsyncIterator[str]:
            async for state in session.follow(request.query_params.get("seite", "")):
                yield f"data: {json.dumps(asdict(state), ensure_ascii=False)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_FRESH)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with session.open():
            yield

    return Starlette(
        routes=[
            Route(f"{OWN}/ereignisse", events),
            Mount(OWN, StaticFiles(directory=_WEB)),
            Mount("/", _Pages(session)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False)],
        lifespan=lifespan,
    )


class _Server(uvicorn.Server):
    """Lets open pages go before it waits for them."""

    def __init__(self, config: uvicorn.Config, session: Session) -> None:
        super().__init__(config)
        self._session = session
        self._loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._loop.call_soon_threadsafe(lambda: asyncio.ensure_future(self._session.close()))


def serve(project: Path, port: int, tell: Tell) -> None:
    """Serve a project's preview until it is interrupted.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    port
        Where to listen; 0 for any free port.
    tell
        Takes lines of progress.

    Raises
    ------
    Refused
        Nothing was served.
    """
    folders = Folders(project)
    try:
        with alone(folders.base, None), _listen(port) as listening:
            address = f"http://{HOST}:{listening.getsockname()[1]}"
            folders.address.write_text(address, "utf-8")
            tell(f"Vorschau: {address} – jede gespeicherte Änderung erscheint dort; Strg+C beendet sie.")
            # Numpy would start threads, and what has threads cannot be forked safely.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            with suppress(KeyboardInterrupt):
                asyncio.run(_run(Session(project, tell), listening))
    except Taken:
        raise Refused(
            f"Für dieses Buch läuft schon eine Vorschau. Öffnen Sie im Browser {folders.address.read_text('utf-8')} "
            "oder beenden Sie jene Vorschau mit Strg+C und beginnen dann neu."
        ) from None
    tell("Die Vorschau ist beendet.")


async def _run(session: Session, listening: socket.socket) -> None:
    config = uvicorn.Config(
        application(session), log_level="critical", access_log=False, timeout_graceful_shutdown=2
    )
    await _Server(config, session).serve(sockets=[listening])


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise Refused(
            f"Die Adresse {HOST}:{port} ist nicht frei, meist weil dort schon ein anderes Programm läuft. "
            f"Wählen Sie einen anderen Port, zum Beispiel: konzept preview --port {port + 1 if port < 65535 else 8000}"
        ) from error
