import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Description, Schema } from './descriptions/description.ts';
import { findOperation } from './find-operation.ts';
import { graphQlProblems } from './graphql-description.ts';

/** A `fetch` that compares every request and every answer with what the forge has published. */
export interface CheckedFetch {
  fetch: typeof fetch;
  /** What was not as described, one sentence each. */
  problems: string[];
}

/** `apiPath` is where the API begins in the paths of the stand-in: `/api/v4`. */
export function checkedFetch(description: Description, apiPath: string): CheckedFetch {
  const problems: string[] = [];
  return {
    problems,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const url = new URL(String(input));
      const method = init?.method ?? 'GET';
      const sent = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      const body = await answer.clone().text();
      const got = { status: answer.status, json: body === '' ? undefined : readJson(body) };
      problems.push(...problemsOf(description, { method, url, apiPath, sent, got }));
      return answer;
    },
  };
}

interface Exchange {
  method: string;
  url: URL;
  apiPath: string;
  sent: unknown;
  got: { status: number; json: unknown };
}

function problemsOf(description: Description, exchange: Exchange): string[] {
  const { method, url, apiPath, sent, got } = exchange;
  if (url.pathname === '/api/graphql') return graphQlProblems(sent, got.json);
  const isBelow = url.pathname.startsWith(`${apiPath}/`);
  const path = isBelow ? url.pathname.slice(apiPath.length) : url.pathname;
  const at = `${method} ${path}`;
  const operation = isBelow ? findOperation(description, method, path) : undefined;
  if (operation === undefined) return [`${at}: no such operation`];
  const unknown = [...url.searchParams.keys()].filter((name) => !operation.query.includes(name));
  const problems = unknown.map((name) => `${at}: no such parameter: ${name}`);
  if (sent !== undefined && operation.body === undefined) problems.push(`${at}: takes no body`);
  else if (sent !== undefined) problems.push(...mismatches(operation.body ?? true, sent, `${at}: sent`));
  const answer = operation.answers[String(got.status)];
  if (answer === undefined && got.status < 300) problems.push(`${at}: does not answer ${got.status}`);
  if (answer != null) problems.push(...mismatches(answer, got.json, `${at}: answered`));
  return problems;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
const validators = new WeakMap<object, ValidateFunction>();

function mismatches(schema: Schema, value: unknown, what: string): string[] {
  if (schema === true) return [];
  const validate = validators.get(schema) ?? ajv.compile(Object(closed(schema)));
  validators.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const name = params['additionalProperty'] ?? '';
    return `${what} ${instancePath}: ${message} ${name}`.trimEnd();
  });
}

/** Fields that a description does not name are as wrong as missing ones; parts of an `allOf` see each other's fields. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => {
    if (key === 'allOf') return [key, value];
    if (key === 'properties') {
      return [key, Object.fromEntries(Object.entries(Object(value)).map(([name, each]) => [name, closed(each)]))];
    }
    return [key, closed(value)];
  });
  const made = Object.fromEntries(entries);
  return made.properties === undefined ? made : { additionalProperties: false, ...made };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
