import { chmod, readdir, readFile } from 'node:fs/promises';
import { InputError } from '@luban-ci/core';
import { plainEnvironment } from '@luban-ci/process';
import { capturedLog, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createGit } from './create-git.ts';
import { parseGitUrl } from './git-url.ts';
import { testSettings } from './settings.fixture.ts';
import { type SshAccess, shellWord, sshAccessTo, sshAddress } from './ssh-access.ts';
import { secretLines } from './watched-programs.fixture.ts';

const hostKey = 'AAAAC3NzaC1lZDI1NTE5AAAAIAm0vTnUOUsX3aBJI1KcLILo9smyI43O6/QcpMbEoZL+';
const knownHosts = `git.example ssh-ed25519 ${hostKey}\n`;
const url = 'git@git.example:payment/app.git';

/** In OpenSSH's format, made of its parts: without ssh-keygen, and not a key to anything. */
function keyWith(cipher: string): string {
  const name = Buffer.from(cipher);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  const rest = Buffer.from('a-key-nobody-may-see-and-nobody-has-a-lock-for');
  const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), length, name, rest]).toString('base64');
  const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} OPENSSH PRIVATE KEY-----`);
  return `${begin}\n${body.replace(/.{70}/g, '$&\n')}\n${end}\n`;
}

const privateKey = keyWith('none');

/** Answers what an `ssh` that writes down how it was started, and what was in the files it was given, has seen. */
async function seenBySsh(address: string, given: Omit<SshAccess, 'server'>, temporaryName = 'temporary') {
  await using folder = await temporaryFolder();
  const script = `#!/bin/sh
