import { expect, test } from 'vitest';
import { createRedactor } from './redaction.ts';

test('a secret disappears in every spelling it travels in', () => {
  const redactor = createRedactor(['s3cr3t/+value']);

  const text = redactor.redact(`plain s3cr3t/+value, base64 ${btoa('s3cr3t/+value')}, url s3cr3t%2F%2Bvalue`);

  expect(text).toBe('plain ***, base64 ***, url ***');
});

test('the longer of two overlapping secrets goes first, and values too short to be one stay', () => {
  const redactor = createRedactor(['token', 'token-with-tail', 'abc']);

  expect(redactor.redact('token-with-tail token abc')).toBe('*** *** abc');
});
