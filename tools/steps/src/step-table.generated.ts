// Printed by "make generate" from the folders beside it.
/** Every step by its id; contract and story are loaded only when they are asked for. */
export const stepTable = {
  'build-image': {
    contract: async () => (await import('./build-image/step.ts')).step,
    run: async () => (await import('./build-image/run.ts')).run,
  },
  checkout: {
    contract: async () => (await import('./checkout/step.ts')).step,
    run: async () => (await import('./checkout/run.ts')).run,
  },
  'commit-and-push': {
    contract: async () => (await import('./commit-and-push/step.ts')).step,
    run: async () => (await import('./commit-and-push/run.ts')).run,
  },
  'deploy-image': {
    contract: async () => (await import('./deploy-image/step.ts')).step,
    run: async () => (await import('./deploy-image/run.ts')).run,
  },
  'find-image': {
    contract: async () => (await import('./find-image/step.ts')).step,
    run: async () => (await import('./find-image/run.ts')).run,
  },
  history: {
    contract: async () => (await import('./history/step.ts')).step,
    run: async () => (await import('./history/run.ts')).run,
  },
  'kustomize-set-image': {
    contract: async () => (await import('./kustomize-set-image/step.ts')).step,
    run: async () => (await import('./kustomize-set-image/run.ts')).run,
  },
  'merge-config': {
    contract: async () => (await import('./merge-config/step.ts')).step,
    run: async () => (await import('./merge-config/run.ts')).run,
  },
  'open-pull-request': {
    contract: async () => (await import('./open-pull-request/step.ts')).step,
    run: async () => (await import('./open-pull-request/run.ts')).run,
  },
  promote: {
    contract: async () => (await import('./promote/step.ts')).step,
    run: async () => (await import('./promote/run.ts')).run,
  },
  'reconcile-pushes': {
    contract: async () => (await import('./reconcile-pushes/step.ts')).step,
    run: async () => (await import('./reconcile-pushes/run.ts')).run,
  },
  'register-dagster-location': {
    contract: async () => (await import('./register-dagster-location/step.ts')).step,
    run: async () => (await import('./register-dagster-location/run.ts')).run,
  },
  'report-status': {
    contract: async () => (await import('./report-status/step.ts')).step,
    run: async () => (await import('./report-status/run.ts')).run,
  },
  'resolve-source': {
    contract: async () => (await import('./resolve-source/step.ts')).step,
    run: async () => (await import('./resolve-source/run.ts')).run,
  },
  rollback: {
    contract: async () => (await import('./rollback/step.ts')).step,
    run: async () => (await import('./rollback/run.ts')).run,
  },
  'select-tag': {
    contract: async () => (await import('./select-tag/step.ts')).step,
    run: async () => (await import('./select-tag/run.ts')).run,
  },
  'set-image': {
    contract: async () => (await import('./set-image/step.ts')).step,
    run: async () => (await import('./set-image/run.ts')).run,
  },
  'setup-argocd-application': {
    contract: async () => (await import('./setup-argocd-application/step.ts')).step,
    run: async () => (await import('./setup-argocd-application/run.ts')).run,
  },
  'setup-argocd-project': {
    contract: async () => (await import('./setup-argocd-project/step.ts')).step,
    run: async () => (await import('./setup-argocd-project/run.ts')).run,
  },
  'setup-git-project': {
    contract: async () => (await import('./setup-git-project/step.ts')).step,
    run: async () => (await import('./setup-git-project/run.ts')).run,
  },
  'setup-gitops-repo': {
    contract: async () => (await import('./setup-gitops-repo/step.ts')).step,
    run: async () => (await import('./setup-gitops-repo/run.ts')).run,
  },
  'setup-harbor-project': {
    contract: async () => (await import('./setup-harbor-project/step.ts')).step,
    run: async () => (await import('./setup-harbor-project/run.ts')).run,
  },
  'setup-infra-repo': {
    contract: async () => (await import('./setup-infra-repo/step.ts')).step,
    run: async () => (await import('./setup-infra-repo/run.ts')).run,
  },
  'setup-namespace': {
    contract: async () => (await import('./setup-namespace/step.ts')).step,
    run: async () => (await import('./setup-namespace/run.ts')).run,
  },
  'setup-random-secret': {
    contract: async () => (await import('./setup-random-secret/step.ts')).step,
    run: async () => (await import('./setup-random-secret/run.ts')).run,
  },
  'setup-source-repo': {
    contract: async () => (await import('./setup-source-repo/step.ts')).step,
    run: async () => (await import('./setup-source-repo/run.ts')).run,
  },
  status: {
    contract: async () => (await import('./status/step.ts')).step,
    run: async () => (await import('./status/run.ts')).run,
  },
  'submit-workflow': {
    contract: async () => (await import('./submit-workflow/step.ts')).step,
    run: async () => (await import('./submit-workflow/run.ts')).run,
  },
  'update-infra-repo': {
    contract: async () => (await import('./update-infra-repo/step.ts')).step,
    run: async () => (await import('./update-infra-repo/run.ts')).run,
  },
  verify: {
    contract: async () => (await import('./verify/step.ts')).step,
    run: async () => (await import('./verify/run.ts')).run,
  },
};
