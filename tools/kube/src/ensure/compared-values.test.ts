import { expect, test } from 'vitest';
import { differingFields, mergedFields } from './merge-fields.ts';
import { fieldsOf, goneFields, recordedFields } from './owned-fields.ts';
import { isSameQuantity } from './quantity.ts';
import { comparisonFor } from './same-value.ts';

const same = comparisonFor('ConfigMap');

test.each([
  ['1000m', '1'],
  ['0.05', '50m'],
  ['1Gi', '1024Mi'],
  ['1e3', '1k'],
])('%s is the quantity %s', (left, right) => {
  expect(isSameQuantity(left, right)).toBe(true);
  expect(comparisonFor('ResourceQuota')(left, right)).toBe(true);
  expect(same(left, right)).toBe(false);
});

test.each([
  ['1000m', '2'],
  ['1Gi', '1G'],
  ['x', 'x1'],
])('%s is not the quantity %s', (left, right) => {
  expect(isSameQuantity(left, right)).toBe(false);
});

test('a field only the cluster has does not count in a map, but does in a list', () => {
  const wanted = { spec: { rules: [{ verbs: ['get'] }] } };

  expect(differingFields({ spec: { rules: [{ verbs: ['get'] }], other: 1 } }, wanted, same)).toEqual([]);
  expect(differingFields({ spec: { rules: [{ verbs: ['get'], names: ['a'] }] } }, wanted, same)).toEqual([
    ['spec', 'rules'],
  ]);
});

test('an empty map is a wish: a selector that selects everything', () => {
  const wanted = { spec: { podSelector: {} } };

  expect(differingFields({ spec: {} }, wanted, same)).toEqual([]);
  expect(differingFields({ spec: { podSelector: { matchLabels: { a: 'b' } } } }, wanted, same)).toEqual([
    ['spec', 'podSelector'],
  ]);
});

test('what was recorded and is no longer wanted is taken out, a broken record says nothing', () => {
  const earlier = fieldsOf({
    kind: 'X',
    metadata: { name: 'x', labels: { old: '1' } },
    spec: { a: '1', list: [1], deep: { b: '1', c: '1' } },
  });

  const gone = goneFields(earlier, fieldsOf({ spec: { a: '2', deep: { b: '1' } } }));

  expect(gone).toEqual([
    ['spec', 'list'],
    ['spec', 'deep', 'c'],
    ['metadata', 'labels', 'old'],
  ]);
  expect(
    mergedFields({ spec: { a: '1', list: [1], deep: { b: '1', c: '1', d: '1' } } }, { spec: { a: '2' } }, gone),
  ).toEqual({ spec: { a: '2', deep: { b: '1', d: '1' } } });
  expect(recordedFields('{"broken')).toEqual({});
});

test('a map that holds nothing more after what we took out goes too', () => {
  const gone = [
    ['spec', 'automated', 'prune'],
    ['spec', 'automated', 'selfHeal'],
  ];

  expect(mergedFields({ spec: { automated: { prune: true, selfHeal: true }, a: '1' } }, {}, gone)).toEqual({
    spec: { a: '1' },
  });
});
