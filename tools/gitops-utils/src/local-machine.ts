import { randomBytes } from 'node:crypto';
import {
  type Catalog,
  createLockTable,
  type ImageMapping,
  type LocalMachine,
  type RunEvent,
} from '@luban-ci/argo-local';
import { systemClock } from '@luban-ci/core';
import { thisProgram } from './this-program.ts';

export interface MachineOptions {
  catalog: Catalog;
  /** Absolute; each workflow gets a folder below it. */
  folder: string;
  namespace: string;
  /** What else than our own image may run here. */
  images?: readonly ImageMapping[];
  environment: NodeJS.ProcessEnv;
  onEvent: (event: RunEvent) => void;
}

/** A machine on which the steps of our image are this program. The local API's kubeconfig lies where `folder` says. */
export function createLocalMachine(options: MachineOptions): LocalMachine {
  const luban = thisProgram();
  const ourImage: ImageMapping = {
    repository: 'gitops-utils',
    entrypoint: luban,
    commands: { luban },
    env: { LUBAN_KUBECONFIG: kubeconfigIn(options.folder) },
  };
  return {
    catalog: options.catalog,
    images: [ourImage, ...(options.images ?? [])],
    folder: options.folder,
    namespace: options.namespace,
    clock: systemClock,
    locks: createLockTable(),
    environment: options.environment,
    randomSuffix: () => randomBytes(4).toString('hex').slice(0, 5),
    onEvent: options.onEvent,
  };
}

export function kubeconfigIn(folder: string): string {
  return `${folder}/kubeconfig`;
}
