import type { Deployment } from '../environments/deployments.ts';

/** A later environment that does not run what the one before it runs. */
export interface Waiting {
  application: string;
  /** The later one. */
  environment: string;
  sentence: string;
}

type Place = Deployment & { repository: string };

/**
 * What the environment before has been given and the next one has not. An application that is in one environment alone waits
 * for nothing, and what was edited by hand says nothing about promotions.
 */
export function waitingPromotions(deployments: readonly Place[], environments: readonly string[]): Waiting[] {
  const byPlace = Map.groupBy(deployments, placeOf);
  return environments.slice(1).flatMap((environment, at) => {
    const earlier = deployments.filter((each) => each.environment === environments[at] && each.state === 'deployed');
    return earlier.flatMap((source) => {
      const there = byPlace.get(placeOf({ ...source, environment })) ?? [];
      // The same image; or a placeholder, which stands for what its application does not run yet.
      const target = there.find((each) => each.image === source.image || each.state === 'placeholder');
      if (target === undefined || isSameVersion(source, target)) return [];
      return [{ application: source.application, environment, sentence: sentenceOf(source, target) }];
    });
  });
}

function placeOf({ repository, application, environment }: Place): string {
  return [environment, repository, application].join('\n');
}

function isSameVersion(source: Deployment, target: Deployment): boolean {
  if (target.state === 'placeholder') return false;
  if (source.digest !== undefined && target.digest !== undefined) return source.digest === target.digest;
  return source.tag === target.tag;
}

function sentenceOf(source: Deployment, target: Deployment): string {
  const [has, runs] = [versionOf(source), target.state === 'placeholder' ? 'nothing yet' : versionOf(target)];
  const since = source.since === undefined ? '' : ` since ${source.since}`;
  return `${source.application}: ${source.environment} has ${has}${since}, and ${target.environment} has ${runs}`;
}

function versionOf({ tag, digest }: Deployment): string {
  return tag ?? digest ?? 'no version';
}
