import { basename, dirname, join, resolve } from 'node:path';
import { readConfigMap } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import type { StepId } from '@luban-ci/steps';
import { templateKinds } from './command-table.ts';
import { firstEnvironment, type GivenConfig, givenConfig, isThere, withoutGoneKeys } from './given-config.ts';
import type { GivenCommand } from './read-command.ts';

type Texts = Readonly<Record<string, string>>;

/** A step with its inputs, in the contract's spelling; `undefined` ones are not given. */
export interface PlannedStep {
  step: StepId;
  inputs: Readonly<Record<string, unknown>>;
  /** Folder that it works in, where that is not this one. */
  workspace?: string;
}

export interface Plan {
  steps: PlannedStep[];
  /** Secrets, by the variables that the steps read. */
  secrets: Texts;
  /** Data that becomes files, by the input that takes a path. */
  files: Readonly<Record<string, Texts>>;
  /** Sentences about what is otherwise than it was asked for. */
  notes: string[];
}

export interface Around {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Names of a template's variables. */
  variablesOf(template: string): Promise<readonly string[]>;
}

/** What a command of the original comes to. */
export async function plannedSteps(given: GivenCommand, around: Around): Promise<Plan> {
  if (given.command.words === 'config') return plannedConfig(given, around);
  const kind = await kindOf(given, around);
  const template = kind === undefined ? undefined : templateOf(given, kind);
  const variables = template === undefined ? [] : await around.variablesOf(template);
  const config = await givenConfig(given, around, variables);
  const direct = directInputs(given);
  const inputs: Record<string, unknown> = { ...direct, ...special(given, config, { kind, template, variables }) };
  const { secrets, notes } = secretsOf(given);
  const registers = hasCluster(around.env);
  if (given.command.words === 'gitops') Object.assign(inputs, gitopsInputs(config, registers));
  return {
    steps: stepsFor(given, config, inputs),
    secrets,
    files: {
      configPath: config.luban,
      ...(Object.keys(config.dagster).length === 0 ? {} : { dagsterConfigPath: config.dagster }),
    },
    notes: [...notes, ...ignoredNotes(given, config), ...clusterNotes(given, registers)],
  };
}

/** The file that `config` writes is a place in a folder, which is the step's workspace. */
async function plannedConfig(given: GivenCommand, { cwd }: Around): Promise<Plan> {
  const { values, set } = given;
  const output = resolve(cwd, values['output-file'] ?? 'config.yaml');
  const [luban, app] = await Promise.all(
    ['luban-config-dir', 'app-config-dir'].map(async (name) => {
      const folder = resolve(cwd, values[name] ?? '');
      return withoutGoneKeys((await isThere(folder)) ? await readConfigMap(folder) : {});
    }),
  );
  const own = withoutGoneKeys(set);
  const gone = [...new Set([luban, app, own].flatMap((each) => each?.gone ?? []))];
  const inputs = { outputFile: basename(output), set: own.kept };
  return {
    steps: [{ step: 'merge-config', inputs, workspace: dirname(output) }],
    secrets: {},
    files: { configPath: luban?.kept ?? {}, appConfigPath: app?.kept ?? {} },
    notes: gone.map((key) => `${key} means nothing any more, and is left out`),
  };
}

/** Options that are inputs under another name. */
function directInputs({ command, values }: GivenCommand): Record<string, unknown> {
  const found = command.options.flatMap(({ name, means }): [string, unknown][] => {
    const value = values[name];
    if (!('input' in means) || value === undefined) return [];
    return [[means.input, means.input.endsWith('Groups') ? [value] : value]];
  });
  return Object.fromEntries(found);
}

interface Scaffold {
  kind: string | undefined;
  template: string | undefined;
  variables: readonly string[];
}

/** What takes more than a name. */
function special(
  { command: { words }, values }: GivenCommand,
  { provider, variables }: GivenConfig,
  scaffold: Scaffold,
): Record<string, unknown> {
  const { kind, template } = scaffold;
  const kindVariable =
    kind !== undefined && scaffold.variables.includes('template_type') ? { template_type: kind } : {};
  const templateValues = { ...variables, ...kindVariable };
  const asked = Object.keys(templateValues).length === 0 ? {} : { templateValues };
  const hook = values['webhook-url']?.replace(/\/+$/, '');
  if (words === 'gitops') return { template, ...asked };
  if (words === 'source')
    return { template, ...asked, ...(hook === undefined ? {} : { webhookUrl: `${hook}/${provider}/push` }) };
  // The original knew the location by its platform alone.
  if (words === 'dagster register-location') return { projectName: values['platform-project'] };
  if (words.startsWith('infra ')) return { ...asked, infraType: words.split(' ')[1] };
  return {};
}

