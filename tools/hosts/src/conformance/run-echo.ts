import { stopSignal } from '../stop-signal.ts';
import { processSurroundings } from '../surroundings.ts';
import { echoStep } from './echo-step.ts';

const hosts = {
  cli: async () => (await import('../cli/run-as.ts')).runAsCli,
  argo: async () => (await import('../argo/run-as.ts')).runAsArgo,
  'github-action': async () => (await import('../github-action/run-as.ts')).runAsAction,
  'gitlab-ci': async () => (await import('../gitlab-ci/run-as.ts')).runAsGitlabCi,
};

const [host = '', ...argv] = process.argv.slice(2);
const load = Object.entries(hosts).find(([id]) => id === host)?.[1];
if (load === undefined) throw new Error(`no host is called ${host}`);
const run = await load();
process.exitCode = await run(echoStep, {}, processSurroundings(argv), stopSignal());
