import { z } from 'zod';
import type { Harbor, HarborProject, HarborRobot, RobotAction, WantedRobot } from './harbor.ts';
import type { HarborApi } from './harbor-api.ts';
import { Robot, RobotCreated, RobotSecret } from './schema.ts';

type RobotCalls = Pick<Harbor, 'listRobots' | 'createRobot' | 'updateRobot' | 'refreshRobot' | 'deleteRobot'>;

/** Robots do not expire; Harbor says so with this number of days. */
const noEnd = -1;

export function robotCalls(api: HarborApi): RobotCalls {
  return {
    listRobots: async (project) => {
      const found = await api.list(z.array(Robot), {
        path: ['robots'],
        action: `Listing the robots of ${project.name}`,
        query: { q: `Level=project,ProjectID=${project.id}` },
      });
      return found.map((robot) => robotFrom(robot, project));
    },
    createRobot: (project, wanted) => {
      const action = `Creating the robot ${wanted.name} of ${project.name}`;
      const body = { ...described(project, wanted), name: wanted.name };
      return api
        .read(RobotCreated, { method: 'POST', path: ['robots'], action, body, expected: [201] })
        .then(({ id, name, secret }) => ({ id, login: name, secret }));
    },
    updateRobot: async (project, robot, wanted) => {
      const action = `Changing the robot ${robot.login}`;
      // Harbor compares the name with the stored one, prefix included (src/server/v2.0/handler/robot.go, updateV2Robot).
      const body = { ...described(project, wanted), id: robot.id, name: robot.login };
      await api.send({ method: 'PUT', path: ['robots', String(robot.id)], action, body, expected: [200] });
    },
    refreshRobot: async ({ id, login }) => {
      const path = ['robots', String(id)];
      const action = `Giving the robot ${login} a new secret`;
      // An empty secret asks for one that Harbor makes up.
      const body = { secret: '' };
      const { secret } = await api.read(RobotSecret, { method: 'PATCH', path, action, body, expected: [200] });
      return { id, login, secret };
    },
    deleteRobot: async ({ id, login }) => {
      const action = `Removing the robot ${login}`;
      await api.send({ method: 'DELETE', path: ['robots', String(id)], action, expected: [200, 404] });
    },
  };
}

function described({ name: namespace }: HarborProject, { description, actions }: WantedRobot) {
  const access = actions.map((action) => ({ resource: 'repository', action }));
  const permissions = [{ kind: 'project', namespace, access }];
  return { description, level: 'project', disable: false, duration: noEnd, permissions };
}

function robotFrom(robot: Robot, project: HarborProject): HarborRobot {
  const permissions = robot.permissions ?? [];
  const access = permissions.flatMap((each) => each.access);
  const actions = access.flatMap(({ action }) => (isRobotAction(action) ? [action] : [])).toSorted();
  const isOfProject = permissions.every(({ kind, namespace }) => kind === 'project' && namespace === project.name);
  const isOfRepositories = access.every(
    ({ resource, action, effect }) => resource === 'repository' && isRobotAction(action) && effect !== 'deny',
  );
  return {
    id: robot.id,
    login: robot.name,
    name: robot.name.slice(robot.name.lastIndexOf('+') + 1),
    description: robot.description ?? '',
    actions,
    isEnabled: robot.disable !== true,
    isPlain: isOfProject && isOfRepositories && (robot.duration ?? noEnd) === noEnd,
  };
}

function isRobotAction(action: string): action is RobotAction {
  return action === 'pull' || action === 'push';
}
