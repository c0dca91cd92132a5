import type { InputsOf } from '@luban-ci/core';
import type { EditInput } from '@luban-ci/edits';
import { parseRepository } from '@luban-ci/images';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageVersion } from '../image-version.ts';
import { runProvenance } from '../provenance.ts';
import type { Candidate } from './candidate.ts';
import type { step } from './step.ts';

/** Where a promotion goes, derived once. */
export interface Promotion {
  appName: string;
  gitopsRepoUrl: string;
  fromEnv: string;
  toEnv: string;
  sourceBranch: string;
  targetBranch: string;
  /** The branch a pull request is opened from. */
  promotionBranch: string;
  candidate: Candidate;
  healthChecked: boolean;
}

/** The image in the target overlay, pinned by digest; ordered by when the promotion was asked for. */
export function promotionEdit(
  promotion: Promotion,
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): EditInput {
  const { candidate, fromEnv, toEnv } = promotion;
  const { sourceRepository, sourceCommit } = candidate.record ?? {};
  const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
  return {
    kind: 'kustomize-set-image',
    version: 1,
    folder: ctx.conventions.overlayOf(toEnv, { project: inputs.projectName, app: inputs.appName }),
    image: candidate.image,
    to: imageVersion({ imageTag: candidate.tag, digest: candidate.digest }),
    pin: 'always',
    record: ctx.conventions.config.record === 'none' ? 'none' : 'write',
    provenance: {
      key: ['promote', fromEnv, toEnv, candidate.digest, order].join(' '),
      at: ctx.clock.now().toISOString(),
      order,
      promotedFrom: fromEnv,
      ...(sourceRepository === undefined ? {} : { sourceRepository }),
      ...(sourceCommit === undefined ? {} : { sourceCommit }),
      ...runProvenance(ctx.run),
    },
  };
}

export function titleOf({ appName, candidate, toEnv }: Promotion): string {
  return `Promote ${appName} ${candidate.tag ?? candidate.digest.slice(0, 19)} to ${toEnv}`;
}

/** What a reviewer wants to know, in Markdown. */
export function bodyOf(
  { candidate, fromEnv, toEnv, healthChecked }: Promotion,
  run: { url?: string; requestedBy?: string },
): string {
  const { path } = parseRepository(candidate.image);
  const rows = [
    ['Image', `\`${candidate.image}\``],
    ['Tag', candidate.tag === undefined ? undefined : `\`${candidate.tag}\``],
    ['Digest', `\`${candidate.digest}\``],
    ['Source', candidate.record?.sourceRepository],
    ['Commit', candidate.record?.sourceCommit],
    ['Requested by', run.requestedBy],
    ['Run', run.url],
  ].filter(([, value]) => value !== undefined);
  const health = healthChecked
    ? `Argo CD reports that ${fromEnv} runs this image, synced and healthy.`
    : `Argo CD was not asked whether ${fromEnv} is healthy.`;
  const table = rows.map(([name, value]) => `| ${name} | ${cell(value ?? '')} |`).join('\n');
  return `${path} goes from ${fromEnv} to ${toEnv}: the image, and nothing else.\n\n| | |\n|---|---|\n${table}\n\n${health}\n`;
}

/** A value from outside must not end its table cell. */
function cell(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
}
