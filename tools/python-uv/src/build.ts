import { InputError } from '@luban-ci/core';
import { writeBillsOfMaterials } from './bill-of-materials.ts';
import { readBindings } from './bindings.ts';
import { writeDbtManifest } from './dbt-manifest.ts';
import { installUv } from './install-uv.ts';
import { writeLaunchFile } from './launch-file.ts';
import type { BuildPlace } from './place.ts';
import { readPyProject, startOf } from './project.ts';
import { sync } from './sync.ts';
import { openTrust } from './trust.ts';

/**
 * uv, then what it installs, then what is made with that, then how it all starts.
 *
 * @throws InputError when the project or the platform says something unusable; StepError when something fails
 */
export async function build(place: BuildPlace): Promise<void> {
  const { environment, log } = place;
  const project = await readPyProject(place.app);
  if (project === undefined) throw new InputError('There is no pyproject.toml, which uv needs');
  startOf(project); // what is wrong with it is said before minutes have passed
  await using trust = await openTrust(await readBindings(place));
  for (const { password } of trust.logins) place.hide(password);
  const uv = await installUv(place, { ...place, logins: trust.logins });
  const synced = await sync(uv.program, { ...environment, ...trust.environment }, place);
  if (await writeDbtManifest(synced, place)) log.info('the dbt manifest is in the image');
  const count = await writeBillsOfMaterials(synced.venv.path, uv.release, place);
  log.info(`${count} packages are installed`);
  const start = await writeLaunchFile(project, place);
  if (start === undefined) {
    log.warn('nothing says how the application starts: add [project.scripts], or give the container its args');
  } else log.info(`starts with ${start.script ?? 'what the container says in its args'}`);
}
