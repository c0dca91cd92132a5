import { type ByteReader, readBytes } from './byte-reader.ts';
import { startGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { packetLines, readPacket } from './packet-lines.ts';

/** What to have of a server, as gitprotocol-v2(5) words it. */
export interface PackRequest {
  /** Ids of objects. */
  wants: readonly string[];
  /** Commits that are here with all that belongs to them. */
  haves?: readonly string[];
  /** Commits that are here without their parents. */
  shallow?: readonly string[];
  /** As after `git fetch --filter`. */
  filter?: string;
  /** Commits from each that is wanted; without it whatever is not here yet. */
  depth?: number;
}

export interface Pack {
  /** For `git index-pack`. */
  bytes: Buffer;
  /** Commits in it whose parents are not. */
  shallow: string[];
  /** Commits that were so, and whose parents have come now. */
  unshallow: string[];
}

/**
 * A conversation with the `git-upload-pack` of one repository in version 2 of git's protocol: one process and one
 * connection for all questions, where `git ls-remote` and `git fetch` start some three programs for each and first ask
 * every time what the server can do.
 */
export interface Conversation extends AsyncDisposable {
  /** Ids of the refs that begin so, by full name; of an annotated tag that of what it tags. */
  listRefs(prefixes: readonly string[]): Promise<Map<string, string>>;
  /** `undefined` where the server refuses: not every server gives single objects, or knows every filter. */
  fetchPack(request: PackRequest): Promise<Pack | undefined>;
}

/**
 * Begins one with a server that is reached by HTTP. git's own helper holds the line (`stateless-connect`,
 * gitremote-helpers(7)), so that credentials, proxies and certificates are git's.
 *
 * @returns `undefined` where this protocol is not spoken
 * @throws Error when the server does not let us in, or nobody answers; so do its questions
 */
export async function converse(settings: GitSettings, remote: GitUrl, cwd: string): Promise<Conversation | undefined> {
  if (remote.protocol !== 'http' && remote.protocol !== 'https') return undefined;
  const program = await startGit(settings, [`remote-${remote.protocol}`, 'origin', remote.url], { cwd, remote });
  program.stderr.resume();
  const end = async (): Promise<void> => program[Symbol.asyncDispose]();
  try {
    program.stdin.write('stateless-connect git-upload-pack\n');
    const answers = readBytes(program.stdout);
    if ((await answers.line()) === 'fallback') return await end().then(() => undefined);
    const { lines: capabilities } = await readSection(answers);
    const canFilter = capabilities.some((line) => /^fetch=(.* )?filter( |$)/.test(line));
    const ask = (lines: readonly string[]): void => void program.stdin.write(packetLines(lines));
    return { ...questions(ask, answers, canFilter), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

function questions(
  ask: (lines: readonly string[]) => void,
  answers: ByteReader,
  canFilter: boolean,
): Pick<Conversation, 'listRefs' | 'fetchPack'> {
  const inTurn = oneAtATime();
  return {
    listRefs: (prefixes) =>
      inTurn(async () => {
        ask(['command=ls-refs', 'delimiter', 'peel', ...prefixes.map((prefix) => `ref-prefix ${prefix}`), 'flush']);
        return new Map((await readSection(answers)).lines.flatMap(refOf));
      }),
    fetchPack: (request) =>
      inTurn(async () => {
        ask(['command=fetch', 'delimiter', ...wordsOf(request, canFilter), 'done', 'flush']);
        return await readPack(answers).catch((error) => {
          if (error instanceof Refusal) return undefined;
          throw error;
        });
      }),
  };
}

function wordsOf({ wants, haves = [], shallow = [], filter, depth }: PackRequest, canFilter: boolean): string[] {
  return [
    'ofs-delta',
    'no-progress',
    ...shallow.map((id) => `shallow ${id}`),
    ...(depth === undefined ? [] : [`deepen ${depth}`]),
    ...(filter === undefined || !canFilter ? [] : [`filter ${filter}`]),
    ...wants.map((id) => `want ${id}`),
    ...haves.map((id) => `have ${id}`),
  ];
}

/** `<id> <name>`, and for a tag with an object of its own `peeled:<id>`. */
function refOf(line: string): [string, string][] {
  const [id = '', name, ...more] = line.split(' ');
  const peeled = more.find((each) => each.startsWith('peeled:'));
  return name === undefined ? [] : [[name, peeled?.slice('peeled:'.length) ?? id]];
}

/** The sections that matter here: which histories were cut, and the pack. */
async function readPack(answers: ByteReader): Promise<Pack> {
  const { lines, end } = await readSection(answers);
  if (end === 'packfile') return { bytes: await readBands(answers), shallow: [], unshallow: [] };
  if (end === 'flush') throw new Error(`the server sends no pack: ${lines.join(' ')}`);
  const ids = (word: string): string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const { bytes } = await readPack(answers);
  return { bytes, shallow: ids('shallow'), unshallow: ids('unshallow') };
}

/** The server says no, and may be asked something else. */
class Refusal extends Error {}

interface Section {
  lines: string[];
  end: 'flush' | 'delimiter' | 'packfile';
}

/** Lines up to the next sign, or up to the line after which there are no lines any more. */
async function readSection(answers: ByteReader): Promise<Section> {
  const lines: string[] = [];
  for (;;) {
    const packet = await readPacket(answers);
    if (packet === 'flush' || packet === 'delimiter') return { lines, end: packet };
    if (packet === 'response end') continue; // stands behind an answer; git before 2.28 does not send it
    const line = packet.toString('utf8').replace(/\n$/, '');
    if (line.startsWith('ERR ')) throw new Refusal(line.slice('ERR '.length));
    if (line === 'packfile') return { lines, end: 'packfile' };
    lines.push(line);
  }
}

/** Each packet begins with the number of its band: 1 is the pack, 2 is for people, 3 says what went wrong. */
async function readBands(answers: ByteReader): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (;;) {
    const packet = await readPacket(answers);
    if (packet === 'flush') return Buffer.concat(parts);
    if (typeof packet === 'string') throw new Error('the server ends in the middle of a pack');
    if (packet[0] === 3) throw new Error(`the server says: ${packet.toString('utf8', 1).trim()}`);
    if (packet[0] === 1) parts.push(packet.subarray(1));
  }
}
