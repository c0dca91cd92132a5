import { StepError } from '@luban-ci/core';
import { tellFailure } from '../tell-failure.ts';
import { deliveryOf, type Push, pushOf } from './delivery.ts';
import { webhookSecret } from './webhook-secret.ts';

/** What `make test-events-webhook` calls: tells a push to the gateway, and ends as it was answered. */
try {
  const push = pushOf(process.env);
  const { url, headers, body } = deliveryOf(push, await webhookSecret(process.env), new Date());
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) }).catch(
    notSent(url),
  );
  const said = (await answer.text()).trim().slice(0, 200);
  process.exitCode = told(push, answer.status, said);
} catch (error) {
  tellFailure(error);
}

function notSent(url: string) {
  return (cause: unknown): never => {
    throw new StepError(`${url} was not reached`, { cause, hint: 'Is GATEWAY_URL the address of your gateway?' });
  };
}

function told({ isForged, repoUrl, gitRef, gatewayUrl }: Push, status: number, said: string): number {
  const what = `${isForged ? 'the forged delivery' : `the push of ${gitRef} to ${repoUrl}`}`;
  const isTaken = status >= 200 && status < 300;
  const isRefused = status === 400 || status === 401 || status === 403;
  const outcome = isTaken ? 'taken' : isRefused ? 'refused' : 'neither taken nor refused';
  const isRight = isForged ? isRefused : isTaken;
  process.stderr.write(`${isRight ? '✓' : '✗'} ${what} was ${outcome} at ${gatewayUrl}: ${status} ${said}\n`);
  return isRight ? 0 : 1;
}
