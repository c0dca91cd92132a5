import { GitProvider } from '@luban-ci/conventions';
import { dataOf, parseYaml, type ScalarTarget, setScalars } from '@luban-ci/yaml-text';
import { z } from 'zod';

const Template = z.object({
  kind: z.literal('WorkflowTemplate'),
  spec: z.object({
    arguments: z.object({ parameters: z.array(z.object({ name: z.string(), value: z.unknown().optional() })) }),
  }),
});
const Config = z.object({
  kind: z.literal('ConfigMap'),
  metadata: z.object({ name: z.literal('luban-config') }),
  data: z.record(z.string(), z.string()),
});

/**
 * A file with this provider as the default of its parameters, or of luban-config; every other byte is as it was. What is neither
 * a WorkflowTemplate nor luban-config is returned as it is, and so is a value that people chose: a Secret of another name.
 */
export function withProvider(text: string, path: string, provider: GitProvider): string {
  const yaml = parseYaml(text, path);
  const targets = [...templateTargets(dataOf(yaml), provider), ...configTargets(dataOf(yaml), provider)];
  return targets.length === 0 ? text : setScalars(yaml, targets).text;
}

/** What a luban-config says; `undefined` where it says nothing that is known. */
export function providerIn(text: string, path: string): GitProvider | undefined {
  const config = Config.safeParse(dataOf(parseYaml(text, path))).data;
  return GitProvider.safeParse(config?.data['default_git_provider']).data;
}

function templateTargets(data: unknown, provider: GitProvider): ScalarTarget[] {
  const parameters = Template.safeParse(data).data?.spec.arguments.parameters ?? [];
  const secrets = GitProvider.options.map((each) => `${each}-creds`);
  return parameters.flatMap(({ name, value }, index) => {
    const path = ['spec', 'arguments', 'parameters', index, 'value'];
    if (name === 'git_provider' && GitProvider.safeParse(value).success) return [{ path, value: provider }];
    if (name === 'git_creds_secret' && secrets.includes(String(value))) return [{ path, value: `${provider}-creds` }];
    return [];
  });
}

function configTargets(data: unknown, provider: GitProvider): ScalarTarget[] {
  const config = Config.safeParse(data).data;
  return config?.data['default_git_provider'] === undefined
    ? []
    : [{ path: ['data', 'default_git_provider'], value: provider }];
}
