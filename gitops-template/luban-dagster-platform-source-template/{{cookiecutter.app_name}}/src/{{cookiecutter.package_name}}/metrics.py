"""Exports what the platform's storage says as gauges, as the OTEL_* variables ask for."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter
from dagster._core.scheduler.instigation import InstigatorStatus, InstigatorType
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricExporter, PeriodicExportingMetricReader

QUEUED = RunsFilter(statuses=[DagsterRunStatus.QUEUED])
IN_PROGRESS = RunsFilter(
    statuses=[DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
)

Reading = Callable[[DagsterInstance, float], Mapping[str, float]]


def queued(instance: DagsterInstance, now: float) -> Mapping[str, float]:
    return {"": float(instance.get_runs_count(QUEUED))}


def oldest_queued_age(instance: DagsterInstance, now: float) -> Mapping[str, float]:
    records = instance.get_run_records(QUEUED, limit=1, ascending=True)
    return {"": max([now - record.create_timestamp.timestamp() for record in records], default=0.0)}


def in_progress(instance: DagsterInstance, now: float) -> Mapping[str, float]:
    return {"": float(instance.get_runs_count(IN_PROGRESS))}


def running(kind: InstigatorType) -> Reading:
    def read(instance: DagsterInstance, now: float) -> Mapping[str, float]:
        wanted = {InstigatorStatus.RUNNING, InstigatorStatus.DECLARED_IN_CODE}
        found = instance.all_instigator_state(instigator_type=kind, instigator_statuses=wanted)
        return {"": float(len(found))}

    return read


def heartbeat_age(instance: DagsterInstance, now: float) -> Mapping[str, float]:
    return {name: now - beat.timestamp for name, beat in instance.get_daemon_heartbeats().items()}


def daemon_errors(instance: DagsterInstance, now: float) -> Mapping[str, float]:
    return {name: float(len(beat.errors or [])) for name, beat in instance.get_daemon_heartbeats().items()}


# Name, unit and what is read; where a reading has several values, each is called after a daemon.
GAUGES: dict[str, tuple[str, Reading]] = {
    "dagster.runs.queued": ("{run}", queued),
    "dagster.runs.queued.oldest_age": ("s", oldest_queued_age),
    "dagster.runs.in_progress": ("{run}", in_progress),
    "dagster.schedules.running": ("{schedule}", running(InstigatorType.SCHEDULE)),
    "dagster.sensors.running": ("{sensor}", running(InstigatorType.SENSOR)),
    "dagster.daemon.heartbeat_age": ("s", heartbeat_age),
    "dagster.daemon.errors": ("{error}", daemon_errors),
}


def observe(instance: DagsterInstance, reading: Reading) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def callback(options: CallbackOptions) -> Iterable[Observation]:
        for name, value in reading(instance, time.time()).items():
            yield Observation(value, {"daemon": name} if name else {})

    return callback


def exporter(protocol: str) -> MetricExporter:
    """One of the two that OTEL_EXPORTER_OTLP_PROTOCOL may name."""
    if protocol == "grpc":
        from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter

        return OTLPMetricExporter()
    if protocol == "http/protobuf":
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as OverHttp

        return OverHttp()
    raise SystemExit(f"OTEL_EXPORTER_OTLP_PROTOCOL is {protocol}; expected grpc or http/protobuf")


def provide(instance: DagsterInstance, reader: PeriodicExportingMetricReader) -> MeterProvider:
    provider = MeterProvider(metric_readers=[reader])
    meter = provider.get_meter("dagster")
    for name, (unit, reading) in GAUGES.items():
        meter.create_observable_gauge(name, [observe(instance, reading)], unit)
    return provider


def main() -> None:
    """Exports until it is asked to stop."""
    reader = PeriodicExportingMetricReader(exporter(os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
    provider = provide(DagsterInstance.get(), reader)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    stopped.wait()
    provider.shutdown()


if __name__ == "__main__":
    main()
