import type { Conventions } from '@luban-ci/conventions';
import { repositoryIdentity } from '@luban-ci/edits';
import { parseRepositoryUrl, type RepositoryUrl } from '@luban-ci/forge';

/** Address of another repository of the same owner, over HTTP: how the platform reaches every forge. */
export function siblingRepository(url: RepositoryUrl, name: string, conventions: Conventions): string {
  const base = webAddressOf(url, conventions);
  if (url.azure === undefined) return `${base}/${encoded(url.owner)}/${encodeURIComponent(name)}.git`;
  const { organization, project } = url.azure;
  return `${base}/${encoded(organization)}/${encodeURIComponent(project)}/_git/${encodeURIComponent(name)}`;
}

/** The GitOps repository of an application: as registered, else beside its source repository. */
export function gitopsRepositoryFor(
  source: string,
  name: { project: string; app: string },
  conventions: Conventions,
): string {
  const registered = conventions.applications.find((each) => each.project === name.project && each.app === name.app);
  if (registered?.gitops !== undefined) return registered.gitops;
  return siblingRepository(
    parseRepositoryUrl(registered?.source ?? source),
    conventions.gitopsRepositoryOf(name),
    conventions,
  );
}

export function isSameRepository(left: string, right: string): boolean {
  return repositoryIdentity(left) === repositoryIdentity(right);
}

/** The address that browsers use: as configured for the host, else the host itself over TLS. */
function webAddressOf(url: RepositoryUrl, { config }: Conventions): string {
  const configured = [
    config.github_base_url,
    config.gitlab_base_url,
    config.azure_base_url,
    config.ado_base_url,
    config.gitea_base_url,
  ];
  const base = configured.find((address) => address !== undefined && new URL(address).host === url.host);
  if (base !== undefined) return base.replace(/\/+$/, '');
  if (url.azure !== undefined && isAzureCloud(url.host)) return `https://${config.azure_server}`;
  return `${url.scheme === 'http' ? 'http' : 'https'}://${url.host}`;
}

function isAzureCloud(host: string): boolean {
  return host === 'dev.azure.com' || host === 'ssh.dev.azure.com' || /^[a-z0-9-]+\.visualstudio\.com$/.test(host);
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
