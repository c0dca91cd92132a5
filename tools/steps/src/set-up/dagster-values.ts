import type { Conventions, DagsterConfig } from '@luban-ci/conventions';
import type { TemplateValues } from '../capabilities/templates.ts';

/** Variables of the Dagster templates; others have none of them, and a template takes what it has variables for. */
export function dagsterValues(config: DagsterConfig): TemplateValues {
  return {
    dagster_version: config.dagster_version,
    placeholder_image_name: config.dagster_image,
    placeholder_image_tag: config.dagster_version,
    postgres_version: config.postgres_version,
    platform_port: String(config.platform_port),
    code_location_port: String(config.code_location_port),
    run_job_ttl_seconds_after_finished: String(config.run_job_ttl_seconds_after_finished),
  };
}

/** Where telemetry goes, as far as luban-config says. */
export function telemetryValues({ config }: Conventions): TemplateValues {
  const { otel_exporter_otlp_endpoint: endpoint, otel_exporter_otlp_protocol: protocol } = config;
  return {
    ...(endpoint === undefined ? {} : { otel_exporter_otlp_endpoint: endpoint }),
    ...(protocol === undefined ? {} : { otel_exporter_otlp_protocol: protocol }),
  };
}
