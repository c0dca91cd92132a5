// tools/steps/src/set-up/argocd-api.ts
const argocdApi = "argoproj.io/v1alpha1";
export { argocdApi as t };
