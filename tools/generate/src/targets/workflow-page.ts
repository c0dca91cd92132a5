import { parse } from 'yaml';
import { z } from 'zod';
import { withSection } from '../marked-section.ts';
import { markdownTable } from './markdown.ts';

const Template = z.object({
  kind: z.string(),
  spec: z.object({
    arguments: z
      .object({
        parameters: z.array(
          z.object({
            name: z.string(),
            value: z.string().optional(),
            description: z.string().default(''),
            valueFrom: z.object({ default: z.string().optional() }).optional(),
          }),
        ),
      })
      .optional(),
  }),
});

/** The page of a composed workflow, with the table of its parameters brought up to date. */
export function workflowPage(page: string, template: string, where: string): string {
  const { spec } = Template.parse(parse(template));
  const rows = (spec.arguments?.parameters ?? []).map(({ name, value, valueFrom, description }) => {
    const preset = value ?? valueFrom?.default;
    return [`\`${name}\``, preset === undefined ? '**required**' : preset === '' ? '' : `\`${preset}\``, description];
  });
  return withSection(page, 'parameters', markdownTable(['parameter', 'default', 'meaning'], rows), where);
}
