import type { NewObject } from '@luban-ci/kube';

/** What a kpack Image of ours is made of. */
export interface KpackImage {
  name: string;
  namespace: string;
  /** Image repository without tag; kpack does not let the tag of an Image change, so that is always `latest`. */
  repository: string;
  tags: readonly string[];
  repoUrl: string;
  revision: string;
  subPath: string;
  builder: string;
  serviceAccount: string;
  requestId: string;
  /** Build-time variables, such as mirrors. */
  environment: Readonly<Record<string, string>>;
  /** Secrets in the form of service bindings: netrc files, CA certificates. */
  bindings: readonly string[];
}

/** The build-time variable by which a Build is told from an older one of the same commit. */
export const requestVariable = 'LUBAN_REQUEST_ID';

/** A kpack Image (kpack.io/v1alpha2). A new request id is a changed configuration, so kpack always makes a new Build. */
export function imageObject(image: KpackImage): NewObject {
  const environment = { ...image.environment, [requestVariable]: image.requestId };
  return {
    apiVersion: 'kpack.io/v1alpha2',
    kind: 'Image',
    metadata: { name: image.name, namespace: image.namespace, labels: { app: image.name } },
    spec: {
      tag: `${image.repository}:latest`,
      additionalTags: image.tags.map((tag) => `${image.repository}:${tag}`),
      serviceAccountName: image.serviceAccount,
      builder: { kind: 'ClusterBuilder', name: image.builder },
      source: {
        git: { url: image.repoUrl, revision: image.revision },
        ...(image.subPath === '.' ? {} : { subPath: image.subPath }),
      },
      build: {
        env: Object.entries(environment).map(([name, value]) => ({ name, value })),
        ...(image.bindings.length === 0
          ? {}
          : { services: image.bindings.map((name) => ({ apiVersion: 'v1', kind: 'Secret', name })) }),
      },
    },
  };
}
