import { z } from 'zod';
import { parseConfigData } from './parse-config-data.ts';

const port = z.coerce.number().int().min(1).max(65_535);

let built: ReturnType<typeof build> | undefined;

/**
 * The keys of the ConfigMap `luban-dagster-config`, all of them text there. Built when it is first asked for: few steps
 * know Dagster.
 */
export function DagsterConfig(): ReturnType<typeof build> {
  built ??= build();
  return built;
}
export type DagsterConfig = z.output<ReturnType<typeof build>>;

function build() {
  return z.strictObject({
    dagster_version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'expected a release of Dagster, for example 1.12.19')
      .default('1.12.19')
      .describe('Dagster of new platforms and code locations.'),
    dagster_image: z
      .string()
      .regex(/^[a-z0-9./:_-]+$/, 'expected an image repository, without a tag')
      .default('docker.io/dagster/dagster-celery-k8s')
      .describe('Image that runs until the first deployment, with dagster_version as its tag.'),
    postgres_version: z
      .string()
      .regex(/^\d+(?:\.\d+)?$/, 'expected a release of PostgreSQL, for example 18.2')
      .default('18.2')
      .describe('PostgreSQL of new platforms.'),
    platform_port: port.default(3000).describe('Port that the webserver listens on.'),
    code_location_port: port.default(3000).describe('Port that code locations serve gRPC on.'),
    run_job_ttl_seconds_after_finished: z.coerce
      .number()
      .int()
      .min(0)
      .default(86_400)
      .describe('Seconds that the Job of a run stays after its end.'),
  });
}

/**
 * Reads the data of the ConfigMap.
 *
 * @throws InputError naming every unknown key and every bad value at once
 */
export function parseDagsterConfig(data: Readonly<Record<string, string>>): DagsterConfig {
  return parseConfigData(DagsterConfig(), 'luban-dagster-config', data);
}
