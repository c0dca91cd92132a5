import { join } from 'node:path';
import { temporaryFolder } from '@luban-ci/testing';
import { type Playground, type PlaygroundOptions, startPlayground } from '../start-playground.ts';
import { runGitAs } from './git-client.ts';

/** A playground in a temporary folder, with one repository and a clone of it. */
export interface RunningPlayground extends AsyncDisposable {
  playground: Playground;
  /** Data of the playground. */
  data: string;
  clone: string;
  /** Calls the API as `bot`. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

export const botToken = 'token-of-bot';

export async function runningPlayground(options: Partial<PlaygroundOptions> = {}): Promise<RunningPlayground> {
  const folder = await temporaryFolder();
  const data = folder.at('data');
  const users = [
    { name: 'bot', token: botToken, admin: true },
    { name: 'guest', token: 'token-of-guest' },
  ];
  const playground = await startPlayground({ folder: data, users, ...options });
  const url = await playground.createRepository('metasync', 'cart');
  const clone = folder.at('clone');
  await runGitAs(botToken, folder.path, ['init', '--quiet', '--initial-branch=main', clone]);
  await runGitAs(botToken, clone, ['remote', 'add', 'origin', url]);
  return {
    playground,
    data,
    clone,
    api: async (method, path, body) => {
      const response = await fetch(`${playground.url}/api/v1/${path}`, {
        method,
        headers: { authorization: `token ${botToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

export function bareRepository(at: RunningPlayground): string {
  return join(at.data, 'repositories', 'metasync', 'cart.git');
}
