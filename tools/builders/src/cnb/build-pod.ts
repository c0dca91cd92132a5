import { createHash } from 'node:crypto';
import type { NewObject } from '@luban-ci/kube';

/** What one build by the lifecycle is made of. */
export interface CnbBuild {
  namespace: string;
  /** The application's name. */
  app: string;
  /** Image repository without tag. */
  repository: string;
  tags: readonly [string, ...string[]];
  repoUrl: string;
  revision: string;
  subPath: string;
  requestId: string;
  /** Image with buildpacks and lifecycle: `stack/builder`. */
  builderImage: string;
  /** Image with the luban command, which fetches the source. */
  sourceImage: string;
  /** Secret that git logs in with. */
  gitSecret: string;
  /** Secret of type kubernetes.io/dockerconfigjson. */
  registrySecret: string;
  /** Build-time variables, such as mirrors. */
  environment: Readonly<Record<string, string>>;
  /** Secrets in the form of service bindings: netrc files, CA certificates. */
  bindings: readonly string[];
  deadlineSeconds: number;
}

export const buildLabel = 'luban-ci.io/cnb-build';
export const requestAnnotation = 'luban-ci.io/request';
/** The containers in the order in which they run. */
export const containers = ['checkout', 'without-history', 'creator'] as const;

const source = '/workspace/source';

/** The same for the same request, so that a run that is tried again finds its pod. */
export function podName({ app, requestId }: Pick<CnbBuild, 'app' | 'requestId'>): string {
  const digest = createHash('sha256').update(requestId).digest('hex').slice(0, 10);
  return `${app.slice(0, 40).replace(/-+$/, '')}-cnb-${digest}`;
}

/**
 * A pod that fetches the commit, and lets the lifecycle's `creator` do all of its phases
 * (https://github.com/buildpacks/spec/blob/main/platform.md#creator). It has no rights, keeps no capability, and writes to
 * volumes alone. What `creator` reports becomes the container's last message, so that nobody has to look into the pod.
 */
export function buildPod(build: CnbBuild): NewObject {
  const environment = Object.entries(build.environment).map(([name, value]) => [`${environmentPrefix}${name}`, value]);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(build),
      namespace: build.namespace,
      labels: { app: build.app, [buildLabel]: build.app, 'app.kubernetes.io/managed-by': 'luban-ci' },
      annotations: { [requestAnnotation]: build.requestId, ...Object.fromEntries(environment) },
    },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      activeDeadlineSeconds: build.deadlineSeconds,
      imagePullSecrets: [{ name: build.registrySecret }],
      securityContext: {
        runAsNonRoot: true,
        ...{ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      initContainers: [checkout(build), withoutHistory(build)],
      containers: [creator(build)],
      volumes: volumes(build),
    },
  };
}

const environmentPrefix = 'luban-ci.io/build-env.';

const restricted = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
const workspace = { name: 'workspace', mountPath: '/workspace' };
const temporary = { name: 'tmp', mountPath: '/tmp' };

function checkout({ sourceImage, repoUrl, revision, gitSecret }: CnbBuild): object {
  const fixed = { HOME: '/tmp', TMPDIR: '/tmp', LUBAN_CONFIG_PATH: '/etc/luban/config' };
  return {
    name: 'checkout',
    image: sourceImage,
    command: ['luban', 'checkout'],
    args: [`--repo-url=${repoUrl}`, `--ref=${revision}`, '--path=source'].map(literal),
    workingDir: '/workspace',
    env: [
      ...Object.entries(fixed).map(([name, value]) => ({ name, value })),
      ...Object.entries(gitKeys).map(([name, key]) => ({
        name,
        valueFrom: { secretKeyRef: { name: gitSecret, key, optional: true } },
      })),
    ],
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    securityContext: restricted,
    volumeMounts: [workspace, temporary, { name: 'luban-config', mountPath: '/etc/luban/config', readOnly: true }],
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** Keys as the step library has them (tools/generate/src/targets/argo-sources.ts). */
const gitKeys = {
  LUBAN_GIT_USERNAME: 'username',
  LUBAN_GIT_TOKEN: 'token',
  LUBAN_GIT_SSH_KEY: 'ssh-privatekey',
  LUBAN_GIT_KNOWN_HOSTS: 'known_hosts',
  LUBAN_GITHUB_APP_ID: 'app_id',
  LUBAN_GITHUB_APP_INSTALLATION_ID: 'app_installation_id',
  LUBAN_GITHUB_APP_PRIVATE_KEY: 'app_private_key',
};

/** All of the folder goes into the image: git's own files do not belong there, and would make every image another one. */
function withoutHistory({ sourceImage }: CnbBuild): object {
  return {
    name: 'without-history',
    image: sourceImage,
    command: ['rm', '-rf', `${source}/.git`],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: restricted,
    volumeMounts: [workspace],
  };
}

function creator(build: CnbBuild): object {
  const { repository, bindings } = build;
  const [tag, ...others] = build.tags;
  const app = build.subPath === '.' ? source : `${source}/${build.subPath}`;
  const report = '/dev/termination-log';
  const mounts = { layers: '/layers', home: '/home/cnb', environment: '/platform/env', registry: registryFolder };
  const bound = bindings.map((name) => ({ name, mountPath: `/platform/bindings/${name}`, readOnly: true }));
  return {
    name: 'creator',
    image: build.builderImage,
    command: ['/cnb/lifecycle/creator'],
    args: [
      ...[`-app=${app}`, '-layers=/layers', '-platform=/platform', `-report=${report}`, '-no-color'],
      // A tag for each commit reuses nothing; what every build leaves under one name is what the next one looks at.
      ...[`-previous-image=${repository}:latest`, `-cache-image=${repository}:cnb-cache`],
      ...[...others, 'latest'].map((each) => `-tag=${repository}:${each}`),
      `${repository}:${tag}`,
    ].map(literal),
    env: [
      { name: 'CNB_PLATFORM_API', value: '0.14' },
      { name: 'DOCKER_CONFIG', value: registryFolder },
      { name: 'HOME', value: '/home/cnb' },
      // Go reads certificates of these folders beside the image's own.
      ...(bound.length === 0 ? [] : [{ name: 'SSL_CERT_DIR', value: bound.map((each) => each.mountPath).join(':') }]),
    ],
    resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '2Gi' } },
    securityContext: restricted,
    volumeMounts: [
      workspace,
      temporary,
      ...Object.entries(mounts).map(([name, mountPath]) => ({ name, mountPath })),
      ...bound,
    ],
    terminationMessagePath: report,
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** Kubernetes fills `$(NAME)` in arguments from the container's variables, and secrets are among them. */
function literal(argument: string): string {
  return argument.replaceAll('$', '$$$$');
}

const registryFolder = '/etc/luban/registry';

function volumes({ registrySecret, environment, bindings }: CnbBuild): object[] {
  const items = [{ key: '.dockerconfigjson', path: 'config.json' }];
  const variables = Object.keys(environment).map((name) => ({
    path: name,
    fieldRef: { fieldPath: `metadata.annotations['${environmentPrefix}${name}']` },
  }));
  return [
    ...['workspace', 'layers', 'tmp', 'home'].map((name) => ({ name, emptyDir: {} })),
    { name: 'luban-config', configMap: { name: 'luban-config', optional: true } },
    { name: 'registry', secret: { secretName: registrySecret, optional: true, items } },
    { name: 'environment', downwardAPI: { items: variables } },
    ...bindings.map((name) => ({ name, secret: { secretName: name } })),
  ];
}
