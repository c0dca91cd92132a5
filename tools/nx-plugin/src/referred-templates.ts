import { parseAllDocuments, visit } from 'yaml';

/** Names of the templates that a manifest refers to by `templateRef` or `workflowTemplateRef`, sorted, each once. */
export function referredTemplates(manifest: string): string[] {
  const names = new Set<string>();
  for (const document of parseAllDocuments(manifest)) {
    visit(document, {
      Pair: (_, pair) => {
        const { templateRef, workflowTemplateRef } = (pair.toJSON() ?? {}) as Record<string, { name?: unknown }>;
        const name = (templateRef ?? workflowTemplateRef)?.name;
        if (typeof name === 'string') names.add(name);
      },
    });
  }
  return [...names].sort();
}
