/** Every rule, and why it is one. */
export const ruleReasons = {
  yaml: 'A file with a syntax error is read differently by every parser.',
  schema: 'Kubernetes drops a field it does not know, and the workflow does something else than was written.',
  'unknown-template': 'Argo refuses the workflow, or fails in the middle of it, when a template is not there.',
  'unknown-parameter': 'Argo refuses a template that reads an input it does not declare (upstream-B2).',
  'unknown-workflow-parameter':
    'workflow.parameters are those of the running workflow, so every caller of a template has to declare them (upstream-B4).',
  'unknown-output': 'A reference to an output that nobody declares waits for ever or is refused.',
  'unknown-variable': 'A tag that Argo cannot fill is refused, or stays in the text as it is.',
  'unknown-argument': 'Argo ignores an argument that the template does not take, and with it what was meant.',
  'missing-argument': 'A template whose input has neither argument nor default cannot start.',
  'unknown-volume':
    'Volumes are those of the running workflow, so every caller of a template that mounts one has to declare it (upstream-B4).',
  'unknown-config-map-key': 'A pod that wants a key that is not there never starts.',
  'unknown-secret-key': 'A pod that wants a key that is not there never starts.',
  'unknown-service-account': 'No pod is created for a service account that is not there (upstream-B5).',
  depends: 'A task that waits for something that is not there, or for itself, never runs.',
  'step-contract': 'The step refuses an input it does not have; the contract is where inputs are decided.',
  'image-pinned': 'An image without a fixed tag or digest is another program tomorrow.',
  'non-root': 'A program that runs as root can do more than its work on the node that runs it.',
  'read-only-root': 'What a program cannot write to, an attacker cannot change.',
  resources: 'Without requests and limits one build takes the node from all others.',
  deadline: 'A pod that hangs holds its semaphore until somebody notices.',
  retry:
    'A step says with exit code 75 that trying again helps; anything else must not be repeated, but a lost pod must.',
  'no-tag-in-script': 'A value in the text of a program is program text: that is how a branch name runs commands.',
  'removed-field': 'Argo 4 no longer has this field.',
} as const;

export type RuleId = keyof typeof ruleReasons;
