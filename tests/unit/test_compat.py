"""What `compat.py` takes from the inside of libraries is still there: told by name and version, before a build fails."""

from __future__ import annotations

import gettext
import inspect
import io
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sphinx.builders.html
import weasyprint
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelbase import Kernel
from jupyter_book.config import get_final_config
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbformat.v4 import new_code_cell, new_notebook
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from konzept.authors.excel.compat import part_name
from konzept.paper.compat import line_boxes
from konzept.publishing.building import PROGRAM
from konzept.site import compat
from konzept.site.execution import outputs_in


def names(function: Callable[..., Any]) -> set[str]:
    """Name the attributes that a function reads or sets."""
    return set(inspect.unwrap(function).__code__.co_names)


def told(library: str, change: str) -> str:
    return f"{library} {version(library)}: {change}; see compat.py"


INSIDE = {
    "Sphinx._warncount": Sphinx.__init__,
    "BuildEnvironment._pickled_doctree_cache": BuildEnvironment.get_doctree,
    "HTML5Translator._table_row_indices": HTML5Translator.visit_row,
    "StandaloneHTMLBuilder.docsettings": StandaloneHTMLBuilder.write_doc,
    "StandaloneHTMLBuilder.secnumbers": StandaloneHTMLBuilder.write_doc,
    "StandaloneHTMLBuilder.fignumbers": StandaloneHTMLBuilder.write_doc,
    "StandaloneHTMLBuilder.current_docname": StandaloneHTMLBuilder.write_doc,
    "StandaloneHTMLBuilder.docwriter": StandaloneHTMLBuilder.write_doc,
}
"""Attributes of Sphinx, and the function of its own that uses them."""


@pytest.mark.parametrize("attribute", INSIDE)
def test_sphinx_still_uses(attribute: str) -> None:
    user = INSIDE[attribute]
    assert attribute.split(".")[1] in names(user), told("sphinx", f"{user.__qualname__} uses no {attribute}")


def test_sphinx_writes_single_pages() -> None:
    writer = getattr(Builder, "_write_serial", None)
    assert writer, told("sphinx", "Builder._write_serial is gone")
    assert [*inspect.signature(writer).parameters] == ["self", "docnames"], told(
        "sphinx", "Builder._write_serial takes something else"
    )


def test_sphinx_lets_a_builder_write_in_its_own_way() -> None:
    taken = [*inspect.signature(Builder.write).parameters]
    assert taken == ["self", "build_docnames", "updated_docnames", "method"], told(
        "sphinx", f"Builder.write takes {taken}"
    )


def test_sphinx_keeps_the_start_page_as_an_attribute() -> None:
    kept = type(inspect.getattr_static(BuildEnvironment, "master_doctree", None)).__name__
    assert kept == "cached_property", told("sphinx", f"BuildEnvironment.master_doctree is a {kept}")


def test_sphinx_reads_the_build_info_that_is_written_for_it() -> None:
    info = getattr(sphinx.builders.html, "BuildInfo", None)
    assert info, told("sphinx", "sphinx.builders.html.BuildInfo is gone")
    made, written = info(), io.StringIO()
    made.config_hash, made.tags_hash = "0a1b", "2c3d"
    made.dump(written)
    assert compat.is_build_info(written.getvalue()), told("sphinx", ".buildinfo has another form")
    assert compat.is_build_info(compat.OUTDATED)
    assert not compat.is_build_info(compat.OUTDATED[:-4])
    assert info.load(io.StringIO(compat.OUTDATED)) != made, told(
        "sphinx", "an outdated .buildinfo counts as new"
    )
    fixed = StandaloneHTMLBuilder.write_buildinfo.__code__.co_consts
    assert compat.BUILD_INFO in fixed, told("sphinx", ".buildinfo has another name")


def test_catalogues_keep_their_words_in_a_dictionary() -> None:
    folder = Path(str(files("sphinx"))) / "locale"
    german = gettext.translation("sphinx", folder, ["de"])
    words = getattr(german, "_catalog", None)
    assert isinstance(words, dict), "Python: GNUTranslations._catalog is gone; see compat.py"
    words["Search Page"] = "anders"
    assert german.gettext("Search Page") == "anders", (
        "Python: GNUTranslations reads no _catalog; see compat.py"
    )


