import { loadStep, stepIds } from '@luban-ci/steps';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { describeStep } from './described-step.ts';
import { gitlabComponent } from './targets/gitlab-component.ts';

/** What GitLab accepts of a component's header ("CI/CD inputs"): texts unless a type says otherwise. */
const Input = z.strictObject({
  description: z.string(),
  default: z.string().optional(),
  options: z.array(z.string()).optional(),
});
const Component = z.strictObject({ spec: z.strictObject({ inputs: z.record(z.string(), Input) }) });
const Job = z.looseObject({ variables: z.record(z.string(), z.string()), script: z.array(z.string()) });

test.each(stepIds)('the component of %s declares what its job uses, holds no secret and runs one step', async (id) => {
  const { contract } = await loadStep(id);
  const [text = ''] = Object.values(gitlabComponent(describeStep(contract)));
  const [head, body] = parseAllDocuments(text).map((document) => document.toJS() as unknown);

  const { inputs } = Component.parse(head).spec;
  const [job] = Object.values(z.record(z.string(), Job).parse(body));

  const used = [...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map((match) => match[1] ?? '');
  expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort());
  expect(job?.script).toEqual([`luban ${id}`]);
  expect(Object.keys(job?.variables ?? {}).filter((name) => /TOKEN|PASSWORD/.test(name))).toEqual([]);
  const outside = Object.entries(inputs).filter(
    ([, input]) => input.options?.includes(input.default ?? input.options[0] ?? '') === false,
  );
  expect(outside).toEqual([]);
});
