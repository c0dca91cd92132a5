import { agent, type HttpLine } from './http-line.ts';
import { type PackedObject, packOf } from './pack-file.ts';
import { bandsIn, lineIn, packet, packetsIn, sign } from './packet-lines.ts';

/** A ref as it shall be, on condition that it is as we read it; `undefined`: that it does not exist, or shall not. */
export interface RefUpdate {
  /** Full name. */
  ref: string;
  from: string | undefined;
  to: string | undefined;
}

/**
 * What a push came to, by state alone. `not sent`: the server had something else than we read, so it was not tried.
 * `refused`: the server answered so, perhaps to a second sending of what it had done already. `unknown`: no answer came, so
 * the push may have been done.
 */
export type PushAnswer =
  | { answer: 'done' }
  | { answer: 'refused' | 'unknown'; said: string }
  /** With what the server had, where we saw it. */
  | { answer: 'not sent'; said: string; refs?: ReadonlyMap<string, string> };

/** All updates or none, which the server has to be able to, or `each` as it can be done. */
export interface PushTerms {
  /** For hooks of the server: `git push --push-option`. */
  options: readonly string[];
  together: 'all' | 'each';
}

/** The `git-receive-pack` of one repository (gitprotocol-pack(5)): one request for what is there, one for what shall be. */
export interface Receiver {
  /**
   * @param objects what the server lacks
   * @returns `undefined` where it cannot be spoken to, so that nothing was sent
   */
  push(
    updates: readonly RefUpdate[],
    objects: readonly PackedObject[],
    terms: PushTerms,
  ): Promise<PushAnswer | undefined>;
}

/** What a server says before it is sent anything. */
interface Advertisement {
  refs: ReadonlyMap<string, string>;
  capabilities: readonly string[];
}

/** What servers have been able to do since there is pushing over HTTP; that they take thin packs is not sure. */
const usual: readonly string[] = ['report-status', 'side-band-64k', 'no-thin'];

export function receiverAt(line: HttpLine): Receiver {
  let capabilities: readonly string[] | undefined;
  return {
    push: async (updates, objects, terms) => {
      // that something does not exist yet the server sees for itself, so nothing is asked for that is known
      const isNew = updates.every(({ from }) => from === undefined);
      const assumed = capabilities ?? (line.hasAnswered && neededFor(updates, terms).length === 0 ? usual : undefined);
      const there =
        isNew && assumed !== undefined ? { refs: new Map(), capabilities: assumed } : await advertised(line);
      if (there?.capabilities.includes('report-status') !== true) return undefined;
      if (there.capabilities !== usual) capabilities = there.capabilities;
      const open = updates.filter(({ ref, to }) => to === undefined || there.refs.get(ref) !== to);
      const held = open.filter(({ ref, from }) => there.refs.get(ref) === from);
      if (held.length < open.length && (terms.together === 'all' || held.length === 0))
        return { answer: 'not sent', said: '', refs: there.refs };
      if (held.length === 0) return { answer: 'done' };
      if (!canDo(there, held, terms)) return { answer: 'unknown', said: '' };
      const answer = await sent(line, there, held, objects, terms);
      return answer.answer === 'done' && held.length < open.length ? { answer: 'refused', said: '' } : answer;
    },
  };
}

async function advertised(line: HttpLine): Promise<Advertisement | undefined> {
  const packets = await line.advertisement('git-receive-pack').then(packetsIn, () => undefined);
  if (packets?.at(-1) !== 'flush') return undefined;
  const lines = packets.flatMap((packet) => lineIn(packet) ?? []).filter((each) => !each.startsWith('# '));
  const [first = '', ...rest] = lines;
  const [ref = '', capabilities = ''] = first.split('\0');
  // a repository without refs has a line that names nothing, so that it can say what it can do
  const refs = [ref, ...rest]
    .map((each) => each.split(' '))
    .flatMap(([id, name]): [string, string][] =>
      id === undefined || name === undefined || name === 'capabilities^{}' ? [] : [[name, id]],
    );
  return { refs: new Map(refs), capabilities: capabilities.trim().split(' ') };
}

/** A server that cannot do what is asked of it ends the connection; so it need not be asked. */
function canDo({ capabilities }: Advertisement, updates: readonly RefUpdate[], terms: PushTerms): boolean {
  const removal = updates.some(({ to }) => to === undefined) ? ['delete-refs'] : [];
  return [...neededFor(updates, terms), ...removal].every((each) => capabilities.includes(each));
}

/** What the server has to be told that it shall do. */
function neededFor(updates: readonly RefUpdate[], { options, together }: PushTerms): string[] {
  return [
    ...(updates.length > 1 && together === 'all' ? ['atomic'] : []),
    ...(options.length > 0 ? ['push-options'] : []),
  ];
}

async function sent(
  line: HttpLine,
  { capabilities }: Advertisement,
  updates: readonly RefUpdate[],
  objects: readonly PackedObject[],
  terms: PushTerms,
): Promise<PushAnswer> {
  const hasBands = capabilities.includes('side-band-64k');
  const wanted = ['report-status', ...(hasBands ? ['side-band-64k'] : []), ...neededFor(updates, terms)];
  const none = '0'.repeat(40);
  const [first = '', ...more] = updates.map(({ ref, from = none, to = none }) => `${from} ${to} ${ref}`);
  const commands = [`${first}\0 ${wanted.join(' ')} agent=${agent}`, ...more].map(packet);
  const said = terms.options.length === 0 ? [] : [...terms.options.map(packet), sign('flush')];
  const head = Buffer.from([...commands, sign('flush'), ...said].join(''));
  const isRemoval = updates.every(({ to }) => to === undefined);
  const body = isRemoval ? head : Buffer.concat([head, packOf(objects, !capabilities.includes('no-thin'))]);
  const answer = line.ask('git-receive-pack', body).then((bytes) => reported(bytes, hasBands, updates));
  return await answer.catch(() => ({ answer: 'unknown', said: '' }));
}

/** `ok <ref>` or `ng <ref> <why>` for each; on the second band what hooks say, for people: nothing is decided by it. */
function reported(bytes: Buffer, hasBands: boolean, updates: readonly RefUpdate[]): PushAnswer {
  const { answer, said } = hasBands ? bandsIn(packetsIn(bytes)) : { answer: bytes, said: '' };
  const lines = packetsIn(answer).map(lineIn);
  const isOk = (ref: string): boolean => lines.includes(`ok ${ref}`);
  if (updates.every(({ ref }) => isOk(ref))) return { answer: 'done' };
  const isToldOf = updates.every(({ ref }) => isOk(ref) || lines.some((each) => each?.startsWith(`ng ${ref} `)));
  return { answer: isToldOf ? 'refused' : 'unknown', said: saidByHooks(said.split(/[\r\n]/)) };
}

/** What hooks said, as one line for people. */
export function saidByHooks(lines: readonly string[]): string {
  const words = lines.map((each) => each.trim());
  return words
    .filter((each) => each !== '')
    .join(' ')
    .slice(0, 500);
}
