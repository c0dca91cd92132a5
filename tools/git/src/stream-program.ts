/** Loaded when a git is started: most of what is done over HTTP starts none. */
export { streamProgram } from '@luban-ci/process';
