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
  return { 'tools/steps/src/setup-namespace/tenant-templates.generated.ts': text };
}
