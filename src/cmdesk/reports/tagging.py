"""Tagged pages: text carries its structure element, and whatever else paints is an artifact."""

# ReportLab's stubs leave out what a canvas does inside, which is what is changed here.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NoReturn

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable

from cmdesk.reports import fonts
from cmdesk.reports.arranging import Spoken
from cmdesk.reports.elements import Element
from cmdesk.reports.outline import Place, write_outline
from cmdesk.reports.structure import Annotated, Content, Marked, write_structure

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

# Page code that sets state and paints nothing.
STATE = re.compile(r"(%.*|(.*\s)?(cm|rg|RG|g|G|k|K|cs|CS|scn?|SCN?|w|J|j|M|d|gs))?\s*")
SHOWS_TEXT = re.compile(r"T[jJ]")
FEW_PAGES = 4  # a longer paper has bookmarks
NO_BREAK_SPACE = "\xa0"  # ReportLab draws it as a space

Link = tuple[int, str]  # ReportLab's number of a link within its paragraph, and the address


def _refuse_font(name: str) -> NoReturn:
    """Stand in for what ReportLab asks for fonts that it does not embed."""
    raise ValueError(f"{name} would not be embedded")


def _is_loose(code: str) -> bool:
    return not isinstance(code, MarkedCode) and code not in ("q", "Q")


def _said(text: Spoken, code: str) -> str:
    """Say beside drawn text how it is read."""
    if text.turned:
        return f"/ReversedChars BMC {code} EMC"
    if not text.said:
        return code
    words = text.said.encode("utf-16-be").hex().upper()
    return f"/Span <</ActualText <FEFF{words}>>> BDC {code} EMC"


class MarkedCode(str):
    """Page code that already stands in a marked-content sequence."""

    __slots__ = ()


class TaggedText(PDFTextObject):
    """A paragraph's text. It knows its element, and which of its pieces belong to which link."""

    # ReportLab's own, which its type stubs leave out
    _canvas: TaggedCanvas
    _code: list[str]
    _fontname: str

    def __init__(
        self, canvas: TaggedCanvas, x: float, y: float, element: Element | None, link: Link | None
    ) -> None:
        super().__init__(canvas, x, y)
        self.element, self.link = element, link
        self.pieces: list[tuple[int, Link | None]] = []

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803
        if TStar and isinstance(text, Spoken):  # the space is none of the word's
            self._textOut(text)
            text = ""
        if TStar and (text or self.pieces):
            text += " "  # parts the last word of this line from the first of the next
        if text:
            self.pieces.append((len(self._code), self.link))
            if not all(fonts.has(self._fontname, part) or part == NO_BREAK_SPACE for part in text):
                raise ValueError(f"{self._fontname} has no glyph for part of a text")
        super()._textOut(text, TStar)  # pyright: ignore[reportAttributeAccessIssue] - no stub
        if isinstance(text, Spoken) and self.element is not None:
            self._code[-1] = _said(text, self._code[-1])

    def setRise(self, rise: float) -> None:  # noqa: N802
        """Raise the marks of letters; ReportLab's own (5.1) loses count of two in a row."""
        self._rise = rise
        self._code.append(f"{rise:.3f} Ts")

    def _linkRecord(self, link: Link, event: str) -> None:  # noqa: N802
        """ReportLab's hook: 'start' comes after the link's first piece of text."""
        self.link = link if event == "start" and link[1] else None
        if self.link:
            self.pieces[-1] = (self.pieces[-1][0], link)
            self._canvas.awaiting.append((self.element, link))

    def mark_parts(self, opening: Callable[[Link | None], str]) -> None:
        """P, Link, P stand side by side within one BT ... ET, never nested."""
        code, marked, done = self._code, list[str](), 0
        for link, run in groupby(self.pieces, lambda piece: piece[1]):
            at = [index for index, _ in run]
            marked += [*code[done : at[0]], opening(link), *code[at[0] : at[-1] + 1], "EMC"]
            done = at[-1] + 1
        self._code = [*marked, *code[done:]]


