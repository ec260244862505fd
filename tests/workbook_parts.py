"""A workbook as the parts of its file, to be broken in ways that no program for tables offers."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from folders import rows, schema
from workbooks import HEAD

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TAG = f"{{{MAIN}}}"
ET.register_namespace("", MAIN)
ET.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")

GENERAL, DATE, PERCENT = "0", "14", "10"
"""Number formats that every workbook knows."""


@dataclass
class Parts:
    """The files inside a workbook; `sheets` names the part of each sheet."""

    files: dict[str, bytes]
    sheets: dict[str, str]
    styles: dict[str, int]
    trees: dict[str, ET.Element] = field(default_factory=dict)

    def copy(self) -> Parts:
        """Copy what is changed in place."""
        return Parts(dict(self.files), dict(self.sheets), self.styles)

    def tree(self, title: str) -> ET.Element:
        """Take a sheet apart."""
        if title not in self.trees:
            self.trees[title] = ET.fromstring(self.files[self.sheets[title]])
        return self.trees[title]

    def data(self, title: str) -> ET.Element:
        """Give the rows of a sheet."""
        found = self.tree(title).find(f"{_TAG}sheetData")
        assert found is not None
        return found

    def row(self, title: str, number: int) -> ET.Element:
        """Find a row."""
        return next(r for r in self.data(title) if r.get("r") == str(number))

    def cell(self, title: str, ref: str) -> ET.Element:
        """Find a cell, or add it at the end of its row."""
        match = re.fullmatch(r"([A-Z]+)(\d+)", ref)
        assert match
        row = self.row(title, int(match[2]))
        for each in row:
            if each.get("r") == ref:
                return each
        return ET.SubElement(row, f"{_TAG}c", {"r": ref})

    def put_text(self, title: str, ref: str, text: str) -> None:
        """Type text."""
        cell = self._emptied(title, ref)
        cell.set("t", "inlineStr")
        target = ET.SubElement(ET.SubElement(cell, f"{_TAG}is"), f"{_TAG}t")
        target.text = text
        target.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def put_value(self, title: str, ref: str, value: str, kind: str = "n", form: str | None = None) -> None:
        """Store a number, truth value (b) or error (e), perhaps with another number format."""
        cell = self._emptied(title, ref)
        cell.set("t", kind)
        ET.SubElement(cell, f"{_TAG}v").text = value
        if form is not None:
            cell.set("s", str(self.styles[form]))

    def put_formula(self, title: str, ref: str, formula: str, cached: str | None) -> None:
        """Store a formula with the value it had when it was last computed."""
        cell = self._emptied(title, ref)
        ET.SubElement(cell, f"{_TAG}f").text = formula
        if cached is not None:
            cell.set("t", "str")
            ET.SubElement(cell, f"{_TAG}v").text = cached

    def clear(self, title: str, ref: str) -> None:
        """Empty a cell."""
        self._emptied(title, ref)

    def _emptied(self, title: str, ref: str) -> ET.Element:
        cell = self.cell(title, ref)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        return cell

    def renumber(self, title: str) -> None:
        """Number rows and cells by where they stand, as after inserting and moving."""
        for number, row in enumerate(self.data(title), 1):
            row.set("r", str(number))
            for cell in row:
                cell.set("r", re.sub(r"\d+", str(number), cell.get("r", "")))

    def merge(self, title: str, ref: str) -> None:
        """Declare cells as merged."""
        tree = self.tree(title)
        merged = ET.Element(f"{_TAG}mergeCells", {"count": "1"})
        ET.SubElement(merged, f"{_TAG}mergeCell", {"ref": ref})
        tree.insert(list(tree).index(self.data(title)) + 1, merged)

    def replace(self, part: str, old: bytes, new: bytes) -> None:
        """Edit a part; the old text must be there."""
        assert old in self.files[part]
        self.files[part] = self.files[part].replace(old, new)

    def save(self) -> bytes:
        """Put the workbook together; what is not compressed is sooner written."""
        for title, tree in self.trees.items():
            self.files[self.sheets[title]] = ET.tostring(tree, "utf-8", xml_declaration=True)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in self.files.items():
                archive.writestr(name, content)
        return buffer.getvalue()


def take_apart(path: Path) -> Parts:
    """Read the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    titles = load_workbook(path, read_only=True).sheetnames
    sheets = {title: f"xl/worksheets/sheet{n}.xml" for n, title in enumerate(titles, 1)}
    text = files["xl/styles.xml"].decode()
    match = re.search(r'<cellXfs count="(\d+)"', text)
    assert match
    first = int(match[1])
    added = {form: first + n for n, form in enumerate((GENERAL, DATE, PERCENT))}
    extra = "".join(f'<xf numFmtId="{form}" applyNumberFormat="1"/>' for form in added)
    text = text.replace(match[0], f'<cellXfs count="{first + 3}"').replace("</cellXfs>", f"{extra}</cellXfs>")
    files["xl/styles.xml"] = text.encode()
    return Parts(files, sheets, added)


@dataclass(frozen=True)
class Spot:
    """A cell of a table: where it stands in data and workbook."""

    table: str
    title: str
    index: int
    column: dict
    ref: str
    text: str
    """What the CSV file has."""
    required: bool
    enum: bool
    reference: str | None
    key: bool


def spots(folder: Path) -> list[Spot]:
    """All cells of all tables."""
    found = []
    for resource in schema()["resources"]:
        keys = resource["schema"]["primaryKey"]
        references = {
            key["fields"][0]: key["reference"]["resource"] or resource["name"]
            for key in resource["schema"].get("foreignKeys", [])
        }
        for index, row in enumerate(rows(folder, resource["name"])):
            for n, column in enumerate(resource["schema"]["fields"], 1):
                constraints = column.get("constraints", {})
                found.append(
                    Spot(
                        resource["name"],
                        resource["title"].replace("*", "_"),
                        index,
                        column,
                        f"{get_column_letter(n)}{HEAD + 1 + index}",
                        row[column["name"]],
                        bool(constraints.get("required")),
                        "categories" in column or "enum" in constraints,
                        references.get(column["name"]),
                        column["name"] in keys,
                    )
                )
    return found
