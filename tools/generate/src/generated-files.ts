import type { StepContract } from '@luban-ci/core';
import { describeStep } from './described-step.ts';
import { actionFiles } from './targets/action.ts';
import { argoLibrary } from './targets/argo-library.ts';
import { configPages } from './targets/config-page.ts';
import { gitlabComponent } from './targets/gitlab-component.ts';
import { referenceIndex, referencePage } from './targets/reference-page.ts';
import { stepTable } from './targets/step-table.ts';

/** Text by path from the root of the repository. */
export type GeneratedFiles = Record<string, string>;

/** Every file that is printed from the contracts, and from nothing else. */
export function generatedFiles(contracts: readonly StepContract[]): GeneratedFiles {
  const steps = contracts.map(describeStep);
  return Object.assign(
    {},
    stepTable(steps),
    argoLibrary(steps),
    referenceIndex(steps),
    configPages(),
    ...steps.map(referencePage),
    ...steps.map(actionFiles),
    ...steps.map(gitlabComponent),
  ) as GeneratedFiles;
}
