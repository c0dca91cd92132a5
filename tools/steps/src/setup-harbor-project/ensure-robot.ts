import { RetryableError } from '@luban-ci/core';
import type { Harbor, HarborProject, HarborRobot } from '@luban-ci/harbor';
import {
  type Ensured,
  ensureObject,
  type KubeObject,
  type Mark,
  showDifference,
  type WritableKube,
} from '@luban-ci/kube';
import { isFor, type ProjectRobot, pending, robotAnnotation, robotSecret } from './robot-secret.ts';

export interface RobotSetUp {
  harbor: Harbor;
  kube: WritableKube;
  /** `undefined` in a dry run for a project that is not there yet. */
  project: HarborProject | undefined;
  projectName: string;
  registry: string;
  namespace: string;
  rotate: boolean;
  mark: Mark;
  dryRun: boolean;
  /** Takes a secret that was issued out of everything that is told. */
  hide: (secret: string) => void;
}

/**
 * A robot and its Secret. Harbor tells a secret once, so a robot whose Secret is not there, or is another's, gets a new one.
 */
export async function ensureRobot(setUp: RobotSetUp, wanted: ProjectRobot): Promise<Ensured[]> {
  const { harbor, kube, project, registry, namespace } = setUp;
  const place = { apiVersion: 'v1', kind: 'Secret', name: `${setUp.projectName}-${wanted.secret}`, namespace };
  const robots = project === undefined ? [] : await harbor.listRobots(project);
  const robot = robots.find(({ name }) => name === wanted.name);
  const secret = await kube.read(place);
  const ensured = await ensureRights(setUp, wanted, robot);
  if (robot !== undefined && !setUp.rotate && isFor(secret, registry, robot)) return [ensured];
  const issued = setUp.dryRun ? planned(setUp, wanted, robot) : await issueSecret(setUp, wanted, robot, secret);
  const kept = await ensureObject(kube, robotSecret(place, registry, issued), setUp);
  return [ensured, kept];
}

/** Told as if it were an object: its rights before and after. */
async function ensureRights(setUp: RobotSetUp, wanted: ProjectRobot, robot: HarborRobot | undefined): Promise<Ensured> {
  const { harbor, project, dryRun } = setUp;
  const shown = { kind: 'HarborRobot', name: `${setUp.projectName}-${wanted.name}` };
  const name = `HarborRobot ${setUp.projectName}/${wanted.name}`;
  const after = { description: wanted.description, actions: wanted.actions, isEnabled: true };
  if (robot === undefined) return { name, outcome: 'created', diff: showDifference(shown, undefined, after) };
  const before = { description: robot.description, actions: robot.actions, isEnabled: robot.isEnabled };
  const isSame = robot.isPlain && JSON.stringify(before) === JSON.stringify(after);
  if (isSame) return { name, outcome: 'unchanged', diff: '' };
  if (!dryRun && project !== undefined) await harbor.updateRobot(project, robot, wanted);
  return { name, outcome: 'updated', diff: showDifference(shown, { ...before, isPlain: robot.isPlain }, after) };
}

/** A secret that nobody has is worth nothing: before it is asked for, the Secret that it goes into is made void. */
async function issueSecret(
  { harbor, kube, project, hide }: RobotSetUp,
  wanted: ProjectRobot,
  robot: HarborRobot | undefined,
  kept: KubeObject | undefined,
) {
  if (project === undefined) throw new Error('a robot needs a project');
  if (kept !== undefined) await makeVoid(kube, kept);
  const issued = await (robot === undefined ? harbor.createRobot(project, wanted) : harbor.refreshRobot(robot));
  hide(issued.secret);
  return issued;
}

async function makeVoid(kube: WritableKube, secret: KubeObject): Promise<void> {
  const annotations = { ...secret.metadata.annotations, [robotAnnotation]: pending };
  const written = await kube.replace({ ...secret, metadata: { ...secret.metadata, annotations } });
  if (written === undefined)
    throw new RetryableError(`The Secret ${secret.metadata.name} was changed by somebody else`);
}

/** What a dry run shows in the place of a secret that nobody has asked for. */
function planned({ projectName }: RobotSetUp, { name }: ProjectRobot, robot: HarborRobot | undefined) {
  return { id: robot?.id ?? 0, login: robot?.login ?? `robot$${projectName}+${name}`, secret: 'to be issued' };
}
