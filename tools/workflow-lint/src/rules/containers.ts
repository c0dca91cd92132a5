import type { Parameter } from '@luban-ci/argo-workflows-schema';
import { below } from '../documents.ts';
import type { LintContext } from '../lint-context.ts';

/** An image has a digest or a tag that is not `latest`, or is a parameter whose default has. */
export function checkImage({ root, template, place, report }: LintContext): void {
  const container = template.container ?? template.script;
  const image = container?.image;
  if (container === undefined) return;
  const at = below(place, template.container === undefined ? 'script' : 'container', 'image');
  if (image === undefined) {
    report('image-pinned', at, 'the container has no image');
    return;
  }
  const [, scope, name] = /^\{\{\s*(workflow|inputs)\.parameters\.([\w-]+)\s*\}\}$/.exec(image) ?? [];
  if (scope === undefined) {
    if (!isPinned(image))
      report('image-pinned', at, `the image ${image} has neither a digest nor a tag other than latest`);
    return;
  }
  if (scope === 'workflow' && !root.runs) return;
  const parameters = scope === 'workflow' ? root.spec.arguments?.parameters : template.inputs?.parameters;
  const parameter = (parameters ?? []).find((each) => each.name === name);
  if (parameter === undefined) return; // that is what unknown-parameter and unknown-workflow-parameter say
  const fallback = defaultOf(parameter);
  if (fallback !== undefined && isPinned(fallback)) return;
  report(
    'image-pinned',
    at,
    `the parameter ${name} has ${fallback === undefined ? 'no default' : `the default ${fallback}`}, which pins no image`,
  );
}

function isPinned(image: string): boolean {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([\w][\w.-]*)$/.exec(image)?.[1];
  return tag !== undefined && tag !== 'latest';
}

function defaultOf(parameter: Parameter): string | undefined {
  const value = parameter.value ?? parameter.default ?? parameter.valueFrom?.default;
  return value === undefined ? undefined : String(value);
}

/** Not root: said by the container, its template or the workflow that runs. A library cannot count on the last. */
export function checkNonRoot({ root, template, place, report }: LintContext): void {
  const container = template.container ?? template.script;
  if (container === undefined) return;
  const pods = [template.securityContext, ...(root.runs ? [root.spec.securityContext] : [])];
  const all = [container.securityContext, ...pods];
  const asked = all.find((each) => each?.runAsNonRoot !== undefined)?.runAsNonRoot;
  const user = all.find((each) => each?.runAsUser !== undefined)?.runAsUser;
  const at = below(place, template.container === undefined ? 'script' : 'container');
  if (asked !== true || user === 0)
    report('non-root', at, 'securityContext says neither here nor for the pod runAsNonRoot: true');
}

export function checkReadOnlyRoot({ template, place, report }: LintContext): void {
  const container = template.container ?? template.script;
  if (container === undefined || container.securityContext?.readOnlyRootFilesystem === true) return;
  const at = below(place, template.container === undefined ? 'script' : 'container');
  report('read-only-root', at, 'securityContext does not say readOnlyRootFilesystem: true');
}

/** CPU and memory are requested, and memory is limited. */
export function checkResources({ template, place, report }: LintContext): void {
  const container = template.container ?? template.script;
  if (container === undefined) return;
  const { requests = {}, limits = {} } = container.resources ?? {};
  const missing = [
    ...['cpu', 'memory'].filter((name) => !(name in requests)).map((name) => `requests.${name}`),
    ...(limits['memory'] === undefined ? ['limits.memory'] : []),
  ];
  const at = below(place, template.container === undefined ? 'script' : 'container');
  if (missing.length > 0) report('resources', at, `resources do not say ${missing.join(', ')}`);
}

/** A value stands in arguments, environment or files, never in the text of a program. */
export function checkScripts({ template, place, report }: LintContext): void {
  if (template.script?.source?.includes('{{') === true) {
    report(
      'no-tag-in-script',
      below(place, 'script', 'source'),
      'the script has a tag in its source; hand the value over in env',
    );
  }
  const { container } = template;
  const words = [...(container?.command ?? []), ...(container?.args ?? [])];
  const inline = words.findIndex((word) => /^-[a-z]*c$/.test(word) || word === '-e' || word === '--eval');
  if (inline === -1 || words[inline + 1]?.includes('{{') !== true) return;
  report(
    'no-tag-in-script',
    below(place, 'container'),
    'the program that a shell is given has a tag in it; hand the value over in env',
  );
}
