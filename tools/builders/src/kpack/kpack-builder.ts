import type { Clock, Log } from '@luban-ci/core';
import type { Kube } from '@luban-ci/kube';
import type { Builder, BuildRequest, BuiltImage } from '../builder.ts';
import { imageObject, type KpackImage } from './image-object.ts';
import { waitForBuild } from './wait-for-build.ts';

export interface KpackOptions {
  kube: Kube;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  namespace: string;
  /** Name of the Image object: the application's. */
  name: string;
  /** ClusterBuilder. */
  builder: string;
  serviceAccount: string;
  environment: Readonly<Record<string, string>>;
  /** Secrets that become service bindings where they exist: `uv-mirror-netrc`, `luban-ca-cert`. */
  optionalBindings: readonly string[];
  deadlineSeconds: number;
}

/** Lets kpack build in the cluster: applies the Image with a request id, and waits for the Build that carries it. */
export function createKpackBuilder(options: KpackOptions): Builder {
  return { name: 'kpack', build: (request) => build(request, options) };
}

async function build(request: BuildRequest, options: KpackOptions): Promise<BuiltImage> {
  const image: KpackImage = {
    name: options.name,
    namespace: options.namespace,
    repository: `${request.image.registry}/${request.image.path}`,
    tags: request.tags,
    repoUrl: request.source.repoUrl,
    revision: request.source.revision,
    subPath: request.source.subPath,
    builder: options.builder,
    serviceAccount: options.serviceAccount,
    requestId: request.requestId,
    // The buildpack python-uv makes labels of these; a commit's image is known by its label.
    environment: {
      ...options.environment,
      BP_OCI_SOURCE: request.source.repoUrl,
      BP_OCI_REVISION: request.source.revision,
    },
    bindings: await existing(options),
  };
  await options.kube.apply(imageObject(image));
  options.log.info(`asked kpack for ${image.repository} as Image ${image.namespace}/${image.name}`);
  return { digest: await waitForBuild(image, options), changed: true };
}

async function existing({ kube, namespace, optionalBindings }: KpackOptions): Promise<string[]> {
  const secrets = await Promise.all(
    optionalBindings.map((name) => kube.read({ apiVersion: 'v1', kind: 'Secret', namespace, name })),
  );
  return optionalBindings.filter((_, index) => secrets[index] !== undefined);
}
