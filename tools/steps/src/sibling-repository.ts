import type { Conventions, LubanConfig } from '@luban-ci/conventions';
import { parseRepositoryUrl, type RepositoryUrl } from '@luban-ci/forge';

/** Address of another repository of the same owner, over HTTP: how the platform reaches every forge. */
export function siblingRepository(url: RepositoryUrl, name: string, conventions: Conventions): string {
  const base = webAddressOf(url, conventions.config);
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

/** Whether a host of a repository address is Azure DevOps Services, in one of the forms it hands out. */
export function isAzureCloud(host: string): boolean {
  return host === 'dev.azure.com' || host === 'ssh.dev.azure.com' || /^[a-z0-9-]+\.visualstudio\.com$/.test(host);
}

/** The host that a repository address shares with the forge's web address; over SSH the port says nothing of it. */
export function webHostOf({ scheme, host }: RepositoryUrl): string {
  return scheme === 'ssh' ? withoutPort(host) : host;
}

export function isSameHost(url: RepositoryUrl, configured: string): boolean {
  return url.scheme === 'ssh' ? withoutPort(url.host) === withoutPort(configured) : url.host === configured;
}

/** The address that browsers use: as configured for the host, else the host itself over TLS. */
function webAddressOf(url: RepositoryUrl, config: LubanConfig): string {
  if (url.azure !== undefined && isAzureCloud(url.host)) {
    return (config.azure_base_url ?? `https://${config.azure_server}`).replace(/\/+$/, '');
  }
  const addresses = [config.github_base_url, config.gitlab_base_url, config.ado_base_url, config.gitea_base_url];
  const base = addresses.find((address) => address !== undefined && isSameHost(url, new URL(address).host));
  if (base !== undefined) return base.replace(/\/+$/, '');
  return `${url.scheme === 'http' ? 'http' : 'https'}://${webHostOf(url)}`;
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
