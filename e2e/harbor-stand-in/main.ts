import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { startPlayground } from '@luban-ci/playground';

/** The playground's Harbor, which listens to its own machine alone, behind the cluster's certificate. */
const needed = (name: string): string => {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set`);
};
const users = [{ name: needed('HARBOR_USERNAME'), token: needed('HARBOR_PASSWORD'), admin: true }];
const playground = await startPlayground({ folder: needed('DATA'), users });
const certificates = needed('CERTIFICATES');
const [cert, key] = await Promise.all(['tls.crt', 'tls.key'].map((name) => readFile(`${certificates}/${name}`)));

createServer({ cert, key }, (asked, answer) => {
  const headers = { ...asked.headers, host: playground.registry };
  const passedOn = request(`${playground.url}${asked.url}`, { method: asked.method, headers }, (said) => {
    answer.writeHead(said.statusCode ?? 502, said.headers);
    said.pipe(answer);
  });
  passedOn.once('error', () => answer.destroy());
  asked.pipe(passedOn);
}).listen(8443);
