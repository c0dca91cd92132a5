/** A Secret as it is to be, with its values in clear. */
export interface SecretPlan {
  name: string;
  /** By default that of the platform. */
  namespace?: string;
  /** By default `Opaque`. */
  type?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  data: Readonly<Record<string, string>>;
}

interface RegistryLogin {
  server: string;
  username: string;
  password: string;
  email?: string;
}

/** A login as docker and the kubelet read it. */
export function dockerLogin(name: string, { server, username, password, email = '' }: RegistryLogin): SecretPlan {
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const login = { username, password, ...(email === '' ? {} : { email }), auth };
  const config = JSON.stringify({ auths: { [server]: login } });
  return { name, type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': config } };
}

interface GitLogin {
  username: string;
  token: string;
  /** Namespace of Argo CD. */
  argocd: string;
  /** Below which Argo CD may read repositories with it; empty for none. */
  root: string;
}

/** For steps; and for Argo CD, whose label says that it is for every repository below that address. */
export function gitLogin(provider: string, { username, token, argocd, root }: GitLogin): SecretPlan[] {
  const forSteps: SecretPlan = { name: `${provider}-creds`, data: { username, token } };
  if (root === '') return [forSteps];
  const labels = { 'argocd.argoproj.io/secret-type': 'repo-creds' };
  const data = { type: 'git', url: root, username, password: token };
  return [forSteps, { name: `argocd-repo-creds-${provider}`, namespace: argocd, labels, data }];
}

/**
 * A netrc as a service binding, with the mirrors that were given.
 *
 * @param mirrors beginnings of their keys: `<mirror>_HOST`, `_USERNAME`, `_PASSWORD`
 */
export function netrc(mirrors: readonly string[], given: (key: string) => string): SecretPlan {
  const lines = mirrors
    .filter((mirror) => given(`${mirror}_HOST`) !== '')
    .map((mirror) => {
      const [host, login, password] = ['HOST', 'USERNAME', 'PASSWORD'].map((key) => given(`${mirror}_${key}`));
      return `machine ${host} login ${login} password ${password}\n`;
    });
  const data = { type: 'netrc', provider: 'luban', netrc: lines.join('') };
  return { name: 'uv-mirror-netrc', type: 'service.binding/netrc', data };
}
