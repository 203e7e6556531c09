"""Security: how the records open and lock, what shows on the screen, and what leaves the laptop."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.store import keychain, security
from cmdesk.store.keychain import Keychain
from cmdesk.store.security import SecurityFacts
from cmdesk.store.store import Store
from cmdesk.ui import capture
from cmdesk.ui.clock_face import local
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.change_passphrase import ChangePassphrase
from cmdesk.ui.dialogs.keychain_cost import KeychainCost
from cmdesk.ui.dialogs.new_data_key import NewDataKey
from cmdesk.ui.dialogs.new_sheet import open_sheet
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.setting_row import AlwaysOn, SettingGroup, SettingRow, widen
from cmdesk.ui.parts.when import near_date
from cmdesk.ui.settings.section import Section
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.checks import Switch
from cmdesk.ui.widgets.choice import Choice

LOCK_AFTER = (1, 2, 5, 10, 15, 20, 30)  # minutes
CLEAR_AFTER = (10, 30, 60, 120)  # seconds


def use(store: Store, chain: Keychain) -> None:
    security.use_keychain(store, chain)


def stop(store: Store, chain: Keychain) -> None:
    security.stop_keychain(store, chain)


def _button(words: str, act: Callable[[], object]) -> Button:
    made = Button(words)
    made.clicked.connect(act)
    return made


class SecuritySection(Section):
    """Signal `sheet_told(object, bool)`: when the recovery sheet was proved, and if it is owed."""

    sheet_told = Signal(object, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "security", desk.words.tr("Security"), Icon.LOCK)
        self._chain: Keychain | None = None
        self._looked, self._owed = False, False
        self.add_group(self._opening())
        self.add_group(self._on_screen())
        self.add_group(self._leaving())
        desk.privacy.changed.connect(self._show_settings)

    def _opening(self) -> SettingGroup:
        tr, words = self.tr_, self.desk.words
        self.lock_after = Choice(
            [(m, words.ntr("{n} minute", "{n} minutes", m).format(n=m)) for m in LOCK_AFTER],
            tr("Lock after no activity"),
            kind="",
        )
        self.lock_after.chosen.connect(self._on_lock_after)
        idle = SettingRow(
            tr("Lock after no activity"),
            tr("Also when the lid closes or the computer sleeps"),
            widen(self.lock_after),
        )
        tries = SettingRow(
            tr("Wait longer after wrong tries"),
            tr("1 second after the first, then 2, 4, up to 30"),
            AlwaysOn(words),
        )
        first, *ways = self._ways_in()
        return SettingGroup(tr("Opening and locking"), [first, idle, tries, *ways])

    def _ways_in(self) -> list[SettingRow]:
        tr = self.tr_
        self.change = _button(tr("Change passphrase"), self._on_change)
        self.passphrase = SettingRow(tr("Passphrase"), tr("Opens your records"), self.change)
        sheet = _button(tr("Print a new sheet"), self.open_sheet)
        self.sheet_row = SettingRow(
            tr("Recovery sheet"), tr("The only way in if you forget your passphrase"), sheet
        )
        title = tr("Open with this computer’s keychain")
        self.chain_switch = Switch(title)
        self.chain_switch.clicked.connect(self._on_chain)
        looking = tr("Looking for one you can rely on")
        self.chain_row = SettingRow(title, looking, self.chain_switch)
        self.renew = _button(tr("Make a new key"), self._on_renew)
        effect = tr("Writes all records anew. For when somebody may hold the old key")
        renewing = SettingRow(tr("New data key"), effect, self.renew)
        return [self.passphrase, self.sheet_row, self.chain_row, renewing]

    def _on_screen(self) -> SettingGroup:
        tr, words = self.tr_, self.desk.words
        self.hide_names = Switch(tr("Hide names with F8"))
        self.hide_names.clicked.connect(self.desk.privacy.toggle)
        self.sharing = Switch(tr("Keep cmdesk out of screen sharing"))
        self.sharing.clicked.connect(self._on_sharing)
        self.sharing.setEnabled(capture.system() is not None)
        self.clear_copied = Choice(
            [
                (n, words.ntr("After {n} second", "After {n} seconds", n).format(n=n))
                for n in CLEAR_AFTER
            ],
            tr("Clear copied text"),
            kind="",
        )
        self.clear_copied.chosen.connect(self._on_clear_copied)
        return SettingGroup(
            tr("On screen"),
            [
                SettingRow(
                    tr("Hide names with F8"),
                    tr("Shows initials and hides amounts, for calls on shared screens"),
                    self.hide_names,
                ),
                SettingRow(
                    tr("Keep cmdesk out of screen sharing"),
                    self._sharing_words(),
                    self.sharing,
                ),
                SettingRow(
                    tr("Clear copied text"),
                    tr("Phone numbers and notes you copy"),
                    widen(self.clear_copied),
                ),
            ],
        )

    def _sharing_words(self) -> str:
        if capture.system() is None:
            return self.tr_("Not available on this computer: only Windows can. Use F8 instead")
        return self.tr_("Screens you share or record show nothing of it")

    def _leaving(self) -> SettingGroup:
        tr, words = self.tr_, self.desk.words
        return SettingGroup(
            tr("What leaves the laptop"),
            [
                SettingRow(
                    tr("Lock every PDF you export"),
                    tr("Each person has their own password, unless they asked for none"),
                    AlwaysOn(words),
                ),
                SettingRow(
                    tr("No temporary copies"),
                    tr("Previews and printing never touch the disk"),
                    AlwaysOn(words),
                ),
                SettingRow(
                    tr("Record every export"),
                    tr("Who, what, when, and under which consent"),
                    AlwaysOn(words),
                ),
            ],
        )

    def refresh(self) -> None:
        self._show_settings()
        self.desk.handle(self, security.facts).then(self._on_facts)
        if not self._looked:
            self._looked = True
            self.chain_switch.setEnabled(False)
            self.desk.run(self, keychain.system).then(self._on_chain_found)

    def _show_settings(self) -> None:
        now = self.desk.settings.now
        self.lock_after.choose(now.lock_after)
        self.clear_copied.choose(now.clear_copied)
        self.sharing.setChecked(now.hide_from_sharing and capture.system() is not None)
        self.hide_names.setChecked(self.desk.privacy.hidden)

    def _on_facts(self, facts: SecurityFacts) -> None:
        if facts.passphrase_changed:
            day = self._day(facts.passphrase_changed)
            self.passphrase.tell(self.tr_("Last changed {day}").format(day=day))
        self.chain_switch.setChecked(facts.keychain)
        self._owed = facts.recovery_owed
        self.sheet_told.emit(facts.recovery_confirmed, facts.recovery_owed)

    def _day(self, moment: datetime) -> str:
        today = local(self.desk.clock()).date()
        return near_date(self.desk.words, local(moment).date(), today)

    def _on_chain_found(self, chain: Keychain | None) -> None:
        self._chain = chain
        self.chain_switch.setEnabled(chain is not None)
        effect = self.tr_("Whoever can use your account here could open the records")
        if chain is None:
            effect = self.tr_("This computer has no keychain that cmdesk can rely on")
        self.chain_row.tell(effect)

    def _over(self) -> QWidget:
        return self.window()

    def _on_change(self) -> None:
        dialog = ChangePassphrase(self.desk)
        dialog.changed.connect(self.refresh)
        open_over(self._over(), dialog)

    def open_sheet(self) -> None:
        """Make a new recovery code and its sheet."""
        dialog = open_sheet(self.desk, self._over(), owed=self._owed)
        dialog.closed.connect(self.refresh)

    def _on_renew(self) -> None:
        open_over(self._over(), NewDataKey(self.desk))

    def _on_chain(self) -> None:
        """Turn it off at once; turning it on asks first, and stays off until it is done."""
        if self._chain is None:
            return
        if not self.chain_switch.isChecked():
            self._change_chain(partial(stop, chain=self._chain))
            return
        self.chain_switch.setChecked(False)
        dialog = KeychainCost(self.desk)
        dialog.agreed.connect(self._on_agreed)
        open_over(self._over(), dialog)

    def _on_agreed(self) -> None:
        if self._chain:
            self._change_chain(partial(use, chain=self._chain))

    def _change_chain(self, work: "partial[None]") -> None:
        self.desk.handle(self, work).then(self._on_chain_changed).otherwise(self._on_chain_failed)

    def _on_chain_changed(self, _nothing: None) -> None:
        self.refresh()

    def _on_chain_failed(self, error: BaseException) -> None:
        self.refresh()
        self.desk.say.failure(error)

    def _on_lock_after(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self.desk.settings.change(lock_after=minutes)

    def _on_clear_copied(self, seconds: object) -> None:
        if isinstance(seconds, int):
            self.desk.settings.change(clear_copied=seconds)

    def _on_sharing(self) -> None:
        self.desk.settings.change(hide_from_sharing=self.sharing.isChecked())
