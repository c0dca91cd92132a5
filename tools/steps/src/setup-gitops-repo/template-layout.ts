import type { ApplicationName, Conventions, DagsterConfig } from '@luban-ci/conventions';
import { InputError, StepError } from '@luban-ci/core';
import type { Files, RepositoryFile } from '@luban-ci/edits';
import type { Templates, TemplateValues } from '../capabilities/templates.ts';
import { dagsterValues, telemetryValues } from '../set-up/dagster-values.ts';

/** Where a template has an application, and its overlays below. */
const templateRoot = 'app';

export interface TemplateUse {
  templates: Templates;
  /** Its folder, which holds another template, `overlay`. */
  template: string;
  given: TemplateValues;
  app: ApplicationName;
  conventions: Conventions;
  dagster: DagsterConfig;
}

/**
 * The files of a new repository: the template's own, and an overlay for each environment of luban-config instead of those
 * that it has.
 */
export async function newRepository(use: TemplateUse): Promise<Files> {
  const { conventions } = use;
  const files = new Map<string, RepositoryFile>();
  for (const [path, file] of await renderedApplication(use)) {
    if (!path.startsWith(`${templateRoot}/overlays/`)) files.set(placed(path, use), file);
  }
  for (const env of conventions.config.environments) {
    for (const [path, file] of await overlayFiles(env, use)) files.set(path, file);
  }
  return files;
}

/** What an overlay is made of that is not there: its own files, and the base that they stand on. */
export async function overlayWithBase(env: string, use: TemplateUse): Promise<Files> {
  const application = [...(await renderedApplication(use))];
  const base = application.filter(([path]) => path.startsWith(`${templateRoot}/base/`));
  return new Map([
    ...base.map(([path, file]) => [placed(path, use), file] as const),
    ...(await overlayFiles(env, use)),
  ]);
}

/** Folder of the base that an application's overlays stand on. */
export function baseFolder(use: Pick<TemplateUse, 'app' | 'conventions'>): string {
  return `${rootOf(use)}/base`;
}

/** @throws StepError when the template has no overlay of its own to render */
async function overlayFiles(env: string, use: TemplateUse): Promise<Files> {
  const { templates, template, app, conventions } = use;
  const name = `${template}/overlay`;
  if (!(await templates.has(name))) {
    throw new StepError(`The template ${template} has no overlay for ${env}`, {
      hint: `Put a template into ${name}, whose folder is called {{cookiecutter.environment}}.`,
    });
  }
  const { environments } = conventions.config;
  const isProduction = environments.length > 1 && env === environments.at(-1);
  const namespace = conventions.namespaceOf(env, app.project);
  const known = { environment: env, namespace, is_production: isProduction ? 'yes' : 'no' };
  const files = await templates.render(name, { ...knownValues(use), ...known }, await fitting(name, use));
  const folder = conventions.overlayOf(env, app);
  return new Map([...files].map(([path, file]) => [`${folder}/${path}`, file]));
}

function renderedApplication(use: TemplateUse): Promise<Files> {
  return use.templates.render(use.template, knownValues(use), use.given);
}

/** What was asked for, as far as the overlay has a variable for it; the application template has checked the names. */
async function fitting(name: string, { templates, given }: TemplateUse): Promise<TemplateValues> {
  const variables = await templates.variables(name);
  return Object.fromEntries(Object.entries(given).filter(([variable]) => variables.includes(variable)));
}

function knownValues({ app, conventions, dagster }: TemplateUse): TemplateValues {
  const { config } = conventions;
  return {
    project_name: app.project,
    app_name: app.app,
    container_port: String(config.default_container_port),
    service_port: String(config.default_service_port),
    domain_suffix: config.domain_suffix,
    registry_server: config.registry_server,
    image_name: conventions.imageOf(app),
    image_pull_secret: config.image_pull_secret,
    default_image_name: config.default_image_name,
    default_image_tag: config.default_image_tag,
    ...dagsterValues(dagster),
    ...telemetryValues(conventions),
  };
}

function placed(path: string, use: Pick<TemplateUse, 'app' | 'conventions'>): string {
  return path.startsWith(`${templateRoot}/`) ? `${rootOf(use)}/${path.slice(templateRoot.length + 1)}` : path;
}

/**
 * Where an application and its overlays are.
 *
 * @throws InputError for a pattern that says no such thing: overlays refer to the base by `../../base`
 */
function rootOf({ app, conventions }: Pick<TemplateUse, 'app' | 'conventions'>): string {
  const env = conventions.firstEnvironment();
  const folder = conventions.overlayOf(env, app);
  const tail = `/overlays/${env}`;
  if (folder.endsWith(tail)) return folder.slice(0, -tail.length);
  throw new InputError(`The templates cannot be laid out for overlays at ${folder}`, [], {
    hint: 'Let overlay_pattern of luban-config end in /overlays/<env>, or make the repository by hand.',
  });
}
