import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import type { ProgramResult } from '@luban-ci/process';
import { type Conversation, converse } from './conversation.ts';
import { type ConfigEntry, type GitCall, runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { type GitObject, type ObjectReader, readObjectsIn } from './object-reader.ts';

/** A private, bare repository in a temporary folder that fetches from one server only what is asked for. */
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
  const cwd = await mkdtemp(join(settings.temporaryFolder, 'luban-git-'));
  const line = openLine(() => converse(settings, remote, cwd), settings.signal);
  let reader: Promise<ObjectReader> | undefined;
  const read: WorkRepository['read'] = async (ids) => {
    reader ??= readObjectsIn(settings, cwd);
    return await (await reader).read(ids);
  };
  const remove = async (): Promise<void> => {
    await line.close();
    await (await reader)?.[Symbol.asyncDispose]();
    await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
  };
  const git: WorkRepository['git'] = (args, call = {}) =>
    runGit(settings, args, { ...call, cwd, remote, config: [...partial, ...(call.config ?? [])] });
  const local: WorkRepository['local'] = async (args, call = {}) => {
    const result = await runGit(settings, args, { ...call, cwd });
    if (result.exitCode === 0) return result.stdout;
    throw new StepError(`git ${args[0]} failed in a private repository: ${result.stderr.trim().split('\n').at(-1)}`);
  };
  try {
    await initialise(cwd);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: cwd, settings, remote, git, local, read, talk: line.talk, [Symbol.asyncDispose]: remove };
}

/** A conversation is begun with the first question, and once more after one that broke. */
function openLine(
  begin: () => Promise<Conversation | undefined>,
  signal: AbortSignal,
): { talk: WorkRepository['talk']; close(): Promise<void> } {
  let current: Promise<Conversation | undefined> | undefined;
  const close = async (): Promise<void> => {
    const ending = current;
    current = undefined;
    await (await ending?.catch(() => undefined))?.[Symbol.asyncDispose]();
  };
  const talk: WorkRepository['talk'] = async (question) => {
    try {
      current ??= begin();
      const conversation = await current;
      return conversation === undefined ? undefined : await question(conversation);
    } catch {
      signal.throwIfAborted();
      await close();
      return undefined;
    }
  };
  return { talk, close };
}

/** What `git init --bare` leaves, without starting a program for it (gitrepository-layout(5)). */
async function initialise(folder: string): Promise<void> {
  await Promise.all([mkdir(join(folder, 'objects')), mkdir(join(folder, 'refs'))]);
  await writeFile(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/unused\n');
}
