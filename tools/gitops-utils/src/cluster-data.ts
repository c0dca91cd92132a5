import type { KeyedData } from '@luban-ci/argo-local';
import { StepError } from '@luban-ci/core';
import { z } from 'zod';

/** What workflows read of a cluster: its ConfigMaps and Secrets, each in its namespace. */
export interface ClusterData {
  configMaps: KeyedData[];
  secrets: KeyedData[];
}

const Listed = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      data: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/**
 * What set-up made in the playground's cluster, as the workflows that come after it find it there.
 *
 * @param url of the API server
 * @throws StepError when it does not answer as one
 */
export async function readClusterData(url: string, token: string): Promise<ClusterData> {
  const [configMaps, secrets] = await Promise.all([
    listed(`${url}/api/v1/configmaps`, token),
    listed(`${url}/api/v1/secrets`, token),
  ]);
  return { configMaps, secrets: secrets.map((each) => ({ ...each, data: decoded(each.data) })) };
}

async function listed(address: string, token: string): Promise<KeyedData[]> {
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new StepError(`The playground's cluster answered ${answer.status} at ${address}`);
  const { items } = Listed.parse(await answer.json());
  return items.map(({ metadata: { name, namespace }, data }) => ({ name, namespace, data }));
}

function decoded(data: Readonly<Record<string, string>>): Record<string, string> {
  const texts = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]);
  return Object.fromEntries(texts);
}
