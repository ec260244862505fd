"""The texts in a PDF: what is printed, what is said beside it (titles, descriptions, addresses), what is attached."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

_SHOWS = ("Tj", "TJ", "'", '"')
_BLANK = -180
"""Thousandths of the size of type: a step as wide stands for a blank."""
_SAME_LINE = "*"
"""Put between two runs of a line: read as markup, so that a word may go on in the next run or end here."""
_SECTION = re.compile(rb"begin(bf(?:char|range))(.*?)endbf(?:char|range)", re.DOTALL)
_PART = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def texts_of_paper(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give all texts of a PDF, with the content of the file where it is an attached one.

    Raises
    ------
    ValueError
        The file is encrypted or damaged.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for name, spec in pdf.attachments.items():
                for file in (spec.get_file(),):
                    yield f"{name}\n{file.mime_type}", file.read_bytes()
            yield "\n".join(_said_beside(pdf)), b""
            yield "\n".join(_Reader().read(page.obj) for page in pdf.pages), b""
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ValueError(str(error)) from error


def _said_beside(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Give every text in the file's structure, and the description in XML."""
    if Name.Metadata in pdf.Root:
        yield pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
    for thing in [*pdf.objects, pdf.trailer]:
        yield from _strings(thing)


def _strings(thing: Any) -> Iterator[str]:
    """Give the texts in an object; what it refers to has its own turn."""
    waiting = [thing]
    while waiting:
        item = waiting.pop()
        if isinstance(item, String):
            yield str(item)
        elif isinstance(item, Array):
            waiting += [part for part in item if not _apart(part)]
        elif isinstance(item, Dictionary | Stream):
            values = item.stream_dict if isinstance(item, Stream) else item
            waiting += [part for part in values.values() if not _apart(part)]


def _apart(part: Any) -> bool:
    return not isinstance(part, String | Array | Dictionary) or part.is_indirect


Letters = tuple[int, dict[int, str]]
"""The bytes of a glyph's number in a font, and the letters of each number."""
_NO_FONT: Letters = (1, {})


class _Reader:
    """Reads what the pages of one document show."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Letters] = {}

    def read(self, holder: Any, depth: int = 0) -> str:
        """Read a page, or a form that is drawn on it."""
        parts: list[str] = []
        resources = holder.get(Name.Resources, Dictionary())
        fonts, forms = resources.get(Name.Font, Dictionary()), resources.get(Name.XObject, Dictionary())
        width, letters = _NO_FONT
        height = None
        for instruction in pikepdf.parse_content_stream(holder):
            sign, operands = str(instruction.operator), instruction.operands
            if sign == "Tf":
                font = fonts.get(str(operands[0]))
                width, letters = self._letters(font) if font is not None else _NO_FONT
            elif sign == "Tm":
                if operands[5] != height:
                    parts.append("\n")
                height = operands[5]
            elif (sign in ("Td", "TD") and operands[1] != 0) or sign in ("T*", "'", '"'):
                parts.append("\n")
            if sign in _SHOWS:
                parts.append(_shown(operands[-1], width, letters) + _SAME_LINE)
            elif sign == "Do" and depth < 5:
                form = forms.get(str(operands[0]))
                if isinstance(form, Stream) and form.get(Name.Subtype) == Name.Form:
                    parts.append(f"\n{self.read(form, depth + 1)}\n")
        # The mark at a line's end would hide a hyphen there.
        return "".join(parts).replace(f"{_SAME_LINE}\n", "\n")

    def _letters(self, font: Any) -> Letters:
        key = font.objgen
        if key == (0, 0) or key not in self._fonts:
            width = 2 if font.get(Name.Subtype) == Name.Type0 else 1
            table = font.get(Name.ToUnicode)
            self._fonts[key] = (width, _map(table.read_bytes()) if isinstance(table, Stream) else {})
        return self._fonts[key]


def _shown(text: Any, width: int, letters: dict[int, str]) -> str:
    parts = []
    for item in text if isinstance(text, Array) else (text,):
        if not isinstance(item, String):
            if item < _BLANK:
                parts.append(" ")
            continue
        codes = bytes(item)
        for at in range(0, len(codes), width):
            code = int.from_bytes(codes[at : at + width], "big")
            parts.append(
                letters.get(code) or (bytes([code]).decode("cp1252", "ignore") if width == 1 else "")
            )
    return "".join(parts)


def _map(table: bytes) -> dict[int, str]:
    """Read which letters the numbers of a font stand for."""
    letters: dict[int, str] = {}
    for kind, body in _SECTION.findall(table):
        parts = [(bytes.fromhex(m[1].decode()) if m[1] is not None else m[0]) for m in _PART.finditer(body)]
        while parts:
            first = int.from_bytes(parts.pop(0), "big")
            if kind == b"bfchar":
                letters[first] = parts.pop(0).decode("utf-16-be", "ignore")
                continue
            last, target = int.from_bytes(parts.pop(0), "big"), parts.pop(0)
            if target == b"[":
                while parts and (item := parts.pop(0)) != b"]":
                    letters[first] = item.decode("utf-16-be", "ignore")
                    first += 1
            else:
                start = target.decode("utf-16-be", "ignore")
                for n in range(min(last - first, 0xFFFF) + 1):
                    letters[first + n] = start[:-1] + chr(ord(start[-1]) + n)
    return letters
