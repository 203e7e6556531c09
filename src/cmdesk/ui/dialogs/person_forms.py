"""The small forms of the circle editor, one for each kind of row, and who the person is."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QComboBox

from cmdesk.casework import contacts, documents
from cmdesk.rules import people_draft as rules
from cmdesk.rules.code import Code
from cmdesk.rules.codes import (
    CaseRole,
    ContactPointKind,
    LegalAuthorityKind,
    Relationship,
    Signer,
)
from cmdesk.rules.family_codes import RelationKind
from cmdesk.rules.people_draft import (
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
)
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.check_group import CheckGroup
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.form import Bound, Form
from cmdesk.ui.widgets.checks import CheckBox

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
Names = Callable[[], Sequence[tuple[object, str]]]


def told(desk: Desk, check: Callable[[D], Mapping[str, str]]) -> Callable[[D], dict[str, str]]:
    """Let the faults of the rules be read in the user's language."""
    return lambda draft: {name: desk.words.tr(words) for name, words in check(draft).items()}


def who(desk: Desk, language: str) -> Form[PersonDraft]:
    """Ask for names and what goes with them; an unlisted `language` stays to be chosen."""
    tr = desk.words.tr
    return Form(
        [
            [
                form.line("given_name", tr("First name")),
                form.line("middle_name", tr("Middle name")),
                form.line("family_name", tr("Last name")),
                form.line("suffix", tr("Suffix")),
            ],
            [
                form.line("preferred_name", tr("Called")),
                form.line("pronouns", tr("Pronouns")),
                _chosen("language", tr("Language"), languages(desk, language)),
                _tick("interpreter", tr("Interpreter"), tr("Needed")),
            ],
            [
                form.line("credentials", tr("Credentials")),
                form.line("job_title", tr("Job title")),
                _organisation(desk),
            ],
            form.paragraph("notes", tr("Notes"), lines=2),
        ],
        told(desk, rules.who_faults),
    )


def languages(desk: Desk, recorded: str) -> list[tuple[object, str]]:
    """List the languages to choose, with the one recorded where it is none of them."""
    tr = desk.words.tr
    known: dict[str, str] = {"": tr("Not recorded")} | {
        code: tr(name) for code, name in rules.LANGUAGES.items()
    }
    known.setdefault(recorded, recorded)
    return list(known.items())


def order(desk: Desk, names: Names) -> Form[PersonDraft]:
    """Ask after whom this person stands in the circle."""
    tr = desk.words.tr
    return Form([_chosen("after_id", tr("Place in the list"), names())], lambda _: {})


def tie(desk: Desk) -> Form[TieDraft]:
    tr, today = desk.words.tr, desk.today
    kinds = [("", tr("Not recorded")), *_coded(tr, Relationship)]
    return Form(
        [
            [
                _chosen("relationship", tr("Who they are"), kinds),
                form.day("since", tr("Since"), today, desk.words.short_day),
                form.day("until", tr("Until"), today, desk.words.short_day),
            ],
            _roles(tr),
            form.line("note", tr("Note")),
        ],
        told(desk, lambda draft: rules.tie_faults(draft, today())),
    )


def point(desk: Desk) -> Form[PointDraft]:
    """Ask for a number or address; only what its kind knows is shown."""
    tr, today = desk.words.tr, desk.today
    made: Form[PointDraft] = Form(
        [
            [
                _chosen("kind", tr("Kind"), _coded(tr, ContactPointKind)),
                form.line("value", tr("Number or address")),
                form.line("best_times", tr("Best times")),
                form.day("verified_on", tr("Checked on"), today, desk.words.short_day),
            ],
            [
                _chosen("voicemail", tr("Voicemail"), _coded(tr, rules.VOICEMAIL)),
                _tick("may_call", tr("Calls"), tr("Allowed")),
                _tick("may_text", tr("Texts"), tr("Allowed")),
                _tick("email_encrypted_only", tr("E-mail"), tr("Locked only")),
                _tick("preferred", tr("First choice"), tr("Preferred")),
            ],
        ],
        told(desk, lambda draft: rules.point_faults(draft, today())),
    )
    made.edited.connect(lambda: fit_point(made))
    return made


def fit_point(made: Form[PointDraft]) -> None:
    """Show the permissions that belong to this kind."""
    kind = made.draft.kind
    for name in ("may_call", "voicemail", "best_times"):
        made.field(name).setVisible(kind in rules.CALLABLE)
    made.field("may_text").setVisible(kind in (ContactPointKind.MOBILE, ContactPointKind.WORK))
    made.field("email_encrypted_only").setVisible(kind == str(ContactPointKind.E_MAIL))


