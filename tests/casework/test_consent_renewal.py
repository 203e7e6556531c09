"""A new form in the place of an old one: no gap between them, and no two that count unseen."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.casework import consent_renewal, consents
from cmdesk.casework.consents import ConsentDraft
from cmdesk.store.store import Store
from tests.records import MONDAY, Clock, Maya

NEXT_YEAR = date(2027, 3, 9)


@pytest.fixture
def anew(store: Store, maya: Maya) -> ConsentDraft:
    """A renewal of Diane's consent, signed today."""
    blank: ConsentDraft = store.ask(consent_renewal.renewal, maya.consent)
    return replace(
        blank,
        signed_on=MONDAY,
        expires_on=NEXT_YEAR,
        form_on_file=True,
        capacity="has",
        statements=("revocation", "conditioning", "redisclosure"),
    )


def faults(store: Store, maya: Maya) -> dict[int, str | None]:
    return {row.id: row.fault for row in store.ask(consents.rows, maya.client)}


def test_prefilled_and_nothing_signed_is_carried_over(store: Store, maya: Maya) -> None:
    old = store.ask(consents.draft, maya.consent)
    blank = store.ask(consent_renewal.renewal, maya.consent)
    kept = ("client_id", "kind", "recipients", "topics", "purpose", "channels", "signer")
    assert all(getattr(blank, name) == getattr(old, name) for name in kept)
    assert (blank.signed_on, blank.expires_on, blank.form_on_file, blank.statements) == (
        None,
        None,
        False,
        (),
    )
    assert blank.replaces == (maya.consent,)
    leaving = replace(old, expires_episode_id=maya.episode)
    store.do("Save", consents.save, leaving, maya.consent)
    assert store.ask(consent_renewal.renewal, maya.consent).expires_episode_id == maya.episode


def test_the_older_ends_with_the_very_step_that_keeps_the_newer(
    store: Store, maya: Maya, anew: ConsentDraft
) -> None:
    unsigned = store.do("Keep", consent_renewal.keep, replace(anew, signed_on=None))
    assert faults(store, maya) == {unsigned: "is not signed", maya.consent: None}  # no gap
    signed = replace(anew, version=store.ask(consents.draft, unsigned).version)
    store.do("Keep", consent_renewal.keep, signed, unsigned)
    assert faults(store, maya) == {unsigned: None, maya.consent: "was replaced by a newer one"}
    store.undo()
    assert faults(store, maya) == {unsigned: "is not signed", maya.consent: None}


def test_both_count_only_in_sight(store: Store, maya: Maya, anew: ConsentDraft) -> None:
    (rival,) = store.ask(consent_renewal.rivals, replace(anew, topics=("progress",)))
    assert (rival.id, rival.signed_on, rival.whole) == (maya.consent, date(2026, 1, 28), True)
    assert rival.lost == ("attendance", "safety", "substance_use", "financial")
    number = store.do("Keep", consent_renewal.keep, replace(anew, replaces=()))
    assert faults(store, maya) == {number: None, maya.consent: None}
    outdone = {row.id: row.outdone for row in store.ask(consents.rows, maya.client)}
    assert outdone == {number: False, maya.consent: True}


def test_what_is_no_rival(store: Store, maya: Maya, anew: ConsentDraft, clock: Clock) -> None:
    def rivals(**changes: object) -> list[consent_renewal.Rival]:
        return store.ask(consent_renewal.rivals, replace(anew, **changes))

    assert rivals(purpose="") == []  # it does not count yet
    assert rivals(begins_on=date(2026, 4, 1)) == []
    assert rivals(recipients=(maya.tess.key,)) == []
    assert rivals(kind="hipaa") == []  # it would not reach Part 2 material
    assert rivals(signed_on=date(2026, 1, 2)) == []  # then this one is the older
    store.do(
        "Widen",
        consents.save,
        replace(
            store.ask(consents.draft, maya.consent), recipients=(maya.diane.key, maya.tess.key)
        ),
        maya.consent,
    )
    (wider,) = rivals()
    assert not wider.whole
    store.do("Keep", consent_renewal.keep, anew)
    assert faults(store, maya)[maya.consent] is None  # Tess would lose hers
