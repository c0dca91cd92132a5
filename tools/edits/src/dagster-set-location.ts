import { StepError } from '@luban-ci/core';
import {
  appendBlockItem,
  dataOf,
  insertEntry,
  parseYaml,
  removeItem,
  setScalar,
  setScalars,
  type YamlFile,
} from '@luban-ci/yaml-text';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { type Files, type RepositoryFile, sameFile, textFile, textOf } from './files.ts';
import { listGeneratedFile } from './generated-config-map.ts';
import { isRecord } from './image-places/image-place.ts';
import { kustomizationIn, kustomizationPaths, pathIn } from './kustomization.ts';
import { lazySchema } from './lazy-schema.ts';
import { RepositoryFolder } from './repository-path.ts';

/** Name of the file that Dagster is started with; https://docs.dagster.io calls it the workspace file. */
export const workspaceName = 'workspace.yaml';

/** Sets one code location in the workspace file of an overlay, or takes it out; the others stay as they are. */
export const DagsterSetLocation = lazySchema(() =>
  z.object({
    kind: z.literal('dagster-set-location'),
    version: z.literal(1),
    /** The overlay: its kustomization generates a ConfigMap of the workspace file. */
    folder: RepositoryFolder(),
    /** The ConfigMap that the platform mounts; named where the overlay does not generate it yet. */
    configMap: z.string().min(1),
    location: z.string().min(1),
    /** Where its server is; `null` takes the location out. */
    server: z.strictObject({ host: z.string().min(1), port: z.number().int().min(1).max(65_535) }).nullable(),
  }),
);
export type DagsterSetLocation = z.infer<ReturnType<typeof DagsterSetLocation>>;

export const dagsterSetLocation: EditKind<DagsterSetLocation> = {
  schema: DagsterSetLocation,
  isRecorded: false,
  pathsOf: ({ folder }) => [pathIn(folder, workspaceName), ...kustomizationPaths(folder)],
  apply: applyDagsterSetLocation,
  imagesOf: () => [],
};

/** A code location as a workspace file has it. Values are text as they are written; what is not written is left out. */
export interface DagsterLocation {
  name: string;
  host?: string;
  port?: string;
}

/**
 * The gRPC servers that a workspace file names, in order.
 *
 * @throws StepError when it is no workspace file
 */
export function readDagsterLocations(text: string, path: string): DagsterLocation[] {
  return serversIn(parseYaml(text, path)).map(({ name, host, port }) => ({
    name,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  }));
}

/** @throws InputError when the folder has no kustomization; StepError when a file cannot be edited safely */
function applyDagsterSetLocation(edit: DagsterSetLocation, files: Files): EditOutcome {
  const kustomization = kustomizationIn(files, edit.folder);
  const path = pathIn(edit.folder, workspaceName);
  const before = files.get(path);
  if (before === undefined && edit.server === null) return { outcome: 'unchanged', why: 'same content', notes: [] };
  const yaml = parseYaml(before === undefined ? emptyWorkspace : textOf(before, path), path);
  const wanted = new Map([[path, textFile(withLocation(yaml, edit).text, before?.executable)]]);
  if (before === undefined) wanted.set(kustomization, withWorkspace(files, kustomization, edit));
  const changes = new Map([...wanted].filter(([each, file]) => !sameFile(files.get(each), file)));
  if (changes.size === 0) return { outcome: 'unchanged', why: 'same content', notes: [] };
  return { outcome: 'changed', changes, notes: [] };
}

const emptyWorkspace = '# The code locations that the daemon and the webserver load.\nload_from: []\n';

function withWorkspace(files: Files, path: string, { configMap }: DagsterSetLocation): RepositoryFile {
  const file = files.get(path);
  const text = file === undefined ? '' : textOf(file, path);
  return textFile(listGeneratedFile(parseYaml(text, path), configMap, workspaceName).text, file?.executable);
}

function withLocation(yaml: YamlFile, { location, server }: DagsterSetLocation): YamlFile {
  const [only, second] = serversIn(yaml).filter(({ name }) => name === location);
  if (second !== undefined) throw new StepError(`${yaml.file} names the code location ${location} more than once`);
  if (server === null) return only === undefined ? yaml : removeItem(yaml, ['load_from'], only.at);
  return only === undefined ? withNewServer(yaml, location, server) : withServer(yaml, only, server);
}

type Server = NonNullable<DagsterSetLocation['server']>;

/** Dagster reads the port as a number, so it is written without quotes. */
function withNewServer(yaml: YamlFile, name: string, { host, port }: Server): YamlFile {
  const entry = { grpc_server: { host, port: String(port), location_name: name } };
  const data = dataOf(yaml);
  const isListed = isRecord(data) && 'load_from' in data;
  const listed = isListed ? appendBlockItem(yaml, ['load_from'], entry) : insertEntry(yaml, [], 'load_from', [entry]);
  const at = serversIn(listed).find((each) => each.name === name)?.at ?? 0;
  return setScalar(listed, ['load_from', at, 'grpc_server', 'port'], port);
}

function withServer(yaml: YamlFile, { at, host, port }: ServerAt, server: Server): YamlFile {
  const place = ['load_from', at, 'grpc_server'];
  const wanted = [
    { key: 'host', before: host, value: server.host },
    { key: 'port', before: port, value: server.port },
  ];
  const differing = wanted.filter(({ before, value }) => before !== String(value));
  const there = differing.filter(({ before }) => before !== undefined);
  const changed = setScalars(
    yaml,
    there.map(({ key, value }) => ({ path: [...place, key], value })),
  );
  return differing
    .filter(({ before }) => before === undefined)
    .reduce(
      (current, { key, value }) => setScalar(insertEntry(current, place, key, String(value)), [...place, key], value),
      changed,
    );
}

interface ServerAt extends DagsterLocation {
  /** Position in `load_from`. */
  at: number;
}

/** Other kinds of locations (a module, a file) have no server; they are left alone. */
function serversIn(yaml: YamlFile): ServerAt[] {
  const data = dataOf(yaml) ?? {};
  const listed: unknown = isRecord(data) ? (data['load_from'] ?? []) : undefined;
  const items = listed === '' ? [] : listed;
  if (!Array.isArray(items)) {
    throw new StepError(`${yaml.file} is no workspace file of Dagster: it has no list as load_from`);
  }
  return items.flatMap((item: unknown, at) => {
    const server = isRecord(item) ? item['grpc_server'] : undefined;
    if (!isRecord(server)) return [];
    const { host, port, location_name: given } = server;
    const name = typeof given === 'string' ? given : `grpc:${String(host)}:${String(port)}`;
    return [
      {
        ...{ name, at },
        ...(typeof host === 'string' ? { host } : {}),
        ...(typeof port === 'string' ? { port } : {}),
      },
    ];
  });
}
