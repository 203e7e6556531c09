"""The real encrypted store, and Maya's case in it."""

from tests.records import clock, maya, mayas_case, store, template

__all__ = ["clock", "maya", "mayas_case", "store", "template"]
