"""What can be done in the composer, for menus, keys and the search."""

from collections.abc import Sequence
from typing import Protocol

from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.composer_head import ComposerHead
from cmdesk.ui.parts.letter_desk import LetterDesk
from cmdesk.ui.parts.letter_list_parts import STAMP


class Composer(Protocol):
    """The page of the letter in front."""

    desk: Desk
    letter: LetterDesk
    head: ComposerHead

    def finish(self) -> None: ...
    def write_brief(self) -> None: ...
    def stamp(self) -> None: ...
    def throw_away(self) -> None: ...
    def correct(self) -> None: ...
    def may_throw(self) -> bool: ...


def commands(page: Composer) -> Sequence[Command]:
    """List them; what is typed alone is not offered for a letter that left."""
    tr, letter = page.desk.words.tr, page.letter
    move = letter.panes.next_pane

    def typed() -> bool:
        return not letter.left

    def left() -> bool:
        return letter.left

    return (
        Command("composer.finish", tr("Finish and export"), page.finish, "Ctrl+Return"),
        Command("composer.finish_pad", tr("Finish and export"), page.finish, "Ctrl+Enter"),
        Command("composer.pane_tab", tr("Next pane"), move, "Ctrl+Tab", menu="view"),
        Command("composer.read", tr("Read in full size"), letter.preview.read, menu="view"),
        Command(
            *("composer.add", tr("Add a paragraph"), letter.add_paragraph),
            enabled=typed,
            menu="edit",
        ),
        Command("composer.words", tr("Next plainer word"), letter.plainer.next_advice, "F7"),
        Command("composer.brief", tr("Nothing material changed"), page.write_brief, menu="edit"),
        Command("composer.crisis", tr("Crisis notice: put the time down"), page.stamp, STAMP),
        Command("composer.kinds", tr("Another kind of letter"), page.head.open_kinds),
        Command("composer.correct", tr("Correct it…"), page.correct, enabled=left, menu="edit"),
        Command(
            *("composer.throw", tr("Throw this letter away"), page.throw_away),
            enabled=page.may_throw,
            menu="edit",
            also=tr("discard delete draft false alarm"),
        ),
    )


__all__ = ["Composer", "commands"]
