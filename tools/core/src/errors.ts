/** One input that cannot be used: which one, as its host names it, and what was expected instead. */
export interface BadField {
  /** Contract name in camelCase, for example `repoUrl`. Hosts print it as a flag, an action input or a parameter. */
  field: string;
  /** What was expected, as the end of a sentence: `expected a lower-case DNS label of at most 63 characters`. */
  expected: string;
}

export interface FailureOptions {
  /** What to do next, as a sentence of its own. */
  hint?: string | undefined;
  cause?: unknown;
}

/** The caller gave something unusable. Exit code 2: running it again changes nothing. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly fields: readonly BadField[];
  readonly hint: string | undefined;

  constructor(message: string, fields: readonly BadField[] = [], options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.fields = fields;
    this.hint = options.hint;
  }
}

/** The step failed for good. Exit code 1: one sentence, and a hint. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly hint: string | undefined;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

/** The step failed for now. Exit code 75 (`EX_TEMPFAIL` of sysexits.h): the same call may succeed later. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly hint: string | undefined;
  /** How long the other side asked to wait, in seconds, where it said so (`Retry-After`). */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: FailureOptions & { retryAfterSeconds?: number | undefined } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/**
 * The codes every host ends with; a workflow's retry expression relies on them. `differs` is for who compares: nothing failed, and
 * something is not as it should be.
 */
export const exitCodes = { done: 0, failed: 1, badInput: 2, differs: 3, tryAgain: 75 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InputError) return exitCodes.badInput;
  if (error instanceof RetryableError) return exitCodes.tryAgain;
  return exitCodes.failed;
}

/** The sentence a person reads, for anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What to do next, where the error knows it. */
export function hintOf(error: unknown): string | undefined {
  if (error instanceof InputError || error instanceof StepError || error instanceof RetryableError) return error.hint;
  return undefined;
}
