"""Walks a PDF and says what is wrong with its tags, sharing no code with what wrote them."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from tests.reports.marks import Marks, Place, Used

ALLOWED_IN = {"Table": {"TR"}, "TR": {"TH", "TD"}}
HEADING = re.compile(r"H[1-6]")
PRIVATE = re.compile("[\0\ufffe\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(frozen=True)
class Node:
    """An element as it is read: how deep, what kind, its own text, and the words for a figure."""

    depth: int
    tag: str
    text: str
    alternate: str
    heard: str = ""  # all that is said in it, abbreviations in full
    scope: str = ""
    rows: int = 1


class Structure:
    """A whole file: `problems` in plain words, `nodes` in reading order, `links` to addresses."""

    def __init__(self, data: bytes, password: str = "") -> None:
        self.pdf = pikepdf.open(BytesIO(data), password=password)
        self.marks = Marks(self.pdf)
        self.problems = self.marks.problems
        self.nodes: list[Node] = []
        self.links: list[tuple[str, str]] = []
        self._flow: list[str] = []
        self._heard: list[str] = []
        self._claimed: set[Place] = set()
        self._annotations: set[tuple[int, int]] = set()
        self._pages = {page.obj.objgen: at for at, page in enumerate(self.pdf.pages, 1)}
        self._read()
        self._check_catalog()
        for used in self.marks.fonts.values():
            self._check_font(used)
        self._check_listed_fonts()

    @property
    def words(self) -> str:
        """All that is read aloud, with single spaces."""
        return " ".join("".join(self._flow).split())

    @property
    def outline(self) -> list[str]:
        return [node.tag for node in self.nodes]

    def _bad(self, *what: object) -> None:
        self.problems.append(" ".join(map(str, what)))

    # The tree

    def _read(self) -> None:
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None:
            self._bad("no structure")
            return
        self._parents = _pairs(root.ParentTree.Nums)
        if int(root.ParentTreeNextKey) != len(self._parents):
            self._bad("ParentTreeNextKey")
        self._walk(root.K, root, 0)
        for page, number in self.marks.text.keys() - self._claimed:
            self._bad("page", page, "piece", number, "belongs to no element")
        self._check_pages()
        levels = [int(tag[1]) for tag in self.outline if HEADING.fullmatch(tag)]
        steps = zip([0, *levels], levels, strict=False)
        if any(after > before + 1 for before, after in steps):
            self._bad("heading levels", levels)

    def _walk(self, element: Any, parent: Any, depth: int) -> str:
        tag = str(element.S).removeprefix("/")
        if element.P.objgen != parent.objgen:
            self._bad(tag, "has the wrong parent")
        alternate = str(element.get("/Alt", ""))
        at, text, tags = len(self.nodes), "", list[str]()
        self.nodes.append(Node(depth, tag, "", alternate))
        since = len(self._heard)
        self._flow.append(f"{alternate} " if alternate else "")
        self._heard.append(self._flow[-1])
        for kid in _kids(element):
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                said = self._claim(kid, element, tag)
                text += said
                self._flow.append("" if alternate else said)
                self._heard.append(self._flow[-1])
            elif kid.get("/Type") == "/OBJR":
                self._annotation(kid, element, tag, text)
            else:
                tags.append(self._walk(kid, element, depth + 1))
        attributes = element.get("/A", {})
        scope = str(attributes.get("/Scope", "")).removeprefix("/")
        rows = int(attributes.get("/RowSpan", 1))
        if "/E" in element:
            self._heard[since:] = [str(element.E)]
        heard = " ".join("".join(self._heard[since:]).split())
        self.nodes[at] = Node(depth, tag, text, alternate, heard, scope, rows)
        self._check_element(tag, element, tags, text)
        return tag

    def _claim(self, kid: Any, element: Any, tag: str) -> str:
        short = isinstance(kid, int)
        number = int(kid if short else kid.MCID)
        page = self._pages[(element if short else kid).Pg.objgen]
        place = page, number
        if place in self._claimed:
            self._bad("page", page, "piece", number, "is claimed twice")
        if self.marks.tag.get(place) != tag:
            self._bad("page", page, "piece", number, "is not marked as", tag)
        self._claimed.add(place)
        owners = self._parents[int(self.pdf.pages[page - 1].obj.StructParents)]
        if owners[number].objgen != element.objgen:
            self._bad("page", page, "piece", number, "has another parent in the parent tree")
        return self.marks.text.get(place, "")

    def _annotation(self, kid: Any, element: Any, tag: str, text: str) -> None:
        annotation, page = kid.Obj, self.pdf.pages[self._pages[kid.Pg.objgen] - 1]
        if tag != "Link":
            self._bad("an annotation in", tag)
        if annotation.objgen not in [other.objgen for other in _all(page.obj.get("/Annots"))]:
            self._bad("an annotation names the wrong page")
        if self._parents[int(annotation.StructParent)].objgen != element.objgen:
            self._bad("an annotation has another parent in the parent tree")
        if not str(annotation.get("/Contents", "")):
            self._bad("an annotation without words")
        self._annotations.add(annotation.objgen)
        self.links.append((" ".join(text.split()), str(annotation.A.URI)))

    def _check_element(self, tag: str, element: Any, kids: list[str], text: str) -> None:
        if tag in ALLOWED_IN and (text.strip() or not set(kids) <= ALLOWED_IN[tag]):
            self._bad(tag, "holds", *kids, text)
        attributes = element.get("/A", {})
        if tag == "TH" and "/Scope" not in attributes:
            self._bad("TH without Scope:", text)
        if tag == "Table" and len(set(_widths(element))) != 1:
            self._bad("the rows of a table differ in length")
        if tag == "Figure":
            left, bottom, right, top = map(float, attributes.get("/BBox", [0, 0, 0, 0]))
            if not str(element.get("/Alt", "")).strip():
                self._bad("Figure without words")
            if right - left < 1 or top - bottom < 1:
                self._bad("Figure without a place")

    # The rest of the file

    def _check_pages(self) -> None:
        for number, page in enumerate(self.pdf.pages, 1):
            width, height = (float(side) for side in list(page.mediabox)[2:])
            for annotation in _all(page.obj.get("/Annots")):
                if annotation.objgen not in self._annotations:
                    self._bad("page", number, "has an annotation outside the structure")
                left, bottom, right, top = map(float, annotation.Rect)
                if not (0 <= left < right <= width and 0 <= bottom < top <= height):
                    self._bad("page", number, "has a link off the page")
            if page.obj.get("/Tabs") != "/S":
                self._bad("page", number, "has no tab order")

    def _check_catalog(self) -> None:
        root: Any = self.pdf.Root
        if root.get("/MarkInfo", {}).get("/Marked") is not True:
            self._bad("not marked as tagged")
        if not str(root.get("/Lang", "")):
            self._bad("no language")
        if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
            self._bad("the title is not shown")
        metadata: Any = self.pdf.open_metadata()
        if metadata.get("pdfuaid:part") != "1":
            self._bad("does not claim PDF/UA-1")
        if not metadata.get("dc:title") or metadata["dc:title"] != str(self.pdf.docinfo.Title):
            self._bad("titles differ")
        if self.pdf.is_encrypted and not self.pdf.allow.accessibility:
            self._bad("may not be read aloud")

    def _check_font(self, used: Used) -> None:
        name = str(used.font.BaseFont)
        if "/FontFile2" not in used.font.FontDescriptor:
            self._bad(name, "is not embedded")
        if 0 in used.codes:
            self._bad(name, "shows .notdef")
        for code in used.codes:
            if not used.reads.get(code) or PRIVATE.search(used.reads[code]):
                self._bad(name, f"code {code} reads as {used.reads.get(code)!a}")

    def _check_listed_fonts(self) -> None:
        for page in self.pdf.pages:
            resources: Any = page.obj.Resources
            for font in resources.get("/Font", {}).values():
                if "/FontFile2" not in font.get("/FontDescriptor", {}):
                    self._bad(font.BaseFont, "is listed and not embedded")


def _widths(table: Any) -> list[int]:
    """Count the columns of each row; a cell counts in every row it stands for."""
    found, over = list[int](), list[int]()
    for row in _kids(table):
        over = [rows - 1 for rows in over if rows > 1]
        cells = _kids(row)
        found.append(len(over) + len(cells))
        over += [int(cell.get("/A", {}).get("/RowSpan", 1)) for cell in cells]
    return [*found, *([-1] if any(rows > 1 for rows in over) else [])]


def _kids(element: Any) -> list[Any]:
    return _all(element.get("/K"))


def _all(found: Any) -> list[Any]:
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _pairs(numbers: Any) -> dict[int, Any]:
    flat = list(numbers)
    return {int(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}
