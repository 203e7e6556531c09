"""Bookmarks of a longer paper: its title, and below it each heading (ISO 32000-1, 12.3.3)."""

# ReportLab's stubs leave the types of PDF objects open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmdesk.reports.elements import Element


@dataclass(frozen=True, slots=True)
class Place:
    """A page by ReportLab's name for it, and a height on it in points from below."""

    page: str
    top: float


class Bookmarks(PDFDictionary):
    """Takes the place of ReportLab's own (5.1), which it would drop again for being empty."""

    ready = 1

    def prepare(self, document: Any, canvas: Any) -> None:
        """Do nothing: all is written already."""


def write_outline(document: Any, headings: Mapping[Element, Place]) -> None:
    """Put the bookmarks into ReportLab's `document` just before it is written; open at first."""
    root = Bookmarks({"Type": "/Outlines"})
    written = {element: _entry(document, element, at) for element, at in headings.items()}
    titles = [element for element in written if element.tag == "H1"]
    parts = [element for element in written if element.tag != "H1"]
    if len(titles) == 1 and parts:
        _chain(document, root, [written[titles[0]]])
        _chain(document, written[titles[0]], [written[part] for part in parts])
    else:
        _chain(document, root, list(written.values()))
    root["Count"] = len(headings)
    document.Outlines = root
    document.Catalog.Outlines = document.Reference(root)
    document.Catalog.PageMode = PDFName("UseOutlines")


def _entry(document: Any, element: Element, at: Place) -> Any:
    entry = PDFDictionary({"Title": PDFString(element.title)})
    page = PDFObjectReference(at.page)
    entry["Dest"] = PDFArray([page, PDFName("XYZ"), "null", round(at.top, 2), "null"])
    document.Reference(entry)
    return entry


def _chain(document: Any, parent: Any, entries: Sequence[Any]) -> None:
    references = [document.Reference(entry) for entry in entries]
    for entry in entries:
        entry["Parent"] = document.Reference(parent)
    for (entry, own), (after, following) in pairwise(zip(entries, references, strict=True)):
        entry["Next"], after["Prev"] = following, own
    if references:
        parent["First"], parent["Last"] = references[0], references[-1]
        parent["Count"] = len(references)
