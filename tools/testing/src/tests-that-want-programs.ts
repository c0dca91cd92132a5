/**
 * Everyday tests of which some want a program that npm cannot bring: `make test` counts those as skipped where it is
 * missing, `make e2e` provides it and skips nothing.
 */
export const testsThatWantPrograms = [
  'e2e/access/asked-cluster.test.ts',
  'e2e/events/senders.test.ts',
  'gitops-template/dagster-templates.test.ts',
  'gitops-template/infra-templates.test.ts',
  'gitops-template/templates.test.ts',
  'manifests/manifests.test.ts',
  'tools/argo-workflows-schema/src/upstream-examples.test.ts',
  'tools/builders/src/append/built-image-runs.test.ts',
  'tools/bundle/src/github-workflows.test.ts',
  'tools/edits/src/helm-render.test.ts',
  'tools/edits/src/kustomize-render.test.ts',
  'tools/git/src/git-over-ssh.test.ts',
  'tools/images/src/debian-registry.test.ts',
  'tools/python-uv/src/real-lifecycle.test.ts',
  'tools/python-uv/src/real-uv.test.ts',
  'tools/steps/src/update-infra-repo/same-as-namespace.test.ts',
];
