/** How Kubernetes words a failure: a Status object, with the HTTP code in it. */
export interface StatusBody {
  apiVersion: 'v1';
  kind: 'Status';
  status: 'Failure' | 'Success';
  message: string;
  reason: string;
  code: number;
}

/** An answer of the API server. */
export interface ApiAnswer {
  code: number;
  body: unknown;
}

export function failure(code: number, reason: string, message: string): ApiAnswer {
  const body: StatusBody = { apiVersion: 'v1', kind: 'Status', status: 'Failure', message, reason, code };
  return { code, body };
}

export function notFound(resource: string, name: string): ApiAnswer {
  return failure(404, 'NotFound', `${resource} "${name}" not found`);
}

export function success(body: unknown, code = 200): ApiAnswer {
  return { code, body };
}
