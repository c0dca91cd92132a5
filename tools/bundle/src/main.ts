import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle } from './build-bundle.ts';
import { bundles } from './bundles.ts';
import { differences } from './folder-content.ts';
import { makeBundle } from './make-bundle.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

process.exitCode = await bundle(process.argv.slice(2));

/** Makes a bundle, or with `--check` tells whether it is what the sources say. Answers the exit code. */
async function bundle([which, option]: readonly string[]): Promise<number> {
  if (which !== 'actions' && which !== 'command' && which !== 'buildpack') {
    process.stderr.write('expected "actions", "command" or "buildpack", and "--check" to change nothing\n');
    return 2;
  }
  const { folder } = bundles[which];
  const isCheck = option === '--check';
  const changed = isCheck
    ? await differences(join(root, folder), await buildBundle(root, bundles[which]))
    : await makeBundle(root, bundles[which]);
  const list = changed.map((name) => `  ${folder}/${name}\n`).join('');
  if (changed.length === 0) process.stdout.write(isCheck ? '' : `${folder} is up to date.\n`);
  else if (!isCheck) process.stdout.write(`${folder}: ${changed.length} files written.\n`);
  else
    process.stderr.write(`These bundles are not what the sources say:\n${list}Run "make generate" and commit them.\n`);
  return isCheck && changed.length > 0 ? 1 : 0;
}
