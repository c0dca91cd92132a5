import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GitProvider, isGiven, keysOf, mergeConfig, parseLubanConfig, readConfigMap } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { goneKeys, provisionerVariables } from './command-table.ts';
import type { GivenCommand } from './read-command.ts';

type Texts = Readonly<Record<string, string>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that says with which values something is set up, each where it belongs now. */
export interface GivenConfig {
  provider: GitProvider;
  /** Data of luban-config, and of luban-dagster-config. */
  luban: Texts;
  dagster: Texts;
  /** Variables of the template. */
  variables: Texts;
  /** Keys that mean nothing any more. */
  ignored: string[];
}

/** Where the original's images have luban-config mounted. */
const usualFolder = '/etc/config/luban';

/** How the original's configuration calls what is now in luban-config. */
const renamed: Readonly<Record<string, string>> = {
  container_port: 'default_container_port',
  service_port: 'default_service_port',
};

/**
 * luban-config where it is mounted, then the file that `config` made, then `--set`, then options and variables.
 *
 * @param variables those of the template, where there is one
 * @throws InputError for a file that cannot be read, and for `--set` with a key that nobody knows
 */
export async function givenConfig(
  { values, set, command }: GivenCommand,
  around: { env: Environment; cwd: string },
  variables: readonly string[],
): Promise<GivenConfig> {
  const system = withoutGoneKeys(await systemConfig(around));
  const file = values['config-file'];
  const written = file === undefined ? {} : await readConfigMap(resolve(around.cwd, file));
  const layers = [written, set].map(givenOnly).map(withoutGoneKeys);
  const all = Object.assign({}, ...layers.map(({ kept }) => kept)) as Texts;
  const sorted = sortedByPlace(all, variables);
  refuseUnknown(set, sorted.unknown);
  const base = { ...system.kept, ...sorted.luban };
  const provider = providerOf(values['git-provider'], base);
  const own = { ...optionKeys(command.options, values, provider), ...variableKeys(around.env, provider) };
  const template = optionVariables(command.options, values);
  return {
    provider,
    luban: { ...base, default_git_provider: provider, ...own },
    dagster: sorted.dagster,
    variables: { ...sorted.variables, ...template },
    ignored: [...system.gone, ...layers.flatMap(({ gone }) => gone), ...sorted.unknown],
  };
}

/** A ConfigMap as the original may have it, without what nothing reads any more. */
export function withoutGoneKeys(data: Texts): { kept: Texts; gone: string[] } {
  const entries = Object.entries(data);
  return {
    kept: Object.fromEntries(entries.filter(([key]) => !goneKeys.includes(key))),
    gone: entries.map(([key]) => key).filter((key) => goneKeys.includes(key)),
  };
}

/** The first environment: what deployments land in. */
export function firstEnvironment({ luban }: Pick<GivenConfig, 'luban'>): string {
  return parseLubanConfig(luban).environments[0] ?? 'snd';
}

/** Whether there is something at a path. */
export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function systemConfig({ env, cwd }: { env: Environment; cwd: string }): Promise<Texts> {
  const named = env['LUBAN_CONFIG_PATH'];
  if (named !== undefined && named !== '') return readConfigMap(resolve(cwd, named));
  return (await isThere(usualFolder)) ? readConfigMap(usualFolder) : {};
}

/** What is empty overrides nothing, and neither does what no workflow has filled in. */
function givenOnly(data: Texts): Texts {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => isGiven(value)));
}

function sortedByPlace(data: Texts, variables: readonly string[]) {
  const entries = Object.entries(data).filter(([key]) => key !== 'template_type');
  const all = Object.fromEntries(entries.map(([key, value]) => [renamed[key] ?? key, value]));
  const merged = mergeConfig([{ source: 'the configuration', data: all }], Object.keys(all));
  const luban = keysOf('luban-config', merged);
  const dagster = keysOf('luban-dagster-config', merged);
  const others = Object.entries(all).filter(([key]) => !(key in luban) && !(key in dagster));
  return {
    luban,
    dagster,
    variables: Object.fromEntries(others.filter(([key]) => variables.includes(key))),
    unknown: others.map(([key]) => key).filter((key) => !variables.includes(key)),
  };
}

function refuseUnknown(set: Texts, unknown: readonly string[]): void {
  const bad = unknown.filter((key) => Object.hasOwn(set, key));
  if (bad.length === 0) return;
  throw new InputError(
    '--set names what nobody knows',
    bad.map((field) => ({
      field,
      expected: 'expected a key of luban-config or luban-dagster-config, or a variable of the template',
    })),
  );
}

/** @throws InputError for one that there is not */
function providerOf(given: string | undefined, config: Texts): GitProvider {
  const provider = GitProvider.safeParse(given ?? (config['default_git_provider'] || 'github'));
  if (provider.success) return provider.data;
  throw new InputError('The kind of forge is none', [
    { field: '--git-provider', expected: `expected one of ${GitProvider.options.join(', ')}` },
  ]);
}

function optionKeys(options: GivenCommand['command']['options'], values: Texts, provider: GitProvider): Texts {
  const keys = options.flatMap(({ name, means }): [string, string][] => {
    const value = values[name];
    return 'config' in means && value !== undefined ? [[keyFor(means.config, provider), value]] : [];
  });
  return Object.fromEntries(keys);
}

function optionVariables(options: GivenCommand['command']['options'], values: Texts): Texts {
  const found = options.flatMap(({ name, means }): [string, string][] => {
    const value = values[name];
    return 'variable' in means && value !== undefined ? [[means.variable, value]] : [];
  });
  return Object.fromEntries(found);
}

/** A forge that has no such key has no such thing. */
function variableKeys(env: Environment, provider: GitProvider): Texts {
  const isAzure = provider === 'azure' || provider === 'ado';
  const found = Object.entries(provisionerVariables).flatMap(([variable, pattern]): [string, string][] => {
    const value = env[variable];
    const applies = isAzure || variable === 'GIT_HTTPS_AUTH_MODE';
    return value === undefined || value === '' || !applies ? [] : [[keyFor(pattern, provider), value]];
  });
  return Object.fromEntries(found);
}

function keyFor(pattern: string, provider: GitProvider): string {
  return pattern.replace('<provider>', provider);
}
