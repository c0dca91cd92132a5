import type { Template } from '@luban-ci/argo-workflows-schema';
import { type BadField, messageOf } from '@luban-ci/core';
import { findImageMapping, type ImageMapping, programFor } from '../containers/image-mapping.ts';
import type { ReachableTemplate } from './reachable-templates.ts';

/**
 * Containers whose image or command no program of this machine is mapped to. An image that a parameter decides is
 * followed through all calls back to the workflow's own parameters; one that only a node's output decides
 * is checked when its node starts.
 */
export function imageProblems(
  templates: readonly ReachableTemplate[],
  parameters: ReadonlyMap<string, string>,
  images: readonly ImageMapping[],
): BadField[] {
  return templates.flatMap(({ template, path }) => {
    const container = template.container ?? template.script;
    if (container === undefined) return [];
    const possible = new Set(valuesOf(container.image ?? '', template, { templates, parameters }, []));
    return [...possible].flatMap((image): BadField[] => {
      const problem = imageProblem(image, container.command ?? [], images);
      return problem === undefined ? [] : [{ field: `${path}.image`, expected: problem }];
    });
  });
}

function imageProblem(image: string, command: readonly string[], images: readonly ImageMapping[]): string | undefined {
  const mapping = findImageMapping(image, images);
  const repository = image.replace(/[:@].*$/, '');
  if (mapping === undefined) {
    return `no program of this machine is mapped to ${image}; map one with --image ${repository}=host`;
  }
  try {
    programFor(mapping, image, command, []);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

interface Surroundings {
  templates: readonly ReachableTemplate[];
  /** The workflow's own, as far as they have values. */
  parameters: ReadonlyMap<string, string>;
}

/** What a text that is one tag can stand for; nothing where that is only known later. */
function valuesOf(
  text: string,
  within: Template | undefined,
  around: Surroundings,
  path: readonly Template[],
): string[] {
  if (!text.includes('{{')) return [text];
  const [, scope, name = ''] = /^\{\{\s*(workflow|inputs)\.parameters\.([\w-]+)\s*\}\}$/.exec(text) ?? [];
  if (scope === 'workflow') return workflowValue(name, around);
  if (scope === undefined || within === undefined || path.includes(within)) return [];
  const declared = within.inputs?.parameters?.find((parameter) => parameter.name === name);
  const fallback = declared?.value ?? declared?.default;
  const callers = around.templates.find(({ template }) => template === within)?.callers ?? [];
  return callers.flatMap(({ call, from }) => {
    const given = call.arguments?.parameters?.find((parameter) => parameter.name === name)?.value;
    if (given !== undefined) return valuesOf(String(given), from, around, [...path, within]);
    if (from === undefined) return workflowValue(name, around);
    return fallback === undefined ? [] : [String(fallback)];
  });
}

function workflowValue(name: string, { parameters }: Surroundings): string[] {
  const value = parameters.get(name);
  return value === undefined ? [] : [value];
}
