import { parseRecord, type RecordEntry, recordName } from '@luban-ci/edits';
import type { Git } from '@luban-ci/git';

const versionsLookedAt = 50;

/** What was recorded for an image in a folder, newest first: the version in place, then each different one before it. */
export async function recordedVersions(
  git: Git,
  where: { url: string; branch: string; folder: string; image: string },
): Promise<RecordEntry[]> {
  const path = `${where.folder}/${recordName}`;
  const { versions } = await git.history({ url: where.url, branch: where.branch, path, limit: versionsLookedAt });
  const entries = versions.flatMap(({ text }) => {
    const entry = parseRecord(text, path).images[where.image];
    return entry === undefined ? [] : [entry];
  });
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const version = `${entry.tag} ${entry.digest}`;
    const isNew = !seen.has(version);
    seen.add(version);
    return isNew;
  });
}
