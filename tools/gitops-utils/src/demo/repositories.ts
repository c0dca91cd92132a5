import { type Log, systemClock } from '@luban-ci/core';
import { createForge, type Forge } from '@luban-ci/forge';
import { createGit, type Git } from '@luban-ci/git';
import { plainEnvironment } from '@luban-ci/process';
import type { DemoPlace } from './place.ts';

/** The developer of the story. */
export const ada = { name: 'Ada', email: 'ada@example.com' };

export interface DemoTools {
  forge: Forge;
  git: Git;
}

export async function demoTools(place: DemoPlace, log: Log, signal: AbortSignal): Promise<DemoTools> {
  const git = createGit({
    access: [
      { origin: new URL(place.url).origin, username: place.user, token: place.token, mode: 'extraheader_basic' },
    ],
    environment: plainEnvironment(),
    temporaryFolder: place.folder,
    log,
    clock: systemClock,
    signal,
    random: Math.random,
    committer: { name: 'Luban CI', email: 'luban-ci@users.noreply.luban-ci.io' },
    allowFile: false,
  });
  return {
    git,
    forge: await createForge('gitea', { baseUrl: place.url, token: place.token, clock: systemClock, log, signal }),
  };
}
