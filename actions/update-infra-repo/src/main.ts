import { runStepAsAction } from '@luban-ci/hosts/github-action';

await runStepAsAction('update-infra-repo');
