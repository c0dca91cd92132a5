import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kpackManifests } from '@luban-ci/stack';
import { findContracts } from './find-contracts.ts';
import { generatedFiles } from './generated-files.ts';
import { pages } from './pages.ts';
import { tenantTemplates } from './targets/tenant-templates.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const isCheck = process.argv.includes('--check');

const contracts = await findContracts(join(root, 'tools/steps/src'));
const files = {
  ...generatedFiles(contracts),
  ...(await tenantTemplates(root)),
  ...(await kpackManifests(root)),
  ...(await pages(root, contracts)),
};
const stale = [];
for (const [path, text] of Object.entries(files)) {
  if ((await readFile(join(root, path), 'utf8').catch(() => undefined)) === text) continue;
  stale.push(path);
  if (isCheck) continue;
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const list = stale.map((path) => `  ${path}\n`).join('');
if (isCheck && stale.length > 0) {
  process.stderr.write(`These files are not what the contracts say:\n${list}Run "make generate" and commit them.\n`);
  process.exitCode = 1;
}
if (!isCheck) process.stdout.write(stale.length === 0 ? 'Everything is up to date.\n' : `Written:\n${list}`);
