"""The real encrypted store, and Maya's case in it."""

from tests.records import case, clock, maya, store, template

__all__ = ["case", "clock", "maya", "store", "template"]
