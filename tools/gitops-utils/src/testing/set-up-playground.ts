import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLog } from '@luban-ci/core';
import { z } from 'zod';
import { pushLocalBase } from '../demo/base-image.ts';
import { configOf, loginsOf } from '../demo/cluster.ts';
import type { DemoPlace } from '../demo/place.ts';
import { type DemoTools, demoTools } from '../demo/repositories.ts';
import { luban, type RunningLuban, startLuban } from './luban-process.ts';

/** A template, and what it is run with. */
export interface TemplateRun {
  template: string;
  parameters: Record<string, string>;
  /** By default that of the platform. */
  namespace?: string;
}

const Ended = z.object({
  phase: z.string(),
  nodes: z.array(
    z.object({ name: z.string(), type: z.string(), outputs: z.record(z.string(), z.string()).optional() }),
  ),
});
export type EndedRun = z.output<typeof Ended>;

/** A playground that an administrator has just begun with, and a developer whose only tool is the command line. */
export interface SetUpPlayground extends AsyncDisposable {
  place: DemoPlace;
  tools: DemoTools;
  /** Where the playground keeps everything. */
  folder: string;
  /** Runs `luban run` to its end. @throws Error when it does not end well */
  run(asked: TemplateRun): Promise<EndedRun>;
  /** Starts the same, as a process that can be killed. */
  start(asked: TemplateRun): RunningLuban;
}

const Up = z.object({ url: z.string(), user: z.string(), token: z.string() });

/** @param cwd absolute; of nobody else */
export async function setUpPlayground(cwd: string): Promise<SetUpPlayground> {
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
  await writeFile(join(cwd, 'config.yaml'), await configuration(place));
  return {
    place,
    tools: await demoTools(place, silentLog, new AbortController().signal),
    folder: join(cwd, '.luban/playground'),
    run: async (asked) => Ended.parse(JSON.parse(await command(...argumentsFor(asked)))),
    start: (asked) => startLuban({ args: argumentsFor(asked), cwd }),
    [Symbol.asyncDispose]: async () => void (await command('playground', 'down')),
  };
}

function argumentsFor({ template, parameters, namespace = 'luban-ci' }: TemplateRun): string[] {
  const all = { git_provider: 'gitea', git_creds_secret: 'gitea-creds', ...parameters };
  const given = Object.entries(all).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
  return ['run', template, '--values', 'config.yaml', '-n', namespace, ...given];
}

/** What an administrator gives a cluster before anything is set up in it. */
async function configuration(place: DemoPlace): Promise<string> {
  const config = configOf(place, await pushLocalBase(place, place.project));
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'luban-config' }, data: config },
    ...loginsOf(place).map(({ name, data }) => {
      return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: data };
    }),
  ]
    .map((each) => JSON.stringify(each))
    .join('\n---\n');
}
