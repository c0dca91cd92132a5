export { findContracts } from './find-contracts.ts';
export { type GeneratedFiles, generatedFiles } from './generated-files.ts';
export { isArgoParameter } from './targets/argo-sources.ts';
