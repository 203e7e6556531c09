"""The desk of an independent behavioral-health case manager."""

__version__ = "0.1.0"
