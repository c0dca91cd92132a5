import type { FileTree } from '@luban-ci/testing';

/** The kustomization of an overlay with one image; its other lines are there to be left alone. */
export function overlay(image: string, lines: string): string {
  return `# What runs here; the delivery writes the image.
resources:
  - ../../base

images:
  - name: ${image}
${lines.replaceAll(/^/gm, '    ')}
replicas: # by hand
  - { name: app, count: 2 }
`;
}

/** As app setup leaves it: a placeholder runs until the first deployment. */
export function placeholderOverlay(image: string): string {
  return overlay(image, 'newName: quay.io/luban-ci/luban-hello-world-py\nnewTag: latest');
}

/** The overlays of the sandbox and of production, both with placeholders. */
export function bothOverlays(image: string): FileTree {
  return {
    'app/base/kustomization.yaml': 'resources: []\n',
    'app/overlays/snd/kustomization.yaml': placeholderOverlay(image),
    'app/overlays/prd/kustomization.yaml': placeholderOverlay(image),
  };
}

export const sandbox = 'app/overlays/snd/kustomization.yaml';
export const production = 'app/overlays/prd/kustomization.yaml';
