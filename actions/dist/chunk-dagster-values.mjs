// tools/steps/src/set-up/dagster-values.ts
function dagsterValues(config) {
	return {
		dagster_version: config.dagster_version,
		placeholder_image_name: config.dagster_image,
		placeholder_image_tag: config.dagster_version,
		postgres_version: config.postgres_version,
		platform_port: String(config.platform_port),
		code_location_port: String(config.code_location_port),
		run_job_ttl_seconds_after_finished: String(config.run_job_ttl_seconds_after_finished)
	};
}
function telemetryValues({ config }) {
	const { otel_exporter_otlp_endpoint: endpoint, otel_exporter_otlp_protocol: protocol } = config;
	return {
		...endpoint === void 0 ? {} : { otel_exporter_otlp_endpoint: endpoint },
		...protocol === void 0 ? {} : { otel_exporter_otlp_protocol: protocol }
	};
}
export { telemetryValues as n, dagsterValues as t };
