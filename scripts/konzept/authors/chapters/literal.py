"""What was meant as more than text and would be printed as it was typed, and pictures that say too little.

Markdown prints whatever it does not understand.  Where nothing else can have been meant, that is an error;
where the author may have meant it so, it is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from konzept.authors.chapters.linked import pictures_of
from konzept.authors.chapters.pages import Page, tokens_of
from konzept.data.problems import Problem

Found = Iterator[tuple[int, str, bool]]
"""Line, sentence, and whether it is only doubtful."""

_ESCAPED, _OTHER = "\x00", "\x01"
_ADDRESS = (
    r"(?:https?://|mailto:|www\.|#|\.{0,2}/)[^)\]\s]*|[^)\]\s]*\.(?:md|html?|pdf|csv|xlsx|png|jpe?g|svg)"
)

_BOLD = re.compile(
    r"(?<!\*)\*{2,3}(?!\*)|(?<![\w_])__(?=[^\W\d_])|(?<=[^\W\d_])__(?![\w_])|(?<=[.:!?])__(?![\w_])"
)
_STAR = re.compile(r"(?<![\w*])\*(?=[^\W\d_])|(?<![\w_])_(?=[^\W\d_])")
_TICK = re.compile(r"(?<!\})`")
_STRUCK = re.compile(r"~~(?=\S)")
_APART = re.compile(rf"\[([^\]\n]*[^\W\d_][^\]\n]*)\]\s+\(({_ADDRESS})\)")
_APART_PERHAPS = re.compile(rf"\[([^\]\n]*[^\W\d_][^\]\n]*)\][ \n]+\((?!(?:{_ADDRESS})\))([^)\s\d]+)\)")
_IS_APART = "„{0}“ wird so gedruckt und kein Verweis. Löschen Sie das Leerzeichen zwischen „]“ und „(“."
_SWAPPED = re.compile(rf"\(([^()\n]+)\)\[({_ADDRESS})\]")
_BROKEN = re.compile(rf"\]\(({_ADDRESS})")
_NUMBER = re.compile(
    r"\b(Abb\.|Abbildung(?:en)?|Tab\.|Tabellen?|Grafik|Diagramm|Schaubild)[ \u00a0\u202f\n]*(\d+(?:\.\d+)*)"
)

_HEADING = re.compile(r"#{1,6}[^\W\d_]|#{2,6}[^\s#]")
_POINT = re.compile(r"[-+](?=[^\W\d_]|\*\*)")
_DOT = re.compile(r"[•·▪●◦‣∙■\uf0b7]")
_DASH = re.compile(r"[–—][ \u00a0]")
_COUNTED = re.compile(r"\d{1,2}[.)](?=[^\W\d_])")
_BOX = re.compile(r"\[[ xX]\] ")

_SOURCE = re.compile(r"\{quelle\}`|©|\b(?:Foto|Bild|Grafik|Karte|Plan|Zeichnung|Quelle|Urheber)\w*:")
_NO_DESCRIPTION = re.compile(
    r"\S+\.\w{3,4}|(?:bild|foto|grafik|image|picture|img|logo)[\s_\d-]*", re.IGNORECASE
)
_OWN_PICTURES = "assets/mitschreiben/"
"""Pictures of the program itself; they have no source."""


def literal_problems(page: Page) -> list[Problem]:
    """Find what a page would print as it was typed, and pictures without a description or a source.

    Parameters
    ----------
    page
        The page that was read.

    Returns
    -------
    list of Problem
        Errors, and hints about what may be meant so.
    """
    found = sorted({*_literal(page.text), *_pictures(page.text)})
    return [Problem(page.file, line, None, message, hint=hint) for line, message, hint in found]


def _literal(text: str) -> Found:
    items = 0
    before = ""
    for line, token, block in tokens_of(text):
        if block == "csv-table" or token.type in ("text", "softbreak", "hardbreak"):
            continue
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline":
            if before == "paragraph_open":
                yield from _beginnings(token.content.split("\n"), line, in_list=items > 0)
            yield from _within(_flat(token), line)
        elif token.type == "code_block":
            yield (
                line,
                "Vor dieser Zeile stehen mindestens vier Leerzeichen; der Absatz erscheint deshalb als Quelltext. "
                "Beginnen Sie seine Zeilen ohne Leerzeichen.",
                True,
            )
        before = token.type


def _flat(token: Token) -> str:
    """Give the text that readers see, with a mark for all that Markdown took for more."""
    own = {"text_special": _ESCAPED, "softbreak": "\n", "hardbreak": "\n"}
    marks = ("strong_open", "strong_close", "em_open", "em_close")
    return "".join(
        child.content if child.type == "text" else own.get(child.type, "" if child.type in marks else _OTHER)
        for child in token.children or ()
    )


def _beginnings(lines: list[str], first: int, *, in_list: bool) -> Found:
    """Look at how the lines of a paragraph begin."""

    def all_begin(pattern: re.Pattern[str]) -> bool:
        return all(pattern.match(line) for line in lines)

    for number, line in enumerate(lines, first):
        shown = _shortened(line)
        if match := _HEADING.match(line):
            marks = match[0][: match[0].rindex("#") + 1]
            sure = len(marks) > 1 or (len(lines) == 1 and not line.rstrip().endswith((".", "!", "?")))
            yield (
                number,
                f"„{shown}“ wird so gedruckt und keine Überschrift. Setzen Sie hinter „{marks}“ ein Leerzeichen, "
                "oder schreiben Sie „\\#“, wenn das Zeichen gemeint ist.",
                not sure,
            )
        elif match := _POINT.match(line) or _COUNTED.match(line):
            sure = in_list or (all_begin(_POINT) or (all_begin(_COUNTED) and len(lines) > 1))
            yield (
                number,
                f"„{shown}“ wird so gedruckt und kein Punkt einer Liste. Setzen Sie hinter „{match[0]}“ ein Leerzeichen.",
                not sure,
            )
        elif match := _DOT.match(line):
            yield (
                number,
                f"„{shown}“ wird so gedruckt und kein Punkt einer Liste. Schreiben Sie „- “ statt „{match[0]}“.",
                False,
            )
        elif _DASH.match(line) and all_begin(_DASH):
            yield (
                number,
                f"„{shown}“ wird so gedruckt und kein Punkt einer Liste. Schreiben Sie „- “ statt „{line[0]} “, wenn einer gemeint ist.",
                True,
            )
        elif in_list and _BOX.match(line):
            yield number, f"„{line[:3]}“ wird so gedruckt; Kästchen zum Ankreuzen kennt das Buch nicht.", True


_MARKS = (
    (
        _BOLD,
        "„{0}“ wird so gedruckt. Fett braucht das Zeichen vor dem ersten und hinter dem letzten Wort, innen ohne Leerzeichen; "
        "ist das Zeichen selbst gemeint, schreiben Sie „{1}“.",
        False,
    ),
    (
        _STAR,
        "„{0}“ wird so gedruckt. Kursiv braucht das Zeichen vor dem ersten und hinter dem letzten Wort; "
        "ist das Zeichen selbst gemeint, schreiben Sie „{1}“.",
        True,
    ),
    (
        _TICK,
        "„`“ wird so gedruckt. Quelltext braucht das Zeichen davor und dahinter; ist ein Apostroph gemeint, schreiben Sie „’“.",
        True,
    ),
    (
        _STRUCK,
        "„~~“ wird so gedruckt; Durchgestrichenes kennt das Buch nicht. Löschen Sie, was nicht mehr gilt.",
        False,
    ),
    (_APART, _IS_APART, False),
    (_APART_PERHAPS, _IS_APART, True),
    (
        _SWAPPED,
        "„{0}“ wird so gedruckt und kein Verweis. Der Text gehört in eckige, die Adresse in runde Klammern: „[{2}]({3})“.",
        False,
    ),
    (
        _BROKEN,
        "Der Verweis auf „{2}“ wird so gedruckt, wie er getippt ist. In der Adresse darf kein Leerzeichen stehen, "
        "und hinter sie gehört „)“.",
        False,
    ),
    (
        _NUMBER,
        "„{0}“ ist getippt; Nummern entstehen beim Bauen und ändern sich. Schreiben Sie stattdessen {{numref}}`MARKE`. "
        "In einem anderen Dokument gehört die Nummer in die Fundstelle der Quelle.",
        True,
    ),
)
"""What is left of marks, what to say ({0}: as it stands, {1}: so that it is meant, {2} …: its parts), and whether it may be meant."""


def _within(flat: str, first: int) -> Found:
    """Look for marks that are left in a text."""
    for pattern, sentence, doubtful in _MARKS:
        for match in pattern.finditer(flat):
            shown = _shortened(" ".join(match[0].split()))
            meant = "".join(f"\\{mark}" for mark in match[0])
            said = sentence.format(shown, meant, *match.groups())
            yield first + flat.count("\n", 0, match.start()), said, doubtful


def _pictures(text: str) -> Found:
    lines = text.split("\n")
    first = last = 0
    for line, token, block in tokens_of(text):
        if token.map:
            first, last = line, line + token.map[1] - token.map[0] - 1
        for target, alt, where in pictures_of(token) if block != "csv-table" else ():
            yield from _described(line, target, alt, where)
            if not _has_source(lines, first, last, target):
                yield line, _without_source(target), True


def _described(line: int, target: str, alt: str, where: str) -> Found:
    if not alt.strip():
        yield (
            line,
            f"Dem Bild „{target}“ fehlt die Beschreibung für alle, die es nicht sehen. Schreiben Sie {where}, was es zeigt.",
            False,
        )
    elif _NO_DESCRIPTION.fullmatch(alt.strip()):
        yield (
            line,
            f"„{alt.strip()}“ beschreibt das Bild „{target}“ nicht. Schreiben Sie in einem Satz, was es zeigt.",
            True,
        )


def _has_source(lines: list[str], first: int, last: int, target: str) -> bool:
    """Look for a source in the lines of a picture and in the paragraph below."""
    if _OWN_PICTURES in target:
        return True
    below = "\n".join(lines[last:]).lstrip().partition("\n\n")[0]
    return bool(_SOURCE.search("\n".join([*lines[first - 1 : last], below])))


def _without_source(target: str) -> str:
    return f"Beim Bild „{target}“ steht keine Quelle. Schreiben Sie darunter, woher es ist, zum Beispiel „Foto: …“ oder {{quelle}}`d-…`."


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"
