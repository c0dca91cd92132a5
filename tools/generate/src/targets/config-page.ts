import { DagsterConfig, LubanConfig, PythonConfig } from '@luban-ci/conventions';
import { fieldsOf } from '@luban-ci/core';
import { textOfValue } from '@luban-ci/hosts';
import type { GeneratedFiles } from '../generated-files.ts';
import { markdownTable } from './markdown.ts';

/** The pages of every key that `luban-config` and its siblings may have. */
export function configPages(): GeneratedFiles {
  const luban = [
    'The ConfigMap that names and places come from. Every value is text; lists and maps are JSON. A key that is left out, or',
    'empty, means its default, and a key that is not listed here is an error.\n',
  ];
  const dagster = [
    'The ConfigMap beside `luban-config` that new Dagster platforms and code locations are made with. Every value is text. A key that',
    'is left out, or empty, means its default, and a key that is not listed here is an error.\n',
  ];
  const python = [
    'The ConfigMap in which the original kept defaults of Python applications. `merge-config` and `luban-provisioner` read it; everything',
    'else takes these values from `luban-config`. A key that is not listed here is an error.\n',
  ];
  return {
    'docs/reference/luban-config.md': configPage('luban-config', luban, LubanConfig.shape),
    'docs/reference/luban-dagster-config.md': configPage('luban-dagster-config', dagster, DagsterConfig().shape),
    'docs/reference/luban-python-config.md': configPage('luban-python-config', python, PythonConfig().shape),
  };
}

function configPage(name: string, about: string[], shape: Parameters<typeof fieldsOf>[0]): string {
  const rows = fieldsOf(shape).map(({ name: key, description, ...field }) => {
    const preset = textOfValue(field.default);
    return [`\`${key}\``, preset === '' ? '' : `\`${preset}\``, description];
  });
  const source = name.replace(/^luban-(?=dagster|python)/, '');
  const head = `<!-- Printed by "make generate" from tools/conventions/src/${source}.ts -->\n\n# ${name}\n`;
  return [head, ...about, markdownTable(['key', 'default', 'meaning'], rows)].join('\n');
}
