/** JSON as Go writes a map: its keys are sorted, and signs that HTML knows are escaped. */
export function goJson(value: unknown): string {
  return goJsonAsGiven(sorted(value));
}

/** JSON as Go writes a struct, or JSON that it was given: fields stay in their order. */
export function goJsonAsGiven(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
