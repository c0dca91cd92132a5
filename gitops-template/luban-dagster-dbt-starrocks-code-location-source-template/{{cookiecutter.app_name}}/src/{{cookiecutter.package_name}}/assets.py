"""Seeds, models and tests of dbt, as assets and checks."""

from collections.abc import Iterator

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

from {{ cookiecutter.package_name }}.project import project


@dbt_assets(manifest=project.manifest_path, project=project)
def dbt_models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[object]:
    """All of them in one run of dbt, in its own order."""
    yield from dbt.cli(["build"], context=context).stream()
