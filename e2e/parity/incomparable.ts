/** Examples of Argo that argo-local runs, and whose outcome nevertheless says nothing about it; by name, with the reason. */
export const incomparable: Readonly<Record<string, string>> = {
  'dag-task-level-timeout': 'whether a task of 3 s ends within its 5 s depends on how long a pod takes to begin',
  'custom-metrics': 'its outcome is left to chance',
  'default-pdb-support': 'wants an account that may create disruption budgets',
  forever: 'never ends',
  'loops-maps': 'names its images by parameters, and they are not at hand',
  'retry-container-to-completion': 'how often it is tried is left to chance',
  'scripts-bash': 'its outcome is left to chance',
  'step-level-timeout': 'whether a step of 20 s ends in time depends on how long a pod takes to begin',
  'synchronization-mutex-tmpl-level': 'takes minutes of waiting, and its turns come in any order',
  'timeouts-step': 'which exit code a pod has that is ended depends on how far it has come',
  'workflow-template-workflow-archive-logs': 'wants a place for artifacts, which the cluster has not',
  'volumes-pvc': 'wants storage that outlives a pod',
};
