import type { Builder, Libc } from '@luban-ci/builders';
import { type BadField, InputError, type InputsOf } from '@luban-ci/core';
import { parseReference } from '@luban-ci/images';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

/** The builder that was asked for, else the configuration's. Its code is loaded only now. */
export async function chooseBuilder(inputs: Inputs, ctx: Context): Promise<Builder> {
  const name = inputs.builder ?? ctx.conventions.config.builder;
  if (name === 'append') return appendBuilder(inputs, ctx);
  return name === 'cnb' ? cnbBuilder(inputs, ctx) : kpackBuilder(inputs, ctx);
}

async function appendBuilder(inputs: Inputs, { conventions, registry, log, signal }: Context): Promise<Builder> {
  if (Object.keys(inputs.buildEnvironment).length > 0) {
    throw new InputError('The append builder runs nothing of the application, so that variables would reach nobody', [
      { field: 'buildEnvironment', expected: 'expected none, or the builder kpack or cnb' },
    ]);
  }
  const base = inputs.baseImage ?? conventions.config.build_base_image;
  if (base === undefined) {
    throw new InputError('The append builder needs a base image', [
      { field: 'baseImage', expected: 'expected an image with Python, here or as build_base_image in luban-config' },
    ]);
  }
  const { createAppendBuilder } = await import('@luban-ci/builders');
  return createAppendBuilder({ registry, base: parseReference(base), libc: libcOf(inputs.libc), fetch, log, signal });
}

async function kpackBuilder(inputs: Inputs, ctx: Context): Promise<Builder> {
  const { conventions, clock, log, signal } = ctx;
  const { createKpackBuilder } = await import('@luban-ci/builders');
  return createKpackBuilder({
    kube: await ctx.kubernetes.client(),
    clock,
    log,
    signal,
    namespace: inputs.namespace ?? conventions.buildNamespaceOf(inputs.projectName),
    name: inputs.appName,
    builder: conventions.config.cluster_builder,
    serviceAccount: 'workflow-runner',
    environment: { ...mirrors(ctx), ...inputs.buildEnvironment },
    optionalBindings,
    deadlineSeconds: inputs.deadlineSeconds,
  });
}

async function cnbBuilder(inputs: Inputs, ctx: Context): Promise<Builder> {
  const { conventions, registry, clock, log, signal } = ctx;
  const builderImage = inputs.builderImage ?? conventions.config.cnb_builder_image;
  const sourceImage = inputs.gitopsUtilsImage ?? conventions.config.gitops_utils_image;
  if (builderImage === undefined || sourceImage === undefined) {
    throw new InputError('The cnb builder needs two images', [
      ...(builderImage === undefined ? [missing('builderImage', 'cnb_builder_image')] : []),
      ...(sourceImage === undefined ? [missing('gitopsUtilsImage', 'gitops_utils_image')] : []),
    ]);
  }
  const { createCnbBuilder } = await import('@luban-ci/builders');
  return createCnbBuilder({
    ...{ kube: await ctx.kubernetes.client(), registry, clock, log, signal, builderImage, sourceImage },
    namespace: inputs.namespace ?? conventions.buildNamespaceOf(inputs.projectName),
    app: inputs.appName,
    gitSecret: inputs.gitSecretName,
    registrySecret: inputs.registrySecretName,
    environment: { ...mirrors(ctx), ...inputs.buildEnvironment },
    optionalBindings,
    deadlineSeconds: inputs.deadlineSeconds,
  });
}

function missing(field: string, key: string): BadField {
  return { field, expected: `expected an image, here or as ${key} in luban-config` };
}

/** Secrets of set-up that buildpacks know as service bindings. */
const optionalBindings = ['uv-mirror-netrc', 'luban-ca-cert'];

/** Build-time variables of the buildpack python-uv. */
function mirrors({ conventions }: Context): Record<string, string> {
  const { uv_release_base_url: releases, uv_python_install_mirror: pythons } = conventions.config;
  return {
    ...(releases === undefined ? {} : { BP_UV_RELEASE_BASE_URL: releases }),
    ...(pythons === undefined ? {} : { BP_UV_PYTHON_INSTALL_MIRROR: pythons }),
  };
}

function libcOf(text: string): Libc {
  const [kind, version = ''] = text.split('-');
  const [major = 2, minor = 34] = version.split('.').map(Number);
  return { kind: kind === 'musl' ? 'musl' : 'glibc', major, minor };
}
