import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ManifestByKind, ManifestKind } from './manifest.ts';
import schema from './schema.generated.json' with { type: 'json' };

/** Compiled checks, one for each kind. A kind is compiled when it is first asked for. */
export interface Validators {
  of<Kind extends ManifestKind>(kind: Kind): ValidateFunction<ManifestByKind[Kind]>;
}

export function createValidators(): Validators {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strict: true });
  ajv.addSchema(schema, 'argo');
  return {
    of: (kind) => ajv.compile({ $ref: `argo#/$defs/${kind}` }),
  };
}
