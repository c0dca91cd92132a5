import time
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRunStatus
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.test_utils import create_run_for_test
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from {{ cookiecutter.package_name }}.metrics import GAUGES, exporter, oldest_queued_age, provide

LOCATION = GrpcServerCodeLocationOrigin(host="etl-jobs", port=3000, location_name="etl-jobs")
ORIGIN = RemoteJobOrigin(RemoteRepositoryOrigin(LOCATION, "__repository__"), "daily_orders")


def test_every_gauge_is_read_from_the_storage(tmp_path: Path) -> None:
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        create_run_for_test(instance, status=DagsterRunStatus.QUEUED, remote_job_origin=ORIGIN)
        create_run_for_test(instance, status=DagsterRunStatus.STARTED)
        reader = InMemoryMetricReader()
        provider = provide(instance, reader)

        data = reader.get_metrics_data()
        provider.shutdown()

    found = {
        metric.name: [point.value for point in metric.data.data_points]
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    assert found["dagster.runs.queued"] == [1]
    assert found["dagster.runs.in_progress"] == [1]
    assert found["dagster.sensors.running"] == [0]
    assert set(found) <= set(GAUGES)


def test_the_age_of_the_queue_is_that_of_its_oldest_run(tmp_path: Path) -> None:
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        empty = oldest_queued_age(instance, time.time())
        create_run_for_test(instance, status=DagsterRunStatus.QUEUED, remote_job_origin=ORIGIN)

        age = oldest_queued_age(instance, time.time() + 60)

    assert empty == {"": 0.0}
    assert 59 < age[""] < 120


def test_a_protocol_that_nobody_speaks_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="expected grpc or http/protobuf"):
        exporter("carrier-pigeon")
