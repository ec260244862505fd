"""Only the theme's scripts and our own may stand on a page."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from konzept.site.scripts import ForeignScript, checksums
from konzept.site.theme import seal

MODE = """
    document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
    document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";
  """
PAGE = "DOCUMENTATION_OPTIONS.pagename = 'book/chapters/01-bildung';"
FONTS = """
if (location.protocol !== "file:") for (const name of ["a-400-normal.woff2", "b.woff2"]) {
  const href = "../../_static/schriften/" + name;
  document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
}
"""
KEPT = """
for (const name of ["localStorage", "sessionStorage"]) try { window[name].length; } catch { Object.defineProperty(window, name, { value: { getItem: () => null, setItem() {} } }); }
"""
SOUND = f"""\
<html><head><meta content="script-src 'self'IK-PRUEFSUMMEN">
<script data-cfasync="false">{MODE}</script>
<script>{PAGE}</script>
<script>DOCUMENTATION_OPTIONS.search_as_you_type = false;</script>
<script>{KEPT}</script>
<script>{FONTS}</script>
<script src="../../_static/doctools.js?v=9bcbadda"></script>
<script defer="defer" src="../_static/scripts/bootstrap.js?digest=55c26ed414f5f8a31ebb"></script>
<script type="application/json">{{"x": "alert(1)"}}</script>
<script type="application/json" class="ik-werkstatt__stoff">[]</script>
</head></html>
"""


def policy_of(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_known_scripts_are_allowed_by_their_checksums() -> None:
    scripts = [MODE, PAGE, "DOCUMENTATION_OPTIONS.search_as_you_type = false;", KEPT, FONTS]
    assert checksums(SOUND) == sorted(map(policy_of, scripts))


FOREIGN = {
    "script": "<script>alert(1)</script>",
    "capitals": "<SCRIPT>alert(1)</SCRIPT>",
    "blank in the end": "<script>alert(1)</script >",
    "type": '<script type="module">alert(1)</script>',
    "data that are none": '<script data-type="application/json">alert(1)</script>',
    "like data": '<script class="application/json">alert(1)</script>',
    "type like data": '<script type="application/json5">alert(1)</script>',
    "behind a known one": f"<script>{PAGE} alert(1)</script>",
    "before a known one": f"<script>alert(1);{PAGE}</script>",
    "in the name of a page": "<script>DOCUMENTATION_OPTIONS.pagename = ''+alert(1)+'';</script>",
    "in the name of a font": FONTS.replace("b.woff2", 'b" + alert(1) + "').join(["<script>", "</script>"]),
    "never closed": "<script>alert(1)",
    "with a slash": "<script/>alert(1)</script>",
    "of another host": '<script src="https://example.org/x.js"></script>',
    "of another host without scheme": '<script src="//example.org/x.js"></script>',
    "downloaded": '<script src="../_downloads/1/x.js"></script>',
    "downloaded by a detour": '<script src="_static/../_downloads/1/x.js"></script>',
    "beside the page": '<script src="x.js"></script>',
    "without quotes": "<script src=x.js></script>",
    "data as an address": '<script src="data:text/javascript,alert(1)"></script>',
    "both": '<script src="_static/doctools.js">alert(1)</script>',
    "bracket in an attribute": '<script title=">">alert(1)</script>',
    "in a drawing": "<svg><script>alert(1)</script></svg>",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_any_other_script_is_refused(kind: str, tmp_path: Path) -> None:
    text = SOUND.replace("</head>", f"</head>{FOREIGN[kind]}")
    with pytest.raises(ForeignScript):
        checksums(text)
    page = tmp_path / "seite.html"
    page.write_text(text, "utf-8")
    assert not seal(page)
    assert page.read_text("utf-8") == text  # no policy that would allow it


def test_a_sealed_page_allows_what_it_has(tmp_path: Path) -> None:
    page = tmp_path / "seite.html"
    page.write_text(SOUND, "utf-8")
    assert seal(page)
    sealed = page.read_text("utf-8")
    assert "IK-PRUEFSUMMEN" not in sealed
    assert all(f"'{policy_of(script)}'" in sealed for script in (MODE, PAGE, FONTS))
    assert seal(page)
    assert page.read_text("utf-8") == sealed
