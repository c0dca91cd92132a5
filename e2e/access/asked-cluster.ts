import { createConventions, parseLubanConfig, platformNamespace } from '@luban-ci/conventions';
import { StepError } from '@luban-ci/core';
import { runProgram } from '@luban-ci/process';
import { z } from 'zod';
import type { Access, Permission, Place } from './permissions.ts';
import type { Rule } from './questions.ts';

/** A cluster whose authorizer is asked, as kubectl does it. */
export interface AskedCluster {
  /** Whether a place is there, or an account in it. */
  has(place: Place, account?: string): boolean;
  /** @returns an answer for each permission, in their order */
  mayDo(access: Access, place: Place, permissions: readonly Permission[]): Promise<('yes' | 'no')[]>;
  /** Every rule that holds for an account in a place. */
  rulesOf(access: Access, place: Place): Promise<Rule[]>;
}

type Kubectl = (
  args: readonly string[],
  input?: string,
) => Promise<{ exitCode: number; stdout: string; stderr: string }>;

const Config = z.object({ data: z.record(z.string(), z.string()).default({}) });
const Accounts = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string() }) })),
});
const Review = z.object({
  status: z.object({
    resourceRules: z.array(
      z.object({
        verbs: z.array(z.string()),
        apiGroups: z.array(z.string()).default([]),
        resources: z.array(z.string()).default([]),
        resourceNames: z.array(z.string()).optional(),
      }),
    ),
  }),
});

/** @throws StepError when the cluster does not answer, or when the project has no test users */
export async function openAskedCluster(env: Record<string, string>, project: string): Promise<AskedCluster> {
  const kubectl: Kubectl = (args, input = '') =>
    runProgram('kubectl', args, { cwd: '/', env, input, timeoutSeconds: 60 });
  const namespaces = await namespacesOf(kubectl, project);
  const accounts = Accounts.parse(await read(kubectl, ['get', 'serviceaccounts', '-A', '-o', 'json'])).items;
  const known = accounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const has: AskedCluster['has'] = (place, account) => {
    const namespace = namespaces[place];
    if (namespace === undefined) return place === 'cluster' && account === undefined;
    return known.includes(`${namespace}/${account ?? 'default'}`);
  };
  requireTestUsers(has, namespaces);
  const asWhom = ({ home, account }: Access) => ['--as', `system:serviceaccount:${namespaces[home]}:${account}`];
  return {
    has,
    mayDo: async (access, place, permissions) => {
      const items = permissions.map((permission) => accessReview(permission, namespaces[place]));
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      const shown = ['-o', 'jsonpath={.status.allowed}{"\\n"}'];
      const asked = await kubectl(['create', '--validate=false', '-f', '-', ...shown, ...asWhom(access)], list);
      if (asked.exitCode === 0) return answersIn(asked.stdout, permissions.length);
      throw new StepError(`The cluster was asked as ${access.account}, and did not answer: ${asked.stderr.trim()}`, {
        hint: 'Whoever asks has to be allowed to impersonate service accounts.',
      });
    },
    rulesOf: async (access, place) => {
      const spec = { namespace: namespaces[place] ?? unusedNamespace };
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec };
      const args = ['create', '--validate=false', '-f', '-', '-o', 'json', ...asWhom(access)];
      return Review.parse(await read(kubectl, args, JSON.stringify(review))).status.resourceRules;
    },
  };
}

/** What `kubectl auth can-i` asks, so that hundreds of questions are not as many programs. Without a namespace it is about all. */
function accessReview({ verb, resource, subresource, name }: Permission, namespace: string | undefined): object {
  const [plural, ...group] = resource.split('.');
  const resourceAttributes = { verb, group: group.join('.'), resource: plural, subresource, name, namespace };
  return { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
}

/** A line for each question. */
function answersIn(said: string, count: number): ('yes' | 'no')[] {
  const lines = said.trimEnd().split('\n');
  if (lines.length !== count) throw new StepError(`The cluster answered ${lines.length} of ${count} questions`);
  return lines.map((line) => (line === 'true' ? 'yes' : 'no'));
}

/** A rules review wants a namespace; in one that is not there, the bindings of the whole cluster alone count. */
const unusedNamespace = 'luban-access-nowhere';

/** Names as the cluster's luban-config says. */
async function namespacesOf(kubectl: Kubectl, project: string): Promise<Partial<Record<Place, string>>> {
  const args = ['-n', platformNamespace, 'get', 'configmap', 'luban-config', '-o', 'json'];
  const { data } = Config.parse(await read(kubectl, args));
  const conventions = createConventions(parseLubanConfig(data));
  const build = conventions.buildNamespaceOf(project);
  const [, later] = conventions.config.environments;
  const release = later === undefined ? undefined : conventions.namespaceOf(later, project);
  const argocd = conventions.config.argocd_namespace;
  return { platform: platformNamespace, build, argocd, ...(release === undefined ? {} : { release }) };
}

function requireTestUsers(has: AskedCluster['has'], { build = '' }: Partial<Record<Place, string>>): void {
  if (!has('build')) {
    throw new StepError(`There is no namespace ${build}`, { hint: 'Set the project up first, or give PROJECT_NAME.' });
  }
  const missing = ['test-project-admin', 'test-project-developer'].filter((name) => !has('build', name));
  if (missing.length === 0) return;
  throw new StepError(`There is no account ${missing.join(', ')} in ${build}`, {
    hint: 'Run luban-project-setup-template for the project with create_test_users=yes.',
  });
}

async function read(kubectl: Kubectl, args: readonly string[], input?: string): Promise<unknown> {
  const { exitCode, stdout, stderr } = await kubectl(args, input);
  if (exitCode === 0) return JSON.parse(stdout);
  throw new StepError(`kubectl ${args.slice(0, 4).join(' ')} failed: ${stderr.trim()}`);
}
