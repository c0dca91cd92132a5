import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle } from './build-bundle.ts';
import { bundles } from './bundles.ts';
import { differences, makeContent } from './folder-content.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const [which, option] = process.argv.slice(2);

if (which !== 'actions' && which !== 'command') {
  process.stderr.write('expected "actions" or "command", and "--check" to change nothing\n');
  process.exitCode = 2;
} else {
  const { folder } = bundles[which];
  const wanted = await buildBundle(root, bundles[which]);
  const list = (names: string[]): string => names.map((name) => `  ${folder}/${name}\n`).join('');
  if (option === '--check') {
    const stale = await differences(join(root, folder), wanted);
    if (stale.length > 0) {
      process.stderr.write(
        `These bundles are not what the sources say:\n${list(stale)}Run "make generate" and commit them.\n`,
      );
      process.exitCode = 1;
    }
  } else {
    const written = await makeContent(join(root, folder), wanted);
    process.stdout.write(written.length === 0 ? `${folder} is up to date.\n` : `Written:\n${list(written)}`);
  }
}
