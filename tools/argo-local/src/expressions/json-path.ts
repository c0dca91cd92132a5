import { ExpressionError } from './expression-error.ts';

/** The plain part of JSONPath: `$`, `.name`, `['name']` and `[0]`. Wildcards, filters and slices are refused. */
export function jsonPath(document: unknown, path: string): unknown {
  if (!isPlainPath(path)) throw new ExpressionError(`jsonpath "${path}": only names and positions are supported here`);
  return partsOf(path).reduce(
    (value, part) => step(value, part[1] ?? part[2] ?? part[3] ?? Number(part[4]), path),
    document,
  );
}

export function isPlainPath(path: string): boolean {
  return (
    `$${partsOf(path)
      .map((part) => part[0])
      .join('')}` === path.replace(/^\$?/, '$')
  );
}

function partsOf(path: string): RegExpExecArray[] {
  return [...path.replace(/^\$/, '').matchAll(/\.([\w-]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]/g)];
}

function step(value: unknown, key: string | number, path: string): unknown {
  const found =
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([name]) => name === String(key))
      : undefined;
  if (found === undefined) throw new ExpressionError(`jsonpath "${path}": there is no ${key}`);
  return found[1];
}
