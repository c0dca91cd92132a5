import { InputError, type InputsOf, messageOf, type OutputsOf, type StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { type Deployment, deploymentsOf } from '../environments/deployments.ts';
import { type Finding, findingsOf } from '../environments/findings.ts';
import { knownEnvironments } from '../environments/known-environments.ts';
import { readEnvironments } from '../environments/read-environments.ts';
import { shownText } from '../environments/shown-text.ts';
import { gitopsRepositoryFor } from '../sibling-repository.ts';
import { statusTable } from './status-table.ts';
import type { step } from './step.ts';
import { waitingPromotions } from './waiting-promotions.ts';

type Inputs = InputsOf<typeof step>;
type Outputs = OutputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<Outputs>> {
  const wanted = knownEnvironments(inputs.environments, ctx.conventions.config.environments);
  const { states, errors } = await readAll(repositoriesOf(inputs, ctx), wanted, ctx);
  const [firstError] = errors.values();
  if (states.length === 0 && firstError !== undefined) throw firstError;

  const deployments = states.flatMap((each) => each.deployments);
  const findings = states.flatMap((each) => each.findings);
  const waiting = waitingPromotions(deployments, wanted);
  const unreadable = [...errors].map(([url, error]) => `${url}: ${shownText(messageOf(error))}`);
  for (const line of statusTable(deployments, { environments: wanted, waiting, findings })) ctx.log.info(line);
  const sentences = findings.map(
    ({ environment, application, sentence }) => `${environment} ${application}: ${sentence}`,
  );
  for (const sentence of [...sentences, ...unreadable]) ctx.log.warn(sentence);
  return {
    changed: false,
    outputs: {
      deployments: deployments.map((each) => ({ ...each })),
      waiting: waiting.map(({ sentence }) => sentence),
      findings: sentences,
      commits: states.flatMap((each) => each.commits),
      unreadable,
    },
    summary: summaryOf(deployments, findings.length, waiting.length),
  };
}

/** What one repository has to say. */
interface RepositoryState {
  deployments: (Deployment & { repository: string })[];
  findings: (Finding & { application: string })[];
  commits: Outputs['commits'];
}

const mostAtOnce = 4;

/** In the order of the addresses; a few at a time. */
async function readAll(
  urls: readonly string[],
  wanted: readonly string[],
  ctx: Context,
): Promise<{ states: RepositoryState[]; errors: Map<string, unknown> }> {
  const states = new Map<string, RepositoryState>();
  const errors = new Map<string, unknown>();
  const left = urls.values();
  const worker = async (): Promise<void> => {
    for (const url of left) {
      await readOne(url, wanted, ctx).then(
        (state) => states.set(url, state),
        (error: unknown) => errors.set(url, error),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, urls.length) }, worker));
  ctx.signal.throwIfAborted();
  return { states: urls.flatMap((url) => states.get(url) ?? []), errors };
}

async function readOne(url: string, wanted: readonly string[], ctx: Context): Promise<RepositoryState> {
  const { config } = ctx.conventions;
  const expected = { order: config.environments, keepsRecords: config.record !== 'none', expectsPromotions: true };
  const found = await readEnvironments(ctx.git.of(url), url, { environments: wanted }, ctx.conventions);
  const applications = new Map(
    found.flatMap(({ overlays }) => overlays.map((each) => [each.folder, each.application])),
  );
  return {
    deployments: found.flatMap(({ overlays }) =>
      overlays.flatMap(deploymentsOf).map((each) => ({ ...each, repository: url })),
    ),
    findings: found.flatMap((state) =>
      findingsOf(state, expected).map((each) => ({ ...each, application: applications.get(each.folder) ?? '' })),
    ),
    commits: found.flatMap(({ environment, branch, commit }) =>
      commit === undefined ? [] : [{ repository: url, environment, branch, commit }],
    ),
  };
}

/** @throws InputError when there is nothing to look at */
function repositoriesOf({ gitopsRepoUrl, gitopsRepoUrls }: Inputs, { conventions }: Context): string[] {
  const given = [...(gitopsRepoUrl === undefined ? [] : [gitopsRepoUrl]), ...gitopsRepoUrls];
  const registered = conventions.applications.map((each) => gitopsRepositoryFor(each.source, each, conventions));
  const urls = [...new Set(given.length > 0 ? given : registered)];
  if (urls.length > 0) return urls;
  throw new InputError('There is no repository to look at', [
    {
      field: 'gitopsRepoUrl',
      expected: 'expected the address of a GitOps repository, or luban-repositories with some',
    },
  ]);
}

function summaryOf(deployments: readonly Deployment[], findings: number, waiting: number): string {
  const applications = new Set(deployments.map(({ application }) => application)).size;
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  return [
    `${counted(deployments.length, 'image')} of ${counted(applications, 'application')}`,
    counted(findings, 'finding'),
    `${counted(waiting, 'promotion')} waiting`,
  ].join(', ');
}