class TaggedCanvas(Canvas):
    """A canvas that leaves nothing unmarked, and refuses text that belongs to no element.

    `footer(canvas, page, pages)` is drawn last, when the number of pages is known.
    `describe(address)` words a link for a reader.
    """

    # ReportLab's own, which its type stubs leave out
    _absRect: Callable[..., Any]  # noqa: N815
    _addAnnotation: Callable[..., None]  # noqa: N815
    _annotationrefs: list[Any]
    _code: list[str]
    _doc: Any

    def __init__(
        self,
        *args: Any,
        root: Element,
        footer: Callable[[TaggedCanvas, int, int], None],
        made_at: datetime,
        describe: Callable[[str], str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **{**options, "pdfVersion": (1, 7)})
        self.root, self.footer, self.describe = root, footer, describe
        self.made_at = made_at.astimezone(UTC)
        self.whole: tuple[Element | None, Link] | None = None  # of a paragraph that is one link
        self.content = Content()
        self.awaiting: list[tuple[Element | None, Link]] = []  # links of the line being drawn
        self._inside = False
        self._drawn: set[Flowable] = set()
        self._headings: dict[Element, Place] = {}
        self._owners: list[Element] = []  # of this page's marked pieces
        self._links: dict[tuple[Element, Link], Element] = {}
        self._annotated: dict[Element, list[Annotated]] = {}
        self._doc.getInternalFontName = _refuse_font
        self._date_file()

    def _date_file(self) -> None:
        """Set a true date, and yet the same bytes each time."""
        stamp, when = self._doc._timeStamp, self.made_at  # noqa: SLF001 - there is no other way in 5.1
        stamp.t, stamp.lt = when.timestamp(), when.timetuple()
        stamp.YMDhms, stamp.dhh, stamp.dmm = when.timetuple()[:6], 0, 0

    # Marking

    def _open(self, element: Element) -> str:
        """Give `element` the next number of this page; return the operator that opens it."""
        number = len(self._owners)
        self.content.give(element, Marked(self._doc.thisPageName(), number))
        self._owners.append(element)
        return f"/{element.tag} <</MCID {number}>> BDC"

    @contextmanager
    def _mark(self, opening: str) -> Generator[None]:
        """Make all that is drawn within one marked-content sequence."""
        start, outer, self._inside = len(self._code), self._inside, True
        yield
        self._inside = outer
        if not outer:
            self._code[start:] = [MarkedCode("\n".join([opening, *self._code[start:], "EMC"]))]

    def artifact(self, subtype: str = "") -> AbstractContextManager[None]:
        kind = f" /Subtype /{subtype}" if subtype else ""
        return self._mark(f"/Artifact <</Type /Pagination{kind}>> BDC")

    def first_time(self, flowable: Flowable) -> AbstractContextManager[None]:
        """Drawn again, such as a header row on the next page, it is an artifact."""
        if flowable in self._drawn:
            return self.artifact()
        self._drawn.add(flowable)
        return nullcontext()

    def pass_heading(self, element: Element | None, height: float) -> None:
        """Remember where a heading begins; its top is `height` points above the origin."""
        if element is not None and element.title:
            top = self.absolutePosition(0, height)[1]
            self._headings.setdefault(element, Place(self._doc.thisPageName(), top))

    def figure(self, element: Element, width: float, height: float) -> AbstractContextManager[None]:
        element.box = (*self.absolutePosition(0, 0), *self.absolutePosition(width, height))
        return self._mark(self._open(element))

    def drawText(self, aTextObject: Any) -> None:  # noqa: N802, N803
        text = aTextObject
        if self._inside:
            super().drawText(text)
        elif not isinstance(text, TaggedText) or text.element is None or not text.pieces:
            if SHOWS_TEXT.search(text.getCode()):
                raise ValueError("text belongs to no element")
        elif any(link for _, link in text.pieces):
            text.mark_parts(partial(self._open_part, text.element))
            self._code.append(MarkedCode(text.getCode()))
        else:
            self._code.append(MarkedCode(f"{self._open(text.element)} {text.getCode()} EMC"))

    def _open_part(self, element: Element, link: Link | None) -> str:
        """Open the next part of a paragraph that holds links."""
        if link is None:
            return self._open(element)
        owner = self._link_element(element, link)
        if not self.content.drawn(owner):
            self.content.give(element, owner)
        opening = self._open(owner)
        for annotation in self._annotated.pop(owner, ()):
            self.content.give(owner, annotation)
        return opening

    # Links

    def _link_element(self, element: Element, link: Link) -> Element:
        return self._links.setdefault((element, link), Element("Link"))

    def linkURL(self, url: str, rect: Any, relative: Any = 0, *_: Any, **_options: Any) -> None:  # noqa: N802
        """Annotate one line of a link. ReportLab calls this before that line's text is drawn."""
        owner = self.awaiting.pop(0) if self.awaiting else self.whole
        if self._inside:  # an artifact holds no links
            return
        if owner is None or owner[0] is None:
            raise ValueError("a link stands in no paragraph")
        action = PDFDictionary({"S": "/URI", "URI": PDFString(url)})
        keys = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": PDFArray(self._absRect(rect, relative)),
            "Border": "[0 0 0]",
            "F": 4,
            "Contents": PDFString(self.describe(url)),
            "StructParent": len(self.content.parents),
            "A": action,
        }
        self._addAnnotation(PDFDictionary(keys))
        element = self._link_element(owner[0], owner[1])
        self.content.parents.append(element)
        annotation = Annotated(self._doc.thisPageName(), self._annotationrefs[-1])
        self._annotated.setdefault(element, []).append(annotation)

    # Pages and the file

    def _marked_code(self) -> Iterator[str]:
        """Make loose runs that paint artifacts. They end at q and Q, so that all nests."""
        for loose, group in groupby(self._code, _is_loose):
            run = list(group)
            paints = [at for at, code in enumerate(run) if loose and not STATE.fullmatch(code)]
            if paints:
                run.insert(paints[-1] + 1, "EMC")
                run.insert(paints[0], "/Artifact BMC")
            yield from run

    def showPage(self) -> None:  # noqa: N802
        self._code = list(self._marked_code())
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]  # unknown to ReportLab
        page.StructParents, page.Tabs = len(self.content.parents), "/S"
        self.content.parents.append(self._owners)
        self._owners = []

    def save(self) -> None:
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        for number, page in enumerate(pages, 1):
            with self.artifact("Footer"):
                self.footer(self, number, len(pages))
            page.stream += "".join(self._code) + "\n"
            self._code = []
            self._doc.updateSignature(page.stream)  # so that the file's id depends on the content
        if len(pages) > FEW_PAGES and self._headings:
            write_outline(self._doc, self._headings)
        self.setViewerPreference("DisplayDocTitle", "true")
        write_structure(self._doc, self.root, self.content, self.made_at)
        super().save()
