import { executeStep, silentLog, systemClock } from '@luban-ci/core';
import { loadStep } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import type { DemoStage } from './deliver.ts';

/** Runs the step `verify` over the GitOps repository; a finding fails the demo. */
export async function verifyHistory({ place, story, signal }: DemoStage): Promise<void> {
  const { summary } = await executeStep(
    await loadStep('verify'),
    { gitopsRepoUrl: place.gitopsUrl, gitUsername: place.user, gitToken: place.token },
    {
      workspace: place.folder,
      temporaryFolder: place.folder,
      log: silentLog,
      signal,
      dryRun: false,
      clock: systemClock,
      run: {},
    },
    capabilities,
  );
  story.say(summary);
}
