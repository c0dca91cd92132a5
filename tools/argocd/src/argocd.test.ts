import { RetryableError, StepError } from '@luban-ci/core';
import { fixedClock } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { type Argocd, createArgocd } from './argocd.ts';

const signal = new AbortController().signal;

function argocdAnswering(...answers: Response[]): { argocd: Argocd; asked: Request[] } {
  const asked: Request[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    asked.push(new Request(input, init));
    return answers.shift() ?? new Response(null, { status: 500 });
  };
  return {
    argocd: createArgocd({ server: 'https://argocd.example.com/', token: 't0ken', fetch, clock: fixedClock(), signal }),
    asked,
  };
}

test('an application says whether it runs what git asks for', async () => {
  const status = {
    sync: { status: 'Synced', revision: 'abc' },
    health: { status: 'Healthy' },
    summary: { images: ['quay.io/payment/cart-service:1.0.0'] },
  };
  const { argocd, asked } = argocdAnswering(Response.json({ status }));

  const state = await argocd.application('snd-cart service');

  expect(state).toEqual({ sync: 'Synced', health: 'Healthy', revision: 'abc', images: status.summary.images });
  expect(asked[0]?.url).toBe('https://argocd.example.com/api/v1/applications/snd-cart%20service');
  expect(asked[0]?.headers.get('authorization')).toBe('Bearer t0ken');
});

test.each([403, 404])('an answer of %i means that there is none to be seen', async (status) => {
  expect(await argocdAnswering(new Response(null, { status })).argocd.application('x')).toBeUndefined();
});

test('an Argo CD that is busy is asked again', async () => {
  const { argocd } = argocdAnswering(new Response(null, { status: 503 }), Response.json({}));

  expect(await argocd.application('x')).toEqual({
    sync: 'Unknown',
    health: 'Unknown',
    revision: undefined,
    images: [],
  });
});

test.each([
  [401, StepError],
  [400, StepError],
  [500, RetryableError],
])('an answer of %i that stays is a failure of its kind', async (status, kind) => {
  const answers = Array.from({ length: 9 }, () => new Response(null, { status }));

  await expect(argocdAnswering(...answers).argocd.application('x')).rejects.toBeInstanceOf(kind);
});

test('an answer that is no application is a failure', async () => {
  await expect(argocdAnswering(new Response('<html>')).argocd.application('x')).rejects.toThrow('is no application');
});
