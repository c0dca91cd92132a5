import { loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { checkedFetch } from './checked-fetch.ts';
import { completed } from './completed.ts';
import type { Description } from './descriptions/description.ts';
import { readDescription } from './find-operation.ts';

const description: Description = {
  source: 'this test',
  licence: 'Apache-2.0',
  operations: {
    'POST /things/{name}': {
      query: ['force'],
      body: { type: 'object', properties: { size: { type: 'integer' } }, required: ['size'] },
      answers: {
        201: {
          type: 'object',
          properties: { id: { type: 'integer' }, owner: { type: 'object', properties: { login: { type: 'string' } } } },
          required: ['id', 'owner'],
        },
      },
    },
  },
};

describe('an exchange that is compared with a description', () => {
  const exchange = async (path: string, body: unknown, status: number, answer: unknown): Promise<string[]> => {
    await using server = await loopbackServer((_, response) => response.writeHead(status).end(JSON.stringify(answer)));
    const checked = checkedFetch(description, '/api');
    await checked.fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return checked.problems;
  };
  const good = { id: 1, owner: { login: 'ann' } };

  test.each([
    ['/api/things/a?force=1', { size: 1 }, 201, good, []],
    ['/api/things/a?often=1', { size: 1 }, 201, good, ['POST /things/a: no such parameter: often']],
    ['/api/others/a', { size: 1 }, 201, good, ['POST /others/a: no such operation']],
    ['/other/things/a', { size: 1 }, 201, good, ['POST /other/things/a: no such operation']],
    ['/api/things/a', {}, 201, good, ["POST /things/a: sent : must have required property 'size'"]],
    ['/api/things/a', { size: '1' }, 201, good, ['POST /things/a: sent /size: must be integer']],
    [
      '/api/things/a',
      { size: 1, colour: 'red' },
      201,
      good,
      ['POST /things/a: sent : must NOT have additional properties colour'],
    ],
    ['/api/things/a', { size: 1 }, 200, good, ['POST /things/a: does not answer 200']],
    [
      '/api/things/a',
      { size: 1 },
      201,
      { id: null, owner: { name: 'ann' } },
      [
        'POST /things/a: answered /id: must be integer',
        'POST /things/a: answered /owner: must NOT have additional properties name',
      ],
    ],
    ['/api/things/a', { size: 1 }, 201, { id: 1 }, ["POST /things/a: answered : must have required property 'owner'"]],
    ['/api/things/a', { size: 1 }, 404, { message: 'no' }, []],
  ])('%s with %j, answered %i %j', async (path, body, status, answer, problems) => {
    expect((await exchange(path, body, status, answer)).toSorted()).toEqual(problems);
  });

  test('what a stand-in leaves out is completed by the least that the description requires', () => {
    const schema = description.operations['POST /things/{name}']?.answers['201'];

    expect(completed(schema, { id: 7 })).toEqual({ id: 7, owner: {} });
  });

  test.each(['github', 'gitlab', 'azure', 'ado', 'gitea'] as const)('%s has a description of its own', (provider) => {
    const { source, operations } = readDescription(provider);

    expect(source).not.toBe('');
    expect(Object.keys(operations).length).toBeGreaterThan(25);
  });
});
