import { readFile, writeFile } from 'node:fs/promises';
import { createKube } from '@luban-ci/kube/client';
import { temporaryFolder } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type LocalProject, localProject } from '../testing/local-project.ts';
import { luban } from '../testing/luban-process.ts';

/** Milliseconds for a dozen pods on a busy machine. */
const patience = 600_000;
const Report = z.object({
  drift: z.boolean(),
  complete: z.boolean(),
  unsaid: z.array(z.string()),
  comparisons: z.array(
    z.object({
      step: z.string(),
      objects: z.array(z.object({ how: z.string(), name: z.string() })),
      diff: z.string(),
      problem: z.string().optional(),
    }),
  ),
});

const projects = {
  payment: JSON.stringify({
    git_organization: 'metasync',
    developer_groups: ['payment-developers'],
    admin_groups: ['payment-leads'],
    applications: { 'cart-service': { environments: ['snd'] } },
  }),
};

let project: LocalProject;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  project = await localProject({ namespaces: [], repositories: false });
  folder = await temporaryFolder();
  const given = { project_name: 'payment', git_organization: 'metasync' };
  const groups = { developer_groups: '["payment-developers"]', admin_groups: '["payment-leads"]' };
  await project.run('luban-project-setup-template', { ...given, ...groups }, 'luban-ci');
  await project.run('luban-app-setup-template', { ...given, app_name: 'cart-service' }, 'luban-ci');
  await writeFile(folder.at('projects.json'), JSON.stringify(projects));
}, patience);
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function drift(...args: string[]) {
  const { user, token } = project.place;
  const credentials = { LUBAN_GIT_TOKEN: token, LUBAN_HARBOR_USERNAME: user, LUBAN_HARBOR_PASSWORD: token };
  const env = { ...credentials, KUBECONFIG: project.kubeconfig };
  const ended = await luban({ args: ['drift', '--projects-path', 'projects.json', ...args], cwd: folder.path, env });
  expect(ended.stdout + ended.stderr).not.toContain(token);
  return ended;
}

async function reported(...args: string[]) {
  const { exitCode, stdout } = await drift('--output', 'json', ...args);
  const { comparisons, ...report } = Report.parse(JSON.parse(stdout));
  return { exitCode, ...report, comparisons, objects: comparisons.flatMap(({ objects }) => objects) };
}

const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', name: 'project-developers' };
const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'snd-cart-service' };

describe('luban drift', { timeout: patience }, () => {
  test('finds nothing after set-up, and what was changed by hand by its name, and changes nothing itself', async () => {
    const kube = createKube({ kubeconfig: project.kubeconfig });
    const clean = await reported();
    const text = await drift();

    const binding = await kube.read({ ...role, namespace: 'prd-payment' });
    if (binding !== undefined) await kube.delete(binding);
    const found = await kube.read({ ...application, namespace: 'argocd' });
    const elsewhere = JSON.parse(JSON.stringify(found).replace('cart-service-gitops.git', 'other.git'));
    await kube.replace(elsewhere);
    await makePublic(project);
    const drifted = await reported();
    const again = await reported('--project', 'payment');
    const told = await drift();
    const argocd = await reported('--step', 'setup-argocd-application');

    expect(clean).toMatchObject({ exitCode: 0, drift: false, complete: true, unsaid: [], objects: [] });
    expect(clean.comparisons.map(({ step }) => step)).toEqual([
      'setup-harbor-project',
      ...['setup-argocd-project', 'setup-namespace', 'setup-argocd-project', 'setup-namespace'],
      ...['setup-gitops-repo', 'setup-argocd-application', 'setup-source-repo'],
    ]);
    expect([text.exitCode, text.stdout]).toEqual([0, 'no drift in 8 comparisons\n']);
    const objects = [
      { how: 'different', name: 'HarborProject payment' },
      { how: 'missing', name: 'RoleBinding prd-payment/project-developers' },
      { how: 'different', name: 'Application argocd/snd-cart-service' },
    ];
    expect(drifted).toMatchObject({ exitCode: 3, drift: true, complete: true, objects });
    expect(again).toEqual(drifted);
    expect(argocd.comparisons.map(({ diff }) => diff).join('')).toMatch(/^-.*\/other\.git$/m);
    expect(told.exitCode).toBe(3);
    expect(told.stdout).toMatch(
      /^payment in prd \(setup-namespace\)\n {2}missing {4}RoleBinding prd-payment\/project-developers$/m,
    );
    expect(told.stdout).toMatch(/^3 objects have drifted in 8 comparisons$/m);
  });

  test('says what could not be compared, and that is no success', async () => {
    const { stdout, exitCode } = await luban({
      args: ['drift', '--projects-path', 'projects.json', '--step', 'setup-harbor-project'],
      cwd: folder.path,
      env: { KUBECONFIG: project.kubeconfig },
    });

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^payment \(setup-harbor-project\) could not be compared: Harbor cannot be asked/m);
  });

  test('compares a namespace in the cluster that its environment runs in, by the Secret that project setup uses', async () => {
    const kube = createKube({ kubeconfig: project.kubeconfig });
    const live = await kube.read({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', name: 'luban-config' },
      namespace: 'luban-ci',
    });
    const config = { ...Object(live?.['data']), cluster_map: '{"prd": "https://prd.example:6443"}' };
    await writeFile(folder.at('config.json'), JSON.stringify(config));
    const given = ['--config-path', 'config.json', '--step', 'setup-namespace'];

    const without = await drift(...given);
    const data = { kubeconfig: await readFile(project.kubeconfig, 'base64') };
    const metadata = { name: 'luban-cluster-prd', namespace: 'luban-ci' };
    await kube.create({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data });
    const withSecret = await reported(...given);

    expect(without.exitCode).toBe(1);
    expect(without.stdout).toMatch(
      /^payment in prd \(setup-namespace\) could not be compared: prd runs in the cluster https:\/\/prd\.example:6443, which is not this one/m,
    );
    expect(withSecret).toMatchObject({ complete: true, comparisons: [{}, {}] });
  });

  test('names projects of which nobody says how they should be, and refuses what it does not understand', async () => {
    await writeFile(folder.at('none.json'), '{}');
    await writeFile(folder.at('wrong.json'), JSON.stringify({ payment: 'visibility: public' }));

    const unsaid = await reported('--projects-path', 'none.json');
    const wrong = await drift('--projects-path', 'wrong.json');
    const unknown = await drift('--project', 'billing');

    expect(unsaid).toMatchObject({ exitCode: 0, comparisons: [], unsaid: ['payment'] });
    expect([wrong.exitCode, unknown.exitCode]).toEqual([2, 2]);
    expect(wrong.stderr).toContain('luban-projects cannot be used');
    expect(unknown.stderr).toContain('luban-projects does not know billing');
  });
});

async function makePublic({ place }: LocalProject): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${place.user}:${place.token}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(`${place.url}/api/v2.0/projects/payment`, {
    ...{ method: 'PUT', headers },
    body: JSON.stringify({ metadata: { public: 'true' } }),
  });
  expect(answer.status).toBe(200);
}
