import { expect, test } from 'vitest';
import { lackOfRoom } from './room.ts';

const nodes = { items: [{ status: { allocatable: { cpu: '2' } } }] };

/** Pods of two containers, of which one asks for something. */
function podsOf(phase: string, count: number, cpu: string): object[] {
  const containers = [{ resources: { requests: { cpu } } }, { resources: {} }];
  return Array.from({ length: count }, () => ({ spec: { containers }, status: { phase } }));
}

test('there is room where half a processor is not asked for, whatever has ended', () => {
  const items = [...podsOf('Running', 1, '1'), ...podsOf('Pending', 10, '50m'), ...podsOf('Succeeded', 9, '1')];

  expect(lackOfRoom(nodes, { items })).toBeUndefined();
});

test('pods that wait for an image ask for room as those that run', () => {
  const items = [...podsOf('Running', 1, '1'), ...podsOf('Pending', 11, '50m')];

  expect(lackOfRoom(nodes, { items })).toBe(
    'wants room in the cluster: 1.55 of 2 processors are asked for by what is there (make cluster-down cluster-up)',
  );
});
