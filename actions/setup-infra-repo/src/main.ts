import { runStepAsAction } from '@luban-ci/hosts/github-action';

await runStepAsAction('setup-infra-repo');
