"""The document around the joined pages: cover, contents, lists, style sheets."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from konzept.concept.editions import shown_as
from konzept.concept.model import Concept
from konzept.data.logo import read_logo
from konzept.elements.fields.overview import cards
from konzept.elements.palette import INTERFACE, STATUS_LOOKS, variables
from konzept.home import ASSETS
from konzept.paper.joining import Joined
from konzept.site.papers import FINAL, Paper
from konzept.words import german

TEMPLATES = Path(__file__).parent


def whole(joined: Joined, concept: Concept, paper: Paper, *, data_id: str, project: Path) -> str:
    """Put the document together as HTML."""
    return render(
        "document.html",
        cover={**_cover(concept, paper, data_id), "logo": _logo(project, concept.package.town.logo)},
        joined=joined,
        paper=paper,
        whole_file=FINAL.file(concept.package),
        styles=_styles(concept.package.town.accent),
        print_css=(ASSETS / "print/print.css").read_text("utf-8"),
    )


def render(template: str, **content: Any) -> str:
    """Fill a template, which escapes all it is given and lets no name be missing."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template).render(**content)


def _cover(concept: Concept, paper: Paper, data_id: str) -> dict[str, Any]:
    package = concept.package
    overview = cards(concept)
    day = concept.last_status_day
    field = concept.field(paper.chapter) if paper.chapter else None
    return {
        "speaker": package.speaker,
        "origin": package.origin,
        "town": package.town.title,
        "town_of": package.town.genitive,
        "title": package.title,
        "council_version": package.town.council_version,
        "field": f"Handlungsfeld {field.number}: {field.name}" if field else "",
        "edition": shown_as(package),
        "stand": german.date(dt.date.fromisoformat(paper.report) if paper.report else package.stand),
        "status_stand": german.date(day) if day else "nicht genannt",
        "data_id": data_id,
        "notice": "" if package.official else package.notice,
        "created": dt.datetime.combine(package.stand, dt.time()).isoformat() + "Z",
        "fields": overview.items,
        "legend": overview.legend,
    }


def _logo(project: Path, name: str) -> str:
    """Give the town's logo as an address that holds the picture; empty where there is none."""
    if not name:
        return ""
    logo = read_logo(project, name)
    return f"data:{logo.media_type};base64,{b64encode(logo.content).decode()}"


def _styles(accent: str) -> str:
    """Write colours and icons for print: the light palette, icons as backgrounds."""
    colours = ";".join(f"--{name}:{light}" for name, (light, _) in variables(accent).items())
    fills = "".join(f".ik-sf-{key}{{background:{look.fill[0]}}}" for key, look in STATUS_LOOKS.items())
    icons = "".join(
        f".ik-zeichen--{key}{{background-image:url('{_data_uri(look.shape, look.icon[0])}')}}"
        f".ik-zeichen--{key}-fern{{background-image:url('{_data_uri(look.shape, INTERFACE['linie-stark'][0])}')}}"
        for key, look in STATUS_LOOKS.items()
    )
    return f":root{{{colours}}}{fills}{icons}"


def _data_uri(shape: str, colour: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{shape}</svg>'
    return "data:image/svg+xml," + quote(svg.replace("currentColor", colour))
