"""Names in a typed line: the care team's first, then all, exact before begun."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from cmdesk.rules.logline_parts import Someone, Words

SHORTEST: Final = 3  # letters that may stand for a name they begin
MOST: Final = 8  # people one begun name may leave open before it is just a word
_TRIED: Final = 300  # names that are looked at for one word; exact ones come first
_BEFORE, _AFTER = "(\"'\u201c\u2018[", ",;.!?:)\"'\u201d\u2019]\u2026"
_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "mx", "prof"})

# English words that also begin or are names; only a capital makes them one (Will, Mark, Grace).
COMMON: Final = frozenset(
    {"a", "about", "after", "again", "ago", "all", "also", "always", "am", "an", "and",
     "another", "any", "are", "around", "art", "as", "ask", "asked", "at", "back", "be",
     "been", "before", "bill", "both", "but", "by", "came", "can", "car", "care", "chance",
     "dad", "day", "did", "do", "does", "don", "done", "down", "each", "end", "even", "ever",
     "family", "fine", "first", "for", "from", "gave", "get", "girl", "go", "going", "good",
     "got", "grace", "had", "hal", "has", "have", "he", "heart", "her", "here", "him", "his",
     "home", "hope", "how", "if", "in", "is", "it", "its", "jack", "joy", "just", "kind",
     "last", "late", "left", "less", "let", "like", "list", "live", "long", "look", "lot",
     "love", "made", "make", "man", "many", "mark", "may", "me", "men", "might", "min", "mom",
     "more", "most", "much", "must", "my", "need", "never", "new", "next", "nice", "nick",
     "no", "nor", "not", "now", "of", "off", "ok", "old", "on", "once", "one", "only", "or",
     "other", "our", "out", "over", "own", "part", "pat", "per", "plan", "rather", "ray",
     "rich", "ride", "rob", "rose", "said", "sat", "saw", "say", "see", "sent", "set", "she",
     "should", "sin", "sleep", "so", "some", "son", "soon", "still", "such", "take", "talk",
     "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
     "those", "time", "to", "today", "told", "too", "took", "two", "under", "until", "up",
     "us", "use", "van", "very", "want", "wants", "was", "way", "we", "week", "well", "went",
     "were", "what", "when", "where", "which", "while", "who", "why", "will", "win", "with",
     "would", "year", "yes", "yet", "you", "your"}
)  # fmt: skip

_Row = tuple[tuple[str, ...], str]


def core(word: str) -> str:
    """Fold case and diacritics and leave off the punctuation around a word."""
    bare = word.lstrip(_BEFORE).rstrip(_AFTER)
    if bare.isascii():
        return bare.lower()
    parts = unicodedata.normalize("NFKD", bare.replace("\u2019", "'"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def fold(text: str) -> str:
    """Fold some words of a line: the key under which a pick is kept."""
    return " ".join(core(word) for word in text.split())


def index(clients: Sequence[Someone], people: Sequence[Someone]) -> "Names":
    """Prepare all names once, so that a line takes no longer in a full practice."""
    members: dict[str, list[_Row]] = {}
    everybody: list[_Row] = []
    for someone in people:
        rows = _rows(someone)
        everybody += rows
        for client in someone.team_of:
            members.setdefault(client, []).extend(rows)
    own = {each.key: _rows(each) for each in clients}
    shown = {each.key: each.names[0] if each.names else each.key for each in (*people, *clients)}
    return Names(
        _shelf(row for rows in own.values() for row in rows),
        _shelf(everybody),
        {client: _shelf(rows) for client, rows in members.items()},
        {client: _shelf(rows) for client, rows in own.items()},
        shown,
    )


def _rows(someone: Someone) -> list[_Row]:
    """Fold each of somebody's names, once."""
    names = (tuple(core(word) for word in name.split()) for name in dict.fromkeys(someone.names))
    words = (tuple(word for word in name if word) for name in names)
    return [(name, someone.key) for name in dict.fromkeys(words) if name]


def _shelf(rows: Iterable[_Row]) -> "Shelf":
    ordered = sorted(rows)
    return Shelf(tuple(words[0] for words, _ in ordered), tuple(ordered))


def _begins(words: Words, at: int, name: tuple[str, ...]) -> int:
    """Count the typed words that spell this name: all of it, each in full or well begun."""
    if len(name) > len(words) - at:
        return 0
    for offset, part in enumerate(name[1:], 1):
        typed = words[at + offset]
        initial = len(typed.core) == 1 and (typed.raw.isupper() or typed.raw.endswith("."))
        begun = len(typed.core) >= SHORTEST and typed.core not in COMMON
        if typed.core != part and not ((initial or begun) and part.startswith(typed.core)):
            return 0
    return len(name)


class Hit(NamedTuple):
    """The people a few words name. Longer, then nearer, then exact is better."""

    taken: int
    near: bool
    exact: bool
    keys: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, bool, bool]:
        return self.taken, self.near, self.exact


@dataclass(frozen=True, slots=True)
class Shelf:
    """Names in the order of the alphabet."""

    firsts: tuple[str, ...]
    rows: tuple[_Row, ...]

    def best(self, words: Words, at: int, *, near: bool) -> Hit | None:
        """Return whom the words from `at` on name best, None if nobody."""
        typed = words[at].core
        common = typed in COMMON
        begun = len(typed) >= SHORTEST and not common
        found: dict[tuple[int, bool], list[str]] = {}
        start = bisect_left(self.firsts, typed)
        for place in range(start, min(start + _TRIED, len(self.rows))):
            first, (name, key) = self.firsts[place], self.rows[place]
            if first != typed and not (begun and first.startswith(typed)):
                break
            taken = _begins(words, at, name)
            if taken and not (common and taken == 1 and not words[at].raw[:1].isupper()):
                found.setdefault((taken, first == typed), []).append(key)
        if not found:
            return None
        taken, exact = max(found)
        return Hit(taken, near, exact, tuple(dict.fromkeys(found[taken, exact])))


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody a line may name. Made by `index`, once for all keys typed into a line."""

    clients: Shelf
    people: Shelf
    teams: Mapping[str, Shelf]
    own: Mapping[str, Shelf]  # each client alone
    shown: Mapping[str, str]

    def client(self, words: Words, at: int, near: str | None) -> Hit | None:
        """Return the clients named best; `near` is the one whose chart it is."""
        start = _after_title(words, at)
        if start is None:
            return None
        own = self.own.get(near or "")
        hits = [own.best(words, start, near=True) if own else None,
                self.clients.best(words, start, near=False)]  # fmt: skip
        # A whole name of another client outdoes the first letters of the nearest one.
        best = max((hit for hit in hits if hit), key=lambda hit: hit.rank, default=None)
        return _longer(best, start - at)

    def person(self, words: Words, at: int, client: str | None) -> Hit | None:
        """Return the people named best, those around the client before all others."""
        start = _after_title(words, at)
        if start is None:
            return None
        team = self.teams.get(client or "")
        near = team.best(words, start, near=True) if team else None
        far = self.people.best(words, start, near=False)
        hits = [hit for hit in (near, far) if hit is not None]
        return _longer(max(hits, key=lambda hit: hit.rank, default=None), start - at)


def _after_title(words: Words, at: int) -> int | None:
    if words[at].core in _TITLES:
        at += 1
    return at if at < len(words) and words[at].core else None


def _longer(hit: Hit | None, title: int) -> Hit | None:
    return hit._replace(taken=hit.taken + title) if hit else None


__all__ = ["COMMON", "MOST", "Hit", "Names", "Shelf", "core", "fold", "index"]
