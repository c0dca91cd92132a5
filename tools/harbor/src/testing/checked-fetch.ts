import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import type { Operation, Schema } from './description/operation.ts';

const SchemaShape = z.record(z.string(), z.unknown());
const DescriptionShape = z.object({
  operations: z.record(
    z.string(),
    z.object({
      query: z.array(z.string()),
      body: SchemaShape.optional(),
      answers: z.record(z.string(), SchemaShape.nullable()),
    }),
  ),
});

/** A `fetch` that compares every request and every answer with what Harbor has published. */
export interface CheckedFetch {
  fetch: typeof fetch;
  /** What was not as described, one sentence each. */
  problems: string[];
}

const root = '/api/v2.0';

export function checkedFetch(): CheckedFetch {
  const url = new URL('description/harbor.generated.json', import.meta.url);
  const { operations } = DescriptionShape.parse(JSON.parse(readFileSync(url, 'utf8')));
  const problems: string[] = [];
  return {
    problems,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const { pathname, searchParams } = new URL(String(input));
      const at = `${init?.method ?? 'GET'} ${pathname.slice(root.length)}`;
      const operation = Object.entries(operations).find(([place]) => isAt(place, at))?.[1];
      const sent: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      const body = await answer.clone().text();
      const got = { status: answer.status, json: body === '' ? undefined : JSON.parse(body) };
      problems.push(...(operation === undefined ? [`${at}: no such operation`] : problemsOf(operation, at, sent, got)));
      problems.push(...unknownParameters(operation?.query ?? [], searchParams, at));
      return answer;
    },
  };
}

function isAt(place: string, at: string): boolean {
  const [pattern, path] = [place.split('/'), at.split('/')];
  return pattern.length === path.length && pattern.every((part, index) => part.startsWith('{') || part === path[index]);
}

function unknownParameters(known: readonly string[], given: URLSearchParams, at: string): string[] {
  return [...given.keys()].filter((name) => !known.includes(name)).map((name) => `${at}: no such parameter: ${name}`);
}

function problemsOf(
  operation: { answers: Operation['answers']; body?: Schema | undefined },
  at: string,
  sent: unknown,
  got: { status: number; json: unknown },
): string[] {
  const { body, answers } = operation;
  const answer = answers[String(got.status)];
  return [
    ...(sent !== undefined && body === undefined ? [`${at}: takes no body`] : []),
    ...(sent === undefined || body === undefined ? [] : mismatches(body, sent, `${at}: sent`)),
    ...(answer === undefined ? [`${at}: does not answer ${got.status}`] : []),
    ...(answer == null ? [] : mismatches(answer, got.json, `${at}: answered`)),
  ];
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

function mismatches(schema: Schema, value: unknown, what: string): string[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${what} ${instancePath}: ${message} ${params['additionalProperty'] ?? ''}`.trimEnd(),
  );
}
