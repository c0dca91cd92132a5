import type { Builder, Libc } from '@luban-ci/builders';
import { InputError, type InputsOf } from '@luban-ci/core';
import { parseReference } from '@luban-ci/images';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

/** The builder that was asked for, else the configuration's. Its code is loaded only now. */
export async function chooseBuilder(inputs: Inputs, ctx: Context): Promise<Builder> {
  const name = inputs.builder ?? ctx.conventions.config.builder;
  return name === 'append' ? appendBuilder(inputs, ctx) : kpackBuilder(inputs, ctx);
}

async function appendBuilder(inputs: Inputs, { conventions, registry, log, signal }: Context): Promise<Builder> {
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
  const { uv_release_base_url: releases, uv_python_install_mirror: pythons } = conventions.config;
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
    environment: {
      ...(releases === undefined ? {} : { BP_UV_RELEASE_BASE_URL: releases }),
      ...(pythons === undefined ? {} : { BP_UV_PYTHON_INSTALL_MIRROR: pythons }),
    },
    optionalBindings: ['uv-mirror-netrc', 'luban-ca-cert'],
    deadlineSeconds: inputs.deadlineSeconds,
  });
}

function libcOf(text: string): Libc {
  const [kind, version = ''] = text.split('-');
  const [major = 2, minor = 34] = version.split('.').map(Number);
  return { kind: kind === 'musl' ? 'musl' : 'glibc', major, minor };
}
