/** GitLab's API is below its web page, wherever that is: `https://git.corp/gitlab` → `…/gitlab/api/v4`. */
export function gitLabApiRoot(baseUrl: string): URL {
  const root = new URL(baseUrl);
  root.pathname = `${root.pathname.replace(/\/+$/, '')}/api/v4`;
  root.search = '';
  root.hash = '';
  return root;
}
