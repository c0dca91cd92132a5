import { fileURLToPath } from 'node:url';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';
import { cacheFolder, clusterCache } from './cache-folder.ts';
import { authorityFile } from './cluster/authority.ts';
import { clusterForTests } from './cluster-for-tests.ts';
import { providePrograms } from './provide-programs.ts';

/** `make e2e`: brings what the tests want, a cluster among it, runs them, and counts a test that was skipped as a failure. */
const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const cache = cacheFolder(environment);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { path, missing } = await providePrograms(cache, environment, say);
process.env['PATH'] = path;
const cluster = await clusterForTests(clusterCache(environment), environment, say);
if (cluster.missing !== undefined) missing.push(cluster.missing);
// Read by Node when it starts, so that it reaches the processes of the tests, which talk with the cluster's forge.
else process.env['NODE_EXTRA_CA_CERTS'] = authorityFile({ cache: clusterCache(environment) }, 'ca.crt');
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = await startVitest('test', [], { root, config: 'e2e/vitest.config.ts', watch: false });
const skipped = skippedTests(vitest.state.getTestModules());
await vitest.close();
await cluster[Symbol.asyncDispose]();
for (const sentence of missing) process.stderr.write(`! ${sentence}\n`);
for (const test of skipped) process.stderr.write(`✗ skipped: ${test.module.relativeModuleId}: ${test.fullName}\n`);
// What cannot be brought here is said, and its tests may be skipped; without that, none may.
if (skipped.length > 0 && missing.length === 0) process.exitCode = 1;

function skippedTests(modules: readonly TestModule[]): TestCase[] {
  return modules.flatMap((module) =>
    [...module.children.allTests()].filter((test) => test.result().state === 'skipped'),
  );
}
