import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Field, fieldsOf, inputShapeOf, inStyle, toCamelCase } from '@luban-ci/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { capabilities } from './capabilities/capabilities.ts';
import { loadStep, stepIds } from './load-step.ts';

const here = import.meta.dirname;
const steps = await Promise.all(
  stepIds.map(async (id) => {
    const { contract, run } = await loadStep(id);
    const shape = inputShapeOf(contract, capabilities);
    return { id, contract, run, shape, inputs: fieldsOf(shape), outputs: fieldsOf(contract.outputs.shape) };
  }),
);

/** Where one name means two kinds of thing in different steps. */
function clashesOf(fields: readonly (Field & { step: string })[]): string[] {
  return fields.flatMap((field) =>
    fields
      .filter((other) => other.name === field.name && other.kind !== field.kind && other.step > field.step)
      .map((other) => `${field.name}: ${field.kind} in ${field.step}, ${other.kind} in ${other.step}`),
  );
}

describe.each(steps)('the contract of $id', ({ id, contract, run, shape, inputs, outputs }) => {
  test('is called as its folder is, has a story, a page and tests', async () => {
    const files = await readdir(join(here, id));

    expect(contract.id).toBe(id);
    expect(run).toBeTypeOf('function');
    expect(files).toEqual(expect.arrayContaining(['README.md', 'run.test.ts', 'run.ts', 'step.ts']));
  });

  test('describes everything in whole sentences', () => {
    const sentences = [
      ['summary', contract.summary],
      ...[...inputs, ...outputs].map((field) => [field.name, field.description]),
    ];

    expect(sentences.filter(([, sentence]) => !/^[A-Z].*[^.\s]\.$/.test(sentence ?? ''))).toEqual([]);
  });

  test('has examples that it takes as they stand', () => {
    const strict = z.strictObject(shape);

    const refused = contract.examples.map((example) => strict.safeParse(example.inputs).error?.issues ?? []);

    expect(contract.examples.length).toBeGreaterThan(0);
    expect(refused.flat()).toEqual([]);
    expect(contract.examples.filter(({ title }) => !/^[A-Z].*[^.]$/.test(title))).toEqual([]);
  });

  test('has names that every host can spell and read back, and that no host takes for itself', () => {
    const names = [...inputs, ...outputs].map(({ name }) => name);

    expect(names.filter((name) => toCamelCase(inStyle(name, 'kebab')) !== name)).toEqual([]);
    expect(names.filter((name) => toCamelCase(inStyle(name, 'screaming-snake')) !== name)).toEqual([]);
    expect(
      names.filter((name) => ['changed', 'diff', 'dryRun', 'help', 'summary', 'workspace'].includes(name)),
    ).toEqual([]);
  });

  test('marks what must not be seen as secret, and gives it no default', () => {
    const secrets = inputs.filter(({ name }) => /(token|password|secret|key)$/i.test(name) && name !== 'orderKey');

    expect(secrets.filter(({ secret }) => !secret)).toEqual([]);
    expect(secrets.filter((field) => 'default' in field)).toEqual([]);
  });

  test('gets what it needs under the names it asks for, with inputs that do not hide its own', () => {
    const granted: Record<string, { inputs: z.ZodObject }> = capabilities;
    const own = fieldsOf(contract.inputs.shape).map((field) => ({ ...field, step: id }));
    const lent = contract.needs.flatMap((need) =>
      fieldsOf(granted[need]?.inputs.shape ?? {}).map((field) => ({ ...field, step: need })),
    );

    expect(contract.needs.filter((need) => !(need in granted))).toEqual([]);
    expect(clashesOf([...own, ...lent])).toEqual([]);
  });

  test('has a story that imports no other step', async () => {
    const files = (await readdir(join(here, id))).filter((file) => file.endsWith('.ts'));
    const texts = await Promise.all(files.map((file) => readFile(join(here, id, file), 'utf8')));
    const siblings = texts.flatMap((text) => [...text.matchAll(/from '\.\.\/([^/']+)\//g)].map(([, name]) => name));

    expect(siblings.filter((name) => stepIds.some((each) => each === name))).toEqual([]);
  });
});

describe('all contracts together', () => {
  test('the table has every folder that holds a step', async () => {
    const entries = await readdir(here, { withFileTypes: true, recursive: true });

    const folders = entries.filter(({ name }) => name === 'step.ts').map(({ parentPath }) => parentPath);

    expect(folders.map((folder) => folder.slice(here.length + 1)).sort()).toEqual([...stepIds].sort());
  });

  test('one name is one kind of thing, as an input and as an output', () => {
    const inputs = steps.flatMap((step) => step.inputs.map((field) => ({ ...field, step: step.id })));
    const outputs = steps.flatMap((step) => step.outputs.map((field) => ({ ...field, step: step.id })));

    expect(clashesOf(inputs)).toEqual([]);
    expect(clashesOf(outputs)).toEqual([]);
  });

  test('what the dispatcher hands on fits into what takes it', async () => {
    const { contract: source } = await loadStep('resolve-source');
    const { contract: submit } = await loadStep('submit-workflow');
    const longest = `https://git.example/${'a'.repeat(2000)} refs/heads/${'b'.repeat(230)} ${'c'.repeat(64)} 2026-01-01T00:00:00Z`;

    expect(source.outputs.shape['requestId']).toBeDefined();
    expect((submit.inputs.shape['requestId'] as z.ZodType).safeParse(longest).success).toBe(true);
  });
});
