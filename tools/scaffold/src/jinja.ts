import { InputError, messageOf } from '@luban-ci/core';
import nunjucks from 'nunjucks';

/** Renders one text; `name` is the file that an error names. */
export type RenderText = (text: string, name: string) => string;

/**
 * Jinja as cookiecutter sets it up: undefined names are errors, trailing newlines stay, nothing is escaped. Filters are
 * nunjucks' own, which have Jinja's names and meaning, and cookiecutter's `jsonify` and `slugify`.
 */
export function createRenderer(variables: Readonly<Record<string, string>>): RenderText {
  const environment = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: true });
  environment.addFilter('jsonify', (value: unknown) => JSON.stringify(value, null, 4));
  environment.addFilter('slugify', slugify);
  return (text, name) => {
    try {
      return environment.renderString(text, { cookiecutter: variables });
    } catch (error) {
      throw new InputError(`${name} cannot be rendered: ${cleaned(messageOf(error))}`, [], { cause: error });
    }
  };
}

function slugify(value: unknown): string {
  const plain = String(value)
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/** nunjucks puts the template's (unknown) path and a line break before its sentence. */
function cleaned(message: string): string {
  return message
    .replaceAll(/\(unknown path\)\s*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
