import type { ApplicationName, Conventions } from '@luban-ci/conventions';
import { DnsLabel } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import type { RepositoryUrl } from '@luban-ci/forge';
import { isSameRepository } from '../sibling-repository.ts';

/**
 * Which application a source repository is: what app setup registered; else on Azure the URL's project, elsewhere the
 * organisation as the project, and the repository as the application.
 *
 * @throws InputError when several applications share the repository and none is named, or a name cannot be used
 */
export function applicationOf(
  repoUrl: string,
  url: RepositoryUrl,
  appName: string | undefined,
  conventions: Conventions,
): ApplicationName {
  const registered = conventions.applications.filter(({ source }) => isSameRepository(source, repoUrl));
  const matching = appName === undefined ? registered : registered.filter(({ app }) => app === appName);
  const [only, another] = matching;
  if (another !== undefined) {
    const names = matching.map(({ project, app }) => `${project}/${app}`).join(', ');
    throw new InputError(`Several applications are registered for ${repoUrl}`, [
      { field: 'appName', expected: `expected the name of one of ${names}` },
    ]);
  }
  if (only !== undefined) return { project: only.project, app: only.app };
  return {
    project: label(url.azure?.project ?? url.owner.split('/')[0] ?? url.owner, 'project', repoUrl),
    app: label(appName ?? url.repository, 'application', repoUrl),
  };
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
    [],
    {
      hint: 'Register the application in luban-repositories under a name of your choice.',
    },
  );
}
