import { z } from 'zod';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, json, type Reply } from '../server/reply.ts';
import { exactMatches, type HarborCall, paged } from './harbor-call.ts';
import type { HarborState, Project } from './harbor-state.ts';

const ProjectRequest = z.strictObject({
  project_name: z.string().optional(),
  metadata: z.strictObject({ public: z.enum(['true', 'false']).optional() }).optional(),
});

/** src/server/v2.0/handler/project.go, the rule for a project's name. */
const projectName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

export async function getProjects(call: HarborCall): Promise<Reply> {
  const { name } = exactMatches(call.query);
  const { projects } = await call.store.read();
  const found = projects.filter((project) => name === undefined || project.name === name);
  return paged(call, found.map(projectShape));
}

export async function postProject(call: HarborCall): Promise<Reply> {
  const { project_name: name = '', metadata } = await readJson(call.request, ProjectRequest);
  if (!projectName.test(name) || name.length > 255) throw new HttpFailure(400, `the project name ${name} is invalid`);
  const now = call.clock.now().toISOString();
  const id = await call.store.update((state) => {
    if (state.projects.some((each) => each.name === name)) {
      throw new HttpFailure(409, `The project named ${name} already exists`);
    }
    const isPublic = metadata?.public === 'true';
    const project = { id: state.nextId, name, isPublic, owner: call.user, createdAt: now, updatedAt: now };
    state.nextId += 1;
    state.projects.push(project);
    return project.id;
  });
  return empty(201, { location: `/api/v2.0/projects/${id}` });
}

export async function putProject(call: HarborCall, { project = '' }: Record<string, string>): Promise<Reply> {
  const { metadata } = await readJson(call.request, ProjectRequest);
  await call.store.update((state) => {
    const found = projectIn(state, project);
    if (metadata?.public !== undefined) found.isPublic = metadata.public === 'true';
    found.updatedAt = call.clock.now().toISOString();
  });
  return empty(200);
}

export async function getDeletable(call: HarborCall, { project = '' }: Record<string, string>): Promise<Reply> {
  const { name } = projectIn(await call.store.read(), project);
  const count = await call.content.countRepositories(name);
  if (count === 0) return json(200, { deletable: true });
  return json(200, { deletable: false, message: 'the project contains repositories, can not be deleted' });
}

export async function deleteProject(call: HarborCall, { project = '' }: Record<string, string>): Promise<Reply> {
  const { name } = projectIn(await call.store.read(), project);
  if ((await call.content.countRepositories(name)) > 0) {
    throw new HttpFailure(412, `failed to delete project ${name}: it contains repositories, can not be deleted`);
  }
  await call.store.update((state) => {
    const gone = projectIn(state, project);
    state.projects = state.projects.filter(({ id }) => id !== gone.id);
    state.robots = state.robots.filter(({ projectId }) => projectId !== gone.id);
  });
  return empty(200);
}

/** @throws HttpFailure 404 */
export function projectIn(state: HarborState, name: string): Project {
  const found = state.projects.find((each) => each.name === name);
  if (found === undefined) throw new HttpFailure(404, `project ${name} not found`);
  return found;
}

function projectShape({ id, name, isPublic, owner, createdAt, updatedAt }: Project): unknown {
  return {
    project_id: id,
    name,
    owner_id: 1,
    owner_name: owner,
    creation_time: createdAt,
    update_time: updatedAt,
    deleted: false,
    metadata: { public: String(isPublic) },
  };
}
