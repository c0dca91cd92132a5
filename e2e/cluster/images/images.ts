import { versions } from '../programs/programs.ts';

/** An image that pods of the cluster use. All are made here, under the names that published manifests know them by. */
export interface ClusterImage {
  /** As pods name it. */
  name: string;
  /** Folder beside this file, with its Dockerfile and other files that it copies. */
  folder: string;
  /** Compiled programs that it is given. */
  programs?: readonly string[];
  /** Other files that it is given: name → where from. */
  files?: Readonly<Record<string, FileOrigin>>;
}

/** A file of the node's Debian, of a published Go module, of the npm package of Node, the archive of the base, the cluster's certificate, wheels from the index that the machine's pip uses, or a release of uv made of one. */
export type FileOrigin =
  | { debian: string }
  | { module: string; version: string; path: string }
  | { nodeProgram: true }
  | { baseArchive: true }
  | { authority: true }
  | { wheels: readonly string[] }
  | { uvRelease: string };

const busybox = { busybox: { debian: 'usr/bin/busybox' } } as const;
const argoCd = (path: string): FileOrigin => ({
  module: 'github.com/argoproj/argo-cd/v3',
  version: versions.argoCd,
  path,
});
const gitea = (path: string): FileOrigin => ({ module: 'code.gitea.io/gitea', version: versions.gitea, path });

/** What programs of ours are put on. */
export const nodeImage = 'luban.test/node:24';

/** In the order in which they are built: a base comes before what is built on it. */
export const images: readonly ClusterImage[] = [
  { name: 'luban.test/pause:1', folder: 'pause', files: busybox },
  { name: 'docker.io/library/busybox:1', folder: 'busybox', files: busybox },
  {
    name: 'luban.test/debian:trixie',
    folder: 'debian',
    files: { 'debian.tar': { baseArchive: true }, 'ca.crt': { authority: true } },
  },
  { name: nodeImage, folder: 'node', files: { node: { nodeProgram: true } } },
  { name: 'docker.io/library/python:3.13-slim', folder: 'python' },
  {
    name: 'luban.test/package-index:1',
    folder: 'package-index',
    files: { packages: { wheels: ['packaging==25.0'] }, releases: { uvRelease: '0.12.15' } },
  },
  { name: 'luban.test/coredns:1', folder: 'coredns', programs: ['coredns'] },
  {
    name: `quay.io/argoproj/workflow-controller:${versions.argoWorkflows}`,
    folder: 'workflow-controller',
    programs: ['workflow-controller'],
  },
  { name: `quay.io/argoproj/argoexec:${versions.argoWorkflows}`, folder: 'argoexec', programs: ['argoexec'] },
  {
    name: `quay.io/argoproj/argocd:${versions.argoCd}`,
    folder: 'argocd',
    programs: ['argocd', 'kustomize'],
    files: {
      'entrypoint.sh': argoCd('entrypoint.sh'),
      'gpg-wrapper.sh': argoCd('hack/gpg-wrapper.sh'),
      'git-verify-wrapper.sh': argoCd('hack/git-verify-wrapper.sh'),
    },
  },
  { name: 'public.ecr.aws/docker/library/redis:8.2.2-alpine', folder: 'redis' },
  {
    name: `docker.io/gitea/gitea:${versions.gitea.slice(1)}`,
    folder: 'gitea',
    programs: ['gitea'],
    files: { templates: gitea('templates'), options: gitea('options'), public: gitea('public') },
  },
  { name: `quay.io/argoproj/argo-events:${versions.argoEvents}`, folder: 'argo-events', programs: ['argo-events'] },
  { name: `docker.io/library/nats:${versions.nats.slice(1)}`, folder: 'nats', programs: ['nats-server'] },
  { name: 'docker.io/natsio/nats-server-config-reloader:0.14.0', folder: 'idle' },
  { name: 'docker.io/natsio/prometheus-nats-exporter:0.14.0', folder: 'idle' },
  {
    name: `docker.io/buildpacksio/lifecycle:${versions.lifecycle.slice(1)}`,
    folder: 'lifecycle',
    programs: ['lifecycle', 'launcher'],
  },
];
