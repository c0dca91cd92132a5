export { type CapturedLog, capturedLog } from './captured-log.ts';
export { type FaultProxy, faultProxy, type ProxiedRequest, type ProxyFault } from './fault-proxy.ts';
export { type FileTree, readTree, writeTree } from './file-tree.ts';
export { type FixedClock, fixedClock } from './fixed-clock.ts';
export { type GitFault, type GitRequest, type GitServer, type GitServerOptions, gitServer } from './git-server.ts';
export { type HurriedClock, hurriedClock } from './hurried-clock.ts';
export { type LoopbackServer, loopbackServer } from './loopback-server.ts';
export { hasProgram } from './program-presence.ts';
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';
