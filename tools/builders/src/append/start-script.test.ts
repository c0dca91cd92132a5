import { expect, test } from 'vitest';
import { startCommand, startScript } from './start-script.ts';

test('the start command is app, start, main or run in that order, else the first script', () => {
  expect(startCommand({ serve: 'a:b', main: 'a:c', start: 'a:d' })).toBe('start');
  expect(startCommand({ serve: 'a:b', other: 'a:c' })).toBe('serve');
  expect(() => startCommand({})).toThrow('[project.scripts]');
});

test('a script imports what the entry point names and calls it', () => {
  expect(Buffer.from(startScript('shop.cli:Main.start', 'app')).toString()).toBe(
    '#!/usr/bin/env python3\nimport site, sys\nsite.addsitedir("/app/site-packages")\nfrom shop.cli import Main\nsys.exit(Main.start())\n',
  );
  expect(() => startScript('shop.cli:start(); import os', 'app')).toThrow('expected package.module:function');
});
