import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

let built: ReturnType<typeof build> | undefined;

/**
 * The keys of the ConfigMap `luban-python-config`, all of them text there: what the original kept of Python applications
 * beside luban-config. Built when it is first asked for.
 */
export function PythonConfig(): ReturnType<typeof build> {
  built ??= build();
  return built;
}
export type PythonConfig = z.output<ReturnType<typeof build>>;

function build() {
  return z.strictObject({
    container_port: port.optional().describe('Port that an application listens on: default_container_port there.'),
    service_port: port.optional().describe('Port of its Service: default_service_port there.'),
    default_image_name: z.string().optional().describe('Placeholder image of a new application.'),
    default_image_tag: z.string().optional().describe('Tag of the placeholder image.'),
    template_type: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'expected the kind of a template, for example python')
      .optional()
      .describe('Kind of template that a repository begins with.'),
  });
}
