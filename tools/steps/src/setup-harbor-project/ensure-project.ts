import type { Harbor, HarborProject } from '@luban-ci/harbor';
import { type Ensured, type Removed, showDifference } from '@luban-ci/kube';

interface Visibility {
  name: string;
  isPublic: boolean;
  dryRun: boolean;
}

/** Written before the project, so that a run that is killed in between leaves word of what it was about to make. */
export function noteOf(project: string): string {
  return `luban-ci/${project}`;
}

/** The project, told as if it were an object; upstream-N5: its visibility is brought up to date too. */
export async function ensureProject(
  harbor: Harbor,
  { name, isPublic, dryRun }: Visibility,
): Promise<{ project: HarborProject | undefined; ensured: Ensured }> {
  const found = await harbor.findProject(name);
  const told = (outcome: Ensured['outcome']): Ensured => ({
    name: `HarborProject ${name}`,
    outcome,
    diff: showProject(name, found, outcome === 'unchanged' ? found : { isPublic }),
  });
  if (found?.isPublic === isPublic) return { project: found, ensured: told('unchanged') };
  if (dryRun) return { project: found, ensured: told(found === undefined ? 'created' : 'updated') };
  if (found !== undefined) {
    await harbor.setVisibility(found, isPublic);
    return { project: { ...found, isPublic }, ensured: told('updated') };
  }
  await harbor.createLabel(noteOf(name), 'This project was made by setup-harbor-project of Luban CI');
  const { value } = await harbor.createProject(name, { isPublic });
  return { project: value, ensured: told('created') };
}

/** The project goes when we made it and it is empty; what it holds is nobody's to lose. */
export async function removeProject(harbor: Harbor, name: string, dryRun: boolean): Promise<Removed[]> {
  const [project, note] = [await harbor.findProject(name), await harbor.findLabel(noteOf(name))];
  const told = (outcome: Removed['outcome'], why = ''): Removed => ({
    name: `HarborProject ${name}${why}`,
    outcome,
    diff: outcome === 'removed' ? showProject(name, project, undefined) : '',
  });
  if (project === undefined) {
    if (note !== undefined && !dryRun) await harbor.deleteLabel(note);
    return [told('absent')];
  }
  if (note === undefined) return [told('foreign')];
  const why = await harbor.whyNotDeletable(project);
  if (why !== undefined) return [told('foreign', ` (${why})`)];
  if (!dryRun) {
    await harbor.deleteProject(project);
    await harbor.deleteLabel(note);
  }
  return [told('removed')];
}

function showProject(
  name: string,
  before: { isPublic: boolean } | undefined,
  after: { isPublic: boolean } | undefined,
): string {
  if (before === after) return '';
  const fields = (each: { isPublic: boolean } | undefined) =>
    each === undefined ? undefined : { isPublic: each.isPublic };
  return showDifference({ kind: 'HarborProject', name }, fields(before), fields(after));
}
