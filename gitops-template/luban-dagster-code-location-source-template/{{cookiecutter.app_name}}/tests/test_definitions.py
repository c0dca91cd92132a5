import dagster as dg

from {{ cookiecutter.package_name }}.assets import Order, every_order_is_there_once, orders, sold_cents_by_item
from {{ cookiecutter.package_name }}.definitions import defs


def test_dagster_can_load_all_of_it() -> None:
    dg.Definitions.validate_loadable(defs)

    assert defs.resolve_schedule_def("daily_orders_schedule").cron_schedule == "0 5 * * *"


def test_what_was_sold_adds_up() -> None:
    result = dg.materialize([orders, sold_cents_by_item, every_order_is_there_once])

    assert result.success
    assert result.output_for_node("sold_cents_by_item") == {"book": 2500, "lamp": 3999}
    assert [check.passed for check in result.get_asset_check_evaluations()] == [True]


def test_an_order_that_comes_twice_is_found() -> None:
    assert not every_order_is_there_once([Order("1", "book", 1), Order("1", "book", 1)]).passed
