import type { Clock, Log } from '@luban-ci/core';
import type { Changes } from '@luban-ci/edits';
import type { SshAccess } from './ssh-access.ts';

/** How credentials reach git: as a header in its environment, or by a private file that is removed after each command. */
export type GitAccessMode = 'extraheader_basic' | 'credential_store';

/** Tokens that expire. */
export interface GitTokens {
  /** The one to send now. */
  current(): Promise<string>;
  /** Another one than `refused`, which the server has just answered with 401. */
  renewed(refused: string): Promise<string>;
}

/** Credentials for one server, sent to that origin and to no other. */
export interface GitAccess {
  /** Scheme, host and port: `https://git.example`. */
  origin: string;
  username: string;
  /** Password or token; or where one is had for each command, for tokens that expire. */
  token: string | GitTokens;
  mode: GitAccessMode;
}

/** Name and address on a commit. */
export interface Person {
  name: string;
  email: string;
}

/**
 * Whether writers may land each other's edits. Whoever may push any ref can ask for it, so on a protected branch it
 * takes a key that the writers share.
 */
export interface IntentSettings {
  /** Signs our intents; others are landed only with its signature. */
  key?: string;
  /** Asked when others are landing at the same time, at most once in a call. */
  mayFold(target: { url: string; branch: string }): Promise<boolean>;
  /** What servers take that do not take everything, so that the next run need not find out again. */
  memory?: IntentMemory;
}

/** How intents are left at a server: on refs of their own, as branches that are pushed quietly or plainly, or not at all. */
export const intentWays = ['custom refs', 'quiet branches', 'branches', 'none'] as const;
export type IntentWay = (typeof intentWays)[number];

/** Remembers a way by the address of the repository. What cannot be read or written is forgotten. */
export interface IntentMemory {
  recall(url: string): Promise<IntentWay | undefined>;
  keep(url: string, way: IntentWay): Promise<void>;
}

/** Commits made by a forge's API: for identities whose commits only the forge can sign. */
export interface ApiCommits {
  /** @throws StepError when a rule of the branch forbids it; RetryableError when the forge does not answer */
  commit(
    target: { url: string; branch: string },
    commit: {
      /** The commit that the changes were made for. */
      expectedHead: string;
      message: string;
      changes: Changes;
      /** Changed paths that do not exist there. */
      created: readonly string[];
      author: Person;
    },
  ): Promise<{ outcome: 'committed'; commit: string } | { outcome: 'moved' }>;
}

/** Everything the git client needs from outside. */
export interface GitSettings {
  access: readonly GitAccess[];
  /** The same for servers over ssh; one that is not named here is reached as the machine is set up. */
  ssh?: readonly SshAccess[];
  /** Variables for git, usually `plainEnvironment()`; those that steer git itself are left out. */
  environment: Readonly<Record<string, string>>;
  /** Absolute path of a folder for private repositories, each removed when its work is done. */
  temporaryFolder: string;
  log: Log;
  clock: Clock;
  signal: AbortSignal;
  /** From 0 up to 1, for jitter. */
  random: () => number;
  /** Who the commits are made by; authors are given with each commit. */
  committer: Person;
  /** `file:` addresses too; for tests and the playground. */
  allowFile: boolean;
  /** Without it nobody's edits are landed but our own. */
  intents?: IntentSettings;
  /** Lands through the forge's API instead of a push; then nobody's edits are landed but our own. */
  apiCommits?: ApiCommits;
}
