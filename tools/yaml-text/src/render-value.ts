import { isPlainString } from './plain-scalar.ts';

/** What can be inserted: strings, and lists and maps of them. A key whose value is `undefined` is left out. */
export type YamlValue = string | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/** How the file around an insertion is written. */
export interface YamlStyle {
  newline: '\n' | '\r\n';
  /** Text between the start of an item's dash and its content, `'- '` or wider. */
  dash: string;
  /** Spaces by which a map inside a map is moved in. */
  indent: number;
  /** Spaces by which a list inside a map is moved in; many files use none. */
  listIndent: number;
}

export type ScalarStyle = 'plain' | 'single' | 'double';

/** A scalar that every reader takes for a string, as close to the wanted style as that allows. */
export function renderScalar(value: string, wanted: ScalarStyle = 'plain'): string {
  if (wanted === 'plain' && isPlainString(value)) return value;
  const printable = !/[^\x20-\x7e\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(value);
  const single = wanted === 'single' || (wanted === 'plain' && /["\\]/.test(value));
  return single && printable ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** JSON's escapes are YAML's; YAML 1.1 also wants its further line breaks, controls and byte order marks escaped. */
function doubleQuoted(value: string): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}

/** A whole document in block style, its lists indented like its maps. */
export function renderYaml(value: YamlValue): string {
  return `${renderBlock(value, 0, { newline: '\n', dash: '- ', indent: 2, listIndent: 2 })}\n`;
}

/** On one line, as inside `{}` or `[]`. */
export function renderFlow(value: YamlValue): string {
  if (typeof value === 'string') return renderScalar(value);
  if (isList(value)) return `[${value.map(renderFlow).join(', ')}]`;
  return `{${entriesOf(value)
    .map(([key, inner]) => `${renderScalar(key)}: ${renderFlow(inner)}`)
    .join(', ')}}`;
}

/** `key: value` as block lines; every line after the first starts with `column` spaces or more. */
export function renderEntry(key: string, value: YamlValue, column: number, style: YamlStyle): string {
  const name = `${renderScalar(key)}:`;
  if (isEmpty(value) || typeof value === 'string') return `${name} ${renderFlow(value)}`;
  const inner = column + (isList(value) ? style.listIndent : style.indent);
  return `${name}${style.newline}${' '.repeat(inner)}${renderBlock(value, inner, style)}`;
}

/** `- value` as block lines, the dash being at `column`. */
export function renderItem(value: YamlValue, column: number, style: YamlStyle): string {
  return `${style.dash}${renderBlock(value, column + style.dash.length, style)}`;
}

/** A value whose first line starts at `column`, where the caller already stands. */
export function renderBlock(value: YamlValue, column: number, style: YamlStyle): string {
  if (isEmpty(value) || typeof value === 'string') return renderFlow(value);
  const lines = isList(value)
    ? value.map((item) => renderItem(item, column, style))
    : entriesOf(value).map(([key, inner]) => renderEntry(key, inner, column, style));
  return lines.join(`${style.newline}${' '.repeat(column)}`);
}

export function entriesOf(value: { readonly [key: string]: YamlValue | undefined }): [string, YamlValue][] {
  return Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, inner]]));
}

export function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isEmpty(value: YamlValue): boolean {
  return typeof value !== 'string' && (isList(value) ? value.length : entriesOf(value).length) === 0;
}
