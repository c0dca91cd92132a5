import { InputError, RetryableError, retryAfterSeconds, StepError } from '@luban-ci/core';
import { z } from 'zod';

const ErrorBody = z.object({
  errors: z.array(z.object({ code: z.string().optional(), message: z.string().nullish() })),
});

/** An answer that is not what was asked for, as an error: who refused what, and what to do next. */
export function registryFailure(
  action: string,
  answer: { status: number; headers: Headers; text: string },
  now: Date,
): Error {
  const { status, headers } = answer;
  const said = wordsOf(answer.text);
  const what = `${action} failed: the registry answered ${status}${said}`;
  if (status === 401 || status === 403) return new StepError(what, { hint: adviceFor(status) });
  if (status === 404) {
    return new StepError(what, { hint: 'See that the repository exists (some registries want it created first).' });
  }
  if (status === 429) {
    const after = retryAfterSeconds(headers, now);
    return new RetryableError(what, { hint: 'The registry limits how often it is asked.', retryAfterSeconds: after });
  }
  if (status === 408 || status >= 500) {
    return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(headers, now) });
  }
  if (status === 400 && /"?(?:NAME_INVALID|TAG_INVALID)"?/.test(answer.text)) return new InputError(what);
  return new StepError(what);
}

function adviceFor(status: number): string {
  return status === 401
    ? 'Give credentials for this registry in a docker configuration, and see that they are still valid.'
    : 'The account may not do this; give it pull and push rights on the repository.';
}

/** The registry's own words, cut, on one line: error bodies come from outside. */
function wordsOf(text: string): string {
  try {
    const { errors } = ErrorBody.parse(JSON.parse(text));
    const words = errors.map((each) => [each.code, each.message].filter(Boolean).join(': ')).join('; ');
    return words === '' ? '' : ` (${words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300)})`;
  } catch {
    return '';
  }
}
