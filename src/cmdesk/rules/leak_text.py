"""A letter's words as the leak check compares them: folded, and each with its place in the text.

Case, accents, wide letters, soft hyphens, marks without width and the many apostrophes and spaces
make no difference; the places are those of the text as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

# Letters that no decomposition takes apart, as people without them on their keys write them.
_ALIKE: Final = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
    "\u0131": "i", "\u02b9": "'", "\u02bb": "'", "\u02bc": "'",
}  # fmt: skip
# Letters of other scripts that look like these. Only within a word that has letters of both: no
# name is written so, and one of Cyrillic or Greek letters alone is what it says.
_LOOKS: Final = dict(
    zip(
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406"
        "\u0408\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b"
        "\u051d\u043a\u043c\u0442\u0432\u043d\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c"
        "\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c5\u03c7\u03c4",
        "abekmhopctyxsijaeopcyxsijhdqwkmtbhabezhikmnoptyxaopvikuxt",
        strict=True,
    )
)
# A sign of a script that puts no spaces between words is a word of its own.
_WORD: Final = re.compile(
    r"\d+|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\d_]"
    r"(?:(?![\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])[^\W\d_])*"
)
_ASCII: Final = re.compile("[a-z]")
_END: Final = re.compile(r"[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=\s|$)|[\n\r\u2028\u2029]+")
_SHORTENED: Final = frozenset(
    {"dr", "mr", "mrs", "ms", "mx", "st", "prof", "jr", "sr", "no", "vs", "e.g", "i.e"}
)
_BEFORE_DOT: Final = re.compile(r"([^\W\d_](?:\.?[^\W\d_])*)$")


class Word(NamedTuple):
    """`text` is folded; `start` and `end` are places in what was typed."""

    text: str
    start: int
    end: int
    capital: bool
    first: bool = False  # of its sentence, where a capital says nothing


class Sentence(NamedTuple):
    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)


class _Folding(dict[str, str]):
    """Folds a sign when it is first met; nothing is left of what has no width."""

    def __missing__(self, sign: str) -> str:
        made = "".join(_plain(part) for part in unicodedata.normalize("NFKD", sign).casefold())
        self[sign] = made
        return made


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Mn", "Me", "Cf"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    bare = "".join(
        part
        for part in unicodedata.normalize("NFKD", sign)
        if unicodedata.category(part) not in {"Mn", "Me"}
    )
    return _ALIKE.get(bare, bare)


_FOLDED: Final = _Folding()


def words(text: str) -> list[Word]:
    """Return the words of a text, folded, in order."""
    parts = [_FOLDED[sign] for sign in text]
    folded = "".join(parts)
    if all(len(part) == 1 for part in parts):
        places: Sequence[int] = range(len(text) + 1)
    else:
        places = [at for at, part in enumerate(parts) for _ in part]
    found: list[Word] = []
    for match in _WORD.finditer(folded):
        start, last = places[match.start()], places[match.end() - 1]
        said = match.group()
        if not said.isascii() and not said.isdecimal() and _ASCII.search(said):
            said = _one_script(said, [text[places[at]] for at in range(*match.span())])
        found.append(Word(said, start, last + 1, not text[start].islower()))
    return found


def _one_script(word: str, typed: Sequence[str]) -> str:
    """Return a word of two scripts in the one it pretends to be of; each sign with that typed."""
    return "".join(_LOOKS.get(sign, made) for made, sign in zip(word, typed, strict=True))


def folded(text: str) -> tuple[str, ...]:
    """Return the words alone: what two writings of one name have in common."""
    return tuple(word.text for word in words(text))


def sentences(text: str) -> list[Sentence]:
    """Return what stands between full stops and line ends, without the spaces around it."""
    spans = list(_spans(text))
    found: list[list[Word]] = [[] for _ in spans]
    place = 0
    for word in words(text):
        while word.start >= spans[place][1] and place < len(spans) - 1:
            place += 1
        found[place].append(word if found[place] else word._replace(first=True))
    return [
        Sentence(start, end, tuple(inside))
        for (start, end), inside in zip(spans, found, strict=True)
        if inside
    ]


def _spans(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for stop in _END.finditer(text):
        if stop.group() == "." and _is_shortened(text[start : stop.start()]):
            continue
        yield _bare(text, start, stop.end())
        start = stop.end()
    yield _bare(text, start, len(text))


def _is_shortened(before: str) -> bool:
    """Tell whether a dot belongs to a word, as in `Dr.` and `David B.`."""
    match = _BEFORE_DOT.search(before[-12:])
    if match is None:
        return False
    word = match.group(1)
    return word.casefold() in _SHORTENED or (len(word) == 1 and word.isupper() and word != "I")


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave off the space at both ends of a span."""
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return start + left, max(start + left, end - (len(inside) - len(inside.rstrip())))


__all__ = ["Sentence", "Word", "folded", "sentences", "words"]
