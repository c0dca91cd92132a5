import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import type { ProgramResult } from '@luban-ci/process';
import { type Conversation, converse, OtherProtocolError } from './conversation.ts';
import { type ConfigEntry, type GitCall, runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { heldObjects } from './held-objects.ts';
import { type HttpLine, httpLine } from './http-line.ts';
import type { GitObject } from './object-reader.ts';
import { type Receiver, receiverAt } from './receive-pack.ts';

/**
 * A private, bare repository that fetches from one server only what is asked for. Objects are held in memory; they go into
 * its folder when a git is started in it.
 */
export interface WorkRepository extends AsyncDisposable {
  /** Absolute path. */
  readonly folder: string;
  readonly settings: GitSettings;
  readonly remote: GitUrl;
  /** Runs git in it with access to the server. */
  git(args: readonly string[], call?: Omit<GitCall, 'cwd' | 'remote'>): Promise<ProgramResult>;
  /** The same without access to the server; @throws StepError when git fails, which then is a defect or a full disk. */
  local(args: readonly string[], call?: Omit<GitCall, 'cwd' | 'remote'>): Promise<string>;
  /** Objects by id; what is not here is not in the answer. */
  read(ids: readonly string[]): Promise<Map<string, GitObject>>;
  /** Holds what the server has sent. */
  keep(pack: Buffer): void;
  /** Holds a new object. @returns its id */
  write(object: GitObject): string;
  /** Takes pushes without a git; `undefined` where only git gets through. */
  readonly receiver: Receiver | undefined;
  /**
   * Asks the server in a conversation that goes on from question to question.
   *
   * @returns `undefined` where there is none, or it broke: then git itself has to be asked, and finds out why
   */
  talk<Answer>(question: (conversation: Conversation) => Promise<Answer>): Promise<Answer | undefined>;
}

/**
 * The server has what is not here. Only a git that may ask it knows that: the others would start one that asks in vain.
 * The filter is the usual one, without which `git fetch --filter` writes its own into the configuration.
 */
const partial: readonly ConfigEntry[] = [
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', 'blob:none'],
];

export async function openWorkRepository(settings: GitSettings, remote: GitUrl): Promise<WorkRepository> {
  const folder = await mkdtemp(join(settings.temporaryFolder, 'luban-git-'));
  const line = httpLine(settings, remote);
  const held = heldObjects(settings, folder);
  const run = (args: readonly string[], call: Omit<GitCall, 'cwd'>): Promise<ProgramResult> =>
    runGit(settings, args, { ...call, cwd: folder });
  const toFolder = (): Promise<void> =>
    held.toFolder(async (input, options) => succeeded(await run(['index-pack', '--stdin', ...options], { input })));
  const git: WorkRepository['git'] = async (args, call = {}) => {
    await toFolder();
    return await run(args, { ...call, remote, config: [...partial, ...(call.config ?? [])] });
  };
  const local: WorkRepository['local'] = async (args, call = {}) => {
    await toFolder();
    return succeeded(await run(args, call), args[0]);
  };
  const remove = async (): Promise<void> => {
    line?.[Symbol.dispose]();
    await held[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await initialise(folder);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    ...{ folder, settings, remote, git, local },
    ...{ read: held.read, keep: held.keep, write: held.write },
    receiver: line === undefined ? undefined : receiverAt(line),
    talk: line === undefined ? async () => undefined : talkOn(line, settings.signal),
    [Symbol.asyncDispose]: remove,
  };
}

/** @returns what it said */
function succeeded({ exitCode, stdout, stderr }: ProgramResult, command = 'index-pack'): string {
  if (exitCode === 0) return stdout;
  throw new StepError(`git ${command} failed in a private repository: ${stderr.trim().split('\n').at(-1)}`);
}

/** Where nothing has come of so many questions in a row, nothing will. */
const mostFailures = 3;

function talkOn(line: HttpLine, signal: AbortSignal): WorkRepository['talk'] {
  const conversation = converse(line);
  let failures = 0;
  return async (question) => {
    if (failures >= mostFailures) return undefined;
    try {
      const answer = await question(conversation);
      failures = 0;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      failures = error instanceof OtherProtocolError ? mostFailures : failures + 1;
      return undefined;
    }
  };
}

/** What `git init --bare` leaves, without starting a program for it (gitrepository-layout(5)). */
async function initialise(folder: string): Promise<void> {
  await Promise.all([mkdir(join(folder, 'objects')), mkdir(join(folder, 'refs'))]);
  await writeFile(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/unused\n');
}
