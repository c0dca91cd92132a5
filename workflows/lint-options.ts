import { fieldsOf, inputShapeOf, inStyle } from '@luban-ci/core';
import { isArgoParameter } from '@luban-ci/generate';
import { loadStep, stepIds } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import type { TemplateSuiteOptions } from '@luban-ci/workflow-lint/template-suite';

/** What the suite of every template here is held against: the step library, the contracts, and what a project has. */
export const lintOptions: TemplateSuiteOptions = {
  contracts: await Promise.all(
    stepIds.map(async (id) => {
      const { contract } = await loadStep(id);
      const inputs = fieldsOf(inputShapeOf(contract, capabilities)).filter(isArgoParameter);
      return {
        id,
        inputs: inputs.map(({ name }) => inStyle(name, 'snake')),
        required: inputs.filter(({ required }) => required).map(({ name }) => inStyle(name, 'snake')),
        outputs: [...Object.keys(contract.outputs.shape).map((name) => inStyle(name, 'snake')), 'changed'],
      };
    }),
  ),
  sharedInputs: [
    'gitops_utils_image',
    'git_creds_secret',
    'registry_creds_secret',
    'harbor_api_secret',
    'webhook_secret',
    'kubeconfig_secret',
    'run_url',
    'requested_by',
    'dry_run',
  ],
  known: {
    configMaps: { 'luban-config': ['gitops_utils_image', 'infra_project'], 'workflow-semaphores': ['kpack-builds'] },
    serviceAccounts: ['workflow-runner', 'luban-ci-sa', 'luban-setup-sa'],
  },
  besides: [new URL('luban-steps-v1/template.yaml', import.meta.url)],
};
