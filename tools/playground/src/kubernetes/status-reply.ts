import { json, type Reply } from '../server/reply.ts';
import { resourceName } from './kinds.ts';
import type { ObjectPlace } from './object-store.ts';

/** How Kubernetes words a failure: a Status object, with the HTTP code in it. */
export function failure(code: number, reason: string, message: string): Reply {
  return json(code, { apiVersion: 'v1', kind: 'Status', status: 'Failure', message, reason, code });
}

export function notFound({ kind, name }: ObjectPlace): Reply {
  return failure(404, 'NotFound', `${resourceName(kind)} "${name}" not found`);
}

export function alreadyExists({ kind, name }: ObjectPlace): Reply {
  return failure(409, 'AlreadyExists', `${resourceName(kind)} "${name}" already exists`);
}

export function conflict({ kind, name }: ObjectPlace): Reply {
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return failure(409, 'Conflict', `Operation cannot be fulfilled on ${resourceName(kind)} "${name}": ${why}`);
}

export function invalid({ kind, name }: ObjectPlace, why: string): Reply {
  return failure(422, 'Invalid', `${kind.kind} "${name}" is invalid: ${why}`);
}
