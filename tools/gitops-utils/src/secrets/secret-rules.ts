import type { LubanConfig } from '@luban-ci/conventions';
import { dockerLogin, gitLogin, netrc, type SecretPlan } from './secret-plans.ts';

/** What was given: values of the `*.env` files, and the files beside them by name. */
export interface GivenSecrets {
  values: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, string>;
}

/** What can be given, and what is made of it: of none of what it needs nothing, of a part of it nothing either, and that is said. */
export interface SecretRule {
  /** Keys and files. */
  needs: readonly string[];
  optional?: readonly string[];
  /** @param given the value of a key, or the text of a file; empty where there is none */
  plan(given: (name: string) => string): readonly SecretPlan[];
}

/** Every key and file that is understood. */
export function secretRules(config: LubanConfig): SecretRule[] {
  const harbor = (given: (name: string) => string) => given('HARBOR_SERVER') || config.registry_server;
  return [
    {
      needs: ['QUAY_USERNAME', 'QUAY_PASSWORD'],
      optional: ['REGISTRY_SERVER', 'REGISTRY_EMAIL'],
      plan: (given) => {
        const login = { username: given('QUAY_USERNAME'), password: given('QUAY_PASSWORD') };
        const server = given('REGISTRY_SERVER') || 'quay.io';
        return [dockerLogin('quay-creds', { server, ...login, email: given('REGISTRY_EMAIL') })];
      },
    },
    {
      needs: ['HARBOR_USERNAME', 'HARBOR_PASSWORD'],
      optional: ['HARBOR_SERVER'],
      plan: (given) => {
        const login = { username: given('HARBOR_USERNAME'), password: given('HARBOR_PASSWORD') };
        const keys = ['HARBOR_USERNAME', 'HARBOR_PASSWORD'].map((key) => [key, given(key)]);
        const data = { HARBOR_SERVER: harbor(given), ...Object.fromEntries(keys) };
        return [dockerLogin('harbor-creds', { server: harbor(given), ...login }), { name: 'harbor-api-creds', data }];
      },
    },
    {
      needs: ['HARBOR_RO_USERNAME', 'HARBOR_RO_PASSWORD'],
      plan: (given) => {
        const login = { username: given('HARBOR_RO_USERNAME'), password: given('HARBOR_RO_PASSWORD') };
        return [dockerLogin(config.image_pull_secret, { server: harbor(given), ...login })];
      },
    },
    ...gitRules(config),
    {
      needs: ['UV_MIRROR_HOST', 'UV_MIRROR_USERNAME', 'UV_MIRROR_PASSWORD'],
      plan: (given) => [netrc(['UV_MIRROR', 'UV_PYTHON_MIRROR'], given)],
    },
    {
      needs: ['UV_PYTHON_MIRROR_HOST', 'UV_PYTHON_MIRROR_USERNAME', 'UV_PYTHON_MIRROR_PASSWORD'],
      plan: (given) => [netrc(['UV_MIRROR', 'UV_PYTHON_MIRROR'], given)],
    },
    {
      needs: ['ca.crt'],
      plan: (given) => {
        const data = { type: 'ca-certificates', provider: 'luban', 'ca.crt': given('ca.crt') };
        return [{ name: 'luban-ca-cert', type: 'service.binding/ca-certificates', data }];
      },
    },
    {
      needs: ['CLOUDFLARE_API_TOKEN'],
      plan: (given) => {
        const data = { 'api-token': given('CLOUDFLARE_API_TOKEN') };
        return [{ name: 'cloudflare-api-token', namespace: 'cert-manager', data }];
      },
    },
  ];
}

/** Logins of forges: for steps, and for Argo CD where it is said whose repositories it may read. */
function gitRules(config: LubanConfig): SecretRule[] {
  const argocd = config.argocd_namespace;
  const hosts = { github: config.github_server, gitlab: config.gitlab_server, gitea: config.gitea_server };
  const plain = (['github', 'gitlab', 'gitea'] as const).map((provider): SecretRule => {
    const [username, token, organization] = ['USERNAME', 'TOKEN', 'ORGANIZATION'].map(
      (key) => `${provider.toUpperCase()}_${key}`,
    ) as [string, string, string];
    const base = config[`${provider}_base_url`] ?? (hosts[provider] === undefined ? '' : `https://${hosts[provider]}`);
    return {
      needs: [username, token],
      optional: [organization],
      plan: (given) => {
        const login = { username: given(username), token: given(token), argocd };
        return gitLogin(provider, { ...login, root: rooted(base, given(organization)) });
      },
    };
  });
  return [
    ...plain,
    {
      needs: ['AZURE_DEVOPS_TOKEN'],
      optional: ['AZURE_ORGANIZATION'],
      plan: (given) => {
        const root = rooted(config.azure_base_url ?? `https://${config.azure_server}`, given('AZURE_ORGANIZATION'));
        return gitLogin('azure', { username: 'git', token: given('AZURE_DEVOPS_TOKEN'), argocd, root });
      },
    },
    {
      needs: ['ADO_DEVOPS_TOKEN'],
      optional: ['ADO_COLLECTION', 'ADO_BASE_URL', 'ADO_SERVER'],
      plan: (given) => {
        const server = given('ADO_SERVER') || config.ado_server;
        const base = given('ADO_BASE_URL') || config.ado_base_url || (server === undefined ? '' : `https://${server}`);
        const root = rooted(base, given('ADO_COLLECTION'));
        return gitLogin('ado', { username: 'git', token: given('ADO_DEVOPS_TOKEN'), argocd, root });
      },
    },
    sshRule('azure', (given) => given('AZURE_SSH_HOST') || `ssh.${config.azure_server}`),
    sshRule('ado', (given) => given('ADO_SSH_HOST') || given('ADO_SERVER') || (config.ado_server ?? '')),
  ];
}

/** Where the repositories of an organisation are; empty where nobody said which. */
function rooted(base: string, organization: string): string {
  return base === '' || organization === '' ? '' : `${base.replace(/\/+$/, '')}/${organization}`;
}

/** kpack clones with it from the host that the annotation names. */
function sshRule(provider: 'azure' | 'ado', hostOf: (given: (name: string) => string) => string): SecretRule {
  const key = `${provider}_id_rsa`;
  return {
    needs: [key, 'known_hosts'],
    optional: [`${provider.toUpperCase()}_SSH_HOST`],
    plan: (given) => {
      const data = { 'ssh-privatekey': given(key), known_hosts: given('known_hosts') };
      const annotations = { 'kpack.io/git': hostOf(given) };
      return [{ name: `${provider}-ssh-creds`, type: 'kubernetes.io/ssh-auth', annotations, data }];
    },
  };
}
