"""After a consent has ended: what relied on it, and the notice in writing when it comes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import consent_form, relied
from cmdesk.casework.relied import Relied
from cmdesk.rules.codes import Channel
from cmdesk.rules.periods import span
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.form_file import Choose, FormFile
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label

SHOWN = 8  # letters named one by one


def lines(desk: Desk, found: Relied) -> list[str]:
    """Say what relied on a consent, a line each: first what waits, then what left."""
    words, name = desk.words, desk.privacy.name
    begun = words.tr("Begun for {reader}: {period}. Checked again before it can leave.")
    left = words.tr("{day}: {what}, to {reader}. {how}.")
    more = len(found.told) - SHOWN
    said = [
        begun.format(reader=name(each.recipient), period=span(each.first, each.last))
        for each in found.open
    ]
    said += [
        left.format(
            day=words.short_day(each.at.date()),
            what=each.what,
            reader=name(each.recipient),
            how=words.tr(Channel(each.channel).label),
        )
        for each in found.told[:SHOWN]
    ]
    if more > 0:
        said.append(words.tr("And {n} more, in the activity record.").format(n=more))
    return said or [words.tr("Nothing left on this consent, and no letter waits for it.")]


class ConsentRelied(QWidget):
    """Out of sight until a consent has ended. Signals `failed(object)`, `view_asked(int)`."""

    failed = Signal(object)
    view_asked = Signal(int)

    def __init__(self, desk: Desk, client_id: int, choose: Choose) -> None:
        super().__init__()
        self._desk, self._client_id = desk, client_id
        self._consent_id: int | None = None
        tr = desk.words.tr
        whole = column(self, gap=8)
        whole.addWidget(Label(tr("What relied on it"), "label", "text2"))
        self._body = column(gap=4)
        whole.addLayout(self._body)
        kept = tr("What was shared before stays shared. Nothing more goes out on it.")
        whole.addWidget(Label(kept, "small", "text2", wrap=True))
        self.notice = FormFile(tr, choose, tr("Notice in writing"))
        self.notice.attached.connect(self._on_attached)
        self.notice.failed.connect(self.failed)
        self.notice.view_asked.connect(self.view_asked)
        whole.addWidget(self.notice)
        self.said: list[str] = []
        self.hide()

    def show_consent(self, consent_id: int) -> None:
        """Ask anew what relied on this one, and show it."""
        ask = self._desk.ask
        self._consent_id = consent_id
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.said = lines(self._desk, ask(relied.on, consent_id))
        for text in self.said:
            self._body.addWidget(Label(text, "body", wrap=True))
        document = ask(consent_form.ended, consent_id).document_id
        self.notice.show_file(document, ask(consent_form.file_name, self._client_id, document))
        self.show()

    def _on_attached(self, content: bytes, name: str) -> None:
        def kept(document_id: int) -> None:
            self.notice.show_file(document_id, name)

        if self._consent_id is None:
            return
        act = Act(self._desk.words.tr("File a notice in writing"))
        args = (self._client_id, self._consent_id, content, name)
        self._desk.do(self, act, consent_form.file_notice, *args).then(kept).otherwise(
            self.failed.emit
        )
