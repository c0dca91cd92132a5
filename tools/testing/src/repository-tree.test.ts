import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { describe, expect, test } from 'vitest';
import { testsThatWantPrograms } from './tests-that-want-programs.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
const { stdout } = await runProgram('git', listing, { cwd: root, env: plainEnvironment() });
const files = [...new Set(stdout.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
const texts = files.map((path) => ({ path, text: readFileSync(join(root, path), 'latin1') }));

/** Printed by a program, and checked by it to be up to date. */
const generated = [
  /\.(generated|golden)\./,
  /^actions\/dist\//,
  /(^|\/)(package-lock\.json|go\.(mod|sum))$/,
  /^workflows\/luban-steps-v1\/template\.yaml$/,
  /^docs\/reference\//,
  /\.svg$/,
];
const written = texts.filter(({ path }) => !generated.some((pattern) => pattern.test(path)));
const sources = written.filter(({ path }) => /\.[cm]?ts$/.test(path));

/** Words are put together here, so that this file may be looked at, too. */
const joined = (...parts: string[]): string => parts.join('');
const homes = [joined('/ho', 'me/'), joined('/Use', 'rs/')].map((above) => new RegExp(`${above}[a-z_][\\w.-]*/`));
const registries = [
  joined('registry.npm', 'js.org'),
  joined('registry.yarn', 'pkg.com'),
  joined('pypi', '.org'),
  joined('python', 'hosted.org'),
  joined('proxy.go', 'lang.org'),
  joined('sum.go', 'lang.org'),
  joined('deb.de', 'bian.org'),
  joined('index.cra', 'tes.io'),
];

/** `path: what was found`, for each file in which something is. */
function findings(where: typeof texts, find: (text: string, path: string) => string | undefined): string[] {
  return where.flatMap(({ path, text }) => {
    const found = find(text, path);
    return found === undefined ? [] : [`${path}: ${found}`];
  });
}

describe('the repository', () => {
  test('holds no path of anybody’s machine', () => {
    const ours = [root, homedir()].filter((path) => path.split('/').length > 2).map((path) => `${path}/`);

    const found = findings(
      texts,
      (text) => ours.find((path) => text.includes(path)) ?? homes.map((home) => home.exec(text)?.[0]).find(Boolean),
    );

    expect(found).toEqual([]);
  });

  test('names no package registry, in the lock file neither', () => {
    const lock = texts.find(({ path }) => path === 'package-lock.json')?.text ?? '';

    expect(findings(texts, (text) => registries.find((host) => text.includes(host)))).toEqual([]);
    expect(lock.match(/"resolved": "https?:[^"]*/g) ?? []).toEqual([]);
  });

  test('has nothing left to do, and no test that runs alone or never', () => {
    const leftovers = new RegExp(`\\b(${joined('TO', 'DO')}|${joined('FIX', 'ME')})\\b`);
    const alone = new RegExp(`\\b(test|it|describe)\\.(${joined('on', 'ly')}|${joined('to', 'do')})\\b`);
    const silent = new RegExp(`\\.${joined('sk', 'ip')}\\((?!['"\`])`);

    expect(findings(written, (text) => leftovers.exec(text)?.[0])).toEqual([]);
    expect(findings(sources, (text) => alone.exec(text)?.[0] ?? silent.exec(text)?.[0])).toEqual([]);
  });

  test('runs every test that may be skipped in make e2e', () => {
    const skipping = new RegExp(`\\.${joined('sk', 'ip')}(If)?\\(|${joined('has', 'Program')}\\(`);
    const tests = sources.filter(({ path }) => path.endsWith('.test.ts') && !path.endsWith('.e2e.test.ts'));

    expect(
      tests
        .filter(({ text }) => skipping.test(text))
        .map(({ path }) => path)
        .sort(),
    ).toEqual(testsThatWantPrograms);
  });

  test('has a page in every package, step, workflow and action', () => {
    const marks = [
      /^tools\/[^/]+\/package\.json$/,
      /^tools\/steps\/src\/[^/]+\/step\.ts$/,
      /^workflows\/[^/]+\/template\.yaml$/,
      /^actions\/[^/]+\/action\.yml$/,
    ];
    const folders = files.filter((path) => marks.some((mark) => mark.test(path))).map((path) => dirname(path));

    expect(folders.filter((folder) => !files.includes(`${folder}/README.md`))).toEqual([]);
  });

  test('has no file of more than three hundred lines that somebody wrote', () => {
    const long = findings(written, (text) => {
      const lines = text.split('\n').length - 1;
      return lines > 300 ? `${lines} lines` : undefined;
    });

    expect(long).toEqual([]);
  });
});
