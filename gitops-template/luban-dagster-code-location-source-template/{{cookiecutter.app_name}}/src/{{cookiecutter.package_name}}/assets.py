"""Orders of a day, and what was sold in total."""

from dataclasses import dataclass

import dagster as dg


@dataclass(frozen=True)
class Order:
    """What somebody bought; the price in cents."""

    id: str
    item: str
    cents: int


@dg.asset(group_name="orders", kinds={"python"})
def orders(context: dg.AssetExecutionContext) -> list[Order]:
    """What was ordered. Put in its place what reads your source."""
    found = [Order("1001", "book", 1250), Order("1002", "lamp", 3999), Order("1003", "book", 1250)]
    context.add_output_metadata({"orders": len(found)})
    return found


@dg.asset(group_name="orders", kinds={"python"})
def sold_cents_by_item(context: dg.AssetExecutionContext, orders: list[Order]) -> dict[str, int]:
    """Cents by item."""
    total: dict[str, int] = {}
    for order in orders:
        total[order.item] = total.get(order.item, 0) + order.cents
    context.add_output_metadata({"items": len(total), "cents": sum(total.values())})
    return total


@dg.asset_check(asset=orders, blocking=True)
def every_order_is_there_once(orders: list[Order]) -> dg.AssetCheckResult:
    """Nothing is sold twice."""
    ids = [order.id for order in orders]
    return dg.AssetCheckResult(passed=len(ids) == len(set(ids)), metadata={"orders": len(ids)})
