import { InputError } from '@luban-ci/core';
import { tellFailure } from '../tell-failure.ts';
import { givenApplication } from './application.ts';
import { applyFile } from './apply-file.ts';
import { deployed } from './deployed.ts';
import { givenCommit, givenTag } from './developer.ts';
import { givenHeldPushes, givenWebhook, letPushesGo, removeRepository } from './forge.ts';
import { mergeChange } from './merge.ts';
import { suitePlace } from './place.ts';
import { givenPlatform } from './platform.ts';
import { givenProject } from './project.ts';

/**
 * What suites start from and look at, as a program for their scripts; answers with JSON.
 *
 *   main.ts platform
 *   main.ts project <project>
 *   main.ts application <project> <app>
 *   main.ts commit <repository> <path> <content>
 *   main.ts tag <repository> <tag>
 *   main.ts hook <repository>
 *   main.ts held-pushes <repository>
 *   main.ts let-pushes-go <repository>
 *   main.ts deployed <app> <environment> [branch]
 *   main.ts merge <repository>
 *   main.ts apply <repository> <path>
 *   main.ts no-repository <repository> …
 */
const [what = '', ...args] = process.argv.slice(2);
const [first = '', second = '', third = ''] = args;

try {
  const place = suitePlace(process.env);
  const answers: Record<string, () => Promise<unknown>> = {
    platform: () => givenPlatform(place),
    project: () => givenProject(place, first),
    application: async () => {
      await givenProject(place, first);
      return givenApplication(place, first, second);
    },
    commit: () => givenCommit(place, { repository: first, path: second, content: third }),
    tag: () => givenTag(place, first, second),
    hook: () => givenWebhook(place, first),
    'held-pushes': () => givenHeldPushes(place, first),
    'let-pushes-go': () => letPushesGo(place, first),
    deployed: () => deployed(place, first, second, third || 'develop'),
    merge: () => mergeChange(place, first),
    apply: () => applyFile(place, first, second),
    'no-repository': async () => {
      for (const repository of args) await removeRepository(place, repository);
    },
  };
  const answer = answers[what];
  if (answer === undefined) throw new InputError(`There is no ${what}: ${Object.keys(answers).join(', ')}`);
  process.stdout.write(`${JSON.stringify((await answer()) ?? {})}\n`);
} catch (error) {
  tellFailure(error);
}