def authority(desk: Desk, client_id: int) -> Form[AuthorityDraft]:
    """Ask what they may decide, and for the paper among the client's files that says so."""
    tr, today, show = desk.words.tr, desk.today, desk.words.short_day
    kept = desk.ask(documents.rows, client_id)
    files: list[tuple[object, str]] = [(None, tr("No file"))]
    files += [(each.id, each.title or each.file_name) for each in kept]
    return Form(
        [
            [
                _chosen("kind", tr("By what right"), _coded(tr, LegalAuthorityKind)),
                form.line("scope", tr("For what"), placeholder=tr("Health care, money …")),
            ],
            [
                form.line("instrument", tr("Court or paper")),
                _chosen("document_id", tr("File"), files),
            ],
            [
                form.day("since", tr("Since"), today, show),
                form.day("until", tr("Until"), today, show),
                form.line("verified_by", tr("Seen by")),
            ],
        ],
        told(desk, rules.authority_faults),
    )


def plain_email(desk: Desk) -> Form[PlainEmailDraft]:
    tr, today, show = desk.words.tr, desk.today, desk.words.short_day
    signers = [("", tr("Nobody yet")), *_coded(tr, Signer)]
    return Form(
        [
            [
                form.line("address", tr("E-mail address")),
                form.day("warned_on", tr("Warned on"), today, show),
                form.day("accepted_on", tr("Accepted on"), today, show),
            ],
            [
                _chosen("accepted_by", tr("Accepted by"), signers),
                form.line("method", tr("How"), placeholder=tr("In writing, by phone …")),
                form.day("ended_on", tr("Ended on"), today, show),
            ],
        ],
        told(desk, lambda draft: rules.plain_email_faults(draft, today())),
    )


def relation(desk: Desk, names: Names, person: Callable[[], int | None]) -> Form[RelationDraft]:
    """Ask how this person stands to another of the circle; `person` says who this is."""
    tr, today, show = desk.words.tr, desk.today, desk.words.short_day
    kinds = [*_coded(tr, RelationKind), (rules.CARED_FOR, tr("Is cared for by"))]
    return Form(
        [
            [
                _chosen("kind", tr("How"), kinds),
                _chosen("other_id", tr("To whom"), [(None, tr("Choose")), *names()]),
                form.day("since", tr("Since"), today, show),
                form.day("until", tr("Until"), today, show),
            ]
        ],
        told(desk, lambda draft: rules.relation_faults(draft, person())),
    )


def _coded(tr: Callable[[str], str], codes: Any) -> list[tuple[object, str]]:
    return [(each.value, tr(each.label)) for each in codes if isinstance(each, Code)]


def _chosen(name: str, label: str, options: Sequence[tuple[object, str]]) -> Bound:
    made = form.choice(name, label, options)
    if isinstance(made.editor, QComboBox):  # the longest choice must not set how wide it is
        made.editor.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        made.editor.setMinimumContentsLength(6)
    return made


def _tick(name: str, label: str, words: str) -> Bound:
    box = CheckBox(words)
    return Bound(name, label, box, box.isChecked, box.setChecked, box.clicked)


def _roles(tr: Callable[[str], str]) -> Bound:
    group = CheckGroup(tr("Part they play"), CaseRole, tr)
    shown: list[tuple[str, ...]] = [()]

    def show(codes: tuple[str, ...]) -> None:
        shown[0] = codes
        group.load(codes)

    def get() -> tuple[str, ...]:
        # Told in the order recorded, while it is the same set: what is not touched does not change.
        return shown[0] if set(shown[0]) == set(group.codes) else group.codes

    return Bound("roles", "", group, get, show, group.edited)


def _organisation(desk: Desk) -> Bound:
    tr = desk.words.tr

    def find(text: str) -> Sequence[contacts.Someone]:
        return desk.ask(contacts.organisations, text)

    pick = PickField(find, tr("Name"), many=False, remove=tr("Remove {name}"))

    def get() -> int | None:
        return int(pick.keys[0][1:]) if pick.keys else None

    def show(number: int | None) -> None:
        pick.choose(desk.ask(contacts.named, [f"o{number}"]) if number else ())

    def own_fault() -> str:
        unknown = tr("No organization of this name is here. Choose one, or clear it.")
        return unknown if pick.pending else ""

    return Bound(
        "organisation_id", tr("Organization"), pick, get, show, pick.picked, own_fault=own_fault
    )
