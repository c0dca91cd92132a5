import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Catalog,
  createTreeReporter,
  emptyCatalog,
  joinCatalogs,
  loadCatalog,
  type OtherApi,
  otherApiAt,
  type RunEvent,
  readImageFlag,
  readParameters,
  serveApi,
  withParameters,
  workflowFrom,
} from '@luban-ci/argo-local';
import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { type ExitCode, exitCodes, InputError, messageOf, systemClock } from '@luban-ci/core';
import type { Surroundings } from '@luban-ci/hosts';
import { playgroundStatus } from '@luban-ci/playground';
import { readClusterData } from '../cluster-data.ts';
import { createLocalMachine, kubeconfigIn } from '../local-machine.ts';
import { workflowsFolder } from '../repository-folders.ts';
import { playgroundFolder } from './playground.ts';
import { createResumer } from './resume-by-line.ts';

/**
 * `luban run <template or file>`: runs a workflow here as Argo would. Whatever it submits runs here too, and the command
 * ends when all of it has.
 */
export async function runWorkflowCommand(around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const options = readOptions(around.argv);
  const places = [...options.values, ...options.templates].map((path) => resolve(around.cwd, path));
  const cluster = await playgroundCluster(around.cwd);
  const catalog = joinCatalogs(
    await loadCatalog(await workflowsFolder(around.cwd, options.templates)),
    await loadCatalog(places),
    cluster.catalog,
  );
  const namespace = options.namespace ?? 'luban-ci';
  const workflow = withParameters(
    await wanted(options, catalog, namespace, around.cwd),
    readParameters(options.parameters),
    catalog,
  );
  const folder = resolve(around.cwd, options.folder ?? '.luban/runs');
  await mkdir(folder, { recursive: true });
  const reporter = createTreeReporter({ write: around.writeErr, isTerminal: around.isTerminal }, systemClock);
  using resumer = createResumer({
    input: process.stdin,
    // Above the live tree, as the output of programs is.
    tell: (text) => (around.isTerminal ? reporter.onEvent(outputEvent(text)) : around.writeErr(text)),
    headerFile: join(folder, 'authorization'),
  });
  const machine = createLocalMachine({
    catalog,
    folder,
    namespace,
    images: options.images.map(readImageFlag),
    environment: around.env,
    onEvent: (event) => {
      reporter.onEvent(event);
      resumer.onEvent(event);
    },
  });
  await using api = await serveApi(machine, {
    namespaces: namespacesOf(catalog, workflow, options.namespaces),
    concurrency: 4,
    other: cluster.api,
  });
  await api.writeKubeconfig(kubeconfigIn(folder));
  await resumer.attach(api);
  const { metadata } = api.store.submit(workflow);
  signal.addEventListener('abort', () => void api.store.close(), { once: true });
  await api.store.settled();
  const ended = api.store.find(metadata.namespace ?? namespace, metadata.name ?? '')?.current();
  around.writeOut(`${JSON.stringify(resultOf(ended), null, 2)}\n`);
  signal.throwIfAborted();
  return ended?.status?.phase === 'Succeeded' ? exitCodes.done : exitCodes.failed;
}

/** The cluster of the playground that runs here, if one does: what set-up makes goes there, and the next run reads it. */
async function playgroundCluster(cwd: string): Promise<{ api: OtherApi | undefined; catalog: Catalog }> {
  const status = await playgroundStatus({ folder: resolve(cwd, playgroundFolder) });
  if (!status.running) return { api: undefined, catalog: emptyCatalog };
  const url = `${status.url}/kubernetes`;
  const data = await readClusterData(url, status.token);
  return { api: otherApiAt(url, status.token), catalog: { ...emptyCatalog, ...data } };
}

interface RunOptions {
  what: string | undefined;
  from: string | undefined;
  parameters: string[];
  templates: string[];
  values: string[];
  images: string[];
  namespace: string | undefined;
  namespaces: string[];
  folder: string | undefined;
}

function readOptions(argv: readonly string[]): RunOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        parameter: { type: 'string', short: 'p', multiple: true, default: [] },
        templates: { type: 'string', multiple: true, default: [] },
        values: { type: 'string', multiple: true, default: [] },
        image: { type: 'string', multiple: true, default: [] },
        namespace: { type: 'string', short: 'n' },
        'known-namespace': { type: 'string', multiple: true, default: [] },
        folder: { type: 'string' },
      },
    });
    return {
      what: positionals[0],
      from: values.from,
      parameters: values.parameter,
      templates: values.templates,
      values: values.values,
      images: values.image,
      namespace: values.namespace,
      namespaces: values['known-namespace'],
      folder: values.folder,
    };
  } catch (cause) {
    throw new InputError(messageOf(cause), [], {
      cause,
      hint: 'luban run <template> -p name=value [--values <file>] [--image busybox=host]',
    });
  }
}

function outputEvent(text: string): RunEvent {
  return { type: 'output', workflow: '', nodeId: '', nodeName: '', text, stream: 'stderr' };
}

/** A file with a Workflow, or the name of a template, as a word or as Argo's `--from`. */
async function wanted(options: RunOptions, catalog: Catalog, namespace: string, cwd: string): Promise<Workflow> {
  if (options.from !== undefined) return workflowFrom(options.from, catalog, namespace);
  if (options.what === undefined)
    throw new InputError('luban run wants the name of a template, or a file with a Workflow');
  if (!/\.ya?ml$/.test(options.what)) return workflowFrom(`workflowtemplate/${options.what}`, catalog, namespace);
  const [workflow, ...more] = (await loadCatalog([resolve(cwd, options.what)])).workflows;
  if (workflow === undefined || more.length > 0) throw new InputError(`${options.what} must hold exactly one Workflow`);
  return workflow;
}

/** Namespaces exist here when something that was loaded lies in them. */
function namespacesOf(catalog: Catalog, workflow: Workflow, given: readonly string[]): string[] {
  const found = [...catalog.configMaps, ...catalog.secrets].flatMap(({ namespace }) => namespace ?? []);
  return [...new Set([...given, ...found, workflow.metadata.namespace ?? []].flat())];
}

function resultOf(workflow: Workflow | undefined): Record<string, unknown> {
  const nodes = Object.values(workflow?.status?.nodes ?? {}).map(({ name, type, phase, message, outputs }) => ({
    name,
    type,
    phase,
    ...(message === undefined ? {} : { message }),
    ...(outputs?.parameters === undefined
      ? {}
      : { outputs: Object.fromEntries(outputs.parameters.map((each) => [each.name, each.value])) }),
  }));
  const { phase, message } = workflow?.status ?? {};
  return {
    name: workflow?.metadata.name,
    namespace: workflow?.metadata.namespace,
    phase,
    ...(message ? { message } : {}),
    nodes,
  };
}
