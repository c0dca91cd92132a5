import { expect, test } from 'vitest';
import { terminalPicture } from './terminal-picture.ts';

test('colours and spaces survive, and text stays text', () => {
  const picture = terminalPicture('A <run>', '\u001b[32m✓\u001b[39m  done & \u001b[1mwell\u001b[22m\n');

  expect(picture).toContain('<title>A &lt;run&gt;</title>');
  expect(picture).toContain(
    '<tspan fill="#98c379">✓</tspan><tspan fill="#d4d4d4">\u00a0\u00a0done\u00a0&amp;\u00a0</tspan><tspan fill="#d4d4d4" font-weight="bold">well</tspan>',
  );
});
