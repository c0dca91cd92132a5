import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, json, type Reply } from '../server/reply.ts';
import { exactMatches, type HarborCall, paged } from './harbor-call.ts';
import { type HarborState, Permission, type Robot } from './harbor-state.ts';
import { projectIn } from './projects.ts';

const RobotRequest = z.strictObject({
  id: z.int().optional(),
  name: z.string().min(1),
  description: z.string().default(''),
  level: z.literal('project'),
  disable: z.boolean().default(false),
  duration: z.int(),
  permissions: z.array(Permission).length(1),
});
const Refresh = z.strictObject({ secret: z.string().optional() });

/** src/server/v2.0/handler/robot.go, the rule for a robot's name. */
const robotName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

export async function getRobots(call: HarborCall): Promise<Reply> {
  const { level, projectid } = exactMatches(call.query);
  if (level !== 'project' || projectid === undefined) {
    throw new HttpFailure(400, 'must with project ID when to query project robots');
  }
  const { robots } = await call.store.read();
  return paged(call, robots.filter((robot) => String(robot.projectId) === projectid).map(robotShape));
}

export async function postRobot(call: HarborCall): Promise<Reply> {
  const wanted = await readJson(call.request, RobotRequest);
  if (!robotName.test(wanted.name)) throw new HttpFailure(400, `robot name ${wanted.name} is not in lower case`);
  const now = call.clock.now().toISOString();
  const robot = await call.store.update((state) => {
    const project = projectIn(state, wanted.permissions[0]?.namespace ?? '');
    const login = `robot$${project.name}+${wanted.name}`;
    if (state.robots.some((each) => each.login === login)) throw new HttpFailure(409, `${login} already exists`);
    const created: Robot = {
      ...{ id: state.nextId, projectId: project.id, login, secret: newSecret(), createdAt: now, updatedAt: now },
      ...describedBy(wanted),
    };
    state.nextId += 1;
    state.robots.push(created);
    return created;
  });
  const { id, login: name, secret, createdAt } = robot;
  return json(201, { id, name, secret, creation_time: createdAt, expires_at: -1 });
}

export async function putRobot(call: HarborCall, parameters: Record<string, string>): Promise<Reply> {
  const wanted = await readJson(call.request, RobotRequest);
  await call.store.update((state) => {
    const robot = robotIn(state, parameters);
    if (wanted.name !== robot.login) throw new HttpFailure(400, 'cannot update the level or name of robot');
    Object.assign(robot, describedBy(wanted), { updatedAt: call.clock.now().toISOString() });
  });
  return empty(200);
}

export async function patchRobot(call: HarborCall, parameters: Record<string, string>): Promise<Reply> {
  const { secret } = await readJson(call.request, Refresh);
  const fresh = secret === undefined || secret === '' ? newSecret() : secret;
  await call.store.update((state) => {
    robotIn(state, parameters).secret = fresh;
  });
  return json(200, { secret: fresh });
}

export async function deleteRobot(call: HarborCall, parameters: Record<string, string>): Promise<Reply> {
  await call.store.update((state) => {
    const gone = robotIn(state, parameters);
    state.robots = state.robots.filter(({ id }) => id !== gone.id);
  });
  return empty(200);
}

function describedBy({ description, disable, duration, permissions }: z.output<typeof RobotRequest>) {
  return { description, disable, duration, permissions };
}

function robotIn(state: HarborState, { robot = '' }: Record<string, string>): Robot {
  const found = state.robots.find(({ id }) => String(id) === robot);
  if (found === undefined) throw new HttpFailure(404, `robot ${robot} not found`);
  return found;
}

/** Harbor's own are 32 letters and digits, with at least one of each kind (src/lib/security, IsValidSec). */
function newSecret(): string {
  return `Aa1${randomBytes(22).toString('hex')}`.slice(0, 32);
}

function robotShape(robot: Robot): unknown {
  const { id, login: name, description, disable, duration, permissions, createdAt, updatedAt } = robot;
  return {
    ...{ id, name, description, level: 'project', editable: true, disable, duration, permissions },
    ...{ expires_at: -1, creation_time: createdAt, update_time: updatedAt },
  };
}
