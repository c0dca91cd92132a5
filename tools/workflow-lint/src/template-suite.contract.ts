import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createManifestReader } from '@luban-ci/argo-workflows-schema';
import { describe, expect, it } from 'vitest';
import type { LintFile } from './documents.ts';
import { showFinding } from './finding.ts';
import type { LintOptions } from './lint-context.ts';
import { lintWorkflows } from './lint-workflows.ts';
import { planOf } from './plan.ts';

export interface TemplateSuiteOptions extends LintOptions {
  /** Files that the template refers to: the step library, and templates of other folders. */
  besides?: readonly URL[];
}

/**
 * What every `workflows/<name>/template.test.ts` asks: the shape is closed, every reference resolves, steps are called as
 * their contracts say, the house's rules hold, example.yaml satisfies the template, and the plan is the one that was
 * reviewed. The folder's name is the template's. A plan that has changed is taken over with `vitest run -u`.
 */
export function describeTemplate(folder: URL, options: TemplateSuiteOptions = {}): void {
  const name = fileURLToPath(folder).replace(/\/$/, '').split('/').at(-1) ?? '';
  const reader = options.reader ?? createManifestReader();
  describe(name, () => {
    it('is free of findings, and so is its example', async () => {
      const files = await filesOf(folder, options.besides ?? []);

      const findings = lintWorkflows(files, { ...options, reader });

      expect(findings.map(showFinding)).toEqual([]);
      expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(['template.yaml', 'example.yaml']));
    });

    it('does what plan.golden.txt says', async () => {
      const plan = planOf(name, await filesOf(folder, options.besides ?? []), reader);

      await expect(plan).toMatchFileSnapshot(fileURLToPath(new URL('plan.golden.txt', folder)));
    });
  });
}

async function filesOf(folder: URL, besides: readonly URL[]): Promise<LintFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const own = names.map(async (file) => ({ file, text: await readFile(new URL(file, folder), 'utf8') }));
  const others = besides.map(async (url) => ({
    file: url.pathname.split('/').slice(-2).join('/'),
    text: await readFile(url, 'utf8'),
  }));
  return Promise.all([...own, ...others]);
}
