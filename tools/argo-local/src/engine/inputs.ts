import type { Arguments, ConfigMapKeySelector, Parameter, Template } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import type { Variables } from '../expressions/evaluate-expression.ts';
import { fillTags } from '../expressions/fill-tags.ts';
import { type Catalog, findKeyedData } from '../model/catalog.ts';

/** A parameter whose value is known. */
export interface Valued extends Parameter {
  value: string;
}

interface Surroundings {
  catalog: Catalog;
  namespace: string;
  variables: Variables;
}

/**
 * Gives every input of a template its value: the argument, else a ConfigMap's key, else the default
 * (workflow/common/util.go, ProcessArgs).
 *
 * @throws InputError for an input without a value, or outside its enum
 */
export function valueInputs(template: Template, args: Arguments, around: Surroundings): Valued[] {
  return (template.inputs?.parameters ?? []).map((declared) => {
    const given = args.parameters?.find((each) => each.name === declared.name);
    const own = declared.value === undefined ? {} : { value: fillTags(String(declared.value), around.variables) };
    const { enum: _, ...free } = declared; // Argo asks for the enum of a workflow's own parameters alone
    const parameter = given === undefined ? { ...free, ...own } : replacement({ ...free, ...own }, given);
    return valueParameter(parameter, `inputs.parameters.${declared.name}`, around);
  });
}

/** An argument replaces value and valueFrom together. */
function replacement(declared: Parameter, { value, valueFrom }: Parameter): Parameter {
  if (value !== undefined) return { ...declared, value };
  const { value: _, ...rest } = declared;
  return valueFrom === undefined ? declared : { ...rest, valueFrom };
}

export function valueParameter(parameter: Parameter, where: string, around: Surroundings): Valued {
  const { name, enum: choices, globalName } = parameter;
  const value = valueIn(parameter, where, around);
  if (choices !== undefined && !choices.map(String).includes(value)) {
    throw new InputError(`${where} is "${value}", but only ${choices.map(String).join(', ')} are allowed`);
  }
  return {
    name,
    ...(parameter.default === undefined ? {} : { default: parameter.default }),
    value,
    ...(choices === undefined ? {} : { enum: choices }),
    ...(globalName === undefined ? {} : { globalName }),
  };
}

function valueIn(parameter: Parameter, where: string, around: Surroundings): string {
  const { valueFrom } = parameter;
  if (parameter.value !== undefined) return String(parameter.value);
  if (valueFrom?.configMapKeyRef !== undefined) {
    const found = configMapValue(valueFrom.configMapKeyRef, around);
    if (found !== undefined) return found;
    if (valueFrom.default !== undefined) return String(valueFrom.default);
    const { name, key } = valueFrom.configMapKeyRef;
    throw new InputError(`${where} wants the key ${key} of the ConfigMap ${name}, which is not there`);
  }
  if (parameter.default !== undefined) return fillTags(String(parameter.default), around.variables);
  throw new InputError(`${where} was not supplied`);
}

function configMapValue(ref: ConfigMapKeySelector, around: Surroundings): string | undefined {
  const name = fillTags(ref.name ?? '', around.variables);
  const key = fillTags(ref.key ?? '', around.variables);
  return findKeyedData(around.catalog.configMaps, name, around.namespace)?.data[key];
}
