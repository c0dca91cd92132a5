import { timingSafeEqual } from 'node:crypto';
import type { Accounts } from '../accounts.ts';
import type { HarborStore, Robot } from './harbor-state.ts';

/**
 * The accounts of the registry for one of its calls: everybody, and the robots of Harbor as far as they may do it in their
 * project. A robot that may not is nobody.
 */
export async function withRobots(
  accounts: Accounts,
  harbor: HarborStore,
  { method, repository }: { method: string; repository: string },
): Promise<Accounts> {
  const { robots, projects } = await harbor.read();
  const action = method === 'GET' || method === 'HEAD' ? 'pull' : 'push';
  const mayUse = (robot: Robot): boolean => {
    const project = projects.find(({ id }) => id === robot.projectId)?.name;
    const isInside = repository === '' || repository.startsWith(`${project}/`);
    const access = robot.permissions.flatMap((each) => each.access);
    return (
      isInside && !robot.disable && access.some((each) => each.resource === 'repository' && each.action === action)
    );
  };
  return {
    ...accounts,
    identify: (authorization) => {
      const [login = '', secret = ''] = basicParts(authorization ?? '');
      const robot = robots.find((each) => each.login === login);
      if (robot === undefined) return accounts.identify(authorization);
      return isSame(robot.secret, secret) && mayUse(robot) ? { name: login, admin: false } : undefined;
    },
  };
}

function basicParts(authorization: string): string[] {
  const [, value = ''] = /^basic\s+(\S+)$/i.exec(authorization) ?? [];
  const [, login = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  return [login, secret];
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
