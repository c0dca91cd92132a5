import dagster as dg

from {{ cookiecutter.package_name }}.assets import dbt_models
from {{ cookiecutter.package_name }}.definitions import defs


def test_dagster_can_load_all_of_it() -> None:
    dg.Definitions.validate_loadable(defs)

    assert defs.resolve_schedule_def("daily_build_schedule").cron_schedule == "0 5 * * *"


def test_what_dbt_makes_are_assets_in_their_order() -> None:
    upstream = {key.path[-1]: sorted(each.path[-1] for each in above) for key, above in dbt_models.asset_deps.items()}

    assert upstream == {"raw_orders": [], "stg_orders": ["raw_orders"], "sold_by_day": ["stg_orders"]}


def test_what_dbt_tests_are_checks() -> None:
    checked = sorted({key.asset_key.path[-1] for key in dbt_models.check_keys})

    assert checked == ["sold_by_day", "stg_orders"]
