/** Map keys and positions from the root: `['servers', 0, 'image']`. */
export type TomlPath = readonly (string | number)[];

/** A scalar of a TOML text, and where it stands. */
export interface TomlScalar {
  path: TomlPath;
  start: number;
  end: number;
}

const blank = /(?:[ \t\r\n]|#[^\n]*)*/y;
const bareKey = /[A-Za-z0-9_-]+/y;
const basicString = /"(?:[^"\\]+|\\.)*"/y;
const literalString = /'[^']*'/y;
const longBasicString = /"""(?:[^"\\]+|\\[\s\S]|"{1,2}(?!"))*"{3,5}/y;
const longLiteralString = /'''(?:[^']+|'{1,2}(?!'))*'{3,5}/y;
const bareValue = /[^\s,\]}#](?:[^\n,\]}#]*[^\s,\]}#])?/y;

/**
 * Every scalar of a text that is known to be valid TOML (https://toml.io/en/v1.0.0), in the order in which they stand.
 * What is not valid gives positions that mean nothing.
 */
export function tomlScalarsOf(text: string): TomlScalar[] {
  const reader = new TomlReader(text);
  return reader.read();
}

/** Walks over a text once. A class, because every rule of the grammar moves the same position. */
class TomlReader {
  readonly #text: string;
  readonly #found: TomlScalar[] = [];
  /** How many tables each list of tables has so far, by its path. */
  readonly #tables = new Map<string, number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\ufeff')) this.#at = 1;
  }

  read(): TomlScalar[] {
    let table: TomlPath = [];
    for (this.#skip(blank); this.#at < this.#text.length; this.#skip(blank)) {
      const before = this.#at;
      if (this.#text[this.#at] === '[') table = this.#header();
      else this.#entry(table);
      if (this.#at === before) return [];
    }
    return this.#found;
  }

  #header(): TomlPath {
    const isList = this.#text.startsWith('[[', this.#at);
    this.#at += isList ? 2 : 1;
    const keys = this.#keys();
    this.#at += isList ? 2 : 1;
    const path = this.#resolved(isList ? keys.slice(0, -1) : keys);
    if (!isList) return path;
    const list = [...path, keys.at(-1) ?? ''];
    const position = this.#tables.get(JSON.stringify(list)) ?? 0;
    this.#tables.set(JSON.stringify(list), position + 1);
    return [...list, position];
  }

  /** A header below a list of tables is about the last of them. */
  #resolved(keys: readonly string[]): TomlPath {
    return keys.reduce<(string | number)[]>((path, key) => {
      const next = path.concat(key);
      const count = this.#tables.get(JSON.stringify(next));
      return count === undefined ? next : next.concat(count - 1);
    }, []);
  }

  #entry(table: TomlPath): void {
    const keys = this.#keys();
    this.#at += 1;
    this.#value([...table, ...keys]);
  }

  /** `a . "b.c" . 'd'`, with the space around it. */
  #keys(): string[] {
    const keys: string[] = [];
    do {
      if (keys.length > 0) this.#at += 1;
      this.#skip(blank);
      const quoted = this.#take(basicString);
      const literal = quoted === undefined ? this.#take(literalString) : undefined;
      keys.push(quoted === undefined ? (literal?.slice(1, -1) ?? this.#take(bareKey) ?? '') : unescaped(quoted));
      this.#skip(blank);
    } while (this.#text[this.#at] === '.');
    return keys;
  }

  #value(path: TomlPath): void {
    this.#skip(blank);
    const first = this.#text[this.#at];
    if (first === '[') this.#items(']', (position) => this.#value([...path, position]));
    else if (first === '{') this.#items('}', () => this.#entry(path));
    else this.#scalar(path);
  }

  #scalar(path: TomlPath): void {
    const start = this.#at;
    const kinds = [longBasicString, longLiteralString, basicString, literalString, bareValue];
    kinds.find((kind) => this.#take(kind) !== undefined);
    this.#found.push({ path, start, end: this.#at });
  }

  #items(close: string, read: (position: number) => void): void {
    this.#at += 1;
    this.#skip(blank);
    for (let position = 0; this.#at < this.#text.length && this.#text[this.#at] !== close; position += 1) {
      read(position);
      this.#skip(blank);
      if (this.#text[this.#at] === ',') this.#at += 1;
      this.#skip(blank);
    }
    this.#at += 1;
  }

  #skip(pattern: RegExp): void {
    this.#take(pattern);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [taken] = pattern.exec(this.#text) ?? [];
    this.#at += taken?.length ?? 0;
    return taken;
  }
}

/** A quoted key; TOML's escapes are JSON's, and `\U` besides. */
function unescaped(quoted: string): string {
  const known = quoted.replaceAll(/\\U([0-9a-fA-F]{8})/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
  try {
    return String(JSON.parse(known));
  } catch {
    return quoted.slice(1, -1);
  }
}
