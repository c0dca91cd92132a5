import { InputError } from '@luban-ci/core';
import { tellFailure } from '../tell-failure.ts';
import { openTarget, type PipelineTarget } from './target.ts';
import { pipelineWish, submitArguments } from './wish.ts';

/**
 * What the make targets call.
 *
 *   main.ts run    submit the pipeline
 *   main.ts test   submit it, tell its log, and end as it does
 *   main.ts logs   the log of the application's newest pipeline
 */
try {
  await using target = await openTarget(process.env);
  process.exitCode = await commandNamed(process.argv[2] ?? '', target);
} catch (error) {
  tellFailure(error);
}

async function commandNamed(name: string, target: PipelineTarget): Promise<number> {
  if (name === 'logs') return logs(target);
  if (name !== 'run' && name !== 'test') throw new InputError(`There is no command ${JSON.stringify(name)}`);
  const wish = await target.completed(pipelineWish(process.env));
  const submitted = await target.argo(['submit', ...submitArguments(wish), ...(name === 'test' ? ['--log'] : [])]);
  return name === 'test' && submitted === 0 ? target.outcome(wish) : submitted;
}

async function logs(target: PipelineTarget): Promise<number> {
  const wish = pipelineWish(process.env);
  const newest = await target.newest(wish);
  if (newest !== undefined) return target.argo(['logs', '-n', wish.namespace, newest]);
  throw new InputError(`No pipeline of ${wish.app} is known in ${wish.namespace}`, [], {
    hint: 'make pipeline-run APP_NAME=…; workflows are removed after 30 minutes, or a day when they failed.',
  });
}
