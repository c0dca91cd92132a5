/** Words and shapes that some YAML 1.1 or 1.2 reader takes for null, a boolean, a number, a date, a merge or a default. */
const otherTypes = [
  /^(~|null|y|n|yes|no|on|off|true|false|<<|=)$/i,
  /^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+)$/i,
  /^[-+]?[0-9_]*\.?[0-9_]*(e[-+]?[0-9_]+)?$/i,
  /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
  /^[-+]?\.(inf|nan)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}([Tt \t].*)?$/,
];

/**
 * Characters that mean nothing to YAML wherever they stand in a plain scalar, in block and in flow style. Stricter
 * than YAML: what is left out is quoted, which is always right.
 */
const harmless = /^[A-Za-z0-9_./](?:[A-Za-z0-9_\-+./:@= ]*[A-Za-z0-9_\-+./@=])?$/;

/** Whether `value`, written without quotes, is read as that very string by YAML 1.1 and 1.2 readers alike. */
export function isPlainString(value: string): boolean {
  return harmless.test(value) && !/: |^\.+$/.test(value) && !otherTypes.some((type) => type.test(value));
}
