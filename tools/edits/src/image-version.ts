import { z } from 'zod';
import { lazySchema } from './lazy-schema.ts';

/** An image without tag and digest, as people write it: `registry.example:5000/team/app`. */
export const ImageName = lazySchema(() =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._\-:/]*$/, 'expected an image name without tag and digest'),
);

/** Which version of the image. */
export const ImageVersion = lazySchema(() => {
  const tag = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'expected an image tag');
  const digest = z.string().regex(/^[a-z0-9+._-]+:[a-fA-F0-9]{32,}$/, 'expected a digest such as sha256:…');
  return z.union([z.strictObject({ tag, digest }), z.strictObject({ tag }), z.strictObject({ digest })]);
});
export type ImageVersion = z.infer<ReturnType<typeof ImageVersion>>;

/** Both parts of a version, each where it is given. */
export interface VersionParts {
  tag?: string;
  digest?: string;
}

/** `name:tag@digest`, with the parts that there are. */
export function referenceOf(name: string, { tag, digest }: VersionParts): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
