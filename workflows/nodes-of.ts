import type { Workflow } from '@luban-ci/argo-workflows-schema';

/** What ran, in order: `build-image(0) Succeeded`. */
export function podsOf({ status }: Workflow): string[] {
  return Object.values(status?.nodes ?? {})
    .filter(({ type }) => type === 'Pod')
    .map(({ displayName, phase }) => `${displayName} ${phase}`);
}

/** The outputs of a node by its display name; empty where it gave none. */
export function outputsOf({ status }: Workflow, displayName: string): Record<string, string> {
  const node = Object.values(status?.nodes ?? {}).find((each) => each.displayName === displayName);
  return Object.fromEntries((node?.outputs?.parameters ?? []).map(({ name, value }) => [name, String(value)]));
}

/** Phase and message of the whole. */
export function endOf({ status }: Workflow): [string | undefined, string | undefined] {
  return [status?.phase, status?.message];
}

/** The inputs that steps refused, each once: their lines in a log begin with the name. */
export function fieldsNamedIn(log: string): string[] {
  return [
    ...new Set(
      [...log.matchAll(/^ {2}(\w+) {2}expected |^ {2}(\w+) {2}The /gm)].map((line) => line[1] ?? line[2] ?? ''),
    ),
  ].sort();
}
