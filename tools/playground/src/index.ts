export type { PlaygroundUser } from './accounts.ts';
export { type PlaygroundDownResult, playgroundDown } from './command/playground-down.ts';
export { type PlaygroundStatus, playgroundStatus } from './command/playground-status.ts';
export { type PlaygroundUpOptions, type PlaygroundUpResult, playgroundUp } from './command/playground-up.ts';
export { type ServePlaygroundOptions, servePlayground } from './command/serve-playground.ts';
export type { PlaygroundAddresses } from './command/state-file.ts';
export { kubeconfigFor } from './kubernetes/kubeconfig.ts';
export { type Playground, type PlaygroundOptions, startPlayground } from './start-playground.ts';
