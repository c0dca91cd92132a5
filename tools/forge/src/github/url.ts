/**
 * Where GitHub's APIs are: `api.github.com` for github.com, `<host>/api/v3` and `<host>/api/graphql` on an Enterprise
 * Server, `api.<name>.ghe.com` for Enterprise Cloud with data residency.
 */
export function gitHubApiRoots(baseUrl: string): { rest: URL; graphQl: URL } {
  const { protocol, host } = new URL(baseUrl);
  if (host === 'github.com' || host.endsWith('.ghe.com')) {
    return { rest: new URL(`https://api.${host}`), graphQl: new URL(`https://api.${host}`) };
  }
  return { rest: new URL(`${protocol}//${host}/api/v3`), graphQl: new URL(`${protocol}//${host}/api`) };
}
