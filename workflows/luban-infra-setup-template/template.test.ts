import { describeTemplate } from '@luban-ci/workflow-lint/template-suite';
import { lintOptions } from '../lint-options.ts';

describeTemplate(new URL('./', import.meta.url), lintOptions);
