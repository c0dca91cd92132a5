import { z } from 'zod';
import type { KeptAnswers } from './kept-answers.ts';
import type { ImageRepository } from './reference.ts';

const KeptPage = z.object({
  /** Path and query that it was asked with. */
  target: z.string(),
  /** Empty where the registry gave none; such a page is not kept. */
  etag: z.string(),
  tags: z.array(z.string()),
  /** Path and query of the next page. */
  next: z.string().optional(),
});
export type KeptPage = z.output<typeof KeptPage>;
const KeptPages = z.array(KeptPage);

/** All pages of a repository's last listing are one answer: they were read together, and are used together. */
export async function readKeptPages(kept: KeptAnswers, repository: ImageRepository): Promise<KeptPage[]> {
  const bytes = await kept.read(nameOf(repository));
  if (bytes === undefined) return [];
  const pages = KeptPages.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  return pages.success ? pages.data : [];
}

/** Nothing is written when nothing has changed. */
export async function writeKeptPages(
  kept: KeptAnswers,
  repository: ImageRepository,
  { before, pages }: { before: readonly KeptPage[]; pages: readonly KeptPage[] },
): Promise<void> {
  const keepable = pages.filter(({ etag }) => etag !== '');
  const isSame = keepable.length === before.length && keepable.every((page, at) => page === before[at]);
  if (!isSame) await kept.write(nameOf(repository), Buffer.from(JSON.stringify(keepable)));
}

/**
 * Whether the pages have one ETag that is of the list as a whole, and are all there. ETags that are made of a page's own
 * bytes differ from page to page; one that a registry gives to different pages can only stand for what they have in
 * common.
 */
export function isOneList(pages: readonly KeptPage[]): boolean {
  const [first] = pages;
  const isChain = pages.every((page, at) => page.next === pages[at + 1]?.target);
  return first !== undefined && isChain && pages.every(({ etag }) => etag === first.etag);
}

function nameOf({ registry, path }: ImageRepository): string {
  return `tags of ${registry}/${path}`;
}
