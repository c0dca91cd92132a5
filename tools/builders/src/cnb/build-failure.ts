import { RetryableError, StepError } from '@luban-ci/core';
import { type CnbBuild, podName } from './build-pod.ts';
import type { PodFailure } from './pod-state.ts';

/** Exit codes of the lifecycle that are the application's fault, or a buildpack's (platform/exit.go of the lifecycle). */
const said: Readonly<Record<number, string>> = {
  20: 'no buildpack of the builder is for this source',
  21: 'no buildpack of the builder is for this source, and one of them failed',
  22: 'detecting failed',
  51: 'a buildpack failed',
  52: 'building failed',
};
/** It was asked for in a way that it does not understand, or for an API that it does not have. */
const misused = [3, 11, 12];
const tryAgain = 75;

/**
 * What a failed pod means to a step. When the lifecycle could not read or write images, its exit code does not say
 * whether the registry was away or refused it: the registry is asked.
 *
 * @param askRegistry throws RetryableError when the registry is away, StepError when it refuses
 */
export async function failureOfBuild(
  failure: PodFailure,
  build: CnbBuild,
  askRegistry: () => Promise<unknown>,
): Promise<Error> {
  const hint = `Look at it: kubectl -n ${build.namespace} describe pod ${podName(build)}`;
  const begin = `The lifecycle could not build ${build.revision}`;
  if (failure.kind === 'out-of-time') {
    return new RetryableError(`The lifecycle did not build ${build.revision} within ${build.deadlineSeconds} s`, {
      hint,
    });
  }
  if (failure.kind === 'lost') return new RetryableError(`The pod of the build was lost: ${failure.reason}`, { hint });
  if (failure.kind === 'cannot-start') {
    return new StepError(`${begin}: ${failure.container} cannot start: ${failure.reason}`, { hint });
  }
  if (failure.kind === 'out-of-memory') {
    return new StepError(`${begin}: ${failure.container} took more memory than it may`, { hint });
  }
  const { container, exitCode } = failure;
  if (container !== 'creator') return checkoutFailure(failure, build);
  const known = said[exitCode];
  if (known !== undefined) return new StepError(`${begin}: ${known}`, { hint: lastLineOf(failure.said) });
  if (misused.includes(exitCode)) {
    return new StepError(`${begin}: the builder image does not fit (exit code ${exitCode})`, {
      hint: lastLineOf(failure.said),
    });
  }
  const refusal = await askRegistry().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refusal instanceof Error) return refusal;
  return new RetryableError(`${begin}: reading or writing images failed (exit code ${exitCode})`, {
    hint: lastLineOf(failure.said),
  });
}

function checkoutFailure({ exitCode, said: words }: PodFailure & { kind: 'ended' }, build: CnbBuild): Error {
  const message = `${build.repoUrl} could not be fetched for the build (exit code ${exitCode})`;
  const hint = lastLineOf(words);
  return exitCode === tryAgain ? new RetryableError(message, { hint }) : new StepError(message, { hint });
}

/** What a program said last is why it ended. */
function lastLineOf(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
