"""Which characters are no text: nobody types them, and search, pages or paper stumble over them.

What real text needs is text, though nobody sees it: joiners (Persian, emoji), marks that tell which way
a line runs (Arabic, Hebrew), blanks of every width.  Characters that are only unknown to this Python or
to the book's fonts are text, too; paper writes their number.
"""

from __future__ import annotations

import re
import unicodedata

NEEDED = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
"""Invisible, and yet part of what people write."""
# Control characters but tab and line ends; soft hyphens, for the search would not find the word;
# what separates lines where no line of the file ends; what turns the direction of all that follows.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
# Halves of characters, characters for private use (Word's bullets are such), and what Unicode keeps free for ever.
_MEANINGLESS = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15)
)
_NO_TEXT = re.compile(f"[{_UNSEEN}{_MEANINGLESS}]")
_NO_KEY = re.compile(f"[{_UNSEEN}{_MEANINGLESS}{NEEDED}]")
_IS_MEANINGLESS = re.compile(f"[{_MEANINGLESS}]")


def no_text(text: str, *, key: bool = False) -> str | None:
    r"""Say which character of a text is none, and what to do about it; None where all are.

    Parameters
    ----------
    text
        What was typed.
    key
        Whether it is a word that the program compares, where even what real text needs would hide a difference.

    Examples
    --------
    >>> no_text("Eine\u200b Maßnahme").partition(",")[0]
    'Hinter „Eine“ steht ein unsichtbares Zeichen (U+200B)'
    >>> no_text("می\u200cخواهم") is None
    True
    """
    if text.isascii() and text.isprintable():
        return None
    match = (_NO_KEY if key else _NO_TEXT).search(text)
    if match is None:
        return None
    word = _WORD.findall(text[: match.start()])
    where = f"Hinter „{word[-1][-_SHOWN:]}“" if word else "Am Anfang"
    kind = "ein Zeichen ohne Bedeutung" if _IS_MEANINGLESS.match(match[0]) else "ein unsichtbares Zeichen"
    return (
        f"{where} steht {kind} (U+{ord(match[0]):04X}), wie es beim Kopieren aus anderen Programmen entsteht. "
        "Löschen Sie die Wörter davor und dahinter, und tippen Sie sie neu."
    )


_WORD = re.compile(r"[\w*-]+")
_SHOWN = 30
"""So many letters of the word before are shown: enough to find the place."""


def no_text_by_line(text: str) -> list[tuple[int, str]]:
    """Say it for each line of a file: its number and the sentence."""
    found = ((number, no_text(line)) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1))
    return [(number, sentence) for number, sentence in found if sentence]


def plain_words(text: str) -> list[str]:
    """Give the words of a text as keys and names of files may have them.

    Examples
    --------
    >>> plain_words("Akteur*innen in St. Ähren")
    ['akteurinnen', 'in', 'st', 'aehren']
    """
    text = text.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    text = re.sub(r"[*:_](?=innen|in\b)", "", text.replace("'", ""))
    return re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())
