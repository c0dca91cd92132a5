/** A handler with the path it serves: `repos/:owner/:repo/branches/*`; `*` takes one or more segments, joined by `/`. */
export interface Route<Call, Result> {
  method: string;
  path: string;
  handle: (call: Call, parameters: Record<string, string>) => Promise<Result>;
}

export function findRoute<Call, Result>(
  routes: readonly Route<Call, Result>[],
  method: string,
  segments: readonly string[],
): { route: Route<Call, Result>; parameters: Record<string, string> } | 'no-path' | 'no-method' {
  const fitting = routes.flatMap((route) => {
    const parameters = match(route.path.split('/'), segments);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  if (fitting.length === 0) return 'no-path';
  return fitting.find(({ route }) => route.method === method) ?? 'no-method';
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const hasRest = pattern.at(-1) === '*';
  const fixed = hasRest ? pattern.slice(0, -1) : pattern;
  if (hasRest ? segments.length <= fixed.length : segments.length !== fixed.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of fixed.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  if (hasRest) parameters['rest'] = segments.slice(fixed.length).join('/');
  return parameters;
}
