import type { Plugin } from 'rolldown';

/** Modules of Node that are loaded with the first call of one of these functions, and not with the program. */
const functions: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': [
    'createHash',
    'createHmac',
    'createPrivateKey',
    'randomBytes',
    'randomUUID',
    'sign',
    'timingSafeEqual',
  ],
  'node:util': ['isDeepStrictEqual', 'parseArgs', 'styleText'],
};

const prefix = '\0lazy:';

/**
 * Importing a module of Node touches all it exports: node:crypto costs a program some ten milliseconds of its start, and
 * node:util brings sockets and worker threads along. In a bundle our own sources get functions that load the module with
 * their first call. Any other name of it is refused by the bundler.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  resolveId: {
    filter: { id: /^node:(crypto|util)$/ },
    handler: (id, importer) => (/\/tools\/[^/]+\/src\//.test(importer ?? '') ? `${prefix}${id}` : undefined),
  },
  load: {
    filter: { id: /^\0lazy:/ },
    handler: (id) => ({ code: lazyModule(id.slice(prefix.length)), moduleSideEffects: false }),
  },
};

function lazyModule(name: string): string {
  const lines = (functions[name] ?? []).map(
    (each) => `export const ${each} = (...given) => process.getBuiltinModule('${name}').${each}(...given);\n`,
  );
  return lines.join('');
}
