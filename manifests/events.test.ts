import { readFile } from 'node:fs/promises';
import { lintWorkflows, showFinding } from '@luban-ci/workflow-lint';
import { expect, test } from 'vitest';
import { lintOptions } from '../workflows/lint-options.ts';

const folder = new URL('../', import.meta.url);

test.each(['github', 'gitlab', 'azure', 'ado', 'gitea'])(
  'every ten minutes, what events of %s that got lost should have started is looked for',
  async (provider) => {
    const cron = `manifests/events/${provider}/reconcile.yaml`;
    const paths = [cron, 'workflows/luban-reconcile-template/template.yaml', 'workflows/luban-steps-v1/template.yaml'];
    const read = async (file: string) => ({ file, text: await readFile(new URL(file, folder), 'utf8') });
    const files = await Promise.all(paths.map(read));
    // As kustomize places it.
    const placed = files.map(({ file, text }) => ({
      file,
      text: file === cron ? text.replace('metadata:\n', 'metadata:\n  namespace: luban-ci\n') : text,
    }));

    const findings = lintWorkflows(placed, lintOptions).map(showFinding);

    expect(findings).toEqual([]);
    expect(placed[0]?.text).toContain(`- name: git_provider\n          value: ${provider}\n`);
  },
);
