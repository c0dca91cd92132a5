import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { plainEnvironment, runProgram, streamProgram } from '@luban-ci/process';
import { type FileTree, writeTree } from './file-tree.ts';
import { hasProgram } from './program-presence.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A real sshd on loopback that serves git to one key; gone with its repositories at the end of its scope. */
export interface SshServer extends AsyncDisposable {
  /** The private key that it takes. */
  key: string;
  /** Its line for `known_hosts`. */
  knownHosts: string;
  /** `[127.0.0.1]:<port>` */
  host: string;
  /** Address of a repository. */
  url(name: string): string;
  /** Makes a bare repository with one commit on its branch `main`. @returns its URL */
  create(name: string, files: FileTree): Promise<string>;
}

/** Absolute path of sshd, which wants to be started by it and is seldom in PATH; `undefined` where there is none. */
export function sshServerProgram(path = process.env['PATH'] ?? ''): string | undefined {
  const folder = [...path.split(delimiter), '/usr/sbin', '/usr/local/sbin'].find((each) => hasProgram('sshd', each));
  return folder === undefined ? undefined : join(folder, 'sshd');
}

export async function sshServer(program: string): Promise<SshServer> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const [key, hostKey] = [await newKey(folder.path, 'key'), await newKey(folder.path, 'host_key')];
  await writeFile(folder.at('config'), configOf(folder.path, port));
  // sshd that is run by root goes there before anybody has logged in, and Debian makes the folder at its start, too
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const stop = new AbortController();
  const args = ['-D', '-e', '-f', folder.at('config')];
  const env = plainEnvironment();
  const running = streamProgram(program, args, { cwd: folder.path, env, signal: stop.signal });
  running.stdout.resume();
  const said: string[] = [];
  running.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await untilItAnswers(port, said);
  const url = (name: string): string => `ssh://${userInfo().username}@127.0.0.1:${port}${folder.at(`${name}.git`)}`;
  return {
    key: key.privateKey,
    host: `[127.0.0.1]:${port}`,
    knownHosts: `[127.0.0.1]:${port} ${hostKey.publicKey}\n`,
    url,
    create: async (name, files) => {
      await createRepository(folder.at(`${name}.git`), files);
      return url(name);
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running.ended.catch(() => {});
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Only what a test needs; the modes of files below a temporary folder are none of its business. */
function configOf(folder: string, port: number): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(folder, 'host_key')}
PidFile none
AuthorizedKeysFile ${join(folder, 'key.pub')}
StrictModes no
AuthenticationMethods publickey
PermitRootLogin prohibit-password
`;
}

async function newKey(folder: string, name: string): Promise<{ privateKey: string; publicKey: string }> {
  const file = join(folder, name);
  await run(folder, 'ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
  const [kind, publicKey] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
  return { privateKey: await readFile(file, 'utf8'), publicKey: `${kind} ${publicKey}` };
}

async function createRepository(path: string, files: FileTree): Promise<void> {
  await using work = await temporaryFolder();
  await writeTree(work.path, files);
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@git.example'];
  await run(work.path, 'git', ['init', '--quiet', '--initial-branch=main', '.']);
  await run(work.path, 'git', ['add', '--all']);
  await run(work.path, 'git', [...author, 'commit', '--quiet', '--message=Start']);
  await run(work.path, 'git', ['clone', '--quiet', '--bare', '.', path]);
  await run(path, 'git', ['config', 'uploadpack.allowFilter', 'true']);
  await run(path, 'git', ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
}

async function run(cwd: string, program: string, args: readonly string[]): Promise<void> {
  const env = { ...plainEnvironment(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { exitCode, stderr } = await runProgram(program, args, { cwd, env });
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilItAnswers(port: number, said: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await isListening(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`sshd did not come up: ${said.join('')}`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    const answer = (is: boolean) => (): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}
