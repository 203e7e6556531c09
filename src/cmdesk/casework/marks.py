"""The practitioner's marks: for each entry, the newest for each reader, across merged records."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.parties import key_of, person_key
from cmdesk.models.entry import EntryMark
from cmdesk.rules.codes import Mark

NARROWNESS = ("", Mark.SHARE, Mark.SHORT, Mark.KEEP_BACK)

_Placed = tuple[int, str]  # how late a mark was made, and what it says; "" took one back


def of_entries(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Mark]]:
    """Return the newest mark for each reader; an empty one takes the last back."""
    query = select(
        EntryMark.entry_id, EntryMark.person_id, EntryMark.organisation_id, EntryMark.mark
    ).where(EntryMark.entry_id.in_(ids))
    ordered = query.order_by(EntryMark.at, EntryMark.id)
    newest: dict[int, dict[str, _Placed]] = {}
    for place, row in enumerate(session.execute(ordered)):
        number, person_id, organisation_id, mark = row
        newest.setdefault(number, {})[key_of(person_id, organisation_id)] = (place, mark)
    if not newest:
        return {}
    gone = {person_key(old): person_key(now) for old, now in merged.people(session).items()}
    return {number: _standing(said, gone) for number, said in newest.items()}


def _standing(said: Mapping[str, _Placed], gone: Mapping[str, str]) -> dict[str, Mark]:
    """Let a mark for a number that is gone hold for the one kept, where it is newer and narrower.

    A merge carries marks over itself; a practice file may bring one in under the old number.
    """
    own = {key: placed for key, placed in said.items() if key not in gone}
    stands = {key: mark for key, (_, mark) in own.items()}
    for key, (place, mark) in said.items():
        if key in gone and place > own.get(gone[key], (-1, ""))[0]:
            # Of several numbers that are gone the narrowest mark counts, however late it came.
            stands[gone[key]] = max(stands.get(gone[key], ""), mark, key=NARROWNESS.index)
    return {key: Mark(mark) for key, mark in stands.items() if mark}
