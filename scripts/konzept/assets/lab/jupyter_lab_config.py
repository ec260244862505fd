"""Settings of `konzept lab`: this machine only, and no request to any other."""

import re
import warnings
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager

from konzept.home import NODE_MODULES

c = get_config()  # noqa: F821  # Jupyter hands it in

KERNEL = "kernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n"
"""As it stands at the head of every page; JupyterLab would write its own name of the kernel instead."""


def keep_head(model, path, contents_manager, **_):
    """Let saving change what the author changed, and nothing else."""
    if not path.endswith(".md") or not isinstance(model["content"], str):
        return
    head, separator, rest = model["content"].partition("\n---\n")
    page = Path(contents_manager.root_dir, path)
    if head.startswith("---\njupyter:\n") and page.is_file() and not page.read_bytes().startswith(b"---"):
        # Of a page without cells Jupytext would make a notebook.
        model["content"] = rest.removeprefix("\n")
    elif head.startswith("---\n") and separator and "  language: python\n" in f"{head}\n":
        head = re.sub(r"^kernelspec:\n(?:  .*\n)+", KERNEL, f"{head}\n", flags=re.MULTILINE)[:-1]
        model["content"] = head + separator + rest


class Kernels(KernelSpecManager):
    """Kernels that say in German what is wrong in a cell; no other program starts such."""

    def get_kernel_spec(self, kernel_name):
        """Add to a kernel's command what loads our extension of IPython."""
        spec = super().get_kernel_spec(kernel_name)
        if spec.language == "python":
            spec.argv = [*spec.argv, "--ext=konzept.authors.lab"]
        return spec


c.ServerApp.kernel_spec_manager_class = Kernels
c.ServerApp.ip = "127.0.0.1"
# Containers know no one but root; who gets in is settled by address and token.
c.ServerApp.allow_root = True
c.FileContentsManager.pre_save_hook = keep_head
# Jupyter sets the hook twice, and warns of it.
warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")
# The book's font, for charts (see labextensions/konzept/static/writing.js).
c.ServerApp.extra_static_paths = [str(NODE_MODULES / "@fontsource")]
# Neither news nor versions nor extensions are asked for elsewhere.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
# Typing goes into the text, and what nobody has changed is not asked for.
c.LabApp.extra_labextensions_path = [str(Path(__file__).resolve().with_name("labextensions"))]
