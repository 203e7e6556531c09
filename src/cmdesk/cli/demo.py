"""The command that makes the sample practice."""

import argparse
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from cmdesk import clock as real_clock
from cmdesk.casework import clock, compose, correspondence, parties, promises
from cmdesk.casework.parties import Party
from cmdesk.cli.opening import METADATA, tell
from cmdesk.errors import Problem
from cmdesk.exchange import intake, sample
from cmdesk.handover import Request, hand_over
from cmdesk.rules.periods import last_full_week
from cmdesk.rules.promises import Became
from cmdesk.store import keys, passphrases, vault
from cmdesk.store.header import FLOOR
from cmdesk.store.journal import Label
from cmdesk.store.store import Store

SAMPLE_PASSPHRASE = "open the sample practice"  # noqa: S105 - it guards invented people
SAMPLE_LETTER = ("c-maya", "p-diane")


def demo(options: argparse.Namespace) -> None:
    """Make the sample practice, with last week's letter to Diane beside it."""
    folder = Path(options.folder or "cmdesk-sample")
    if folder.is_dir() and any(folder.iterdir()):
        raise Problem(f"{folder} already holds something.", "Choose another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"The folder {folder} can't be made.", "Choose another place.") from error
    place = folder / "Whitlock.cmdesk"
    store, _ = vault.create(place, SAMPLE_PASSPHRASE, METADATA, real_clock.system, kdf=FLOOR)
    try:
        keys.confirm_recovery(place, store.keys)  # its passphrase is printed; no sheet is owed
        today = real_clock.system().astimezone().date()
        store.do(
            Label("Bring in the sample practice", undoable=False),
            intake.bring_in,
            sample.practice(today),
            "practice",
        )
        letter = _sample_letter(store, folder)
        first, last = store.ask(_period)
    finally:
        store.close()
    tell(f"The sample practice is in {place}.\nIts passphrase: {SAMPLE_PASSPHRASE}")
    tell(letter)
    tell(f"Another letter of that week: --from {first.isoformat()} --until {last.isoformat()}")
    print(place)


def _sample_letter(store: Store, folder: Path) -> str:
    client_id, party, today = store.ask(_sample_people)
    first, last = last_full_week(today)
    for promise in store.ask(promises.open_of, client_id, party):  # as its writer would
        store.do(Label("Answer for a promise"), promises.settle, promise.id, Became.DONE)
    _, draft = store.ask(compose.propose, client_id, party, first, last)
    password = store.ask(correspondence.password, party) or passphrases.suggest()
    request = Request(
        client_id=client_id,
        party=party,
        first=first,
        last=last,
        target=folder / f"Update {today.isoformat()}.pdf",
        password=password,
        email=folder / f"Update {today.isoformat()}.eml",
        draft=draft,
    )
    label = Label("Hand over the sample update", undoable=False, kind="disclosure")
    made = hand_over(store, label, request)
    return f"Last week’s letter to {party.full_name}: {made.target}\nIts password: {password}"


def _period(session: Session) -> tuple[date, date]:
    return last_full_week(clock.today(session))


def _sample_people(session: Session) -> tuple[int, Party, date]:
    client, reader = SAMPLE_LETTER
    return (
        parties.client_by_name(session, client),
        parties.party_by_name(session, reader),
        clock.today(session),
    )
