import type { RootRule, TemplateRule } from '../lint-context.ts';
import { checkArguments, checkContracts } from './calls.ts';
import { checkImage, checkNonRoot, checkReadOnlyRoot, checkResources, checkScripts } from './containers.ts';
import { checkExample } from './example.ts';
import { checkPodDeadline, checkRetry, checkWorkflowDeadline } from './limits.ts';
import { checkDepends, checkKeys, checkRootKeys, checkServiceAccount, checkVolumes } from './surroundings.ts';
import { checkVariables } from './variables.ts';

/** Asked once for every workflow or library. */
export const rootRules: readonly RootRule[] = [checkRootKeys, checkServiceAccount, checkWorkflowDeadline, checkExample];

/** Asked for every template that a workflow comes to. */
export const templateRules: readonly TemplateRule[] = [
  checkVariables,
  checkArguments,
  checkContracts,
  checkVolumes,
  checkKeys,
  checkDepends,
  checkImage,
  checkNonRoot,
  checkReadOnlyRoot,
  checkResources,
  checkScripts,
  checkRetry,
  checkPodDeadline,
];
