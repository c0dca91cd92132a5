/** A program of the cluster that is compiled here, from a Go module of a pinned version. */
export interface GoProgram {
  /** The file it becomes. */
  name: string;
  source: OwnModule | PublishedModule;
  /** The package with its `main`, in the module. */
  package: string;
  /** Assignments for the linker: what the program says of its own version. */
  variables?: Readonly<Record<string, string>>;
  tags?: readonly string[];
  /** Where C is linked: the image it runs in needs a C library. */
  cgo?: boolean;
  /** How long it takes on two cores with nothing cached, for the progress that is shown. */
  seconds: number;
  /** Programs of the same module that are compiled before it, so that what all are made of is compiled once. */
  after?: readonly string[];
  /** Compiled without optimizing, in three quarters of the time: its work here is small. */
  plain?: boolean;
}

/** A few lines of ours, in a folder beside this file, which import what the program is made of. */
export interface OwnModule {
  folder: string;
}

/** A module as published, compiled with its own replacements and its own checksums. */
export interface PublishedModule {
  module: string;
  version: string;
  /** Files that the published module lacks, path → content or the path of the file that it equals. */
  missing?: Readonly<Record<string, { content: string } | { sameAs: string }>>;
}

export const versions = {
  argoCd: 'v3.2.6',
  argoEvents: 'v1.9.6',
  argoWorkflows: 'v3.7.14',
  chainsaw: 'v0.2.14',
  gatewayApi: 'v1.4.1',
  gitea: 'v1.26.0',
  kubernetes: 'v1.34.4',
  kustomize: 'v5.7.1',
  lifecycle: 'v0.21.0',
  nats: 'v2.14.9',
} as const;

const argoWorkflows: PublishedModule = {
  module: 'github.com/argoproj/argo-workflows/v3',
  version: versions.argoWorkflows,
  missing: {
    // The web page is built by other means, and the server that shows it is not used.
    'ui/dist/app/index.html': { content: '<!doctype html><title>not built</title>\n' },
    // A symbolic link in the repository, and module archives leave links out.
    'workflow/executor/osspecific/signal_linux.go': { sameAs: 'workflow/executor/osspecific/signal_darwin.go' },
  },
};

const argoVariables = {
  'github.com/argoproj/argo-workflows/v3.version': versions.argoWorkflows,
  'github.com/argoproj/argo-workflows/v3.gitTag': versions.argoWorkflows,
  'github.com/argoproj/argo-workflows/v3.gitTreeState': 'clean',
  'github.com/argoproj/argo-workflows/v3.gitCommit': 'published',
};

/** In the order in which they are built: what a first look at the cluster needs comes first. */
export const programs: readonly GoProgram[] = [
  {
    name: 'kube',
    source: { folder: 'kube' },
    package: '.',
    variables: {
      'k8s.io/component-base/version.gitVersion': versions.kubernetes,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '34',
      'k8s.io/component-base/version.gitTreeState': 'clean',
    },
    seconds: 330,
  },
  { name: 'coredns', source: { folder: 'coredns' }, package: '.', seconds: 65 },
  {
    name: 'kubectl',
    source: { folder: 'kube' },
    package: 'k8s.io/kubernetes/cmd/kubectl',
    variables: { 'k8s.io/component-base/version.gitVersion': versions.kubernetes },
    seconds: 30,
    after: ['kube'],
  },
  argo('workflow-controller', 140),
  { ...argo('argoexec', 110), after: ['workflow-controller'] },
  { ...argo('argo', 15), after: ['argoexec'] },
  {
    name: 'chainsaw',
    source: {
      module: 'github.com/kyverno/chainsaw',
      version: versions.chainsaw,
      missing: {
        // Go 1.26 asks one more method of what runs tests.
        'pkg/runner/internal/module_path.go': {
          content: 'package internal\n\nfunc (*TestDeps) ModulePath() string { return "" }\n',
        },
      },
    },
    package: '.',
    seconds: 190,
    plain: true,
  },
  {
    name: 'argocd',
    source: { module: 'github.com/argoproj/argo-cd/v3', version: versions.argoCd },
    package: './cmd',
    variables: { 'github.com/argoproj/argo-cd/v3/common.version': versions.argoCd.slice(1) },
    seconds: 220,
  },
  {
    name: 'kustomize',
    source: { module: 'sigs.k8s.io/kustomize/kustomize/v5', version: versions.kustomize },
    package: '.',
    variables: { 'sigs.k8s.io/kustomize/api/provenance.version': versions.kustomize },
    seconds: 20,
  },
  {
    name: 'gitea',
    source: { module: 'code.gitea.io/gitea', version: versions.gitea },
    package: '.',
    tags: ['sqlite', 'sqlite_unlock_notify'],
    cgo: true,
    seconds: 235,
  },
  {
    name: 'argo-events',
    source: { module: 'github.com/argoproj/argo-events', version: versions.argoEvents },
    package: './cmd',
    seconds: 205,
    plain: true,
  },
  {
    name: 'nats-server',
    source: { module: 'github.com/nats-io/nats-server/v2', version: versions.nats },
    package: '.',
    seconds: 25,
  },
  lifecycle('lifecycle', 35),
  { ...lifecycle('launcher', 5), after: ['lifecycle'] },
];

/** Of Cloud Native Buildpacks: what builds an image, and what starts in it. */
function lifecycle(name: string, seconds: number): GoProgram {
  const module = 'github.com/buildpacks/lifecycle';
  return {
    name,
    source: { module, version: versions.lifecycle },
    package: `./cmd/${name}`,
    variables: { [`${module}/cmd.Version`]: versions.lifecycle.slice(1) },
    seconds,
  };
}

function argo(name: string, seconds: number): GoProgram {
  return { name, source: argoWorkflows, package: `./cmd/${name}`, variables: argoVariables, seconds };
}