def test_the_themes_have_the_files_that_are_changed_or_taken_out() -> None:
    theme = Path(str(files("pydata_sphinx_theme"))) / "theme/pydata_sphinx_theme/static"
    fonts = theme / compat.ICON_FONTS.relative_to("_static")
    wanted = [fonts / f"{compat.ICON_FONT}.{kind}" for kind in ("ttf", "woff2")] + [
        theme / compat.ICON_SCRIPT
    ]
    missing = [path.relative_to(theme).as_posix() for path in wanted if not path.is_file()]
    assert missing == [], told("pydata-sphinx-theme", f"{missing} are gone")
    assert [*theme.glob(compat.TEMPLATES)], told("pydata-sphinx-theme", f"{compat.TEMPLATES} is gone")
    basic = Path(str(files("sphinx"))) / "themes/basic/static"
    missing = [name for name in (compat.HIGHLIGHT, *compat.SEARCH_SCRIPTS) if not [*basic.glob(f"{name}*")]]
    assert missing == [], told("sphinx", f"{missing} are gone")


def test_a_notebook_goes_from_the_cache_whether_or_not_its_file_is_there(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_code_cell("1 + 1", execution_count=1)])
    cache = get_cache(str(tmp_path / "cache"))
    assert cache.list_cache_records() == []
    assert compat.is_sound(tmp_path / "cache"), told("jupyter-cache", "its folder has another form")
    for gone in (False, True):
        bundle = CacheBundleIn(notebook, "seite.md")
        record = cache.get_cache_record(cache.cache_notebook_bundle(bundle, check_validity=False).pk)
        place = tmp_path / "cache/executed" / record.hashkey / "base.ipynb"
        assert place.is_file(), told("jupyter-cache", "notebooks are not in executed/KEY/base.ipynb")
        assert outputs_in(cache, notebook)
        if gone:
            place.unlink()
        compat.drop(cache, record)
        assert not place.exists()
        assert cache.list_cache_records() == [], told(
            "jupyter-cache", "NbCacheRecord.remove_record leaves it"
        )


@pytest.mark.parametrize("change", ["DROP TABLE nbcache", None])
def test_a_cache_of_another_form_is_not_taken(tmp_path: Path, change: str | None) -> None:
    get_cache(str(tmp_path)).list_cache_records()
    assert compat.is_sound(tmp_path)
    if change:
        with closing(sqlite3.connect(tmp_path / "global.db")) as database:
            database.execute(change)
    else:
        (tmp_path / "__version__.txt").write_text("0.0.1")
    assert not compat.is_sound(tmp_path)


def test_a_kernel_has_the_queues_that_it_does_without() -> None:
    assert "_execute_sleep" in IPythonKernel.class_traits(), told(
        "ipykernel", "Kernel._execute_sleep is gone"
    )
    assert "_abort_queues" in names(Kernel.execute_request), told("ipykernel", "Kernel._abort_queues is gone")


def test_a_kernel_looks_for_its_debugger_only_when_it_is_made() -> None:
    code = (
        "import sys, ipykernel.ipkernel, konzept.site.compat as compat\n"
        "assert 'ipykernel.debugger' not in sys.modules, 'ipykernel.debugger is loaded at once'\n"
        "with compat.without_debugger():\n"
        "    from ipykernel import debugger\n"
        "assert not debugger._is_debugpy_available, 'the debugger is there without debugpy'\n"
        "assert 'debugpy' not in sys.modules\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, told("ipykernel", run.stderr.strip().splitlines()[-1])
    for trait in ("iopub_socket", "shell_channel_thread"):
        assert trait in IPythonKernel.class_traits(), told("ipykernel", f"Kernel.{trait} is gone")


def test_jupyter_book_makes_settings_and_is_started_as_we_do() -> None:
    taken = {*inspect.signature(get_final_config).parameters}
    assert taken >= {"user_yaml", "cli_config", "sourcedir"}, told(
        "jupyter-book", f"get_final_config takes {taken}"
    )
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--version"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, told("jupyter-book", "jupyter_book.cli.main.main is gone")


def test_openpyxl_knows_the_part_of_a_sheet() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.save(file)
    sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
    assert hasattr(sheet, "_worksheet_path"), told("openpyxl", "ReadOnlyWorksheet._worksheet_path is gone")
    with zipfile.ZipFile(file) as archive:
        assert part_name(sheet) in archive.namelist(), told("openpyxl", "_worksheet_path names no part")


def test_weasyprint_tells_its_lines() -> None:
    html = (
        "<style>@page{@top-center{content:'Kopf'}} div{position:absolute}</style>"
        "<p>Eine Zeile<p><i>Noch eine</i><br>und eine<div>Die vierte</div><p><img alt=''>"
    )
    page = weasyprint.HTML(string=html).render().pages[0]
    assert hasattr(page, "_page_box"), told("weasyprint", "Page._page_box is gone")
    lines = [*line_boxes(page)]
    assert len(lines) == 4, told("weasyprint", f"of four lines there are {len(lines)}")
    assert all(line.height > 0 for line in lines)
