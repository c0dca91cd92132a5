import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { ServedKind } from './kinds.ts';

/** What a cluster would not take of an object, each as the end of a sentence: `unknown field "datta"`. */
export type CheckShape = (kind: ServedKind, object: unknown) => string[];

/** Schemas are large and compiled when the first object comes: who only wants git starts without them. */
export async function createCheckShape(): Promise<CheckShape> {
  const [{ Ajv2020 }, { createManifestReader, showPath }, { default: schemas }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('@luban-ci/argo-workflows-schema'),
    import('./schemas/schemas.generated.json', { with: { type: 'json' } }),
  ]);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'cluster', $defs: schemas.$defs });
  const references: Readonly<Record<string, { $ref: string }>> = schemas.kinds;
  const compiled = new Map<string, ValidateFunction>();
  const reader = createManifestReader();
  return ({ kind, shape }, object) => {
    if (shape === 'argo-workflows')
      return reader.problemsOf(object).map(({ path, message }) => `${showPath(path)}: ${message}`);
    const reference = references[kind]?.$ref;
    if (reference === undefined) return [`the playground does not know the shape of ${kind}`];
    const validate = compiled.get(kind) ?? ajv.compile({ $ref: `cluster${reference}` });
    compiled.set(kind, validate);
    return validate(object) ? [] : (validate.errors ?? []).map(sentenceOf);
  };
}

function sentenceOf({ keyword, instancePath, message, params }: ErrorObject): string {
  const at = instancePath.slice(1).replaceAll('/', '.');
  if (keyword !== 'additionalProperties') return `${at}: ${message}`;
  const field = String(params['additionalProperty']);
  return `unknown field "${at === '' ? field : `${at}.${field}`}"`;
}
