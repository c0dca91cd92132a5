import { type KustomizeImage, readImages } from '@luban-ci/edits';
import type { Git, VersionCommit } from '@luban-ci/git';
import type { Finding } from './findings.ts';
import { shownText } from './shown-text.ts';

/** The commit that made something be as it is. */
export interface HandEdit {
  commit: string;
  /** `Ada <ada@example.com>` */
  author: string;
  at: string;
  subject: string;
}

/** More is not searched: whoever has this many has another question. */
const mostAsked = 10;
const mostVersions = 100;

/** Who it was, by finding; of the first ones only, and of those whose commit is not too far back. */
export async function whoEdited(git: Git, url: string, findings: readonly Finding[]): Promise<Map<Finding, HandEdit>> {
  const edits = new Map<Finding, HandEdit>();
  const asked = findings.filter(({ kind }) => kind === 'by hand').slice(0, mostAsked);
  for (const finding of asked) {
    const edit = await editOf(git, url, finding);
    if (edit !== undefined) edits.set(finding, edit);
  }
  return edits;
}

/** The commit since which the entry has been as it is now. */
async function editOf(git: Git, url: string, { branch, path, image = '' }: Finding): Promise<HandEdit | undefined> {
  if (path === undefined) return undefined;
  const { versions, more } = await git.history({ url, branch, path, limit: mostVersions });
  const [now] = versions;
  if (now === undefined) return undefined;
  const entry = entryText(now.text, path, image);
  const other = versions.findIndex(({ text }) => entryText(text, path, image) !== entry);
  const made = other === -1 ? (more ? undefined : versions.at(-1)) : versions[other - 1];
  return made === undefined ? undefined : handEdit(made);
}

function handEdit({ commit, author, date, subject }: VersionCommit): HandEdit {
  return {
    commit,
    author: shownText(`${author.name} <${author.email}>`),
    at: date.toISOString(),
    subject: shownText(subject),
  };
}

/** A version that nobody can read had no entry. */
function entryText(text: string | undefined, path: string, image: string): string {
  return JSON.stringify(imagesIn(text, path).filter(({ name }) => name === image));
}

function imagesIn(text: string | undefined, path: string): KustomizeImage[] {
  if (text === undefined) return [];
  try {
    return readImages(text, path);
  } catch {
    return [];
  }
}