function gitopsInputs(config: GivenConfig, registers: boolean): Record<string, unknown> {
  return { deployEnv: firstEnvironment(config), register: registers };
}

/** The project of the infra repositories is a thing of its own on Azure DevOps alone. */
function stepsFor(
  { command }: GivenCommand,
  { provider }: GivenConfig,
  inputs: Record<string, unknown>,
): PlannedStep[] {
  return command.steps.flatMap((step): PlannedStep[] => {
    if (step !== 'setup-git-project' || command.words === 'project') return [{ step, inputs }];
    if (provider !== 'azure' && provider !== 'ado') return [];
    const { infraProjectName: projectName, gitOrganization, gitProvider, gitUsername } = inputs;
    return [{ step, inputs: { projectName, gitOrganization, gitProvider, gitUsername } }];
  });
}

/** @returns the kind of template that is asked for, where the command has one */
async function kindOf({ command, values, set }: GivenCommand, { cwd }: Around): Promise<string | undefined> {
  const place = command.words === 'gitops' ? 'standard' : command.words === 'source' ? 'python' : undefined;
  if (place === undefined) return undefined;
  const file = values['config-file'];
  const written = file === undefined ? {} : await readConfigMap(resolve(cwd, file));
  return values['template-type'] || set['template_type'] || written['template_type'] || place;
}

/** @throws InputError for a kind that there is not */
function templateOf({ command }: GivenCommand, kind: string): string {
  const kinds = templateKinds[command.words === 'source' ? 'source' : 'gitops'];
  const template = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (template !== undefined) return template;
  throw new InputError(`There is no template of the kind ${JSON.stringify(kind)}`, [
    { field: '--template-type', expected: `expected one of ${Object.keys(kinds).join(', ')}` },
  ]);
}

function secretsOf({ values, typed, command }: GivenCommand): { secrets: Texts; notes: string[] } {
  const places: Readonly<Record<string, [variable: string, was: string]>> = {
    'git-token': ['LUBAN_GIT_TOKEN', 'GIT_TOKEN'],
    'webhook-secret': ['LUBAN_WEBHOOK_SECRET', 'WEBHOOK_SECRET'],
  };
  const found = Object.entries(places).filter(([name]) => values[name] !== undefined);
  const shown = found.filter(([name]) => typed.includes(name) && command.options.some((each) => each.name === name));
  return {
    secrets: Object.fromEntries(found.map(([name, [variable]]) => [variable, values[name] ?? ''])),
    notes: shown.map(
      ([name, [, was]]) => `--${name} can be read by everybody on this machine; give ${was} in the environment instead`,
    ),
  };
}

function ignoredNotes({ command, typed }: GivenCommand, { ignored }: GivenConfig): string[] {
  const options = command.options.flatMap(({ name, means }) =>
    'nothing' in means && typed.includes(name) ? [`--${name} means nothing any more (${means.nothing})`] : [],
  );
  return [...options, ...[...new Set(ignored)].map((key) => `${key} of the configuration means nothing here`)];
}

/** As the steps find a cluster: a kubeconfig that is named, or the cluster that this runs in. */
function hasCluster(env: Around['env']): boolean {
  return ['LUBAN_KUBECONFIG', 'KUBECONFIG', 'KUBERNETES_SERVICE_HOST'].some((name) => (env[name] ?? '') !== '');
}

function clusterNotes({ command }: GivenCommand, registers: boolean): string[] {
  if (command.words !== 'gitops' || registers) return [];
  return [
    'There is no cluster at hand, so luban-repositories gets no entry: "luban setup-gitops-repo" with a kubeconfig adds it',
  ];
}

/** Where a file of the plan is written. */
export function fileFor(folder: string, input: string): string {
  return join(folder, `${input}.yaml`);
}