[ -e '${folder.at('argv')}' ] && exit 255
printf '%s\\n' "$@" > '${folder.at('argv')}'
env > '${folder.at('environ')}'
for file in ${shellWord(folder.at(temporaryName))}/luban-ssh-*/*; do
  stat -c '%a' "$file" >> '${folder.at('modes')}'
  cat "$file" >> '${folder.at('contents')}'
done
exit 255
`;
  await writeTree(folder.path, { 'bin/ssh': script, [`${temporaryName}/.keep`]: '', modes: '', contents: '' });
  await chmod(folder.at('bin', 'ssh'), 0o755);
  const log = capturedLog();
  const environment = plainEnvironment();
  const settings = testSettings(
    { origin: '' },
    {
      access: [],
      ssh: sshAccessTo(parseGitUrl(url, false), given),
      environment: { ...environment, PATH: `${folder.at('bin')}:${environment['PATH']}` },
      temporaryFolder: folder.at(temporaryName),
      log: log.log,
    },
  );
  const failure = await createGit(settings)
    .listRefs(address)
    .catch((error: unknown) => String(error));
  const read = async (name: string): Promise<string> => await readFile(folder.at(name), 'utf8');
  const placed = (text: string): string => text.replaceAll(/\/\S*luban-ssh-\w+/g, '<folder>');
  return {
    options: placed(await read('argv'))
      .split('\n')
      .filter((line) => /^-[oF]./.test(line) && !line.startsWith('-oS') && !line.startsWith('-oC')),
    strict: (await read('argv')).includes('-oStrictHostKeyChecking=yes\n'),
    modes: await read('modes'),
    contents: await read('contents'),
    left: await readdir(folder.at(temporaryName)),
    traces: [await read('argv'), await read('environ'), log.text(), String(failure)].join('\n'),
  };
}

describe('ssh is started', () => {
  test('with the key and the known hosts in private files, and with nothing else of the machine', async () => {
    const seen = await seenBySsh(url, { privateKey, knownHosts });

    expect(seen.options).toEqual([
      '-oBatchMode=yes',
      '-Fnone',
      '-oIdentitiesOnly=yes',
      '-oIdentityAgent=none',
      '-oPreferredAuthentications=publickey',
      '-oUpdateHostKeys=no',
      '-oIdentityFile="<folder>/key"',
      '-oUserKnownHostsFile="<folder>/known_hosts"',
      '-oGlobalKnownHostsFile=/dev/null',
    ]);
    expect(seen.strict).toBe(true);
    expect(seen.modes).toBe('600\n600\n');
    expect(seen.contents).toBe(`${privateKey}${knownHosts}`);
    expect(seen.left).toEqual(['.keep']);
    expect(secretLines(privateKey).filter((line) => seen.traces.includes(line))).toEqual([]);
    expect(seen.traces).not.toContain(hostKey);
  });

  test('as the machine is set up where nothing is given, and unknown hosts are refused all the same', async () => {
    const seen = await seenBySsh(url, {});

    expect(seen.options).toEqual(['-oBatchMode=yes']);
    expect(seen.strict).toBe(true);
  });

  test('without the key of another server', async () => {
    const seen = await Promise.all(
      ['git@git.example.evil:a/b', 'ssh://git@git.example:2222/a/b', 'ssh://git@example/git.example:22'].map(
        (address) => seenBySsh(address, { privateKey, knownHosts }),
      ),
    );

    expect(seen.map(({ options, contents }) => [options, contents])).toEqual(
      Array.from({ length: 3 }, () => [['-oBatchMode=yes'], '']),
    );
  });

  test('with the key for every spelling of its server', async () => {
    const spellings = [url, 'deploy@git.example:other', 'ssh://git@GIT.example/a', 'ssh://git@git.example:22/a'];

    const seen = await Promise.all(spellings.map((address) => seenBySsh(address, { privateKey })));

    expect(seen.map(({ contents }) => contents)).toEqual(spellings.map(() => privateKey));
  });

  test('with files in a folder whatever it is called', async () => {
    const seen = await seenBySsh(url, { privateKey }, "o'clock $(id) 100%h");

    expect(seen.contents).toBe(privateKey);
    expect(seen.traces).toContain("o'clock $(id) 100%%h");
  });
});

test.each([
  ['git@git.example:v3/a/b', { destination: 'git@git.example', host: 'git.example', port: 22, path: 'v3/a/b' }],
  ['ssh://git.example/a/b', { destination: 'git.example', host: 'git.example', port: 22, path: '/a/b' }],
  [
    'ssh://me@git.example:2222/~me/b',
    { destination: 'me@git.example', host: 'git.example', port: 2222, path: '~me/b' },
  ],
  [
    'ssh://me@[fe80:0:0:0:0:0:0:1]:2222/b%20c',
    { destination: 'me@fe80::1', host: 'fe80::1', port: 2222, path: '/b c' },
  ],
])('the address %s is taken apart', (address, expected) => {
  expect(sshAddress(parseGitUrl(address, false))).toEqual(expected);
});

describe('a key', () => {
  const pem = (kind: string, lines: string): string =>
    `-----BEGIN ${kind}PRIVATE KEY-----\n${lines}\n-----END ${kind}PRIVATE KEY-----\n`;
  const refusal = (given: Omit<SshAccess, 'server'>): unknown => {
    try {
      return sshAccessTo(parseGitUrl(url, false), given);
    } catch (error) {
      return error instanceof InputError ? [error.fields[0]?.field, error.message] : error;
    }
  };

  test.each([
    keyWith('aes256-ctr'),
    pem('ENCRYPTED ', 'MIIC'),
    pem('RSA ', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIC'),
  ])('with a passphrase is refused, for nobody is there to type it', (key) => {
    expect(refusal({ privateKey: key })).toEqual(['gitSshKey', 'The key for git over ssh wants a passphrase']);
  });

  test.each(['', '~/.ssh/id_ed25519', `ssh-ed25519 ${hostKey} me`, privateKey.split('\n').slice(0, 2).join('\n')])(
    'that is none is refused',
    (key) => {
      expect(refusal({ privateKey: key })).toEqual(['gitSshKey', 'The key for git over ssh is not a private key']);
    },
  );

  test('that lost a part is refused', () => {
    expect(refusal({ privateKey: pem('OPENSSH ', 'AAAA') })).toEqual([
      'gitSshKey',
      'The key for git over ssh is damaged',
    ]);
  });

  test.each([pem('', 'MIIC'), pem('RSA ', 'MIIC'), pem('EC ', 'MIIC')])('in PEM is taken as it is', (key) => {
    expect(refusal({ privateKey: key })).toEqual([{ server: 'git.example:22', privateKey: key }]);
  });

  test.each(['', '# nothing', `ssh-ed25519 ${hostKey}`, 'git.example', `${knownHosts}yes`])(
    'of a host in lines that are none of known_hosts is refused: %j',
    (hosts) => {
      expect(refusal({ knownHosts: hosts })).toEqual(['gitKnownHosts', 'The known hosts for git cannot be read']);
    },
  );

  test('is no access for an address that is not for ssh', () => {
    expect(sshAccessTo(parseGitUrl('https://git.example/a', false), { privateKey })).toEqual([]);
  });
});
