import { LubanConfig } from '@luban-ci/conventions';
import { fieldsOf } from '@luban-ci/core';
import { textOfValue } from '@luban-ci/hosts';
import type { GeneratedFiles } from '../generated-files.ts';
import { markdownTable } from './markdown.ts';

/** The page of every key that `luban-config` may have. */
export function configPage(): GeneratedFiles {
  const rows = fieldsOf(LubanConfig.shape).map(({ name, description, ...field }) => {
    const preset = textOfValue(field.default);
    return [`\`${name}\``, preset === '' ? '' : `\`${preset}\``, description];
  });
  const text = [
    '<!-- Printed by "make generate" from tools/conventions/src/luban-config.ts -->\n\n# luban-config\n',
    'The ConfigMap that names and places come from. Every value is text; lists and maps are JSON. A key that is left out, or',
    'empty, means its default, and a key that is not listed here is an error.\n',
    markdownTable(['key', 'default', 'meaning'], rows),
  ];
  return { 'docs/reference/luban-config.md': text.join('\n') };
}
