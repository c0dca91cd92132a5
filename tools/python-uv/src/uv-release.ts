import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, StepError } from '@luban-ci/core';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { BuildPlace } from './place.ts';

/** A release of uv, for one kind of machine. */
export interface UvRelease {
  version: string;
  /** `x86_64-unknown-linux-musl`: linked statically, so it runs on any distribution. */
  target: string;
  /** The archive. */
  url: URL;
  /** Of the archive in lower-case hex; undefined where only the file beside it tells. */
  sha256: string | undefined;
}

const Descriptor = z.looseObject({
  buildpack: z.looseObject({ version: z.string() }),
  metadata: z.looseObject({ uv: z.object({ version: z.string(), sha256: z.record(z.string(), z.string()) }) }),
});

const targets: Readonly<Record<string, string>> = {
  x64: 'x86_64-unknown-linux-musl',
  arm64: 'aarch64-unknown-linux-musl',
};

const published = 'https://github.com/astral-sh/uv/releases/download';

/**
 * The release that `.uv-version` names, else the one that `buildpack.toml` does.
 *
 * @throws InputError when `.uv-version` does not hold a version, or the mirror's address is none
 */
export async function wantedUv({ app, buildpack, environment }: BuildPlace): Promise<UvRelease> {
  const { metadata } = Descriptor.parse(parse(await readFile(join(buildpack, 'buildpack.toml'), 'utf8')));
  const asked = (await readFile(join(app, '.uv-version'), 'utf8').catch(() => '')).trim();
  if (asked !== '' && !/^\d+\.\d+\.\d+$/.test(asked)) {
    throw new InputError('.uv-version cannot be used', [
      { field: '.uv-version', expected: 'expected a release such as 0.12.16' },
    ]);
  }
  const version = asked === '' ? metadata.uv.version : asked;
  const target = targets[process.arch];
  if (target === undefined) throw new StepError(`There is no release of uv for ${process.arch} that runs everywhere`);
  return {
    version,
    target,
    url: addressOf(environment['BP_UV_RELEASE_BASE_URL'] || published, `${version}/uv-${target}.tar.gz`),
    sha256: version === metadata.uv.version ? metadata.uv.sha256[target] : undefined,
  };
}

function addressOf(base: string, path: string): URL {
  const url = URL.parse(`${base.replace(/\/+$/, '')}/${path}`);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new InputError('The mirror of uv cannot be used', [
    { field: 'BP_UV_RELEASE_BASE_URL', expected: 'expected an address that begins with https://' },
  ]);
}
