import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ForgeProvider } from '../forge.ts';
import type { Description, Operation } from './descriptions/description.ts';

const SchemaShape = z.union([z.literal(true), z.record(z.string(), z.unknown())]);
const DescriptionShape = z.object({
  source: z.string(),
  licence: z.string(),
  operations: z.record(
    z.string(),
    z.object({
      query: z.array(z.string()),
      body: SchemaShape.optional(),
      answers: z.record(z.string(), SchemaShape.nullable()),
    }),
  ),
});

const files: Record<ForgeProvider, string> = {
  github: 'github',
  gitlab: 'gitlab',
  azure: 'azure-devops',
  ado: 'azure-devops',
  gitea: 'gitea',
};

/** The extract of a forge's published description. */
export function readDescription(provider: ForgeProvider): Description {
  const path = join(import.meta.dirname, 'descriptions', `${files[provider]}.generated.json`);
  const { operations, ...about } = DescriptionShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  const exact = Object.entries(operations).map(([place, { body, ...rest }]): [string, Operation] => [
    place,
    body === undefined ? rest : { ...rest, body },
  ]);
  return { ...about, operations: Object.fromEntries(exact) };
}

/** The operation that a path below the API's root belongs to. A last place in braces takes several segments where nothing else fits. */
export function findOperation({ operations }: Description, method: string, path: string): Operation | undefined {
  const segments = path.split('/');
  const known = Object.entries(operations)
    .filter(([place]) => place.startsWith(`${method} `))
    .toSorted(([left], [right]) => right.split('/').length - left.split('/').length);
  const fits = (place: string, isOpen: boolean): boolean => {
    const pattern = place.slice(method.length + 1).split('/');
    const isLong = isOpen && pattern.at(-1)?.startsWith('{') === true && segments.length > pattern.length;
    if (segments.length !== pattern.length && !isLong) return false;
    return pattern.every((part, index) => part.startsWith('{') || part === segments[index]);
  };
  const found = known.find(([place]) => fits(place, false)) ?? known.find(([place]) => fits(place, true));
  return found?.[1];
}
