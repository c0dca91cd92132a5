import { tmpdir } from 'node:os';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { nothingKept } from './compiled-scripts.ts';
import { scriptLoader } from './script-loader.ts';

async function scripts(files: Record<string, string>) {
  const folder = await temporaryFolder();
  await writeTree(folder.path, files);
  return {
    load: scriptLoader(folder.path, nothingKept),
    at: folder.at,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('a script is run once, and whoever needs it gets what it exports', async () => {
  await using place = await scripts({
    'main.cjs': "exports.sum = require('./part.cjs').next() + require('./part.cjs').next();",
    'part.cjs': 'let at = 0;\nexports.next = () => ++at;',
  });

  expect(place.load('./main.cjs')).toEqual({ sum: 3 });
});

test('scripts that need each other see what is exported so far', async () => {
  await using place = await scripts({
    'one.cjs': "exports.early = 1;\nexports.ofOther = require('./other.cjs').seen;",
    'other.cjs': "exports.seen = require('./one.cjs').early;",
  });

  expect(place.load('./one.cjs')).toEqual({ early: 1, ofOther: 1 });
});

test('a module of Node is had by either of its names', async () => {
  await using place = await scripts({
    'main.cjs': "module.exports = [require('os'), require('node:os')].map((os) => os.tmpdir());",
  });

  expect(place.load('./main.cjs')).toEqual([tmpdir(), tmpdir()]);
});

test('a script knows where it lies, and its lines are those of its file', async () => {
  await using place = await scripts({
    'main.cjs': 'exports.places = [__filename, __dirname];\nexports.stack = new Error().stack;',
  });

  const loaded = place.load('./main.cjs');

  expect(loaded).toMatchObject({
    places: [place.at('main.cjs'), place.at()],
    stack: expect.stringContaining(`${place.at('main.cjs')}:2:`),
  });
});

test('a package that is not in the bundle is refused as Node refuses it', async () => {
  await using place = await scripts({ 'main.cjs': "require('not-there');" });

  expect(() => place.load('./main.cjs')).toThrow(expect.objectContaining({ code: 'MODULE_NOT_FOUND' }));
});
