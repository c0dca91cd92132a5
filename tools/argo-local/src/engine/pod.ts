import type { Container, ScriptTemplate, Volume } from '@luban-ci/argo-workflows-schema';

/** One container that is about to run; all tags are filled in. */
export interface Pod {
  nodeId: string;
  nodeName: string;
  /** What `{{pod.name}}` says. */
  podName: string;
  container: Container | ScriptTemplate;
  /** The workflow's volumes and the template's own. */
  volumes: readonly Volume[];
  /** Names of the claims that live as long as the workflow. */
  claims: readonly string[];
  /** Files, as the container calls them, whose text is wanted afterwards. */
  outputPaths: readonly string[];
}

/** What Argo's executor ends with when a container's program is not there (cmd/argoexec/commands/emissary.go). */
export const programIsMissing = 64;

export interface PodResult {
  exitCode: number;
  stdout: string;
  /** Why it could not do its work, where its exit code does not say. */
  problem?: string;
  /** Text by the path that was asked for; a file that was not written is left out. */
  files: ReadonlyMap<string, string>;
}

/** Runs a container. Rejects with the signal's reason when it aborts; any other rejection means the pod could not run. */
export type RunPod = (pod: Pod, signal: AbortSignal) => Promise<PodResult>;
