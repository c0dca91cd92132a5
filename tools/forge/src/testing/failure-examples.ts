import type { ForgeProvider, RepositoryName } from '../forge.ts';

/** How one forge says that something went wrong, and what its answers look like when nothing did. */
export interface FailureExample {
  provider: ForgeProvider;
  name: RepositoryName;
  /** The body of an error in the forge's own form. */
  error(message: string): unknown;
  /** What `getRepository` reads, with `main` as the default branch. */
  repository: unknown;
  /** A page of a list that is empty, and what says that there is another one. */
  emptyPage: unknown;
  nextPage: Record<string, string>;
  /** What refuses a commit on a protected branch. */
  protectedBranch: { status: number; message: string };
  /** The secret as the forge is sent it. */
  sent(token: string): string;
}

const name = { owner: 'metasync', repository: 'cart' };
const link = { link: '<https://evil.example/next>; rel="next"' };
const bearer = (token: string): string => `Bearer ${token}`;
const rest = {
  name: 'cart',
  owner: { login: 'metasync' },
  private: true,
  default_branch: 'main',
  clone_url: 'http://127.0.0.1/metasync/cart.git',
  html_url: 'http://127.0.0.1/metasync/cart',
};

const azure = {
  name: { owner: 'metasync/payment', repository: 'cart' },
  error: (message: string) => ({ $id: '1', message, typeKey: 'VssServiceException', errorCode: 0, eventId: 3000 }),
  repository: {
    id: '5feda3f5',
    name: 'cart',
    project: { id: 'eb6e4656', visibility: 'private' },
    defaultBranch: 'refs/heads/main',
    remoteUrl: 'https://metasync@dev.azure.com/metasync/payment/_git/cart',
    webUrl: 'https://dev.azure.com/metasync/payment/_git/cart',
  },
  emptyPage: { count: 0, value: [] },
  nextPage: { 'x-ms-continuationtoken': 'on-and-on' },
  protectedBranch: { status: 403, message: 'TF402455: Pushes to this branch are not permitted.' },
  sent: (token: string) => `Basic ${Buffer.from(`:${token}`).toString('base64')}`,
};

export const failureExamples: readonly FailureExample[] = [
  {
    provider: 'github',
    name,
    error: (message) => ({ message, documentation_url: 'https://docs.github.com/rest' }),
    repository: rest,
    emptyPage: [],
    nextPage: link,
    protectedBranch: { status: 403, message: 'Resource not accessible by integration' },
    sent: bearer,
  },
  {
    provider: 'gitlab',
    name,
    error: (message) => ({ message: { base: [message] } }),
    repository: {
      path: 'cart',
      namespace: { full_path: 'metasync' },
      visibility: 'private',
      default_branch: 'main',
      http_url_to_repo: 'https://gitlab.com/metasync/cart.git',
      web_url: 'https://gitlab.com/metasync/cart',
    },
    emptyPage: [],
    nextPage: link,
    protectedBranch: { status: 400, message: 'You are not allowed to push into this branch' },
    sent: bearer,
  },
  { provider: 'azure', ...azure },
  { provider: 'ado', ...azure },
  {
    provider: 'gitea',
    name,
    error: (message) => ({ message, url: 'http://127.0.0.1/api/swagger' }),
    repository: rest,
    emptyPage: [],
    nextPage: link,
    protectedBranch: { status: 403, message: 'branch main is protected from user committing' },
    sent: (token) => `token ${token}`,
  },
];
