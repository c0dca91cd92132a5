import { expect, test } from 'vitest';
import { createLog, type LogLine } from './log.ts';
import { createRedactor } from './redaction.ts';

test('lines know their group, and a secret that is learnt later is still taken out', () => {
  const lines: LogLine[] = [];
  const redactor = createRedactor();
  const log = createLog((line) => lines.push(line), redactor);
  const inner = log.group('Build').group('Layers');

  log.info('begin');
  redactor.add('s3cr3t-token');
  inner.warn('pushed with s3cr3t-token');

  expect(lines).toEqual([
    { level: 'info', message: 'begin' },
    { level: 'warn', message: 'pushed with ***', group: 'Build › Layers' },
  ]);
});
