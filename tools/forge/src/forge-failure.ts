import { type Answer, InputError, RetryableError, retryAfterSeconds, StepError } from '@luban-ci/core';
import { z } from 'zod';

/** GitHub and Gitea say `message` and `errors`, GitLab `message` (a text, a list, or lists by field) or `error`, Azure `message`. */
const ErrorBody = z.object({
  message: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.array(z.string()))]).nullish(),
  error: z.string().nullish(),
  error_description: z.string().nullish(),
  errors: z
    .array(
      z.union([
        z.string(),
        z.object({ message: z.string().nullish(), field: z.string().nullish(), code: z.string().nullish() }),
      ]),
    )
    .nullish(),
});

/** What a refusal means: whose fault it is, and whether asking again makes sense. */
export function forgeFailure(action: string, answer: Answer, now: Date): Error {
  const { status } = answer;
  const what = `${action} failed: the forge answered ${status}${wordsOf(answer)}`;
  const limited = rateLimit(answer, now);
  if (limited !== undefined) {
    return new RetryableError(what, { ...limited, hint: 'The forge limits how often it is asked; try again later.' });
  }
  if (status === 401) return new StepError(what, { hint: 'Give a token of this forge that is still valid.' });
  if (status === 403) {
    return new StepError(what, {
      hint: 'Give the token the rights it lacks; where a rule protects the branch, open a change request instead.',
    });
  }
  if (status === 404) {
    return new StepError(what, {
      hint: 'See that it exists and that the token may see it: forges hide what is private.',
    });
  }
  if (status === 400 || status === 422) return new InputError(what);
  if (status === 408 || status >= 500) {
    return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(answer.headers, now) });
  }
  if (status >= 300 && status < 400) {
    return new StepError(what, { hint: 'It has moved; give its new name.' });
  }
  return new StepError(what);
}

/**
 * Rate limits: 429 everywhere; GitHub also answers 403 with `retry-after`, or with `x-ratelimit-remaining: 0` and the
 * time of the reset in seconds of the epoch ("Rate limits for the REST API"). GitLab leaves the `x-` away.
 */
function rateLimit(answer: Answer, now: Date): { retryAfterSeconds: number | undefined } | undefined {
  const { status, headers } = answer;
  const asked = retryAfterSeconds(headers, now);
  const said = (what: string): string | null => headers.get(`x-ratelimit-${what}`) ?? headers.get(`ratelimit-${what}`);
  const isUsedUp = said('remaining') === '0';
  if (status !== 429 && !(status === 403 && (asked !== undefined || isUsedUp))) return undefined;
  if (asked !== undefined || !isUsedUp) return { retryAfterSeconds: asked };
  const reset = Number(said('reset') ?? Number.NaN);
  return {
    retryAfterSeconds: Number.isFinite(reset) ? Math.max(0, Math.ceil(reset - now.getTime() / 1000)) : undefined,
  };
}

/** A merge was asked for what is no longer the newest commit of its branch. */
export function headMoved(action: string, branch: string, expectedHead: string): StepError {
  return new StepError(`${action} failed: ${branch} is no longer at ${expectedHead}`, {
    hint: 'Somebody has pushed to it; look at what changed and run the step again.',
  });
}

/** A commit through the API that was refused although the branch has not moved. */
export function commitRefused(action: string, answer: Answer): StepError {
  return new StepError(`${action} failed: the forge answered ${answer.status}${wordsOf(answer)}`, {
    hint: 'See whether a rule protects the branch, and then open a change request instead; or whether a file is not as it was read.',
  });
}

/** The forge's own words, cut, on one line: they come from outside. */
export function wordsOf(answer: Answer): string {
  try {
    const body = ErrorBody.parse(JSON.parse(Buffer.from(answer.bytes).toString('utf8')));
    const details = (body.errors ?? []).map((each) =>
      typeof each === 'string' ? each : (each.message ?? [each.field, each.code].filter(Boolean).join(' ')),
    );
    const words = [...flat(body.message), body.error, body.error_description, ...details].filter(Boolean).join('; ');
    return words === '' ? '' : ` (${words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300)})`;
  } catch {
    return '';
  }
}

function flat(message: z.output<typeof ErrorBody>['message']): readonly string[] {
  if (message == null) return [];
  if (typeof message === 'string') return [message];
  if (Array.isArray(message)) return message;
  return Object.entries(message).flatMap(([field, texts]) => texts.map((text) => `${field} ${text}`));
}
