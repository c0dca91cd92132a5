import { stepIds } from '@luban-ci/steps';
import type { Bundle } from './build-bundle.ts';

/** What ships as bundled programs. The actions are committed, so that `uses:` works from any commit; the others are not. */
export const bundles = {
  actions: {
    entries: Object.fromEntries(stepIds.map((id) => [id, `actions/${id}/src/main.ts`])),
    folder: 'actions/dist',
  },
  command: {
    entries: { main: 'tools/gitops-utils/src/main.ts' },
    launchers: { luban: 'tools/gitops-utils/src/bundled.ts' },
    folder: 'tools/gitops-utils/build',
  },
  buildpack: {
    entries: { 'python-uv': 'tools/python-uv/src/main.ts' },
    folder: 'buildpacks/python-uv/lib',
  },
} as const satisfies Record<string, Bundle>;
