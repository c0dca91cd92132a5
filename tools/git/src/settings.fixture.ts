import { tmpdir } from 'node:os';
import { silentLog, systemClock } from '@luban-ci/core';
import { plainEnvironment } from '@luban-ci/process';
import type { GitSettings } from './git-settings.ts';

export const testUser = { username: 'ci', password: 'a-token-nobody-may-see' };

/** For git: a test server is its own proxy as well, and through a proxy it is git that asks the server. */
export function throughProxy({ origin }: { origin: string }): Record<string, string> {
  return { http_proxy: origin };
}

/** Settings for a test against one server; what a test is about it gives itself. */
export function testSettings(server: { origin: string }, given: Partial<GitSettings> = {}): GitSettings {
  const { username, password } = testUser;
  return {
    access: [{ origin: server.origin, username, token: password, mode: 'extraheader_basic' }],
    environment: plainEnvironment(),
    temporaryFolder: tmpdir(),
    log: silentLog,
    clock: systemClock,
    signal: new AbortController().signal,
    random: Math.random,
    committer: { name: 'Luban CI', email: 'ci@luban.example' },
    allowFile: false,
    intents: { mayFold: async () => true },
    ...given,
  };
}
