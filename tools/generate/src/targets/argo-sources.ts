import type { Field } from '@luban-ci/core';

/** A parameter that names the Secret or ConfigMap an input comes from. */
interface SourceParameter {
  name: string;
  value: string;
  description: string;
}

export interface Mount {
  field: string;
  path: string;
  volume: { name: string; [source: string]: unknown };
  parameter?: SourceParameter;
}

export interface SecretInput {
  field: string;
  secretKeyRef: { name: string; key: string; optional: boolean };
  parameter?: SourceParameter;
}

const gitSecret: SourceParameter = {
  name: 'git_creds_secret',
  value: 'github-creds',
  description:
    'Secret with username and token for git and the forge, or with app_id and app_private_key of a GitHub App.',
};

const registrySecret: SourceParameter = {
  name: 'registry_creds_secret',
  value: 'harbor-creds',
  description: 'Secret of type kubernetes.io/dockerconfigjson for the registry.',
};

const harborSecret: SourceParameter = {
  name: 'harbor_api_secret',
  value: 'harbor-api-creds',
  description: 'Secret with HARBOR_USERNAME and HARBOR_PASSWORD of an account that may make projects in Harbor.',
};

const clusterSecret: SourceParameter = {
  name: 'kubeconfig_secret',
  value: 'luban-cluster',
  description: 'Secret with a kubeconfig of another cluster; where it is not there, the cluster that this runs in.',
};

const webhookSecret: SourceParameter = {
  name: 'webhook_secret',
  value: 'webhook-secret',
  description: 'Secret whose key secret proves deliveries of events.',
};

/** Inputs that are paths of files: in a pod, what is mounted there. All are optional; an absent one is an empty folder. */
export const mounts: Record<string, Mount> = {
  configPath: {
    field: 'configPath',
    path: '/etc/luban/config',
    volume: { name: 'luban-config', configMap: { name: 'luban-config', optional: true } },
  },
  repositoriesPath: {
    field: 'repositoriesPath',
    path: '/etc/luban/repositories',
    volume: { name: 'luban-repositories', configMap: { name: 'luban-repositories', optional: true } },
  },
  dagsterConfigPath: {
    field: 'dagsterConfigPath',
    path: '/etc/luban/dagster',
    volume: { name: 'luban-dagster-config', configMap: { name: 'luban-dagster-config', optional: true } },
  },
  dockerConfig: {
    field: 'dockerConfig',
    path: '/etc/luban/registry',
    volume: {
      name: 'registry-creds',
      secret: { secretName: '{{inputs.parameters.registry_creds_secret}}', optional: true },
    },
    parameter: registrySecret,
  },
  kubeconfig: {
    field: 'kubeconfig',
    path: '/etc/luban/cluster',
    volume: {
      name: 'cluster',
      secret: { secretName: '{{inputs.parameters.kubeconfig_secret}}', optional: true },
    },
    parameter: clusterSecret,
  },
};

/** What every step trusts beside the public authorities, where the Secret is there. */
export const companyAuthorities = {
  path: '/etc/luban/ca',
  volume: { name: 'luban-ca-cert', secret: { secretName: 'luban-ca-cert', optional: true } },
};

/** Inputs that come from Secrets; they are never parameters. */
export const secretInputs: Record<string, SecretInput> = {
  gitUsername: ofGitSecret('gitUsername', 'username'),
  gitToken: ofGitSecret('gitToken', 'token'),
  // Keys as in a Secret of type kubernetes.io/ssh-auth, and as Flux and Argo CD name the hosts beside them.
  gitSshKey: ofGitSecret('gitSshKey', 'ssh-privatekey'),
  gitKnownHosts: ofGitSecret('gitKnownHosts', 'known_hosts'),
  githubAppId: ofGitSecret('githubAppId', 'app_id'),
  githubAppInstallationId: ofGitSecret('githubAppInstallationId', 'app_installation_id'),
  githubAppPrivateKey: ofGitSecret('githubAppPrivateKey', 'app_private_key'),
  gitIntentKey: ofGitSecret('gitIntentKey', 'intent_key'),
  harborUsername: ofHarborSecret('harborUsername', 'HARBOR_USERNAME'),
  harborPassword: ofHarborSecret('harborPassword', 'HARBOR_PASSWORD'),
  webhookSecret: {
    field: 'webhookSecret',
    secretKeyRef: { name: '{{inputs.parameters.webhook_secret}}', key: 'secret', optional: true },
    parameter: webhookSecret,
  },
  argocdToken: {
    field: 'argocdToken',
    secretKeyRef: { name: 'argocd-api-token', key: 'token', optional: true },
  },
};

/** Inputs that are what the template is given for other ends, too: a Secret's name, the image of the steps. */
export const sourceInputs: Record<string, string> = {
  gitSecretName: gitSecret.name,
  registrySecretName: registrySecret.name,
  gitopsUtilsImage: 'gitops_utils_image',
};

/** A key of the Secret with the git credentials. */
function ofGitSecret(field: string, key: string): SecretInput {
  const name = `{{inputs.parameters.${gitSecret.name}}}`;
  return { field, secretKeyRef: { name, key, optional: true }, parameter: gitSecret };
}

/** A key of the Secret with Harbor's account, called as in the original. */
function ofHarborSecret(field: string, key: string): SecretInput {
  const name = `{{inputs.parameters.${harborSecret.name}}}`;
  return { field, secretKeyRef: { name, key, optional: true }, parameter: harborSecret };
}

/** Whether an input is a parameter of the step's template; the others come from Secrets and mounted files. */
export function isArgoParameter(field: Field): boolean {
  return !field.secret && ![mounts, secretInputs, sourceInputs].some((sources) => field.name in sources);
}
