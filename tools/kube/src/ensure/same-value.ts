import { isSameQuantity } from './quantity.ts';

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Kinds whose texts are quantities; a cluster keeps `1000m` as `1`. */
const quantityKinds = ['LimitRange', 'ResourceQuota'];

/** How two values of a kind are compared. */
export function comparisonFor(kind: string): (left: unknown, right: unknown) => boolean {
  const isSameText = quantityKinds.includes(kind) ? isSameQuantity : (): boolean => false;
  const same = (left: unknown, right: unknown): boolean => {
    if (isNothing(left) && isNothing(right)) return true;
    if (typeof left === 'string' && typeof right === 'string') return left === right || isSameText(left, right);
    if (Array.isArray(left) && Array.isArray(right))
      return left.length === right.length && left.every((each, index) => same(each, right[index]));
    if (!isMap(left) || !isMap(right)) return left === right;
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
  };
  return same;
}

/** Kubernetes leaves empty values out when it writes them (`omitempty` of its types). */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}
