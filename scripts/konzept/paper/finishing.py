"""Makes WeasyPrint's PDF/A-3a lawful as PDF/UA-1 too, and attaches the data; its bytes depend on its content alone."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF."""

    name: str
    description: str
    media_type: str
    content: bytes


def finish(
    content: bytes,
    *,
    attachments: Sequence[Attachment] = (),
    day: dt.date,
    overlay: bytes | None = None,
) -> bytes:
    """Finish a PDF.

    Parameters
    ----------
    content
        What WeasyPrint wrote as PDF/A-3a.
    attachments
        Files to embed, in the order of their list.
    day
        The date of all that is embedded: no clock decides about the bytes.
    overlay
        A PDF of as many pages, laid upon them as decoration: nobody hears it read.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _declare_ua(pdf)
        _tell_scopes(pdf)
        _index_ids(pdf)
        _take_out_running_heads(pdf)
        _attach(pdf, attachments, day)
        if overlay is not None:
            with pikepdf.open(io.BytesIO(overlay)) as upper:
                _lay_upon(pdf, upper)
                return _bytes(pdf)
        return _bytes(pdf)


def target_pages(paper: Path) -> dict[str, int]:
    """Read on which page of a PDF each of its targets stands; the first page is 1."""
    with pikepdf.open(paper) as pdf:
        targets = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): pdf.pages.index(pikepdf.Page(target[0])) + 1 for name, target in targets.items()}


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False
    )
    return out.getvalue()


_UA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
"""PDF/A allows no foreign property without its description."""


def _declare_ua(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().decode("utf-8")
    pdf.Root.Metadata.write(packet.replace("</rdf:RDF>", _UA).encode("utf-8"))


def _elements(node: Any) -> Iterator[Any]:
    """Walk through the structure; what leads out of it (content, annotations) is left aside."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.get(Name.Type) == Name.StructElem:
            yield node
        kids = node.get(Name.K, [])
        kids = list(kids) if isinstance(kids, Array) else [kids]
        waiting += [
            kid for kid in reversed(kids) if isinstance(kid, Dictionary) and kid.get(Name.Type) != Name.OBJR
        ]


def _tell_scopes(pdf: pikepdf.Pdf) -> None:
    """Say of each heading cell whether it heads a column or a row."""
    for cell in _elements(pdf.Root.StructTreeRoot):
        if cell.S == Name.TH:
            part = cell.P.P.S
            cell.A.Scope = Name.Column if part == Name.THead else Name.Row


def _index_ids(pdf: pikepdf.Pdf) -> None:
    """List the elements that have an id, as the standard wants them found."""
    known = {bytes(e.ID): e for e in _elements(pdf.Root.StructTreeRoot) if Name.ID in e}
    if known:
        ids = sorted(known)
        names = Array([part for key in ids for part in (String(key), known[key])])
        leaf = Dictionary(Limits=Array([String(ids[0]), String(ids[-1])]), Names=names)
        root = Dictionary(Kids=Array([pdf.make_indirect(leaf)]))
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(root)


_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_PAGINATION = b"/Artifact <</Type /Pagination>> BDC"


def _take_out_running_heads(pdf: pikepdf.Pdf) -> None:
    """Make heads and feet decoration: WeasyPrint marks their text but leaves it out of the structure."""
    told = {element.objgen for element in _elements(pdf.Root.StructTreeRoot)}
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in pdf.pages:
        owners = parents[int(page.obj.StructParents)]
        untold = {n for n, owner in enumerate(owners) if owner.objgen not in told}
        if not untold:
            continue

        def mark(match: re.Match[bytes], untold: set[int] = untold) -> bytes:
            return _PAGINATION if int(match[1]) in untold else match[0]

        # Text stands in the stream as hexadecimal numbers, so nothing else can look like a mark.
        page.obj.Contents.write(_MARKED.sub(mark, page.obj.Contents.read_bytes()))
        for n in untold:
            owners[n] = None


def _attach(pdf: pikepdf.Pdf, attachments: Sequence[Attachment], day: dt.date) -> None:
    date = f"D:{day:%Y%m%d}000000Z"
    names, files = Array(), Array()
    for attachment in sorted(attachments, key=lambda a: a.name):
        spec = pikepdf.AttachedFileSpec(
            pdf,
            attachment.content,
            description=attachment.description,
            filename=attachment.name,
            mime_type=attachment.media_type,
            creation_date=date,
            mod_date=date,
        ).obj
        spec.AFRelationship = Name.Data
        spec = pdf.make_indirect(spec)
        names.extend([String(attachment.name), spec])
        files.append(spec)
    if attachments:
        if Name.Names not in pdf.Root:
            pdf.Root.Names = Dictionary()
        pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
        pdf.Root.AF = files


def _lay_upon(pdf: pikepdf.Pdf, upper: pikepdf.Pdf) -> None:
    for page, over in zip(pdf.pages, upper.pages, strict=True):
        form = pdf.copy_foreign(over.as_form_xobject())
        # Each page has its own list of pictures: the pages share all else.
        resources = Dictionary(dict(page.resources.items()))
        pictures = dict(resources.XObject.items()) if Name.XObject in resources else {}
        resources.XObject = Dictionary({**pictures, "/KonzeptOben": form})
        page.obj.Resources = resources
        before = pikepdf.unparse_content_stream([([], Operator("q"))]) + b"\n"
        after = b"\nQ\n/Artifact <</Type /Pagination>> BDC\nq /KonzeptOben Do Q\nEMC\n"
        page.obj.Contents.write(before + page.obj.Contents.read_bytes() + after)
