import type { ImageWorkshop } from './images/build-images.ts';
import type { Workshop } from './programs/build-program.ts';

/** One way to a node of Kubernetes. */
export interface NodeKind {
  /** Names of programs and parts of the platform that it brings itself. */
  brings: ReadonlySet<string>;
  /** What holds the node that runs, in words. */
  holder(workshop: Workshop): Promise<string | undefined>;
  /**
   * Starts a node, and waits until it is ready for pods.
   *
   * @returns a kubeconfig that works on this machine
   * @throws StepError with the node's last words when it does not come up
   */
  start(workshop: ImageWorkshop): Promise<string>;
  /**
   * Ends the node, or clears away what a crash left of one.
   *
   * @returns whether there was one
   */
  stop(workshop: Workshop): Promise<boolean>;
}
