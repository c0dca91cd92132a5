import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = await readFile(`${root}docs/reference/checklist.md`, 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, number, area, feature, shown = ''] = line.split('|').map((cell) => cell.trim());
  return /^\d+$/.test(number ?? '') ? [{ number: Number(number), area, feature, shown }] : [];
});

/** A link of the page, with the titles of tests behind it. */
const link = /\[[^\]]+\]\(\.\.\/([^)]+)\)((?:,? "[^"]+")*)/g;

describe('the checklist', () => {
  test('has a row for every feature', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 113 }, (_, index) => index + 1));
  });

  test.each(rows)('row $number, $area: $feature', async ({ shown }) => {
    const links = [...shown.matchAll(link)].map(([, path = '', titles = '']) => ({
      file: fileURLToPath(new URL(path, new URL('docs/', `file://${root}`))),
      titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
    }));

    expect(shown).not.toBe('');
    for (const { file, titles } of links) {
      await expect(access(file)).resolves.toBeUndefined();
      const text = titles.length === 0 ? '' : await readFile(file, 'utf8');
      expect(titles.filter((title) => !text.includes(title))).toEqual([]);
    }
  });
});

/** The numbers of the faults that were found in the original: broken, wrong, not repeatable, not safe. */
const faults = { B: 10, R: 20, N: 8, S: 13 };

test.each(Object.entries(faults))(
  'each of the faults %s of the original, %i in all, has a test with its number',
  async (letter, count) => {
    const said = await runProgram(
      'git',
      ['grep', '--untracked', '-ohE', `upstream-${letter}[0-9]+`, '--', '*.test.ts'],
      {
        cwd: root,
        env: plainEnvironment(),
      },
    );

    const named = new Set(said.stdout.split('\n'));
    const wanted = Array.from({ length: count }, (_, index) => `upstream-${letter}${index + 1}`);
    expect(wanted.filter((name) => !named.has(name))).toEqual([]);
  },
);
