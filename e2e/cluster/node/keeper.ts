import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '@luban-ci/process';
import { passOn } from './pass-on.ts';
import type { NodePlace } from './place.ts';
import { joinProcessGroup } from './process-group.ts';

/**
 * The one process that a node hangs on, outside of its namespaces: it holds the API server's port on loopback, and whatever
 * way it ends, the kernel ends the namespaces with all that runs in them.
 *
 *   keeper.ts <file with a NodePlace as JSON> <debian> <repository> <cache> <port>
 */
const [placeFile = '', debian = '', repository = '', cache = '', port = ''] = process.argv.slice(2);
const place: NodePlace = JSON.parse(await readFile(placeFile, 'utf8'));
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

joinProcessGroup(); // first, so that the node sees its own groups only
const namespaces = [
  '--net',
  '--mount',
  '--pid',
  '--ipc',
  '--uts',
  '--cgroup',
  '--fork',
  '--kill-child',
  '--mount-proc',
];
const enter = [here('enter.sh'), debian, place.state, repository, cache];
const supervise = [process.execPath, here('supervise.ts'), placeFile];
const node = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', ...namespaces, ...enter, ...supervise], {
  env: plainEnvironment(),
  stdio: ['ignore', 'inherit', 'inherit'],
});

const server = passOn(() => connect(join(place.state, 'api.sock')));
server.listen(Number(port), '127.0.0.1');

const [code, signal] = await once(node, 'exit');
process.stderr.write(`the node ended (${code ?? signal})\n`);
process.exit(1);
