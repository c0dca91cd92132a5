import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodeOf, hintOf, InputError, messageOf, systemClock } from '@luban-ci/core';
import { createRegistryClient, credentialsFromDockerConfig, type RegistryClient } from '@luban-ci/images';
import { architectureOf, buildBuilder } from './build-builder.ts';
import { buildStack, type Making, pushStack } from './build-stack.ts';
import { containerProgram, runFor, worksIn } from './container-program.ts';
import { imageNames } from './image-names.ts';
import { packageBuildpack } from './package-buildpack.ts';
import { pinBases } from './pin-bases.ts';
import { Flavour, readVersions, versionsFile } from './versions.ts';

/**
 * For make: builds and pushes what is in `stack/`.
 *
 *   main.ts stack-build | stack-push | builder-build | builder-push | buildpack-package | pin
 *
 * FLAVOUR is `al2023` or `debian`; PLATFORM is `linux/amd64` or `linux/arm64`; BUILDPACK_IMAGE names the packaged buildpack.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const given = process.env;
const environment = Object.fromEntries(
  Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
);

try {
  await main(process.argv[2] ?? '');
} catch (error) {
  process.stderr.write(`${[messageOf(error), hintOf(error)].filter(Boolean).join('\n→ ')}\n`);
  process.exitCode = exitCodeOf(error);
}

async function main(target: string): Promise<void> {
  const versions = await readVersions(root);
  const platform = given['PLATFORM'] || 'linux/amd64';
  const flavour = Flavour.safeParse(given['FLAVOUR'] || 'al2023');
  if (!flavour.success) throw new InputError('FLAVOUR has to be al2023 or debian');
  if (!/^linux\/(amd64|arm64)$/.test(platform)) throw new InputError('PLATFORM has to be linux/amd64 or linux/arm64');
  const names = await imageNames(root, flavour.data, versions);
  const making = async (what: string): Promise<Making> => {
    const program = await containerProgram(what, worksIn(root, environment));
    return { root, versions, names, platform, program, run: runFor(root, environment) };
  };
  const targets: Record<string, () => Promise<unknown>> = {
    'stack-build': async () => buildStack(await making('build the stack')),
    'stack-push': async () => pushStack(await making('push the stack')),
    'builder-build': async () => buildBuilder(await making('build the builder'), environment),
    'builder-push': async () => {
      const { program, run } = await making('push the builder');
      await run(program, ['push', names.builder]);
    },
    'buildpack-package': async () => {
      const image = given['BUILDPACK_IMAGE'] || names.buildpack;
      const digest = await packageBuildpack(root, image, architectureOf(platform), environment, await registry());
      process.stdout.write(`${image}@${digest}\n`);
    },
    pin: async () => {
      const pinned = await pinBases(versions, await registry());
      await writeFile(join(root, versionsFile), `${JSON.stringify(pinned, undefined, 2)}\n`);
    },
  };
  const make = targets[target];
  if (make === undefined) throw new InputError(`There is no ${target}: ${Object.keys(targets).join(', ')}`);
  await make();
}

/** With the logins that docker and podman have. */
async function registry(): Promise<RegistryClient> {
  const folder = given['DOCKER_CONFIG'] || join(homedir(), '.docker');
  const text = await readFile(join(folder, 'config.json'), 'utf8').catch(() => undefined);
  return createRegistryClient({
    clock: systemClock,
    ...(text === undefined ? {} : { credentials: credentialsFromDockerConfig(text) }),
  });
}
