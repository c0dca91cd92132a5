import { type ExitCode, exitCodes, type Field, fieldsOf, InputError, inputShapeOf, inStyle } from '@luban-ci/core';
import { painted, type Surroundings, textOfValue, variableOf } from '@luban-ci/hosts';
import { isStepId, loadStep, type StepId, stepIds } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';

/** `luban explain <step>`: its inputs as flags, its outputs, and an example. */
export async function explain(around: Surroundings): Promise<ExitCode> {
  const [id] = around.argv;
  if (id !== undefined && isStepId(id)) return explainStep(id, around);
  throw new InputError(`luban explain wants the name of a step: ${stepIds.join(', ')}`);
}

export async function explainStep(id: StepId, around: Surroundings): Promise<ExitCode> {
  const { contract } = await loadStep(id);
  const title = (text: string): string => painted('bold', text, around.isTerminal);
  const inputs = fieldsOf(inputShapeOf(contract, capabilities));
  const [example] = contract.examples;
  const flags = Object.entries(example?.inputs ?? {}).map(
    ([name, value]) => `    --${inStyle(name, 'kebab')} ${quoted(textOfValue(value))}`,
  );
  const sections = [
    `${title(contract.id)}: ${contract.summary}`,
    `${title('Inputs')}\n${linesOf(inputs.map((field) => [nameOfInput(field), `${field.description} ${noteOf(field)}`]))}`,
    `${title('Outputs')}\n${linesOf(fieldsOf(contract.outputs.shape).map((field) => [field.name, field.description]))}`,
    `${title('May')}\n${linesOf([...contract.needs.map((need) => [need, powerOf(need)] as const), ...(contract.writes ? [['--dry-run', 'Shows what would change, and changes nothing.'] as const] : [])])}`,
    ...(example === undefined
      ? []
      : [`${title('Example')}: ${example.title}\n  luban ${id} \\\n${flags.join(' \\\n')}`]),
  ];
  around.writeOut(`${sections.join('\n\n')}\n`);
  return exitCodes.done;
}

function nameOfInput(field: Field): string {
  return field.secret ? variableOf(field.name) : `--${inStyle(field.name, 'kebab')}`;
}

function noteOf(field: Field): string {
  const parts = [
    field.required ? 'required' : '',
    field.choices === undefined ? '' : `one of ${field.choices.join(', ')}`,
    field.default === undefined ? '' : `default ${textOfValue(field.default) || 'empty'}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `(${parts.join('; ')})`;
}

function powerOf(need: string): string {
  const known: Record<string, { summary: string }> = capabilities;
  return known[need]?.summary ?? '';
}

function linesOf(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text.trim()}`).join('\n') || '  nothing';
}

function quoted(text: string): string {
  return /^[\w./:@,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
