/** How large the repository is. */
export interface RepositorySize {
  apps: number;
  commits: number;
}

export const overlayOf = (app: string): string => `apps/${app}/overlays/snd`;
export const appName = (at: number): string => `app-${String(at).padStart(4, '0')}`;
export const imageOf = (app: string): string => `quay.io/payment/${app}`;

/**
 * A repository of many applications, as `git fast-import` reads it: the first commit makes them all, each further one
 * sets one tag.
 */
export function* manyApplications({ apps, commits }: RepositorySize): Generator<string, undefined> {
  yield commitOf(0, Array.from({ length: apps }, (_, at) => filesOf(appName(at))).join(''));
  for (let at = 1; at < commits; at += 1) {
    const app = appName((at * 7919) % apps);
    yield commitOf(at, file(`${overlayOf(app)}/kustomization.yaml`, overlay(app, `1.${at}.0`)));
  }
}

function commitOf(at: number, files: string): string {
  const message = at === 0 ? 'Start' : `Deploy 1.${at}.0`;
  return `commit refs/heads/develop\ncommitter Bench <b@example.com> ${1_700_000_000 + at * 60} +0000\n${data(message)}${files}\n`;
}

function filesOf(app: string): string {
  const folder = `apps/${app}`;
  return [
    file(`${folder}/base/deployment.yaml`, deployment(app)),
    file(
      `${folder}/base/service.yaml`,
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${app}\nspec:\n  ports:\n    - port: 80\n`,
    ),
    file(`${folder}/base/kustomization.yaml`, 'resources:\n  - deployment.yaml\n  - service.yaml\n'),
    file(`${folder}/overlays/snd/kustomization.yaml`, overlay(app, '1.0.0')),
    file(`${folder}/overlays/prd/kustomization.yaml`, overlay(app, '1.0.0')),
  ].join('');
}

function overlay(app: string, tag: string): string {
  return `# ${app}\nresources:\n  - ../../base\n\nimages:\n  - name: ${imageOf(app)}\n    newTag: ${tag}\n`;
}

function deployment(app: string): string {
  const container = `        - name: ${app}\n          image: ${imageOf(app)}\n          ports:\n            - containerPort: 8000\n`;
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${app}\nspec:\n  template:\n    spec:\n      containers:\n${container}`;
}

function file(path: string, text: string): string {
  return `M 100644 inline ${path}\n${data(text)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
