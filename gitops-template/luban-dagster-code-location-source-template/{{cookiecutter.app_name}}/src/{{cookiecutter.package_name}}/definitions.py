"""Everything that Dagster is to know of this code location."""

import dagster as dg

from {{ cookiecutter.package_name }} import assets

daily_orders = dg.define_asset_job("daily_orders", selection=dg.AssetSelection.groups("orders"))

every_morning = dg.ScheduleDefinition(
    job=daily_orders,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
)

defs = dg.Definitions(
    assets=dg.load_assets_from_modules([assets]),
    asset_checks=dg.load_asset_checks_from_modules([assets]),
    jobs=[daily_orders],
    schedules=[every_morning],
)
