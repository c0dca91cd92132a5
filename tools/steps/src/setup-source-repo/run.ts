import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { TemplateValues } from '../capabilities/templates.ts';
import { sourcePlace, withProvider } from '../gitops-place.ts';
import { authorFor } from '../provenance.ts';
import { dagsterValues } from '../set-up/dagster-values.ts';
import { branchesOf, ensureContent } from '../set-up/ensure-content.ts';
import { ensureRepository } from '../set-up/ensure-repository.ts';
import { type Outcome, setUpResult } from '../set-up/outcome.ts';
import { removeRepository } from '../set-up/remove-repository.ts';
import { openRepository, type RepositorySetUp } from '../set-up/repository-set-up.ts';
import { ensureWebhook, removeWebhook, usualAddress, wantedWebhook } from '../set-up/webhook.ts';
import { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const setUp = await sourceSetUp(inputs, ctx);
  const hook = inputs.webhookUrl ?? usualAddress(setUp.forge.provider, ctx.conventions);
  const outcomes = inputs.remove ? await removeAll(setUp, hook) : await ensureAll(setUp, hook, inputs, ctx);
  const outputs = { repoUrl: setUp.url, webhookAddress: hook };
  return setUpResult(`The source repository ${setUp.url}`, outcomes, ctx.dryRun, outputs);
}

async function sourceSetUp(inputs: Inputs, ctx: Context): Promise<RepositorySetUp> {
  const { projectName: project, appName: app, repoUrl, gitOrganization } = inputs;
  const conventions = withProvider(inputs.gitProvider, ctx.conventions);
  const url = repoUrl ?? sourcePlace({ project, app }, { gitOrganization }, conventions);
  const mark = { step: step.id, owner: `${project}/${app}` };
  return openRepository(url, { mark, purpose: 'Source repository', dryRun: ctx.dryRun }, ctx);
}

async function ensureAll(
  setUp: RepositorySetUp,
  address: string | undefined,
  inputs: Inputs,
  ctx: Context,
): Promise<Outcome[]> {
  const { template, templateValues } = inputs;
  // What is missing or cannot be rendered is said before anything is made.
  const hook = address === undefined ? undefined : wantedWebhook(address, inputs.webhookSecret);
  const files = await ctx.templates.render(template, knownValues(inputs, ctx), templateValues);
  const { repository, ensured } = await ensureRepository(setUp);
  const isThere = repository !== undefined;
  if (hook === undefined)
    ctx.log.warn('There is no webhook: neither webhook-url nor webhook_url of luban-config is set');
  const hooks = hook === undefined ? [] : [await ensureWebhook(setUp, hook, isThere)];
  const isFilled = isThere && (await branchesOf(setUp)).length > 0;
  if (isFilled) return [ensured, ...hooks];
  const first = { branches: ['main'], files, message: `Begin with ${template}`, ...authorFor(ctx.run) };
  return [ensured, ...hooks, ...(await ensureContent(setUp, repository, first)).outcomes];
}

async function removeAll(setUp: RepositorySetUp, address: string | undefined): Promise<Outcome[]> {
  const hooks = address === undefined ? [] : [await removeWebhook(setUp, address)];
  return [...hooks, await removeRepository(setUp)];
}

/** What the conventions say of a new application; variables that a template does not have are left out. */
function knownValues({ projectName, appName }: Inputs, { conventions, dagster }: Context): TemplateValues {
  const { config } = conventions;
  const { python_index_url: indexUrl, python_index_name: indexName } = config;
  return {
    project_name: projectName,
    app_name: appName,
    container_port: String(config.default_container_port),
    ...dagsterValues(dagster),
    ...(indexUrl === undefined ? {} : { python_index_url: indexUrl }),
    ...(indexName === undefined ? {} : { python_index_name: indexName }),
  };
}
