import type { HttpLine } from './http-line.ts';
import { checkPack } from './pack-file.ts';
import { bandsIn, lineIn, type Packet, packetLines, packetsIn } from './packet-lines.ts';

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
  /** As gitformat-pack(5) describes it; whole, and not thin. */
  bytes: Buffer;
  /** Commits in it whose parents are not. */
  shallow: string[];
  /** Commits that were so, and whose parents have come now. */
  unshallow: string[];
}

/**
 * A conversation with the `git-upload-pack` of one repository in version 2 of git's protocol: no program and one connection
 * for all questions, where `git ls-remote` and `git fetch` start some three programs for each and first ask every time what
 * the server can do.
 */
export interface Conversation {
  /** Ids of the refs that begin so, by full name; of an annotated tag that of what it tags. */
  listRefs(prefixes: readonly string[]): Promise<Map<string, string>>;
  /** `undefined` where the server refuses: not every server gives single objects, or knows every filter. */
  fetchPack(request: PackRequest): Promise<Pack | undefined>;
}

/** The server speaks another version of the protocol, or names objects otherwise, so that no question has an answer. */
export class OtherProtocolError extends Error {}

/**
 * Begins one. Nearly every server can do all that is asked here, so what it can do is asked for when something fails.
 * Questions throw an OtherProtocolError where this protocol is not spoken, and any other error when the server does not let
 * us in, or nobody answers.
 */
export function converse(line: HttpLine): Conversation {
  let known: Capabilities | undefined;
  const ask = async (lines: readonly string[]): Promise<Packet[]> =>
    packetsIn(await line.ask('git-upload-pack', Buffer.from(packetLines(lines))));
  const askForPack = async (request: PackRequest): Promise<Pack | undefined> =>
    packIn(await ask(['command=fetch', 'delimiter', ...wordsOf(request, known?.canFilter ?? true), 'done', 'flush']));
  const answerTo = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await question();
    } catch (error) {
      if (known !== undefined) throw error;
      known = await capabilitiesOf(line);
      return await question();
    }
  };
  return {
    listRefs: (prefixes) =>
      answerTo(async () => {
        const named = prefixes.map((prefix) => `ref-prefix ${prefix}`);
        const packets = await ask(['command=ls-refs', 'delimiter', 'peel', ...named, 'flush']);
        if (packets.at(-1) !== 'flush') throw new Error('the server ends in the middle of its refs');
        return new Map(packets.flatMap((packet) => refOf(lineIn(packet) ?? '')));
      }),
    fetchPack: async (request) => {
      const pack = await answerTo(() => askForPack(request));
      if (pack !== undefined || request.filter === undefined || known !== undefined) return pack;
      known = await capabilitiesOf(line);
      return known.canFilter ? undefined : await askForPack(request);
    },
  };
}

interface Capabilities {
  /** Whether packs can be had without some of the objects. */
  canFilter: boolean;
}

async function capabilitiesOf(line: HttpLine): Promise<Capabilities> {
  const lines = packetsIn(await line.advertisement('git-upload-pack')).map(lineIn);
  if (!lines.includes('version 2') || lines.includes('object-format=sha256'))
    throw new OtherProtocolError('the server does not speak version 2 of git’s protocol, with ids by SHA-1');
  return { canFilter: lines.some((each) => /^fetch=(.* )?filter( |$)/.test(each ?? '')) };
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

/** The sections that matter here: which histories were cut, and the pack. What is refused is one line. */
function packIn(packets: readonly Packet[]): Pack | undefined {
  const at = packets.findIndex((packet) => lineIn(packet) === 'packfile');
  const lines = packets.slice(0, at === -1 ? undefined : at).map((packet) => lineIn(packet) ?? '');
  if (lines.some((line) => line.startsWith('ERR '))) return undefined;
  if (at === -1) throw new Error(`the server sends no pack: ${lines.join(' ')}`);
  const parts = packets.slice(at + 1);
  if (!parts.includes('flush')) throw new Error('the server ends in the middle of a pack');
  const ids = (word: string): string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const bytes = bandsIn(parts).answer;
  checkPack(bytes);
  return { bytes, shallow: ids('shallow'), unshallow: ids('unshallow') };
}
