import { join } from 'node:path/posix';
import { boughtFor, devRow, roomsBelow } from './layers.ts';
import { isTest, packageOf, roomOf, type Source, type Workspace } from './read-workspace.ts';

/** A rule answers a sentence for each import that breaks it. */
type Rule = (source: Source, specifier: string, workspace: Workspace) => string | undefined;

const scope = '@luban-ci/';

/** Every test may use it, as it may use what the repository lists for development. */
const testing = `${scope}testing`;

/** Arrows point down. Tests may also use what their package lists for development. */
const downOnly: Rule = ({ path }, specifier) => {
  const room = roomOf(path);
  const used = specifier.startsWith(scope) ? packageOf(specifier)?.slice(scope.length) : undefined;
  if (room === '' || used === undefined || used === room || isTest(path)) return undefined;
  if (roomsBelow(room)?.includes(used) === true) return undefined;
  if (devRow.some((each) => each === used)) return `${path} imports ${specifier}: only tests use the dev row`;
  return `${path} imports ${specifier}: ${room} may use only what is below it, or named beside it, in the layer table`;
};

const insideItsPackage: Rule = ({ path }, specifier) => {
  const target = specifier.startsWith('.') ? join(path, '..', specifier) : path;
  const room = roomOf(path);
  if (roomOf(target) === room || (room === '' && !target.startsWith('tools/'))) return undefined;
  return `${path} imports ${specifier}: another package is imported by its name`;
};

const noSiblingStep: Rule = ({ path }, specifier, { sources }) => {
  const step = stepOf(path, sources);
  const other = specifier.startsWith('.') ? stepOf(join(path, '..', specifier), sources) : undefined;
  if (step === undefined || other === undefined || step === other || isTest(path)) return undefined;
  return `${path} imports ${specifier}: a step never uses a sibling step; what both need lives beside them`;
};

const boughtForOnePlace: Rule = ({ path }, specifier) => {
  const rule = boughtFor.find(({ packages }) => packages.test(specifier));
  if (rule === undefined || path.startsWith(rule.place)) return undefined;
  return `${path} imports ${specifier}: only ${rule.place} does`;
};

const listed: Rule = ({ path }, specifier, { rooms, root }) => {
  const name = packageOf(specifier);
  const own = rooms[roomOf(path)];
  if (name === undefined || name === own?.name) return undefined;
  const outside = own === undefined ? namesOf(rooms) : {};
  const forTests = { [testing]: '', ...root.devDependencies, ...own?.devDependencies, ...outside };
  const known = { ...own?.dependencies, ...(isTest(path) || own === undefined ? forTests : {}) };
  if (Object.hasOwn(known, name)) return undefined;
  return `${path} imports ${specifier}: ${own?.name ?? 'the repository'} does not list it in package.json`;
};

const rules: readonly Rule[] = [downOnly, insideItsPackage, noSiblingStep, boughtForOnePlace, listed];

/** Every import that breaks a rule, as a sentence that names file and rule; sorted. */
export function brokenRules(workspace: Workspace): string[] {
  const checked = workspace.sources.flatMap((source) =>
    source.imports.flatMap((specifier) => rules.map((rule) => rule(source, specifier, workspace) ?? [])),
  );
  return [...new Set(checked.flat())].sort();
}

/** Every dependency that a package lists and no source of it imports; for use, a test does not count. */
export function unusedDependencies({ rooms, sources }: Workspace): string[] {
  return Object.entries(rooms).flatMap(([room, manifest]) => {
    const own = sources.filter(({ path }) => roomOf(path) === room);
    const inUse = packagesOf(own.filter(({ path }) => !isTest(path)));
    const anywhere = packagesOf(own);
    const where = `tools/${room}/package.json`;
    return [
      ...Object.keys(manifest.dependencies)
        .filter((name) => !inUse.has(name))
        .map(
          (name) => `${where} lists ${name}, but ${anywhere.has(name) ? 'only tests import' : 'nothing imports'} it`,
        ),
      ...Object.keys(manifest.devDependencies)
        .filter((name) => !anywhere.has(name))
        .map((name) => `${where} lists ${name} for development, but nothing imports it`),
    ];
  });
}

function packagesOf(sources: readonly Source[]): Set<string> {
  return new Set(sources.flatMap(({ imports }) => imports.flatMap((specifier) => packageOf(specifier) ?? [])));
}

function namesOf(rooms: Workspace['rooms']): Record<string, string> {
  return Object.fromEntries(Object.values(rooms).map(({ name }) => [name, '']));
}

/** The step whose folder a path is in: a folder of `tools/steps/src` that holds a contract. */
function stepOf(path: string, sources: readonly Source[]): string | undefined {
  const folder = /^tools\/steps\/src\/[^/]+\//.exec(path)?.[0];
  return folder !== undefined && sources.some((source) => source.path === `${folder}step.ts`) ? folder : undefined;
}
