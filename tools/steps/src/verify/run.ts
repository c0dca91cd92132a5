import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { type Finding, type ImageState, type RecordEntry, verifyRecord } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { type OverlayState, readOverlay } from '../overlay-state.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { gitopsRepoUrl: url } = inputs;
  const { conventions } = ctx;
  const wanted = inputs.environments.length > 0 ? inputs.environments : conventions.config.environments;
  const git = ctx.git.of(url);
  const environments = [];
  const findings: string[] = [];
  for (const environment of wanted) {
    const branch = conventions.branchOf(environment);
    const state = await readOverlay(git, url, branch, conventions.overlayOf(environment));
    environments.push({ environment, branch, commit: state.commit, images: imagesOf(state) });
    findings.push(
      ...verifyRecord({ images: state.record }, deployed(state)).map(
        (finding) => `${environment}: ${sentenceOf(finding)}`,
      ),
    );
  }
  for (const finding of findings) ctx.log.warn(finding);
  if (findings.length > 0 && inputs.failOnFindings) {
    throw new StepError(`${url} is not as it was recorded: ${findings.join('; ')}`, {
      hint: 'Deploy, promote or roll back instead of editing by hand, or accept it with a new deployment.',
    });
  }
  const summary = findings.length === 0 ? `${url} is as it was recorded` : `${findings.length} findings in ${url}`;
  return { changed: false, outputs: { sound: findings.length === 0, environments, findings }, summary };
}

/** A placeholder that nothing was ever deployed over is no hand edit. */
function deployed(state: OverlayState): OverlayState['images'] {
  return state.images.filter(({ name, newName }) => state.record[name] !== undefined || newName === undefined);
}

function imagesOf(state: OverlayState): Record<string, string>[] {
  return state.images.map(({ name, newName, newTag, digest }) => ({
    image: newName ?? name,
    ...(newTag === undefined ? {} : { tag: newTag }),
    ...(digest === undefined ? {} : { digest }),
    ...recorded(state.record[name]),
  }));
}

function recorded(entry: RecordEntry | undefined): Record<string, string> {
  const { digest, sourceRepository, sourceCommit, at, run, requestedBy, promotedFrom } = entry ?? {};
  const known = { digest, sourceRepository, sourceCommit, since: at, run, requestedBy, promotedFrom };
  return Object.fromEntries(Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function sentenceOf(finding: Finding): string {
  if (finding.finding === 'not recorded') return `${finding.image} at ${stateText(finding.found)} was never recorded`;
  if (finding.finding === 'removed by hand')
    return `${finding.image} was removed; ${stateText(finding.recorded)} is recorded`;
  return `${finding.image} is at ${stateText(finding.found)}, and ${stateText(finding.recorded)} is recorded`;
}

function stateText({ tag, digest }: ImageState): string {
  return [tag, digest].filter((part) => part !== undefined).join('@') || 'no version';
}
