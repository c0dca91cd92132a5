import type { Field, LogSink, RunIdentity, StepContract, StepResult } from '@luban-ci/core';

export type HostId = 'cli' | 'argo' | 'github-action' | 'gitlab-ci';

/** What surrounds a run: everything a host reads or writes passes through here. */
export interface Surroundings {
  /** Arguments after the step's name. */
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the current folder. */
  cwd: string;
  /** Absolute path of the folder for temporary files. */
  temporaryFolder: string;
  writeOut(text: string): void;
  writeErr(text: string): void;
  /** Whether a person watches standard error: colours and live progress only then. */
  isTerminal: boolean;
}

export interface GivenInputs {
  /** Values by contract name, coerced from text as far as the field's kind tells. */
  values: Record<string, unknown>;
  dryRun: boolean;
  /** Absolute path of the folder that the step works in. */
  workspace: string;
}

/** Where the story of a run is told, line by line. */
export interface StorySink {
  write: LogSink;
  /** Ends a group that is open, so that what is told next is not folded away with it. */
  endGroup(): void;
}

/** Where outputs and failures are told; texts are already free of secrets. */
export interface Outcome {
  contract: StepContract;
  /** Takes secrets out of text that a host prints itself. */
  redact(text: string): string;
}

/** One way to use a step. Every host has the same four parts, each in a file of that name. */
export interface Host {
  id: HostId;
  /** How this host spells an input, for messages: `--repo-url`, `repo_url`. */
  spell(field: string): string;
  readInputs(fields: readonly Field[], around: Surroundings): Promise<GivenInputs>;
  /** Called once with every secret value before anything is printed. */
  hide?(secret: string): void;
  writeOutputs(result: StepResult<Record<string, unknown>>, outcome: Outcome, around: Surroundings): Promise<void>;
  writeFailure(error: unknown, outcome: Outcome, around: Surroundings): Promise<void>;
  createSink(around: Surroundings): StorySink;
  identify(env: Surroundings['env']): RunIdentity;
}
