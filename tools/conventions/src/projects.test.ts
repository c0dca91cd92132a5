import { expect, test } from 'vitest';
import { parseProjects } from './projects.ts';

test('a project is read under the names of the parameters, and what is left out is as in project setup', () => {
  const text = `
developer_groups: [payment-developers]
create_test_users: yes
applications:
  cart-service:
    environments: [snd, prd]
`;

  expect([...parseProjects({ payment: text, billing: '' })]).toEqual([
    [
      'payment',
      {
        ...{ developer_groups: ['payment-developers'], admin_groups: [] },
        ...{ create_test_users: 'yes', registry_visibility: 'private' },
        applications: { 'cart-service': { environments: ['snd', 'prd'], setup_source_repo: 'yes' } },
      },
    ],
    [
      'billing',
      {
        ...{ developer_groups: [], admin_groups: [] },
        ...{ create_test_users: 'no', registry_visibility: 'private', applications: {} },
      },
    ],
  ]);
});

test('everything that cannot be used is named, also a key that nobody knows', () => {
  const wrong = { payment: 'visibility: public\nenvironments: []\n', Billing: '', shop: '{' };

  let fields: unknown;
  try {
    parseProjects(wrong);
  } catch (error) {
    fields = error;
  }

  expect(fields).toMatchObject({
    name: 'InputError',
    fields: [
      { field: 'payment.environments' },
      { field: 'payment', expected: expect.stringContaining('visibility') },
      { field: 'Billing' },
      { field: 'shop' },
    ],
  });
});
