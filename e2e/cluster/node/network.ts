import { writeFile } from 'node:fs/promises';
import { run } from '../../run.ts';
import { addresses } from './addresses.ts';

/** A bridge for the node's own address, in a network namespace that has no other way out than loopback. */
export async function makeNetwork(): Promise<void> {
  await run('ip', ['link', 'set', 'lo', 'up']);
  await run('ip', ['link', 'add', 'node0', 'type', 'bridge']);
  await run('ip', ['address', 'add', `${addresses.node}/24`, 'dev', 'node0']);
  await run('ip', ['link', 'set', 'node0', 'up']);
  await run('ip', ['route', 'add', addresses.services, 'dev', 'node0', 'src', addresses.node]);
  await writeFile('/proc/sys/net/ipv4/ip_forward', '1');
  // Where the kernel can, what crosses a bridge passes the rules as well; where it has no such switch, it does so anyway.
  await writeFile('/proc/sys/net/bridge/bridge-nf-call-iptables', '1').catch(() => {});
}
