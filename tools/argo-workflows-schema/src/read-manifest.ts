import { InputError } from '@luban-ci/core';
import { explainError, type SchemaProblem, showPath } from './explain-error.ts';
import { isManifestKind, type ManifestByKind, type ManifestKind, manifestKinds } from './manifest.ts';
import { nearestName } from './nearest-name.ts';
import { createValidators, type Validators } from './validators.ts';

/** Checks manifests against Argo's types, closed: a field that Argo does not know is an error. */
export interface ManifestReader {
  /** Every problem of a parsed document, in the document's order; none when Argo would read all of it. */
  problemsOf(document: unknown): SchemaProblem[];
  /**
   * The document as one of `kinds` (all when none is named).
   *
   * @throws InputError with every problem; `where` is how the message calls the document, such as its file
   */
  read<Kind extends ManifestKind>(document: unknown, where: string, ...kinds: Kind[]): ManifestByKind[Kind];
}

export function createManifestReader(validators: Validators = createValidators()): ManifestReader {
  const problemsOf = (document: unknown): SchemaProblem[] => {
    const kind = kindOf(document);
    if (!isManifestKind(kind)) return [unknownKind(kind, manifestKinds)];
    const validate = validators.of(kind);
    return validate(document) ? [] : (validate.errors ?? []).map(explainError);
  };
  return {
    problemsOf,
    read: (document, where, ...kinds) => {
      const allowed = kinds.find((kind) => kind === kindOf(document));
      if (allowed === undefined) throw refused(where, [unknownKind(kindOf(document), kinds)]);
      const validate = validators.of(allowed);
      if (validate(document)) return document;
      throw refused(where, (validate.errors ?? []).map(explainError));
    },
  };
}

function kindOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null && 'kind' in document ? document.kind : undefined;
}

function unknownKind(kind: unknown, known: readonly string[]): SchemaProblem {
  const near = typeof kind === 'string' ? nearestName(kind, known) : undefined;
  const advice = near === undefined ? '' : `; did you mean "${near}"?`;
  return {
    path: ['kind'],
    message: `expected one of ${known.join(', ')}, found ${JSON.stringify(kind ?? null)}${advice}`,
  };
}

function refused(where: string, problems: readonly SchemaProblem[]): InputError {
  const shown = problems.map(({ path, message }) => `${showPath(path) || 'the document'}: ${message}`);
  return new InputError(
    `${where} is not what Argo understands: ${shown.join('; ')}`,
    problems.map(({ path, message }) => ({ field: showPath(path), expected: message })),
  );
}
