import type { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** Who asked for this run and where it can be read, for provenance records and trailers. */
export interface RunIdentity {
  /** Address of the run's own page, for example a GitHub Actions run. */
  url?: string;
  /** Account that asked for it. */
  requestedBy?: string;
}

/** What every step gets, whatever host runs it. There is no other way to the outside. */
export interface StepContext {
  /** Absolute path of the folder the step may read and write. */
  workspace: string;
  /** Absolute path of a folder for what is needed only while the step runs. */
  temporaryFolder: string;
  log: Log;
  /** Aborts on SIGTERM, SIGINT or when the deadline has passed. */
  signal: AbortSignal;
  /** Nothing outside the process may be changed; the result says what would have been. */
  dryRun: boolean;
  clock: Clock;
  run: RunIdentity;
  /** From now on this secret, which was issued and not given, is taken out of everything that is told. */
  hide?(secret: string): void;
}

/** Something a step may ask for by name in `needs`: a git client, a forge, a registry. */
export interface Capability<Shape extends z.ZodRawShape, Value> {
  id: string;
  /** What a step can do with it, as part of a security statement: `reads and writes git repositories`. */
  summary: string;
  /** Inputs that every step asking for it gets, such as credentials and addresses. */
  inputs: z.ZodObject<Shape>;
  create(inputs: z.output<z.ZodObject<Shape>>, ctx: StepContext): Promise<Value>;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of a capability is only known where it is defined
export type AnyCapability = Capability<any, unknown>;

/** Capabilities by the name a step uses in `needs`. */
export type Capabilities = Record<string, AnyCapability>;

export type CapabilityValue<C> = C extends { create(...given: never[]): Promise<infer Value> } ? Value : never;

/** A use of the step, as data: shown on its page and run by the examples test. */
export interface StepExample {
  /** What it shows, as a sentence. */
  title: string;
  /** Contract names with the values as a person would give them. */
  inputs: Record<string, unknown>;
}

/** Everything about a step except its story: flags, templates, actions, pages and schemas are printed from it. */
export interface StepContract<
  Inputs extends z.ZodObject = z.ZodObject,
  Outputs extends z.ZodObject = z.ZodObject,
  Needs extends string = string,
> {
  /** Verb phrase in kebab-case; also the name of its folder, action, template and page. */
  id: string;
  /** One sentence. */
  summary: string;
  inputs: Inputs;
  outputs: Outputs;
  /** Names of the capabilities that are injected into the context under the same name. */
  needs: readonly Needs[];
  /** Whether it changes anything outside its workspace; such a step honours `dryRun`. */
  writes: boolean;
  examples: readonly StepExample[];
}

export type InputsOf<Contract extends StepContract> = z.output<Contract['inputs']>;
export type OutputsOf<Contract extends StepContract> = z.output<Contract['outputs']>;

/** What a step answers with. Done already is a success with `changed: false`. */
export interface StepResult<Outputs> {
  changed: boolean;
  outputs: Outputs;
  /** One sentence: what happened, or why nothing had to. */
  summary: string;
  /** Unified diff of what was, or with `dryRun` would be, written. */
  diff?: string;
}
