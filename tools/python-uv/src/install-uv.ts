import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { StepError } from '@luban-ci/core';
import { extract } from 'tar-stream';
import { isThere } from './detect.ts';
import { type Downloading, download } from './download.ts';
import { emptyLayer, keepLayer, openLayer } from './layer.ts';
import type { BuildPlace } from './place.ts';
import { type UvRelease, wantedUv } from './uv-release.ts';

/**
 * The program uv in a layer of its own: as it came back from an earlier build, or downloaded and checked. It is in the
 * image, too, so that `args: [uv, run, …]` of a container works.
 *
 * @returns absolute path of uv, and its release
 */
export async function installUv(
  place: BuildPlace,
  downloading: Downloading,
): Promise<{ program: string; release: UvRelease }> {
  const release = await wantedUv(place);
  const layer = await openLayer(place.layers, 'uv');
  const program = join(layer.path, 'bin', 'uv');
  const made = { version: release.version, target: release.target };
  const isSame = layer.metadata['version'] === made.version && layer.metadata['target'] === made.target;
  if (isSame && (await isThere(program))) place.log.info(`uv ${release.version} is there already`);
  else {
    const bytes = await fetchUv(release, downloading);
    await emptyLayer(layer);
    await mkdir(join(layer.path, 'bin'));
    await writeFile(program, bytes, { mode: 0o755 });
    place.log.info(`uv ${release.version} from ${release.url.host}`);
  }
  await keepLayer(layer, { build: true, launch: true, cache: true }, made);
  return { program, release };
}

async function fetchUv(release: UvRelease, downloading: Downloading): Promise<Uint8Array> {
  const wanted = release.sha256 ?? (await publishedChecksum(release, downloading));
  const archive = await download(release.url, downloading);
  const is = createHash('sha256').update(archive).digest('hex');
  if (is !== wanted) {
    throw new StepError(`${release.url.pathname} is not what was published: its sha256 is ${is}, and not ${wanted}`);
  }
  return programIn(archive, release);
}

/** The file beside a release: `<hex> *<name>`, as sha256sum writes it. */
async function publishedChecksum(release: UvRelease, downloading: Downloading): Promise<string> {
  const url = new URL(`${release.url}.sha256`);
  const [sum = ''] = Buffer.from(await download(url, downloading))
    .toString('utf8')
    .split(/\s/);
  if (/^[0-9a-f]{64}$/.test(sum)) return sum;
  throw new StepError(`${url.origin}${url.pathname} does not begin with a sha256`);
}

/** The archive has one folder, named for the target. */
async function programIn(archive: Uint8Array, { target, url }: UvRelease): Promise<Uint8Array> {
  const entries = extract();
  entries.end(gunzipSync(archive));
  for await (const entry of entries) {
    if (entry.header.name === `uv-${target}/uv`) return buffer(entry);
    entry.resume();
  }
  throw new StepError(`${url.pathname} does not hold uv-${target}/uv`);
}
