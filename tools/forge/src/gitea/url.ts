/** Gitea's API is below its web page, wherever that is: `https://git.corp/gitea` → `…/gitea/api/v1`. */
export function giteaApiRoot(baseUrl: string): URL {
  const root = new URL(baseUrl);
  root.pathname = `${root.pathname.replace(/\/+$/, '')}/api/v1`;
  root.search = '';
  root.hash = '';
  return root;
}
