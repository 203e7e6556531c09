"""Fields of a search that a form has no ready-made kind for: amounts and counts."""

from cmdesk.errors import Problem
from cmdesk.rules.provider_draft import count as whole_number
from cmdesk.ui.dialogs.contact_words import money_typed, read_money
from cmdesk.ui.form import Bound
from cmdesk.ui.widgets.field import line_edit


def amount(name: str, label: str, *, placeholder: str = "") -> Bound:
    """Bind an amount of money, in cents."""
    edit = line_edit(placeholder)

    def get() -> int | None:
        try:
            return read_money(edit.text())
        except Problem:
            return None

    def put(cents: int | None) -> None:
        edit.setText(money_typed(cents))

    def fault() -> str:
        try:
            read_money(edit.text())
        except Problem as problem:
            return problem.message
        return ""

    return Bound(name, label, edit, get, put, edit.textEdited, own_fault=fault)


def count(name: str, label: str, wrong: str, *, placeholder: str = "") -> Bound:
    """Bind a whole number; `wrong` is said of anything else."""
    edit = line_edit(placeholder)

    def get() -> int | None:
        return whole_number(edit.text())

    def put(number: int | None) -> None:
        edit.setText("" if number is None else str(number))

    def fault() -> str:
        return wrong if edit.text().strip() and get() is None else ""

    return Bound(name, label, edit, get, put, edit.textEdited, own_fault=fault)
