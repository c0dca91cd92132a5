import type { RobotAction } from '@luban-ci/harbor';
import type { KubeObject, WantedObject } from '@luban-ci/kube';
import { z } from 'zod';

/** A robot account that every project has, and the Secret that holds it. */
export interface ProjectRobot {
  name: string;
  description: string;
  actions: readonly RobotAction[];
  /** Name of the Secret in a project's namespace; where it is kept, the project stands before it. */
  secret: string;
}

export function projectRobots(pullSecret: string): ProjectRobot[] {
  return [
    {
      name: 'luban-push',
      description: 'Luban CI builds with it',
      actions: ['pull', 'push'],
      secret: 'harbor-creds',
    },
    { name: 'luban-pull', description: 'Clusters pull with it', actions: ['pull'], secret: pullSecret },
  ];
}

/** Which robot a Secret was filled for; `pending` while a new secret is on its way from Harbor to here. */
export const robotAnnotation = 'luban-ci.io/robot-id';
export const pending = 'pending';

interface SecretPlace {
  name: string;
  namespace: string;
}

/** The Secret of a robot, as docker reads it. */
export function robotSecret(
  { name, namespace }: SecretPlace,
  registry: string,
  robot: { id: number; login: string; secret: string },
): WantedObject {
  const auth = Buffer.from(`${robot.login}:${robot.secret}`).toString('base64');
  const config = { auths: { [registry]: { username: robot.login, password: robot.secret, auth } } };
  const data = { '.dockerconfigjson': Buffer.from(JSON.stringify(config)).toString('base64') };
  const metadata = { name, namespace, annotations: { [robotAnnotation]: String(robot.id) } };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubernetes.io/dockerconfigjson', data };
}

const Stored = z.object({ data: z.object({ '.dockerconfigjson': z.string() }) });
const DockerConfig = z.object({ auths: z.record(z.string(), z.object({ username: z.string() })) });

/** Whether a Secret holds the login of this robot at this registry. */
export function isFor(secret: KubeObject | undefined, registry: string, robot: { id: number; login: string }): boolean {
  if (secret?.metadata.annotations?.[robotAnnotation] !== String(robot.id)) return false;
  return loginAt(secret, registry) === robot.login;
}

function loginAt(secret: KubeObject, registry: string): string | undefined {
  try {
    const { data } = Stored.parse(secret);
    const text = Buffer.from(data['.dockerconfigjson'], 'base64').toString('utf8');
    return DockerConfig.parse(JSON.parse(text)).auths[registry]?.username;
  } catch {
    return undefined;
  }
}
