import { runStepAsAction } from '@luban-ci/hosts/github-action';

await runStepAsAction('register-dagster-location');
