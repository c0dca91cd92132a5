import { type KustomizeImage, kustomizationPaths, readImages } from '@luban-ci/edits';
import type { FilesVersion, Git, VersionCommit } from '@luban-ci/git';
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

/** The commit since which the entry has been as it is now; its file may be gone. */
async function editOf(git: Git, url: string, { branch, folder, image = '' }: Finding): Promise<HandEdit | undefined> {
  const paths = kustomizationPaths(folder);
  const { versions, more } = await git.historyOfFiles({ url, branch, paths, limit: mostVersions });
  const [now, ...earlier] = versions.map((version) => ({ version, entry: entryText(version, paths, image) }));
  if (now === undefined) return undefined;
  const other = earlier.findIndex(({ entry }) => entry !== now.entry);
  if (other === -1 && more) return undefined;
  const made = versions[other === -1 ? versions.length - 1 : other];
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
function entryText({ texts }: FilesVersion, paths: readonly string[], image: string): string {
  const path = paths.find((each) => texts.has(each));
  const listed = path === undefined ? [] : imagesIn(texts.get(path) ?? '', path);
  return JSON.stringify(listed.filter(({ name }) => name === image));
}

function imagesIn(text: string, path: string): KustomizeImage[] {
  try {
    return readImages(text, path);
  } catch {
    return [];
  }
}
