import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import { playgroundDown, playgroundUp } from '@luban-ci/playground';
import { plainEnvironment } from '@luban-ci/process';
import { thisProgram } from '../this-program.ts';

/** Where the demo happens: its folder, its playground, and who it is there. */
export interface DemoPlace {
  /** Absolute: `.luban/demo`. */
  folder: string;
  url: string;
  /** Host and port of forge and registry. */
  host: string;
  user: string;
  token: string;
  organization: string;
  project: string;
  app: string;
  sourceUrl: string;
  gitopsUrl: string;
}

/** A fresh playground in a fresh folder; one that an earlier demo left up is taken down first. */
export async function openPlace(folder: string): Promise<DemoPlace> {
  await playgroundDown({ folder });
  await rm(folder, { recursive: true, force: true });
  const { program, args } = thisProgram();
  const reenter = { program, args: [...args, 'playground', 'serve', folder] };
  const { url, user, token } = await playgroundUp({ folder, reenter, env: plainEnvironment() });
  const organization = 'metasync';
  await createOrganization(url, token, organization);
  const [project, app] = ['payment', 'cart-service'];
  return {
    folder,
    url,
    host: new URL(url).host,
    user,
    token,
    organization,
    project,
    app,
    sourceUrl: `${url}/${organization}/${app}.git`,
    gitopsUrl: `${url}/${organization}/${app}-gitops.git`,
  };
}

/** Organisations are made by people, with Gitea's own API; no step of ours needs to. */
async function createOrganization(url: string, token: string, username: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/orgs`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ username }),
  });
  if (!response.ok) throw new StepError(`The playground answered ${response.status} for the organisation ${username}`);
}

export function bareRepository(place: DemoPlace, name: string): string {
  return join(place.folder, 'repositories', place.organization, `${name}.git`);
}
