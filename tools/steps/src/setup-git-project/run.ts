import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { Forge, ForgeProject } from '@luban-ci/forge';
import { type Ensured, type Removed, showDifference } from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { sourcePlace, withProvider } from '../gitops-place.ts';
import { setUpResult } from '../set-up/outcome.ts';
import { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<OutputsOf<typeof step>>> {
  const { projectName: project, gitOrganization, remove } = inputs;
  const conventions = withProvider(inputs.gitProvider, ctx.conventions);
  // Whatever it is called, a repository of the team belongs to the project.
  const anyRepository = sourcePlace({ project, app: project }, { gitOrganization }, conventions);
  const { forge, name } = await ctx.forge.of(anyRepository);
  const repositoryOwner = name.owner;
  if (!forge.features.projectCreation) {
    const summary = `${forge.provider} has no projects: repositories belong to ${repositoryOwner}, which people make`;
    return { changed: false, outputs: { repositoryOwner, changedObjects: [], leftObjects: [] }, summary };
  }
  const description = `Project of ${project}, made by Luban CI (${step.id})`;
  const setUp = { forge, owner: repositoryOwner, description, dryRun: ctx.dryRun };
  const outcome = remove ? await removeProject(setUp) : await ensureProject(setUp);
  return setUpResult(`The project ${repositoryOwner}`, [outcome], ctx.dryRun, { repositoryOwner });
}

interface ProjectSetUp {
  forge: Forge;
  owner: string;
  /** It is written when the project is created: what carries it was made here. */
  description: string;
  dryRun: boolean;
}

async function ensureProject({ forge, owner, description, dryRun }: ProjectSetUp): Promise<Ensured> {
  const name = `GitProject ${owner}`;
  if ((await forge.findProject(owner)) !== undefined) return { name, outcome: 'unchanged', diff: '' };
  if (!dryRun) await forge.ensureProject(owner, { description });
  return { name, outcome: 'created', diff: showProject(owner, undefined, { description }) };
}

async function removeProject({ forge, owner, description, dryRun }: ProjectSetUp): Promise<Removed> {
  const name = `GitProject ${owner}`;
  const found = await forge.findProject(owner);
  if (found === undefined) return { name, outcome: 'absent', diff: '' };
  if (found.description !== description) return { name, outcome: 'foreign', diff: '' };
  if (found.repositories.length > 0)
    return { name: `${name} (it holds ${found.repositories.join(', ')})`, outcome: 'foreign', diff: '' };
  if (!dryRun) await forge.deleteProject(owner);
  return { name, outcome: 'removed', diff: showProject(owner, found, undefined) };
}

type Shown = Pick<ForgeProject, 'description'> | undefined;

function showProject(owner: string, before: Shown, after: Shown): string {
  const fields = (each: Shown) => (each === undefined ? undefined : { description: each.description });
  return showDifference({ kind: 'GitProject', name: owner }, fields(before), fields(after));
}
