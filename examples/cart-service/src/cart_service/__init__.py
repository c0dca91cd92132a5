"""Answers with the total of a shopping cart."""

__version__ = "0.1.0"
