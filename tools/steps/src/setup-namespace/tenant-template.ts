/** A WorkflowTemplate as its file has it. */
export interface TenantTemplate {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  spec: {
    arguments: { parameters: { name: string; value?: string; [field: string]: unknown }[] };
    [field: string]: unknown;
  };
}
