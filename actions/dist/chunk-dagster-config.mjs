import { Ct as strictObject, lt as number, wt as string } from "./chunk-base.mjs";
import { t as parseConfigData } from "./chunk-parse-config-data.mjs";
// tools/conventions/src/dagster-config.ts
const port = number().int().min(1).max(65535);
let built;
function DagsterConfig() {
	built ??= build();
	return built;
}
function build() {
	return strictObject({
		dagster_version: string().regex(/^\d+\.\d+\.\d+$/, "expected a release of Dagster, for example 1.12.19").default("1.12.19").describe("Dagster of new platforms and code locations."),
		dagster_image: string().regex(/^[a-z0-9./:_-]+$/, "expected an image repository, without a tag").default("docker.io/dagster/dagster-celery-k8s").describe("Image that runs until the first deployment, with dagster_version as its tag."),
		postgres_version: string().regex(/^\d+(?:\.\d+)?$/, "expected a release of PostgreSQL, for example 18.2").default("18.2").describe("PostgreSQL of new platforms."),
		platform_port: port.default(3e3).describe("Port that the webserver listens on."),
		code_location_port: port.default(3e3).describe("Port that code locations serve gRPC on."),
		run_job_ttl_seconds_after_finished: number().int().min(0).default(86400).describe("Seconds that the Job of a run stays after its end.")
	});
}
function parseDagsterConfig(data) {
	return parseConfigData(DagsterConfig(), "luban-dagster-config", data);
}
export { parseDagsterConfig as n, DagsterConfig as t };
