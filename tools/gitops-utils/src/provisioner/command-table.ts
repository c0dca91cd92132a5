import type { StepId } from '@luban-ci/steps';

/** What an option of the original means now. */
export type Meaning =
  /** An input of the step, in the contract's spelling. */
  | { input: string }
  /** A key of luban-config; `<provider>` is the kind of forge. */
  | { config: string }
  /** A variable of the template. */
  | { variable: string }
  /** Something that takes more than a name; the sentence says what. */
  | { does: string }
  /** Nothing any more. */
  | { nothing: string };

export interface ProvisionerOption {
  name: string;
  means: Meaning;
  required?: boolean;
  /** It may be given several times. */
  multiple?: boolean;
  /** Variable that says the same where the option is not given. */
  env?: string;
  preset?: string;
  choices?: readonly string[];
}

export interface ProvisionerCommand {
  /** As it is typed: `infra ci init`. */
  words: string;
  /** What does it now. */
  steps: readonly StepId[];
  options: readonly ProvisionerOption[];
  /** What is otherwise than it was, as sentences. */
  otherwise: string;
}

const project: ProvisionerOption = { name: 'project-name', required: true, means: { input: 'projectName' } };

const organization: ProvisionerOption = { name: 'git-organization', means: { input: 'gitOrganization' } };

const provider: ProvisionerOption = {
  name: 'git-provider',
  choices: ['github', 'gitlab', 'azure', 'ado', 'gitea'],
  means: { input: 'gitProvider' },
};

/** How git and the forge are reached; every command but `config` has them. */
const access: readonly ProvisionerOption[] = [
  { name: 'git-username', env: 'GIT_USERNAME', preset: 'git', means: { input: 'gitUsername' } },
  {
    name: 'git-token',
    env: 'GIT_TOKEN',
    means: { does: '`LUBAN_GIT_TOKEN`; give it in the environment, where no process list shows it' },
  },
  { name: 'git-server', env: 'GIT_SERVER', means: { config: '<provider>_server' } },
  { name: 'git-base-url', env: 'GIT_BASE_URL', means: { config: '<provider>_base_url' } },
];

const notHere = (what: string): Meaning => ({ nothing: `${what}: nothing is written on this machine` });
const outputFolder: ProvisionerOption = { name: 'output-dir', means: notHere('where a clone was made') };
const settings: readonly ProvisionerOption[] = [
  {
    name: 'config-file',
    means: { does: 'its keys, to where each belongs: luban-config, luban-dagster-config, the template' },
  },
  { name: 'set', multiple: true, means: { does: '`key=value`: the same, and it wins' } },
];

const infraPlace: readonly ProvisionerOption[] = [
  { name: 'repo-name', required: true, means: { input: 'infraRepoName' } },
  organization,
  provider,
  ...access,
];

const infraInit: readonly ProvisionerOption[] = [
  ...infraPlace,
  outputFolder,
  { name: 'project-name', means: { input: 'infraProjectName' } },
  { name: 'image-pull-secret', env: 'IMAGE_PULL_SECRET', means: { config: 'image_pull_secret' } },
];

const infraUpdate: readonly ProvisionerOption[] = [
  ...infraPlace,
  project,
  { name: 'work-dir', means: notHere('where a clone was made') },
  { name: 'local-dir', means: notHere('what a clone was called') },
  { name: 'infra-project-name', means: { input: 'infraProjectName' } },
];

