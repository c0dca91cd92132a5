import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Conventions,
  clusterOf,
  createConventions,
  inThisCluster,
  parseLubanConfig,
  parseProjects,
  parseRepositories,
  platformNamespace,
  readConfigMap,
} from '@luban-ci/conventions';
import {
  createLog,
  createRedactor,
  type ExitCode,
  exitCodes,
  InputError,
  messageOf,
  type Redactor,
  type StepContext,
  systemClock,
} from '@luban-ci/core';
import type { Surroundings } from '@luban-ci/hosts';
import type { WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';
import { z } from 'zod';
import { compare } from '../drift/compare.ts';
import { type Comparison, comparisonsOf, unsaidProjects } from '../drift/comparisons.ts';
import { reportOf, reportText } from '../drift/drift-report.ts';

type Data = Readonly<Record<string, string>>;
const hint =
  'luban drift [--project payment] [--step setup-namespace] [--output json] [--kubeconfig …] [--config-path …]';

/**
 * `luban drift`: what is set up otherwise than luban-projects, luban-repositories and luban-config say. Each set-up step is asked what it
 * would do; nothing is written.
 *
 * @returns 0 without drift, 3 with it, 1 when not everything could be compared
 */
export async function driftCommand(around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const options = readOptions(around);
  await using folder = await temporaryPlace(around.temporaryFolder);
  const { kube, projects, conventions, shared } = await readConfiguration(options, folder.path);
  const missing = options.projects.filter((name) => !projects.has(name));
  if (missing.length > 0) throw new InputError(`luban-projects does not know ${missing.join(', ')}`);
  const wanted = comparisonsOf(projects, conventions).filter(
    ({ project, step }) =>
      (options.projects.length === 0 || options.projects.includes(project)) &&
      (options.steps.length === 0 || options.steps.includes(step)),
  );
  const redactor = createRedactor();
  const ctx = contextOf(around, signal, redactor);
  const compared = [];
  const kubeconfigs = await kubeconfigsOf(kube, conventions, folder.path);
  for (const comparison of wanted) {
    const inputs = { ...shared, ...clusterFor(comparison, kubeconfigs, options.kubeconfig) };
    compared.push(await compare(comparison, inputs, { env: around.env, ctx }));
  }
  const report = reportOf(compared, options.projects.length === 0 ? unsaidProjects(projects, conventions) : []);
  const text = options.output === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report);
  around.writeOut(redactor.redact(text));
  if (!report.complete) return exitCodes.failed;
  return report.drift ? exitCodes.differs : exitCodes.done;
}

/** Of what a step tells while it compares, only what somebody should know. */
function contextOf(around: Surroundings, signal: AbortSignal, redactor: Redactor): StepContext {
  const log = createLog(({ level, message }) => {
    if (level === 'warn' || level === 'error') around.writeErr(`${message}\n`);
  }, redactor);
  return {
    ...{ workspace: around.cwd, temporaryFolder: around.temporaryFolder },
    ...{ log, signal, dryRun: true, clock: systemClock, run: {}, hide: redactor.add },
  };
}

function readOptions({ argv, cwd, env }: Surroundings) {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true, default: [] as string[] } as const;
  const paths = { 'config-path': text, 'repositories-path': text, 'projects-path': text };
  try {
    const options = { project: list, step: list, output: { ...text, default: 'text' }, kubeconfig: text, ...paths };
    const { values } = parseArgs({ args: [...argv], options });
    if (values.output !== 'json' && values.output !== 'text') throw new Error(`there is no output ${values.output}`);
    const at = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
    return {
      ...{ projects: values.project, steps: values.step, output: values.output },
      // As kubectl finds it.
      kubeconfig: values.kubeconfig ?? env['KUBECONFIG'] ?? join(homedir(), '.kube/config'),
      'luban-config': at(values['config-path']),
      'luban-repositories': at(values['repositories-path']),
      'luban-projects': at(values['projects-path']),
    };
  } catch (cause) {
    throw new InputError(`luban drift cannot be asked so: ${messageOf(cause)}`, [], { cause, hint });
  }
}

const ConfigMap = z.object({ data: z.record(z.string(), z.string()).default({}) });

/** What is given as a file, else what stands in the cluster; the steps read it from files in either case. */
async function readConfiguration(options: ReturnType<typeof readOptions>, folder: string) {
  const kube = createKube({ kubeconfig: options.kubeconfig });
  const dataOf = async (name: 'luban-config' | 'luban-repositories' | 'luban-projects'): Promise<Data> => {
    const path = options[name];
    if (path !== undefined) return readConfigMap(path);
    const found = await kube.read({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: platformNamespace });
    if (found !== undefined || name === 'luban-repositories') return ConfigMap.parse(found ?? {}).data;
    throw new InputError(`There is no ConfigMap ${platformNamespace}/${name}`, [], {
      hint: `The administrator’s guide says what stands in it; --${name.replace('luban-', '')}-path reads it from a file.`,
    });
  };
  const [config, repositories, projects] = [
    await dataOf('luban-config'),
    await dataOf('luban-repositories'),
    await dataOf('luban-projects'),
  ];
  const shared = { configPath: join(folder, 'config.json'), repositoriesPath: join(folder, 'repositories.json') };
  await writeFile(shared.configPath, inOrder(config));
  await writeFile(shared.repositoriesPath, inOrder(repositories));
  return {
    projects: parseProjects(projects),
    conventions: createConventions(parseLubanConfig(config), parseRepositories(repositories)),
    kube,
    shared,
  };
}

const Kubeconfig = z.object({ data: z.object({ kubeconfig: z.string() }) });

/** Of each environment that runs in another cluster: the kubeconfig that project setup reaches it by, where there is one. */
async function kubeconfigsOf(
  kube: WritableKube,
  { config }: Conventions,
  folder: string,
): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  for (const environment of config.environments) {
    if (clusterOf(environment, config) === inThisCluster) continue;
    const name = `luban-cluster-${environment}`;
    const secret = await kube.read({ apiVersion: 'v1', kind: 'Secret', name, namespace: platformNamespace });
    const text = Kubeconfig.safeParse(secret).data?.data.kubeconfig;
    const path = text === undefined ? undefined : join(folder, name);
    if (text !== undefined && path !== undefined) await writeFile(path, Buffer.from(text, 'base64'), { mode: 0o600 });
    found.set(environment, path);
  }
  return found;
}

/** A namespace is where its environment runs, all else here; without a kubeconfig the step says that it wants one. */
function clusterFor(
  { step, environment = '' }: Comparison,
  kubeconfigs: ReadonlyMap<string, string | undefined>,
  here: string,
): { kubeconfig?: string } {
  const path = step === 'setup-namespace' && kubeconfigs.has(environment) ? kubeconfigs.get(environment) : here;
  return path === undefined ? {} : { kubeconfig: path };
}

/** Keys in the order in which a mounted ConfigMap has its files: set-up records what it set in the order in which it read it. */
function inOrder(data: Data): string {
  return JSON.stringify(Object.fromEntries(Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

async function temporaryPlace(parent: string): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(parent, 'luban-drift-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
