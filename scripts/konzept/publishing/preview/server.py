"""Serves the last good pages to this machine alone.

Whoever gets the address by another name (DNS rebinding), from another page, or asks for what lies outside
the built site is refused.  The published pages know nothing of all this: what they get added is added here.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from html import escape
from pathlib import Path

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

from konzept.data.problems import NotDone
from konzept.publishing.desk.server import DESK, Desk
from konzept.publishing.locking import Taken, alone
from konzept.publishing.preview.folders import Folders
from konzept.publishing.preview.session import REST, Session, Tell

HOST = "127.0.0.1"
OWN = "/.vorschau"
"""Below it lies what the preview adds; no page of a book begins with a dot."""

_WEB = Path(__file__).with_name("web")
_FRESH = {"Cache-Control": "no-store", "Content-Security-Policy": "frame-ancestors 'self'"}
_MISSING = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Vorschau</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">
</head><body class="vorschau-leer"><main><h1>Vorschau</h1>
<p>Diese Seite ist noch nicht gebaut oder gehört nicht zum Buch. Sobald es sie gibt, erscheint sie hier.</p>
<p><a href="$root">Zur Startseite</a></p></main></body></html>
"""


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
        missing = _MISSING.replace("$root", _up(path))
        return HTMLResponse(self._with_script(missing, path), 404, _FRESH)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        path = Path(full_path)
        if path.suffix == ".html":
            self._session.look()
            name = path.relative_to(self._session.folders.served.resolve()).as_posix()
            return HTMLResponse(self._with_script(path.read_text("utf-8"), name), status_code, _FRESH)
        response = super().file_response(full_path, stat_result, scope, status_code)
        # Kept by browsers, but asked for each time.
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _with_script(self, page: str, name: str) -> str:
        docname = name.removesuffix(".html")
        known = f'data-seite="{escape(docname)}" data-stand="{self._session.sum_of(docname)}"'
        # Behind a proxy the book does not stand at the root.
        own = f"{_up(name)}{OWN[1:]}"
        added = f'<link rel="stylesheet" href="{own}/vorschau.css"><script src="{own}/vorschau.js" {known} defer></script></head>'
        return page.replace("</head>", added, 1)


def _up(name: str) -> str:
    """Lead from a page to the root."""
    return "../" * (0 if name == "." else name.count("/")) or "./"


def _is_page(path: str) -> bool:
    return path == "." or path.endswith((".html", "/"))


def application(session: Session, desk: Desk, hosts: Sequence[str]) -> Starlette:
    """Make the server's application.

    Parameters
    ----------
    session
        Keeps the pages.
    desk
        The authors' desk beside them.
    hosts
        Names by which the server may be asked.
    """

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
        await desk.close()

    return Starlette(
        routes=[
            Route(f"{OWN}/ereignisse", events),
            Mount(OWN, StaticFiles(directory=_WEB)),
            Mount(DESK, desk.application()),
            Mount("/", _Pages(session)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)],
        lifespan=lifespan,
    )


def serve(project: Path, place: int | Path, tell: Tell, patience: float = REST) -> None:
    """Serve a project's preview until it is interrupted.

    Parameters
    ----------
    project
        The folder of `_config.yml`.
    place
        Where to listen: a port of this machine, 0 for any that is free, or a socket to be made, for a proxy that knows
        whom it lets in.
    tell
        Takes lines of progress.
    patience
        So many seconds without a look and a save later what builds is let go.

    Raises
    ------
    NotDone
        There is another preview of the book, or another program at the port.
    """
    folders = Folders(project)
    try:
        with alone(folders.base, None), _listen(place) as listening:
            if isinstance(place, int):
                address = f"http://{HOST}:{listening.getsockname()[1]}"
                key = secrets.token_urlsafe(16)
                tell(f"Vorschau: {address} – jede gespeicherte Änderung erscheint dort; Strg+C beendet sie.")
                tell(f"Schreibtisch: {address}{DESK}/?schluessel={key}")
            else:
                address, key = str(place), ""
            folders.address.write_text(address, "utf-8")
            session = Session(project, tell, patience)
            desk = Desk(project, folders.served / "objects.inv", key)
            app = application(session, desk, [HOST, "localhost"] if key else ["*"])
            # Numpy would start threads, and what has threads cannot be forked safely.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            with suppress(KeyboardInterrupt):
                asyncio.run(_run(app, listening))
    except Taken:
        raise NotDone(
            f"Für dieses Buch läuft schon eine Vorschau. Öffnen Sie im Browser {folders.address.read_text('utf-8')} "
            "oder beenden Sie jene Vorschau mit Strg+C und beginnen dann neu."
        ) from None
    tell("Die Vorschau ist beendet.")


async def _run(app: Starlette, listening: socket.socket) -> None:
    # Open pages listen for as long as they are let.
    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    await uvicorn.Server(config).serve(sockets=[listening])


def _listen(place: int | Path) -> socket.socket:
    try:
        if isinstance(place, int):
            return socket.create_server((HOST, place))
        place.unlink(missing_ok=True)
        # Its owner alone may open it.
        mask = os.umask(0o077)
        try:
            return socket.create_server(str(place), family=socket.AF_UNIX)
        finally:
            os.umask(mask)
    except OSError as error:
        if isinstance(place, Path):
            raise NotDone(f"Bei {place} lässt sich nicht antworten: {error.strerror}.") from error
        raise NotDone(
            f"Die Adresse {HOST}:{place} ist nicht frei, meist weil dort schon ein anderes Programm läuft. "
            f"Wählen Sie einen anderen Port, zum Beispiel: konzept preview --port {place + 1 if place < 65535 else 8000}"
        ) from error
