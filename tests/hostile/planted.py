"""Practices by chance, full of things one reader may not hear of, and letters that say them all."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.models.base import Record
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryParticipant, EntryWording
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.safety import Medication
from cmdesk.rules.codes import ConsentKind, Statement
from cmdesk.rules.letter import Glance, Step
from cmdesk.rules.topics import Topic

NOW: Final = datetime(2026, 3, 9, 16, tzinfo=UTC)
WEEK: Final = (date(2026, 3, 2), date(2026, 3, 8))
COVERED: Final = (Topic.PROGRESS, Topic.ATTENDANCE)
KEPT: Final = (Topic.MEDICATION, Topic.LEGAL, Topic.OTHER_PERSON, Topic.PRIVATE, Topic.TRAUMA)
MEDICINES: Final = ("sertraline", "Lamictal", "methadone", "Zoloft", "quetiapine")
PLAIN: Final = (
    "The week went well.", "She slept at home on Sunday.", "A long walk helped her.",
    "They cooked supper together.", "She laughed a good deal.", "Please call me by Thursday.",
)  # fmt: skip
SYLLABLES: Final = (
    "ka", "vo", "ri", "zen", "mul", "dra", "tis", "pol", "\u00f1e", "\u0142u", "br\u00e9",
)  # fmt: skip
HIDDEN: Final = ("\u00ad", "\u200b", "\u2060")


@dataclass
class Planted:
    """One practice: whose letter it is, and all that must not stand in it."""

    client_id: int = 0
    reader_id: int = 0
    names: list[str] = field(default_factory=list[str])
    numbers: list[str] = field(default_factory=list[str])
    medicines: list[str] = field(default_factory=list[str])
    lines: list[str] = field(default_factory=list[str])

    @property
    def secrets(self) -> list[str]:
        return [*self.names, *self.numbers, *self.medicines, *self.lines]


class Maker:
    """Fills an empty practice by a seed."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session, self._chance = session, Random(seed)  # noqa: S311 - nothing hangs on it
        self._used: list[str] = []
        self.made = Planted()

    def _add(self, row: Record) -> int:
        self._session.add(row)
        self._session.flush()
        return row.id

    def _word(self, least: int = 3) -> str:
        """Make a word that is no part of another, so that none is found by chance."""
        while True:
            made = "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(least, 5)))
            bare = squeezed(made)
            if not any(bare in used or used in bare for used in self._used):
                self._used.append(bare)
                return made

    def _person(self, *, secret: bool, family: str = "") -> int:
        given, family = self._word().title(), family or self._word().title()
        person = self._add(Person(given_name=given, family_name=family, born=date(1990, 1, 1)))
        digits = "".join(self._chance.choices("23456789", k=10))
        self._add(ContactPoint(person_id=person, kind="mobile", value=f"+1 {digits}"))
        if secret:
            self.made.names += [given, f"{given} {family}"]
            self.made.numbers.append(digits)
        return person

    def practice(self) -> Planted:
        self._session.add(Practice(name="Harbor Care", phone="+1 718 555 0142"))
        self._session.add(Practitioner(name="Nora Whitlock"))
        family = self._word().title()
        self.made.client_id = self._client(self._person(secret=False, family=family))
        self.made.reader_id = self._person(secret=False, family=family)
        self._tie(self.made.client_id, self.made.reader_id, "mother")
        for tie in self._chance.choices(("father", "sibling", "friend", "aunt"), k=2):
            self._tie(self.made.client_id, self._person(secret=True, family=family), tie)
        for _ in range(self._chance.randint(1, 3)):
            other = self._client(self._person(secret=True))
            self._tie(other, self._person(secret=True), "mother")
        medicine = self._word(4)
        self._add(Medication(client_id=self.made.client_id, name=f"{medicine} 20 mg"))
        self.made.medicines += [medicine, self._chance.choice(MEDICINES)]
        self._consent()
        for _ in range(self._chance.randint(3, 7)):
            self._entry(released=self._chance.random() < 0.5)
        self._entry(released=True, spoiled=False)
        return self.made

    def _client(self, person: int) -> int:
        client = self._add(Client(person_id=person))
        self._add(Engagement(client_id=client, began_on=date(2026, 1, 5)))
        return client

    def _tie(self, client: int, person: int, tie: str) -> None:
        note = self._secret_line() if self._chance.random() < 0.3 else ""
        own = client == self.made.client_id
        if note and own:
            self.made.lines.append(note)
        self._add(
            CircleMember(client_id=client, person_id=person, relationship=tie, note=note * own)
        )

    def _consent(self) -> None:
        consent = Consent(
            client_id=self.made.client_id,
            kind=self._chance.choice((ConsentKind.HIPAA, ConsentKind.PART2_SPECIFIC)),
            topics=list(COVERED),
            purpose="Support",
            signed_on=date(2026, 1, 28),
            expires_on=date(2026, 12, 31),
            signer="client",
            form_on_file=True,
            statements=list(Statement),
            channels=["encrypted_pdf"],
        )
        number = self._add(consent)
        self._add(ConsentRecipient(consent_id=number, person_id=self.made.reader_id))

    def _secret_line(self) -> str:
        return " ".join(self._word() for _ in range(self._chance.randint(5, 9))).capitalize() + "."

    def _entry(self, *, released: bool, spoiled: bool = True) -> None:
        at = NOW - timedelta(days=self._chance.randint(2, 5))
        narrative = self._secret_line()
        entry = self._add(
            Entry(
                client_id=self.made.client_id, occurred_at=at, occurred_zone="UTC", part2="no",
                narrative=narrative, status="signed",
            )
        )  # fmt: skip
        self._add(EntryParticipant(entry_id=entry, person_id=self.made.reader_id))
        line = self._chance.choice(PLAIN)
        if not released:
            line = self._secret_line()
            self.made.lines += [line, narrative]
        elif spoiled and self._chance.random() < 0.4:
            planted = (*self.made.names, *self.made.numbers, *self.made.medicines)
            line = f"{line} It was about {self.disguised(self._chance.choice(planted))} then."
        topics = self._chance.sample(COVERED if released else KEPT, k=1)
        self._add(EntryWording(entry_id=entry, at=at, topics=topics, family_line=line))

    # The letter

    def draft(self) -> LetterDraft:
        """Write a letter that says everything it must not, in every part, well disguised."""
        parts = self._parts()
        drafted = LetterDraft(
            headline=next(parts),
            greeting=next(parts),
            opening=next(parts),
            texts={"help": next(parts)},
            close=next(parts),
            farewell=next(parts),
            glance=tuple(Glance(f"Line {n}", next(parts)) for n in range(3)),
            steps=tuple(Step(next(parts), next(parts), next(parts), next(parts)) for _ in range(2)),
        )
        rest = tuple(Passage(text) for text in parts)
        return replace(drafted, passages=(*rest, Passage("She is well.")))

    def _parts(self) -> Iterator[str]:
        """Give each secret once at least, in turn with words that say nothing."""
        secrets = [*self.made.secrets]
        self._chance.shuffle(secrets)
        secrets += self._chance.choices(secrets, k=max(0, 17 - len(secrets)))
        for secret in secrets:
            before, after = self._chance.choices(PLAIN, k=2)
            said = self.disguised(secret)
            if secret not in self.made.lines:
                said = f"She told me about {said}{self._chance.choice(('.', '!', ', and more.'))}"
            yield f"{before} {said} {after}"

    def disguised(self, secret: str) -> str:
        """Write it in another case, with other accents, spaces and signs without width."""
        chance = self._chance
        if secret.isdecimal():
            area, office, line = secret[:3], secret[3:6], secret[6:]
            return chance.choice(("({}) {}-{}", "{}.{}.{}", "{} {} {}", "+1{}{}{}")).format(
                area, office, line
            )
        made = chance.choice((str, str.upper, str.lower, str.title))(secret)
        made = unicodedata.normalize(chance.choice(("NFC", "NFD")), made)
        if secret not in self.made.lines:
            made = made.replace(" ", chance.choice((" ", "\u00a0", "  ")))
        if chance.random() < 0.3:
            at = chance.randrange(1, len(made))
            made = made[:at] + chance.choice(HIDDEN) + made[at:]
        return made


def squeezed(text: str) -> str:
    """Leave letters and figures alone, without case and accents: how one looks for a secret."""
    plain = unicodedata.normalize("NFKD", text.replace("\u0142", "l").replace("\u0141", "L"))
    return "".join(sign for sign in plain.casefold() if sign.isalnum())
