import { createHash } from 'node:crypto';
import type { WantedObject } from '@luban-ci/kube';

const labels = { 'app.kubernetes.io/name': 'cloudflared', 'app.kubernetes.io/part-of': 'luban-ci' };

/** The connector that brings the tunnel's requests into the cluster, and the Secret that it logs in with. */
export function connectorObjects(
  { image, namespace }: { image: string; namespace: string },
  token: string,
): WantedObject[] {
  const secret = 'cloudflare-tunnel-credentials';
  const data = { token: Buffer.from(token).toString('base64') };
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace }, type: 'Opaque', data },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'cloudflared', namespace, labels },
      spec: {
        // Two, so that deliveries arrive while one is moved.
        replicas: 2,
        selector: { matchLabels: { 'app.kubernetes.io/name': 'cloudflared' } },
        template: {
          // Another token is another pod.
          metadata: { labels, annotations: { 'luban-ci.io/token': digestOf(token) } },
          spec: podSpec(image, secret),
        },
      },
    },
  ];
}

function podSpec(image: string, secret: string): Record<string, unknown> {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'cloudflared',
        image,
        args: ['tunnel', '--no-autoupdate', '--metrics', '0.0.0.0:2000', 'run'],
        env: [{ name: 'TUNNEL_TOKEN', valueFrom: { secretKeyRef: { name: secret, key: 'token' } } }],
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

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
