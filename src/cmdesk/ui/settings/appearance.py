"""Appearance: light or dark, how much contrast, and how large the text stands."""

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.setting_row import SettingGroup, SettingRow, widen
from cmdesk.ui.settings.section import Section
from cmdesk.ui.theme import SCALES
from cmdesk.ui.widgets.choice import Choice


class AppearanceSection(Section):
    """This computer's looks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "appearance", desk.words.tr("Appearance"), Icon.PALETTE)
        tr = self.tr_
        schemes = [
            ("system", tr("As the computer")),
            ("light", tr("Light")),
            ("dark", tr("Dark")),
        ]
        self.scheme = Choice(schemes, tr("Light or dark"), kind="")
        self.scheme.chosen.connect(self._on_scheme)
        contrasts = [("system", tr("As the computer")), ("more", tr("More contrast"))]
        self.contrast = Choice(contrasts, tr("Contrast"), kind="")
        self.contrast.chosen.connect(self._on_contrast)
        sizes = [(scale, f"{scale} %") for scale in SCALES]
        self.text_size = Choice(sizes, tr("Text size"), kind="")
        self.text_size.chosen.connect(self._on_size)
        self.add_group(
            SettingGroup(
                tr("On this computer"),
                [
                    SettingRow(
                        tr("Light or dark"),
                        tr("Letters are white paper in both"),
                        widen(self.scheme),
                    ),
                    SettingRow(
                        tr("Contrast"),
                        tr("Stronger words and lines, in light and in dark"),
                        widen(self.contrast),
                    ),
                    SettingRow(
                        tr("Text size"),
                        tr("Also Ctrl + and Ctrl – on every page"),
                        widen(self.text_size),
                    ),
                ],
            )
        )

    def refresh(self) -> None:
        self.scheme.choose(self.desk.settings.now.scheme)
        self.contrast.choose(self.desk.settings.now.contrast)
        self.text_size.choose(self.desk.settings.now.text_size)

    def _on_size(self, value: object) -> None:
        if isinstance(value, int):
            self.desk.settings.change(text_size=value)

    def _on_contrast(self, value: object) -> None:
        self.desk.settings.change(contrast=str(value))

    def _on_scheme(self, value: object) -> None:
        self.desk.settings.change(scheme=str(value))
