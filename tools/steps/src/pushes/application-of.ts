import type { ApplicationName, Conventions, RegisteredApplication } from '@luban-ci/conventions';
import { DnsLabel } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import type { RepositoryUrl } from '@luban-ci/forge';
import { isSameRepository } from '../same-repository.ts';

/**
 * Which application a source repository is: what app setup registered; else on Azure the URL's project, elsewhere the
 * organisation as the project, and the repository as the application.
 *
 * @throws InputError when applications are registered for the repository and it is not plain which of them is meant, or
 * when a name cannot be used
 */
export function applicationOf(
  repoUrl: string,
  url: RepositoryUrl,
  appName: string | undefined,
  conventions: Conventions,
): ApplicationName {
  const registered = conventions.applications.filter(({ source }) => isSameRepository(source, repoUrl));
  const named = registered.filter(({ app }) => appName === undefined || app === appName);
  const [only, another] = named;
  if (only !== undefined && another === undefined) return { project: only.project, app: only.app };
  if (registered.length > 0) throw notThatOne(repoUrl, appName, registered);
  return {
    project: label(url.azure?.project ?? url.owner.split('/')[0] ?? url.owner, 'project', repoUrl),
    app: label(appName ?? url.repository, 'application', repoUrl),
  };
}

function notThatOne(
  repoUrl: string,
  appName: string | undefined,
  registered: readonly RegisteredApplication[],
): InputError {
  const names = registered.map(({ project, app }) => `${project}/${app}`).join(', ');
  const what = appName === undefined ? 'Several applications are' : `No single application ${appName} is`;
  return new InputError(`${what} registered for ${repoUrl}`, [
    { field: 'appName', expected: `expected the name of one of ${names}` },
  ]);
}

/** Forges allow more in a name than Kubernetes does: `Payment Team` becomes `payment-team`. */
function label(text: string, purpose: string, repoUrl: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const checked = DnsLabel.safeParse(name);
  if (checked.success) return name;
  throw new InputError(
    `The name of ${repoUrl} gives no name for the ${purpose}: "${name}" (${name.length} characters)`,
    [{ field: 'repoUrl', expected: 'expected a repository whose owner and name can be turned into DNS labels' }],
    {
      hint: 'Register the application in luban-repositories under a name of your choice.',
    },
  );
}
