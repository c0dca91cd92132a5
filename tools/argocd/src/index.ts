export { type ApplicationState, type Argocd, type ArgocdOptions, createArgocd } from './argocd.ts';
