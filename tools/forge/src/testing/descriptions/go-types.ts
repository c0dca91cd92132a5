import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Schema } from './description.ts';

/** Reads the types of Go packages that carry their JSON names as tags: the form in which two forges publish theirs. */
export interface GoTypes {
  /** `git.GitPullRequest`, `[]Note`, `*string`; objects below `deepest` are only said to be there. */
  schemaOf(type: string, packageName: string, deepest: number): Schema;
  /** Names of the fields of a struct, those that it embeds included. */
  fieldNames(type: string, packageName: string, tag: 'json' | 'url'): string[];
}

interface Field {
  names: Record<'json' | 'url', string | undefined>;
  type: string;
  isEmbedded: boolean;
}

const plain: Record<string, Schema> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  float64: { type: 'number' },
  'time.Time': { type: 'string' },
  'azuredevops.Time': { type: 'string' },
  'uuid.UUID': { type: 'string' },
  ISOTime: { type: 'string' },
  LabelOptions: { type: 'string' },
};

export function readGoTypes(folder: string): GoTypes {
  const sources = globSync('**/*.go', { cwd: folder }).filter((path) => !path.endsWith('_test.go'));
  const structs = new Map<string, Field[]>();
  const aliases = new Map<string, string>();
  for (const path of sources) {
    const text = readFileSync(`${folder}/${path}`, 'utf8');
    const packageName = dirname(path) === '.' ? '' : basename(dirname(path));
    for (const [, name = '', body = ''] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
      structs.set(`${packageName}.${name}`, fieldsOf(body));
    }
    for (const [, name = '', type = ''] of text.matchAll(/^\s*(?:type )?(\w+) (string|int|int64|\[\]string)$/gm)) {
      aliases.set(`${packageName}.${name}`, type);
    }
  }
  return { schemaOf, fieldNames };

  function schemaOf(given: string, at: string, deepest: number): Schema {
    const type = given.replace(/^\*+/, '');
    if (type.startsWith('[]')) return { type: 'array', items: schemaOf(type.slice(2), at, deepest) };
    if (type.startsWith('map[string]')) return { type: 'object' };
    if (/^u?int\d*$/.test(type)) return { type: 'integer' };
    const simple = plain[type];
    if (simple !== undefined) return simple;
    const [packageName, name] = type.includes('.') ? type.split('.') : [at, type];
    const key = `${packageName}.${name}`;
    const alias = aliases.get(key);
    if (alias !== undefined) return schemaOf(alias, at, deepest);
    const fields = structs.get(key);
    if (fields === undefined) return true;
    if (deepest === 0) return { type: 'object' };
    const all = allFields(fields, packageName ?? at);
    const properties = all.flatMap(({ names, type: each, home }) =>
      names.json === undefined ? [] : [[names.json, orNull(schemaOf(each, home, deepest - 1))]],
    );
    return { type: 'object', properties: Object.fromEntries(properties) };
  }

  function fieldNames(type: string, at: string, tag: 'json' | 'url'): string[] {
    const fields = structs.get(`${at}.${type.replace(/^\*/, '')}`) ?? [];
    return allFields(fields, at).flatMap(({ names }) => names[tag] ?? []);
  }

  function allFields(fields: readonly Field[], at: string): (Field & { home: string })[] {
    return fields.flatMap((field) => {
      if (!field.isEmbedded) return [{ ...field, home: at }];
      const name = field.type.replace(/^\*/, '');
      const [home = at, own = name] = name.includes('.') ? name.split('.') : [at, name];
      return allFields(structs.get(`${home}.${own}`) ?? [], home);
    });
  }
}

/** These types do not say which fields may be null, so each may. */
function orNull(schema: Schema): Schema {
  if (schema === true) return true;
  const { type } = schema;
  return typeof type === 'string' ? { ...schema, type: [type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

function fieldsOf(body: string): Field[] {
  // what a field says in a struct of its own, without a name, is not followed
  const flat = body.replaceAll(/ (?:\[\])?\*?struct \{[\s\S]*?^\t\}/gm, ' any');
  return flat.split('\n').flatMap((line): Field[] => {
    const text = line.trim();
    const embedded = /^(\*?[\w.]+)$/.exec(text)?.[1];
    if (embedded !== undefined)
      return [{ names: { json: undefined, url: undefined }, type: embedded, isEmbedded: true }];
    const found = /^\w+\s+(\S+)\s+`([^`]*)`/.exec(text);
    const named = (tag: string): string | undefined => {
      const name = new RegExp(`${tag}:"([^",]+)`).exec(found?.[2] ?? '')?.[1];
      return name === '-' ? undefined : name;
    };
    if (found === null) return [];
    return [{ names: { json: named('json'), url: named('url') }, type: found[1] ?? '', isEmbedded: false }];
  });
}
