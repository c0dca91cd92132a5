import type { LocalProject } from '@luban-ci/gitops-utils/testing';
import type { FileTree } from '@luban-ci/testing';
import { stringify } from 'yaml';

/** What a platform team has told its users, as they keep it beside their workflows. */
export function platformFiles({ place }: LocalProject): FileTree {
  return {
    'luban-config.yaml': stringify({
      registry_server: place.host,
      builder: 'append',
      build_base_image: `${place.host}/luban-ci/local-base:local`,
      gitea_server: place.host,
      gitea_base_url: place.url,
      harbor_url: place.url,
    }),
    'luban-repositories.yaml': stringify({ [`${place.project}.${place.app}`]: `source: ${place.sourceUrl}` }),
  };
}

/** Image repository of the project's application. */
export function imageOf({ place }: LocalProject): string {
  return `${place.host}/${place.project}/${place.app}`;
}
