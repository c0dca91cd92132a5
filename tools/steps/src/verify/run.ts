import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { type Finding, type ImageState, verifyRecord } from '@luban-ci/edits';
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
    const differing = verifyRecord({ images: state.record }, deployed(state)).map(sentenceOf);
    findings.push(...[...differing, ...aliases(state)].map((sentence) => `${environment}: ${sentence}`));
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

/** What runs; of the record only what is about exactly that. */
function imagesOf(state: OverlayState): Record<string, string>[] {
  return state.images.map(({ name, newName, newTag: tag, digest }) => {
    const entry = state.record[name];
    const isRecorded = entry?.tag === tag && (digest === undefined || entry?.digest === digest);
    const {
      digest: recordedDigest,
      sourceRepository,
      sourceCommit,
      at,
      run,
      requestedBy,
      promotedFrom,
    } = isRecorded && entry !== undefined ? entry : {};
    const known = {
      tag,
      digest: digest ?? recordedDigest,
      sourceRepository,
      sourceCommit,
      since: at,
      run,
      requestedBy,
    };
    return { image: newName ?? name, ...present({ ...known, promotedFrom }) };
  });
}

function present(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** A deployment takes an alias of a full name away, so that one beside a record was put there by hand. */
function aliases(state: OverlayState): string[] {
  return state.images
    .filter(({ name, newName }) => newName !== undefined && newName !== name && name.includes('/'))
    .filter(({ name }) => state.record[name] !== undefined)
    .map(({ name, newName }) => `${name} is replaced by ${newName}, which was never recorded`);
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
