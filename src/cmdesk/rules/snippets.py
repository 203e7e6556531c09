"""Snippets: `;name` and a space become the sentences that the name stands for."""

import re
from collections.abc import Mapping
from typing import Final

NAME: Final = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_TYPED: Final = re.compile(r"(?<!\S);([\w-]+)(\s)\Z")


def typed(text: str, caret: int) -> str:
    """Return the name of the snippet that was just finished with a space, else nothing."""
    match = _TYPED.search(text[:caret])
    return match[1].casefold() if match else ""


def expand(text: str, caret: int, snippets: Mapping[str, str]) -> tuple[str, int] | None:
    """Put the words in for `;name` before the caret; return text and caret, None to leave it.

    `snippets` maps names in lower case to their words. The space typed after the name stays.
    """
    words = snippets.get(typed(text, caret))
    if words is None:
        return None
    before = _TYPED.sub(lambda match: words + match[2], text[:caret])
    return before + text[caret:], len(before)


__all__ = ["NAME", "expand", "typed"]
