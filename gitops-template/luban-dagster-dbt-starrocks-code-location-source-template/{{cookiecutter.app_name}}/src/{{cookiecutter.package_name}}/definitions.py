"""Everything that Dagster is to know of this code location."""

import dagster as dg
from dagster_dbt import DbtCliResource

from {{ cookiecutter.package_name }}.assets import dbt_models
from {{ cookiecutter.package_name }}.project import dbt_program, project

daily_build = dg.define_asset_job("daily_build", selection=dg.AssetSelection.assets(dbt_models))

every_morning = dg.ScheduleDefinition(
    job=daily_build,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
)

defs = dg.Definitions(
    assets=[dbt_models],
    jobs=[daily_build],
    schedules=[every_morning],
    resources={"dbt": DbtCliResource(project_dir=project, dbt_executable=dbt_program())},
)
