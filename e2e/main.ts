import { fileURLToPath } from 'node:url';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';
import { closingLine } from '../tools/testing/src/closing-line-reporter.ts';
import { cacheFolder, clusterCache } from './cache-folder.ts';
import { authorityFile } from './cluster/authority.ts';
import { clusterForTests } from './cluster-for-tests.ts';
import { providePrograms } from './provide-programs.ts';

/**
 * `make e2e`: brings what the tests want, runs them, and counts a test that was skipped as a failure. The cluster comes
 * after the tests that do without: it would take a share of the processors from them.
 */
const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const cache = cacheFolder(environment);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { path, missing } = await providePrograms(cache, environment, say);
process.env['PATH'] = path;
const withPrograms = await runTests('programs');
const cluster = await clusterForTests(clusterCache(environment), environment, say);
if (cluster.missing !== undefined) missing.push(cluster.missing);
// Read by Node when it starts, so that it reaches the processes of the tests, which talk with the cluster's forge.
else process.env['NODE_EXTRA_CA_CERTS'] = authorityFile({ cache: clusterCache(environment) }, 'ca.crt');
const inCluster = await runTests('cluster');
await cluster[Symbol.asyncDispose]();
const modules = [...withPrograms, ...inCluster];
const skipped = skippedTests(modules);
for (const sentence of missing) process.stderr.write(`! ${sentence}\n`);
for (const test of skipped) process.stderr.write(`✗ skipped: ${test.module.relativeModuleId}: ${test.fullName}\n`);
// What cannot be brought here is said, and its tests may be skipped; without that, none may.
if (skipped.length > 0 && missing.length === 0) process.exitCode = 1;
say(`\n${closingLine(modules)}`);

/** Of one project of e2e/vitest.config.ts. */
async function runTests(project: string): Promise<TestModule[]> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const vitest = await startVitest('test', [], {
    root,
    config: 'e2e/vitest.config.ts',
    project,
    reporters: [['default', { summary: false }]],
    watch: false,
  });
  const modules = vitest.state.getTestModules();
  await vitest.close();
  return modules;
}

function skippedTests(modules: readonly TestModule[]): TestCase[] {
  return modules.flatMap((module) =>
    [...module.children.allTests()].filter((test) => test.result().state === 'skipped'),
  );
}
