import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { Harbor } from '@luban-ci/harbor';
import type { Ensured, Mark, Removed } from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { setUpResult } from '../set-up/outcome.ts';
import { ensureProject, removeProject } from './ensure-project.ts';
import { ensureRobot } from './ensure-robot.ts';
import { removeRobots } from './remove-robots.ts';
import { projectRobots } from './robot-secret.ts';
import { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const { projectName } = inputs;
  const { config } = ctx.conventions;
  const harbor = await ctx.harbor.at(config.harbor_url ?? `https://${config.registry_server}`);
  const outcomes = inputs.remove ? await removeAll(harbor, inputs, ctx) : await ensureAll(harbor, inputs, ctx);
  const registryProject = `${config.registry_server}/${projectName}`;
  return setUpResult(`The registry project ${registryProject}`, outcomes, ctx.dryRun, { registryProject });
}

async function ensureAll(harbor: Harbor, inputs: Inputs, ctx: Context): Promise<Ensured[]> {
  const { projectName, robots, rotateRobots: rotate, secretNamespace: namespace } = inputs;
  const { conventions, dryRun } = ctx;
  const isPublic = inputs.registryVisibility === 'public';
  const { project, ensured } = await ensureProject(harbor, { name: projectName, isPublic, dryRun });
  if (!robots) return [ensured];
  const { registry_server: registry, image_pull_secret: pullSecret } = conventions.config;
  const kube = await ctx.kubernetes.client();
  const hide = (secret: string): void => ctx.hide?.(secret);
  const mark = markOf(inputs);
  const setUp = { harbor, kube, project, projectName, registry, namespace, rotate, mark, dryRun, hide };
  const outcomes: Ensured[] = [ensured];
  for (const robot of projectRobots(pullSecret)) outcomes.push(...(await ensureRobot(setUp, robot)));
  return outcomes;
}

async function removeAll(harbor: Harbor, inputs: Inputs, ctx: Context): Promise<Removed[]> {
  const { projectName, secretNamespace: namespace } = inputs;
  const { conventions, dryRun } = ctx;
  const kube = await ctx.kubernetes.client();
  const removal = { harbor, kube, projectName, namespace, mark: markOf(inputs), dryRun };
  const robots = await removeRobots(removal, projectRobots(conventions.config.image_pull_secret));
  return [...robots, ...(await removeProject(harbor, projectName, dryRun))];
}

function markOf({ projectName }: Inputs): Mark {
  return { step: step.id, owner: projectName };
}
