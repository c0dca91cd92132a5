import { createHash } from 'node:crypto';
import { RetryableError, StepError } from '@luban-ci/core';
import {
  type Ensured,
  type KubeObject,
  nameOf,
  type ObjectName,
  showDifference,
  type WantedObject,
  type WritableKube,
} from '@luban-ci/kube';

const labels = { 'app.kubernetes.io/name': 'cloudflared', 'app.kubernetes.io/part-of': 'luban-ci' };
const secretName = 'cloudflare-tunnel-credentials';
/** What the Deployment was made from. The cluster fills in much of it, so it is compared by this. */
const digestAnnotation = 'luban-ci.io/connector';

/** With what the connector logs in. */
export function connectorSecret(namespace: string, token: string): WantedObject {
  const data = { token: Buffer.from(token).toString('base64') };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, namespace }, type: 'Opaque', data };
}

/**
 * The connector that brings the tunnel's requests into the cluster. What somebody changed in it by hand stays until something else
 * is wanted.
 *
 * @throws StepError when somebody else made a Deployment of that name
 */
export async function ensureConnector(
  kube: WritableKube,
  wanted: { image: string; namespace: string; token: string },
  dryRun: boolean,
): Promise<Ensured> {
  const spec = deploymentSpec(wanted.image, wanted.token);
  const digest = digestOf(JSON.stringify(spec));
  const place = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cloudflared', namespace: wanted.namespace };
  const name = nameOf(place);
  const live = await kube.read(place);
  const before = live?.metadata.annotations?.[digestAnnotation];
  if (live !== undefined && before === undefined) {
    throw new StepError(`${name} was made by somebody else`, { hint: 'Take it away, or let it do the work.' });
  }
  if (before === digest) return { name, outcome: 'unchanged', diff: '' };
  if (!dryRun) await write(kube, live, { ...place, spec, annotations: { [digestAnnotation]: digest } });
  const diff = showDifference(place, live && { spec: live['spec'] }, { spec });
  return { name, outcome: live === undefined ? 'created' : 'updated', diff };
}

async function write(
  kube: WritableKube,
  live: KubeObject | undefined,
  { apiVersion, kind, name, namespace, annotations, spec }: ObjectName & { annotations: object; spec: object },
): Promise<void> {
  const metadata = {
    ...live?.metadata,
    name,
    namespace,
    labels,
    annotations: { ...live?.metadata.annotations, ...annotations },
  };
  const object = { apiVersion, kind, metadata, spec };
  const written = await (live === undefined ? kube.create(object) : kube.replace(object));
  if (written === undefined) throw new RetryableError(`Deployment ${name} was changed by somebody else; run it again`);
}

function deploymentSpec(image: string, token: string): Record<string, unknown> {
  return {
    // Two, so that deliveries arrive while one is moved.
    replicas: 2,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'cloudflared' } },
    template: {
      // Another token is another pod.
      metadata: { labels, annotations: { 'luban-ci.io/token': digestOf(token) } },
      spec: podSpec(image),
    },
  };
}

function podSpec(image: string): Record<string, unknown> {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'cloudflared',
        image,
        args: ['tunnel', '--no-autoupdate', '--metrics', '0.0.0.0:2000', 'run'],
        env: [{ name: 'TUNNEL_TOKEN', valueFrom: { secretKeyRef: { name: secretName, key: 'token' } } }],
        readinessProbe: { httpGet: { path: '/ready', port: 2000 }, periodSeconds: 10 },
        livenessProbe: { httpGet: { path: '/ready', port: 2000 }, periodSeconds: 10, failureThreshold: 6 },
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
