/** What a run on this machine does with the fields of one type. Every field that is not named here is refused. */
export interface FieldSupport {
  /** Works as in Argo. */
  works: readonly string[];
  /** Read, and rightly without effect where there are no pods: scheduling, security, collection. */
  noEffect?: readonly string[];
}

const containerFields: FieldSupport = {
  works: ['image', 'command', 'args', 'env', 'envFrom', 'workingDir', 'volumeMounts'],
  noEffect: [
    ...['name', 'imagePullPolicy', 'resources', 'securityContext', 'ports', 'livenessProbe', 'readinessProbe'],
    ...['startupProbe', 'terminationMessagePath', 'terminationMessagePolicy', 'resizePolicy'],
  ],
};

const callFields = [
  ...['name', 'template', 'templateRef', 'arguments', 'when', 'withItems', 'withParam', 'withSequence'],
  ...['continueOn', 'hooks', 'onExit'],
];

const manifestFields: FieldSupport = { works: ['apiVersion', 'kind', 'metadata', 'spec'] };

/** By the type names of argo-workflows-schema. This is the table in the README, and what the check before a run obeys. */
export const fieldSupport: Readonly<Record<string, FieldSupport>> = {
  Workflow: { ...manifestFields, noEffect: ['status'] },
  WorkflowTemplate: manifestFields,
  ClusterWorkflowTemplate: manifestFields,
  'meta.v1.ObjectMeta': {
    works: ['name', 'generateName', 'namespace', 'labels', 'annotations'],
    noEffect: [
      'creationTimestamp',
      'uid',
      'resourceVersion',
      'generation',
      'managedFields',
      'ownerReferences',
      'finalizers',
    ],
  },
  WorkflowSpec: {
    works: [
      ...['entrypoint', 'arguments', 'templates', 'workflowTemplateRef', 'onExit', 'hooks', 'parallelism', 'suspend'],
      ...[
        'activeDeadlineSeconds',
        'retryStrategy',
        'synchronization',
        'volumes',
        'volumeClaimTemplates',
        'workflowMetadata',
      ],
    ],
    noEffect: [
      ...['serviceAccountName', 'automountServiceAccountToken', 'executor', 'securityContext', 'imagePullSecrets'],
      ...['podGC', 'ttlStrategy', 'volumeClaimGC', 'podMetadata', 'podPriorityClassName', 'podDisruptionBudget'],
      ...['priority', 'affinity', 'nodeSelector', 'tolerations', 'schedulerName', 'hostNetwork', 'hostAliases'],
      ...['dnsConfig', 'dnsPolicy', 'archiveLogs', 'metrics'],
    ],
  },
  WorkflowMetadata: { works: ['labels', 'annotations'] },
  WorkflowTemplateRef: { works: ['name', 'clusterScope'] },
  Template: {
    works: [
      ...[
        'name',
        'inputs',
        'outputs',
        'container',
        'script',
        'steps',
        'dag',
        'suspend',
        'retryStrategy',
        'parallelism',
      ],
      ...['failFast', 'activeDeadlineSeconds', 'timeout', 'synchronization', 'volumes'],
    ],
    noEffect: [
      ...['metadata', 'serviceAccountName', 'automountServiceAccountToken', 'executor', 'securityContext', 'affinity'],
      ...['nodeSelector', 'tolerations', 'schedulerName', 'priorityClassName', 'hostAliases', 'metrics'],
    ],
  },
  Inputs: { works: ['parameters'] },
  Outputs: { works: ['parameters'] },
  Arguments: { works: ['parameters'] },
  Parameter: { works: ['name', 'value', 'valueFrom', 'default', 'enum', 'globalName'], noEffect: ['description'] },
  ValueFrom: { works: ['configMapKeyRef', 'path', 'parameter', 'expression', 'default', 'supplied'] },
  SuppliedValueFrom: { works: [] },
  WorkflowStep: { works: callFields },
  DAGTemplate: { works: ['tasks', 'target', 'failFast'] },
  DAGTask: { works: [...callFields, 'dependencies', 'depends'] },
  TemplateRef: { works: ['name', 'template', 'clusterScope'] },
  LifecycleHook: { works: ['template', 'templateRef', 'arguments', 'expression'] },
  ContinueOn: { works: ['error', 'failed'] },
  Sequence: { works: ['count', 'start', 'end', 'format'] },
  RetryStrategy: { works: ['limit', 'retryPolicy', 'expression', 'backoff'], noEffect: ['affinity'] },
  Backoff: { works: ['duration', 'factor', 'maxDuration', 'cap'] },
  SuspendTemplate: { works: ['duration'] },
  Synchronization: { works: ['semaphores', 'mutexes'] },
  SemaphoreRef: { works: ['configMapKeyRef', 'namespace'] },
  Mutex: { works: ['name', 'namespace'] },
  'core.v1.Container': containerFields,
  ScriptTemplate: { ...containerFields, works: [...containerFields.works, 'source'] },
  'core.v1.EnvVar': { works: ['name', 'value', 'valueFrom'] },
  'core.v1.EnvVarSource': { works: ['configMapKeyRef', 'secretKeyRef', 'fieldRef'] },
  'core.v1.EnvFromSource': { works: ['configMapRef', 'secretRef', 'prefix'] },
  'core.v1.ConfigMapEnvSource': { works: ['name', 'optional'] },
  'core.v1.SecretEnvSource': { works: ['name', 'optional'] },
  'core.v1.ConfigMapKeySelector': { works: ['name', 'key', 'optional'] },
  'core.v1.SecretKeySelector': { works: ['name', 'key', 'optional'] },
  'core.v1.ObjectFieldSelector': { works: ['fieldPath'], noEffect: ['apiVersion'] },
  'core.v1.VolumeMount': { works: ['name', 'mountPath', 'subPath'], noEffect: ['readOnly', 'recursiveReadOnly'] },
  'core.v1.Volume': { works: ['name', 'emptyDir', 'configMap', 'secret'] },
  'core.v1.EmptyDirVolumeSource': { works: [], noEffect: ['medium', 'sizeLimit'] },
  'core.v1.ConfigMapVolumeSource': { works: ['name', 'items', 'optional'], noEffect: ['defaultMode'] },
  'core.v1.SecretVolumeSource': { works: ['secretName', 'items', 'optional'], noEffect: ['defaultMode'] },
  'core.v1.KeyToPath': { works: ['key', 'path'], noEffect: ['mode'] },
  'core.v1.PersistentVolumeClaim': { works: ['metadata'], noEffect: ['apiVersion', 'kind', 'spec', 'status'] },
};
