import type { Conventions, GitProvider, WantedApplication, WantedProject } from '@luban-ci/conventions';
import type { StepId } from '@luban-ci/steps';

/** One set-up step with the inputs that the configuration gives it: what it would change is what has drifted. */
export interface Comparison {
  step: StepId;
  project: string;
  application?: string;
  environment?: string;
  inputs: Readonly<Record<string, unknown>>;
}

/**
 * All that was set up, as far as the configuration knows it: every project of luban-projects, with the applications that are named
 * there or in luban-repositories, in the order in which they are set up.
 */
export function comparisonsOf(projects: ReadonlyMap<string, WantedProject>, conventions: Conventions): Comparison[] {
  return [...projects].flatMap(([name, wanted]) => [
    ...ofProject(name, wanted, conventions),
    ...applicationsOf(name, wanted, conventions).flatMap(([app, each]) =>
      ofApplication({ project: name, app }, wanted, each, conventions),
    ),
  ]);
}

/** Projects that have registered applications, but of which nobody says how they should be. */
export function unsaidProjects(projects: ReadonlyMap<string, WantedProject>, { applications }: Conventions): string[] {
  const names = new Set(applications.map(({ project }) => project));
  return [...names].filter((name) => !projects.has(name)).toSorted();
}

function ofProject(project: string, wanted: WantedProject, conventions: Conventions): Comparison[] {
  const provider = providerOf(wanted, conventions);
  const place = { projectName: project, ...placeOf(wanted, provider) };
  const groups = { developerGroups: wanted.developer_groups, adminGroups: wanted.admin_groups };
  const createTestUsers = wanted.create_test_users;
  const environments = wanted.environments ?? conventions.config.environments;
  const hasProjects = provider === 'azure' || provider === 'ado';
  const registry = { projectName: project, registryVisibility: wanted.registry_visibility };
  return [
    ...(hasProjects ? [{ step: 'setup-git-project' as const, project, inputs: place }] : []),
    { step: 'setup-harbor-project', project, inputs: registry },
    ...environments.flatMap((environment): Comparison[] => {
      const inputs = { ...place, ...groups, deployEnv: environment };
      return [
        { step: 'setup-argocd-project', project, environment, inputs },
        { step: 'setup-namespace', project, environment, inputs: { ...inputs, createTestUsers } },
      ];
    }),
  ];
}

function ofApplication(
  { project, app }: { project: string; app: string },
  wanted: WantedProject,
  application: WantedApplication,
  conventions: Conventions,
): Comparison[] {
  const provider = providerOf(wanted, conventions);
  const place = { projectName: project, appName: app, ...placeOf(wanted, provider) };
  const gitops = known({ gitopsRepoUrl: application.gitops_repo_url });
  const repository = {
    ...{ ...place, ...gitops },
    ...known({ repoUrl: application.repo_url, template: application.gitops_template }),
    ...known({ protectBranches: application.protect_branches, requiredApprovals: application.required_approvals }),
  };
  const environments = application.environments ?? [conventions.firstEnvironment()];
  const source = { ...place, ...known({ repoUrl: application.repo_url, template: application.source_template }) };
  const about = { project, application: app };
  return [
    ...environments.flatMap((environment): Comparison[] => [
      { step: 'setup-gitops-repo', ...about, environment, inputs: { ...repository, deployEnv: environment } },
      {
        ...{ step: 'setup-argocd-application', ...about, environment },
        inputs: { ...place, ...gitops, deployEnv: environment },
      },
    ]),
    ...(application.setup_source_repo === 'yes'
      ? [{ step: 'setup-source-repo' as const, ...about, inputs: source }]
      : []),
  ];
}

/** Those that are named, and those that are registered; of the latter nothing but their names is known. */
function applicationsOf(
  project: string,
  { applications }: WantedProject,
  conventions: Conventions,
): [string, WantedApplication][] {
  const registered = conventions.applications.filter((each) => each.project === project).map(({ app }) => app);
  const others = registered.filter((app) => applications[app] === undefined);
  return [
    ...Object.entries(applications),
    ...others.map((app): [string, WantedApplication] => [app, { setup_source_repo: 'yes' }]),
  ];
}

function placeOf({ git_organization: gitOrganization }: WantedProject, gitProvider: GitProvider) {
  return { gitProvider, ...known({ gitOrganization }) };
}

function providerOf({ git_provider: provider }: WantedProject, { config }: Conventions): GitProvider {
  return provider ?? config.default_git_provider;
}

function known(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
