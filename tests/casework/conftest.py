"""The real encrypted store, and Maya's case in it."""

from tests.records import clock, maya, store, template

__all__ = ["clock", "maya", "store", "template"]
