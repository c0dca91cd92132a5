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
