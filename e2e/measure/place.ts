import { messageOf, StepError } from '@luban-ci/core';
import { given } from '../given/as-program.ts';
import { run } from '../run.ts';

/** Something in the cluster that takes time. */
export interface Measurement {
  /** Makes what its turns start from. */
  prepare(place: MeasuredPlace): Promise<void>;
  /** Each answers the milliseconds of what it measures, without what it has to make before. */
  turns: Record<string, (place: MeasuredPlace) => Promise<number>>;
}

/** A project of a measurement's own, with an application of the same name. */
export interface MeasuredPlace {
  project: string;
  /** Where its workflows run: `snd-<project>`. */
  namespace: string;
  environment: Record<string, string>;
  /** Calls e2e/given. @returns what it answers */
  given(...args: string[]): Promise<unknown>;
  /** `argo submit` with these arguments, until the workflow has ended. @throws StepError with what it said last, when it failed */
  submit(...args: string[]): Promise<void>;
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Takes the project away: what Argo CD has of it first, then its namespaces. */
  remove(): Promise<void>;
}

/** For what should take a minute. */
const patienceSeconds = 300;

export function measuredPlace(project: string, environment: Record<string, string>): MeasuredPlace {
  const options = { env: environment, timeoutSeconds: patienceSeconds };
  const kubectl: MeasuredPlace['kubectl'] = (args, input = '') => run('kubectl', args, { ...options, input });
  const namespace = `snd-${project}`;
  const environments = ['snd', 'prd'].map((name) => `${name}-${project}`);
  return {
    ...{ project, namespace, environment, kubectl },
    given: (...args) => given(args, environment),
    submit: async (...args) => {
      const submit = ['submit', '--wait', ...args];
      await run('argo', submit, options).catch(async (error: unknown) => {
        const said = await run('argo', ['logs', '-n', namespace, '@latest', '--no-color'], options).catch(messageOf);
        throw new StepError(`${messageOf(error)}\n${said.trim().split('\n').slice(-10).join('\n')}`, { cause: error });
      });
    },
    remove: async () => {
      const removal = ['--ignore-not-found', '--wait'];
      const applications = await applicationsOf(environments, kubectl);
      if (applications.length > 0) {
        await kubectl(['-n', 'argocd', 'delete', 'application', ...applications, ...removal]);
      }
      await kubectl(['-n', 'argocd', 'delete', 'appproject', ...environments, ...removal]);
      await kubectl(['delete', 'namespace', ...environments, ...removal]);
    },
  };
}

/** Names of what Argo CD keeps in these projects of its own. */
async function applicationsOf(projects: readonly string[], kubectl: MeasuredPlace['kubectl']): Promise<string[]> {
  const lines = 'jsonpath={range .items[*]}{.spec.project} {.metadata.name}{"\\n"}{end}';
  const said = await kubectl(['-n', 'argocd', 'get', 'applications', '-o', lines]);
  const all = said
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return all.flatMap(([project = '', name = '']) => (projects.includes(project) ? [name] : []));
}
