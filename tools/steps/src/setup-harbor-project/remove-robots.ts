import type { Harbor } from '@luban-ci/harbor';
import { type Mark, type Removed, removeObject, showDifference, type WritableKube } from '@luban-ci/kube';
import type { ProjectRobot } from './robot-secret.ts';

interface Removal {
  harbor: Harbor;
  kube: WritableKube;
  projectName: string;
  namespace: string;
  mark: Mark;
  dryRun: boolean;
}

/** The robots that this step makes, by their names, and the Secrets that carry its mark. */
export async function removeRobots(removal: Removal, robots: readonly ProjectRobot[]): Promise<Removed[]> {
  const { harbor, kube, projectName, namespace, dryRun } = removal;
  const project = await harbor.findProject(projectName);
  const listed = project === undefined ? [] : await harbor.listRobots(project);
  const outcomes: Removed[] = [];
  for (const { name, secret } of robots) {
    const place = { apiVersion: 'v1', kind: 'Secret', name: `${projectName}-${secret}`, namespace };
    outcomes.push(await removeObject(kube, place, removal));
    const robot = listed.find((each) => each.name === name);
    if (robot !== undefined && !dryRun) await harbor.deleteRobot(robot);
    const { description = '', actions = [] } = robot ?? {};
    const shown = { kind: 'HarborRobot', name: `${projectName}-${name}` };
    outcomes.push({
      name: `HarborRobot ${projectName}/${name}`,
      outcome: robot === undefined ? 'absent' : 'removed',
      diff: robot === undefined ? '' : showDifference(shown, { description, actions }, undefined),
    });
  }
  return outcomes;
}
