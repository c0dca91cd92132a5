import { describeTemplate } from './template-suite.contract.ts';

const contract = {
  id: 'deploy-image',
  inputs: ['repo_url', 'tag', 'path'],
  required: ['repo_url', 'tag'],
  outputs: ['commit', 'changed'],
};

describeTemplate(new URL('../cases/pipeline/', import.meta.url), { contracts: [contract], sharedInputs: ['image'] });
