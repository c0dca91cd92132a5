import type { Compared } from './compare.ts';

/** All that was compared. */
export interface DriftReport {
  drift: boolean;
  /** Whether everything could be compared. */
  complete: boolean;
  comparisons: Compared[];
  /** Projects of which nothing says how they should be. */
  unsaid: string[];
}

export function reportOf(comparisons: Compared[], unsaid: string[]): DriftReport {
  return {
    drift: comparisons.some(({ objects }) => objects.length > 0),
    complete: comparisons.every(({ problem }) => problem === undefined),
    comparisons,
    unsaid,
  };
}

/** The report for people: what is as it should be in one line, what is not with its difference. */
export function reportText({ comparisons, unsaid }: DriftReport): string {
  const drifted = comparisons.filter(({ objects }) => objects.length > 0);
  const failed = comparisons.filter(({ problem }) => problem !== undefined);
  const lines = [
    ...drifted.flatMap((each) => [
      titleOf(each),
      ...each.objects.map(({ how, name }) => `  ${how.padEnd('different'.length)}  ${name}`),
      ...each.diff.split('\n').flatMap((line) => (line === '' ? [] : [`  ${line}`])),
      '',
    ]),
    ...failed.map((each) => `${titleOf(each)} could not be compared: ${each.problem}`),
    ...unsaid.map((project) => `luban-projects does not say how the project ${project} should be`),
    summaryOf(comparisons.length - failed.length, drifted.flatMap(({ objects }) => objects).length, failed.length),
  ];
  return `${lines.join('\n')}\n`;
}

function titleOf({ step, project, application, environment }: Compared): string {
  const what = application === undefined ? project : `${project}/${application}`;
  return `${what}${environment === undefined ? '' : ` in ${environment}`} (${step})`;
}

function summaryOf(compared: number, objects: number, failed: number): string {
  const what = objects === 0 ? 'no drift' : `${objects} ${objects === 1 ? 'object has' : 'objects have'} drifted`;
  const unknown = failed === 0 ? '' : `; ${failed} could not be compared`;
  return `${what} in ${compared} ${compared === 1 ? 'comparison' : 'comparisons'}${unknown}`;
}