export const provisionerCommands: readonly ProvisionerCommand[] = [
  {
    words: 'config',
    steps: ['merge-config'],
    otherwise: 'The values are in the file alone; what is printed names the keys.',
    options: [
      { name: 'output-file', preset: '/workdir/config.yaml', means: { does: '`--workspace` and `--output-file`' } },
      { name: 'luban-config-dir', preset: '/etc/config/luban', means: { does: '`--config-path`, if it is there' } },
      { name: 'app-config-dir', preset: '/etc/config/app', means: { does: '`--app-config-path`, if it is there' } },
      { name: 'set', multiple: true, means: { input: 'set' } },
    ],
  },
  {
    words: 'project',
    steps: ['setup-git-project'],
    otherwise: 'A failure is one, whatever the forge.',
    options: [
      project,
      { ...organization, required: true },
      { ...provider, preset: 'github' },
      { name: 'git-username', env: 'GIT_USERNAME', means: { nothing: 'the token says who it is' } },
      ...access.filter(({ name }) => name !== 'git-username'),
      { name: 'admin-group', means: { nothing: 'as before' } },
      { name: 'developer-group', means: { nothing: 'as before' } },
      { name: 'image-pull-secret', means: { nothing: 'as before' } },
    ],
  },
  {
    words: 'gitops',
    steps: ['setup-gitops-repo'],
    otherwise:
      'A repository that is there is completed. Without a cluster at hand (`LUBAN_KUBECONFIG`, `KUBECONFIG`, or in a pod) it is not registered, which is said.',
    options: [
      project,
      { name: 'application-name', required: true, means: { input: 'appName' } },
      organization,
      provider,
      ...access,
      { ...outputFolder, required: true },
      { name: 'container-port', means: { config: 'default_container_port' } },
      { name: 'service-port', means: { config: 'default_service_port' } },
      { name: 'domain-suffix', means: { config: 'domain_suffix' } },
      { name: 'default-image-name', means: { config: 'default_image_name' } },
      { name: 'default-image-tag', means: { config: 'default_image_tag' } },
      { name: 'template-type', means: { does: '`--template`: the one of that kind' } },
      ...settings,
    ],
  },
  {
    words: 'source',
    steps: ['setup-source-repo'],
    otherwise:
      'A repository that is there gets its webhook, and the secret it has now; a webhook without a secret is refused.',
    options: [
      project,
      { name: 'application-name', required: true, means: { input: 'appName' } },
      organization,
      provider,
      ...access,
      { ...outputFolder, required: true },
      { name: 'webhook-url', means: { does: '`--webhook-url`, with the forge’s path behind it: `/github/push`' } },
      { name: 'webhook-secret', env: 'WEBHOOK_SECRET', means: { does: '`LUBAN_WEBHOOK_SECRET`' } },
      { name: 'template-type', means: { does: '`--template`: the one of that kind' } },
      ...settings,
    ],
  },
  {
    words: 'promote',
    steps: ['promote'],
    otherwise:
      'The pull request holds the image and nothing else; `luban promote --scope all` opens the one from `develop`.',
    options: [
      project,
      { name: 'app-name', required: true, means: { input: 'appName' } },
      { ...organization, required: true },
      { ...provider, required: true },
      ...access,
    ],
  },
  {
    words: 'dagster register-location',
    steps: ['register-dagster-location'],
    otherwise: 'The pull request for production holds the location and nothing else.',
    options: [
      { name: 'platform-project', required: true, means: { input: 'dagsterPlatformProject' } },
      { name: 'platform-app', required: true, means: { input: 'dagsterPlatformApp' } },
      { name: 'environment', required: true, means: { input: 'deployEnv' } },
      { name: 'location-name', required: true, means: { input: 'appName' } },
      { name: 'location-host', required: true, means: { input: 'locationHost' } },
      { name: 'location-port', means: { input: 'locationPort' } },
      organization,
      provider,
      ...access,
    ],
  },
  {
    words: 'infra ci init',
    steps: ['setup-git-project', 'setup-infra-repo'],
    otherwise: 'What somebody changed in the repository stays.',
    options: [
      ...infraInit,
      { name: 'azure-ssh-host', env: 'AZURE_SSH_HOST', means: { variable: 'azure_ssh_host' } },
      { name: 'ado-ssh-host', env: 'ADO_SSH_HOST', means: { variable: 'ado_ssh_host' } },
    ],
  },
  {
    words: 'infra cd init',
    steps: ['setup-git-project', 'setup-infra-repo'],
    otherwise: 'What somebody changed in the repository stays.',
    options: infraInit,
  },
  {
    words: 'infra ci update',
    steps: ['update-infra-repo'],
    otherwise: 'The namespace is that of `build_namespace_pattern`: `ci-<project>`, if it is to be as it was.',
    options: [
      ...infraUpdate,
      { name: 'admin-group', required: true, means: { input: 'adminGroups' } },
      { name: 'developer-group', required: true, means: { input: 'developerGroups' } },
    ],
  },
  {
    words: 'infra cd update',
    steps: ['update-infra-repo'],
    otherwise: 'The namespace is that of `namespace_pattern`.',
    options: [...infraUpdate, { name: 'env', required: true, means: { input: 'deployEnv' } }],
  },
];

/** Variables of the original that are no option of any command. */
export const provisionerVariables: Readonly<Record<string, string>> = {
  GIT_HTTPS_AUTH_MODE: '<provider>_https_auth_mode',
  GIT_BASIC_AUTH_USERNAME: '<provider>_basic_auth_username',
  AZURE_DEVOPS_API_VERSION: '<provider>_devops_api_version',
};

/** Commands that are gone, and what does it now. */
export const goneCommands: Readonly<Record<string, string>> = {
  k8s: 'namespaces are set up by "luban setup-namespace", one environment at a time',
};

/** Keys of the original's configuration that nothing reads any more. */
export const goneKeys: readonly string[] = [
  ...['luban_provisioner_image', 'dagster_component_type', 'otel_service_name', 'otel_resource_attributes'],
  ...['image_tag', 'package_author_name', 'package_author_email', 'author_name', 'author_email'],
];

/** Templates by the kind that the original calls them by. */
export const templateKinds: Readonly<Record<'gitops' | 'source', Readonly<Record<string, string>>>> = {
  gitops: {
    standard: 'luban-gitops-template',
    python: 'luban-gitops-template',
    'python-app': 'luban-gitops-template',
    'dagster-platform': 'luban-dagster-platform-gitops-template',
    'dagster-code-location': 'luban-dagster-code-location-gitops-template',
    'dagster-dbt-starrocks-code-location': 'luban-dagster-code-location-gitops-template',
  },
  source: {
    standard: 'luban-python-template',
    python: 'luban-python-template',
    'python-app': 'luban-python-template',
    'dagster-platform': 'luban-dagster-platform-source-template',
    'dagster-code-location': 'luban-dagster-code-location-source-template',
    'dagster-dbt-starrocks-code-location': 'luban-dagster-dbt-starrocks-code-location-source-template',
  },
};
