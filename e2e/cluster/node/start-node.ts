import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StepError } from '@luban-ci/core';
import { plainEnvironment, startDetached } from '@luban-ci/process';
import { exists } from '../exists.ts';
import { type ImageWorkshop, registryFolder } from '../images/build-images.ts';
import { until } from '../until.ts';
import { writeKubeconfig } from './certificates.ts';
import { certificatesIn, type NodePlace } from './place.ts';
import { kubeconfigFile, stateFolder } from './running-node.ts';

/**
 * Starts a node, and waits until it is ready for pods.
 *
 * @returns a kubeconfig that works on this machine
 * @throws StepError with the node's last words when it does not come up
 */
export async function startNode(workshop: ImageWorkshop): Promise<string> {
  const state = stateFolder(workshop);
  await mkdir(state, { recursive: true, mode: 0o700 });
  const place: NodePlace = {
    state,
    programs: workshop.programFiles,
    images: registryFolder(workshop),
    authority: join(workshop.cache, 'authority'),
  };
  const placeFile = join(state, 'place.json');
  await writeFile(placeFile, JSON.stringify(place));
  const port = await freePort();
  const { folder, repository, cache } = workshop.debian;
  const keeper = fileURLToPath(new URL('keeper.ts', import.meta.url));
  const said = await open(join(state, 'keeper.log'), 'w');
  const pid = await startDetached(process.execPath, [keeper, placeFile, folder, repository, cache, String(port)], {
    cwd: repository,
    env: plainEnvironment(),
    output: said.fd,
  });
  await said.close();
  await writeFile(join(state, 'pid'), String(pid));
  await until('The node', 120, () => isReady(state, pid));
  return writeKubeconfig(certificatesIn(place), 'admin', `https://127.0.0.1:${port}`, kubeconfigFile(workshop));
}

async function isReady(state: string, pid: number): Promise<void> {
  if (await exists(join(state, 'ready'))) return;
  const words = await readFile(join(state, 'keeper.log'), 'utf8');
  const isThere = await exists(`/proc/${pid}`);
  throw new StepError(`${isThere ? 'it is not ready' : 'it ended'}: ${words.trim().split('\n').slice(-3).join('\n')}`);
}

/** A port of loopback that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
