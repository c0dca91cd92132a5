import { expect, test } from 'vitest';
import { type Files, textFile } from './files.ts';
import { findImage } from './find-image.ts';
import { followKustomization } from './follow-kustomization.ts';

const image = 'ghcr.io/acme/storefront';

function filesOf(tree: Record<string, string>): Files {
  return new Map(Object.entries(tree).map(([path, text]) => [path, textFile(text)]));
}

test('every place is told with its file, layout and version, a marker of the same policy in another file included', () => {
  const files = filesOf({
    'b.yaml': `image: x:1\n---\nimage: ${image}:1.0 # {"$imagepolicy": "flux-system:shop"}\n`,
    'a/values.yaml':
      'version: 1.0 # {"$imagepolicy": "flux-system:shop:tag"}\nother: 2 # {"$imagepolicy": "a:b:tag"}\n',
    'c.yaml': `image: {repository: ${image}, tag: "2", digest: sha256:${'1'.repeat(64)}}\n`,
    'd.yaml': `image: ${image}-worker:1.0\n`,
    'e.yaml': `args: [--image, "${image}:1.0", ${image}]\n`,
  });

  expect(findImage(files, image)).toEqual({
    places: [
      { file: 'a/values.yaml', document: 0, layout: 'flux', at: 'version', tag: '1.0' },
      { file: 'b.yaml', document: 1, layout: 'helm', at: 'image', tag: '1.0' },
      {
        file: 'c.yaml',
        document: 0,
        layout: 'helm',
        at: 'image.repository',
        tag: '2',
        digest: `sha256:${'1'.repeat(64)}`,
      },
    ],
    policies: ['flux-system:shop'],
    notes: [`e.yaml names ${image}:1.0 as args[1], which was left as it is`],
  });
});

test('the short and the full name of an image of Docker Hub are the same image, and a longer name is another', () => {
  const files = filesOf({
    'kustomization.yaml': 'images: [{name: nginx, newName: docker.io/library/nginx, newTag: "1"}, {name: x/nginx}]\n',
    'a.yaml': 'a: {image: "nginx:1"}\nb: {image: "docker.io/library/nginx:1"}\nc: {image: "x/nginx:1"}\n',
  });

  const found = ['nginx', 'library/nginx', 'docker.io/nginx', 'index.docker.io/library/nginx'].map((name) =>
    findImage(files, name).places.map(({ at }) => at),
  );

  expect(new Set(found.map(String))).toEqual(new Set(['a.image,b.image,images[0]']));
});

test('what cannot be read and does not name the image is left out and said; what names it is an error', () => {
  const latin = { bytes: Uint8Array.of(0x61, 0x3a, 0x20, 0xe9), executable: false };
  const broken = filesOf({
    'a.yaml': 'storefront: [\n',
    'b.yaml': 'nothing: [\n',
    '.github/c.yaml': `image: ${image}:1\n`,
  });

  const { places, notes } = findImage(new Map([...broken, ['latin.yaml', latin]]), image);

  expect(places).toEqual([]);
  expect(notes).toEqual([
    'latin.yaml was not looked into: it is not UTF-8 text',
    expect.stringMatching(/^a\.yaml was not looked into: a\.yaml:\d+:\d+ is not valid YAML/),
  ]);
  expect(() => findImage(filesOf({ 'a.yaml': `a: [\nimage: ${image}:1\n` }), image)).toThrow(/is not valid YAML/);
});

test('a kustomization is followed through bases, components, patches and circles, and not into other repositories', () => {
  const files = filesOf({
    'env/snd/kustomization.yaml':
      'resources:\n- ../../base\n- https://github.com/acme/deploy//base?ref=v1\n- git@github.com:acme/x\n- ../missing\npatches:\n- path: patch.yaml\n- patch: "[]"\n',
    'env/snd/patch.yaml': '',
    'base/Kustomization': 'bases: [../parts]\nresources: [deployment.yaml]\n',
    'base/deployment.yaml': '',
    'parts/kustomization.yml': 'components: [../env/snd]\n',
  });

  expect(followKustomization(files, 'env/snd')).toEqual({
    folders: ['env/snd', 'base', 'parts'],
    files: [
      'env/snd/kustomization.yaml',
      'env/snd/patch.yaml',
      'base/Kustomization',
      'base/deployment.yaml',
      'parts/kustomization.yml',
    ],
  });
});
