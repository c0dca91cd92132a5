import { writeFile } from 'node:fs/promises';
import { silentLog } from '@luban-ci/core';
import { type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { pushLocalBase } from './demo/base-image.ts';
import { readDeployed } from './demo/outcome.ts';
import type { DemoPlace } from './demo/place.ts';
import { demoTools } from './demo/repositories.ts';
import { luban } from './testing/luban-process.ts';

/** Milliseconds for some fifty pods. */
const patience = 900_000;

const Up = z.object({ url: z.string(), user: z.string(), token: z.string() });
const Ended = z.object({
  phase: z.string(),
  nodes: z.array(
    z.object({ name: z.string(), type: z.string(), outputs: z.record(z.string(), z.string()).optional() }),
  ),
});

const project = { project_name: 'payment', git_organization: 'metasync' };
const application = { ...project, app_name: 'cart-service', requested_by: 'ada@example.com' };
const production = { ...application, environment: 'prd' };

test('a project and an application are set up, delivered and promoted by luban run alone', {
  timeout: patience,
}, async () => {
  await using folder = await temporaryFolder();
  await using at = await playgroundIn(folder);

  const first = [
    await at.run('luban-project-setup-template', project),
    await at.run('luban-app-setup-template', application),
    await at.run('luban-app-setup-template', production),
  ];
  const second = [
    await at.run('luban-project-setup-template', project),
    await at.run('luban-app-setup-template', application),
    await at.run('luban-app-setup-template', production),
  ];
  const { commit: revision = '' } = (await at.tools.forge.getBranch(at.source, 'main')) ?? {};
  const repo_url = at.place.sourceUrl;
  await at.run('luban-pipeline-dispatcher-template', { repo_url, revision, git_ref: 'refs/heads/main' });
  const promotion = await at.run('luban-promotion-template', { ...project, app_name: 'cart-service' }, 'snd-payment');
  const request = await at.tools.forge.getChangeRequest(at.gitops, 1);
  const merge = { expectedHead: request?.head ?? '', method: 'merge' as const };
  await at.tools.forge.mergeChangeRequest(at.gitops, 1, merge);

  const environments = (task: string) => [`${task}(0:snd)(0)`, `${task}(1:prd)(0)`];
  expect(first.map(changedPods)).toEqual([
    [...environments('argocd-project'), 'harbor-project(0)', ...environments('namespace')],
    ['argocd-application(0)', 'gitops-repo(0)', 'source-repo(0)'],
    ['argocd-application(0)'],
  ]);
  expect(second.map(changedPods)).toEqual([[], [], []]);
  expect(changedPods(promotion)).toEqual(['promote(0)']);
  const sandbox = await readDeployed(at.tools.git, at.place.gitopsUrl, 'develop', 'snd');
  const live = await readDeployed(at.tools.git, at.place.gitopsUrl, 'main', 'prd');
  expect(sandbox).toMatchObject({ image: `${at.place.host}/payment/cart-service`, tag: revision });
  expect([live.tag, live.digest]).toEqual([revision, sandbox.digest]);
});

/** The pods of a workflow that changed anything, in the order of their names. */
function changedPods({ nodes }: z.output<typeof Ended>): string[] {
  const changed = nodes.filter(({ type, outputs }) => type === 'Pod' && outputs?.['changed'] === 'true');
  return changed.map(({ name }) => name.split('.').at(-1) ?? '').toSorted();
}

async function playgroundIn(folder: TemporaryFolder) {
  const cwd = folder.path;
  const command = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await luban({ args, cwd });
    if (exitCode !== 0) throw new Error(`luban ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const { url, user, token } = Up.parse(JSON.parse(await command('playground', 'up')));
  const place: DemoPlace = {
    ...{ folder: cwd, url, user, token, host: new URL(url).host },
    ...{ organization: 'metasync', project: 'payment', app: 'cart-service' },
    sourceUrl: `${url}/metasync/cart-service.git`,
    gitopsUrl: `${url}/metasync/cart-service-gitops.git`,
  };
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  await fetch(`${url}/api/v1/orgs`, { method: 'POST', headers, body: JSON.stringify({ username: 'metasync' }) });
  await writeFile(folder.at('config.yaml'), await configuration(place));
  return {
    place,
    source: { owner: 'metasync', repository: 'cart-service' },
    gitops: { owner: 'metasync', repository: 'cart-service-gitops' },
    tools: await demoTools(place, silentLog, new AbortController().signal),
    run: async (template: string, parameters: Record<string, string>, namespace = 'luban-ci') => {
      const common = { git_provider: 'gitea', git_creds_secret: 'gitea-creds' };
      const given = Object.entries({ ...common, ...parameters }).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
      return Ended.parse(
        JSON.parse(await command('run', template, '--values', 'config.yaml', '-n', namespace, ...given)),
      );
    },
    [Symbol.asyncDispose]: async () => void (await command('playground', 'down')),
  };
}

/** What an administrator gives a cluster before anything is set up in it. */
async function configuration(place: DemoPlace): Promise<string> {
  const { url, host, user, token } = place;
  const config = {
    registry_server: host,
    harbor_url: url,
    builder: 'append',
    build_base_image: await pushLocalBase(place, place.project),
    default_git_provider: 'gitea',
    gitea_server: host,
    gitea_base_url: url,
  };
  const secrets = {
    'gitea-creds': { username: user, token },
    'harbor-api-creds': { HARBOR_USERNAME: user, HARBOR_PASSWORD: token },
  };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'luban-config' }, data: config },
    ...Object.entries(secrets).map(([name, stringData]) => {
      return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
    }),
  ]
    .map((each) => JSON.stringify(each))
    .join('\n---\n');
}
