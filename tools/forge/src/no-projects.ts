import { InputError } from '@luban-ci/core';

/** @throws InputError always: here repositories belong to an organisation, a group or a user that people make */
export async function refuseProject(forge: string, owner: string): Promise<never> {
  throw new InputError(`${forge} has no projects that repositories belong to; ${owner} was to be made`, [], {
    hint: `Create ${owner} as an organisation or a group in the web page of ${forge}.`,
  });
}
