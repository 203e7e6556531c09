"""Colours, fonts and the style sheet, applied to the whole application at once."""

import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessibilityHints,
    QColor,
    QFontDatabase,
    QGuiApplication,
    QPalette,
    QStyleHints,
)
from PySide6.QtWidgets import QApplication

from cmdesk.ui import icons
from cmdesk.ui.look import Look, font, hold_again
from cmdesk.ui.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens

Scheme = Literal["light", "dark", "system"]
Contrast = Literal["system", "more"]

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
RESOURCES = Path(__file__).parents[1] / "resources"


@cache
def register_fonts(family: str) -> None:
    """Make bundled faces known to Qt, so that widths are equal on every system."""
    for file in (RESOURCES / "fonts").glob(f"{family}_*.ttf"):
        QFontDatabase.addApplicationFontFromData(file.read_bytes())


@cache
def contrast_hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """Give what the system says of contrast, with what it belongs to.

    Both are held for good: PySide6 6.12.0 gives out a dead object once the first was let go.
    """
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def style_sheet(tokens: Tokens, scale: int = 100) -> str:
    """Fill in the only style sheet: `@name` is a token, `12dp` a size that scales."""
    text = (RESOURCES / "theme.qss").read_text(encoding="utf-8")
    text = re.sub(r"(\d+)dp", lambda match: f"{round(int(match[1]) * scale / 100)}px", text)
    values = asdict(tokens)
    return re.sub(r"@([a-z_0-9]+)", lambda match: values[match[1]], text)


def palette(tokens: Tokens) -> QPalette:
    """Give the same colours to what Qt draws by itself."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, value in {
        roles.Window: tokens.bg,
        roles.WindowText: tokens.text,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.sunken,
        roles.Text: tokens.text,
        roles.PlaceholderText: tokens.text3,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.crit,
        roles.Highlight: tokens.fill,
        roles.HighlightedText: tokens.on_fill,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.ToolTipBase: tokens.text,
        roles.ToolTipText: tokens.bg,
        roles.Light: tokens.surface,
        roles.Midlight: tokens.hover,
        roles.Mid: tokens.border,
        roles.Dark: tokens.border_strong,
        roles.Shadow: tokens.border_strong,
        roles.Accent: tokens.fill,
    }.items():
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return made


class Theme(QObject):
    """Keeps the application in its scheme. `changed` tells what can't see a style change."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        scheme: Scheme = "system",
        scale: int = 100,
        contrast: Contrast = "system",
    ) -> None:
        super().__init__(app)
        self._app, self._scale = app, scale
        self._scheme: Scheme = scheme
        self._contrast: Contrast = contrast
        register_fonts("Inter")
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        contrast_hints()[1].contrastPreferenceChanged.connect(self._on_scheme_changed)
        self._ask_system()
        self._apply()

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def scale(self) -> int:
        return self._scale

    def choose(self, scheme: Scheme) -> None:
        """Follow the system, or stay light or dark."""
        self._scheme = scheme
        self._ask_system()
        self._apply()

    def zoom(self, step: int, *, usual: bool = False) -> int:
        """Take a text size so many steps larger or smaller, or 100 % (0); answers per cent.

        With `usual` the steps are counted from 100 %.
        """
        before = 100 if usual or not step else self._scale
        place = SCALES.index(min(SCALES, key=lambda scale: abs(scale - before)))
        wanted = SCALES[max(0, min(len(SCALES) - 1, place + step))]
        if wanted != self._scale:
            self._scale = wanted
            self._apply()
        return self._scale

    def follow(self, scheme: Scheme, scale: int) -> None:
        """Take what the settings say, if it is anything new."""
        if scheme == self._scheme and scale == self._scale:
            return
        self._scheme, self._scale = scheme, scale
        self._ask_system()
        self._apply()

    def prefer_contrast(self, contrast: Contrast) -> None:
        """Take as much contrast as the system asks for, or more whatever it asks."""
        self._contrast = contrast
        self._on_scheme_changed()

    def _ask_system(self) -> None:
        wanted = {
            "light": Qt.ColorScheme.Light,
            "dark": Qt.ColorScheme.Dark,
            "system": Qt.ColorScheme.Unknown,
        }
        self._app.styleHints().setColorScheme(wanted[self._scheme])

    def _wanted(self) -> Tokens:
        dark = self._scheme == "dark"
        if self._scheme == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        asked = contrast_hints()[1].contrastPreference()
        if self._contrast == "more" or asked == Qt.ContrastPreference.HighContrast:
            return DARK_CONTRAST if dark else LIGHT_CONTRAST
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        Look.tokens, Look.scale = self._wanted(), self._scale
        icons.forget()
        # A sheet that replaces another is put on each widget again for every parent it has, which
        # takes five times as long: so the old one goes first.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(Look.tokens))
        self._app.setFont(font("body"))
        self._app.setStyleSheet(style_sheet(Look.tokens, Look.scale))
        for widget in self._app.allWidgets():
            hold_again(widget)
        self.changed.emit()

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self._wanted() is not Look.tokens:
            self._apply()


def apply(
    app: QApplication,
    scheme: Scheme = "system",
    scale: int = 100,
    contrast: Contrast = "system",
) -> Theme:
    """Dress the application; the answer changes scheme, text size and contrast later."""
    return Theme(app, scheme, scale, contrast)
