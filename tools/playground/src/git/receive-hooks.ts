import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One ref that a push has moved. */
export interface RefUpdate {
  before: string;
  after: string;
  ref: string;
}

/** git runs these inside the push; what they decide by comes from us, in the environment. */
const preReceive = `#!/bin/sh
# Refuses the whole push when it touches one of the refs in LUBAN_REFUSED, one a line.
while read -r before after ref; do
  case "$LUBAN_REFUSED" in
    *"
$ref
"*) echo "Not allowed to push to protected branch \${ref#refs/heads/}" >&2; exit 1 ;;
  esac
done
`;

const postReceive = `#!/bin/sh
# Notes what was moved, for the webhooks.
cat > "$LUBAN_RECEIVED"
`;

/** Writes the hooks into a folder that `core.hooksPath` points to for every push. */
export async function writeReceiveHooks(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'pre-receive'), preReceive, { mode: 0o755 });
  await writeFile(join(folder, 'post-receive'), postReceive, { mode: 0o755 });
}

/** The environment that tells the hooks which branches this push may not touch, and where to note what it moved. */
export function hookEnvironment(refusedBranches: readonly string[], receivedFile: string): Record<string, string> {
  const refs = refusedBranches.map((branch) => `refs/heads/${branch}`);
  return { LUBAN_REFUSED: `\n${refs.join('\n')}\n`, LUBAN_RECEIVED: receivedFile };
}

/** What the push has moved; nothing when it was refused. The note is removed. */
export async function readReceived(receivedFile: string): Promise<RefUpdate[]> {
  const text = await readFile(receivedFile, 'utf8').catch(() => '');
  await rm(receivedFile, { force: true });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [before = '', after = '', ref = ''] = line.split(' ');
      return { before, after, ref };
    });
}
