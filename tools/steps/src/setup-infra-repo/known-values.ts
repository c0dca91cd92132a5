import { platformNamespace } from '@luban-ci/conventions';
import type { TemplateValues } from '../capabilities/templates.ts';
import type { InfraSetUp } from '../infra/infra-place.ts';

/** What the conventions say of every namespace; a template takes what it has variables for. */
export function knownValues({ url, name, branch, provider, conventions: { config } }: InfraSetUp): TemplateValues {
  const isAzure = provider === 'azure' || provider === 'ado';
  return {
    repo_name: name.repository,
    repo_url: url,
    repo_branch: branch,
    argocd_namespace: config.argocd_namespace,
    secret_namespace: platformNamespace,
    image_pull_secret: config.image_pull_secret,
    git_secrets: `${provider}-creds`,
    ssh_secrets: isAzure ? `${provider}-ssh-creds` : '',
    ado_ssh_host: config.ado_server ?? '',
    kpack_builds: String(config.kpack_builds),
    namespace_quota: JSON.stringify(config.namespace_quota),
    container_requests: JSON.stringify(config.container_requests),
    network_policy: config.network_policy,
    network_policy_allow_from: [...new Set(config.network_policy_allow_from)].toSorted().join(' '),
  };
}
