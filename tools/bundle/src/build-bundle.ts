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
   * Programs that load the entries, by name; the entries are then scripts (`.cjs`) of ASCII alone, and not modules. In the
   * source of a launcher `scriptsId` names the content of all scripts.
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
  const texts = launchers === undefined ? textsOf(programs) : inAscii(textsOf(programs));
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

const modules = { format: 'esm', ending: 'mjs', minify: 'dce-only' } as const;

/** Names stay, so that a stack trace can be read; nobody reads the diff of scripts, and their loader reads each of them whole. */
const scripts = {
  format: 'cjs',
  ending: 'cjs',
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
} as const;

async function build(
  root: string,
  entries: Readonly<Record<string, string>>,
  { format, ending, minify }: typeof modules | typeof scripts,
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
    minify,
    comments: { legal: true, annotation: false, jsdoc: false },
    codeSplitting: { groups: chunks.map(({ name, modules }) => ({ name, test: modules })) },
  });
  await built.close();
  return output.filter((each): each is OutputChunk => each.type === 'chunk');
}

function textsOf(programs: readonly OutputChunk[]): Record<string, string> {
  return Object.fromEntries(programs.map((each) => [each.fileName, each.code]));
}

/** V8 takes text of ASCII alone as it lies in the file, and an escape means the same in all but a raw template. */
function inAscii(texts: Readonly<Record<string, string>>): Record<string, string> {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const entries = Object.entries(texts).map(([name, text]) => {
    if (/\.raw\s*`[^`]*[^\p{ASCII}]/u.test(text)) throw new Error(`${name} has a raw template that is not ASCII`);
    return [name, text.replace(/[\u0080-\uffff]/g, escaped)] as const;
  });
  return Object.fromEntries(entries);
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
