import { z } from 'zod';
import type { Harbor, HarborProject } from './harbor.ts';
import { createHarborApi, type HarborApi, type HarborOptions } from './harbor-api.ts';
import { robotCalls } from './robots.ts';
import { Deletable, Label, Project } from './schema.ts';

/** @throws InputError when the password would travel without TLS */
export function createHarbor(options: HarborOptions): Harbor {
  const api = createHarborApi(options);
  const findProject = (name: string): Promise<HarborProject | undefined> => findByName(api, name);
  return {
    ...robotCalls(api),
    ...labelCalls(api),
    findProject,
    createProject: async (name, { isPublic }) => {
      const action = `Creating the Harbor project ${name}`;
      const body = { project_name: name, metadata: { public: String(isPublic) } };
      const { status } = await api.send({ method: 'POST', path: ['projects'], action, body, expected: [201, 409] });
      const value = await findProject(name);
      if (value === undefined) throw new Error(`Harbor has no project ${name} after creating it`);
      return { changed: status === 201, value };
    },
    setVisibility: async ({ name }, isPublic) => {
      const action = `Changing who may see the Harbor project ${name}`;
      const body = { metadata: { public: String(isPublic) } };
      await api.send({ method: 'PUT', path: ['projects', name], action, body, expected: [200] });
    },
    whyNotDeletable: async ({ name }) => {
      const path = ['projects', name, '_deletable'];
      const action = `Asking whether the Harbor project ${name} can be removed`;
      const { deletable, message } = await api.read(Deletable, { method: 'GET', path, action, expected: [200] });
      return deletable ? undefined : (message ?? 'Harbor does not say why');
    },
    deleteProject: async ({ name }) => {
      const action = `Removing the Harbor project ${name}`;
      await api.send({ method: 'DELETE', path: ['projects', name], action, expected: [200, 404] });
    },
  };
}

/** By a list with one name: Harbor answers 403 for a single project that is not there when the account is no administrator. */
async function findByName(api: HarborApi, name: string): Promise<HarborProject | undefined> {
  const action = `Looking for the Harbor project ${name}`;
  const found = await api.list(z.array(Project), { path: ['projects'], action, query: { q: `name=${name}` } });
  const project = found.find((each) => each.name === name);
  if (project === undefined) return undefined;
  return { id: project.project_id, name, isPublic: project.metadata?.public === 'true' };
}

function labelCalls(api: HarborApi): Pick<Harbor, 'findLabel' | 'createLabel' | 'deleteLabel'> {
  return {
    findLabel: async (name) => {
      const action = `Looking for the Harbor label ${name}`;
      const found = await api.list(z.array(Label), { path: ['labels'], action, query: { name, scope: 'g' } });
      return found.find((each) => each.name === name);
    },
    createLabel: async (name, description) => {
      const action = `Creating the Harbor label ${name}`;
      const body = { name, description, scope: 'g' };
      await api.send({ method: 'POST', path: ['labels'], action, body, expected: [201, 409] });
    },
    deleteLabel: async ({ id, name }) => {
      const action = `Removing the Harbor label ${name}`;
      await api.send({ method: 'DELETE', path: ['labels', String(id)], action, expected: [200, 404] });
    },
  };
}
