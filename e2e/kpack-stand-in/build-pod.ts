import type { Build } from './objects.ts';
import { labels } from './objects.ts';

export interface BuildSettings {
  /** The image whose `luban` builds. */
  luban: string;
  /** What applications are put on top of. */
  base: string;
}

/** A Secret that git logs in with. */
export interface GitCredentials {
  secret: string;
}

const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const resources = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } };

/** A pod with the containers of kpack's; the one that would run the buildpacks runs `luban build-image`. */
export function buildPod(build: Build, settings: BuildSettings, git: GitCredentials | undefined): object {
  const { name, namespace, uid } = build.metadata;
  const quiet = ['prepare', 'analyze', 'detect', 'restore'].map((phase) => quietPhase(phase, settings));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-build-pod`,
      namespace,
      labels: { [labels.build]: name },
      ownerReferences: [{ apiVersion: 'kpack.io/v1alpha2', kind: 'Build', name, uid, controller: true }],
    },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: build.spec.serviceAccountName,
      automountServiceAccountToken: false,
      initContainers: [...quiet, buildPhase(build, settings, git), quietPhase('export', settings)],
      containers: [quietPhase('completion', settings)],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  };
}

function quietPhase(name: string, { luban }: BuildSettings): object {
  return { name, image: luban, command: ['/bin/echo', `${name} done`], securityContext: restricted, resources };
}

/** What it says on standard output, the digest among it, becomes the container's last message. */
function buildPhase(build: Build, { luban, base }: BuildSettings, git: GitCredentials | undefined): object {
  const { tags, source } = build.spec;
  const { repository, tag } = wanted(tags, source.git.revision);
  const inputs = {
    'repo-url': source.git.url,
    revision: source.git.revision,
    image: repository,
    'image-tag': tag,
    'project-name': build.metadata.namespace,
    'app-name': build.metadata.labels[labels.image] ?? build.metadata.name,
    'sub-path': source.subPath ?? '.',
    builder: 'append',
    'base-image': base,
  };
  const args = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);
  return {
    name: 'build',
    image: luban,
    command: ['/bin/sh', '-c', 'exec luban build-image "$@" > /dev/termination-log', 'build', ...args],
    env: [{ name: 'HOME', value: '/tmp' }, ...(git === undefined ? [] : gitEnvironment(git))],
    securityContext: restricted,
    resources,
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

function gitEnvironment({ secret }: GitCredentials): object[] {
  const from = (key: string) => ({ valueFrom: { secretKeyRef: { name: secret, key } } });
  return [
    { name: 'LUBAN_GIT_USERNAME', ...from('username') },
    { name: 'LUBAN_GIT_TOKEN', ...from('password') },
  ];
}

/** The repository, and the tag that is neither `latest` nor the commit, which are known without it. */
function wanted(tags: readonly string[], revision: string): { repository: string; tag: string } {
  const named = tags.map((each) => {
    const colon = each.lastIndexOf(':');
    return { repository: each.slice(0, colon), tag: each.slice(colon + 1) };
  });
  const [first = { repository: '', tag: revision }] = named;
  const own = named.find(({ tag }) => tag !== 'latest' && tag !== revision);
  return { repository: first.repository, tag: own?.tag ?? revision };
}
