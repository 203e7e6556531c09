"""The structure tree, the parent tree and the metadata of a tagged file (ISO 14289-1, PDF/UA-1)."""

# ReportLab's stubs leave the types of PDF objects open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

from cmdesk.reports.elements import Element

if TYPE_CHECKING:
    from datetime import datetime

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a page that belongs to an element, by its number (MCID) on that page."""

    page: str
    number: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """A link annotation on a page; `reference` is ReportLab's to the annotation."""

    page: str
    reference: Any


class Content:
    """What was drawn for each element, gathered while the pages are made.

    `parents` is the parent tree to be: for each page the owners of its marked pieces, for each
    annotation its link element.
    """

    def __init__(self) -> None:
        self.items: dict[Element, list[Marked | Annotated | Element]] = {}
        self.parents: list[Element | list[Element]] = []

    def give(self, element: Element, item: Marked | Annotated | Element) -> None:
        self.items.setdefault(element, []).append(item)

    def drawn(self, element: Element) -> bool:
        return element in self.items or any(map(self.drawn, element.children))


def write_structure(document: Any, root: Element, content: Content, made_at: datetime) -> None:
    """Put the tree into ReportLab's `document` just before it is written."""
    catalog, references = document.Catalog, dict[Element, Any]()
    tree = catalog.StructTreeRoot = PDFDictionary({"Type": "/StructTreeRoot"})
    tree["K"] = _write(document, root, document.Reference(tree), content, references)
    entries = [
        PDFArray([references[owner] for owner in entry])
        if isinstance(entry, list)
        else references[entry]
        for entry in content.parents
    ]
    numbers = [part for pair in enumerate(entries) for part in pair]
    tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = len(entries)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    info = document.info
    packet = PACKET.format(
        title=escape(info.title),
        language=escape(catalog.Lang.s),
        creator=escape(info.creator),
        producer=escape(info.producer),
        made=made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )

    def metadata(_: Any) -> bytes:
        return packet.encode()

    catalog.Metadata = XMP(creator=metadata)


def _write(
    document: Any, element: Element, parent: Any, content: Content, references: dict[Element, Any]
) -> Any:
    entry = PDFDictionary({"Type": "/StructElem", "S": PDFName(element.tag), "P": parent})
    references[element] = reference = document.Reference(entry)
    items = content.items.get(element, [])
    page = next((item.page for item in items if not isinstance(item, Element)), None)
    kids = [
        _write(document, child, reference, content, references)
        for child in element.children
        if element.tag == "TR" or content.drawn(child)  # rows keep their empty cells
    ]
    for item in items:
        if isinstance(item, Element):
            kids.append(_write(document, item, reference, content, references))
        else:
            kids.append(_kid(item, page))
    entry["K"] = PDFArray(kids)
    if page:
        entry["Pg"] = PDFObjectReference(page)
    if element.alternate:
        entry["Alt"] = PDFString(element.alternate)
    if element.full:
        entry["E"] = PDFString(element.full)
    if element.language:
        entry["Lang"] = PDFString(element.language)
    if attributes := _attributes(element):
        entry["A"] = PDFDictionary(attributes)
    return reference


def _attributes(element: Element) -> dict[str, Any]:
    """Return what a heading of a table, or a figure, says of itself (ISO 32000-1, 14.8.5)."""
    if element.box:
        return {"O": "/Layout", "BBox": PDFArray(element.box)}
    if not element.scope:
        return {}
    found: dict[str, Any] = {"O": "/Table", "Scope": PDFName(element.scope)}
    return {**found, "RowSpan": element.rows} if element.rows > 1 else found


def _kid(item: Marked | Annotated, page: str | None) -> Any:
    if isinstance(item, Marked) and item.page == page:
        return item.number
    here = PDFObjectReference(item.page)
    if isinstance(item, Marked):
        return PDFDictionary({"Type": "/MCR", "Pg": here, "MCID": item.number})
    return PDFDictionary({"Type": "/OBJR", "Pg": here, "Obj": item.reference})
