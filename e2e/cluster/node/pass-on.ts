import { createServer, type Server, type Socket } from 'node:net';

/** A server that passes each connection on to another one, as long as both last. */
export function passOn(reach: () => Socket): Server {
  return createServer((outside) => {
    const inside = reach();
    outside.pipe(inside).pipe(outside);
    outside.on('error', () => inside.destroy()).on('close', () => inside.destroy());
    inside.on('error', () => outside.destroy()).on('close', () => outside.destroy());
  });
}
