import type { DescribedStep } from '../described-step.ts';
import type { GeneratedFiles } from '../generated-files.ts';

/** The readable list of steps, each loaded when it is used. */
export function stepTable(steps: readonly DescribedStep[]): GeneratedFiles {
  const rows = steps.map(({ contract: { id } }) => {
    const name = id.includes('-') ? `'${id}'` : id;
    return `  ${name}: {\n    contract: async () => (await import('./${id}/step.ts')).step,\n    run: async () => (await import('./${id}/run.ts')).run,\n  },\n`;
  });
  return {
    'tools/steps/src/step-table.generated.ts': [
      '// Printed by "make generate" from the folders beside it.\n',
      '/** Every step by its id; contract and story are loaded only when they are asked for. */\n',
      `export const stepTable = {\n${rows.join('')}};\n`,
    ].join(''),
  };
}
