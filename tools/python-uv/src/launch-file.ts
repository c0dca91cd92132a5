import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import type { BuildPlace } from './place.ts';
import { type PyProject, type Start, startOf } from './project.ts';

/** What `env` does: it looks a program up in PATH and becomes it. No shell reads the words. */
const direct = ['env', '--'];

/**
 * Says how the image starts, and which labels it has.
 *
 * The one process `web` has its script as arguments, because those of a container (`args`) take their place: so
 * `args: [uv, run, uvicorn, main:app]` starts uvicorn, in the environment that the launcher has set up.
 *
 * @returns how it starts
 */
export async function writeLaunchFile(project: PyProject, place: BuildPlace): Promise<Start | undefined> {
  const start = startOf(project);
  const args = start?.script === undefined ? [] : [start.script];
  const processes = start === undefined ? [] : [{ type: 'web', command: direct, args, default: true }];
  const labels = Object.entries(labelsOf(project, place)).map(([key, value]) => ({ key, value }));
  await writeFile(join(place.layers, 'launch.toml'), stringify({ processes, labels }));
  return start;
}

/** Names of the OCI image specification (annotations.md); what a platform says of the source wins over the project. */
function labelsOf({ project }: PyProject, { environment }: BuildPlace): Record<string, string> {
  const labels = {
    'org.opencontainers.image.title': project?.name,
    'org.opencontainers.image.version': environment['BP_OCI_VERSION'] || project?.version,
    'org.opencontainers.image.description': project?.description,
    'org.opencontainers.image.source': environment['BP_OCI_SOURCE'],
    'org.opencontainers.image.revision': environment['BP_OCI_REVISION'],
  };
  const said = Object.entries(labels).filter((entry): entry is [string, string] => !!entry[1]);
  return Object.fromEntries(said);
}
