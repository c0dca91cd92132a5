import { type Files, kustomizationPaths, type RepositoryFile, unifiedDiff, writeFileEdit } from '@luban-ci/edits';
import type { LandRequest, Person } from '@luban-ci/git';
import type { Ensured } from '@luban-ci/kube';
import { setUpMessage, titleOf } from '../set-up/repository-set-up.ts';
import type { GitopsSetUp } from './place.ts';
import { proposeOverlay, removeLeftOver } from './propose-overlay.ts';
import { baseFolder, overlayWithBase, type TemplateUse } from './template-layout.ts';

export interface EnsuredOverlay {
  ensured: Ensured;
  /** The pull request that somebody has to merge before the overlay is there. */
  waitsFor?: string;
}

/** What somebody asked for: the environment, and who they are. */
export interface OverlayRequest {
  env: string;
  author?: Person;
}

/**
 * The overlay of an environment on one branch. Where there is a kustomization nothing is touched; where there is none, the
 * files that are missing are landed, each on condition that it still is not there.
 */
export async function ensureOverlay(
  setUp: GitopsSetUp,
  branch: string,
  { env, author }: OverlayRequest,
  use: TemplateUse,
): Promise<EnsuredOverlay> {
  const folder = setUp.conventions.overlayOf(env, setUp.app);
  const name = `Overlay ${titleOf(setUp)}/${folder} on ${branch}`;
  const base = baseFolder(use);
  const { files: present } = await setUp.git.readFiles(setUp.url, `refs/heads/${branch}`, [folder, base]);
  if (hasKustomization(present, folder)) {
    await removeLeftOver(setUp, branch, env);
    return { ensured: { name, outcome: 'unchanged', diff: '' } };
  }
  const missing = [...(await overlayWithBase(env, use))].filter(
    ([path]) => !present.has(path) && (path.startsWith(`${folder}/`) || !hasKustomization(present, base)),
  );
  const request: LandRequest = {
    url: setUp.url,
    branch,
    edits: missing.map(([path, file]) => writeFileEdit(path, undefined, file)),
    message: setUpMessage(`Add the ${env} overlay of ${setUp.app.app}`, setUp.mark),
    ...(author === undefined ? {} : { author }),
  };
  const created: Ensured = { name, outcome: 'created', diff: unifiedDiff(new Map(), new Map(missing)) };
  if (setUp.dryRun) return { ensured: created };
  const isProtected = (await setUp.forge.getBranch(setUp.name, branch))?.protected === true;
  if (isProtected) return proposeOverlay(setUp, request, env, created);
  await setUp.git.land(request);
  return { ensured: created };
}

function hasKustomization(files: Files | ReadonlyMap<string, RepositoryFile>, folder: string): boolean {
  return kustomizationPaths(folder).some((path) => files.has(path));
}
