import { lstat, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import {
  type ConfigLayer,
  type Conventions,
  type MergedValue,
  mergeConfig,
  parseConfigMap,
  parseLubanConfig,
  readConfigMap,
  serialiseConfigMap,
} from '@luban-ci/conventions';
import { type InputsOf, messageOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { type Files, textFile, unifiedDiff } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import type { step } from './step.ts';
import { withoutLogin } from './without-login.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;
type Merged = ReadonlyMap<string, MergedValue>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const place = insideWorkspace(ctx.workspace, inputs.outputFile, 'outputFile');
  const configFile = relative(ctx.workspace, place);
  const variables = inputs.template === undefined ? [] : await ctx.templates.variables(inputs.template);
  const merged = mergeConfig(await layersOf(inputs, ctx), variables);
  const before = await readOwnFile(place, configFile);
  const text = serialiseConfigMap(valuesOf(merged));
  const isSame = before === text;
  if (!isSame && !ctx.dryRun) await writePrivately(place, text);
  const verb = isSame ? 'are in' : ctx.dryRun ? 'would be written to' : 'are written to';
  const keys = [...merged].map(([key, { source }]) => `${key} from ${source}`);
  return {
    changed: !isSame && !ctx.dryRun,
    outputs: { configFile, keys },
    summary: `${merged.size} values ${verb} ${configFile}`,
    diff: isSame ? '' : shownDifference(configFile, before, merged),
  };
}

/** In the order of the original: what is for all, what is for this kind of application, what somebody wants now. */
async function layersOf({ appConfigPath, set }: Inputs, { conventions, workspace }: Context): Promise<ConfigLayer[]> {
  const app = appConfigPath === undefined ? {} : await readConfigMap(resolve(workspace, appConfigPath));
  return [
    { source: 'luban-config', data: withOwnRegistry(conventions) },
    { source: 'app-config', data: app },
    { source: 'set', data: set },
  ];
}

/** A registry that was named beside luban-config stands in its place, as for every other step. */
function withOwnRegistry({ config, source }: Conventions): Readonly<Record<string, string>> {
  const isNamed = parseLubanConfig(source.config).registry_server !== config.registry_server;
  return isNamed ? { ...source.config, registry_server: config.registry_server } : source.config;
}

/** The difference as it may be shown: of what stood there before, only what has a known key. */
function shownDifference(path: string, before: string | undefined, merged: Merged): string {
  const after = valuesOf(merged);
  const was = before === undefined ? undefined : valuesIn(before, path);
  const shown = (values: Readonly<Record<string, string>>) => {
    const entries = Object.entries(values).map(([key, value]) => [key, merged.has(key) ? withoutLogin(value) : '***']);
    return textFile(serialiseConfigMap(Object.fromEntries(entries)));
  };
  const files: Files = new Map(was === undefined ? [] : [[path, shown(was)]]);
  return unifiedDiff(files, new Map([[path, shown(after)]]));
}

function valuesOf(merged: Merged): Record<string, string> {
  return Object.fromEntries([...merged].map(([key, { value }]) => [key, value]));
}

/** What another run wrote; anything else that was there is nobody's to show. */
function valuesIn(text: string, path: string): Record<string, string> | undefined {
  try {
    return parseConfigMap(text, path);
  } catch {
    return undefined;
  }
}

/** @throws StepError for what a symbolic link makes of a path: it could lead anywhere */
async function readOwnFile(place: string, shown: string): Promise<string | undefined> {
  const state = await lstat(place).catch(() => undefined);
  if (state === undefined) return undefined;
  if (state.isFile()) return readFile(place, 'utf8');
  throw new StepError(`${shown} is no file, so it is not written to`);
}

/** Values may hold logins: nobody but its owner reads the file, and nobody reads half of it. */
async function writePrivately(place: string, text: string): Promise<void> {
  const draft = join(dirname(place), `.${process.pid}-config.tmp`);
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, place);
  } catch (cause) {
    throw new StepError(`The configuration cannot be written to ${place}: ${messageOf(cause)}`, { cause });
  }
}
