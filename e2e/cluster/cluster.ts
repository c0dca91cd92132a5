import { join } from 'node:path';
import { checkMachine } from './check-machine.ts';
import { everything } from './everything.ts';
import { cnbImages } from './images/cnb-images.ts';
import { gitopsUtilsImage } from './images/gitops-utils.ts';
import { standInImages } from './images/stand-ins.ts';
import { hasKind, kindNode } from './kind/kind-node.ts';
import { bareNode } from './node/bare-node.ts';
import { kubeconfigFile } from './node/running-node.ts';
import { installPlatform } from './platform/install-platform.ts';
import { prepare } from './prepare.ts';
import type { Workshop } from './programs/build-program.ts';
import { runningCluster, stopCluster } from './running-cluster.ts';

type Say = (line: string) => void;

/**
 * Builds what is missing, starts a node, by kind where that and Docker are, and installs what the suites want. Where one runs,
 * it is left as it is.
 */
export async function clusterUp(workshop: Workshop, say: Say): Promise<void> {
  if ((await runningCluster(workshop)) !== undefined) return clusterStatus(workshop, say);
  const path = workshop.environment['PATH'] ?? '';
  const node = (await hasKind(path)) ? kindNode : bareNode;
  await checkMachine(path);
  const { prepared, workshop: images } = await everything(workshop, node.brings);
  const own = [await gitopsUtilsImage(images), ...(await standInImages(images)), ...(await cnbImages(images))];
  await prepare([...prepared, ...own], say);
  await stopCluster(workshop); // what a crash may have left
  say(node === kindNode ? 'starting the node, with kind' : 'starting the node');
  const kubeconfig = await node.start(images);
  await installPlatform({ workshop: images, kubeconfig, brought: node.brings, say });
  sayHowToUse(workshop, images.programFiles, say);
}

export async function clusterStatus(workshop: Workshop, say: Say): Promise<void> {
  const holder = await runningCluster(workshop);
  if (holder === undefined) return say('no cluster runs; "make cluster-up" starts one');
  say(`a cluster runs, held by ${holder}`);
  const { workshop: images } = await everything(workshop);
  sayHowToUse(workshop, images.programFiles, say);
}

export async function clusterDown(workshop: Workshop, say: Say): Promise<void> {
  const wasThere = await stopCluster(workshop);
  say(wasThere ? 'the cluster is gone, with all that ran in it' : 'no cluster was running');
}

function sayHowToUse(workshop: Workshop, programs: Readonly<Record<string, string>>, say: Say): void {
  const folders = ['kubectl', 'argo', 'chainsaw'].map((name) => join(programs[name] ?? name, '..'));
  say(`  export KUBECONFIG=${kubeconfigFile(workshop)}`);
  say(`  export PATH=${folders.join(':')}:$PATH`);
}
