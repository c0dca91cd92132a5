import type { newRepository, RepositoryModel } from './model.ts';

export interface Call {
  base: string;
  body: Record<string, unknown>;
  query: URLSearchParams;
  repositories: Map<string, RepositoryModel>;
  organization: string;
  repository: RepositoryModel | undefined;
  /** Segments after the repository, or after `/api`. */
  rest: string[];
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Handler = (call: Call & { create: typeof newRepository }) => Answer;

/** GitHub's basic error. */
export function failure(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } };
}

/** GitHub's validation error. */
export function invalid(message: string, resource: string): Answer {
  const errors = [{ resource, code: 'custom', message }];
  return {
    status: 422,
    body: { message: 'Validation Failed', errors, documentation_url: 'https://docs.github.com/rest' },
  };
}

/** One page of a list with GitHub's `Link` header. Pages are small, so that clients have to turn them. */
export function page(call: Call, items: readonly unknown[]): Answer {
  const size = 1;
  const number = Number(call.query.get('page') ?? '1');
  const hasNext = number * size < items.length;
  const link = hasNext ? { link: `<https://api.github.com/next?page=${number + 1}>; rel="next"` } : {};
  return { status: 200, body: items.slice((number - 1) * size, number * size), headers: link };
}

export function known(call: Call): RepositoryModel {
  if (call.repository === undefined) throw new Error('a route of a repository was called without one');
  return call.repository;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
