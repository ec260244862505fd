"""Shows the draft to those who may see it, and passes on what publishers wish: `drafts.py DRAFT SHOWN OWN-FOLDER`.

A service of the hub, run by an account of its own, which runs no cells.  Whoever has a link sees the draft until the
link's last day; the link is signed, and nothing that is secret stands in it.
"""

import base64
import datetime as dt
import hmac
import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler, authenticated

MAY_INVITE = "custom:konzept:einladen"
MAY_PUBLISH = "custom:konzept:veroeffentlichen"
DAYS = (7, 30, 90)
"""So long a link may hold."""
PREFIX = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
GONE = {
    403: "Dieser Link stimmt nicht. Kopieren Sie ihn noch einmal ganz aus der Nachricht, in der er stand.",
    404: "Diese Seite gibt es im Entwurf nicht.",
    410: "Dieser Link gilt nicht mehr. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.",
}


def own_key(folder):
    """Read the key that signs links; the first start makes it."""
    path = folder / "schluessel"
    if not path.exists():
        waiting = folder / "schluessel.neu"
        waiting.write_bytes(secrets.token_bytes(32))
        waiting.replace(path)
    return path.read_bytes()


def signed(key, last):
    """Give what in a link says how long it holds, and that nobody else has said so."""
    code = hmac.digest(key, last.isoformat().encode(), "sha256")
    return f"{last}_{base64.urlsafe_b64encode(code).decode().rstrip('=')}"


def last_day(key, words):
    """Give a link's last day; None if it is not one of ours."""
    try:
        last = dt.date.fromisoformat(words[:10])
    except ValueError:
        return None
    return last if hmac.compare_digest(signed(key, last).encode(), words.encode()) else None


def version(folder):
    """Name the version that a folder shows, by its time; None if there is none yet."""
    link = folder / "aktuell"
    return link.readlink().name if link.is_symlink() else None


def spoken(name):
    """Say when a version was made."""
    return f"{dt.datetime.strptime(name, '%Y-%m-%d-%H%M%S'):%d.%m.%Y, %H:%M} Uhr"


class Page(HubOAuthenticated, RequestHandler):
    """What the draft is, what is published, and what whoever has signed in may do about it."""

    def initialize(self, draft, shown, folder, key):
        """Take the folders from the application."""
        self.draft, self.shown, self.key = draft, shown, key
        self.wish = folder / "auftrag/auftrag"

    def set_default_headers(self):
        """Let nobody frame the page, or keep it."""
        styles = self.hub_auth.hub_host or "'self'"
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src {styles}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        )
        self.set_header("Cache-Control", "no-store")

    @authenticated
    def get(self):
        """Show it."""
        self.tell()

    @authenticated
    def post(self):
        """Make a link, or pass a wish on to the account that publishes."""
        what = self.get_body_argument("was", "")
        if what == "link":
            self.need(MAY_INVITE)
            days = self.get_body_argument("tage", "")
            if days not in map(str, DAYS):
                raise HTTPError(400)
            self.tell(self.link(int(days)))
            return
        self.need(MAY_PUBLISH)
        waiting = self.wish.with_suffix(".neu")
        waiting.write_text(what, "utf-8")
        # For the account that publishes; the folder is closed to all others.
        waiting.chmod(0o640)
        waiting.replace(self.wish)
        self.redirect(PREFIX, status=303)

    def need(self, scope):
        """Refuse whoever does not have a right."""
        if scope not in self.current_user["scopes"]:
            raise HTTPError(403)

    def link(self, days):
        """Make the address of the draft for some days."""
        base = (
            os.environ.get("JUPYTERHUB_PUBLIC_URL")
            or f"{self.request.protocol}://{self.request.host}{PREFIX}"
        )
        return f"{base}link/{signed(self.key, dt.date.today() + dt.timedelta(days))}/"

    def tell(self, link=""):
        """Show the page."""
        state = self.draft.with_name("lage.txt")
        self.render(
            "entwurf.html",
            hub=f"{self.hub_auth.hub_host}{self.hub_auth.hub_prefix}",
            spoken=spoken,
            days=DAYS,
            draft=version(self.draft),
            shown=version(self.shown),
            waits=self.wish.exists(),
            state=state.read_text("utf-8") if state.is_file() else "",
            may_invite=MAY_INVITE in self.current_user["scopes"],
            may_publish=MAY_PUBLISH in self.current_user["scopes"],
            today=urlsplit(self.link(1)).path,
            link=link,
        )

    def write_error(self, status_code, **_):
        """Say it in German."""
        self.finish("Das dürfen Sie hier nicht." if status_code == 403 else "Das ist nicht gelungen.")


class Draft(StaticFileHandler):
    """The draft's pages, for whoever has a link that holds."""

    def initialize(self, path, key):
        """Take the key besides."""
        super().initialize(path, "index.html")
        self.key = key

    async def get(self, words, path, include_body=True):
        """Give a page."""
        last = last_day(self.key, words)
        if last is None or last < dt.date.today():
            raise HTTPError(403 if last is None else 410)
        await super().get(path, include_body)

    async def head(self, words, path):
        """Give a page's headers."""
        await self.get(words, path, include_body=False)

    def validate_absolute_path(self, root, absolute_path):
        """Refuse what lies outside, however a page's maker leads there."""
        found = super().validate_absolute_path(root, absolute_path)
        if found and not Path(found).resolve().is_relative_to(Path(root).resolve()):
            raise HTTPError(404)
        return found

    def set_default_headers(self):
        """Keep the pages' scripts from all else under this name, and searchers from the pages."""
        self.set_header(
            "Content-Security-Policy",
            "sandbox allow-scripts allow-popups allow-downloads allow-modals; frame-ancestors 'none'",
        )
        # In a sandbox a page is a stranger to its own fonts and data.
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("X-Robots-Tag", "noindex, nofollow, noarchive")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")

    def set_extra_headers(self, path):
        """Let nobody keep a page."""
        self.set_header("Cache-Control", "private, no-cache")

    def write_error(self, status_code, **_):
        """Say it in German; a folder without a page is none."""
        ours = last_day(self.key, self.path_args[0]) is not None
        status = 404 if ours and status_code != 410 else status_code
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(GONE.get(status, GONE[404]))


class Missing(RequestHandler):
    """What there is not."""

    def prepare(self):
        """Say so."""
        self.set_status(404)
        self.finish(GONE[404])


def main():
    """Serve until the hub ends."""
    os.umask(0o077)
    draft, shown, folder = map(Path, sys.argv[1:])
    (folder / "auftrag").mkdir(exist_ok=True)
    key = own_key(folder)
    everything = {"draft": draft, "shown": shown, "folder": folder, "key": key}
    app = Application(
        [
            (PREFIX, Page, everything),
            (f"{PREFIX}oauth_callback", HubOAuthCallbackHandler),
            (f"{PREFIX}link/([^/]+)/?(.*)", Draft, {"path": str(draft / "aktuell"), "key": key}),
        ],
        template_path=Path(__file__).parent,
        cookie_secret=secrets.token_bytes(32),
        xsrf_cookies=True,
        default_handler_class=Missing,
    )
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    app.listen(address.port, address.hostname)
    IOLoop.current().start()


if __name__ == "__main__":
    main()
