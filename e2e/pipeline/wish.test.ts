import { expect, test } from 'vitest';
import { pipelineWish, submitArguments } from './wish.ts';

test('upstream-B10: a pipeline is asked for and looked for in its project’s namespace, with the seed’s variables', () => {
  const wish = pipelineWish({
    APP_NAME: 'my-app',
    REPO_URL: 'https://github.com/myorg/my-app.git',
    TAG: 'v2.0.0',
    REVISION: '',
  });

  expect(submitArguments(wish)).toEqual([
    '-n',
    'snd-payment',
    '--from',
    'workflowtemplate/luban-ci-kpack-template',
    '--generate-name',
    'my-app-',
    '--labels',
    'app=my-app',
    '-p',
    'repo_url=https://github.com/myorg/my-app.git',
    '-p',
    'tag=2.0.0',
    '-p',
    'project_name=payment',
    '-p',
    'app_name=my-app',
  ]);
});

test('a tag that is no version keeps its first letter', () => {
  expect(pipelineWish({ TAG: 'very-new' }).parameters['tag']).toBe('very-new');
});
