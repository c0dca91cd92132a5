import type { Plugin } from 'rolldown';

/** Modules of Node that are loaded with the first call of one of these functions, and not with the program. */
const functions: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': [
    'createHash',
    'createHmac',
    'createPrivateKey',
    'hash',
    'randomBytes',
    'randomUUID',
    'sign',
    'timingSafeEqual',
  ],
  'node:fs': [
    'createReadStream',
    'createWriteStream',
    'fstatSync',
    'mkdirSync',
    'readFileSync',
    'renameSync',
    'rmSync',
    'writeFileSync',
    'writeSync',
  ],
  'node:fs/promises': ['open'],
  'node:util': ['isDeepStrictEqual', 'parseArgs', 'styleText'],
};

/** Functions of `node:fs/promises` → those of `node:fs` that answer a callback, and do the same. */
const withCallback = {
  access: 'access',
  appendFile: 'appendFile',
  chmod: 'chmod',
  cp: 'cp',
  lstat: 'lstat',
  mkdir: 'mkdir',
  mkdtemp: 'mkdtemp',
  readdir: 'readdir',
  readFile: 'readFile',
  realpath: 'realpath.native',
  rename: 'rename',
  rm: 'rm',
  stat: 'stat',
  symlink: 'symlink',
  writeFile: 'writeFile',
};

const prefix = '\0lazy:';

/**
 * Importing a module of Node touches all it exports: node:crypto costs a program some ten milliseconds of its start,
 * node:util brings sockets and worker threads along, node:fs streams. node:fs/promises itself needs the reader of lines
 * and its history, which is why its functions are those of node:fs here. In a bundle our own sources get functions that
 * load the module with their first call. Any other name of it is refused by the bundler.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  resolveId: {
    filter: { id: /^node:(crypto|fs|fs\/promises|util)$/ },
    handler: (id, importer) => (/\/tools\/[^/]+\/src\//.test(importer ?? '') ? `${prefix}${id}` : undefined),
  },
  load: {
    filter: { id: /^\0lazy:/ },
    handler: (id) => ({ code: lazyModule(id.slice(prefix.length)), moduleSideEffects: false }),
  },
};

function lazyModule(name: string): string {
  const direct = (functions[name] ?? []).map(
    (each) => `export const ${each} = (...given) => process.getBuiltinModule('${name}').${each}(...given);\n`,
  );
  return name === 'node:fs/promises' ? [...direct, ...promising()].join('') : direct.join('');
}

function promising(): string[] {
  const lines = Object.entries(withCallback).map(
    ([name, ofFs]) => `export const ${name} = (...given) => promised((fs, answer) => fs.${ofFs}(...given, answer));\n`,
  );
  return [
    'const promised = (call) => new Promise((resolve, reject) => call(\n',
    "  process.getBuiltinModule('node:fs'), (error, value) => (error ? reject(error) : resolve(value))));\n",
    ...lines,
  ];
}
