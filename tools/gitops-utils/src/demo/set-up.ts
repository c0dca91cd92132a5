import type { Workflow } from '@luban-ci/argo-workflows-schema';
import type { DemoCluster } from './cluster.ts';
import { outputOf } from './outcome.ts';
import type { DemoPlace } from './place.ts';
import { ada } from './repositories.ts';
import type { Story } from './story.ts';

interface SetUpStage {
  place: DemoPlace;
  story: Story;
  cluster: DemoCluster;
}

/** What an administrator does once for a team, and a team once for an application: everything but the source repository. */
export async function setUpProjectAndApplication(stage: SetUpStage): Promise<void> {
  const { place, story } = stage;
  const { project, app, organization } = place;
  const common = { project_name: project, git_organization: organization };

  story.chapter(`Project ${project} is set up: registry, Argo CD, a namespace for each environment`);
  const made = await setUp(stage, 'luban-project-setup-template', {
    ...common,
    developer_groups: `["${project}-developers"]`,
    admin_groups: `["${project}-leads"]`,
  });
  story.say(`registry  ${outputOf(made, 'harbor-project', 'registry_project')}`);

  story.chapter(`Application ${app} is set up, in snd and in prd: GitOps repository, Argo CD`);
  for (const environment of ['snd', 'prd']) {
    const given = { ...common, app_name: app, environment, setup_source_repo: 'no' };
    const done = await setUp(stage, 'luban-app-setup-template', given);
    story.say(`Argo CD  ${outputOf(done, 'argocd-application', 'argocd_application')}`);
  }
  story.say(`GitOps  ${place.gitopsUrl}`);
}

/** The source repository comes last: its first commit is a push like any other. */
export async function setUpSource(stage: SetUpStage): Promise<void> {
  const { place, story } = stage;
  await setUp(stage, 'source-repo-provision-template', {
    project_name: place.project,
    app_name: place.app,
    git_organization: place.organization,
    requested_by: ada.email, // a commit of our own would be skipped, as every bot's is
  });
  story.say(`source  ${place.sourceUrl}`);
}

function setUp({ cluster }: SetUpStage, template: string, parameters: Record<string, string>): Promise<Workflow> {
  const forge = { git_provider: 'gitea', git_creds_secret: 'gitea-creds' };
  return cluster.run(template, 'luban-ci', { ...forge, ...parameters });
}
