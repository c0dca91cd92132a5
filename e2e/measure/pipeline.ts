import { inCluster, organization } from '../given/place.ts';
import { pipelineWish, submitArguments } from '../pipeline/wish.ts';
import type { MeasuredPlace, Measurement } from './place.ts';
import { writeVersion } from './version.ts';

/** Pipeline and promotion of a commit, by Argo, as somebody would call for them. */
export const pipeline: Measurement = {
  prepare: async (place) => {
    const { project, kubectl } = place;
    await place.given('application', project, project);
    // Pods of the application are not what is measured, and would take the machine's time from it.
    await kubectl(['-n', 'argocd', 'delete', 'application', `snd-${project}`, `prd-${project}`, '--wait']);
  },
  turns: { argo: commitToPullRequest },
};

async function commitToPullRequest(place: MeasuredPlace): Promise<number> {
  await writeVersion(place, place.project);
  const start = performance.now();
  await place.submit(...pipelineArguments(place, place.project));
  await place.submit(...promotionArguments(place));
  const took = performance.now() - start;
  await place.given('merge', `${place.project}-gitops`);
  return took;
}

/** What `argo submit` is given for the pipeline of an application's main branch. */
export function pipelineArguments({ project }: MeasuredPlace, app: string): string[] {
  const wish = pipelineWish({
    APP_NAME: app,
    PROJECT_NAME: project,
    REPO_URL: `${inCluster.forge}/${organization}/${app}.git`,
    GIT_REF: 'refs/heads/main',
    GIT_PROVIDER: 'gitea',
    GIT_CREDS_SECRET: 'gitea-creds',
    BUILDER: 'append',
  });
  return submitArguments(wish);
}

function promotionArguments({ project, namespace }: MeasuredPlace): string[] {
  const parameters = {
    project_name: project,
    app_name: project,
    git_provider: 'gitea',
    git_creds_secret: 'gitea-creds',
  };
  const given = Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`]);
  return ['-n', namespace, '--from', 'workflowtemplate/luban-promotion-template', ...given];
}
