import { createConventions, parseLubanConfig, parseRepositories } from '@luban-ci/conventions';
import { parseRepositoryUrl } from '@luban-ci/forge';
import { describe, expect, test } from 'vitest';
import { isSameRepository } from '../same-repository.ts';
import { gitopsRepositoryFor } from '../sibling-repository.ts';
import { applicationOf } from './application-of.ts';
import { requireKnownHost } from './known-host.ts';

const config = parseLubanConfig({
  ado_server: 'ado.corp',
  ado_base_url: 'https://ado.corp',
  gitea_server: 'git.corp:3000',
  gitea_base_url: 'https://git.corp:3000',
});
const conventions = createConventions(config, parseRepositories({}));

describe('what an address says, where nothing is registered', () => {
  test.each([
    ['https://github.com/metasync/cart-service.git', 'metasync', 'cart-service', 'https://github.com/metasync'],
    ['git@github.com:metasync/cart.git', 'metasync', 'cart', 'https://github.com/metasync'],
    ['https://dev.azure.com/org/payment/_git/cart', 'payment', 'cart', 'https://dev.azure.com/org/payment/_git'],
    ['https://org.visualstudio.com/payment/_git/cart', 'payment', 'cart', 'https://dev.azure.com/org/payment/_git'],
    [
      'https://org.visualstudio.com/DefaultCollection/payment/_git/cart',
      'payment',
      'cart',
      'https://dev.azure.com/org/payment/_git',
    ],
    ['https://dev.azure.com/org/_git/payment', 'payment', 'payment', 'https://dev.azure.com/org/payment/_git'],
    ['git@ssh.dev.azure.com:v3/org/payment/cart', 'payment', 'cart', 'https://dev.azure.com/org/payment/_git'],
    ['https://ado.corp/tfs/Coll/payment/_git/cart', 'payment', 'cart', 'https://ado.corp/tfs/Coll/payment/_git'],
    ['https://ado.corp/Coll/_git/cart', 'cart', 'cart', 'https://ado.corp/Coll/cart/_git'],
    [
      'https://dev.azure.com/org/Payment%20Team/_git/Cart',
      'payment-team',
      'cart',
      'https://dev.azure.com/org/Payment%20Team/_git',
    ],
    ['ssh://git@git.corp:2222/team/cart.git', 'team', 'cart', 'https://git.corp:3000/team'],
  ])('upstream-R19: %s is %s/%s, its GitOps repository lies in the same place', (address, project, app, place) => {
    const url = parseRepositoryUrl(address);

    const name = applicationOf(address, url, undefined, conventions);
    const gitops = gitopsRepositoryFor(address, name, conventions);

    expect(() => requireKnownHost(url, config)).not.toThrow();
    expect(name).toEqual({ project, app });
    expect(gitops).toBe(`${place}/${app}-gitops${place.includes('_git') ? '' : '.git'}`);
  });

  test.each([
    'https://github.com.evil.example/a/b',
    'https://evil.example/github.com/b',
    'ssh://git@git.corp.evil:3000/a/b',
  ])('%s is on a server that nobody knows', (address) => {
    expect(() => requireKnownHost(parseRepositoryUrl(address), config)).toThrow('is not one of the git servers');
  });
});

describe('two addresses of one repository', () => {
  test.each([
    ['https://github.com/metasync/cart.git', 'git@github.com:Metasync/cart', true],
    ['https://dev.azure.com/org/payment/_git/cart', 'git@ssh.dev.azure.com:v3/org/payment/cart', true],
    ['https://org.visualstudio.com/payment/_git/cart', 'https://dev.azure.com/org/payment/_git/cart', true],
    ['https://github.com/metasync/cart', 'https://github.com/metasync/cart-service', false],
    ['https://github.com/metasync/cart', 'https://gitlab.com/metasync/cart', false],
    ['https://github.com/metasync/cart', 'nothing that could be read', false],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(isSameRepository(left, right)).toBe(expected);
  });
});
