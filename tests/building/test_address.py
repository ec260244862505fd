"""A book that names its address: canonical addresses, pictures for chats, a list for search engines."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from conftest import run_konzept
from copies import copy_project
from folders import tell
from konzept.authors.languages.versions import read_version
from sentences.languages import SOUND

ADDRESS = "https://example.org/konzept/"
CHAPTER = "book/chapters/01-bildung.html"


def test_pages_tell_whole_addresses(built: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "projekt", small=True)
    tell(project / "data", adresse=ADDRESS.rstrip("/"))
    for code, word in (("en", "participation"), ("tr", "katılım")):
        text = SOUND.replace("participation", word)
        (project / f"book/sprachen/{code}.md").write_text(text, "utf-8")
    version = read_version(project / "book/sprachen/en.md", "en.md")
    with (project / "data/pruefungen.csv").open("a", encoding="utf-8") as reviews:
        reviews.write(f"en;2026-01-05;Büro A;{version.fingerprint}\n")
    run_konzept(project, "build", "--only", "html").check_returncode()
    site = project / "_build/html"
    page = BeautifulSoup((site / CHAPTER).read_text("utf-8"), "html.parser")
    assert [link["href"] for link in page.select("link[rel=canonical]")] == [ADDRESS + CHAPTER]
    assert [meta["content"] for meta in page.select("meta[property='og:url']")] == [ADDRESS + CHAPTER]
    (picture,) = page.select("meta[property='og:image']")
    assert str(picture["content"]).startswith(ADDRESS)
    content = (site / str(picture["content"]).removeprefix(ADDRESS)).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    listed = ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    # Of versions in other languages search engines are told once they are checked.
    checked = f"{ADDRESS}book/sprachen/en.html"
    assert {loc.text for loc in listed} == {f"{ADDRESS}book/index.html", ADDRESS + CHAPTER, checked}
    languages = {"en": checked, "tr": f"{ADDRESS}book/sprachen/tr.html"}
    languages |= dict.fromkeys(("de", "x-default"), f"{ADDRESS}book/index.html")
    for name in ("index", "sprachen/en", "sprachen/tr"):
        alternates = BeautifulSoup((site / f"book/{name}.html").read_text("utf-8"), "html.parser")
        links = alternates.select("head link[rel=alternate][hreflang]")
        assert {str(link["hreflang"]): link["href"] for link in links} == languages
        assert bool(alternates.select("meta[content=noindex]")) == (name == "sprachen/tr")
    missing = BeautifulSoup((site / "404.html").read_text("utf-8"), "html.parser")
    assert missing.form is not None
    assert missing.form["action"] == f"{ADDRESS}search.html"
