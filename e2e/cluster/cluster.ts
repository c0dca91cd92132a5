import { join } from 'node:path';
import { checkMachine } from './check-machine.ts';
import { everything } from './everything.ts';
import { gitopsUtilsImage } from './images/gitops-utils.ts';
import { kpackStandInImage } from './images/kpack-stand-in.ts';
import { keeperOf, kubeconfigFile } from './node/running-node.ts';
import { startNode } from './node/start-node.ts';
import { stopNode } from './node/stop-node.ts';
import { installPlatform } from './platform/install-platform.ts';
import { prepare } from './prepare.ts';
import type { Workshop } from './programs/build-program.ts';

type Say = (line: string) => void;

/** Builds what is missing, starts a node, and installs what the suites want. Where one runs, it is left as it is. */
export async function clusterUp(workshop: Workshop, say: Say): Promise<void> {
  await checkMachine(workshop.environment['PATH'] ?? '');
  if ((await keeperOf(workshop)) !== undefined) return clusterStatus(workshop, say);
  const { prepared, workshop: images } = await everything(workshop);
  await prepare(prepared, say);
  await prepare([await gitopsUtilsImage(images), await kpackStandInImage(images)], say);
  await stopNode(workshop); // what a crash may have left
  say('starting the node');
  const kubeconfig = await startNode(images);
  await installPlatform({ workshop: images, kubeconfig, say });
  sayHowToUse(workshop, images.programFiles, say);
}

export async function clusterStatus(workshop: Workshop, say: Say): Promise<void> {
  const keeper = await keeperOf(workshop);
  if (keeper === undefined) return say('no cluster runs; "make cluster-up" starts one');
  say(`a cluster runs, held by process ${keeper}`);
  const { workshop: images } = await everything(workshop);
  sayHowToUse(workshop, images.programFiles, say);
}

export async function clusterDown(workshop: Workshop, say: Say): Promise<void> {
  const wasThere = await stopNode(workshop);
  say(wasThere ? 'the cluster is gone, with all that ran in it' : 'no cluster was running');
}

function sayHowToUse(workshop: Workshop, programs: Readonly<Record<string, string>>, say: Say): void {
  const folders = ['kubectl', 'argo', 'chainsaw'].map((name) => join(programs[name] ?? name, '..'));
  say(`  export KUBECONFIG=${kubeconfigFile(workshop)}`);
  say(`  export PATH=${folders.join(':')}:$PATH`);
}
