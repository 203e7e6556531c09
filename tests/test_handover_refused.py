"""What is not handed over: the place, the way and the verdicts are asked first, and once more."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cmdesk.casework import consents
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.errors import NothingToShare, Problem
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from tests import records
from tests.records import WEEK, Clock, Maya, log, settle, state
from tests.test_handover import accounted, hand_over, names, out, request

clock, maya, mayas_case = records.clock, records.maya, records.mayas_case
store, template = records.store, records.template

__all__ = ["out"]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"password": None}, "No PDF password is kept"),
    ({"password": "too short"}, "needs 14 characters"),
    ({"first": WEEK[1], "last": WEEK[0]}, "ends before it begins"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_refused_request_leaves_nothing(
    store: Store, maya: Maya, out: Path, changes: dict[str, Any], said: str
) -> None:
    before = state(store)
    with pytest.raises(Problem, match=said):
        hand_over(store, request(maya, out, **changes))
    assert (names(out), state(store)) == ([], before)


def test_places_that_will_not_do(store: Store, maya: Maya, out: Path) -> None:
    (out / "taken.pdf").write_bytes(b"")
    (out / "nowhere.pdf").symlink_to(out / "gone")
    for name, said in (
        ("taken.pdf", "already there"),
        ("nowhere.pdf", "already there"),
        ("no/folder/letter.pdf", "is not there"),
    ):
        for asked in (
            request(maya, out, target=out / name),
            request(maya, out, email=out / name),
        ):
            with pytest.raises(Problem, match=said):
                hand_over(store, asked)
    assert names(out) == ["nowhere.pdf", "taken.pdf"]
    assert accounted(store) == []


def test_letter_and_email_need_places_of_their_own(store: Store, maya: Maya, out: Path) -> None:
    for one, other in (("a.pdf", "a.pdf"), ("a.pdf.part", "a.pdf"), ("a", "a.part")):
        with pytest.raises(Problem, match="name of its own"):
            hand_over(store, request(maya, out, target=out / one, email=out / other))
    assert (names(out), accounted(store)) == ([], [])


def channels(*allowed: str) -> records.Change:
    return lambda practice: practice["clients"][0]["consents"][0].update(channels=list(allowed))


def test_way_the_consent_does_not_allow(store: Store, out: Path) -> None:
    maya = settle(store, channels("paper", "phone"))
    with pytest.raises(Problem, match="does not allow a PDF"):
        hand_over(store, request(maya, out))
    assert names(out) == []


def test_reader_who_must_not_be_contacted(store: Store, out: Path) -> None:
    roles = {"roles": ["do_not_contact"]}
    maya = settle(store, lambda p: p["clients"][0]["circle"][0].update(roles))
    with pytest.raises(Problem, match="marked “do not contact”"):
        hand_over(store, request(maya, out))


def test_plain_without_an_acceptance(store: Store, out: Path) -> None:
    maya = settle(store, lambda p: p["clients"][0]["circle"][0].pop("plain_email"))
    with pytest.raises(Problem, match="No warned acceptance of plain e-mail"):
        hand_over(store, request(maya, out, plain=True))


def test_email_without_an_address(store: Store, out: Path) -> None:
    maya = settle(store, lambda p: p["people"][0].pop("emails"))
    with pytest.raises(Problem, match="has no e-mail address"):
        hand_over(store, request(maya, out, email=out / "letter.eml"))
    assert hand_over(store, request(maya, out)).email is None


def test_consent_ended_before_handing_over(store: Store, maya: Maya, out: Path) -> None:
    """The letter was composed under a consent that has been ended since."""
    log(store, maya)
    draft = LetterDraft(passages=(Passage("Maya had a good week.", maya.entry, Outcome.SHORT),))
    store.do("End", consents.end, maya.consent)
    before = state(store)
    with pytest.raises(NothingToShare):
        hand_over(store, request(maya, out, draft=draft))
    assert (names(out), state(store)) == ([], before)


class Ticking(Clock):
    """Passes midnight while the letter is being made."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def __call__(self) -> datetime:
        self.left -= 1
        return datetime(2026, 7, 1, 3, 59, tzinfo=UTC) if self.left >= 0 else LATER


LATER = datetime(2026, 7, 1, 4, 1, tzinfo=UTC)


def test_verdicts_are_asked_again_before_anything_is_recorded(
    store: Store, maya: Maya, out: Path
) -> None:
    """The consent's last day ends between the first judgement and the record of it."""
    before = state(store)
    store.clock = Ticking(1)
    with pytest.raises(NothingToShare):
        hand_over(store, request(maya, out))
    assert (names(out), state(store)) == ([], before)


def test_one_line_less_on_the_second_look(store: Store, out: Path) -> None:
    """One of two consents ends at midnight: the letter made before is not the one allowed now."""

    def second(practice: dict[str, Any]) -> None:
        consent = practice["clients"][0]["consents"][0]
        consent["expires_on"] = "2026-12-31"
        other = {"ref": "k-2", "topics": ["legal"], "expires_on": "2026-06-30"}
        practice["clients"][0]["consents"].append(consent | other)

    maya = settle(store, second)
    log(store, maya, topics=("legal",), family_line="The hearing went well.")
    before = state(store)
    store.clock = Ticking(1)
    with pytest.raises(Problem, match="consents changed while the letter was made"):
        hand_over(store, request(maya, out))
    assert (names(out), state(store)) == ([], before)
