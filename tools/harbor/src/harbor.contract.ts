import { fixedClock } from '@luban-ci/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { createHarbor } from './create-harbor.ts';
import type { Harbor, HarborProject } from './harbor.ts';
import { type CheckedFetch, checkedFetch } from './testing/checked-fetch.ts';

/** A Harbor that the suite may write to. */
export interface HarborUnderTest extends AsyncDisposable {
  url: string;
  username: string;
  password: string;
  /** A name that is free in it. */
  project: string;
  /** Pushes an image, so that the project is no longer empty. */
  push(project: string): Promise<void>;
}

const push = { name: 'push', description: 'Builds', actions: ['pull', 'push'] as const };

/**
 * What every Harbor has to do, so that project setup may rely on it. Called once for each. Each request and each answer is
 * compared with what Harbor has published.
 */
export function harborContract(title: string, start: () => Promise<HarborUnderTest>): void {
  describe(`${title} keeps the contract of Harbor`, () => {
    const checked: CheckedFetch[] = [];
    const given = () => givenHarbor(start, checked);
    afterEach(() => {
      expect(checked.splice(0).flatMap(({ problems }) => problems)).toEqual([]);
    });
    projectContract(given);
    robotContract(given);
    labelContract(given);
  });
}

interface Given extends AsyncDisposable {
  harbor: Harbor;
  under: HarborUnderTest;
  /** A project that was just made. */
  made(): Promise<HarborProject>;
}

async function givenHarbor(start: () => Promise<HarborUnderTest>, checked: CheckedFetch[]): Promise<Given> {
  const under = await start();
  const spy = checkedFetch();
  checked.push(spy);
  const { url, username, password } = under;
  const { signal } = new AbortController();
  const harbor = createHarbor({ url, username, password, fetch: spy.fetch, clock: fixedClock(), signal });
  return {
    harbor,
    under,
    made: async () => (await harbor.createProject(under.project, { isPublic: false })).value,
    [Symbol.asyncDispose]: () => under[Symbol.asyncDispose](),
  };
}

function projectContract(given: () => Promise<Given>): void {
  test('a project is made once, found, and one that is there keeps its visibility', async () => {
    await using at = await given();
    const { project } = at.under;

    const before = await at.harbor.findProject(project);
    const first = await at.harbor.createProject(project, { isPublic: false });
    const second = await at.harbor.createProject(project, { isPublic: true });
    const found = await at.harbor.findProject(project);

    expect(before).toBeUndefined();
    expect(first).toEqual({ changed: true, value: { id: expect.any(Number), name: project, isPublic: false } });
    expect(second).toEqual({ changed: false, value: first.value });
    expect(found).toEqual(first.value);
  });

  test('who may see a project can be changed', async () => {
    await using at = await given();
    const project = await at.made();

    await at.harbor.setVisibility(project, true);

    expect(await at.harbor.findProject(project.name)).toEqual({ ...project, isPublic: true });
  });

  test('a project goes when it is empty, and says why not while it is not', async () => {
    await using at = await given();
    const project = await at.made();

    const empty = await at.harbor.whyNotDeletable(project);
    await at.under.push(project.name);
    const full = await at.harbor.whyNotDeletable(project);
    await expect(at.harbor.deleteProject(project)).rejects.toThrow(/412/);

    expect(empty).toBeUndefined();
    expect(full).toMatch(/repositor/);
    expect(await at.harbor.findProject(project.name)).toEqual(project);
  });

  test('an empty project is removed, once', async () => {
    await using at = await given();
    const project = await at.made();

    await at.harbor.deleteProject(project);

    expect(await at.harbor.findProject(project.name)).toBeUndefined();
  });
}

function robotContract(given: () => Promise<Given>): void {
  test('a robot is made with a secret, and listed with what it may do', async () => {
    await using at = await given();
    const project = await at.made();

    const none = await at.harbor.listRobots(project);
    const robot = await at.harbor.createRobot(project, push);
    const listed = await at.harbor.listRobots(project);

    expect(none).toEqual([]);
    expect(robot).toEqual({ id: expect.any(Number), login: expect.any(String), secret: expect.any(String) });
    expect(robot.login).toMatch(new RegExp(`${project.name}\\+push$`));
    expect(listed).toEqual([{ ...{ id: robot.id, login: robot.login }, ...push, isEnabled: true, isPlain: true }]);
  });

  test('robots are listed to the last, and those of another project are not', async () => {
    await using at = await given();
    const project = await at.made();
    const names = Array.from({ length: 103 }, (_, index) => `robot-${index}`);
    for (const name of names) await at.harbor.createRobot(project, { ...push, name });
    const other = await at.harbor.createProject(`${project.name}-other`, { isPublic: false });
    await at.harbor.createRobot(other.value, push);

    const listed = await at.harbor.listRobots(project);

    expect(listed.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  test('a robot gets other rights, a new secret, and goes, once', async () => {
    await using at = await given();
    const project = await at.made();
    const { secret } = await at.harbor.createRobot(project, push);
    const [robot] = await at.harbor.listRobots(project);
    if (robot === undefined) throw new Error('the robot that was made is not listed');

    await at.harbor.updateRobot(project, robot, { ...push, description: 'Pulls', actions: ['pull'] });
    const [changed] = await at.harbor.listRobots(project);
    const refreshed = await at.harbor.refreshRobot(robot);
    await at.harbor.deleteRobot(robot);
    await at.harbor.deleteRobot(robot);

    expect(changed).toEqual({ ...robot, description: 'Pulls', actions: ['pull'] });
    expect(refreshed).toEqual({ id: robot.id, login: robot.login, secret: expect.any(String) });
    expect(refreshed.secret).not.toBe(secret);
    expect(await at.harbor.listRobots(project)).toEqual([]);
  });
}

function labelContract(given: () => Promise<Given>): void {
  test('a label is made once, found and removed', async () => {
    await using at = await given();
    const name = `luban-ci/${at.under.project}`;

    const before = await at.harbor.findLabel(name);
    await at.harbor.createLabel(name, 'Made by Luban CI');
    await at.harbor.createLabel(name, 'Made by Luban CI');
    const found = await at.harbor.findLabel(name);
    await at.harbor.deleteLabel(found ?? { id: -1, name });

    expect([before, found?.name]).toEqual([undefined, name]);
    expect(await at.harbor.findLabel(name)).toBeUndefined();
  });
}
