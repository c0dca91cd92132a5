import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterTurns } from './cluster.ts';
import { alternately, type Sample } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const inProcess = 'luban, a process';
const inPod = 'luban, a pod';
const oneStep = 'luban, a workflow of one step';
const threeSteps = 'luban, a workflow of three steps';

/** What a pod, and Argo around it, add to a step: the same small one in a process, in a pod, and as a workflow. */
export async function benchStepInPod(place: BenchPlace): Promise<BenchResult> {
  const overlay = join(place.folder, 'overlay');
  await mkdir(overlay);
  await writeFile(join(overlay, 'kustomization.yaml'), 'images:\n  - name: cart # ours\n    newTag: 1.0.0\n');
  const step = ['kustomize-set-image', '--path', 'overlay', '--image', 'cart', '--image-tag', '1.0.0'];
  const env = { NODE_COMPILE_CACHE: join(place.folder, 'compiled') };
  const run = () => place.start(process.execPath, [place.luban, ...step], { env });
  const turns = { 'bare-pod': inPod, 'one-step': oneStep, 'three-steps': threeSteps };
  await using cluster = await clusterTurns(place, 'pod', turns);
  const contenders = [{ name: inProcess, run }, ...cluster.contenders];
  const samples = await alternately(contenders, { rounds: 3, warmUp: 1 });
  const costs = cluster.missing.length > 0 ? undefined : costsOf(samples);
  return {
    id: 'pod',
    title: 'kustomize-set-image, with nothing to do, from its start to its end',
    samples,
    missing: cluster.missing,
    remarks: costs === undefined ? {} : remarksOn(costs),
    bars: costs === undefined ? [] : [{ what: 'each further step', measured: costs.step, allowed: 10, unit: 's' }],
  };
}

/** Seconds, of medians. */
export interface StepCosts {
  /** Scheduling, volumes, network, the container's start, and that its end is noticed. */
  pod: number;
  /** What Argo adds to that: its controller, its own containers, and the workflow's beginning and end. */
  argo: number;
  /** A step more in a workflow that runs already. */
  step: number;
}

/** @param samples those of all four */
export function costsOf(samples: readonly Sample[]): StepCosts {
  const seconds = (name: string): number => medianNamed(samples, name) / 1000;
  return {
    pod: seconds(inPod) - seconds(inProcess),
    argo: seconds(oneStep) - seconds(inPod),
    step: (seconds(threeSteps) - seconds(oneStep)) / 2,
  };
}

function remarksOn({ pod, argo, step }: StepCosts): Record<string, string> {
  return {
    [inPod]: `${pod.toFixed(1)} s more than the process`,
    [oneStep]: `${argo.toFixed(1)} s more than the pod`,
    [threeSteps]: `${step.toFixed(1)} s for each further step`,
  };
}
