"""Structure elements: what a screen reader is given, in the order in which they are made."""

from __future__ import annotations

from typing import Literal, Self

Tag = Literal["Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure", "Link"]
Scope = Literal["Row", "Column"]


class Element:
    """One structure element (ISO 32000-1, 14.7). Creation order is reading order.

    Layout may differ from it. `box` is a figure's place on its page in points: left, bottom,
    right, top. `title`: a heading's words, for the list of bookmarks. `language`: of its words,
    where it is not the document's (RFC 3066). `rows`: over which a heading of a table reaches.
    `full`: what its words are short for.
    """

    __slots__ = (
        "alternate",
        "box",
        "children",
        "full",
        "language",
        "rows",
        "scope",
        "tag",
        "title",
    )

    def __init__(self, tag: Tag, *, scope: Scope | None = None, alternate: str = "") -> None:
        self.tag, self.scope, self.alternate = tag, scope, alternate
        self.box: tuple[float, float, float, float] | None = None
        self.children: list[Element] = []
        self.title = ""
        self.rows = 1
        self.language = ""
        self.full = ""

    def add(self, tag: Tag, *, scope: Scope | None = None, alternate: str = "") -> Element:
        child = Element(tag, scope=scope, alternate=alternate)
        self.children.append(child)
        return child

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """Platypus copies flowables at times; what they belong to stays the same."""
        return self
