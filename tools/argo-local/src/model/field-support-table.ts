import { schemaDefinitions } from '@luban-ci/argo-workflows-schema';
import { fieldSupport } from './field-support.ts';

/** The README's table in Markdown: for every type that is supported at all, what happens to each of its fields. */
export function fieldSupportTable(): string {
  const rows = Object.entries(fieldSupport).map(([type, { works, noEffect = [] }]) => {
    const all = Object.keys(schemaDefinitions[type]?.properties ?? {});
    const refused = all.filter((field) => !works.includes(field) && !noEffect.includes(field));
    return `| ${type} | ${list(works)} | ${list(noEffect)} | ${list(refused)} |`;
  });
  return ['| type | works | read, without effect here | refused |', '|---|---|---|---|', ...rows].join('\n');
}

function list(fields: readonly string[]): string {
  return fields.length === 0 ? '–' : fields.map((field) => `\`${field}\``).join(' ');
}
