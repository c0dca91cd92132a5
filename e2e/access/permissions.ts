/** One thing that somebody may do: `get` `workflows.argoproj.io`, `get` `pods/log`, `get` `secrets` called `luban-ca-cert`. */
export interface Permission {
  verb: string;
  /** Plural with its group, as kubectl takes it. */
  resource: string;
  subresource?: string;
  /** Of one object alone. */
  name?: string;
}

/** Where something is asked: a namespace by what it is for, or the cluster as a whole. */
export const places = ['platform', 'build', 'release', 'argocd', 'cluster'] as const;
export type Place = (typeof places)[number];

/** An account and all that it may do. */
export interface Access {
  who: string;
  /** Name of the service account, and where it lives. */
  account: string;
  home: Exclude<Place, 'cluster'>;
  /** What it may in every namespace. */
  everywhere: readonly Permission[];
  /** What it may in one place besides; where none is named, nothing. */
  inPlace: Partial<Record<Place, readonly Permission[]>>;
}

/** `may('get list', 'pods/log')`, `may('get', 'secrets', 'luban-ca-cert')` */
function may(verbs: string, what: string, ...names: string[]): Permission[] {
  const [resource = '', subresource] = what.split('/');
  const kind = { resource, ...(subresource === undefined ? {} : { subresource }) };
  const objects = names.length === 0 ? [kind] : names.map((name) => ({ ...kind, name }));
  return verbs.split(' ').flatMap((verb) => objects.map((object) => ({ verb, ...object })));
}

const look = 'get list watch';
const [workflow, argocd, rbac] = ['argoproj.io', 'argoproj.io', 'rbac.authorization.k8s.io'];

/** Every account sees the step library; it holds no secrets. */
const library = may(look, `clusterworkflowtemplates.${workflow}`);

/** Without Secrets. */
const lookAround = [
  ...may(look, `workflowtemplates.${workflow}`),
  ...may(look, `cronworkflows.${workflow}`),
  ...may(look, 'pods'),
  ...may(look, 'pods/log'),
  ...['configmaps', 'events', 'limitranges', 'persistentvolumeclaims', 'resourcequotas'].flatMap((each) =>
    may(look, each),
  ),
  ...may(look, 'serviceaccounts'),
  ...may(look, 'services'),
  ...['deployments', 'replicasets', 'statefulsets'].flatMap((each) => may(look, `${each}.apps`)),
  ...may(look, 'builds.kpack.io'),
  ...may(look, 'images.kpack.io'),
];
/** View, submit and resubmit: a resubmission is a new workflow. */
const develop = [...lookAround, ...may(`${look} create`, `workflows.${workflow}`)];
/** Also stop, retry and delete. */
const administer = [...develop, ...may('update patch delete deletecollection', `workflows.${workflow}`)];

const reportResults = may('create patch', `workflowtaskresults.${workflow}`);
const runPipelines = [
  ...reportResults,
  ...may('get create patch', 'images.kpack.io'),
  ...may('get list', 'builds.kpack.io'),
  ...may('get', 'pods/log'),
  ...may('get list create delete', 'pods'),
  ...may('get', 'secrets', 'uv-mirror-netrc', 'luban-ca-cert'),
];

const ensure = 'get list create update delete';
/** In the namespaces that set-up makes. */
const provision = [
  ...['configmaps', 'limitranges', 'resourcequotas', 'secrets', 'serviceaccounts'].flatMap((each) => may(ensure, each)),
  ...may(ensure, 'networkpolicies.networking.k8s.io'),
  ...may(ensure, `workflowtemplates.${workflow}`),
  ...may('list', 'persistentvolumeclaims'),
  ...may('list', 'deployments.apps'),
  ...may('list', 'statefulsets.apps'),
];
const bindable = [
  ...['luban-namespace-provisioner', 'luban-workflow-runner', 'luban-dispatcher-submit'],
  ...['luban-project-admin', 'luban-project-developer'],
];

/** Who may do what; all that is not here, nobody may. */
export const accesses: readonly Access[] = [
  {
    ...{ who: 'admin', account: 'test-project-admin', home: 'build', everywhere: library },
    inPlace: { build: administer },
  },
  {
    ...{ who: 'developer', account: 'test-project-developer', home: 'build', everywhere: library },
    inPlace: { build: develop },
  },
  {
    ...{ who: 'admin of the release', account: 'test-project-admin', home: 'release', everywhere: library },
    inPlace: { release: administer },
  },
  {
    ...{ who: 'developer of the release', account: 'test-project-developer', home: 'release', everywhere: library },
    inPlace: { release: develop },
  },
  {
    ...{ who: 'pipelines', account: 'workflow-runner', home: 'build', everywhere: library },
    inPlace: { build: runPipelines },
  },
  {
    ...{ who: 'dispatcher', account: 'luban-ci-sa', home: 'platform' },
    everywhere: [...library, ...may('get', 'namespaces')],
    inPlace: {
      platform: [...reportResults, ...may('get update', 'configmaps', 'luban-heads')],
      build: may('create get list', `workflows.${workflow}`),
    },
  },
  {
    ...{ who: 'events', account: 'luban-events-sa', home: 'platform', everywhere: library },
    inPlace: { platform: may('create', `workflows.${workflow}`) },
  },
  {
    ...{ who: 'set-up', account: 'luban-setup-sa', home: 'platform' },
    everywhere: [
      ...library,
      ...may('get create update delete', 'namespaces'),
      ...may(ensure, `rolebindings.${rbac}`),
      ...may('bind', `clusterroles.${rbac}`, ...bindable),
    ],
    inPlace: {
      platform: [
        ...reportResults,
        ...may('get create update delete', 'secrets'),
        ...may('get update', 'configmaps', 'luban-repositories'),
      ],
      build: provision,
      release: provision,
      argocd: [
        ...may('get create update delete list', `applications.${argocd}`),
        ...may('get create update delete', `appprojects.${argocd}`),
      ],
    },
  },
];

/** Asked of every account in every place, whatever it is for. */
export const dangerous: readonly Permission[] = [
  ...may('get list', 'secrets'),
  ...may('create', 'pods'),
  ...may('create', 'pods/exec'),
  ...may('create', 'serviceaccounts/token'),
  ...may('create', `roles.${rbac}`),
  ...may('create', `rolebindings.${rbac}`),
  ...may('create', `clusterrolebindings.${rbac}`),
  ...may('bind escalate', `clusterroles.${rbac}`),
  ...may('impersonate', 'users'),
  ...may('create delete deletecollection', `workflows.${workflow}`),
  ...may('update', `workflowtemplates.${workflow}`),
  ...may('update', `clusterworkflowtemplates.${workflow}`),
  ...may('update', 'configmaps'),
  ...may('update', 'resourcequotas'),
  ...may('delete', 'namespaces'),
  ...may('get', 'nodes'),
];

/** All that an account may somewhere. */
export function allowedIn({ everywhere, inPlace }: Access, place: Place): Permission[] {
  return [...everywhere, ...(inPlace[place] ?? [])];
}

/** `get pods/log`, `get secrets luban-ca-cert`: equal for equal permissions. */
export function showPermission({ verb, resource, subresource, name }: Permission): string {
  const kind = subresource === undefined ? resource : `${resource}/${subresource}`;
  return `${verb} ${kind}${name === undefined ? '' : ` ${name}`}`;
}
