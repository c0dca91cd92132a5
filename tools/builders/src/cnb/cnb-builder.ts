import type { Clock, Log } from '@luban-ci/core';
import type { RegistryClient } from '@luban-ci/images';
import type { WritableKube } from '@luban-ci/kube';
import type { Builder, BuildRequest, BuiltImage } from '../builder.ts';
import type { CnbBuild } from './build-pod.ts';
import { ensurePod } from './ensure-pod.ts';
import { waitForPod } from './wait-for-pod.ts';

export interface CnbOptions {
  kube: WritableKube;
  registry: RegistryClient;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  namespace: string;
  /** The application's name. */
  app: string;
  /** Image with buildpacks and lifecycle. */
  builderImage: string;
  /** Image with the luban command, which fetches the source. */
  sourceImage: string;
  gitSecret: string;
  registrySecret: string;
  environment: Readonly<Record<string, string>>;
  /** Secrets that become service bindings where they exist: `uv-mirror-netrc`, `luban-ca-cert`. */
  optionalBindings: readonly string[];
  deadlineSeconds: number;
}

/** Lets the lifecycle of Cloud Native Buildpacks build in a pod without rights, for clusters without kpack. */
export function createCnbBuilder(options: CnbOptions): Builder {
  return { name: 'cnb', build: (request) => build(request, options) };
}

async function build(request: BuildRequest, options: CnbOptions): Promise<BuiltImage> {
  const { source } = request;
  const [tag = 'latest', ...others] = request.tags;
  const wanted: CnbBuild = {
    namespace: options.namespace,
    app: options.app,
    repository: `${request.image.registry}/${request.image.path}`,
    tags: [tag, ...others],
    repoUrl: source.repoUrl,
    revision: source.revision,
    subPath: source.subPath,
    requestId: request.requestId,
    builderImage: options.builderImage,
    sourceImage: options.sourceImage,
    gitSecret: options.gitSecret,
    registrySecret: options.registrySecret,
    environment: { ...options.environment, BP_OCI_SOURCE: source.repoUrl, BP_OCI_REVISION: source.revision },
    bindings: await existing(options),
    deadlineSeconds: options.deadlineSeconds,
  };
  const pod = await ensurePod(wanted, options);
  options.log.info(`the lifecycle builds ${wanted.repository} in Pod ${pod.namespace}/${pod.name}`);
  const digest = await waitForPod(wanted, { ...options, image: request.image });
  return { digest, changed: true };
}

async function existing({ kube, namespace, optionalBindings }: CnbOptions): Promise<string[]> {
  const secrets = await Promise.all(
    optionalBindings.map((name) => kube.read({ apiVersion: 'v1', kind: 'Secret', namespace, name })),
  );
  return optionalBindings.filter((_, index) => secrets[index] !== undefined);
}
