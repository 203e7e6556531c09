"""Kinds of letters are changed, copied, left out and taken back in the settings."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.casework import letter_templates, spelling
from cmdesk.store.store import Store
from cmdesk.ui.dialogs.letter_template import LetterTemplateDialog
from cmdesk.ui.parts.setting_row import SettingRow
from cmdesk.ui.settings.letters import LettersSection
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone
from tests.ui.settings.conftest import Open

pytestmark = pytest.mark.usefixtures("no_keychain")


def dialog_of(shown: LettersSection) -> LetterTemplateDialog:
    QApplication.processEvents()
    return shown.window().findChildren(LetterTemplateDialog)[-1]


def test_a_kind_of_letter_is_changed_copied_and_taken_back(
    opened: Open, store: Store, said: Said, qtbot: QtBot
) -> None:
    (shown,) = opened("letters").findChildren(LettersSection)
    assert shown.narrow("crisis") == 1
    assert shown.narrow("") == 10 + 1

    assert "None yet" in " ".join(row.spoken() for row in shown.words.findChildren(SettingRow))
    store.do("Add", spelling.add_word, "Okonedo")
    qtbot.waitUntil(lambda: shown.narrow("okonedo") == 1)
    shown._remove_word("Okonedo")
    qtbot.waitUntil(lambda: store.ask(spelling.words_added) == ())

    shown._open("weekly", "en")
    dialog = dialog_of(shown)
    first = [part[1] for part in dialog.draft.parts]
    assert first[:2] == ["glance", "happened"]
    opening = dialog.draft.opening
    dialog.parts.rows[1].moved.emit(-1)
    dialog.parts.rows[-1].removed.emit()
    dialog.parts.kind.choose("text")
    dialog.parts.add_button.click()
    dialog.parts.rows[-1].title.setText("Key dates")
    dialog.parts.rows[-1].words.set_text("To be read with {nobody}.")
    dialog.save()
    assert dialog.field("opening").fault == "Nothing fills in {nobody}."
    dialog.parts.rows[-1].words.set_text("With {name}.")
    dialog.save()
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == "Kind of letter saved"
    kept = store.ask(letter_templates.of, "weekly")
    assert [part.key for part in kept.parts] == ["happened", "glance", *first[2:-1], "text"]
    assert (kept.parts[-1].words, kept.opening) == ("With {name}.", opening)
    assert store.ask(letter_templates.of, "weekly", "es").opening != opening  # theirs stay

    shown._open("weekly", "en")
    again = dialog_of(shown)
    again.reset_button.click()
    qtbot.waitUntil(gone(again))
    assert [part.key for part in store.ask(letter_templates.of, "weekly").parts] == first

    shown._copy("weekly")
    copied = dialog_of(shown)
    copied.save()
    qtbot.waitUntil(gone(copied))
    kinds = store.ask(letter_templates.listed)
    assert (kinds[-1].code, kinds[-1].own) == ("weekly_2", False)
    shown.refresh()
    shown._hide(kinds[-1])
    qtbot.waitUntil(lambda: len(store.ask(letter_templates.listed)) == len(kinds) - 1)
