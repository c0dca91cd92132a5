/** JSON Schema, as far as descriptions of forges go. `true` is anything. */
export type Schema = true | { readonly [keyword: string]: unknown };

/** What a forge's published description says of one operation. */
export interface Operation {
  query: readonly string[];
  /** Absent where it takes none. */
  body?: Schema;
  /** By status; `null` for an answer without a body. */
  answers: Readonly<Record<string, Schema | null>>;
}

/** A cut-down extract of a forge's description. */
export interface Description {
  source: string;
  licence: string;
  /** `GET /repos/{owner}/{repo}`, below the API's root. */
  operations: Readonly<Record<string, Operation>>;
}
