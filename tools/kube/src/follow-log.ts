import { Writable } from 'node:stream';
import { type KubeConfig, Log } from '@kubernetes/client-node';

/** Hands on whole lines of a container's log as they come, until it ends. */
export async function followLog(
  config: KubeConfig,
  pod: { namespace: string; name: string; container: string },
  onLine: (line: string) => void,
): Promise<void> {
  const lines = lineStream(onLine);
  const ended = new Promise<void>((resolve) => lines.once('close', resolve));
  await new Log(config).log(pod.namespace, pod.name, pod.container, lines, { follow: true });
  await ended;
}

function lineStream(onLine: (line: string) => void): Writable {
  const kept = { rest: '' };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const parts = `${kept.rest}${chunk.toString()}`.split('\n');
      kept.rest = parts.pop() ?? '';
      parts.forEach(onLine);
      done();
    },
    final(done) {
      if (kept.rest !== '') onLine(kept.rest);
      done();
    },
  });
}
