import type { Plugin } from 'rolldown';

const lazy = '\0lazy:node:crypto';
const functions = ['createHash', 'createHmac', 'randomBytes', 'randomUUID', 'timingSafeEqual'];

/**
 * Loading node:crypto costs a program some ten milliseconds of its start, and most steps never hash anything: in a bundle
 * our own sources get functions that load it with their first call. Any other name of it is refused by the bundler.
 */
export const lazyCrypto: Plugin = {
  name: 'lazy-crypto',
  resolveId: {
    filter: { id: /^node:crypto$/ },
    handler: (_id, importer) => (/\/tools\/[^/]+\/src\//.test(importer ?? '') ? lazy : undefined),
  },
  load: {
    filter: { id: /^\0lazy:node:crypto$/ },
    handler: () => ({
      code: functions
        .map(
          (name) => `export const ${name} = (...given) => process.getBuiltinModule('node:crypto').${name}(...given);\n`,
        )
        .join(''),
      moduleSideEffects: false,
    }),
  },
};
