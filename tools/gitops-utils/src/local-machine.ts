import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type Catalog,
  createLockTable,
  type ImageMapping,
  type LocalMachine,
  type LocalProgram,
  type RunEvent,
} from '@luban-ci/argo-local';
import { type Clock, systemClock } from '@luban-ci/core';
import { thisProgram } from './this-program.ts';

export interface MachineOptions {
  catalog: Catalog;
  /** Absolute; each workflow gets a folder below it. */
  folder: string;
  namespace: string;
  /** What else than our own image may run here. */
  images?: readonly ImageMapping[];
  environment: NodeJS.ProcessEnv;
  /** The luban command; by default this very program. */
  luban?: LocalProgram;
  /** For back-off and suspension; by default the system's. */
  clock?: Clock;
  onEvent: (event: RunEvent) => void;
}

/** A machine on which the steps of our image are this program. The local API's kubeconfig lies where `folder` says. */
export function createLocalMachine(options: MachineOptions): LocalMachine {
  const luban = options.luban ?? thisProgram();
  const ourImage: ImageMapping = {
    repository: 'gitops-utils',
    entrypoint: luban,
    commands: { luban },
    env: {
      LUBAN_LOCAL_CLUSTER: kubeconfigIn(options.folder),
      // Every pod is a process of its own; the second one need not compile what the first one did.
      NODE_COMPILE_CACHE: options.environment['NODE_COMPILE_CACHE'] ?? join(options.folder, 'compiled'),
    },
  };
  return {
    catalog: options.catalog,
    images: [ourImage, ...(options.images ?? [])],
    folder: options.folder,
    namespace: options.namespace,
    clock: options.clock ?? systemClock,
    locks: createLockTable(),
    environment: options.environment,
    randomSuffix: () => randomBytes(4).toString('hex').slice(0, 5),
    onEvent: options.onEvent,
  };
}

export function kubeconfigIn(folder: string): string {
  return `${folder}/kubeconfig`;
}
