export { type RenderedFile, type RenderedTemplate, renderTemplate } from './render-template.ts';
export { readTemplate, type Template, type TemplateVariables } from './template.ts';
