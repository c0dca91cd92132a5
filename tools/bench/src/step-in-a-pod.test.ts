import { expect, test } from 'vitest';
import { costsOf } from './step-in-a-pod.ts';

test('what a pod and Argo add is told apart, by medians', () => {
  const samples = [
    { name: 'luban, a process', milliseconds: [100, 9000, 90] },
    { name: 'luban, a pod', milliseconds: [1600, 1700, 1500] },
    { name: 'luban, a workflow of one step', milliseconds: [6600, 6500, 60_000] },
    { name: 'luban, a workflow of three steps', milliseconds: [14_600] },
  ];

  const costs = costsOf(samples);

  expect(costs).toEqual({ pod: 1.5, argo: 5, step: 4 });
});
