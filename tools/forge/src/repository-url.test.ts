import { InputError } from '@luban-ci/core';
import { describe, expect, test } from 'vitest';
import { parseRepositoryUrl } from './repository-url.ts';
import { providerOf } from './url.ts';

describe('a repository URL', () => {
  test.each([
    ['https://github.com/metasync/cart-service.git', 'github.com', 'metasync', 'cart-service'],
    ['https://github.com/metasync/cart-service', 'github.com', 'metasync', 'cart-service'],
    ['https://GitHub.com/metasync/cart-service.git/', 'github.com', 'metasync', 'cart-service'],
    ['git@github.com:metasync/cart.git', 'github.com', 'metasync', 'cart'],
    ['ssh://git@github.com/metasync/cart.git', 'github.com', 'metasync', 'cart'],
    ['ssh://git@git.corp:2222/metasync/cart.git', 'git.corp:2222', 'metasync', 'cart'],
    ['http://127.0.0.1:3000/metasync/cart.git', '127.0.0.1:3000', 'metasync', 'cart'],
    ['https://gitlab.com/group/sub/deep/cart.git', 'gitlab.com', 'group/sub/deep', 'cart'],
    ['git@gitlab.com:group/sub/cart.git', 'gitlab.com', 'group/sub', 'cart'],
    ['https://git.corp/gitea/metasync/cart', 'git.corp', 'gitea/metasync', 'cart'],
    ['git@git.corp:metasync/cart.with.dots', 'git.corp', 'metasync', 'cart.with.dots'],
  ])('%s has host, owner and repository', (text, host, owner, repository) => {
    const url = parseRepositoryUrl(text);

    expect({ host: url.host, owner: url.owner, repository: url.repository }).toEqual({ host, owner, repository });
    expect(url.azure).toBeUndefined();
  });

  test.each([
    ['https://dev.azure.com/org/payment/_git/cart', 'org', 'payment', 'cart'],
    ['https://org@dev.azure.com/org/payment/_git/cart', 'org', 'payment', 'cart'],
    ['https://dev.azure.com/org/_git/payment', 'org', 'payment', 'payment'],
    ['https://dev.azure.com/org/My%20Project/_git/My%20Repo', 'org', 'My Project', 'My Repo'],
    ['git@ssh.dev.azure.com:v3/org/payment/cart', 'org', 'payment', 'cart'],
    ['ssh://git@ssh.dev.azure.com/v3/org/payment/cart', 'org', 'payment', 'cart'],
    ['https://org.visualstudio.com/payment/_git/cart', 'org', 'payment', 'cart'],
    ['https://org.visualstudio.com/DefaultCollection/payment/_git/cart', 'org', 'payment', 'cart'],
    ['https://org.visualstudio.com/_git/payment', 'org', 'payment', 'payment'],
    ['https://org.visualstudio.com/DefaultCollection/_git/payment', 'org', 'payment', 'payment'],
    ['org@vs-ssh.visualstudio.com:v3/org/payment/cart', 'org', 'payment', 'cart'],
    ['https://ado.corp/tfs/Coll/payment/_git/cart', 'tfs/Coll', 'payment', 'cart'],
    ['https://ado.corp/Coll/payment/_git/cart', 'Coll', 'payment', 'cart'],
    ['https://ado.corp/tfs/Coll/_git/cart', 'tfs/Coll', 'cart', 'cart'],
    ['https://ado.corp/Coll/_git/cart', 'Coll', 'cart', 'cart'],
  ])('%s has organisation, project and repository', (text, organization, project, repository) => {
    const url = parseRepositoryUrl(text);

    expect(url.azure).toEqual({ organization, project, repository });
    expect(url.owner).toBe(`${organization}/${project}`);
  });

  test.each([
    ['', 'expected https'],
    ['cart', 'expected https'],
    ['https://github.com/metasync', 'expected an owner'],
    ['https://github.com/metasync/cart/tree/main', 'exactly an owner'],
    ['https://github.com/', 'cannot be part'],
    ['https://github.com/metasync/$(id)', 'cannot be part'],
    ['https://github.com/metasync/`id`', 'cannot be part'],
    ['https://github.com/metasync/cart;id', 'cannot be part'],
    ['https://github.com/metasync/"cart"', 'cannot be part'],
    ['https://github.com/metasync/../cart', 'cannot be part'],
    ['https://github.com/metasync/%2e%2e', 'cannot be part'],
    ['https://github.com/a%2fb/cart', 'cannot be part'],
    ['https://github.com/metasync/--upload-pack', 'cannot be part'],
    ['https://github.com/metasync/%zz', 'broken %-sequence'],
    ['https://github.com/metasync/cart\n', 'control characters'],
    ['https://github.com/metasync/ca\u0000rt', 'control characters'],
    ['https://github.com/metasync/\u202Etrac', 'control characters'],
    ['https://github.com/metasync/cart?x=1', 'query'],
    ['https://bob:hunter22@github.com/metasync/cart', 'credentials'],
    ['https://hunter22@github.com/metasync/cart', 'credentials'],
    ['file:///etc/passwd', 'expected https, http or ssh'],
    ['ext::sh -c id', 'its host is not one|cannot be part|expected https'],
    ['javascript:alert(1)', 'expected https|cannot be part'],
    ['-oProxyCommand=id:metasync/cart', 'expected https|host'],
    ['git@$(id):metasync/cart', 'expected https'],
    ['https://dev.azure.com/_git/cart', 'Azure DevOps'],
    ['https://dev.azure.com/org/payment/cart', 'Azure DevOps'],
    ['git@ssh.dev.azure.com:v3/org/payment', 'Azure DevOps'],
    [`https://github.com/metasync/${'a'.repeat(3000)}`, 'longer than'],
  ])('%j is refused', (text, why) => {
    const parse = (): unknown => parseRepositoryUrl(text);

    expect(parse).toThrow(InputError);
    expect(parse).toThrow(new RegExp(why));
    expect(parse).not.toThrow(/hunter22/);
  });
});

describe('the kind of forge', () => {
  test('is what was named, else what the configuration says of exactly that host', () => {
    const hosts = { 'git.corp': 'gitea', 'github.corp': 'github' } as const;

    expect(providerOf('git.corp', { provider: 'gitlab', hosts })).toBe('gitlab');
    expect(providerOf('GIT.corp', { hosts })).toBe('gitea');
    expect(providerOf('github.com')).toBe('github');
    expect(providerOf('org.visualstudio.com')).toBe('azure');
  });

  test.each(['github.com.evil.example', 'mygithub.com', 'git.corp.evil.example', '__proto__', 'toString'])(
    '%s is not guessed from a part of its name',
    (host) => {
      expect(() => providerOf(host, { hosts: { 'git.corp': 'gitea' } })).toThrow(InputError);
    },
  );
});
