import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { chunks } from './chunks.ts';
import { lazyBuiltins } from './lazy-builtins.ts';
import { licenceNotices } from './licence-notices.ts';

/** Importing one of our modules, or of these packages, does nothing but define what it exports; programs do their work. */
const freeOfSideEffects = /\/tools\/[^/]+\/src\/(?!(main|bundled)\.ts$)|\/node_modules\/(@actions\/core|yaml|zod)\//;

export interface Bundle {
  /** Name of the program → its source, relative to the repository. */
  entries: Readonly<Record<string, string>>;
  /** Folder of the result, relative to the repository; its files lie flat in it. */
  folder: string;
  /**
   * Programs that load the entries, by name; the entries are then scripts (`.cjs`) for them, and not modules. In its source
   * `scriptsId` names the content of all scripts.
   */
  launchers?: Readonly<Record<string, string>>;
}

/** Beside every bundle: which packages are in it, and under which terms. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';

/**
 * The files of a bundle by their names, with the same bytes from the same sources on any machine: paths are relative to the repository, nothing tells the time.
 */
export async function buildBundle(root: string, bundle: Bundle): Promise<Record<string, string>> {
  const { entries, launchers } = bundle;
  const programs = await build(root, entries, launchers === undefined ? modules : scripts);
  const texts = textsOf(programs);
  const launched =
    launchers === undefined ? [] : await build(root, launchers, modules, { scriptsId: JSON.stringify(idOf(texts)) });
  return {
    ...texts,
    ...textsOf(launched),
    [noticesFile]: await licenceNotices(
      root,
      [...programs, ...launched].flatMap((each) => Object.keys(each.modules)),
    ),
  };
}

const modules = { format: 'esm', ending: 'mjs' } as const;
const scripts = { format: 'cjs', ending: 'cjs' } as const;

async function build(
  root: string,
  entries: Readonly<Record<string, string>>,
  { format, ending }: typeof modules | typeof scripts,
  define: Record<string, string> = {},
): Promise<OutputChunk[]> {
  const built = await rolldown({
    input: { ...entries },
    cwd: root,
    platform: 'node',
    plugins: [lazyBuiltins],
    // yaml's CommonJS build cannot be shaken, and its other one is the same code.
    resolve: { alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') } },
    treeshake: { moduleSideEffects: [{ test: freeOfSideEffects, sideEffects: false }] },
    transform: { define },
    onLog: (level, log) => {
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message);
    },
  });
  const { output } = await built.generate({
    format,
    entryFileNames: `[name].${ending}`,
    chunkFileNames: (chunk) => `${chunkName(chunk)}.${ending}`,
    comments: { legal: true, annotation: false, jsdoc: false },
    codeSplitting: { groups: chunks.map(({ name, modules }) => ({ name, test: modules })) },
  });
  await built.close();
  return output.filter((each): each is OutputChunk => each.type === 'chunk');
}

function textsOf(programs: readonly OutputChunk[]): Record<string, string> {
  return Object.fromEntries(programs.map((each) => [each.fileName, each.code]));
}

/** The same for the same content, and for no other. */
function idOf(texts: Readonly<Record<string, string>>): string {
  const content = JSON.stringify(Object.entries(texts).sort(([left], [right]) => (left < right ? -1 : 1)));
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * A lazily loaded module keeps the name of its room: `checkout-run`, `builders`; `run` alone would say nothing. There is no
 * hash in a name, so that a change shows as a change of a file, not as another file.
 */
function chunkName({ name, facadeModuleId }: { name: string; facadeModuleId?: string | null }): string {
  const { room, path } = /\/tools\/(?<room>[^/]+)\/src\/(?<path>.*)\.ts$/.exec(facadeModuleId ?? '')?.groups ?? {};
  if (room === undefined || path === undefined) return `chunk-${name}`;
  const within = room === 'steps' ? path : `${room}/${path}`;
  return `chunk-${within.replace(/\/index$/, '').replaceAll('/', '-')}`;
}
