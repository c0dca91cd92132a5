import { type Answer, InputError, RetryableError, retryAfterSeconds, StepError } from '@luban-ci/core';
import { Errors } from './schema.ts';

/** What a refusal of Harbor means: whose fault it is, and whether asking again makes sense. */
export function harborFailure(action: string, answer: Answer, now: Date): Error {
  const { status } = answer;
  const what = `${action} failed: Harbor answered ${status}${wordsOf(answer)}`;
  if (status === 401) return new StepError(what, { hint: 'Give user name and password of an account of this Harbor.' });
  if (status === 403) {
    return new StepError(what, {
      hint: 'Give the account of a Harbor administrator, or a system robot that may do it.',
    });
  }
  if (status === 400 || status === 422) return new InputError(what);
  if (status === 408 || status === 429 || status >= 500) {
    return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(answer.headers, now) });
  }
  if (status >= 300 && status < 400) return new StepError(what, { hint: 'It has moved; give its new address.' });
  return new StepError(what);
}

/** Harbor's own words, cut, on one line: they come from outside. */
function wordsOf(answer: Answer): string {
  try {
    const { errors } = Errors.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
    const words = errors.map(({ message }) => message).join('; ');
    return ` (${words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300)})`;
  } catch {
    return '';
  }
}
