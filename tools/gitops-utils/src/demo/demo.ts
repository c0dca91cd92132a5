import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type ExitCode, exitCodes, messageOf, silentLog } from '@luban-ci/core';
import type { Surroundings } from '@luban-ci/hosts';
import { playgroundDown } from '@luban-ci/playground';
import { chooseBaseImage } from './base-image.ts';
import { configurationOf, openCluster } from './cluster.ts';
import { deliver, dispatcher } from './deliver.ts';
import { openEventSource } from './events.ts';
import { createNodeTeller } from './node-teller.ts';
import { bareRepository, type DemoPlace, openPlace } from './place.ts';
import { demoTools } from './repositories.ts';
import { createStory, type Story } from './story.ts';

/** `luban demo`: the whole delivery on this machine, with the workflows that Argo runs. */
export async function demo(around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const story = createStory(around, () => performance.now());
  const keeps = ['1', 'true', 'yes'].includes(around.env['KEEP'] ?? '');
  story.chapter('A playground: git server, forge, registry and a small cluster on this machine');
  const place = await openPlace(resolve(around.cwd, '.luban/demo'));
  story.say(place.url);
  try {
    await play(place, story, around, signal);
  } finally {
    if (!keeps) await playgroundDown({ folder: place.folder });
  }
  tellWhatIsLeft(place, story, keeps, around.cwd);
  return exitCodes.done;
}

async function play(place: DemoPlace, story: Story, around: Surroundings, signal: AbortSignal): Promise<void> {
  const baseImage = await chooseBaseImage(place, story);
  const tools = await demoTools(place, silentLog, signal);
  await using events = await openEventSource();
  const configuration = configurationOf(place, baseImage, events);
  await using cluster = await openCluster(place, configuration, around.env, createNodeTeller(story));
  events.deliverTo((push) => {
    const given = { ...push, git_provider: 'gitea', git_creds_secret: 'gitea-creds' };
    cluster.submit(dispatcher, 'luban-ci', given).catch((error) => story.say(`the push was lost: ${messageOf(error)}`));
  });

  const result = await deliver({ place, story, tools, cluster, signal });
  await writeFile(join(place.folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
}

function tellWhatIsLeft(place: DemoPlace, story: Story, keeps: boolean, cwd: string): void {
  if (keeps)
    story.say(`The playground stays up: ${place.url} (take it down with: ./luban playground down .luban/demo)`);
  const repository = relative(cwd, bareRepository(place, `${place.app}-gitops`));
  story.say(`The repositories stay, to be cloned with plain git: git clone ${repository}`);
}
