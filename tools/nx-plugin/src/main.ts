import { fileURLToPath } from 'node:url';
import { readWorkspace } from './boundaries/read-workspace.ts';
import { brokenRules, unusedDependencies } from './boundaries/rules.ts';
import { architectureNow, architecturePage, writeLayerTable } from './boundaries/write-layer-table.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const workspace = await readWorkspace(root);

if (process.argv.includes('--check')) {
  const { is, should } = await architectureNow(root, workspace);
  const stale =
    is === should ? [] : [`${architecturePage} shows another layer table: run "make generate" and commit it`];
  const broken = [...brokenRules(workspace), ...unusedDependencies(workspace), ...stale];
  process.stderr.write(broken.map((sentence) => `${sentence}.\n`).join(''));
  if (broken.length > 0) process.exitCode = 1;
} else {
  await writeLayerTable(root, workspace);
}
