"""Discounts as data."""

from collections.abc import Iterable
from dataclasses import dataclass

__version__ = "1.2.0"


@dataclass(frozen=True)
class Rule:
    """From `minimum` cents on, `percent` of the sum is taken off."""

    minimum: int
    percent: int


def total(prices: Iterable[int], rules: Iterable[Rule] = ()) -> int:
    """The sum of prices in cents, with the best rule that applies."""
    full = sum(prices)
    percent = max((rule.percent for rule in rules if full >= rule.minimum), default=0)
    return full - full * percent // 100
