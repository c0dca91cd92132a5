import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle, bundles } from '@luban-ci/bundle';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type FileTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { type ReleaseServer, releaseServer } from './release-server.fixture.ts';

/** What a project brings that was locked. */
export const locked = { '.uv-version': '1.2.3\n', 'uv.lock': 'version = 1\n' };

/** An application with two scripts. */
export const cart = {
  ...locked,
  'pyproject.toml':
    '[project]\nname = "cart"\nversion = "0.4.0"\n\n[project.scripts]\nserve = "cart:serve"\nstart = "cart:start"\n',
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The buildpack as it ships, and places to build in: an application, layers that stay, a platform. */
export interface BuildWorld extends AsyncDisposable {
  releases: ReleaseServer;
  /** Folder of the buildpack. */
  buildpack: string;
  /** A new application with nothing built yet. */
  place(files: FileTree): Promise<TestPlace>;
}

export interface TestPlace {
  app: string;
  layers: string;
  platform: string;
  /** Runs `bin/detect`. */
  detect(): Promise<Ended>;
  /** Runs `bin/build`; further variables are those that a platform gives. */
  build(environment?: Record<string, string>): Promise<Ended>;
  /** What the stand-in for uv was asked, one line for each time. */
  asked(): Promise<string[]>;
  layerText(path: string): Promise<string>;
}

export interface Ended {
  exitCode: number;
  text: string;
}

export async function buildWorld(): Promise<BuildWorld> {
  const folder = await temporaryFolder();
  const buildpack = folder.at('buildpack');
  await cp(join(root, 'buildpacks/python-uv'), buildpack, { recursive: true });
  await mkdir(join(buildpack, 'lib'), { recursive: true });
  const programs = await buildBundle(root, bundles.buildpack);
  for (const [name, text] of Object.entries(programs)) await writeFile(join(buildpack, 'lib', name), text);
  const releases = await releaseServer();
  const count = { places: 0 };
  return {
    releases,
    buildpack,
    place: async (files) => {
      count.places += 1;
      const at = (name: string): string => folder.at(`place-${count.places}`, name);
      await writeTree(at('app'), files);
      await Promise.all(['layers', 'platform/env'].map((name) => mkdir(at(name), { recursive: true })));
      return testPlace(buildpack, { app: at('app'), layers: at('layers'), platform: at('platform') }, releases);
    },
    [Symbol.asyncDispose]: async () => {
      await releases[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

type Folders = Pick<TestPlace, 'app' | 'layers' | 'platform'>;

function testPlace(buildpack: string, folders: Folders, releases: ReleaseServer): TestPlace {
  const { app, layers, platform } = folders;
  const told = `${layers}.told`;
  const run = async (phase: string, args: string[], environment: Record<string, string>): Promise<Ended> => {
    const node = join(process.execPath, '..');
    const plain = plainEnvironment();
    const env = { ...plain, PATH: `${node}:${plain['PATH']}`, TOLD: told, ...environment };
    const { exitCode, stdout, stderr } = await runProgram(join(buildpack, 'bin', phase), args, { cwd: app, env });
    return { exitCode, text: stdout + stderr };
  };
  return {
    ...folders,
    detect: () => run('detect', [platform, `${layers}.plan`], {}),
    build: (environment = {}) =>
      run('build', [layers, platform, `${layers}.plan`], { BP_UV_RELEASE_BASE_URL: releases.url, ...environment }),
    asked: async () => (await readFile(told, 'utf8').catch(() => '')).trimEnd().split('\n'),
    layerText: (path) => readFile(join(layers, path), 'utf8'),
  };
}

/** A Secret of a platform, as it is mounted. */
export async function bind(place: TestPlace, name: string, entries: Record<string, string>): Promise<void> {
  await writeTree(join(place.platform, 'bindings', name), entries);
}
