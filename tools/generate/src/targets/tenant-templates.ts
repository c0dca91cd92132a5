import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { GeneratedFiles } from '../generated-files.ts';

/** What every project's namespace gets; everything else runs in `luban-ci`. */
const tenantWorkflows = ['luban-ci-kpack-template', 'luban-promotion-template'];

/** The templates that setup-namespace puts into a project's namespace, so that an image brings the ones that fit it. */
export async function tenantTemplates(root: string): Promise<GeneratedFiles> {
  const templates = await Promise.all(
    tenantWorkflows.map(
      async (name): Promise<unknown> => parse(await readFile(join(root, 'workflows', name, 'template.yaml'), 'utf8')),
    ),
  );
  const text = [
    '// Printed by "make generate" from workflows/\n',
    "import type { TenantTemplate } from './tenant-template.ts';\n\n",
    `export const tenantTemplates: readonly TenantTemplate[] = ${JSON.stringify(templates, undefined, 2)};\n`,
  ].join('');
  return { 'tools/steps/src/setup-namespace/tenant-templates.generated.ts': text, ...(await infraFiles(root)) };
}

/** The same for projects whose namespaces Argo CD keeps from an infra repository, and the promotion that overlays preset. */
async function infraFiles(root: string): Promise<GeneratedFiles> {
  const presets: [file: string, workflow: string][] = [
    ...tenantWorkflows.map((name): [string, string] => [name, name]),
    ['promotion-workflow', 'luban-promotion-template'],
  ];
  const files = await Promise.all(
    presets.map(async ([name, workflow]) => {
      const text = await readFile(join(root, 'workflows', workflow, 'template.yaml'), 'utf8');
      const own = text.replace(/^#.*\n/, '').replace(`\n  name: ${workflow}\n`, `\n  name: ${name}\n`);
      // Its braces are Argo's, and not the renderer's.
      return [`${infraBase}/${name}.yaml`, `{% raw %}${own}{% endraw %}`] as const;
    }),
  );
  return Object.fromEntries(files);
}

const infraBase = 'gitops-template/infra-ci-base/{{cookiecutter.repo_name}}/base';
