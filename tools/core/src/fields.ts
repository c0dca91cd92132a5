import { z } from 'zod';

/** How a value looks in text: what hosts coerce to, and what help, pages and schemas print. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'map';

/** One input or output as data, read off its zod schema. */
export interface Field {
  /** Contract name in camelCase. */
  name: string;
  kind: FieldKind;
  description: string;
  required: boolean;
  secret: boolean;
  /** Present when leaving the field out means this value. */
  default?: unknown;
  /** The allowed values of a choice. */
  choices?: readonly string[];
}

/** Marks a schema as secret: its value is redacted in every log and comes from the environment, never from argv. */
export function secret<S extends z.ZodType>(schema: S): S {
  return schema.meta({ ...schema.meta(), secret: true });
}

export function fieldsOf(shape: z.ZodRawShape): Field[] {
  return Object.entries(shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));
}

function fieldOf(name: string, schema: z.ZodType): Field {
  const layers = unwrap(schema);
  const core = layers.at(-1) ?? schema;
  const meta = Object.assign({}, ...layers.toReversed().map((layer) => layer.meta() ?? {})) as Record<string, unknown>;
  const withDefault = layers.find((layer) => layer instanceof z.ZodDefault);
  const choices = core instanceof z.ZodEnum ? core.options.map(String) : undefined;
  return {
    name,
    kind: kindOf(core),
    description: typeof meta['description'] === 'string' ? meta['description'] : '',
    required: !schema.safeParse(undefined).success,
    secret: meta['secret'] === true,
    ...(withDefault === undefined ? {} : { default: withDefault.parse(undefined) }),
    ...(choices === undefined ? {} : { choices }),
  };
}

/** The schema and everything it wraps, outermost first. */
function unwrap(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return [schema, ...unwrap(schema.unwrap() as z.ZodType)];
  }
  if (schema instanceof z.ZodPipe) return [schema, ...unwrap(schema.in as z.ZodType)];
  return [schema];
}

function kindOf(schema: z.ZodType): FieldKind {
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodEnum) return 'choice';
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodRecord || schema instanceof z.ZodObject) return 'map';
  return 'text';
}
