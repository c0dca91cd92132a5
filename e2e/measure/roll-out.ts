import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { until } from '../cluster/until.ts';
import { openApi } from './api.ts';
import { pipelineArguments } from './pipeline.ts';
import type { MeasuredPlace, Measurement } from './place.ts';
import { writeVersion } from './version.ts';

/** From a submitted workflow to the pod of the new version that answers. */
export const rollOut: Measurement = {
  prepare: async (place) => {
    for (const app of [place.project, bareOf(place)]) {
      await place.given('application', place.project, app);
      await place.kubectl(['-n', 'argocd', 'delete', 'application', `prd-${app}`, '--wait']);
    }
  },
  turns: {
    luban: (place) => untilItAnswers(place, place.project, pipelineArguments(place, place.project)),
    bare: (place) => untilItAnswers(place, bareOf(place), recipeArguments(place)),
  },
};

/** The bare recipe has an application of its own, as it keeps no record of what it deploys. */
function bareOf({ project }: MeasuredPlace): string {
  return `${project}-bare`;
}

const recipe = fileURLToPath(new URL('bare-recipe.yaml', import.meta.url));

function recipeArguments(place: MeasuredPlace): string[] {
  return ['-n', place.namespace, recipe, '-p', `app=${bareOf(place)}`, '-p', `project=${place.project}`];
}

const Answer = z.object({ version: z.string() });

async function untilItAnswers(place: MeasuredPlace, app: string, submit: readonly string[]): Promise<number> {
  const version = await writeVersion(place, app);
  await using api = await openApi(place);
  const path = `/api/v1/namespaces/${place.namespace}/services/http:${app}:80/proxy/`;
  const start = performance.now();
  const submitted = place.submit(...submit);
  const answered = until(`${app} answers with ${version}`, 240, async () => {
    const { version: now } = Answer.parse(await api.read(path));
    if (now !== version) throw new Error(`it is at ${now}`);
    return performance.now() - start;
  });
  const [took] = await Promise.all([answered, submitted]); // the first of them that fails says why
  await atRest(place, app);
  return took;
}

/** The next turn begins when nothing of this one is on its way. That no gateway takes the route is how the cluster is. */
async function atRest({ kubectl, namespace }: MeasuredPlace, app: string): Promise<void> {
  await kubectl(['-n', namespace, 'rollout', 'status', `deployment/${app}`, '--timeout=120s']);
  const synced = ['--for=jsonpath={.status.sync.status}=Synced', '--timeout=120s'];
  await kubectl(['-n', 'argocd', 'wait', `application/snd-${app}`, ...synced]);
}
