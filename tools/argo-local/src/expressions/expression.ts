/** The tree of an expression in the subset of expr-lang that is supported here. */
export type Expression =
  | { is: 'value'; value: unknown }
  | { is: 'name'; name: string }
  | { is: 'member'; of: Expression; key: Expression; optional: boolean }
  | { is: 'call'; name: string; args: Expression[] }
  | { is: 'not'; of: Expression }
  | { is: 'negative'; of: Expression }
  | { is: 'binary'; operator: string; left: Expression; right: Expression }
  | { is: 'choice'; condition: Expression; yes: Expression; no: Expression }
  | { is: 'list'; items: Expression[] }
  | { is: 'map'; entries: (readonly [string, Expression])[] };
